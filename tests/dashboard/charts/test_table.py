"""A chart's figures as tables: every figure, in words for people and in codes for machines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.charts.definitions import Chart, GapChart, MapArea, MapChart, TrendChart
from dashboard.charts.table import records, table, tidy
from data_access.figures import Figure
from data_access.measures.evidence_strength import Component, Strength


def test_a_pair_reads_in_words(pairs_chart: GapChart) -> None:
    official, community = table(pairs_chart).head(2).to_dict("records")

    assert official == {
        "In the chart": "People with disabilities",
        "Area": "Karnali",
        "Group": "People with disabilities",
        "Indicator": "People in multidimensional poverty",
        "Value": "34.0 %",
        "Lower bound": 28.4822,
        "Upper bound": 40.0326,
        "n": 3640,
        "Period": "2022",
        "Origin": "Official",
        "Recognition": "",
        "Illustrative": "",
        "Source": "Global MPI 2024",
        "Publisher": "Oxford Poverty and Human Development Initiative (OPHI)",
        "Comparability": "directly comparable",
        "Note": "7.5 points",
        "Why missing": "",
        "Licence": "OPHI terms: free to use with citation (reuse with attribution)",
        "Release": "OPHI_GMPI_2024.csv",
        "Row": 1506,
        "Evidence": "",
        "Held down by": "",
    }
    assert community["Recognition"] == "▫ no recognition recorded here"
    assert community["Illustrative"] == "invented, not evidence"
    assert community["Note"] == "7.5 points. invented"
    assert community["Lower bound"] is None


def test_what_is_missing_says_so_and_why(pairs_chart: GapChart) -> None:
    missing = table(pairs_chart).query("`Why missing` != ''")
    assert list(zip(missing["Value"], missing["Why missing"], missing["Origin"], strict=True)) == [
        ("… not broken down", "Not broken down this far", "Official"),
        ("– not collected", "Not collected", "Official"),
        ("× suppressed to protect people", "Withheld to protect people", "Community"),
        ("/ collected, not published", "Not published", "Community"),
    ]
    assert missing["n"].isna().tolist() == [True, True, False, False]


def test_comparability_is_said_only_where_two_origins_meet(
    wealth_chart: GapChart, pairs_chart: GapChart, trend_chart: TrendChart
) -> None:
    assert set(table(wealth_chart)["Comparability"]) == {""}
    assert set(table(trend_chart)["Comparability"]) == {""}
    assert set(table(pairs_chart)["Comparability"]) == {
        "directly comparable",
        "indicative: compare with care",
        "not comparable",
    }


def test_a_map_lists_every_area_and_place(births_by_county: MapChart) -> None:
    rows = table(births_by_county)
    assert len(rows) == 48
    assert rows["In the chart"].iloc[-1] == "Kibera"
    assert rows.set_index("Area").loc["Garissa", "Value"] == "47.1 %"


def test_an_area_without_any_figure_stands_there_with_the_reason(births_by_county: MapChart) -> None:
    empty = MapArea("KE-99", "Nowhere", None, "not_published", "Not published", "", ())
    chart = replace(births_by_county, areas=(empty,), points=())
    (row,) = table(chart).to_dict("records")
    assert (row["Area"], row["Value"], row["Why missing"]) == (
        "Nowhere",
        "/ Not published",
        "Not published",
    )
    assert row["Row"] is None
    assert records(chart) == []
    assert tidy(chart).empty


def test_a_map_of_differences_lists_both_figures_and_the_difference(difference_by_province: MapChart) -> None:
    rows = table(difference_by_province).query("Area == 'Karnali'")
    assert rows["Origin"].tolist() == ["Official", "Community"]
    assert rows["Value"].tolist() == ["34.0\u00a0%", "41.5\u00a0%"]
    assert rows["Note"].tolist() == [
        "Community minus official (points): +7.5",
        "Community minus official (points): +7.5. invented",
    ]


def test_a_figure_in_codes_is_whole(poverty_chart: GapChart) -> None:
    assert records(replace(poverty_chart, view="https://example.org/?area=NP-P6"))[0] == {
        "REF_AREA": "NP-P6",
        "AREA_NAME": "Karnali",
        "SERIES": "MPI_H",
        "SERIES_NAME": "People in multidimensional poverty",
        "GROUP": "_T",
        "GROUP_NAME": "",
        "TIME_PERIOD": "2022",
        "OBS_VALUE": 34.0203,
        "LOWER_BOUND": 28.4822,
        "UPPER_BOUND": 40.0326,
        "STD_ERR": 2.9502,
        "SAMPLE_SIZE": 3640,
        "POPULATION": 1840172,
        "UNIT_MEASURE": "PT",
        "OBS_STATUS": "A",
        "ABSENCE": "",
        "COMMENT_OBS": "",
        "ORIGIN": "official",
        "RECOGNITION": "",
        "COMPARABILITY": "",
        "EVIDENCE_STRENGTH": "",
        "STRENGTH_HELD_DOWN_BY": "",
        "SOURCE": "OPHI_GMPI_2024",
        "SOURCE_TITLE": "Global MPI 2024, table 5",
        "PUBLISHER": "Oxford Poverty and Human Development Initiative (OPHI)",
        "LICENCE": "OPHI terms: free to use with citation",
        "LICENCE_STATE": "attribution",
        "CAVEATS": "",
        "ILLUSTRATIVE": 0,
        "WARNING": "",
        "RELEASE": "OPHI_GMPI_2024.csv",
        "ROW": 1506,
        "VIEW": "https://example.org/?area=NP-P6",
    }


def test_a_table_says_how_strong_the_evidence_is(wealth_chart: GapChart) -> None:
    unsure = Component("interval", "unknown", "C")
    few = Component("sample_size", "small", "C", 60)

    def graded(figure: Figure) -> Strength | None:
        return Strength("C", (unsure, few), (unsure, few), adds_up=False) if figure.row == 66 else None

    rows = table(wealth_chart, graded)
    poorest = rows["Row"] == 66
    assert poorest.sum() == 1
    assert set(zip(rows["Evidence"][poorest], rows["Held down by"][poorest], strict=True)) == {
        ("C", "no known interval, small sample")
    }
    assert set(rows["Evidence"][~poorest]) == {""}
    codes = {(r["EVIDENCE_STRENGTH"], r["STRENGTH_HELD_DOWN_BY"]) for r in records(wealth_chart, graded)}
    assert codes == {("C", "interval; sample_size"), ("", "")}


def test_a_figure_drawn_twice_is_listed_once_in_codes(poverty_chart: GapChart) -> None:
    twice = replace(poverty_chart, rows=poverty_chart.rows[:1] * 2)
    assert len(table(twice)) == 2
    assert len(records(twice)) == 1


def test_unknown_numbers_are_missing_and_never_zero(wealth_chart: GapChart) -> None:
    columns = tidy(wealth_chart)
    assert columns["LOWER_BOUND"].isna().all()
    assert columns["POPULATION"].isna().all()
    assert columns["SAMPLE_SIZE"].dtype == "Int64"
    assert columns["SAMPLE_SIZE"].tolist() == [363, 1111, 1817, 825, 873, 770, 739, 945, 788]


def test_a_chart_without_figures_of_its_own_is_refused() -> None:
    bare = Chart(id="bare", title="", subtitle="", alt="", source_line="")
    with pytest.raises(TypeError, match="Chart 'bare' has no figures to list"):
        table(bare)


def test_an_area_without_a_figure_leaves_with_the_reason_and_no_source(births_by_county: MapChart) -> None:
    empty = MapArea("KE-99", "Nowhere", None, "not_collected", "Not collected", "Nobody went there.", ())
    chart = replace(births_by_county, areas=(births_by_county.areas[0], empty), points=())
    held, missing = records(chart)
    assert missing == {
        **dict.fromkeys(held, ""),
        **dict.fromkeys(
            ("OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND", "STD_ERR", "SAMPLE_SIZE", "POPULATION", "ROW"), None
        ),
        **{name: held[name] for name in ("SERIES", "SERIES_NAME", "GROUP", "GROUP_NAME", "UNIT_MEASURE", "VIEW")},
        "REF_AREA": "KE-99",
        "AREA_NAME": "Nowhere",
        "OBS_STATUS": "O",
        "ABSENCE": "not_collected",
        "COMMENT_OBS": "Nobody went there.",
        "ILLUSTRATIVE": 0,
    }
    assert tidy(chart)["OBS_VALUE"].isna().tolist() == [False, True]
