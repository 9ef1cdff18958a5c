"""Reading the cells of an entry: text as a person or a spreadsheet wrote it becomes what the tables keep."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.importing.checks import shield
from data_access.importing.resolution.names import comparable
from data_access.models.groups import group_key
from data_access.periods import years
from data_access.process.kinds import EntryField, Kind
from data_access.process.known import Known
from data_access.process.rules import broken

CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{1,79}")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")
MOST_PEOPLE = 2_000_000_000
"""The largest whole number a cell may say; databases keep no larger."""
LONGEST_WORDS = 20_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_IDENTIFYING = (
    shield.EMAIL,
    shield.PHONE,
    shield.LOCAL_PHONE,
    shield.COORDINATES,
    shield.CITIZENSHIP_NPL,
    shield.CITIZEN_CARD_VNM,
)
_ALIKE = ("recognition_event", "official_reply", "participation", "returned_finding", "concern")
"""Kinds whose source must be as real, or as invented, as the entry: what they say is said of that very source."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell that cannot be used: its heading, what it says, what is wrong with it and how to mend it."""

    heading: str
    value: str
    what: str
    mend: str


@dataclass(frozen=True)
class Read:
    """An entry's cells as the tables keep them: ``values`` by column, ``several`` by heading, the cells put in order.

    ``countries`` are those the entry belongs to, none for all of them.
    """

    code: str
    values: Mapping[str, Any]
    several: Mapping[str, tuple[Any, ...]]
    content: Mapping[str, str]
    countries: frozenset[str]
    illustrative: bool


def read_cells(kind: Kind, cells: Mapping[str, str], known: Known) -> tuple[Read | None, list[CellProblem]]:
    """Read one entry; None with every problem of its cells when any stands in the way."""
    reading = _Reading(kind, {heading: tidied(cell) for heading, cell in cells.items()}, known)
    read = reading.all()
    return (None if reading.problems else read), reading.problems


def identifying(text: str) -> bool:
    """Whether words hold what identifies a person by its shape."""
    return any(pattern.search(text) for pattern in _IDENTIFYING) or shield.is_aadhaar(text)


