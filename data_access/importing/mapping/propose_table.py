"""The draft of one table: its lines in the mapping, each guess with what to confirm."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import PurePath

from data_access.folding import fold
from data_access.importing.mapping.cell_looks import WITHHELD, Looks
from data_access.importing.mapping.cells import letter, text_of
from data_access.importing.mapping.guesses import FIGURES, Guess
from data_access.importing.mapping.place_names import country_of, level_of, may_be_the_34
from data_access.importing.mapping.propose_take import part_of_measure, take_lines
from data_access.importing.mapping.schema import MEANINGS
from data_access.importing.mapping.words import has_one, spelt
from data_access.importing.readers.shown import percent_columns
from data_access.importing.resolution.names import comparable
from data_access.importing.shipped import catalogue_rows
from data_access.importing.workbook import Sheet, Workbook

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MEASURES = ("se", "lower", "upper", "n", "yes", "population")
LONGEST = 36
"""Characters of a code made here."""
LIST_OF_WORK = "This looks like a list of who does what where"
MANY = 40
"""Texts listed under one key at most."""


def table_lines(workbook: Workbook, alike: Sequence[Sheet], found: Guess, names: Sequence[str]) -> list[str]:
    """The lines of one table for the sheets ``alike``, whose layout is ``found``; ``names`` stand in its places."""
    lines, in_name = _sheets(alike)
    lines += [f"    # {line}" for line in _remarks(found)]
    lines += [f"    header_rows: {list(found.header_rows)}  # please confirm"]
    lines += [f"    hxl_row: {found.hxl_row}  # a row of HXL tags, not read as figures"] if found.hxl_row else []
    lines += [f"    first_row: {found.first_row}"]
    if found.foot:
        lines += [f"    stop: {quoted(_stop(found.foot))}  # please confirm: notes below the table"]
    columns = _columns(found)
    percent = {at for one in alike for at in percent_columns(workbook.remarks, one.name)}
    values, by_series = _values(found, _in_percent(found), percent)
    lines += ["    columns:", *columns] if columns else []
    lines += ["    values:", *values]
    lines += _drop(found) + _missing(found) + _marks(found) + _decimal(found) + _areas(found, names, alike)
    if found.periods:
        lines += ["    periods:  # please confirm: the year or span of years (2019, 2019-20) that each text means"]
        lines += [f"      {quoted(text)}: {quoted(year)}" for text, year in list(found.periods.items())[:MANY]]
    means = {*found.means.values(), *(("series",) if by_series else ())}
    title = found.titles[0] if found.titles else PurePath(workbook.file).stem
    fixed = []
    if "area" not in means:
        fixed += ["area: XXX  # please confirm: no column of places was found; the code all figures are of"]
    if "series" not in means:
        code = code_of(title) or "SERIES_OF_THIS_TABLE"
        fixed += [f"series: {code}  # please confirm: which series of the catalogue this is"]
    if "period" not in means and not in_name and not all(head.period for head in found.heads.values()):
        year = next((match[0] for text in (workbook.file, *found.titles) if (match := _YEAR.search(text))), "")
        if year:
            fixed += [f'period: "{year}"  # please confirm: the year stands in the file\'s name or title']
        else:
            fixed += ['# period: "2019"  # please answer: no year was found; say which the figures are of']
    return lines + ([fixed_key(fixed), *(f"      {line}" for line in fixed)] if fixed else [])


def fixed_key(lines: Sequence[str]) -> str:
    """The key above ``lines``, itself a comment where all of them are."""
    return "    fixed:" if any(not line.startswith("#") for line in lines) else "    # fixed:"


def _sheets(alike: Sequence[Sheet]) -> tuple[list[str], bool]:
    names = [sheet.name for sheet in alike]
    parts = {_YEAR.sub("\0", name, count=1) for name in names}
    hidden = [f"    # please confirm: hidden in the workbook: {one_line(s.name)}" for s in alike if s.hidden]
    if len(parts) == 1 and "\0" in (part := parts.pop()):
        pattern = re.escape(part).replace("\0", r"(?P<period>\d{4})").replace(re.escape("\0"), r"(?P<period>\d{4})")
        return [
            "  - sheets:",
            f"      pattern: {quoted(pattern)}  # please confirm: the year stands in the name",
            *hidden,
        ], True
    lines = [f"  - sheets: {{name: {quoted(names[0])}}}"]
    if len(names) > 1:
        lines += [f"    # please confirm: of the same header and not read: {one_line('; '.join(names[1:]))}"]
    return lines + hidden, False


def _remarks(found: Guess) -> list[str]:
    """What a person should know of the table that no key of a mapping says."""
    said = [f"The table's own title: {one_line(title)}" for title in found.titles[:3]]
    if found.activities:
        said += [f"{LIST_OF_WORK} (3W, 4W): entries for the stock-take, not figures."]
    if found.points or not found.figures:
        said += ["No column of figures was found. A list of single records (schools, clinics) is counted first."]
    if found.places_in_header:
        said += ["The columns seem to be places. Turn the table round: places in rows, a column for each series."]
    if found.labels_alone:
        said += [
            f"Rows that hold only a label, and no figure: {one_line('; '.join(found.labels_alone[:12]))}.",
            "If they head the rows below them (Sex, Region), say there what those rows are.",
        ]
    for at in found.figures:
        looks = found.looks[at]
        if "interval" in looks.said:
            said += [
                f"Column {letter(at)}: value and interval stand in one cell, as in {one_line(looks.said['interval'])}.",
            ]
        if "bracketed" in looks.said:
            said += [
                f"Column {letter(at)}: figures in brackets, as in {one_line(looks.said['bracketed'])}. In surveys",
                "they tell of few people asked, in accounts of a negative number.",
            ]
    for at, head in found.heads.items():
        if head.doubtful:
            said += [f"Column {letter(at)}: {one_line(found.headers[at])} names a change, or several years."]
    return [one_line(line) for line in said]


def _stop(foot: Sequence[str]) -> str:
    """The rule that ends a table: the words that begin notes, in the languages these do, and a star."""
    words = ["notes?", "sources?"]
    words += [
        _escaped(word)
        for word in spelt("below a table")
        if not re.fullmatch("notes?|sources?", word) and any(text.casefold().startswith(word) for text in foot)
    ]
    rule = rf"(?i)^(?:(?:{'|'.join(words)})(?:\W|$)|\(?\*)"
    own = [text for text in foot if not re.search(rule, text)][:5]
    return rule + "".join(f"|^{_escaped(text[:40])}" for text in own)


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\ ", " ").replace(r"\-", "-")


def _columns(found: Guess) -> list[str]:
    lines: list[str] = []
    for at in range(len(found.headers)):
        meaning = found.means.get(at)
        if at in found.dimensions:
            lines += [*_selector(found, at), "        means: group"]
            lines += [f"        dimension: {found.dimensions[at]}  # please confirm"]
            if at in found.categories:
                lines += [f"        codes: {json.dumps(found.categories[at], ensure_ascii=False)}  # please confirm"]
        elif meaning is not None and meaning in MEANINGS and meaning not in FIGURES:
            if not found.headers[at] and meaning == "ignore" and not found.looks[at].filled:
                continue
            lines += [*_selector(found, at), f"        means: {meaning}  # please confirm: {MEANINGS[meaning]}"]
    return lines


def _in_percent(found: Guess) -> bool:
    return any("%" in title or has_one(title, "per cent") for title in found.titles)


def _values(found: Guess, in_percent: bool, percent: set[int]) -> tuple[list[str], bool]:
    """The lines of the columns of figures, and whether each says its series."""
    measures = [
        f"        {name}: {{letter: {letter(at)}{part_of_measure(found.looks[at])}}}"
        f"  # please confirm: {one_line(found.headers[at])}"
        for name in _MEASURES
        if (at := found.first(name)) is not None
    ]
    value = found.first("value")
    wide = sorted({*found.years, *found.numeric})
    lines: list[str] = []
    if value is not None and not found.years:
        lines += [*_selector(found, value), *_unit(found, value, in_percent, percent), *measures]
        for at in found.numeric if found.first("series") is None else ():
            lines += [*_selector(found, at), *_head(found, at, series=True), *_unit(found, at, in_percent, percent)]
        return lines, False
    if not wide and value is None:
        counts = [at for at in (found.first("population"), found.first("n"), found.first("yes")) if at is not None]
        at = counts[0] if counts else max(len(found.headers) - 1, 0)
        why = "which series counts these" if counts else "no column of numbers was found"
        return [f"      - letter: {letter(at)}  # please confirm: {why}"], False
    if len(wide) == 1 and found.first("series") is not None and not found.years:
        return [*_selector(found, wide[0]), *_unit(found, wide[0], in_percent, percent), *measures], False
    plain = [
        at for at in found.years if re.fullmatch(r"\d{4}", found.headers[at]) and not _unit(found, at, False, percent)
    ]
    if plain:
        lines += ['      - pattern: "(?P<period>\\\\d{4})"  # a column a year']
        lines += _unit(found, plain[0], in_percent, set())
    own = found.first("series") is None and any(found.heads[at].rest for at in wide)
    for at in wide:
        if at not in plain:
            lines += [*_selector(found, at), *_head(found, at, series=own), *_unit(found, at, in_percent, percent)]
    return lines + (measures if len(wide) == 1 else []), own and all(found.heads[at].rest for at in wide)


def _head(found: Guess, at: int, *, series: bool) -> list[str]:
    head = found.heads[at]
    lines: list[str] = []
    if series and head.rest:
        code = code_of(head.rest) or f"COLUMN_{letter(at)}"
        lines += [f"        series: {code}  # please confirm: which series of the catalogue this is"]
    if head.period:
        lines += [f'        period: "{head.period}"  # please confirm']
    if head.group:
        lines += [f"        group: {json.dumps(head.group)}  # please confirm"]
    if head.preliminary:
        lines += ["        status: P", '        note: "preliminary"  # please confirm']
    return lines


def _unit(found: Guess, at: int, in_percent: bool, percent: set[int]) -> list[str]:
    """How the cells are split, the unit that header, title or their format says, and what it takes to be per cent."""
    return take_lines(found.looks[at]) + _unit_alone(found, at, in_percent, percent)


def _unit_alone(found: Guess, at: int, in_percent: bool, percent: set[int]) -> list[str]:
    looks, header = found.looks[at], found.headers[at]
    if at in percent:
        return [
            "        unit: proportion  # the workbook shows it as per cent; the cell holds 0.423 for 42.3 %",
            "        to_unit: percent  # please confirm",
        ]
    if has_one(header, "proportion") and looks.shares:
        return [
            "        unit: proportion  # please confirm: the header says so, and all lie between 0 and 1",
            "        to_unit: percent  # please confirm: what the series is in",
        ]
    in_percent |= "%" in header or has_one(header, "per cent")
    if looks.shares and (in_percent or _series_in_percent(header) or found.first("value") == at):
        return [
            "        unit: ASK  # please answer: all are 0 to 1; proportion (then also to_unit: percent), or percent?"
        ]
    if in_percent and looks.most <= 100:
        return ["        unit: percent  # please confirm: the header or title says so"]
    if has_one(header, "thousands"):
        return ["        multiply: 1000  # please confirm: the header says thousands"]
    return []


def _series_in_percent(header: str) -> bool:
    wanted = comparable(header)
    return any(
        row["unit"] == "PT" and wanted in (comparable(row["series"]), comparable(row["name"]))
        for row in catalogue_rows("series", illustrative=False)
    )


def _drop(found: Guess) -> list[str]:
    lines = ["    drop_rows:  # please confirm"] if found.totals else []
    for at, text in found.totals[:MANY]:
        lines += [f"      - letter: {letter(at)}", f"        values: [{quoted(text)}]"]
        lines += ['        because: "a total of the rows above, not a place"']
    return lines


def _missing(found: Guess) -> list[str]:
    codes = list(dict.fromkeys(code for at in found.figures for code in found.looks[at].codes))
    lines = ["    missing:  # please confirm: what stands here for a missing value"] if codes else []
    for code in sorted(codes)[:MANY]:
        lines += [f"      - code: {quoted(code)}"]
        if code.casefold() in WITHHELD or code[:1] in "<>\u2264\u2265":
            lines += ["        status: Q  # please confirm: withheld, as too few people said it"]
        elif code in ("-", "--", "\u2013", "\u2014"):
            lines += ["        # please confirm: missing; where a dash means none at all, write 0 into the file"]
    return lines


def _marks(found: Guess) -> list[str]:
    looks: list[Looks] = [found.looks[at] for at in found.figures]
    signs = list(dict.fromkeys(sign for one in looks for sign in one.signs))
    strip = ["%"] if "%" in signs else []
    lakhs = next((one.lakhs for one in looks if one.lakhs), "")
    lines = []
    if lakhs:
        strip += [","]
        lines += [f"    # please confirm: commas group digits, as in {one_line(lakhs)} (lakhs, crores)"]
    lines += [f"    strip: {json.dumps(strip)}"] if strip else []
    return lines


def _decimal(found: Guess) -> list[str]:
    mark, text = found.decimal
    if mark == "?":
        return [f'    decimal: ASK  # please answer: is {one_line(text)} read with a decimal "," or "."?']
    return [f'    decimal: ","  # please confirm: a comma, by {one_line(text)}'] if mark == "," else []


def _areas(found: Guess, names: Sequence[str], alike: Sequence[Sheet]) -> list[str]:
    at = found.first("area")
    country = country_of(names)[0] if at is not None else ""
    if at is None or not country:
        return []
    lines = [] if found.first("country") is not None else [f"      country: {country}  # please confirm"]
    if kind := level_of(found.headers[at], names, country):
        lines += [f"      kind: {kind}  # please confirm: some names are two levels' names"]
    if country == "VNM" and may_be_the_34(names, _latest(found, alike)):
        lines += ["      vintage: VNM-34  # please confirm: the 34 provinces since July 2025, or VNM-63 before"]
    return ["    areas:", *lines] if lines else []


def _latest(found: Guess, alike: Sequence[Sheet]) -> str:
    at = found.first("period")
    said = [head.period for head in found.heads.values()] + [sheet.name for sheet in alike] + list(found.titles)
    if at is not None:
        said += [text_of(line[at]) for line in alike[0].rows[found.first_row - alike[0].first_row :][:2000]]
    return max((year for text in said for year in _YEAR.findall(text)), default="")


def _selector(found: Guess, at: int) -> list[str]:
    name = found.headers[at]
    if name and found.headers.count(name) == 1 and len(name) < 120:
        return [f"      - header: {quoted(name)}"]
    return [f"      - letter: {letter(at)}  # {one_line(name)}"]


def code_of(text: str) -> str:
    """A code made of a text's Latin letters and digits (the last words of a long one), empty without letters."""
    code = re.sub(r"[^A-Z0-9]+", "_", fold(text).upper()).strip("_")
    if len(code) > LONGEST:
        code = code[-LONGEST:].partition("_")[2] or code[-LONGEST:]
    if len(re.sub(r"[^A-Z]", "", code)) < 2:
        return ""
    return code if code[0].isalpha() and len(code) > 2 else f"X_{code}"


def quoted(text: str) -> str:
    """A text as YAML takes it in one line."""
    made = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in made)


def one_line(text: str) -> str:
    """A text for a comment."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]
