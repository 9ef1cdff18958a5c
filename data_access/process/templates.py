"""Templates for files of entries: a sheet a kind with its headings, what may stand in them, and the codes of a country.

Filled with what stands, a template is an export that changes nothing when it is imported again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Area, Country, PublicBody, SdgTarget, Series, Source, SourceCountry
from data_access.models.recorded import EntryRevision
from data_access.process.kinds import KINDS, EntryField, Kind
from data_access.process.known import Known

_SAYS = {
    "text": "words",
    "date": "2024-03-05, 2024-03 or 2024",
    "moment": "2024-03-05 or 2024-03-05T10:00, local time",
    "whole": "whole number",
    "number": "number with a point",
    "yes_no": "yes or no",
    "group": "DIMENSION=CATEGORY, several joined by |; empty for everybody",
    "language": "en, bn, hi, ne, sw, vi …",
    "period": "2019 or 2019-21",
}
_SAYS_OF_HEADINGS = {
    "code": "a name of your own for the entry: capital letters, digits, - . _; the same code again changes the entry",
    "illustrative": "yes for an invented example, else no or empty",
    "stated_in": "the document it comes from, or who says so; only invented examples have none",
    "organisation_key": "empty: made from the organisation",
    "further": "what a list said besides, one heading: text a line",
}
CREATED = datetime(2000, 1, 1)
"""Written into every workbook instead of the time of day, so that the same entries give the same bytes."""
_HARMFUL = ("=", "+", "-", "@")
_READS_AS_NUMBER = ("target", "focus_target")
Codes = Sequence[tuple[str, str, str]]
"""What a cell may refer to: table, code and name."""


def template_csv(kind: Kind, entries: Iterable[Mapping[str, str]] = ()) -> str:
    """The headings of a kind, and below them entries as their cells.

    A text that a spreadsheet would run, and a target that it would take for a number, has an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, kind.headings, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({heading: _plain(heading, text) for heading, text in entry.items()} for entry in entries)
    return out.getvalue()


def _plain(heading: str, text: str) -> str:
    return f"'{text}" if text and (text[0] in _HARMFUL or heading in _READS_AS_NUMBER) else text


def template_xlsx(entries: Mapping[str, Iterable[Mapping[str, str]]], codes: Codes = ()) -> bytes:
    """A workbook with a sheet for each kind that ``entries`` names, the sheet Dictionary, and Codes if there are any.

    All cells are text, so that no spreadsheet turns target 8.10 into 8.1.
    """
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"title": "Entries of the record", "created": CREATED})
    bold = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    plain = book.add_format({"num_format": "@", "valign": "top"})

    def add(name: str, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
        sheet = book.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width, plain)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(number, place, text, plain if number else bold)
        sheet.freeze_panes(1, 0)

    for name, some in entries.items():
        headings = KINDS[name].headings
        rows = [headings, *([one.get(heading, "") for heading in headings] for one in some)]
        add(name, rows, [max(12, len(heading) + 2) for heading in headings])
    kinds = [KINDS[name] for name in entries]
    add("Dictionary", [("sheet", "heading", "required", "what it may say"), *dictionary(kinds)], (24, 22, 10, 90))
    if codes:
        add("Codes", [("what", "the code", "name"), *codes], (16, 30, 90))
    book.close()
    return content.getvalue()


def dictionary(kinds: Iterable[Kind] = KINDS.values()) -> Sequence[tuple[str, str, str, str]]:
    """What each cell may say: kind, heading, "required" or "", and how it is written."""
    return [
        row
        for kind in kinds
        for row in (
            *(
                (kind.name, field.heading, "required" if field.required else "", may_say(field))
                for field in kind.fields
            ),
            *((kind.name, one.heading, "", f"codes of {one.refers or 'groups'}, parted by ;") for one in kind.several),
        )
    ]


def may_say(field: EntryField) -> str:
    """What a cell of ``field`` may say, in a few words."""
    if field.choices:
        return " | ".join(field.choices)
    if field.refers:
        return f"code of a {field.refers.replace('_', ' ')}"
    return _SAYS_OF_HEADINGS.get(field.heading, _SAYS[field.reads])


def codes_of(session: Session, country: str) -> Codes:
    """What cells of a country's entries may refer to: its areas, bodies and sources, and all series and targets."""
    countries, areas, bodies = table_of(Country), table_of(Area), table_of(PublicBody)
    sources, covered, series, targets = (table_of(one) for one in (Source, SourceCountry, Series, SdgTarget))
    here = select(countries.c.id).where(countries.c.iso3 == country).scalar_subquery()
    covering = select(covered.c.source_id).where(covered.c.country_id == here)
    asked = (
        ("country", select(countries.c.iso3, countries.c.name).where(countries.c.iso3 == country)),
        ("area", select(areas.c.code, areas.c.name).where(areas.c.country_id == here)),
        (
            "public_body",
            select(bodies.c.code, bodies.c.name).where(bodies.c.country_id == here, bodies.c.standing == "stands"),
        ),
        ("source", select(sources.c.code, sources.c.title).where(sources.c.id.in_(covering))),
        ("series", select(series.c.code, series.c.name)),
        ("sdg_target", select(targets.c.code, targets.c.code)),
    )
    return [(what, code, name) for what, rows in asked for code, name in sorted(session.execute(rows).all())]


def standing_entries(
    session: Session, kinds: Collection[str] = (), country: str = ""
) -> dict[str, list[dict[str, str]]]:
    """The cells of every entry that stands, by kind, in the order of their codes. Reads only.

    ``country`` leaves those of one country, and those that belong to none. Voices that nobody has read yet are among
    them: what this gives is for those who keep the record.
    """
    known = Known.of(session)
    revision = table_of(EntryRevision)
    found: dict[str, list[dict[str, str]]] = {}
    for kind in KINDS.values():
        if kinds and kind.name not in kinds:
            continue
        table = table_of(kind.model)
        last = (
            select(revision.c.code, func.max(revision.c.number).label("number"))
            .where(revision.c.kind == kind.name)
            .group_by(revision.c.code)
            .subquery()
        )
        asked = (
            select(revision.c.content)
            .join(last, (last.c.code == revision.c.code) & (last.c.number == revision.c.number))
            .join(table, table.c.code == revision.c.code)
            .where(revision.c.kind == kind.name, table.c.standing == "stands")
            .order_by(revision.c.code)
        )
        where = known.tables[table.name].countries
        found[kind.name] = [
            dict(content)
            for content in session.scalars(asked)
            if not country or not where.get(content["code"]) or country in where[content["code"]]
        ]
    return found
