"""What can be chosen: which groups, periods and kinds of area a country's series holds figures for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Area, Observation
from data_access.models.groups import group_key, members
from data_access.queries.catalogue import AreaKind, Catalogue


@dataclass(frozen=True, slots=True)
class GroupHolding:
    """``n_with_value`` figures of one group, source, period and kind of area."""

    group: str
    source: str
    time_period: str
    year: int
    area_kind: AreaKind
    n: int
    n_with_value: int


@dataclass(frozen=True)
class Availability:
    """What is held of one series in one country.

    ``universe`` is the group key that every group of the series shares in this country (women 15–49, say): the
    total of this series.
    """

    universe: str
    holdings: tuple[GroupHolding, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Group keys, the universe first, then by number of categories and key."""
        keys = {h.group for h in self.holdings}
        return tuple(sorted(keys, key=lambda key: (key != self.universe, key.count("="), key)))

    def periods(self, group: str | None = None) -> tuple[str, ...]:
        """Periods with a value for ``group`` (any group when None), newest first."""
        found = {(h.year, h.time_period) for h in self.holdings if group in (None, h.group) and h.n_with_value}
        return tuple(period for _, period in sorted(found, reverse=True))


def read_availability(session: Session, catalogue: Catalogue, *, country: str, series: str) -> Availability:
    """What is held of ``series`` in ``country``; empty when nothing is."""
    if country not in catalogue.countries or series not in catalogue.series:
        return Availability("", ())
    observed, area = table_of(Observation).c, table_of(Area).c
    counted = session.execute(
        select(
            observed.group_id,
            observed.source_id,
            observed.time_period,
            observed.year,
            area.kind,
            func.count(),
            func.count(observed.value),
        )
        .join_from(table_of(Observation), table_of(Area), area.id == observed.area_id)
        .where(
            observed.country_id == catalogue.countries[country].id,
            observed.series_id == catalogue.series[series].id,
            observed.revision == 0,
            observed.source_id.in_(list(catalogue.source_by_id)),
        )
        .group_by(observed.group_id, observed.source_id, observed.time_period, observed.year, area.kind)
        .order_by(observed.group_id, observed.source_id, observed.time_period, area.kind)
    ).all()
    holdings = tuple(
        GroupHolding(
            catalogue.group_by_id[group_id], catalogue.source_by_id[source_id].code, period, year, kind, n, n_with_value
        )
        for group_id, source_id, period, year, kind, n, n_with_value in counted
    )
    return Availability(_universe({h.group for h in holdings}), holdings)


def _universe(groups: set[str]) -> str:
    if not groups:
        return ""
    shared = set.intersection(*({*members(group).items()} for group in groups))
    return group_key(dict(shared))
