"""The results chain on a record made by hand: what counts, on which date, what is left out and said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import pytest

from data_access.measures.results_chain import STEP_OF, Known, results_chain
from data_access.measures.results_commitments import Movement
from data_access.measures.results_listed import Measured
from data_access.measures.results_window import PeriodReversed, Window, span
from data_access.process.kinds import KINDS
from data_access.queries import entries
from data_access.queries.facts import Catalogue, CountryFacts, ReleaseFacts, SourceFacts
from data_access.queries.record import FACTS, LivingRecord

TODAY = "2026-11-23"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def made(kind_of_entry: str, code: str, /, **cells: Any) -> tuple[str, entries.EntryFacts]:
    """An entry with every cell empty but those given."""
    facts = FACTS[kind_of_entry]
    empty: dict[str, Any] = dict.fromkeys(KINDS[kind_of_entry].headings, "")
    empty |= {"illustrative": False, "stated_in": "a document"}
    empty |= {one.heading: () for one in KINDS[kind_of_entry].several}
    for number in ("number", "women", "baseline_value", "goal_value", "reached"):
        if number in empty:
            empty[number] = None
    return kind_of_entry, facts(**{**empty, "code": code, **cells})


def record(*found: tuple[str, entries.EntryFacts]) -> LivingRecord:
    kinds: dict[str, dict[str, entries.EntryFacts]] = {name: {} for name in KINDS}
    for kind, entry in found:
        kinds[kind][entry.code] = entry
    return LivingRecord(MappingProxyType(kinds))


def source(code: str, *countries: str, illustrative: bool = False, origin: str = "community") -> SourceFacts:
    texts = dict.fromkeys(
        ("collection", "sampling", "mode", "fieldwork_start", "fieldwork_end", "sample_size", "licence"), ""
    )
    more = dict.fromkeys(("licence_state", "citation", "obtained_from", "caveats", "consent", "recognition"), "")
    return SourceFacts(
        id=1,
        code=code,
        publisher="",
        title=code,
        origin=origin,  # type: ignore[arg-type]
        illustrative=illustrative,
        countries=countries,
        **texts,
        **more,
    )


def catalogue(*sources: SourceFacts, loaded: dict[str, str] | None = None) -> Catalogue:
    empty: Any = MappingProxyType({})
    releases = {
        number: ReleaseFacts(number, f"{code}-1", code, "", "", day, 1)
        for number, (code, day) in enumerate((loaded or {}).items())
    }
    countries = {"NPL": CountryFacts(1, "NPL", "Nepal", ""), "KEN": CountryFacts(2, "KEN", "Kenya", "")}
    held = {
        "change": 1,
        "countries": MappingProxyType(countries),
        "sources": MappingProxyType({one.code: one for one in sources}),
        "releases": MappingProxyType(releases),
        "holdings": (),
    }
    return Catalogue(**{name: held.get(name, empty) for name in Catalogue.__dataclass_fields__})


def count(
    of: LivingRecord, code: str, window: Window | None = None, known: Known | None = None, now: datetime = NOW
) -> Measured:
    return results_chain(of, known or Known(catalogue()), window or Window(TODAY), now).numbers[code]


def codes(found: Measured) -> tuple[list[str], list[str], list[str], list[str]]:
    """The codes counted, undated, not known and looked at."""
    return (
        [one.code for one in found.counted],
        [one.code for one in found.unplaced],
        [one.code for one in found.unknown],
        [one.code for one in found.among],
    )


def test_every_number_is_counted_of_an_empty_record() -> None:
    chain = results_chain(record(), Known(catalogue()), Window(TODAY), NOW)
    assert {code: found.number for code, found in chain.numbers.items()} == dict.fromkeys(STEP_OF, 0)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("2024-03-05T10:00", "2024-03-05", "2024-03-05"),
    ],
)
def test_a_date_means_the_days_it_may_mean(written: str, first: str, last: str) -> None:
    assert span(written) == (first, last)


@pytest.mark.parametrize(
    ("written", "first", "last", "place"),
    [
        ("2024-03-05", "2024-03-05", "2024-03-05", "in"),
        ("2024-03-05", "2024-03-06", "", "out"),
        ("2024-03-05", "", "2024-03-04", "out"),
        ("2024-03", "2024-03-01", "2024-03-31", "in"),
        ("2024-03", "2024-03-02", "", "unknown"),
        ("2024", "", "2024-06-30", "unknown"),
        ("2024", "2023-01-01", "2024-12-31", "in"),
        ("", "", "", "in"),
        ("", "2024-01-01", "", "unknown"),
        ("2026", "", "2026-11-23", "in"),
        ("2027-01-01", "", "", "out"),
    ],
)
def test_where_a_date_falls(written: str, first: str, last: str, place: str) -> None:
    assert Window(TODAY, first, last).place(written) == place


def test_a_period_that_runs_backwards_is_refused() -> None:
    with pytest.raises(PeriodReversed, match="ends on 2024-01-01, before it begins on 2024-01-02"):
        Window(TODAY, "2024-01-02", "2024-01-01")


def test_real_and_invented_entries_of_a_country_are_never_added() -> None:
    held = record(
        made("stock_take_entry", "S1", country="NPL", period_from="2020"),
        made("stock_take_entry", "S2", country="KEN", period_from="2020"),
        made("stock_take_entry", "S3", country="NPL", illustrative=True, period_from="2020"),
    )
    found = count(held, "stock_take_entries")
    assert [
        [found.of(country, illustrative=invented).number for invented in (False, True)]
        for country in ("NPL", "KEN", "")
    ] == [[1, 1], [1, 0], [2, 1]]


def test_what_went_on_in_a_period_counts_and_an_undated_entry_is_said() -> None:
    held = record(
        made("stock_take_entry", "S1", country="NPL", period_from="2019", period_to="2020-06"),
        made("stock_take_entry", "S2", country="NPL", period_from="2022"),
        made("stock_take_entry", "S3", country="NPL"),
        made("stock_take_entry", "S4", country="NPL", period_to="2019"),
    )
    assert codes(count(held, "stock_take_entries", Window(TODAY, "2020-06-30", "2021-12-31"))) == (
        ["S1"],
        ["S3"],
        [],
        [],
    )


def test_an_organisation_with_two_parts_counts_once() -> None:
    held = record(
        made("task_force", "T", country="NPL"),
        made("task_force_member", "M1", task_force="T", organisation="Example union", role="lead"),
        made("task_force_member", "M2", task_force="T", organisation="example union ", role="funder"),
    )
    found = count(held, "partners")
    assert (found.number, [one.code for one in found.once], codes(found)[0]) == (1, ["M1"], ["M1", "M2"])


def event(code: str, source: str, body: str, event: str, on: str) -> tuple[str, entries.EntryFacts]:
    return made("recognition_event", code, source=source, body=body, event=event, happened_on=on)


def test_the_latest_event_of_each_body_decides_on_recognition() -> None:
    known = Known(catalogue(source("A", "NPL"), source("B", "NPL"), source("C", "NPL", "KEN"), source("D", "NPL")))
    held = record(
        event("E1", "A", "X", "accepted", "2023-01-01"),
        event("E2", "A", "X", "rejected", "2024-01-01"),
        event("E3", "B", "X", "rejected", "2023-01-01"),
        event("E4", "B", "Y", "used", "2024-01-01"),
        event("E5", "C", "X", "accepted", "2024"),
        event("E6", "D", "X", "shared", "2024-01-01"),
    )
    whole, early, middle = Window(TODAY), Window(TODAY, last="2023-06-30"), Window(TODAY, last="2024-06-30")
    assert codes(count(held, "sources_recognised", whole, known)) == (["B", "C"], [], [], [])
    assert codes(count(held, "sources_rejected", whole, known)) == (["A", "B"], [], [], [])
    assert codes(count(held, "sources_recognised", early, known)) == (["A"], [], [], [])
    assert codes(count(held, "sources_recognised", middle, known)) == (["B"], ["C"], [], [])
    assert codes(count(held, "sources_shared", Window(TODAY, "2024-01-01"), known)) == (["C", "D"], [], [], [])
    everywhere = count(held, "sources_recognised", whole, known)
    assert [everywhere.of(c, illustrative=False).number for c in ("NPL", "KEN", "")] == [2, 1, 2]


def test_harmonised_sources_count_by_their_first_release() -> None:
    known = Known(
        catalogue(
            source("A", "NPL"), source("B", "NPL", origin="official"), source("C", "NPL"), loaded={"A": "2025-05-05"}
        )
    )
    assert codes(count(record(), "sources_harmonised", None, known)) == (["A"], [], [], [])
    assert codes(count(record(), "sources_harmonised", Window(TODAY, last="2025-05-04"), known)) == ([], [], [], [])


def test_a_hole_is_filled_only_when_a_figure_shows_it() -> None:
    held = record(
        made("data_generation_plan", "P1", country="NPL", state="filled", due="2024-12", source="A"),
        made("data_generation_plan", "P2", country="NPL", state="filled", due="2025-12"),
        made("data_generation_plan", "P3", country="NPL", state="planned", due="2030"),
        made("data_generation_plan", "P4", country="NPL", state="dropped", due="2024"),
    )
    known = Known(catalogue(), filled={"P1": "2025-01-01"})
    assert codes(count(held, "gaps_closed", None, known)) == (["P1"], [], ["P2"], [])
    assert codes(count(held, "plans_due", None, known)) == (["P1", "P2", "P3"], [], [], [])
    assert codes(count(held, "plans_due", Window(TODAY, "2025-01-01", "2029-12-31"), known)) == (["P2"], [], [], [])


def dialogue(
    code: str, starts: str, zone: str = "Asia/Kathmandu", country: str = "NPL"
) -> tuple[str, entries.EntryFacts]:
    return made("dialogue", code, country=country, starts=starts, time_zone=zone)


def test_a_dialogue_is_held_from_its_own_clock_on() -> None:
    held = record(
        dialogue("D1", "2026-11-23T17:44"),
        dialogue("D2", "2026-11-23T17:46"),
        dialogue("D3", "2026-11-24", "Asia/Kathmandu"),
        dialogue("D4", "2026-11-23T07:30", "America/Lima", "KEN"),
    )
    assert codes(count(held, "dialogues_held"))[0] == ["D1"]
    later = datetime(2026, 11, 23, 18, 15, tzinfo=UTC)
    assert codes(count(held, "dialogues_held", Window("2026-11-24"), now=later))[0] == ["D1", "D2", "D3", "D4"]


def seats(code: str, of: str, seat: str, number: int | None, **more: str) -> tuple[str, entries.EntryFacts]:
    return made("dialogue_participants", code, dialogue=of, seat=seat, number=number, **more)


def test_a_small_group_cannot_be_worked_out_from_any_number() -> None:
    def at_the_table(small: int) -> LivingRecord:
        return record(
            dialogue("D1", "2025-01-01"),
            seats("P1", "D1", "community", small, community="wheelchair users"),
            seats("P2", "D1", "civil_society", 20, group="SEX=F"),
            seats("P3", "D1", "government", 3),
        )

    shown = [
        (found.people, found.share, tuple(one.others for one in found.counted))
        for small in (1, 2, 3, 4)
        for code in ("participants", "participants_marginalised")
        for found in (count(at_the_table(small), code),)
    ]
    assert shown[0::2] == [((24, 27), (100.0, 100.0), (0,))] * 4
    assert shown[1::2] == [((21, 24), (87.5, 100 * 24 / 27), (3,))] * 4
    five = count(at_the_table(5), "participants_marginalised")
    assert (five.people, five.share) == ((25, 25), (100 * 25 / 28, 100 * 25 / 28))
    assert count(at_the_table(0), "participants_marginalised").people == (20, 20)


def test_a_dialogue_nobody_counted_is_left_out_and_said() -> None:
    held = record(
        dialogue("D1", "2025-01-01"),
        dialogue("D2", "2025-02-01"),
        dialogue("D3", "2025-03-01"),
        seats("P1", "D1", "government", 7),
        seats("P2", "D2", "government", 9),
        seats("P3", "D2", "community", None, community="fishers"),
    )
    found = count(held, "participants")
    assert (codes(found), found.people) == ((["D1"], [], ["D2", "D3"], []), (7, 7))
    assert count(held, "participants_marginalised").share == (0.0, 0.0)
    assert count(record(), "participants_marginalised").share is None


def commitment(code: str, **cells: Any) -> tuple[str, entries.EntryFacts]:
    return made("commitment", code, country="NPL", body="B", **cells)


def status(code: str, of: str, status: str, since: str) -> tuple[str, entries.EntryFacts]:
    return made("commitment_status", code, commitment=of, status=status, since=since)


HISTORY = record(
    commitment("C1", agreed_on="2023-03"),
    status("S1", "C1", "under_way", "2023-06-01"),
    status("S2", "C1", "delivered", "2024-05-01"),
    commitment("C2", deadline="2024"),
    status("S3", "C2", "proposed", "2022-01-01"),
    status("S4", "C2", "agreed", "2023-02-01"),
    status("S5", "C2", "stalled", "2025-01-01"),
    commitment("C3"),
    status("S6", "C3", "proposed", "2023-01-01"),
    commitment("C4"),
    commitment("C5", agreed_on="2023-01-01", deadline="2026-11-22"),
    status("S7", "C5", "delivered", "2024-01-01"),
    status("S8", "C5", "under_way", "2024-03-01"),
)


@pytest.mark.parametrize(
    ("code", "window", "expected"),
    [
        ("commitments_agreed", Window(TODAY), (["C1", "C2", "C5"], [], ["C4"], [])),
        ("commitments_agreed", Window(TODAY, "2023-02-01", "2023-03-15"), (["C2"], ["C1"], ["C4"], [])),
        ("commitments_delivered", Window(TODAY), (["C1"], [], [], [])),
        ("commitments_delivered", Window(TODAY, last="2024-02-01"), (["C5"], [], [], [])),
        ("commitments_delivered", Window(TODAY, "2024-05-02"), ([], [], [], [])),
        ("commitments_overdue", Window(TODAY), (["C2", "C5"], [], [], [])),
        ("commitments_overdue", Window(TODAY, last="2024-12-31"), ([], [], [], [])),
        ("commitments_overdue", Window(TODAY, last="2025-01-01"), (["C2"], [], [], [])),
        ("commitments_overdue", Window(TODAY, last="2024-04-30"), ([], [], ["C1"], [])),
        ("commitments_stopped", Window(TODAY, "2025-01-01", "2025-01-01"), (["C2"], [], [], [])),
    ],
)
def test_commitments_by_their_history(code: str, window: Window, expected: tuple[list[str], ...]) -> None:
    assert codes(count(HISTORY, code, window)) == expected


def test_a_deadline_ends_by_the_day_in_its_country() -> None:
    held = record(commitment("C1", agreed_on="2023-01-01", deadline="2026-11-22"))
    still = Known(catalogue(), days={"NPL": date(2026, 11, 22)})
    assert codes(count(held, "commitments_overdue", None, still))[0] == []
    over = Known(catalogue(), days={"NPL": date(2026, 11, 23)})
    assert codes(count(held, "commitments_overdue", None, over))[0] == ["C1"]


def test_the_latest_response_of_each_body_counts() -> None:
    held = record(
        commitment("C1", agreed_on="2023-01-01"),
        made("commitment_response", "R1", commitment="C1", body="B", response="disputes", responded_on="2024-01-01"),
        made("commitment_response", "R2", commitment="C1", body="B", response="confirms", responded_on="2024-06-01"),
        made("commitment_response", "R3", commitment="C1", body="D", response="confirms", responded_on="2024-07-01"),
    )
    assert codes(count(held, "commitments_confirmed")) == (["C1"], [], [], [])
    assert codes(count(held, "commitments_disputed")) == ([], [], [], [])
    assert codes(count(held, "commitments_disputed", Window(TODAY, last="2024-05-31")))[0] == ["C1"]


def test_narrowed_gaps_are_counted_among_those_that_can_be_followed() -> None:
    held = record(*(commitment(f"C{number}", agreed_on="2020-01-01") for number in range(1, 6)))
    moved = {
        "C1": Movement("narrowed", 2023),
        "C2": Movement("no_change", 2023),
        "C3": Movement("narrowed", 2025),
        "C4": Movement("widened", 2025),
    }
    known = Known(catalogue(), moved=moved)
    assert codes(count(held, "gaps_narrowed", None, known)) == (["C1", "C3"], [], ["C5"], ["C1", "C2", "C3", "C4"])
    half = Window(TODAY, "2024-01-01", "2025-06-30")
    assert codes(count(held, "gaps_narrowed", half, known)) == ([], ["C3", "C4"], ["C5"], [])


def test_the_fifth_step() -> None:
    known = Known(catalogue(source("A", "NPL")))
    held = record(
        made("policy", "L1", country="NPL", body="B", adopted_on="2024-01-01"),
        made("participation", "T1", country="NPL", stage="design", level="leading", happened_on="2024"),
        made("participation", "T2", country="NPL", stage="design", level="consulted"),
        made("returned_finding", "F1", source="A", returned_on="2024-02"),
        made("concern", "N1", source="A", kind="complaint", raised_on="2024-01-01", state="open"),
        made(
            "concern",
            "N2",
            source="A",
            kind="question",
            raised_on="2024-01-01",
            state="closed",
            answered_on="2024-03-01",
        ),
    )
    found = results_chain(held, known, Window(TODAY, "2024-01-01", "2024-02-29"), NOW).numbers
    assert {code: codes(found[code]) for code, step in STEP_OF.items() if step == 5} == {
        "policies": (["L1"], [], [], []),
        "participation": ([], ["T1", "T2"], [], []),
        "participation_deciding": ([], ["T1"], [], []),
        "findings_returned": (["F1"], [], [], []),
        "concerns_answered": ([], [], [], ["N1", "N2"]),
    }
    assert found["findings_returned"].of("NPL", illustrative=False).number == 1
    assert codes(count(held, "concerns_answered", None, known)) == (["N2"], [], [], ["N1", "N2"])
