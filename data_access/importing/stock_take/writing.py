"""The neutral table as CSV: one row a row of the file, lists parted by `` | ``, nothing left out."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable

from data_access.importing.stock_take.entries import Organisation, PeopleCount, StockTakeRow

COLUMNS = (
    "country", "organisation", "organisation_acronym", "organisation_type", "organisation_key", "partners",
    "partner_keys", "donors", "donor_keys", "sector", "theme", "activity", "population_groups", "area", "area_level",
    "places", "latitude", "longitude", "period_from", "period_to", "period_as_written", "status", "status_as_written",
    "reached", "people", "data_held", "access", "link", "note", "reference", "further", "sheet", "row",
)  # fmt: skip
BETWEEN = " | "


def as_csv(rows: Iterable[StockTakeRow]) -> str:
    """All rows with a header line. ``people`` and ``further`` are JSON; text that a spreadsheet would run is made
    harmless with an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_harmless(value) for value in _cells(row)])
    return out.getvalue()


def written(row: StockTakeRow) -> Counter[str]:
    """Every text of the file's row that the neutral row holds, as often as it stands there; coordinates apart.

    A cell that lists several organisations or groups stands whole among ``further``.
    """
    parted = Counter(text for _, text in row.further)
    found = Counter(parted)
    for one in (row.organisation, *row.partners, *row.donors):
        found.update(text for text in (one.name, one.acronym, one.kind) if text)
    for place in row.places:
        found.update(text for text in (place.name, place.code) if text)
    found.update(row.population_groups)
    found.update(row.period_texts)
    found.update(count.text for count in row.people)
    plain = (row.sector, row.theme, row.activity, row.status_text, row.data_held, row.access, row.link, row.note)
    found.update(text for text in (*plain, row.reference) if text)
    return found


def _cells(row: StockTakeRow) -> tuple[object, ...]:
    one = row.organisation
    return (
        row.country,
        one.name,
        one.acronym,
        one.kind,
        one.key,
        _names(row.partners),
        BETWEEN.join(each.key for each in row.partners),
        _names(row.donors),
        BETWEEN.join(each.key for each in row.donors),
        row.sector,
        row.theme,
        row.activity,
        BETWEEN.join(row.population_groups),
        row.area,
        row.area_level,
        BETWEEN.join(f"{place.level}: {' '.join(filter(None, (place.name, place.code)))}" for place in row.places),
        row.latitude,
        row.longitude,
        row.period_from,
        row.period_to,
        BETWEEN.join(row.period_texts),
        row.status,
        row.status_text,
        row.reached,
        _json([_count(count) for count in row.people]),
        row.data_held,
        row.access,
        row.link,
        row.note,
        row.reference,
        _json([list(pair) for pair in row.further]),
        row.sheet,
        row.row,
    )


def _names(several: Iterable[Organisation]) -> str:
    """Names with acronym and type behind, as written."""
    found = []
    for one in several:
        behind = ", ".join(text for text in (one.acronym if one.name else "", one.kind) if text)
        found.append(one.called + (f" ({behind})" if behind else ""))
    return BETWEEN.join(found)


def _count(count: PeopleCount) -> dict[str, object]:
    facts = {
        "stage": count.stage,
        "value": count.value,
        "text": count.text,
        "sex": count.sex,
        "age": count.age,
        "group": count.group,
        "unit": count.unit,
    }
    return {name: value for name, value in facts.items() if value not in ("", None)}


def _json(value: list[object] | list[dict[str, object]] | list[list[str]]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _harmless(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value
