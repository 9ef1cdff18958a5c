"""A first draft of a mapping for a file nobody has described yet, saying what to confirm and what to answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePath

from data_access.importing.mapping.cells import text_of
from data_access.importing.mapping.decimal_marks import COMMA, mark_of
from data_access.importing.mapping.guesses import Guess, guess
from data_access.importing.mapping.place_names import country_of
from data_access.importing.mapping.presets import Preset, first_sheet, preset_tables, recognise
from data_access.importing.mapping.propose_table import code_of, one_line, quoted, table_lines
from data_access.importing.mapping.schema import Column, Table
from data_access.importing.workbook import Sheet, Workbook

_FORMATS: dict[Preset, str] = {
    "heat_plus": "the HEAT Plus template",
    "open_sdg": "an Open SDG CSV",
    "sdmx": "SDMX",
    "dhs": "the DHS Program's indicator data",
    "tidy": "this product's own tidy CSV",
}


def propose(workbook: Workbook) -> str:
    """A mapping as YAML text with comments. Nothing in it is decided: each guess asks to be confirmed.

    A text that is no known code (a series named after its column, say) becomes a question when the mapping is
    applied; nothing is taken for evidence because this draft says so. Where a guess could make a wrong figure that
    nobody would notice (1,234 as one thousand or as one and a bit), the draft writes ASK, and is refused with the line
    until somebody answers.
    """
    preset, sheet = recognise(workbook), first_sheet(workbook)
    if preset is not None and sheet is not None:
        tables = preset_tables(preset, sheet)
        lines = [f"  # The header is that of {_FORMATS[preset]}: its columns are known."]
        for table in tables:
            lines += _preset(table)
        return _whole(workbook, _names_by(tables[0], sheet), lines)
    guesses: dict[str, Guess] = {}
    seen: dict[tuple[str, ...], list[Sheet]] = {}
    for each in workbook.sheets:
        found = guess(each)
        if found is not None:
            guesses[each.name] = found
            seen.setdefault(_shape(found), []).append(each)
    lines, names = [], []
    mark = mark_of(workbook)
    with_figures = [alike for alike in seen.values() if guesses[alike[0].name].figures]
    for alike in with_figures or list(seen.values()):
        found = guesses[alike[0].name]
        if mark and found.decimal[0] != mark and (mark == COMMA or found.decimal[0] == "?"):
            found.decimal = (mark, "the file's other numbers")
        said = _names_in(found, alike)
        names += said
        lines += table_lines(workbook, alike, found, said)
    texts = [alike[0].name for alike in seen.values() if alike not in with_figures] if with_figures else []
    if texts:
        lines += [f"  # Not drafted, as no column of figures was found: {one_line('; '.join(texts))}"]
    return _whole(workbook, names, lines or _nothing(workbook))


def _shape(found: Guess) -> tuple[str, ...]:
    return (*map(str, found.header_rows), *found.headers)


def _names_in(found: Guess, alike: Iterable[Sheet]) -> list[str]:
    at = found.first("area")
    if at is None:
        return []
    return [
        text
        for sheet in alike
        for line in sheet.rows[found.first_row - sheet.first_row : found.first_row - sheet.first_row + 2000]
        if at < len(line) and (text := text_of(line[at]))
    ]


def _names_by(table: Table, sheet: Sheet) -> list[str]:
    header = [text_of(cell) for cell in sheet.rows[0]]
    column = next((c for c in table.columns if c.means == "area" and c.header in header), None)
    if column is None:
        return []
    said = [text_of(line[header.index(column.header or "")]) for line in sheet.rows[1:2000]]
    return [_taken(column, text) for text in said if text]


def _taken(column: Column, text: str) -> str:
    match = re.search(column.take, text) if column.take else None
    return match[0] if match else text


def _whole(workbook: Workbook, names: list[str], tables: list[str]) -> str:
    lines = [
        f"# First draft for {one_line(workbook.file)}, made from its layout.",
        "# Please confirm each line and correct what is wrong. Where ASK stands, somebody who knows must answer.",
        *(f"# Reading it: {one_line(remark)}" for remark in workbook.remarks),
        "version: 1",
        "",
        *_source(workbook, names),
        "",
        "tables:",
        *tables,
    ]
    return "\n".join(lines) + "\n"


def _source(workbook: Workbook, names: list[str]) -> list[str]:
    stem = PurePath(workbook.file).stem
    country, hits, of = country_of(names)
    why = f"{hits} of {of} places are known there" if country else "ISO 3166-1 alpha-3, for instance [NPL]"
    return [
        "source:",
        f"  code: {code_of(stem) or 'PARTNER_FILE'}  # please confirm: capital letters, digits and _",
        f"  title: {quoted(stem)}  # please confirm: the title as published",
        '  publisher: "not stated"  # please confirm: who publishes it',
        "  origin: community  # please confirm: official or community",
        f"  countries: [{country or 'XXX'}]  # please confirm: {why}",
        "  # please confirm: household_survey, census, administrative, citizen_survey, community_mapping,",
        "  # community_survey, community_scorecard or modelled_estimates",
        "  collection: community_survey",
        "  sampling: purposive  # please confirm: probability, purposive, census, mapping, administrative, scorecard",
        '  licence: "not stated"  # please confirm: under which licence it was given',
        "  licence_state: unverified  # please confirm: attribution, share-alike or unverified",
        f"  citation: {quoted(stem)}  # please confirm: how it is to be cited",
        "  consent: unknown  # please confirm: not_applicable, stated or unknown",
        "  sharing: private  # please confirm: public, aggregate_only or private",
    ]


def _preset(table: Table) -> list[str]:
    lines = [f"  - sheets: {{name: {quoted(table.sheets.name or '')}}}", f"    header_rows: {list(table.header_rows)}"]
    lines += ["    columns:"]
    for column in table.columns:
        lines += [f"      - header: {quoted(column.header or '')}", f"        means: {column.means}"]
        lines += [f"        dimension: {column.dimension}  # please confirm"] if column.dimension else []
        lines += [f"        take: {quoted(column.take)}"] if column.take else []
        lines += [f"        codes: {json.dumps(column.codes, ensure_ascii=False)}"] if column.codes else []
        lines += (
            [f"        total: {json.dumps(list(column.total))}"]
            if column.total != Column(letter="A", means="ignore").total
            else []
        )
    lines += ["    values:"]
    for values in table.values:
        lines += [f"      - header: {quoted(values.header or '')}"]
        lines += [f"        {name}: {{header: {quoted(m.header or '')}}}" for name, m in values.measures().items()]
    for rules, name in ((table.keep_rows, "keep_rows"), (table.drop_rows, "drop_rows")):
        lines += [f"    {name}:"] if rules else []
        for rule in rules:
            lines += [
                f"      - header: {quoted(rule.header or '')}",
                f"        values: {json.dumps(list(rule.values), ensure_ascii=False)}",
                f"        because: {quoted(rule.because)}",
            ]
    if table.missing:
        lines += ["    missing:"]
        for missing in table.missing:
            lines += [f"      - code: {quoted(missing.code)}"]
            lines += [f"        status: {missing.status}  # please confirm"] if missing.status else []
    if table.strip:
        lines += [f"    strip: {json.dumps(list(table.strip), ensure_ascii=False)}"]
    means = {column.means for column in table.columns}
    fixed = []
    if "area" not in means:
        fixed += ["area: XXX  # please confirm: no column of places was found; the code all figures are of"]
    if "series" not in means:
        fixed += ["series: SERIES_OF_THIS_FILE  # please answer: which series of the catalogue this is"]
    return lines + (["    fixed:", *(f"      {line}" for line in fixed)] if fixed else [])


def _nothing(workbook: Workbook) -> list[str]:
    name = workbook.sheets[0].name if workbook.sheets else ""
    return [
        "  # No table was found. Please say where it is.",
        f"  - sheets: {{name: {quoted(name)}}}" if name else "  - sheets: {position: 1}",
        "    values:",
        "      - letter: B",
    ]
