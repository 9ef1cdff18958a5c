"""The Results page and the Review annex: numbers that open, periods in the address, and what is left out of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.commitment_downloads import lines_csv
from dashboard.views.results_files import list_rows, number_rows
from dashboard.views.results_period import this_quarter
from dashboard.views.results_text import counted_text, definition, number_name
from data_access.measures.results_chain import STEP_OF
from data_access.measures.results_listed import Listed, Measured
from data_access.measures.results_window import Window
from tests.pages.test_pages import COUNTRIES, words

OpenPage = Callable[..., AppTest]


def tables(app: AppTest) -> str:
    """Everything in the page's tables."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def labels(app: AppTest) -> dict[str, str]:
    """The line of each number by its name."""
    return {one.label.partition(":")[0]: one.label for one in app.expander}


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("page", ["results", "review"])
def test_both_pages_open_for_every_country(open_page: OpenPage, page: str, country: str) -> None:
    app = open_page(page, country=country)
    assert app.title[0].value
    assert not app.error


def test_every_number_has_a_name_and_says_what_it_counts() -> None:
    assert len({number_name(code) for code in STEP_OF}) == len({definition(code) for code in STEP_OF}) == len(STEP_OF)


def test_a_number_of_the_address_is_open_and_lists_what_it_counts(open_page: OpenPage) -> None:
    app = open_page("results", country="BGD", number="partners")
    assert "James P Grant School of Public Health" in tables(app)
    assert app.query_params["number"] in ("partners", ["partners"])
    assert "real, " in labels(app)["Organisations in the task force"]


def test_a_number_that_is_none_is_said(open_page: OpenPage) -> None:
    app = open_page("results", country="BGD", number="miracles")
    assert "There is no number “miracles”" in words(app)


def test_a_period_counts_less_and_one_that_runs_backwards_is_said(open_page: OpenPage) -> None:
    before = open_page("results", country="BGD", **{"from": "1999-01-01"})
    assert "“1999-01-01” is no day between 2000-01-01 and 2100-12-31" in words(before)
    early = open_page("results", country="BGD", **{"from": "2000-01-01", "to": "2001-12-31"})
    assert "2000-01-01 to 2001-12-31" in words(early)
    assert "**0 real, 0 illustrative**" in labels(early)["Dialogues held"]
    backwards = open_page("results", country="BGD", **{"from": "2021-01-01", "to": "2020-01-01"})
    assert "The period would end on 2020-01-01, before it begins on 2021-01-01" in words(backwards)
    assert "Whole record" in words(backwards)


def test_what_is_not_known_is_said_beside_the_number(open_page: OpenPage) -> None:
    app = open_page("results", all="yes")
    assert "dialogues." in words(app)
    assert "Not counted for" in words(app)


def test_with_the_switch_off_nothing_invented_is_counted_or_named(
    open_page: OpenPage, environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('off') / 'off.db'}")
    environment.setenv("VOICES_COUNT_ILLUSTRATIVE", "off")
    for page in ("results", "review"):
        app = open_page(page, country="BGD", number="partners,commitments_agreed")
        said = words(app) + "".join(one.label for one in app.expander) + tables(app)
        assert "llustrative**" not in said
        assert "invented, not evidence" not in said
        assert "Example " not in said


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_files_agree_with_each_other(open_page: OpenPage) -> None:
    open_page("results")
    window, now = Window("2026-11-23"), this_quarter()
    assert isinstance(now, datetime)
    numbers, lists = read(lines_csv(number_rows(window, now))), read(lines_csv(list_rows(window, now)))
    plain = [row for row in numbers if row["COUNTRY"] == "_T" and not row["NUMBER"].startswith("PARTICIPANTS")]
    assert len(plain) >= len(STEP_OF) - 2
    for row in plain:
        listed = {
            one["COUNTED_AS"]
            for one in lists
            if (one["NUMBER"], one["ILLUSTRATIVE"], one["COUNTED"]) == (row["NUMBER"], row["ILLUSTRATIVE"], "counted")
        }
        assert (row["NUMBER"], int(row["VALUE"])) == (row["NUMBER"], len(listed))
    assert {bool(row["WARNING"]) for row in numbers if row["ILLUSTRATIVE"] == "1"} == {True}
    assert {bool(row["WARNING"]) for row in numbers if row["ILLUSTRATIVE"] == "0"} == {False}


def people(least: int, most: int, others: int) -> Measured:
    return Measured((Listed("dialogue", "D", ("NPL",), False, "2025-01-01", "", least, most, others),))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (people(23, 23, 37), "23 of 60 (38 %)"),
        (people(21, 24, 40), "21 to 24 of 61 to 64 (34–38 %)"),
        (people(1, 4, 40), "fewer than 5 of 41 to 44 (2–9 %)"),
        (people(0, 0, 40), "0 of 40 (0 %)"),
        (Measured(), "0"),
    ],
)
def test_a_share_says_a_range_where_a_group_is_small(found: Measured, said: str) -> None:
    assert counted_text("participants_marginalised", found) == said


def test_the_annex_sets_both_figures_beside_each_other(open_page: OpenPage) -> None:
    from dashboard.views.review import annex_lines

    app = open_page("review", country="BGD")
    rows = {(row["SERIES"], bool(row["ILLUSTRATIVE"])): row for row in annex_lines("BGD")}
    real = rows["POV_INTL_190", False]
    assert (real["OFFICIAL"], real["OFFICIAL_PERIOD"], real["COMMUNITY"], real["COMPARABILITY"]) == (
        14.3,
        "2016",
        None,
        "",
    )
    invented = [row for (_series, illustrative), row in rows.items() if illustrative and row["COMMUNITY"] is not None]
    assert {row["WARNING"][:12] for row in invented} == {"ILLUSTRATIVE"}
    assert {row["COMPARABILITY"] for row in invented if row["OFFICIAL"] is not None} <= {
        "direct",
        "close",
        "indicative",
        "not_comparable",
    }
    assert "14.3\u00a0% (2016" in tables(app)
    assert "data:image/svg+xml" in tables(app)


def test_part_of_a_country_is_no_national_figure(open_page: OpenPage) -> None:
    from dashboard.views.review import annex_rows

    open_page("review", country="KEN")
    row = next(r for r in annex_rows("KEN") if r.series == "KIBERA_PUPILS_MATCHED" and not r.illustrative)
    assert (row.community, row.official, row.parts) == (None, None, 1)
