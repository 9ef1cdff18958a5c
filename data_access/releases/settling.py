"""From staged rows to observations: what is new, what is revised, what is gone, in a few statements."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    FromClause,
    Insert,
    Update,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Observation, PopulationGroup, Series, Source, StagedObservation
from data_access.releases.hiding import KEY, hide_what_was_shown

SPOKEN_OF = ("country_id", "series_id", "time_period")
"""What a release is about, breakdown by breakdown: it takes the place of what the source said of these."""
WORTH = ("value", "se", "lower", "upper", "n", "population", "status", "note")

_observed, _staged = table_of(Observation), table_of(StagedObservation)


@dataclass(frozen=True)
class Loaded:
    """What a release changed: counts of rows."""

    new: int
    revised: int
    same: int
    gone: int


def settle(session: Session, release_id: int, source_id: int, *, whole: bool = False) -> Loaded:
    """Make the staged rows of a release the current observations of its source, and unstage them.

    A row that says the same as the current one changes nothing; one that differs takes its place, and what the release
    no longer has is superseded without a successor: the old values stay as revisions. A release speaks of the series,
    periods and breakdowns it has rows of, country by country, so that next year's file leaves last year's figures
    alone; ``whole``: of everything the source has. Of a figure that is withheld now, old values are kept with the other
    protected values. A row that the table's rules do
    not allow raises IntegrityError; the caller's transaction is then to be given up.
    """
    staged_here = _staged.c.release_id == release_id
    staged = session.scalar(select(func.count()).select_from(_staged).where(staged_here)) or 0
    highest = (
        select(*(_observed.c[name] for name in KEY), func.max(_observed.c.revision).label("revision"))
        .where(_observed.c.source_id == source_id)
        .group_by(*(_observed.c[name] for name in KEY))
        .subquery()
    )
    unchanged = exists().where(staged_here, _same_key(_staged, _observed), *_same_worth())
    groups, broken_down = table_of(PopulationGroup), table_of(PopulationGroup).alias()
    about = (
        select(*(_staged.c[name] for name in SPOKEN_OF), groups.c.breakdown)
        .join(groups, groups.c.id == _staged.c.group_id)
        .where(staged_here)
        .distinct()
    )
    its_breakdown = select(broken_down.c.breakdown).where(broken_down.c.id == _observed.c.group_id).scalar_subquery()
    spoken_of = tuple_(*(_observed.c[name] for name in SPOKEN_OF), its_breakdown).in_(about)
    behind = _count(
        session,
        update(_observed)
        .where(_observed.c.source_id == source_id, _observed.c.revision == 0, _same_key(highest, _observed), ~unchanged)
        .where(*(() if whole else (spoken_of,)))
        .values(revision=highest.c.revision + 1, superseded_by=release_id),
    )
    series, source = table_of(Series), table_of(Source)
    carried = ("source_id", *KEY, "year", *WORTH, "release_id", "row")
    current = exists().where(
        _observed.c.source_id == source_id, _observed.c.revision == 0, _same_key(_staged, _observed)
    )
    into = _count(
        session,
        insert(_observed).from_select(
            [*carried, "unit", "illustrative", "revision"],
            select(*(_staged.c[name] for name in carried), series.c.unit, source.c.illustrative, literal(0))
            .join(series, series.c.id == _staged.c.series_id)
            .join(source, source.c.id == _staged.c.source_id)
            .where(staged_here, ~current),
        ),
    )
    still_there = exists().where(staged_here, _same_key(_staged, _observed))
    gone = session.scalar(
        select(func.count())
        .select_from(_observed)
        .where(_observed.c.source_id == source_id, _observed.c.superseded_by == release_id, ~still_there)
    )
    session.execute(delete(_staged).where(staged_here))
    hide_what_was_shown(session, source_id)
    gone = gone or 0
    return Loaded(new=into - (behind - gone), revised=behind - gone, same=staged - into, gone=gone)


def _same_key(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in KEY))


def _same_worth() -> list[ColumnElement[bool]]:
    return [_staged.c[name].is_not_distinct_from(_observed.c[name]) for name in WORTH]


def _count(session: Session, statement: Insert | Update) -> int:
    done: CursorResult[tuple[object, ...]] = session.connection().execute(
        statement, execution_options={"preserve_rowcount": True}
    )
    return done.rowcount
