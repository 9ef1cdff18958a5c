"""How unequal: sentences, what does not apply, the table beside HEAT and the files, on figures that ship."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.selection import Selection
from dashboard.store import catalogue
from dashboard.views import inequality_table
from dashboard.views.inequality import caveats, comparison_choices, copied, sentences
from dashboard.views.measured import measure_all, measured
from dashboard.views.subgroups import comparisons

OpenPage = Callable[..., AppTest]

KENYA = Selection("KEN", "FACILITY_BIRTH", "", "2025-26")
NEPAL = Selection("NPL", "MPI_H", "", "2022")
INFANTS = Selection("IND", "IMR", "", "2019-21")
INVENTED = Selection("KEN", "ILL_CARE_FORGONE_COST", "", "2025")


@pytest.fixture(autouse=True)
def figures(open_page: OpenPage) -> None:
    """The deployment whose figures the functions below read."""
    open_page("overview")


def comparison(selection: Selection, code: str):  # type: ignore[no-untyped-def]
    return next(c for c in comparisons(selection) if c.code == code)


def test_the_page_says_how_unequal(open_page: OpenPage) -> None:
    app = open_page("gaps", country="KEN", indicator="FACILITY_BIRTH", dimension="INCOME_WEALTH_QUANTILE")
    text = "\n".join(m.value for m in [*app.markdown, *app.caption])
    assert "**The poorest fifth\\: 29.6 points behind the richest fifth; ratio 1.42; uncertainty unknown.**" in text
    assert "the average would be 8.8 points higher" in text
    assert app.selectbox(key="dimension").value == "INCOME_WEALTH_QUANTILE"
    assert app.query_params["dimension"] == "INCOME_WEALTH_QUANTILE"


def test_groups_come_before_areas_and_the_widest_gap_first() -> None:
    assert comparison_choices(KENYA) == {
        "EDUCATION_LEV": "Education",
        "INCOME_WEALTH_QUANTILE": "Wealth",
        "URBANISATION": "Residence",
        "AGE": "Age",
        "admin1": "Provinces, states or counties",
    }


def test_values_of_ranked_groups_follow_from_the_printed_table() -> None:
    values = {"Q1": (70.3, 873), "Q2": (91.7, 770), "Q3": (96.3, 739), "Q4": (98.5, 945), "Q5": (99.9, 788)}
    mean = sum(y * n for y, n in values.values()) / sum(n for _y, n in values.values())
    found = {e.code: e.value for e in measured(KENYA, "INCOME_WEALTH_QUANTILE").estimates}
    assert found["d"] == pytest.approx(29.6)
    assert found["r"] == pytest.approx(99.9 / 70.3)
    assert found["par"] == pytest.approx(99.9 - mean)
    assert found["paf"] == pytest.approx(100 * (99.9 - mean) / mean)
    assert comparison(KENYA, "INCOME_WEALTH_QUANTILE").weighting == "weighted_cases"
    assert "Groups count by the source's weighted number of cases" in " ".join(caveats(KENYA, "INCOME_WEALTH_QUANTILE"))


def test_values_of_areas_follow_from_their_figures_and_populations() -> None:
    provinces = comparison(NEPAL, "admin1")
    total = sum(provinces.weights)
    y = {f.area: f.value for f in provinces.figures}
    p = {f.area: w / total for f, w in zip(provinces.figures, provinces.weights, strict=True)}
    mean = sum(p[a] * y[a] for a in y)
    found = {e.code: e for e in measured(NEPAL, "admin1").estimates}
    assert len(y) == 7
    assert found["d"].value == pytest.approx(34.0203 - 7.7319)
    assert (found["d"].lower, found["d"].upper) == pytest.approx((19.97774014777071, 32.59905985222929))
    assert found["bgsd"].value == pytest.approx(math.sqrt(sum(p[a] * (y[a] - mean) ** 2 for a in y)))
    assert found["ti"].value == pytest.approx(1000 * sum(p[a] * y[a] / mean * math.log(y[a] / mean) for a in y))
    assert found["mdmw"].value == pytest.approx(sum(p[a] * abs(y[a] - mean) for a in y))
    assert all(found[code].lower < found[code].value < found[code].upper for code in ("d", "bgsd", "ti", "par"))


def test_noise_stands_beside_measures_that_cannot_be_negative() -> None:
    text = " ".join(sentences(NEPAL, "admin1"))
    assert text.startswith("Karnali: 26.3 points behind Bagmati (95 % interval 20.0 to 32.6;")
    assert text.count("noise alone would give about") >= 4
    assert "lower (PAR;" in text
    assert "uncertainty unknown" not in text
    weights = "Groups count by the population recorded with each figure (population = 2022 (WPP 2024) as published by"
    assert weights in " ".join(caveats(NEPAL, "admin1"))


def test_two_groups_have_a_difference_and_a_ratio_and_nothing_else() -> None:
    assert sentences(KENYA, "URBANISATION") == (
        "Rural areas: 13.2 points behind urban areas; ratio 1.15; uncertainty unknown.",
    )
    assert "They need three groups and there are 2." in " ".join(caveats(KENYA, "URBANISATION"))
    assert [e.code for e in measured(KENYA, "URBANISATION").estimates] == ["d", "r"]


def test_an_area_without_a_figure_is_counted_and_named_and_weights_are_not_made_up() -> None:
    text = " ".join(caveats(INFANTS, "admin1"))
    assert "1 of 36 has no figure and is left out: Chandigarh (" in text
    assert "They weigh by population, and none is recorded for any of them." in text
    assert sentences(INFANTS, "admin1")[0].startswith("Uttar Pradesh: 50.4 per 1,000 behind Lakshadweep")


def test_too_many_areas_without_a_figure_refuse_every_measure() -> None:
    said = sentences(INVENTED, "admin1")
    assert len(said) == 1
    assert said[0].startswith("42 of 47 have no figure, too many for the others to stand for all")
    assert measured(INVENTED, "admin1").estimates == ()


def test_a_withheld_group_is_named_and_never_passed_over() -> None:
    wealth = comparison(KENYA, "INCOME_WEALTH_QUANTILE")
    poorest, second, *others = wealth.figures
    hidden = replace(second, value=None, n=None, status="Q", absence="suppressed")
    refused = measure_all(replace(wealth, figures=(poorest, hidden, *others)), catalogue().series["FACILITY_BIRTH"])
    assert refused.estimates == ()
    assert [(r.why, r.names, r.of) for r in refused.refusals] == [("missing", ("the second fifth",), 5)]


def test_shares_of_the_same_people_are_no_inequality() -> None:
    disability = Selection("KEN", "DISABILITY_PREV_5PLUS", "AGE=YGE5", "2019")
    assert sentences(disability, "DISABILITY_TYPE") == (
        "These figures are shares of the same people, not of groups side by side: no measure of inequality applies.",
    )
    both = " ".join(sentences(disability, "SEX"))
    assert both == "Lowest: men and boys; highest: women and girls; 0.6 points apart; ratio 1.29; uncertainty unknown."


def test_numbers_of_people_and_scores_are_said_to_be_neither_rates_nor_ratios() -> None:
    people = Selection("BGD", "POPULATION", "", "2011")
    assert "numbers of people, not rates" in sentences(people, "admin1")[0]
    scores = Selection("BGD", "ILL_SCORE_CLINIC_RESPECT", "", "2023")
    assert "ratio" not in sentences(scores, "SEX")[0]
    assert "0.05 points of the scale behind" in sentences(scores, "SEX")[0]
    assert "Scores have no natural zero" in " ".join(caveats(scores, "SEX"))


def test_invented_figures_are_marked_on_the_page_in_the_copied_sentence_and_in_the_files(open_page: OpenPage) -> None:
    app = open_page("gaps", country="KEN", indicator="ILL_CARE_FORGONE_COST", dimension="SEX")
    start = next(i for i, e in enumerate(app.main) if getattr(e, "value", "") == "How unequal")
    badge = [m.value for m in app.markdown if "ILLUSTRATIVE: contains invented figures" in m.value]
    assert start
    assert len(badge) >= 2
    sex = comparison(INVENTED, "SEX")
    assert copied(INVENTED, sex, sentences(INVENTED, "SEX")).startswith("[Illustrative, invented figures] ")
    found = measured(INVENTED, "SEX")
    lines = inequality_table.measure_records(INVENTED, sex, found, list(found.estimates))
    assert {line["ILLUSTRATIVE"] for line in lines} == {1}
    assert all(str(line["WARNING"]).startswith("ILLUSTRATIVE") for line in lines)


def test_heat_stands_beside_with_its_known_defects() -> None:
    found, theirs = measured(NEPAL, "admin1"), measured(NEPAL, "admin1", "heat")
    table = inequality_table.table(found, theirs, "PT").set_index("Measure")
    assert list(table.columns[:3]) == ["Value", "Interval", "Under equality"]
    theil = table.loc["Theil index, times 1000 (TI)"]
    assert theil["Value"] == theil["HEAT: value"] == "110.1"
    assert theil["Interval"] == "95 % interval 66.8 to 142.9"
    assert theil["HEAT: interval"] == "95 % interval 110.0 to 110.1"
    assert theil["HEAT: known defects"] == (
        "interval a thousand times too narrow; interval counts sampling noise as inequality"
    )
    assert theil["Formula"] == "1000 · Σ p · r · ln r"
    assert "HEAT: value" not in inequality_table.table(found, None, "PT").columns


def test_files_hold_every_measure_and_why_others_do_not_apply() -> None:
    provinces = comparison(NEPAL, "admin1")
    found = measured(NEPAL, "admin1")
    lines = inequality_table.measure_records(NEPAL, provinces, found, list(found.estimates))
    text = inequality_table.measures_csv(lines).decode("utf-8-sig")
    rows = {row["MEASURE"]: row for row in csv.DictReader(io.StringIO(text))}
    assert float(rows["bgsd"]["VALUE"]) == found.get("bgsd").value  # type: ignore[union-attr]
    assert rows["sii"]["VALUE"] == ""
    assert "They follow a ranking" in rows["sii"]["NOT_COMPUTED"]
    assert rows["bgsd"]["SEED"] == "123456"
    chart = inequality_table.figures_chart(NEPAL, provinces, sentences(NEPAL, "admin1"))
    book = inequality_table.measures_xlsx(chart, lines)
    assert book == inequality_table.measures_xlsx(chart, lines)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
        measures = archive.read("xl/worksheets/sheet2.xml").decode()
        figures_sheet = archive.read("xl/worksheets/sheet3.xml").decode()
    assert names == ["About", "Measures", "Data"]
    assert measures.count("<row ") == 1 + len(lines)
    assert figures_sheet.count("<row ") == 1 + 7


def test_a_dimension_that_is_not_held_falls_back_with_a_notice(open_page: OpenPage) -> None:
    app = open_page("gaps", country="KEN", indicator="FACILITY_BIRTH", dimension="<b>x</b>")
    assert app.selectbox(key="dimension").value == "EDUCATION_LEV"


def test_a_series_without_groups_has_nothing_to_measure(open_page: OpenPage) -> None:
    app = open_page("gaps", country="BGD", indicator="POV_INTL_190")
    assert any("there is no inequality to measure" in info.value for info in app.info)
