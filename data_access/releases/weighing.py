"""What a file would change: its rows placed among what is known, withheld where they must be; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple, overload

import numpy as np
from sqlalchemy import select
from sqlmodel import Session

from data_access.disclosure.problems import DisclosureProblem
from data_access.importing.catalogue import ids, table_of
from data_access.importing.findings import Batch, Finding
from data_access.importing.tidy import Ints, Mask, TidyRow, TidyRows
from data_access.models import Area, Category, Country, Dimension, Series, Source, SourceConsent
from data_access.models.groups import members
from data_access.publishing.decision import Decision, decide
from data_access.publishing.rows import Row
from data_access.publishing.storing import WITHHELD_NOTE, scope_of, shown_before
from data_access.releases.fitting import Fault, faults
from data_access.releases.incoming import Incoming
from data_access.releases.problems import NotSafe
from data_access.releases.visibility import PLACES, newest_consents

SHOWN, AT_ONCE = 1000, 50_000


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
class CountedRows(Sequence[Row]):
    """The rows as the decision wants them, each made when it is looked at: a million of them would fill the memory."""

    rows: TidyRows
    places: Places

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        return _counted(self.rows[at], self.places)

    def __iter__(self) -> Iterator[Row]:
        return (_counted(row, self.places) for row in self.rows)


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

    rows: TidyRows
    decision: Decision
    left_out: int
    findings: tuple[Finding, ...]
    places: Places
    further: tuple[Batch, ...] = ()
    """The new findings that ``findings`` only counts, told in full."""

    @property
    def may_be_kept(self) -> bool:
        """Whether nothing stands in the way: no refusal, no open question."""
        return all(one.kind == "remark" for one in self.findings)

    def worths(self) -> Iterator[tuple[TidyRow, Worth]]:
        """Every row with what readers would get of it."""
        hidden = {i for i in self.decision.withheld if self.suppresses(i)}
        for i, row in enumerate(self.rows):
            yield row, SUPPRESSED if i in hidden else worth(row)

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
    brought = TidyRows.of(incoming.rows)
    may_stay = brought.texts["area"].holds(lambda code: allowed(_kind(places, code), sharing))
    rows = brought if may_stay.all() else brought.take(may_stay)
    left_out = len(brought) - len(rows)
    found, further = _findings(places, incoming, rows)
    weighed = Weighed(rows, Decision({}), left_out, (*incoming.findings, *found), places, further)
    if any(one.kind == "refused" for one in found):
        return weighed
    return replace(weighed, decision=_decided(session, incoming, weighed))


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


def _kind(places: Places, area: str) -> str:
    return places.areas[area][3] if area in places.areas else ""


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


def _findings(places: Places, incoming: Incoming, rows: TidyRows) -> tuple[tuple[Finding, ...], tuple[Batch, ...]]:
    """What stands in the way: of each rule the first ``SHOWN`` rows, the rest counted; and that rest in full."""
    if not incoming.rows:
        return (Finding("refused", "empty", incoming.file, "there are no figures in it.", "Check the mapping."),), ()
    listed: list[tuple[int, int, Finding]] = []
    counted: list[Finding] = []
    further: list[Batch] = []
    for order, one in enumerate(_faults(places, incoming, rows)):
        at = np.flatnonzero(one.rows)
        shown = _batch(rows, one, at[:SHOWN], incoming.file)
        listed += [(place, order, f) for place, f in zip(at.tolist(), shown, strict=False)]
        if len(at) > SHOWN:
            more = f"{len(at) - SHOWN:,} further rows have the same fault; {len(at):,} in all."
            counted.append(Finding("refused", one.rule, incoming.file, more, one.mend))
            further += [
                _batch(rows, one, at[start : start + AT_ONCE], incoming.file)
                for start in range(SHOWN, len(at), AT_ONCE)
            ]
    return (*(finding for _place, _order, finding in sorted(listed, key=itemgetter(0, 1))), *counted), tuple(further)


def _batch(rows: TidyRows, fault: Fault, at: Ints, file: str) -> Batch:
    some = rows.take(at)
    what = fault.what if isinstance(fault.what, str) else fault.what(at)
    sheet, column = ([str(text) for text in some.column(name)] for name in ("sheet", "column"))
    values = [str(text) for text in some.column(fault.shows)] if fault.shows else [""] * len(at)
    return Batch("refused", fault.rule, file, what, fault.mend, sheet, some.row.tolist(), column, values)


def _faults(places: Places, incoming: Incoming, rows: TidyRows) -> Iterator[Fault]:
    area, series, group = (rows.texts[name] for name in ("area", "series", "group"))
    covered = set(incoming.source.countries)
    known = series.holds(places.series.__contains__)
    if not known.all():
        yield Fault("series", ~known, "is no known series.", "Use the code of a series.", "series")
    placed = area.holds(places.areas.__contains__)
    if (unplaced := known & ~placed).any():
        yield Fault("area", unplaced, "is no known area.", "Use the code of an area.", "area")
    abroad = area.holds(lambda code: code in places.areas and places.areas[code][2] not in covered)
    if (abroad := known & abroad).any():
        told = "lies in a country the source does not cover."
        yield Fault("country", abroad, told, "Name it in the mapping.", "area")
    percentages = series.holds(lambda code: code in places.series and places.series[code][1] == "PT")
    for fault in faults(rows, percentages):
        if (broken := known & fault.rows).any():
            yield replace(fault, rows=broken)
    strange = group.holds(lambda key: not _of_known_categories(key, places))
    if (strange := known & strange).any():
        yield Fault("group", strange, "names a category that is not known.", "Use known categories.", "group")
    yield from _repeated(rows, known)


def _of_known_categories(key: str, places: Places) -> bool:
    try:
        return members(key).items() <= places.categories
    except ValueError:
        return True  # the key itself is refused


def _repeated(rows: TidyRows, known: Mask) -> Iterator[Fault]:
    """Rows of a series, area, group and period that an earlier one has spoken of."""
    key = np.zeros(len(rows), dtype=np.int64)
    for name in ("area", "series", "group", "time_period"):
        column = rows.texts[name]
        _, key = np.unique(key * (len(column.labels) + 1) + column.codes, return_inverse=True)
    at = np.flatnonzero(known)
    _, firsts, again = np.unique(key[at], return_index=True, return_inverse=True)
    first = np.arange(len(rows))
    first[at] = at[firsts][again]
    later = first != np.arange(len(rows))

    def told(places: Ints) -> list[str]:
        earlier = rows.take(first[places])
        where = zip(earlier.row.tolist(), earlier.column("sheet"), strict=True)
        return [f"stands already in row {row} of {sheet or 'the file'}." for row, sheet in where]

    if later.any():
        yield Fault("duplicate", later, told, "Keep one.")


def _decided(session: Session, incoming: Incoming, weighed: Weighed) -> Decision:
    scope = scope_of(session, incoming.source)
    source_id = ids(session, Source).get(incoming.source.code)
    periods = set(weighed.rows.texts["time_period"].used())
    before = [] if source_id is None else shown_before(session, source_id, periods)
    try:
        return decide(
            CountedRows(weighed.rows, weighed.places),
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
