"""What a sheet looks like: where its header is, and what each column seems to hold. Guesses, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from data_access.folding import fold
from data_access.importing.mapping.cells import number_of, text_of
from data_access.importing.mapping.periods import period_of
from data_access.importing.mapping.schema import Meaning
from data_access.importing.mapping.sheets import headers
from data_access.importing.workbook import Cell, Sheet

LOOKED_AT = 30
"""Rows from the top in which a header is looked for."""
YEAR_HEADER = re.compile(r"(\D*?)(?:19|20)\d{2}(?:\s*[-/\u2013]\s*(?:\d{4}|\d{2}))?\s*")
FOOT = re.compile(r"^(?:(?:notes?|sources?|nguon|ghi chu)\b|\*)", re.IGNORECASE)
_PLACE = (
    r"(.*\b)?(provinces?|districts?|county|counties|region|state|division|area|place|location|ward|municipality|geocode"
    r"|ref_area|p-?code|admin ?[123].*|adm[123].*|tinh)(\b.*)?"
)
_NAMED: tuple[tuple[str, Meaning | str], ...] = (
    (r"(unit|units|unit of measure|unit_measure)", "unit"),
    (r"(.*\b)?(standard error|std\.? ?err(or)?|s\.?e\.?)", "se"),
    (r"(.*\b)?(lower( bound)?|ci low(er)?|ci_lb|lcl)( \(?95 ?%\)?)?", "lower"),
    (r"(.*\b)?(upper( bound)?|ci (up|high)(per)?|ci_ub|ucl)( \(?95 ?%\)?)?", "upper"),
    (r"(n|sample( size)?|respondents|people asked|number of respondents|unweighted n)", "n"),
    (r"(said yes|yes|numerator \(unweighted\))", "yes"),
    (r"(.*\b)?(population|denominator)", "population"),
    (r"(note|notes|comment|comments|remarks?)", "note"),
    (r"(status|obs_status|observation status)", "status"),
    (r"(year|period|time|time_period|date|survey year|reporting year|nam)", "period"),
    (r"(indicator|series|variable|measure|question|indicator (name|code))", "series"),
    (r"(value|obs_value|estimate|percent|percentage|per cent|rate|share|result|%)", "value"),
    (r"(country|country (name|code)|iso3|iso code)", "country"),
    (_PLACE, "area"),
)  # fmt: skip
_DIMENSIONS: tuple[tuple[str, str], ...] = (
    (r"(sex|gender)", "SEX"),
    (r"(age|age group|age_group)", "AGE"),
    (r"(residence|urban/rural|urbanisation|urbanization|urban or rural|locality)", "URBANISATION"),
    (r"(wealth( quintile| fifth)?|income quintile|income_wealth_quantile)", "INCOME_WEALTH_QUANTILE"),
    (r"(disability( status)?|disability_status)", "DISABILITY_STATUS"),
    (r"(ethnicity|ethnic group|caste|caste/ethnicity)", "ETHNICITY"),
    (r"(education( level)?|education_lev)", "EDUCATION_LEV"),
)
_VALUES_OF: dict[str, frozenset[str]] = {
    "SEX": frozenset({"male", "female", "m", "f", "men", "women", "boys", "girls", "total", "both", "_t", "all"}),
    "URBANISATION": frozenset({"urban", "rural", "u", "r", "total", "_t", "all"}),
}
_HXL: tuple[tuple[str, str], ...] = (
    (r"#(adm\d|geo|loc|region)\b.*\+code\b.*", "area"),
    (r"#(adm\d|geo|loc|region)\b.*", "area"),
    (r"#country\b.*", "country"),
    (r"#date\b.*", "period"),
    (r"#indicator\b.*\+(code|name)\b.*", "series"),
    (r"#(indicator|value)\b.*", "value"),
    (r"#population\b.*", "population"),
    (r"#description\b.*", "note"),
)


@dataclass
class Guess:
    """A sheet's layout as it seems: row numbers as the spreadsheet shows them, columns by position."""

    header_rows: tuple[int, ...]
    hxl_row: int | None
    first_row: int
    headers: tuple[str, ...]
    means: dict[int, str] = field(default_factory=dict)
    dimensions: dict[int, str] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    numeric: list[int] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    footed: bool = False

    def first(self, meaning: str) -> int | None:
        """The first column that seems to hold ``meaning``."""
        return next((at for at, said in self.means.items() if said == meaning), None)


