"""Who is furthest behind where several circumstances meet: the studies of a series, as they may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlmodel import Session

from data_access.disclosure import absence_of
from data_access.figures import Origin
from data_access.importing.catalogue import table_of
from data_access.importing.intersections import Note
from data_access.models import IntersectionGroup, IntersectionShare, IntersectionStudy
from data_access.periods import years
from data_access.queries.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Having:
    """What people of a group have in common in one circumstance: one of these categories of a dimension, as codes."""

    dimension: str
    categories: tuple[str, ...]


Conditions = tuple[Having, ...]


@dataclass(frozen=True, slots=True)
class TreeGroup:
    """A group of the tree; ``number`` 1 is everyone, the parts of group i are 2i (lower mean) and 2i + 1.

    ``share`` (of everyone) and ``mean`` in per cent, ``n`` people asked; None in a hidden group. ``split_by`` the
    dimension that divides it, empty in a leaf. Only everyone has bounds: the other groups the data chose.
    """

    number: int
    conditions: Conditions
    split_by: str
    n: int | None
    share: float | None
    mean: float | None
    lower: float | None
    upper: float | None

    @property
    def hidden(self) -> bool:
        return self.mean is None


@dataclass(frozen=True, slots=True)
class CheckedGroup:
    """The group that half the sample found furthest behind, estimated in the other half, with 95 % bounds.

    Where that could not be done or may not be shown the numbers are None and ``note`` says why.
    """

    conditions: Conditions
    n: int | None
    mean: float | None
    lower: float | None
    upper: float | None
    note: Note


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """A group with fewer people than the smallest leaf; ``n`` None where even the number would tell too much."""

    conditions: Conditions
    n: int | None


@dataclass(frozen=True, slots=True)
class Intersections:
    """One study: shares, means and indices in per cent; ``contributions`` (dimension, per cent of the dissimilarity).

    ``barrier``: the outcome is what nobody should have; the indices are then those of not meeting it. ``design`` what
    was known of the sample, in codes such as ``strata=7``.
    """

    country: str
    series: str
    group: str
    time_period: str
    year: int
    barrier: bool
    circumstances: tuple[str, ...]
    n: int
    mean: float
    dissimilarity: float | None
    dissimilarity_by_chance: float | None
    dissimilarity_at_most_by_chance: float | None
    opportunity: float | None
    smallest_leaf: int
    checked: CheckedGroup
    too_small: tuple[SmallGroup, ...]
    contributions: tuple[tuple[str, float], ...]
    groups: tuple[TreeGroup, ...]
    design: tuple[str, ...]
    seed: int
    source: str
    source_title: str
    publisher: str
    origin: Origin
    illustrative: bool
    licence: str
    licence_state: str
    caveats: str
    release: str

    @property
    def leaves(self) -> tuple[TreeGroup, ...]:
        """The groups that are not divided further, furthest behind first, hidden ones last."""
        worst_first = -1 if self.barrier else 1
        return tuple(
            sorted(
                (group for group in self.groups if not group.split_by),
                key=lambda g: (g.mean is None, worst_first * (g.mean or 0.0), -(g.share or 0.0), g.number),
            )
        )

    @property
    def furthest(self) -> TreeGroup | None:
        """The leaf furthest behind; None where the tree did not divide or the numbers are hidden."""
        first = self.leaves[0]
        return None if first.number == 1 or first.hidden else first


def read_intersections(
    session: Session, catalogue: Catalogue, *, country: str, series: str
) -> tuple[Intersections, ...]:
    """The studies of a country's series by published sources, the newest first; codes not known have none."""
    if country not in catalogue.countries or series not in catalogue.series:
        return ()
    table = table_of(IntersectionStudy)
    rows = session.execute(
        select(table).where(
            table.c.country_id == catalogue.countries[country].id,
            table.c.series_id == catalogue.series[series].id,
            table.c.source_id.in_([source.id for source in catalogue.sources.values()]),
        )
    ).all()
    found = [_study(session, catalogue, row, country, series) for row in rows]
    return tuple(sorted(found, key=lambda study: (-study.year, study.time_period, study.source, study.group)))


def _study(session: Session, catalogue: Catalogue, row: Any, country: str, series: str) -> Intersections:
    source = catalogue.source_by_id[row.source_id]
    groups, shares = table_of(IntersectionGroup), table_of(IntersectionShare)
    parts = session.execute(select(groups).where(groups.c.study_id == row.id).order_by(groups.c.number)).all()
    added = session.execute(select(shares).where(shares.c.study_id == row.id).order_by(shares.c.rank)).all()
    return Intersections(
        country=country,
        series=series,
        group=row.group_key,
        time_period=row.time_period,
        year=years(row.time_period)[1],
        barrier=row.barrier,
        circumstances=tuple(row.circumstances.split("|")),
        n=row.n,
        mean=row.mean,
        dissimilarity=row.dissimilarity,
        dissimilarity_by_chance=row.dissimilarity_by_chance,
        dissimilarity_at_most_by_chance=row.dissimilarity_at_most_by_chance,
        opportunity=row.opportunity,
        smallest_leaf=row.smallest_leaf,
        checked=CheckedGroup(
            _conditions(row.checked_conditions),
            row.checked_n,
            row.checked_mean,
            row.checked_lower,
            row.checked_upper,
            cast(Note, row.checked_note),
        ),
        too_small=tuple(SmallGroup(_conditions(one["conditions"]), one["n"]) for one in row.too_small),
        contributions=tuple((one.dimension, one.contribution) for one in added),
        groups=tuple(_group(one, source.origin) for one in parts),
        design=tuple(filter(None, row.design.split(";"))),
        seed=row.seed,
        source=source.code,
        source_title=source.title,
        publisher=source.publisher,
        origin=source.origin,
        illustrative=row.illustrative,
        licence=source.licence,
        licence_state=source.licence_state,
        caveats=source.caveats,
        release=catalogue.releases[row.release_id].code,
    )


def _group(row: Any, origin: Origin) -> TreeGroup:
    conditions = _conditions(row.conditions)
    if absence_of(row.status, origin=origin, n=row.n) is not None:
        return TreeGroup(row.number, conditions, row.split_by, None, None, None, None, None)
    return TreeGroup(row.number, conditions, row.split_by, row.n, row.share, row.mean, row.lower, row.upper)


def _conditions(stored: Sequence[Sequence[Any]]) -> Conditions:
    return tuple(Having(dimension, tuple(categories)) for dimension, categories in stored)
