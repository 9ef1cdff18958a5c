"""A who-does-what-where file, understood by a mapping of kind stock_take, and what of it a person is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from data_access.database import engine_for, reading
from data_access.importing.findings import Finding
from data_access.importing.problems import FileProblem
from data_access.importing.resolution.outcomes import AnswerProblem
from data_access.importing.resolution.resolver import Answers, Resolver
from data_access.importing.stock_take.entries import StockTaken
from data_access.importing.stock_take.harmonising import harmonise_stock_take
from data_access.importing.stock_take.reading import is_stock_take, load_stock_take_mapping
from data_access.importing.workbook import Workbook
from data_access.settings import Settings

MOST_SHOWN = 20


def take_stock(
    workbook: Workbook,
    mapping_text: str,
    settings: Settings,
    answers: Answers | None = None,
    mapping_file: str = "mapping.yaml",
) -> StockTaken:
    """The rows of ``workbook`` by a stock-take mapping, its places looked up in the database. Reads only.

    Raises MappingRefused, FileProblem for answers that cannot be, and DatabaseProblem.
    """
    mapping = load_stock_take_mapping(mapping_text, mapping_file)
    countries = mapping.source.countries
    country = countries[0] if len(countries) == 1 else ""
    with reading(engine_for(settings.database_url)) as session:
        try:
            resolver = Resolver.of(session, country=country, answers=answers)
        except AnswerProblem as problem:
            raise FileProblem(workbook.file, str(problem), "Answer the question anew.") from None
        return harmonise_stock_take(workbook, mapping, resolver)


def speaks_of_stock_take(mapping: Path) -> bool:
    """Whether a mapping's file is of kind stock_take; a file that cannot be read is not."""
    try:
        return is_stock_take(mapping.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return False


def said(taken: StockTaken) -> list[str]:
    """What was understood, in lines for a person."""
    rows, account = taken.rows, taken.account
    organisations = {row.organisation.key for row in rows}
    areas = Counter(row.area_level for row in rows if row.area)
    codes = {row.area for row in rows if row.area}
    placed = sum(areas.values())
    begun = [row.period_from for row in rows if row.period_from]
    ended = [row.period_to for row in rows if row.period_to]
    further = [column.header or column.letter for column in taken.columns if not column.means and column.cells]
    where = f"{placed:,} rows placed{_levels(areas)}; {len(rows) - placed:,} without an area"
    kept = f"{account.kept:,} kept + {account.above:,} in headers + {account.dropped:,} dropped"
    lines = [
        f"{len(rows):,} rows of {len(organisations):,} organisations in {len(codes):,} areas ({where}).",
        f"Filled cells: {account.filled:,} = {kept} + {account.not_read:,} not read + {account.refused:,} refused.",
    ]
    if begun and ended:
        lines.append(f"Periods from {min(begun)} to {max(ended)}; {len(rows) - len(begun):,} rows without one.")
    counted = [row.reached for row in rows if row.reached is not None]
    if counted:
        lines.append(
            f"People reached, as written, in {len(counted):,} rows: {sum(counted):,} (people may stand twice)."
        )
    if further:
        lines.append(f"Kept without a meaning: {', '.join(further)}.")
    lines += [_line(one) for one in _urgent_first(taken.findings)[:MOST_SHOWN]]
    if len(taken.findings) > MOST_SHOWN:
        lines.append(f"… and {len(taken.findings) - MOST_SHOWN:,} more: --findings FILE writes all of them.")
    counts = Counter(one.kind for one in taken.findings)
    lines.append(f"{counts['refused']:,} refused, {counts['question']:,} questions, {counts['remark']:,} remarks.")
    return lines


def _levels(areas: Counter[str]) -> str:
    return "".join(f", {count:,} of {level}" for level, count in sorted(areas.items()))


def _urgent_first(findings: Iterable[Finding]) -> list[Finding]:
    order = {"refused": 0, "question": 1, "remark": 2}
    return sorted(findings, key=lambda one: order[one.kind])


def _line(one: Finding) -> str:
    row = f"row {one.row}" if one.row else ""
    where = ", ".join(part for part in (one.sheet, row, one.column, repr(one.value) if one.value else "") if part)
    words = [f"{one.kind}: {', '.join(filter(None, (one.file, where)))}: {one.what}", one.mend]
    if one.candidates:
        words.append(f"{'Perhaps' if one.kind == 'question' else 'These'}: {'; '.join(one.candidates)}.")
    return " ".join(filter(None, words))
