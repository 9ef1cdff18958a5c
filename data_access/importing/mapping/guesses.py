"""What a sheet looks like: where its header is, and what each column seems to hold. Guesses, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from data_access.importing.mapping.cell_looks import Looks, decimal_of, looks_of
from data_access.importing.mapping.cells import text_of
from data_access.importing.mapping.header_heads import Head, head_of
from data_access.importing.mapping.header_search import find_top
from data_access.importing.mapping.periods import period_of, with_plain_digits
from data_access.importing.mapping.place_names import country_of
from data_access.importing.mapping.sheets import headers
from data_access.importing.mapping.words import COLUMNS, DIMENSIONS, category, has_one, is_one, recorded
from data_access.importing.resolution.names import comparable
from data_access.importing.workbook import Cell, Sheet

READ = 5_000
"""Rows of which the cells are looked at."""
FIGURES = ("se", "lower", "upper", "n", "yes", "population", "value")
_PLACE_CODE = re.compile(r"(.*\b)?(geocode|ref_area|p-?code|adm(in)? ?[0-3].*)", re.IGNORECASE)
_NO_FIGURE = re.compile(r".*\b(id|code|lat|latitude|long?|lng|longitude|x|y)", re.IGNORECASE)
_COORDINATE = re.compile(r"(lat|latitude|long?|lng|longitude|gps.*|geopoint|_?geolocation)", re.IGNORECASE)
_YES = re.compile(r"(said yes|yes|numerator \(unweighted\))", re.IGNORECASE)
_HXL: tuple[tuple[str, str], ...] = (
    (r"#(adm[12]|geo|loc|region)\b.*", "area"),
    (r"#country\b.*", "country"),
    (r"#date\b.*", "period"),
    (r"#indicator\b.*\+(code|name)\b.*", "series"),
    (r"#(indicator|value)\b.*", "value"),
    (r"#population\b.*", "population"),
    (r"#description\b.*", "note"),
)
_ACTIVITY = re.compile(r"#(org|sector|activity|beneficiary)\b.*")


@dataclass
class Guess:
    """A sheet's layout as it seems: row numbers as the spreadsheet shows them, columns by position.

    ``heads`` what the header of a column of figures says besides the series: year, group. ``decimal`` the mark that the
    texts prove ("?" when it must be asked) with an example. ``foot`` the first words of the notes below the table.
    """

    header_rows: tuple[int, ...]
    hxl_row: int | None
    first_row: int
    headers: tuple[str, ...]
    means: dict[int, str] = field(default_factory=dict)
    dimensions: dict[int, str] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    numeric: list[int] = field(default_factory=list)
    heads: dict[int, Head] = field(default_factory=dict)
    looks: dict[int, Looks] = field(default_factory=dict)
    decimal: tuple[str, str] = ("", "")
    titles: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    totals: list[tuple[int, str]] = field(default_factory=list)
    labels_alone: list[str] = field(default_factory=list)
    periods: dict[str, str] = field(default_factory=dict)
    categories: dict[int, dict[str, str]] = field(default_factory=dict)
    activities: bool = False
    places_in_header: bool = False
    points: bool = False

    def first(self, meaning: str) -> int | None:
        """The first column that seems to hold ``meaning``."""
        return next((at for at, said in self.means.items() if said == meaning), None)

    @property
    def figures(self) -> list[int]:
        """The columns whose cells become numbers."""
        return sorted({*self.years, *self.numeric, *(at for at, said in self.means.items() if said in FIGURES)})


def guess(sheet: Sheet) -> Guess | None:
    """What the sheet looks like, None where it holds no table."""
    top = find_top(sheet)
    if top is None:
        return None
    rows = tuple(sheet.first_row + at for at in top.rows)
    found = Guess(
        rows,
        None if top.hxl is None else sheet.first_row + top.hxl,
        sheet.first_row + top.body,
        headers(sheet, rows),
        titles=tuple(text for line in sheet.rows[: top.rows[0]] for cell in line if (text := text_of(cell))),
    )
    below = [list(line) for line in sheet.rows[top.body : top.body + READ]]
    if len(sheet.rows) <= top.body + READ:
        below = _without_notes(found, below)
    tags = [text_of(cell) for cell in sheet.rows[top.hxl]] if top.hxl is not None else [""] * len(found.headers)
    found.activities = sum(bool(_ACTIVITY.match(tag)) for tag in tags) > 1
    for at, name in enumerate(found.headers):
        _look(found, at, name, tags[at].casefold(), [line[at] for line in below])
    found.points = any(_COORDINATE.fullmatch(name) for name in found.headers) and not found.figures
    _find_period(found, below)
    _find_place(found, below)
    _one_place(found, tags)
    found.decimal = decimal_of([found.looks[at] for at in found.figures])
    _find_totals(found, below)
    _find_periods(found, below)
    _find_categories(found, below)
    heads = [head.rest for at, head in found.heads.items() if at in found.numeric]
    found.places_in_header = len(heads) > 1 and found.first("area") is None and bool(country_of(heads)[0])
    return found


def _look(found: Guess, at: int, name: str, tag: str, cells: Sequence[Cell]) -> None:
    looks = found.looks[at] = looks_of(cells)
    last = name.rsplit(" / ", 1)[-1]
    if tag:
        found.means[at] = next((meaning for pattern, meaning in _HXL if re.fullmatch(pattern, tag)), "ignore")
        if found.means[at] == "ignore" and looks.numeric:
            found.means.pop(at)
            found.numeric.append(at)
            found.heads[at] = head_of(name)
        return
    head = head_of(name)
    if head.year_alone and (looks.numeric or not looks.filled):
        found.years.append(at)
        found.heads[at] = head
    elif (dimension := _dimension(name, last, looks, cells)) is not None:
        found.dimensions[at] = dimension
    else:
        _name(found, at, name, last, looks, cells)
    if at in found.numeric:
        found.heads[at] = head


def _dimension(name: str, last: str, looks: Looks, cells: Sequence[Cell]) -> str | None:
    if looks.numeric and looks.fractions:
        return None
    by_name = next((d for d in DIMENSIONS if is_one(last, f"column of {d}") or is_one(name, f"column of {d}")), None)
    if by_name is not None and category(last) is None:
        return by_name
    if not looks.filled or looks.numeric:
        return None
    known = {category(text) for cell in cells if (text := text_of(cell))}
    told = {of[0] for of in known if of is not None} - {"*"}
    return told.pop() if len(told) == 1 and None not in known and len(known) > 1 else None


def _name(found: Guess, at: int, name: str, last: str, looks: Looks, cells: Sequence[Cell]) -> None:
    if _COORDINATE.fullmatch(last):
        found.means[at] = "ignore"
        return
    meaning = "yes" if _YES.fullmatch(last) else next((m for m, about in COLUMNS.items() if is_one(last, about)), None)
    if meaning in ("value", "population", "n") and "change" in _said(name):
        meaning = None
    if meaning == "value" and last != name:
        meaning = None  # the lowest header row says the unit, those above it what is measured
    if meaning is None and looks.numeric and _tells_rows_apart(last, cells):
        meaning = "ignore"
    if meaning == "row number":
        meaning = "ignore" if _counts(cells) or not looks.numeric else None
    if meaning in FIGURES and not looks.numeric:
        meaning = None
    if meaning in ("area", "series", "country") and looks.numeric and looks.fractions:
        meaning = None
    if meaning is None and not looks.numeric and (_PLACE_CODE.fullmatch(last) or has_one(last, COLUMNS["area"])):
        meaning = "area"
    texts = [text for cell in cells if (text := text_of(cell))]
    if (
        meaning is None
        and texts
        and all(period_of(text) or _other_calendar(text) for text in texts)
        and found.first("period") is None
    ):
        meaning = "period"
    if meaning is not None and (meaning in ("note", "ignore") or found.first(meaning) is None):
        found.means[at] = meaning
    elif looks.numeric and not _NO_FIGURE.fullmatch(last):
        found.numeric.append(at)
    else:
        found.means[at] = "ignore"


def _other_calendar(text: str) -> bool:
    """Whether a text is nothing but a year, or two, of a calendar other than the common one."""
    return bool(re.fullmatch(r"\d{4}(?:\s*[-/\u2013]\s*\d{2,4})?", text)) and bool(period_in(text))


def _said(name: str) -> frozenset[str]:
    return frozenset({"change"} if has_one(name, "change") else ())


def _counts(cells: Sequence[Cell]) -> bool:
    """Whether a column only numbers its rows."""
    numbers = [int(text) for cell in cells if (text := text_of(cell)).isdecimal()]
    return bool(numbers) and all(after - before == 1 for before, after in pairwise(numbers))


def _tells_rows_apart(name: str, cells: Sequence[Cell]) -> bool:
    """Whether a column holds identity numbers: named so, whole and different in every row."""
    texts = [text for cell in cells if (text := text_of(cell))]
    return (
        name.casefold().endswith(("id", "code")) and all(t.isdecimal() for t in texts) and len(set(texts)) == len(texts)
    )


def _find_period(found: Guess, below: Sequence[Sequence[Cell]]) -> None:
    """Without a column named as periods, the first whose texts each name one year: "2022 DHS"."""
    if found.first("period") is not None or found.years:
        return
    for at, said in found.means.items():
        texts = {text for line in below if (text := text_of(line[at]))}
        if said in ("ignore", "area") and texts and all(len(text) < 40 and period_in(text) for text in texts):
            found.means[at] = "period"
            return


def _find_place(found: Guess, below: Sequence[Sequence[Cell]]) -> None:
    """Without a column named as places, the first column of texts that differ from row to row."""
    if found.first("area") is not None:
        return
    texts = [at for at, said in found.means.items() if said == "ignore" and not found.looks[at].numeric]
    said = {at: [text_of(line[at]) for line in below[:200]] for at in texts}
    country = found.first("country")
    place = next((at for at in texts if _differs(said[at]) and (country is None or country_of(said[at])[0])), country)
    if place is not None and not found.points:
        found.means[place] = "area"


def _one_place(found: Guess, tags: Sequence[str]) -> None:
    """Of several columns of places the one that a figure belongs to: the deepest level, its code before its name."""
    places = [at for at, said in found.means.items() if said == "area"]
    if len(places) < 2:
        return

    def depth(at: int) -> tuple[int, bool, int]:
        level = re.search(r"adm(?:in)?\s?(\d)", tags[at] or found.headers[at], re.IGNORECASE)
        return int(level[1]) if level else 0, "+code" in tags[at] or "pcode" in found.headers[at].casefold(), -at

    kept = max(places, key=depth)
    for at in places:
        if at != kept:
            found.means[at] = "ignore"


def _without_notes(found: Guess, below: list[list[Cell]]) -> list[list[Cell]]:
    """The rows above the notes at the end: rows that hold one text and stand below the last row of figures."""
    last = next((at for at in range(len(below) - 1, -1, -1) if sum(bool(text_of(c)) for c in below[at]) > 1), -1)
    notes = [text for line in below[last + 1 :] for cell in line if (text := text_of(cell))]
    found.foot = tuple(notes[:20])
    body = below[: last + 1]
    found.labels_alone = [
        text for line in body if sum(bool(text_of(c)) for c in line) == 1 for c in line if (text := text_of(c))
    ]
    return body


def _find_totals(found: Guess, below: Sequence[Sequence[Cell]]) -> None:
    """Total rows whose label stands outside the column of places, so that they would be places without a name."""
    place = found.first("area")
    if place is None:
        return
    known = recorded("total row")
    for line in below:
        for at, cell in enumerate(line):
            if at == place or at in found.dimensions or not isinstance(cell, str) or text_of(line[place]):
                continue
            if comparable(cell) in known and (at, text_of(cell)) not in found.totals:
                found.totals.append((at, text_of(cell)))


def _find_periods(found: Guess, below: Sequence[Sequence[Cell]]) -> None:
    """The texts of the period column that are not written as this product writes periods, and what they seem to be."""
    at = found.first("period")
    if at is None:
        return
    for text in dict.fromkeys(text_of(line[at]) for line in below):
        seems = period_in(text) if text else ""
        if seems and seems != (period_of(text) or ""):
            found.periods[text] = seems


def _find_categories(found: Guess, below: Sequence[Sequence[Cell]]) -> None:
    """The groups that a column writes in two languages ("Nữ/Female"), which no catalogue has as one name."""
    for at, dimension in found.dimensions.items():
        for text in dict.fromkeys(text_of(line[at]) for line in below):
            of = category(text) if "/" in text or "(" in text else None
            if of is not None and of[0] == dimension:
                found.categories.setdefault(at, {})[text] = of[1]


def period_in(text: str) -> str:
    """The one year or span of years that a text seems to mean, empty when there is none or more than one.

    ``"FY2019/20"`` → ``"2019-20"``, ``"Jan-2019"`` → ``"2019"``, ``"२०१९"`` → ``"2019"``. A year from 2040 on is taken
    for one of the Nepali calendar (Bikram Sambat), which begins in April and is 57 years ahead for most of a year:
    ``"2076/77"`` → ``"2019-20"``.
    """
    plain = with_plain_digits(text)
    spans = re.findall(r"(?<!\d)((?:19|20)\d{2})(?:\s*[-/\u2013]\s*((?:19|20)?\d{2})(?![\d-]))?(?!\d)", plain)
    if len(spans) != 1:
        return ""
    first, last = spans[0]
    month = re.search(r"(?<!\d)(?:19|20)\d{2}-(0[1-9]|1[0-2])(?!\d)", plain)
    if last and (month or (len(last) == 2 and int(last) != (int(first) + 1) % 100 and int(last) <= int(first) % 100)):
        last = ""
    begin = int(first)
    end = begin if not last else int(last) if len(last) == 4 else begin // 100 * 100 + int(last)
    if end < begin:
        return ""
    if begin >= 2040:
        begin, end = begin - 57, end - 57
    return str(begin) if begin == end else f"{begin}-{end % 100:02d}" if begin // 100 == end // 100 else ""


def _differs(said: Sequence[str]) -> bool:
    filled = [text for text in said if text]
    return len(filled) > 1 and len(set(filled)) >= 0.5 * len(filled)