class _Reading:
    def __init__(self, kind: Kind, cells: Mapping[str, str], known: Known) -> None:
        self.kind, self.cells, self.known = kind, cells, known
        self.problems: list[CellProblem] = []
        self.content: dict[str, str] = {}

    def all(self) -> Read:
        for heading in self.cells:
            if heading not in self.kind.headings and self.cells[heading]:
                self.refuse(heading, f"is no column of {self.kind.name}.", f"Use {', '.join(self.kind.headings)}.")
        values = {field.column: self.field(field) for field in self.kind.fields}
        several = {one.heading: self.list_of(one.heading, one.refers) for one in self.kind.several}
        if "organisation_key" in values and not values["organisation_key"]:
            values["organisation_key"] = self.content["organisation_key"] = comparable(str(values["organisation"]))
        self.identifiers()
        illustrative = bool(values["illustrative"])
        self.provenance(illustrative)
        if not self.problems:
            for heading, what, mend in broken(self.kind.name, values):
                self.refuse(heading, what, mend)
        return Read(str(values["code"]), values, several, self.content, self.countries(), illustrative)

    def refuse(self, heading: str, what: str, mend: str) -> None:
        self.problems.append(CellProblem(heading, shield.shown(self.cells.get(heading, "")), what, mend))

    def field(self, field: EntryField) -> Any:
        text = self.cells.get(field.heading, "")
        if not text:
            self.content[field.heading] = ""
            if field.required:
                self.refuse(field.heading, "is empty.", "Fill it in.")
            return self.empty(field)
        value = _READERS[field.reads](self, field, text)
        self.content[field.heading] = text if field.reads in ("code", "choice") else _written(value)
        longest = getattr(self.kind.model.__table__.c[field.column].type, "length", None) or LONGEST_WORDS  # type: ignore[attr-defined]
        if isinstance(value, str) and len(value) > longest:
            self.refuse(field.heading, f"is longer than {longest:,} characters.", "Shorten it.")
        return value

    def empty(self, field: EntryField) -> Any:
        column = self.kind.model.model_fields[field.column]
        return None if column.is_required() else column.default

    def text(self, field: EntryField, text: str) -> str:
        if field.heading == "code" and not CODE.fullmatch(text):
            self.refuse("code", "is no code.", "Use capital letters, digits, hyphen, point and underscore.")
        return text

    def date(self, field: EntryField, text: str) -> str:
        text = _ENDS_AT_MIDNIGHT.sub("", text)
        if not _DATE.fullmatch(text) or not _is_date(text):
            self.refuse(field.heading, "is no date.", "Write 2024-03-05, or 2024-03 or 2024 as far as it is known.")
        return text

    def moment(self, field: EntryField, text: str) -> str:
        text = text.replace(" ", "T").removesuffix(":00") if text.count(":") == 2 else text.replace(" ", "T")
        text = text.removesuffix("T00:00") if _MIDNIGHT.fullmatch(self.cells[field.heading]) else text
        try:
            datetime.fromisoformat(text)
            good = bool(_MOMENT.fullmatch(text))
        except ValueError:
            good = False
        if not good:
            self.refuse(field.heading, "is no day or time.", "Write 2024-03-05 or 2024-03-05T10:00, local time.")
        return text

    def number(self, field: EntryField, text: str) -> float | None:
        if _NUMBER.fullmatch(text) and math.isfinite(value := float(text)):
            return value
        self.refuse(field.heading, "is no number.", "Write digits with a point.")
        return None

    def whole(self, field: EntryField, text: str) -> int | None:
        digits = text.removesuffix(".0")
        if not re.fullmatch(r"[0-9]+", digits) or len(digits) > 12 or int(digits) > MOST_PEOPLE:
            self.refuse(field.heading, "is no whole number.", "Write digits only, for at most two thousand millions.")
            return None
        return int(digits)

    def yes_no(self, field: EntryField, text: str) -> bool | None:
        if text.lower() not in _YES + _NO:
            self.refuse(field.heading, "is neither yes nor no.", "Write yes or no.")
        return text.lower() in _YES

    def choice(self, field: EntryField, text: str) -> str:
        if text not in field.choices:
            self.refuse(field.heading, "is not one of the choices.", f"Write one of {', '.join(field.choices)}.")
        return text

    def group(self, field: EntryField, text: str) -> str:
        return self.group_of(field.heading, text)

    def group_of(self, heading: str, text: str) -> str:
        pairs = [part.strip().partition("=")[::2] for part in text.split("|")]
        parts = dict(pairs)
        if len(parts) < len(pairs):
            self.refuse(heading, "names a dimension twice.", "Write each dimension once: SEX=F|AGE_GROUP=Y15T24.")
        for dimension, category in parts.items():
            if category not in self.known.categories.get(dimension, ()):
                self.refuse(heading, f"names {dimension}={category}, which is no group here.", "Write SEX=F and so on.")
        return group_key(parts)

    def code(self, field: EntryField, text: str) -> Any:
        return self.referred(field.heading, field.refers, text)

    def referred(self, heading: str, table: str, text: str) -> Any:
        found = self.known.tables[table].ids.get(text)
        if found is None:
            self.refuse(heading, f"is no {table.replace('_', ' ')} here.", "Correct the code, or enter that first.")
        return found

    def language(self, field: EntryField, text: str) -> str:
        if not _LANGUAGE.fullmatch(text):
            self.refuse(field.heading, "is no language code.", "Write en, bn, hi, ne, sw or vi.")
        return text

    def period(self, field: EntryField, text: str) -> str:
        try:
            years(text)
        except ValueError:
            self.refuse(field.heading, "is no period.", "Write 2019 or 2019-21.")
        return text

    def list_of(self, heading: str, refers: str) -> tuple[Any, ...]:
        parts = [part.strip() for part in self.cells.get(heading, "").split(";") if part.strip()]
        self.content[heading] = "; ".join(parts)
        read = [self.referred(heading, refers, part) if refers else self.group_of(heading, part) for part in parts]
        if not refers:
            self.content[heading] = "; ".join(read)
        if len(set(read)) < len(read):
            self.refuse(heading, "names the same twice.", "Name each once.")
        return tuple(read)

    def identifiers(self) -> None:
        for heading in (*self.kind.words, "code"):
            if identifying(self.cells.get(heading, "")):
                self.refuse(
                    heading,
                    "holds an e-mail address, a phone or identity number, or the coordinates of a place.",
                    "Take it out: nobody is named here.",
                )

    def provenance(self, illustrative: bool) -> None:
        if not illustrative and not self.cells.get("stated_in"):
            self.refuse("stated_in", "is empty.", "Name the document or say who entered this; only examples have none.")
        if illustrative and self.kind.name == "public_body" and not self.cells.get("name", "").startswith("Example"):
            self.refuse("name", "is an invented body under a name of its own.", "Begin its name with Example.")
        for field in self.kind.fields:
            if field.reads != "code" or field.refers in ("country", "area", "series", "sdg_target"):
                continue
            if field.refers == "source" and self.kind.name not in _ALIKE:
                continue
            self.alike(field.heading, field.refers, self.cells.get(field.heading, ""), illustrative)
        for one in self.kind.several:
            if one.refers in _ENTRIES:
                for code in self.content.get(one.heading, "").split("; "):
                    self.alike(one.heading, one.refers, code, illustrative)

    def alike(self, heading: str, table: str, code: str, illustrative: bool) -> None:
        invented = self.known.tables[table].invented.get(code)
        if invented is not None and invented != illustrative:
            self.refuse(
                heading,
                "is invented, and this entry is not." if invented else "is real, and this entry is invented.",
                "Nothing invented is said of a real body, source or person, and nothing real rests on an example.",
            )

    def countries(self) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for field in self.kind.fields:
            if field.reads == "code" and (field.refers == "country" or field.column == self.kind.parent):
                found |= self.known.tables[field.refers].countries.get(self.cells.get(field.heading, ""), frozenset())
        for field in self.kind.fields:
            text = self.cells.get(field.heading, "")
            if not text or not found or field.reads != "code" or field.refers not in _PLACED:
                continue
            self.placed(field.heading, field.refers, text, found)
        for one in self.kind.several:
            for code in self.content.get(one.heading, "").split("; ") if found and one.refers in _PLACED else ():
                self.placed(one.heading, one.refers, code, found)
        return found

    def placed(self, heading: str, refers: str, code: str, found: frozenset[str]) -> None:
        own = self.known.tables[refers].countries.get(code, frozenset())
        if own and not own & found:
            self.refuse(heading, f"belongs to {', '.join(sorted(own))}.", "Keep an entry to one country.")


_ENTRIES = ("public_body", "dialogue", "commitment", "demand", "policy", "voice", "task_force")
_PLACED = ("area", "source", *_ENTRIES)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?|-?\.[0-9]+")
_MIDNIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]00:00:00")
_ENDS_AT_MIDNIGHT = re.compile(r"[ T]00:00:00$")
_READERS: Mapping[str, Callable[[_Reading, EntryField, str], Any]] = {
    "text": _Reading.text,
    "date": _Reading.date,
    "moment": _Reading.moment,
    "number": _Reading.number,
    "whole": _Reading.whole,
    "yes_no": _Reading.yes_no,
    "choice": _Reading.choice,
    "group": _Reading.group,
    "code": _Reading.code,
    "language": _Reading.language,
    "period": _Reading.period,
}


def tidied(cell: object) -> str:
    """The words of a cell without what no table keeps: control characters, and halves of characters."""
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return text.strip()


def _written(value: Any) -> str:
    """A value as its cell is kept: the same whichever way it was written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True
