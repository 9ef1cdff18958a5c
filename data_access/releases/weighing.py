"""What a file would change: its rows placed among what is known, withheld where they must be; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from data_access.disclosure.problems import DisclosureProblem
from data_access.importing.catalogue import ids, table_of
from data_access.importing.findings import Finding
from data_access.importing.tidy import TidyRow
from data_access.models import Area, Category, Country, Dimension, Series, Source, SourceConsent
from data_access.models.groups import members
from data_access.publishing.decision import Decision, decide
from data_access.publishing.rows import Row
from data_access.publishing.storing import WITHHELD_NOTE, scope_of, shown_before
from data_access.releases.fitting import faults
from data_access.releases.incoming import Incoming
from data_access.releases.problems import NotSafe
from data_access.releases.visibility import PLACES, newest_consents


class Worth(NamedTuple):
    """What a figure says, as it is compared and stored."""

    value: float | None
    se: float | None
    lower: float | None
    upper: float | None
    n: int | None
    population: int | None
    status: str
    note: str


SUPPRESSED = Worth(None, None, None, None, None, None, "Q", WITHHELD_NOTE)


@dataclass(frozen=True)
class Answered(Row):
    """A row whose file says how many answered yes, unweighted; where it does not, a plain share may still tell."""

    said_yes: int | None = None

    @property
    def yes(self) -> int | None:
        """Unweighted people who said yes."""
        return self.said_yes if self.said_yes is not None else Row.yes.fget(self)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Places:
    """Ids of what rows name by code."""

    areas: dict[str, tuple[int, int, str, str]]
    """Area code → id, country id, country code, kind."""
    series: dict[str, tuple[int, str]]
    """Series code → id, unit."""
    categories: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Weighed:
    """A file after disclosure control. ``rows`` those that may be kept at all; ``decision`` which of them are withheld;
    ``left_out`` rows of single sites that the owner's consent leaves out; ``findings`` all, old and new."""

    rows: Sequence[TidyRow]
    decision: Decision
    left_out: int
    findings: tuple[Finding, ...]
    places: Places

    @property
    def may_be_kept(self) -> bool:
        """Whether nothing stands in the way: no refusal, no open question."""
        return all(one.kind == "remark" for one in self.findings)

    def worths(self) -> Iterator[tuple[TidyRow, Worth]]:
        """Every row with what readers would get of it."""
        for i, row in enumerate(self.rows):
            yield row, SUPPRESSED if self.suppresses(i) else worth(row)

    def suppresses(self, i: int) -> bool:
        """Whether row ``i`` had a value and loses it here."""
        return i in self.decision.withheld and self.rows[i].value is not None


def worth(row: TidyRow) -> Worth:
    """What a row says before anything is withheld."""
    return Worth(row.value, row.se, row.lower, row.upper, row.n, row.population, row.status, row.note)


def weigh(session: Session, incoming: Incoming) -> Weighed:
    """Place the rows, find what stands in the way, and decide what must be withheld. Reads only.

    Where a row cannot be placed, nothing is decided yet: the findings come first. Raises NotSafe where no choice of
    withheld rows is safe.
    """
    places = _places(session)
    sharing = sharing_of(session, incoming)
    rows = [row for row in incoming.rows if allowed(_kind(places, row), sharing)]
    left_out = len(incoming.rows) - len(rows)
    found = tuple(_findings(places, incoming, rows))
    weighed = Weighed(rows, Decision({}), left_out, (*incoming.findings, *found), places)
    if any(one.kind == "refused" for one in found):
        return weighed
    return Weighed(rows, _decided(session, incoming, weighed), left_out, weighed.findings, places)


def sharing_of(session: Session, incoming: Incoming) -> str:
    """What the owner allows: what is recorded or comes with the file, the stricter of the two; public by default."""
    consent, source = table_of(SourceConsent).c, table_of(Source).c
    recorded = session.scalar(
        select(consent.sharing)
        .join(table_of(Source), source.id == consent.source_id)
        .where(source.code == incoming.source.code, consent.id.in_(newest_consents()))
    )
    stated = incoming.consent.sharing if incoming.consent else "public"
    return max(recorded or "public", stated, key=("public", "aggregate_only", "private").index)


