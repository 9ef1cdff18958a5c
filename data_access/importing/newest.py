"""The newest year of each group of a source, counted again when the source changes: what knowledge gaps read."""

from __future__ import annotations

from sqlalchemy import case, delete, func, insert, select
from sqlmodel import Session

from data_access.disclosure import SMALLEST_CELL
from data_access.importing.catalogue import table_of
from data_access.models import Area, NewestFigure, Observation, Source


def refresh_newest(session: Session, source_id: int) -> None:
    """Write down again, from its current rows, what a source shows and withholds of each group, and how new it is."""
    newest, observed, area, source = (table_of(model) for model in (NewestFigure, Observation, Area, Source))
    session.execute(delete(newest).where(newest.c.source_id == source_id))
    enough = (source.c.origin == "official") | observed.c.n.is_(None) | (observed.c.n >= SMALLEST_CELL)
    given = observed.c.value.is_not(None)
    shown = func.max(case((given & enough, observed.c.year)))
    hidden = func.max(case(((observed.c.status == "Q") | (given & ~enough), observed.c.year)))
    key = (
        observed.c.country_id,
        (area.c.kind != "country").label("below"),
        observed.c.series_id,
        observed.c.group_id,
        case((source.c.illustrative, "illustrative"), else_=source.c.origin).label("sort"),
        observed.c.source_id,
    )
    found = (
        select(*key, shown, hidden)
        .join(area, area.c.id == observed.c.area_id)
        .join(source, source.c.id == observed.c.source_id)
        .where(observed.c.source_id == source_id, observed.c.revision == 0)
        .group_by(*key)
        .having(shown.is_not(None) | hidden.is_not(None))
    )
    columns = ["country_id", "below", "series_id", "group_id", "sort", "source_id", "shown", "hidden"]
    session.execute(insert(newest).from_select(columns, found))
