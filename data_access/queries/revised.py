"""Which figures of a source have had more than one value."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Area, Observation, PopulationGroup, Series, Source
from data_access.releases.visibility import is_public

Place = tuple[str, str, str, str]
"""Area, series, group and period."""
MOST = 2_000


def revised(session: Session, source: str, most: int = MOST) -> tuple[Place, ...]:
    """The first ``most`` figures of a source, by series, area, period and group, that a later release has replaced.

    Empty where readers may not see the source.
    """
    observed, area, series, group = (table_of(model).c for model in (Observation, Area, Series, PopulationGroup))
    found = session.execute(
        select(area.code, series.code, group.key, observed.time_period)
        .distinct()
        .select_from(table_of(Observation))
        .join(table_of(Source), table_of(Source).c.id == observed.source_id)
        .join(table_of(Area), area.id == observed.area_id)
        .join(table_of(Series), series.id == observed.series_id)
        .join(table_of(PopulationGroup), group.id == observed.group_id)
        .where(is_public(), table_of(Source).c.code == source, observed.revision != 0)
        .order_by(series.code, area.code, observed.time_period, group.key)
        .limit(most)
    )
    return tuple((row[0], row[1], row[2], row[3]) for row in found)
