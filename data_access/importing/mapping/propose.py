"""A first draft of a mapping for a file nobody has described yet: loads as it stands, and says what to confirm."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from data_access.folding import fold
from data_access.importing.mapping.cells import letter, text_of
from data_access.importing.mapping.guesses import FOOT, YEAR_HEADER, Guess, guess
from data_access.importing.mapping.presets import Preset, first_sheet, preset_table, recognise
from data_access.importing.mapping.schema import MEANINGS, Table
from data_access.importing.workbook import Sheet, Workbook

_FORMATS: dict[Preset, str] = {
    "heat_plus": "the HEAT Plus template",
    "open_sdg": "an Open SDG CSV",
    "sdmx": "SDMX",
    "tidy": "this product's own tidy CSV",
}
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MEASURES = ("se", "lower", "upper", "n", "yes", "population")


def propose(workbook: Workbook) -> str:
    """A mapping as YAML text with comments. Nothing in it is decided: each guess asks to be confirmed.

    A text that is no known code (a series named after its column, say) becomes a question when the mapping is
    applied; nothing is taken for evidence because this draft says so.
    """
    lines = [
        f"# First draft for {_one_line(workbook.file)}, made from its layout.",
        "# Please confirm each line and correct what is wrong.",
        "version: 1",
        "",
        *_source(workbook),
        "",
        "tables:",
    ]
    preset, sheet = recognise(workbook), first_sheet(workbook)
    if preset is not None and sheet is not None:
        lines += [f"  # The header is that of {_FORMATS[preset]}: its columns are known."]
        lines += _preset(preset_table(preset, sheet))
        return "\n".join(lines) + "\n"
    seen: dict[tuple[str, ...], list[Sheet]] = {}
    guesses: dict[str, Guess] = {}
    for each in workbook.sheets:
        found = guess(each)
        if found is not None:
            guesses[each.name] = found
            seen.setdefault(found.headers, []).append(each)
    for alike in seen.values():
        lines += _table(workbook, alike, guesses[alike[0].name])
    if not guesses:
        lines += _nothing(workbook)
    return "\n".join(lines) + "\n"


def _source(workbook: Workbook) -> list[str]:
    stem = PurePath(workbook.file).stem
    return [
        "source:",
        f"  code: {_code(stem)}  # please confirm: capital letters, digits and _",
        f"  title: {_quoted(stem)}  # please confirm: the title as published",
        '  publisher: "not stated"  # please confirm: who publishes it',
        "  origin: community  # please confirm: official or community",
        "  countries: [XXX]  # please confirm: ISO 3166-1 alpha-3, for instance [NPL]",
        "  # please confirm: household_survey, census, administrative, citizen_survey, community_mapping,",
        "  # community_survey, community_scorecard or modelled_estimates",
        "  collection: community_survey",
        "  sampling: purposive  # please confirm: probability, purposive, census, mapping, administrative, scorecard",
        '  licence: "not stated"  # please confirm: under which licence it was given',
        "  licence_state: unverified  # please confirm: attribution, share-alike or unverified",
        f"  citation: {_quoted(stem)}  # please confirm: how it is to be cited",
        "  consent: unknown  # please confirm: not_applicable, stated or unknown",
        "  sharing: private  # please confirm: public, aggregate_only or private",
    ]


def _preset(table: Table) -> list[str]:
    lines = [f"  - sheets: {{name: {_quoted(table.sheets.name or '')}}}", f"    header_rows: {list(table.header_rows)}"]
    lines += ["    columns:"]
    for column in table.columns:
        lines += [f"      - header: {_quoted(column.header or '')}", f"        means: {column.means}"]
        lines += [f"        dimension: {column.dimension}  # please confirm"] if column.dimension else []
    lines += ["    values:"]
    for values in table.values:
        lines += [f"      - header: {_quoted(values.header or '')}"]
        lines += [f"        {name}: {{header: {_quoted(m.header or '')}}}" for name, m in values.measures().items()]
    if table.missing:
        lines += ["    missing:", *(f"      - code: {_quoted(rule.code)}" for rule in table.missing)]
    means: set[str] = {column.means for column in table.columns}
    fixed = [f"      {line}" for line in _fixed(means, "")]
    return lines + (["    fixed:", *fixed] if fixed else [])


def _fixed(means: set[str], series: str) -> list[str]:
    lines = []
    if "area" not in means:
        lines += ["area: XXX  # please confirm: no column of places was found; the code all figures are of"]
    if "series" not in means and series:
        lines += [f"series: {series}  # please confirm: which series of the catalogue this is"]
    return lines


def _table(workbook: Workbook, alike: list[Sheet], found: Guess) -> list[str]:
    sheet = alike[0]
    lines, in_name = _sheets(alike)
    lines += [f"    header_rows: {list(found.header_rows)}  # please confirm"]
    lines += [f"    hxl_row: {found.hxl_row}  # a row of HXL tags, not read as figures"] if found.hxl_row else []
    lines += [f"    first_row: {found.first_row}"]
    lines += (
        [f"    stop: {_quoted(f'(?i){FOOT.pattern}')}  # please confirm: notes below the table"] if found.footed else []
    )
    columns = _columns(found, sheet)
    values, by_series = _values(found, sheet, workbook)
    lines += ["    columns:", *columns] if columns else []
    lines += ["    values:", *values]
    if found.missing:
        lines += ["    missing:  # please confirm: what stands here for a missing value"]
        lines += [f"      - code: {_quoted(code)}" for code in found.missing]
    means = {*found.means.values(), *(("series",) if by_series else ())}
    title = next((t for line in sheet.rows for cell in line if (t := text_of(cell))), "")
    above = found.header_rows[0] > sheet.first_row
    fixed = _fixed(means, _code(title if above else PurePath(workbook.file).stem))
    if "period" not in means and not found.years and not in_name:
        fixed += [f'period: "{_year_in(workbook.file, title)}"  # please confirm: no year was found in the table']
    return lines + (["    fixed:", *(f"      {line}" for line in fixed)] if fixed else [])


def _sheets(alike: list[Sheet]) -> tuple[list[str], bool]:
    names = [sheet.name for sheet in alike]
    parts = {_YEAR.sub("\0", name, count=1) for name in names}
    if len(parts) == 1 and "\0" in (part := parts.pop()):
        pattern = re.escape(part).replace("\0", r"(?P<period>\d{4})").replace(re.escape("\0"), r"(?P<period>\d{4})")
        return [
            "  - sheets:",
            f"      pattern: {_quoted(pattern)}  # please confirm: the year stands in the name",
        ], True
    lines = [f"  - sheets: {{name: {_quoted(names[0])}}}"]
    if len(names) > 1:
        lines += [f"    # please confirm: of the same header and not read: {_one_line('; '.join(names[1:]))}"]
    return lines, False


def _columns(found: Guess, sheet: Sheet) -> list[str]:
    lines: list[str] = []
    for at in range(len(found.headers)):
        meaning = found.means.get(at)
        if at in found.dimensions:
            lines += [*_selector(found, at), "        means: group"]
            lines += [f"        dimension: {found.dimensions[at]}  # please confirm"]
        elif meaning is not None and meaning in MEANINGS and meaning not in _MEASURES:
            lines += [*_selector(found, at), f"        means: {meaning}  # please confirm: {MEANINGS[meaning]}"]
    return lines


def _values(found: Guess, sheet: Sheet, workbook: Workbook) -> tuple[list[str], bool]:
    measures = [
        f"        {name}: {{letter: {letter(at)}}}  # please confirm: {_one_line(found.headers[at])}"
        for name in _MEASURES
        if (at := found.first(name)) is not None
    ]
    if found.years:
        return _by_year(found), False
    value = found.first("value")
    if value is not None or (len(found.numeric) == 1 and found.first("series") is not None):
        at = found.numeric[0] if value is None else value
        return [*_selector(found, at), *measures], False
    if not found.numeric:
        return [
            f"      - letter: {letter(len(found.headers) - 1)}  # please confirm: no column of numbers was found"
        ], False
    lines: list[str] = []
    for at in found.numeric:
        lines += _selector(found, at)
        lines += [
            f"        series: {_code(found.headers[at])}  # please confirm: which series of the catalogue this is"
        ]
    return lines, True


def _by_year(found: Guess) -> list[str]:
    lines: list[str] = []
    plain = [at for at in found.years if re.fullmatch(r"\d{4}", found.headers[at])]
    if plain:
        lines += ['      - pattern: "(?P<period>\\\\d{4})"  # a column a year']
    for at in found.years:
        if at not in plain:
            match = YEAR_HEADER.fullmatch(found.headers[at])
            year = _YEAR.search(found.headers[at])
            lines += _selector(found, at)
            lines += [f'        period: "{year[0] if year else ""}"  # please confirm']
            if match and fold(match[1]).strip(" .").startswith(("pre", "prov", "est")):
                lines += ["        status: P", '        note: "preliminary"  # please confirm']
    return lines


def _selector(found: Guess, at: int) -> list[str]:
    name = found.headers[at]
    if name and found.headers.count(name) == 1 and len(name) < 120:
        return [f"      - header: {_quoted(name)}"]
    return [f"      - letter: {letter(at)}  # {_one_line(name)}"]


def _nothing(workbook: Workbook) -> list[str]:
    name = workbook.sheets[0].name if workbook.sheets else ""
    return [
        "  # No table was found. Please say where it is.",
        f"  - sheets: {{name: {_quoted(name)}}}" if name else "  - sheets: {position: 1}",
        "    values:",
        "      - letter: B",
    ]


def _code(text: str) -> str:
    code = re.sub(r"[^A-Z0-9]+", "_", fold(text).upper()).strip("_")[:36]
    return code if len(code) > 2 and code[0].isalpha() else f"X_{code}_X".replace("__", "_")


def _year_in(*texts: str) -> str:
    return next((match[0] for text in texts if (match := _YEAR.search(text))), "2000")


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in quoted)


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]
