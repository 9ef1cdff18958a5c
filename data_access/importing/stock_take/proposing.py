"""A first draft of a stock-take mapping from HXL tags, header words and the look of cells; a person confirms it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import PurePath

from data_access.folding import fold
from data_access.importing.mapping.cells import letter, number_of, text_of
from data_access.importing.mapping.sheets import headers
from data_access.importing.stock_take.hxl import is_tag_row, meaning_of, tag_of
from data_access.importing.stock_take.personal import names_a_contact
from data_access.importing.stock_take.schema import MEANINGS, SEVERAL
from data_access.importing.stock_take.words import meaning_of_count, meaning_of_header
from data_access.importing.workbook import Sheet, Workbook

LOOKED_AT = 30
_PLACE_CODE = re.compile(r"[A-Z]{2,3}\d{2,12}")
_FEWEST_MEANT = 2


@dataclass
class _Draft:
    sheet: Sheet
    header_rows: tuple[int, ...]
    hxl_row: int | None
    headers: tuple[str, ...]
    tags: tuple[str, ...]
    meant: dict[int, dict[str, str]] = field(default_factory=dict)
    dropped: dict[int, str] = field(default_factory=dict)

    def column(self, at: int) -> list[str]:
        """The filled cells below the header."""
        first = max((*self.header_rows, self.hxl_row or 0)) + 1 - self.sheet.first_row
        return [text for row in self.sheet.rows[first:] if (text := text_of(row[at]))]


def propose_stock_take(workbook: Workbook) -> str:
    """A mapping as YAML text with comments; it loads as it stands, and asks a person to confirm each line.

    HXL tags count before header words, header words before the look of cells. Columns that name or reach people are
    proposed to be dropped.
    """
    stem = PurePath(workbook.file).stem
    lines = [
        f"# First draft for {_one_line(workbook.file)}, made from its tags and headers.",
        "# Please confirm each line and correct what is wrong.",
        "version: 1",
        "kind: stock_take",
        "",
        "source:",
        f"  code: {_code(stem)}  # please confirm: capital letters, digits and _",
        f"  title: {_quoted(stem)}  # please confirm",
        '  publisher: "not stated"  # please confirm: who publishes it',
        "  countries: [XXX]  # please confirm: ISO 3166-1 alpha-3, for instance [ETH]",
        '  licence: "not stated"  # please confirm: under which licence it was given',
        "  licence_state: unverified  # please confirm: attribution, share-alike or unverified",
        f"  citation: {_quoted(stem)}  # please confirm: how it is to be cited",
        "  sharing: private  # please confirm: public, aggregate_only or private",
        "",
        "tables:",
    ]
    drafts = [draft for sheet in workbook.sheets if (draft := _draft(sheet)) is not None]
    for draft in drafts:
        lines += _table(draft)
    if not drafts:
        lines += [
            "  # No table was found. Please say where it is, and which column says who.",
            "  - sheets: {position: 1}",
            "    columns:",
            "      - {letter: A, means: organisation}",
        ]
    read = {draft.sheet.name for draft in drafts}
    left = [sheet for sheet in workbook.sheets if sheet.name not in read and any(map(any, sheet.rows))]
    if left:
        lines += ["", "leave:"]
        for sheet in left:
            lines.append(f"  - sheet: {{name: {_quoted(sheet.name)}}}")
            lines.append("    because: no table of organisations was found in it  # please confirm")
    return "\n".join(lines) + "\n"


def _draft(sheet: Sheet) -> _Draft | None:
    """What a sheet looks like; None where no row says who."""
    lines = [[text_of(cell) for cell in row] for row in sheet.rows[:LOOKED_AT]]
    tagged = next((at for at, line in enumerate(lines) if is_tag_row(line)), None)
    scores = [sum(bool(meaning_of_header(text) or meaning_of_count(text)) for text in line) for line in lines]
    if tagged is not None:
        start = max(tagged - 1, 0) if tagged else tagged
    elif max(scores, default=0) >= _FEWEST_MEANT:
        start = scores.index(max(scores))
    else:
        return None
    top = sheet.first_row + start
    above = [m for m in sheet.merged if m[0] == top - 1 and m[1] < m[3] < len(lines[start]) and m[0] == m[2]]
    rows = (top - 1, top) if above else (top,)
    tags = tuple(lines[tagged]) if tagged is not None else ("",) * len(lines[start])
    hxl_row = None if tagged is None else sheet.first_row + tagged
    draft = _Draft(sheet, rows, hxl_row, headers(sheet, rows), tags)
    for at in range(len(draft.headers)):
        _look(draft, at)
    _place_codes(draft)
    _only_pairs(draft)
    _say_who(draft)
    who = ("organisation", "organisation_acronym")
    return draft if any(meaning["means"] in who for meaning in draft.meant.values()) else None


def _look(draft: _Draft, at: int) -> None:
    name, tag = draft.headers[at], tag_of(draft.tags[at])
    cells = draft.column(at)
    if names_a_contact(name, draft.tags[at]):
        draft.dropped[at] = "names or reaches single people"
        return
    meaning = meaning_of(tag) if tag is not None else {}
    if not meaning:
        meaning = meaning_of_header(name)
        numbers = [number_of(text, ".") for text in cells]
        if not meaning and cells and all(number is not None for number in numbers):
            meaning = meaning_of_count(name)
    if not meaning or not cells:
        return
    taken = {(each["means"], each.get("level", "")) for each in draft.meant.values()}
    place = (meaning["means"], meaning.get("level", ""))
    if place in taken and (meaning["means"] not in SEVERAL or "level" in meaning):
        return
    draft.meant[at] = meaning


def _place_codes(draft: _Draft) -> None:
    """A column of p-codes under a header that says nothing: by the look of its cells."""
    if any(meaning["means"] == "area_code" for meaning in draft.meant.values()):
        return
    for at in range(len(draft.headers)):
        cells = draft.column(at)
        if at not in draft.meant and at not in draft.dropped and cells and all(map(_PLACE_CODE.fullmatch, cells)):
            digits = sum(sign.isdigit() for sign in min(cells, key=len))
            level = f"admin{min(max(digits // 2, 1), 4)}"
            draft.meant[at] = {"means": "area_code", "level": level}
            return


def _only_pairs(draft: _Draft) -> None:
    """Coordinates go in pairs; those that differ within a place, or of which no place stands twice, are left out."""
    at = {m["means"]: place for place, m in draft.meant.items() if m["means"] in ("latitude", "longitude")}
    if not at:
        return
    first = max((*draft.header_rows, draft.hxl_row or 0)) + 1 - draft.sheet.first_row
    named = [place for place, m in draft.meant.items() if m["means"] in ("area", "area_code")]
    points: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for row in draft.sheet.rows[first:]:
        points.setdefault(tuple(text_of(row[place]) for place in named), []).append(
            tuple(text_of(row[place]) for place in at.values())
        )
    coarse = all(len(set(each)) == 1 for each in points.values()) and any(len(each) > 1 for each in points.values())
    if len(at) < 2 or not coarse:
        for place in at.values():
            del draft.meant[place]
            draft.dropped[place] = "may show where single people are"


def _say_who(draft: _Draft) -> None:
    """Where no column says who does the work, the partners do."""
    means = {meaning["means"] for meaning in draft.meant.values()}
    if means & {"organisation", "organisation_acronym"}:
        return
    for meaning in draft.meant.values():
        if meaning["means"].startswith("partner"):
            meaning["means"] = meaning["means"].replace("partner", "organisation")


def _table(draft: _Draft) -> list[str]:
    lines = [
        f"  - sheets: {{name: {_quoted(draft.sheet.name)}}}",
        f"    header_rows: {list(draft.header_rows)}  # please confirm",
    ]
    lines += [f"    hxl_row: {draft.hxl_row}"] if draft.hxl_row else []
    lines += ["    columns:"]
    fine = False
    for at, meaning in sorted(draft.meant.items()):
        parts = [_selector(draft, at), *(f"{name}: {_plain(value)}" for name, value in meaning.items())]
        if around := _lengths(draft, at, meaning):
            parts.append(f"lengths: {{{around}}}")
            fine = fine or "admin2" in around
        fine = fine or (meaning["means"], meaning.get("level")) == ("area_code", "admin2")
        lines.append(f"      - {{{', '.join(parts)}}}  # please confirm: {MEANINGS[meaning['means']]}")
    if draft.dropped:
        lines.append("    drop:")
        for at, because in sorted(draft.dropped.items()):
            lines.append(f"      - {{{_selector(draft, at)}, because: {because}}}")
    kept = [draft.headers[at] or letter(at) for at in range(len(draft.headers)) if at not in draft.meant]
    kept = [name for name in kept if name not in {draft.headers[at] for at in draft.dropped}]
    if kept:
        lines.append(f"    # kept without a meaning: {_one_line('; '.join(kept))}")
    finest = "admin2" if fine else "admin1"
    lines += ["    areas:", f"      finest: {finest}  # please confirm: admin2 where the country's list has that level"]
    if not any(meaning["means"] in ("period", "period_from", "year") for meaning in draft.meant.values()):
        lines.append('    fixed: {period: ""}  # please confirm: no column of dates was found')
    elif any(meaning["means"] == "period" for meaning in draft.meant.values()):
        lines.append("    # fixed: {year: 2025}  # where months stand without a year")
    return lines


def _lengths(draft: _Draft, at: int, meaning: dict[str, str]) -> str:
    """How long the codes around a p-code are, where it has two letters and two digits a level."""
    if meaning["means"] != "area_code" or meaning["level"] not in ("admin2", "admin3", "admin4"):
        return ""
    own = int(meaning["level"][-1])
    if not all(re.fullmatch(rf"[A-Z]{{2}}\d{{{2 * own}}}", text) for text in draft.column(at)):
        return ""
    return ", ".join(f"admin{level}: {2 + 2 * level}" for level in range(1, min(own, 3)))


def _selector(draft: _Draft, at: int) -> str:
    tag = draft.tags[at]
    if tag and tag_of(tag) and draft.tags.count(tag) == 1:
        return f"tag: {_quoted(tag)}"
    name = draft.headers[at]
    if name and draft.headers.count(name) == 1 and len(name) < 120:
        return f"header: {_quoted(name)}"
    return f"letter: {letter(at)}"


def _plain(value: str) -> str:
    return value if re.fullmatch(r"[a-z_0-9]*[a-z][a-z_0-9]*", value) else _quoted(value)


def _code(text: str) -> str:
    code = re.sub(r"[^A-Z0-9]+", "_", fold(text).upper()).strip("_")[:36]
    return code if len(code) > 2 and code[0].isalpha() else f"X_{code}_X".replace("__", "_")


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in quoted)


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]
