"""The tree as a picture: lines that join what belongs together, on screen and in print; every figure in the files."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest
from PIL import Image

from dashboard.charts import downloads, print_charts
from dashboard.charts.definitions import OriginKey, Reference, Row
from dashboard.charts.gap_rows import placed_rows
from dashboard.charts.plotly_charts import REFERENCE_BAND
from dashboard.charts.screen_text import NARROW, width
from dashboard.charts.table import table
from dashboard.charts.tree_chart import TreeChart
from dashboard.charts.tree_figure import STEP, tree_figure
from dashboard.theme import DARK, LIGHT, rgb
from data_access.figures import Figure
from tests.dashboard.charts.conftest import FACILITY, INVENTED, mark, percent_ticks


def figure(value: float | None, group: str, n: int | None, **changes: Any) -> Figure:
    return replace(
        FACILITY,
        value=value,
        group=group,
        group_name=group,
        n=n,
        origin="community",
        illustrative=True,
        **changes,
    )


HIDDEN = {"status": "Q", "absence": "suppressed"}
ROWS = (
    Row("Everyone", (mark(figure(60.0, "", 400, lower=55.0, upper=65.0), emphasis="soft"),), note="n = 400"),
    Row("Wealth: poorest fifth", (mark(figure(30.0, "W=Q1", 200), emphasis="soft"),), note="50.0 % of people, n = 200"),
    Row(
        "Residence: rural", (mark(figure(10.0, "U=R|W=Q1", 100), emphasis="strong"),), note="25.0 % of people, n = 100"
    ),
    Row("Residence: urban", (mark(figure(None, "U=U|W=Q1", None, **HIDDEN)),)),
    Row(
        "Wealth: second fifth to richest fifth", (mark(figure(90.0, "W=Q2+Q3", 200)),), note="50.0 % of people, n = 200"
    ),
    Row("Checked in the half that had no say", (mark(figure(12.0, "U=R|W=Q1", 48, lower=5.0, upper=24.0)),)),
)


@pytest.fixture
def chart() -> TreeChart:
    return TreeChart(
        id="furthest-ken",
        title="Furthest behind: the poorest fifth, rural areas",
        subtitle="Births in a health facility · Kenya · 2025 · per cent",
        alt="The poorest fifth, rural areas: 10 %; everyone 60 %.",
        source_line="Illustrative survey",
        illustrative=INVENTED,
        rows=ROWS,
        axis_title="per cent",
        domain=(0.0, 100.0),
        ticks=percent_ticks(0, 50, 100),
        reference=Reference(60.0, "everyone 60 %"),
        origins=(OriginKey("community", "Community figure"),),
        parents=(None, 0, 1, 1, 0, None),
    )


def test_depth_counts_the_divisions(chart: TreeChart) -> None:
    assert chart.depths == (0, 1, 2, 2, 1, 0)


def lines(drawn: dict[str, Any]) -> set[tuple[float, float, float, float]]:
    return {
        (shape["x0"], shape["y0"], shape["x1"], shape["y1"])
        for shape in drawn["layout"]["shapes"]
        if shape.get("xsizemode") == "pixel"
    }


def test_lines_lead_from_each_group_to_its_parts(chart: TreeChart) -> None:
    drawn = tree_figure(chart, LIGHT)
    rows, _ = placed_rows(chart, REFERENCE_BAND)
    y = [row.y if row.compact else row.top + 8.5 for row in rows]
    assert lines(drawn) == {
        (-2 * STEP, y[0], -3, y[0]),
        (-2 * STEP, y[0], -2 * STEP, y[0] + 8.5),
        (-2 * STEP, y[0] + 8.5, -2 * STEP, y[4]),
        (-2 * STEP, y[1], -3, y[1]),
        (-STEP, y[1] + 8.5, -STEP, y[3]),
        (-STEP, y[2], -3, y[2]),
        (-STEP, y[3], -3, y[3]),
        (-2 * STEP, y[4], -3, y[4]),
    }
    assert drawn["layout"]["margin"]["l"] == 20 + 2 * STEP


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_plotly_accepts_the_picture_and_the_warning_is_in_it(chart: TreeChart, palette: Any) -> None:
    drawn = tree_figure(chart, palette)
    go.Figure(drawn)  # raises where a property is not Plotly's
    assert {shape["line"]["color"] for shape in drawn["layout"]["shapes"] if "xsizemode" in shape} == {palette.link}
    words = [annotation["text"].replace("<br>", " ") for annotation in drawn["layout"]["annotations"]]
    assert any(INVENTED in text for text in words)


def test_names_keep_within_a_phone(chart: TreeChart) -> None:
    long = replace(chart.rows[1], label="Education: secondary or more than secondary, or another long list of names")
    drawn = tree_figure(replace(chart, rows=(chart.rows[0], long, *chart.rows[2:])), LIGHT)
    named = [
        text for trace in drawn["data"] for text in trace.get("text", ()) if "Education" in text or "names" in text
    ]
    assert named == ["Education: secondary or more than", "secondary, or another long list of names"]
    assert max(width(text) for text in named) <= NARROW - 2 * STEP


def test_a_tree_of_everyone_alone_has_no_lines(chart: TreeChart) -> None:
    drawn = tree_figure(replace(chart, rows=ROWS[:1], parents=(None,)), LIGHT)
    assert lines(drawn) == set()
    assert drawn["layout"]["margin"]["l"] == 20


def test_print_has_title_alternative_marks_and_warning(chart: TreeChart) -> None:
    root = ET.fromstring(print_charts.svg(chart))
    said = {element.get("id"): element.text for element in root if element.get("id") in ("title", "desc")}
    assert said == {"title": chart.title, "desc": chart.alt}
    picture = Image.open(io.BytesIO(print_charts.png(chart, ppi=100))).convert("RGB")
    counted = picture.getcolors(1 << 20)
    assert counted is not None
    found = {colour for count, colour in counted if count > 3}
    assert {rgb(LIGHT.community), rgb(LIGHT.link)} <= found
    assert print_charts.png(chart, ppi=100) != print_charts.png(replace(chart, illustrative=""), ppi=100)


def test_print_draws_the_lines_of_the_tree(chart: TreeChart) -> None:
    flat = replace(chart, parents=(None,) * 6)
    assert print_charts.svg(chart).count(b"<path") > print_charts.svg(flat).count(b"<path")


def test_table_and_csv_hold_every_group_and_the_check(chart: TreeChart) -> None:
    shown = table(chart)
    assert list(shown["In the chart"]) == [row.label for row in ROWS]
    assert shown["Why missing"][3] == "Withheld to protect people"
    lines = downloads.csv(chart).decode("utf-8-sig").splitlines()
    assert len(lines) == 7
    assert [line.split(",")[7] for line in lines[1:]] == ["60.0", "30.0", "10.0", "", "90.0", "12.0"]
    assert downloads.xlsx(chart)[:2] == b"PK"