def guess(sheet: Sheet) -> Guess | None:
    """What the sheet looks like, None where it holds no table."""
    lines = [[text_of(cell) for cell in line] for line in sheet.rows[:LOOKED_AT]]
    widest = max((sum(map(bool, line)) for line in lines), default=0)
    if widest < 2:
        return None
    start = next(at for at, line in enumerate(lines) if sum(map(bool, line)) >= max(2, 0.6 * widest))
    hxl = next((at for at in range(len(lines)) if _is_hxl(lines[at])), None)
    end = start
    if hxl is not None:
        start = end = max(hxl - 1, 0) if hxl > 0 else hxl
        end = hxl
    else:
        while end + 1 < len(lines) and end - start < 3 and _goes_on(sheet.rows, lines, end + 1):
            end += 1
    header_rows = tuple(
        sheet.first_row + at for at in range(start, (end if hxl is not None and hxl > start else end + 1))
    )
    below = sheet.rows[end + 1 :]
    found = Guess(
        header_rows,
        None if hxl is None else sheet.first_row + hxl,
        sheet.first_row + end + 1,
        headers(sheet, header_rows),
    )
    tags = lines[hxl] if hxl is not None else [""] * len(found.headers)
    for at, name in enumerate(found.headers):
        _look(found, at, name, tags[at], [line[at] for line in below[:5000]])
    found.missing = sorted(set(found.missing))
    if found.first("area") is None:
        texts = [at for at, said in found.means.items() if said == "ignore"]
        place = next((at for at in texts if _differs([text_of(line[at]) for line in below[:200]])), None)
        if place is not None:
            found.means[place] = "area"
    found.footed = any(FOOT.match(fold(next((t for c in line if (t := text_of(c))), ""))) for line in below[-10:])
    return found


def _look(found: Guess, at: int, name: str, tag: str, cells: Sequence[Cell]) -> None:
    said = [text for cell in cells if (text := text_of(cell))]
    read = [number_of(text, ".") is not None for text in said]
    numeric = bool(said) and sum(read) >= 0.5 * len(said)
    last, whole = fold(name.rsplit(" / ", 1)[-1]), fold(name)
    by_tag = next((meaning for pattern, meaning in _HXL if tag and re.fullmatch(pattern, tag.casefold())), None)
    dimension = next((d for p, d in _DIMENSIONS if re.fullmatch(p, last) or re.fullmatch(p, whole)), None)
    if dimension is None and said and not numeric:
        seen = {text.casefold() for text in said}
        dimension = next((d for d, known in _VALUES_OF.items() if seen <= known and len(seen) > 1), None)
    if by_tag is not None:
        found.means[at] = by_tag
        if by_tag in ("area", "country") and "+name" in tag and found.first(by_tag) != at:
            found.means[at] = "ignore"
    elif YEAR_HEADER.fullmatch(name) and (numeric or not said):
        found.years.append(at)
    elif dimension is not None:
        found.dimensions[at] = dimension
    else:
        meaning = next((m for p, m in _NAMED if re.fullmatch(p, last)), None)
        if meaning in ("se", "lower", "upper", "n", "yes", "population", "value") and not numeric:
            meaning = None
        if meaning is None and said and all(period_of(text) for text in said) and found.first("period") is None:
            meaning = "period"
        if meaning is None and not numeric and said and found.first("area") is None and at == 0:
            meaning = "area"
        if meaning is not None and (meaning == "note" or found.first(meaning) is None):
            found.means[at] = meaning
        elif numeric and re.fullmatch(r".*(id|no\.?|code|lat|latitude|long?|longitude)", last) is None:
            found.numeric.append(at)
        else:
            found.means[at] = "ignore"
    if numeric or at in found.years:
        found.missing += {text for text, ok in zip(said, read, strict=True) if not ok and len(text) <= 4}


def _differs(said: Sequence[str]) -> bool:
    filled = [text for text in said if text]
    return len(filled) > 1 and len(set(filled)) >= 0.5 * len(filled)


def _is_hxl(line: Sequence[str]) -> bool:
    filled = [text for text in line if text]
    return len(filled) > 1 and sum(text.startswith("#") for text in filled) >= 0.5 * len(filled)


def _goes_on(rows: Sequence[Sequence[Cell]], lines: Sequence[Sequence[str]], at: int) -> bool:
    """Whether row ``at`` is a further header row: texts only, and numbers come right below."""
    filled = [text for text in lines[at] if text]
    if not filled or any(number_of(text, ".") is not None for text in filled):
        return False
    below = next((line for line in lines[at + 1 :] if any(line)), [])
    above = sum(map(bool, lines[at - 1]))
    many = len(filled) >= 0.5 * above and len(filled) > 1
    return many and any(number_of(text, ".") is not None for text in below)
