"""Charts as pictures: readable by machines, the signature in them, every absence apart, always the same bytes."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from PIL import Image

from dashboard.briefs.chart_content import UnknownChart, chart_content
from dashboard.briefs.map_outlines import MapWithoutShapes
from dashboard.briefs.typesetting import Template
from dashboard.charts import print_charts
from dashboard.charts.definitions import Chart, MapArea, Row
from dashboard.theme import LIGHT, class_colours, rgb
from data_access import boundaries
from data_access.boundaries import UnknownLayer
from data_access.figures import ABSENCES, Absence
from tests.dashboard.briefs.examples import CLASSES, GAP, ILLUSTRATIVE, MAP, PAIRS, TREND, figure, mark

SVG = "{http://www.w3.org/2000/svg}"
CHARTS: dict[str, Chart] = {"gap": GAP, "pairs": PAIRS, "trend": TREND, "map": MAP}


def tree(chart: Chart) -> ET.Element:
    return ET.fromstring(print_charts.svg(chart))


def colours(chart: Chart) -> set[tuple[int, ...]]:
    picture = Image.open(io.BytesIO(print_charts.png(chart, ppi=100))).convert("RGB")
    counted = picture.getcolors(1 << 20)
    assert counted is not None
    return {colour for count, colour in counted if count > 3 and isinstance(colour, tuple)}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_a_screen_reader_finds_title_and_alternative(chart: Chart) -> None:
    root = tree(chart)
    assert (root.get("role"), root.get("lang")) == ("img", "en")
    assert root.get("aria-labelledby") == "title desc"
    title, alternative = root.find(f"{SVG}title[@id='title']"), root.find(f"{SVG}desc[@id='desc']")
    assert title is not None and title.text == chart.title
    assert alternative is not None and alternative.text == chart.alt
    assert list(root)[:2] == [title, alternative]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_a_picture_needs_nothing_from_outside(chart: Chart) -> None:
    root = tree(chart)
    links = [value for e in root.iter() for key, value in e.attrib.items() if key.endswith("href")]
    assert all(link.startswith("#") for link in links)
    assert not list(root.iter(f"{SVG}script")) and not list(root.iter(f"{SVG}text"))


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_the_same_chart_gives_the_same_bytes(chart: Chart) -> None:
    again = Template("picture")
    assert print_charts.svg(chart) == print_charts.svg(chart)
    assert print_charts.png(chart, 100) == again.png(print_charts._content(chart), ppi=100)[0]


def test_a_png_is_170_mm_wide_at_the_density_asked_for() -> None:
    assert Image.open(io.BytesIO(print_charts.png(GAP))).width == 2008
    assert Image.open(io.BytesIO(print_charts.png(GAP, ppi=150))).width == 1004


def test_official_and_community_keep_their_colours() -> None:
    assert {rgb(LIGHT.official), rgb(LIGHT.community)} <= colours(PAIRS)
    assert rgb(LIGHT.community) not in colours(GAP)


def _pixels(chart: Chart) -> bytes:
    return Image.open(io.BytesIO(print_charts.png(chart, ppi=150))).convert("L").tobytes()


def _absent(absence: Absence) -> Chart:
    wordless = replace(mark(None, absence=absence), text="")
    return replace(GAP, rows=(Row("Samburu", (wordless,), "none"),), origins=(), reference=None)


def test_the_four_absences_differ_without_words_and_without_colour() -> None:
    assert len({_pixels(_absent(absence)) for absence in ABSENCES}) == len(ABSENCES)


def test_the_three_links_differ_without_words_and_without_colour() -> None:
    pair = PAIRS.rows[2]
    drawn = {
        link: _pixels(replace(PAIRS, rows=(replace(pair, link=link, note=""),), links=(), absences=()))
        for link in ("solid", "dashed", "none")
    }
    assert len(set(drawn.values())) == 3


def test_an_interval_is_drawn_when_it_is_known() -> None:
    known = replace(GAP, rows=(Row("Kenya", (mark(50, bounds=(40, 60)),)),))
    unknown = replace(GAP, rows=(Row("Kenya", (mark(50),)),))
    assert _pixels(known) != _pixels(unknown)


def test_the_goal_and_the_way_to_it_are_drawn() -> None:
    assert TREND.goal is not None
    without_path = replace(TREND, goal=replace(TREND.goal, path=None))
    assert len({_pixels(TREND), _pixels(without_path), _pixels(replace(TREND, goal=None))}) == 3
    content = chart_content(TREND, map_width=100)
    assert content["paths"] == ["What it takes to reach the goal by 2030"]
    assert content["goal"] == {
        "value": 100.0,
        "year": 2030,
        "label": "Goal by 2030: 100 %",
        "path": {"year": 2025, "value": 91.1},
    }


def test_the_absences_of_a_trend_are_explained() -> None:
    assert _pixels(TREND) != _pixels(replace(TREND, absences=()))


def test_the_illustrative_line_is_inside_the_picture() -> None:
    plain = replace(PAIRS, illustrative="")
    height = {
        chart.illustrative: Image.open(io.BytesIO(print_charts.png(chart, 100))).height for chart in (PAIRS, plain)
    }
    assert height[ILLUSTRATIVE] - height[""] > 20
    striped = Image.open(io.BytesIO(print_charts.png(PAIRS, 300))).convert("L")
    row = next(
        y
        for y in range(striped.height)
        if sum(striped.getpixel((x, y)) < 60 for x in range(100, 1900, 3)) in range(200, 400)
    )
    changes = sum(
        (striped.getpixel((x, row)) < 128) != (striped.getpixel((x + 1, row)) < 128) for x in range(100, 1900)
    )
    assert changes > 100, "a line of stripes, not of letters"


@pytest.mark.parametrize("scale", ["official", "community"])
def test_the_classes_of_a_map_have_the_colours_of_the_theme(scale: str) -> None:
    chart = replace(MAP, scale=scale, points=(), origins=())
    wanted = class_colours(LIGHT, chart.scale, [(c.lower, c.upper) for c in CLASSES])
    assert {rgb(colour) for colour in wanted} <= colours(chart)


def test_a_map_of_differences_marks_whose_figure_is_higher() -> None:
    def area(code: str, official: float, community: float) -> MapArea:
        pair = (figure(official), figure(community, origin="community"))
        return MapArea(code, code, 0, None, "", "", pair)

    codes = [shape.code for shape in boundaries.shapes(boundaries.layers()["KEN_1"])]
    chart = replace(
        MAP,
        scale="difference",
        areas=(area(codes[0], 50, 60), area(codes[1], 60, 50), area(codes[2], 50, 50)),
        classes=CLASSES[:1],
    )
    drawn = chart_content(chart, map_width=100)["areas"]
    assert isinstance(drawn, list)
    assert [a["side"] for a in drawn if isinstance(a, dict)] == ["community", "official", ""]


def test_a_place_is_a_labelled_point_at_its_coordinates() -> None:
    content = chart_content(MAP, map_width=100)
    assert isinstance(content["points"], list) and isinstance(content["size"], list)
    (kibera,) = content["points"]
    layers = boundaries.layers()
    counties, disputed = layers["KEN_1"].bbox, layers["KEN_disputed"].bbox
    west, south = min(counties[0], disputed[0]), min(counties[1], disputed[1])
    east, north = max(counties[2], disputed[2]), max(counties[3], disputed[3])
    margin = 0.03 * max(east - west, north - south)
    assert isinstance(kibera, dict)
    assert kibera["x"] == pytest.approx(100 * (36.79 - west + margin) / (east - west + 2 * margin))
    assert kibera["y"] / content["size"][1] == pytest.approx((north + margin + 1.31) / (north - south + 2 * margin))
    assert (kibera["name"], kibera["text"], kibera["origin"]) == ("Kibera", "88 %", "community")


def test_neighbours_share_one_border_on_paper() -> None:
    areas = chart_content(replace(MAP, points=()), map_width=100)["areas"]
    assert isinstance(areas, list)
    corners = [
        {tuple(ring[i : i + 2]) for ring in area["rings"] for i in range(0, len(ring), 2)}
        for area in areas
        if isinstance(area, dict)
    ]
    assert all(any(corner & other for other in corners if other is not corner) for corner in corners)


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(UnknownLayer, match="'KEN_9'"):
        print_charts.svg(replace(MAP, layer="KEN_9"))


def test_a_map_of_areas_from_elsewhere_is_refused() -> None:
    with pytest.raises(MapWithoutShapes, match="none of its 47 areas is in the layer 'NPL_1'"):
        print_charts.svg(replace(MAP, layer="NPL_1"))


def test_a_chart_of_another_kind_is_refused() -> None:
    plain = Chart(id="x", title="t", subtitle="s", alt="a", source_line="")
    with pytest.raises(UnknownChart, match="Chart 'x' cannot be printed"):
        print_charts.svg(plain)


@pytest.mark.parametrize("chart", [GAP, TREND], ids=["gap", "trend"])
def test_an_empty_chart_is_still_a_picture(chart: Chart) -> None:
    empty = replace(chart, rows=()) if chart is GAP else replace(chart, lines=())
    assert tree(empty).get("role") == "img"


def test_hostile_text_stays_text() -> None:
    attack = '</title><script>alert(1)</script> #panic("x") $y$ \x00\u202e'
    root = tree(replace(GAP, title=attack, alt=attack))
    title = root.find(f"{SVG}title[@id='title']")
    assert title is not None and title.text == '</title><script>alert(1)</script> #panic("x") $y$ '
    assert not list(root.iter(f"{SVG}script"))
