"""Dates in the ways of real lists; what is not certain is not taken."""

from __future__ import annotations

import pytest

from data_access.importing.stock_take.dates import NO_DATE, NO_ORDER, NO_YEAR, Span, Unclear, days_come_first, read_span


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-07", "2025-07-01", "2025-07-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2025-07-03T00:00:00", "2025-07-03", "2025-07-03"),
        ("July 2025", "2025-07-01", "2025-07-31"),
        ("juil. 2025", "2025-07-01", "2025-07-31"),
        ("AOÛT 2025", "2025-08-01", "2025-08-31"),
        ("1er mars 2025", "2025-03-01", "2025-03-01"),
        ("15 March 2025", "2025-03-15", "2025-03-15"),
        ("25/04/2025", "2025-04-25", "2025-04-25"),
        ("04/25/2025", "2025-04-25", "2025-04-25"),
        ("05/05/2025", "2025-05-05", "2025-05-05"),
        ("04/2025", "2025-04-01", "2025-04-30"),
        ("Q2 2025", "2025-04-01", "2025-06-30"),
        ("2025-T1", "2025-01-01", "2025-03-31"),
        ("May - July 2025", "2025-05-01", "2025-07-31"),
        ("Jan-Mar 2025", "2025-01-01", "2025-03-31"),
        ("du 1 janvier au 15 février 2025", "2025-01-01", "2025-02-15"),
        ("2024-2025", "2024-01-01", "2025-12-31"),
    ],
)
def test_a_date_that_is_understood(text: str, start: str, end: str) -> None:
    found = read_span(text)
    assert isinstance(found, Span), found
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


def test_what_is_not_certain_is_said() -> None:
    assert read_span("July") == NO_YEAR
    assert read_span("03/04/2025") == NO_ORDER
    assert read_span("soon") == NO_DATE
    assert read_span("12") == NO_DATE
    for text in ("31/02/2025", "2025-13", "July 2025 - May 2025", "May-25"):
        assert isinstance(read_span(text), Unclear), text


def test_the_year_and_the_order_stand_elsewhere() -> None:
    july, april = read_span("July", 2025), read_span("03/04/2025", day_first=True)
    assert isinstance(july, Span)
    assert isinstance(april, Span)
    assert (july.start.isoformat(), april.start.isoformat()) == ("2025-07-01", "2025-04-03")
    assert days_come_first(["03/04/2025", "25/04/2025"]) is True
    assert days_come_first(["03/04/2025", "04/25/2025"]) is False
    assert days_come_first(["03/04/2025"]) is None
    assert days_come_first(["25/04/2025", "04/25/2025"]) is None
