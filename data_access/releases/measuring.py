"""How a source measures its series, as the mapping of a release says it: what comparability is computed from."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from data_access.importing.catalogue import ids, table_of
from data_access.importing.mapping.reading import MappingRefused, load_mapping
from data_access.models import ReleaseStep, Series, SourceSeries


def record_definitions(session: Session, release_id: int, source_id: int) -> int:
    """Make the record of how the source measures what the release's mapping defines; returns how many series.

    What is recorded of other series stays. A release without a mapping of figures defines nothing.
    """
    text = session.scalar(
        select(table_of(ReleaseStep).c.mapping).where(table_of(ReleaseStep).c.release_id == release_id)
    )
    try:
        defined = load_mapping(text or "").definitions
    except MappingRefused:
        return 0
    known = ids(session, Series)
    rows = [
        {"source_id": source_id, "series_id": known[code], **definition.model_dump()}
        for code, definition in defined.items()
        if code in known
    ]
    table = table_of(SourceSeries)
    if rows:
        told = [row["series_id"] for row in rows]
        session.execute(delete(table).where(table.c.source_id == source_id, table.c.series_id.in_(told)))
        session.execute(insert(table), rows)
    return len(rows)