def allowed(kind: str, sharing: str) -> bool:
    """Whether rows about this kind of area may be kept for publication under such consent."""
    return sharing != "aggregate_only" or kind != PLACES


def _kind(places: Places, row: TidyRow) -> str:
    return places.areas[row.area][3] if row.area in places.areas else ""


def _places(session: Session) -> Places:
    area, country, series = table_of(Area).c, table_of(Country).c, table_of(Series).c
    category, dimension = table_of(Category).c, table_of(Dimension).c
    areas = session.execute(
        select(area.code, area.id, area.country_id, country.iso3, area.kind).join(
            table_of(Country), country.id == area.country_id
        )
    )
    categories = session.execute(
        select(dimension.code, category.code).join(table_of(Dimension), dimension.id == category.dimension_id)
    )
    return Places(
        {code: (id_, country_id, iso3, kind) for code, id_, country_id, iso3, kind in areas},
        {code: (id_, unit) for code, id_, unit in session.execute(select(series.code, series.id, series.unit))},
        frozenset((d, c) for d, c in categories),
    )


def _findings(places: Places, incoming: Incoming, rows: Sequence[TidyRow]) -> Iterator[Finding]:
    def refused(row: TidyRow, rule: str, what: str, mend: str, value: str = "") -> Finding:
        return Finding(
            "refused", rule, incoming.file, what, mend, sheet=row.sheet, row=row.row, column=row.column, value=value
        )

    if not incoming.rows:
        yield Finding("refused", "empty", incoming.file, "there are no figures in it.", "Check the mapping.")
    covered = set(incoming.source.countries)
    groups: dict[str, bool] = {}
    seen: dict[tuple[str, str, str, str], TidyRow] = {}
    for row in rows:
        if row.series not in places.series:
            yield refused(row, "series", "is no known series.", "Use the code of a series.", row.series)
            continue
        if row.area not in places.areas:
            yield refused(row, "area", "is no known area.", "Use the code of an area.", row.area)
        elif places.areas[row.area][2] not in covered:
            yield refused(
                row, "country", "lies in a country the source does not cover.", "Name it in the mapping.", row.area
            )
        broken = list(faults(row, places.series[row.series][1]))
        for fault in broken:
            yield refused(row, *fault)
        if row.group not in groups and not any(rule == "group" for rule, _, _ in broken):
            groups[row.group] = members(row.group).items() <= places.categories
        if not groups.get(row.group, True):
            yield refused(row, "group", "names a category that is not known.", "Use known categories.", row.group)
        key = (row.area, row.series, row.group, row.time_period)
        if key in seen:
            first = seen[key]
            yield refused(
                row, "duplicate", f"stands already in row {first.row} of {first.sheet or 'the file'}.", "Keep one."
            )
        seen.setdefault(key, row)


def _decided(session: Session, incoming: Incoming, weighed: Weighed) -> Decision:
    scope = scope_of(session, incoming.source)
    source_id = ids(session, Source).get(incoming.source.code)
    periods = {row.time_period for row in weighed.rows}
    before = [] if source_id is None else shown_before(session, source_id, periods)
    try:
        return decide(
            [_counted(row, weighed.places) for row in weighed.rows],
            scope,
            shown_before=before,
            withheld_by_publisher=scope.origin == "community",
        )
    except DisclosureProblem as problem:
        raise NotSafe(
            f"{incoming.file} cannot be published safely. {problem} Leave out the finest breakdown."
        ) from None


def _counted(row: TidyRow, places: Places) -> Answered:
    return Answered(
        country=places.areas[row.area][2],
        area=row.area,
        series=row.series,
        unit=places.series[row.series][1],
        group=row.group,
        time_period=row.time_period,
        value=row.value,
        n=row.n,
        population=row.population,
        status=row.status,
        said_yes=row.yes,
    )
