"""Lists of who does what where (3W, 4W) as entries of the stock-take: every row an entry, its code found again.

A row keeps its code from one file of the list to the next, so that the next month's file changes what has changed and
adds what is new. What names a row is its own identifier where the list has one; else who works with whom on what, for
whom, where, and since when. What may change between two files (status, end, people, donors, notes) does not name it.
Rows that all of this names alike are told apart by their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import func, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.importing.findings import Finding
from data_access.importing.resolution.names import comparable
from data_access.importing.stock_take.entries import Organisation, PeopleCount, StockTaken, StockTakeRow
from data_access.importing.stock_take.schema import LEVELS, StockTakeSource
from data_access.models.stock_taking import ACCESS, StockTakeEntry
from data_access.process.files import Written

KIND = "stock_take_entry"
BETWEEN = "; "


def entries_of_list(taken: StockTaken, source: StockTakeSource) -> list[Written]:
    """The rows of a list as entries, in file order."""
    stated_in = ", ".join(filter(None, (source.citation or source.title, source.obtained_from)))
    once = _once(taken.rows)
    seen: Counter[str] = Counter()
    entries = []
    for row in taken.rows:
        stem = f"{source.code}-{_name_of(row, once)}"
        seen[stem] += 1
        code = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
        entries.append(Written(row.sheet, row.row, KIND, {"code": code, **_cells(row), "stated_in": stated_in}))
    return entries


def findings_of_list(session: Session, file: str, source: StockTakeSource, entries: Sequence[Written]) -> list[Finding]:
    """What the list's owner has not agreed to, and entries of earlier files that this one has no more. Reads only."""
    found = []
    if source.sharing == "private":
        found.append(
            Finding(
                "question",
                "sharing",
                file,
                "The mapping says that the list is private, and the stock-take is shown to every reader.",
                "Ask its owner; then write sharing: public into the mapping, or keep the list out.",
            )
        )
    table = table_of(StockTakeEntry)
    stem = f"{source.code}-"
    asked = select(table.c.code).where(
        func.substr(table.c.code, 1, len(stem)) == stem, table.c.standing == "stands", table.c.shipped.is_(False)
    )
    gone = set(session.scalars(asked)) - {one.cells["code"] for one in entries}
    if gone:
        found.append(
            Finding(
                "remark",
                "no longer listed",
                file,
                f"{len(gone):,} entries from earlier files of this list are not in this one; they stand as they were.",
                "Withdraw those that were wrong; what has ended is shown with its period.",
                value=", ".join(sorted(gone)[:5]),
            )
        )
    return found


def _once(rows: Iterable[StockTakeRow]) -> frozenset[tuple[str, str]]:
    """The identifiers of the list's own that stand in one row only, with their country."""
    counts = Counter((row.country, row.reference) for row in rows if row.reference)
    return frozenset(key for key, count in counts.items() if count == 1)


def _name_of(row: StockTakeRow, once: frozenset[tuple[str, str]]) -> str:
    """Ten letters and digits that what names the row always gives."""
    if (row.country, row.reference) in once:
        parts = [row.country, "reference", row.reference]
    else:
        where = [row.area] if row.area else []
        where += [comparable(f"{place.level} {place.code or place.name}") for place in row.places]
        work = [comparable(text) for text in (row.sector, row.theme, row.activity, row.data_held)]
        people = sorted(comparable(text) for text in row.population_groups)
        who = [row.organisation.key, *sorted(one.key for one in row.partners)]
        parts = [row.country, row.reference, *who, "|", *work, "|", *people, "|", *where, "|", row.period_from]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10].upper()


def _cells(row: StockTakeRow) -> dict[str, str]:
    what = row.activity or row.data_held or row.theme or row.sector or row.sheet  # a list of offices says no more
    theme = BETWEEN.join(dict.fromkeys(text for text in (row.sector, row.theme) if text and text != what))
    access = row.access.strip().lower().replace(" ", "_")
    return {
        "country": row.country,
        "area": row.area,
        "organisation": row.organisation.called,
        "organisation_key": row.organisation.key,
        "partners": _names(row.partners),
        "donors": _names(row.donors),
        "what": what,
        "theme": theme,
        "people": BETWEEN.join(row.population_groups),
        "reached": "" if row.reached is None else str(row.reached),
        "period_from": row.period_from,
        "period_to": row.period_to,
        "status": row.status or "not_known",
        "access": access if access in ACCESS else "not_known",
        "link": row.link,
        "further": "\n".join(f"{header}: {' '.join(text.split())}" for header, text in _further(row, what) if text),
        "illustrative": "no",
    }


def _names(several: Iterable[Organisation]) -> str:
    return BETWEEN.join(one.called for one in several if one.called)


def _further(row: StockTakeRow, what: str) -> Iterator[tuple[str, str]]:
    """All that the row says and no column of the stock-take holds. Coordinates are left to the area."""
    one = row.organisation
    yield "acronym", one.acronym if one.name else ""
    yield "type of organisation", one.kind
    yield "data held", row.data_held if row.data_held != what else ""
    reached = LEVELS.index(row.area_level) if row.area_level in LEVELS else -1
    for place in row.places:
        if place.level in LEVELS and LEVELS.index(place.level) > reached:
            yield place.level, " ".join(filter(None, (place.name, place.code)))
    if not row.period_from and not row.period_to:
        yield "period", BETWEEN.join(row.period_texts)
    yield "status", row.status_text if not row.status else ""
    for count in row.people:
        if (count.stage, count.unit, count.sex, count.age, count.group) != ("reached", "people", "", "", ""):
            yield _counted(count), count.text
    yield "access", row.access if row.access.strip().lower().replace(" ", "_") not in ACCESS else ""
    yield "note", row.note
    yield "reference", row.reference
    yield from row.further


def _counted(count: PeopleCount) -> str:
    kinds = ", ".join(filter(None, (count.sex, count.age, count.group)))
    return f"{count.unit} {count.stage.replace('_', ' ')}{f' ({kinds})' if kinds else ''}"
