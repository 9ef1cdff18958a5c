"""Lists of who does what where as entries: kept whole, found again next month, refused while private."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from data_access.database import reading, writing
from data_access.importing.stock_take.entries import Organisation, PeopleCount, PlaceText, StockTaken, StockTakeRow
from data_access.importing.stock_take.schema import StockTakeSource
from data_access.process.drafts import publish_entries, save_written, try_written
from data_access.process.lists import entries_of_list, findings_of_list
from data_access.queries.record import read_record
from tests.data_access.process.test_files import ONLY_REVIEWER
from tests.data_access.process.test_record import STEWARD, engine

__all__ = ["engine"]
SOURCE = StockTakeSource(
    code="TEST_3W",
    title="A list",
    publisher="The tests",
    countries=("NPL",),
    licence="none",
    licence_state="unverified",
    citation="The tests, 3W",
    sharing="public",
)
ROW = StockTakeRow(
    "NPL",
    Organisation("Example Aid", "EA", "NGO", "example aid"),
    partners=(Organisation("Example Partner", key="example partner"),),
    donors=(Organisation("Example Fund", key="example fund"),),
    sector="Health",
    activity="Mobile clinic",
    population_groups=("Women", "Older people"),
    area="NP-P1",
    area_level="admin1",
    places=(PlaceText("admin1", "Koshi"), PlaceText("admin2", "Jhapa", "NP0104")),
    period_from="2025-05-01",
    period_to="2025-05-31",
    status="ongoing",
    people=(PeopleCount("reached", 120, "120"), PeopleCount("targeted", 200, "200", sex="female", age="60+")),
    note="by\nbus",
    further=(("Funding", "yes"),),
    sheet="list",
    row=2,
)
OTHER = replace(ROW, activity="Training", status="cancelled", row=3)


def taken(*rows: StockTakeRow) -> StockTaken:
    return StockTaken(rows, ())


def bring(engine: Engine, *rows: StockTakeRow) -> tuple[int, int, int]:
    """Keep and publish a list; how many entries it added, changed and left."""
    entries = entries_of_list(taken(*rows), SOURCE)
    with reading(engine) as session:
        tried = try_written(session, "list.csv", entries, STEWARD)
    assert tried.findings == ()
    with writing(engine) as session:
        code = save_written(session, "list.csv", "ab" * 32, entries, STEWARD)
    with writing(engine) as session:
        publish_entries(session, code, ONLY_REVIEWER)
    return tried.added, tried.changed, tried.same


def test_a_row_is_kept_with_all_that_it_says(engine: Engine) -> None:
    assert bring(engine, ROW, OTHER) == (2, 0, 0)
    with reading(engine) as session:
        found = {one.what: one for one in read_record(session).stock_take.values() if one.code.startswith("TEST_3W-")}
    assert set(found) == {"Mobile clinic", "Training"}
    one = found["Mobile clinic"]
    assert (one.country, one.area, one.organisation, one.organisation_key) == (
        "NPL",
        "NP-P1",
        "Example Aid",
        "example aid",
    )
    assert (one.partners, one.donors, one.theme, one.people) == (
        "Example Partner",
        "Example Fund",
        "Health",
        "Women; Older people",
    )
    assert (one.reached, one.period_from, one.period_to, one.status) == (120, "2025-05-01", "2025-05-31", "ongoing")
    assert (one.access, one.stated_in, one.illustrative) == ("not_known", "The tests, 3W", False)
    assert one.further.splitlines() == [
        "acronym: EA",
        "type of organisation: NGO",
        "admin2: Jhapa NP0104",
        "people targeted (female, 60+): 200",
        "note: by bus",
        "Funding: yes",
    ]
    assert found["Training"].status == "cancelled"


def test_the_next_months_file_changes_what_has_changed_and_adds_what_is_new(engine: Engine) -> None:
    bring(engine, ROW, OTHER)
    later = replace(ROW, status="completed", period_to="2025-06-30", people=(), note="done", row=9)
    new = replace(ROW, period_from="2025-06-01", period_to="2025-06-30", row=10)
    assert bring(engine, new, later, OTHER) == (1, 1, 1)
    with reading(engine) as session:
        found = [one for one in read_record(session).stock_take.values() if one.code.startswith("TEST_3W-")]
        left = findings_of_list(session, "list.csv", SOURCE, entries_of_list(taken(later, OTHER), SOURCE))
    assert sorted((one.what, one.period_from, one.status) for one in found) == [
        ("Mobile clinic", "2025-05-01", "completed"),
        ("Mobile clinic", "2025-06-01", "ongoing"),
        ("Training", "2025-05-01", "cancelled"),
    ]
    assert [(one.kind, one.what) for one in left] == [
        ("remark", "1 entries from earlier files of this list are not in this one; they stand as they were.")
    ]


def test_rows_alike_are_told_apart_by_their_order() -> None:
    first, second = (one.cells["code"] for one in entries_of_list(taken(ROW, replace(ROW, row=3)), SOURCE))
    assert second == f"{first}-2"


def test_an_identifier_of_its_own_names_a_row_whatever_else_changes() -> None:
    row = replace(ROW, reference="P-17")
    changed = replace(row, activity="Clinic", area="", period_from="")
    (before,), (after,) = (entries_of_list(taken(one), SOURCE) for one in (row, changed))
    assert before.cells["code"] == after.cells["code"]
    twice = entries_of_list(taken(row, changed), SOURCE)
    assert len({one.cells["code"] for one in twice}) == 2
    assert before.cells["code"] not in {one.cells["code"] for one in twice}


@pytest.mark.parametrize(("sharing", "rules"), [("private", ["sharing"]), ("public", [])])
def test_a_private_list_is_not_shown_to_every_reader(engine: Engine, sharing: str, rules: list[str]) -> None:
    source = SOURCE.model_copy(update={"sharing": sharing})
    with reading(engine) as session:
        found = findings_of_list(session, "list.csv", source, entries_of_list(taken(ROW), source))
    assert [(one.rule, one.kind) for one in found] == [(rule, "question") for rule in rules]
