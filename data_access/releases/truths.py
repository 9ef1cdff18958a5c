"""The true values of estimates that came in withheld already: kept with the draft, out of every query's reach."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert
from sqlmodel import Session

from data_access.importing.catalogue import groups_for, table_of
from data_access.importing.truths import Truth
from data_access.models.protected import ProtectedValue
from data_access.releases.weighing import Places, allowed, worth


def keep_truths(
    session: Session, truths: Iterable[Truth], places: Places, sharing: str, *, source_id: int, release_id: int
) -> int:
    """Write them into the protected table; what consent leaves out of the draft is left out here. Returns how many."""
    kept = [one for one in truths if allowed(places.areas[one.row.area][3], sharing)]
    groups = groups_for(session, sorted({one.row.group for one in kept}))
    rows = [
        {
            "release_id": release_id,
            "source_id": source_id,
            "country_id": places.areas[one.row.area][1],
            "series_id": places.series[one.row.series][0],
            "group_id": groups[one.row.group],
            "area_id": places.areas[one.row.area][0],
            "time_period": one.row.time_period,
            **{name: value for name, value in worth(one.row)._asdict().items() if name != "status"},
            "kind": one.kind,
            "reasons": " ".join(one.reasons),
        }
        for one in kept
    ]
    if rows:
        session.execute(insert(table_of(ProtectedValue)), rows)
    return len(rows)
