"""From a file of answers to figures that may be published: read, looked through at the door, estimated, protected.

What leaves here are sums of groups. The answers are in memory and in the engine while it works, and nowhere after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data_access.disclosure.problems import DisclosureProblem
from data_access.disclosure.publication import protect
from data_access.disclosure.release import Prepared
from data_access.importing.estimates.answers import AnswersRefused
from data_access.importing.estimates.asking import Asking, asking
from data_access.importing.estimates.door import at_the_door
from data_access.importing.estimates.estimate import Estimates, estimate
from data_access.importing.estimates.grids import Grid, grid_of_csv, grid_of_sheet
from data_access.importing.estimates.people import Ledger, Link, People
from data_access.importing.estimates.private_folder import private_folder
from data_access.importing.estimates.rows import (
    hierarchies_of,
    key_of,
    questions_of,
    rows_of,
    shown_cells,
    study_of,
    truths_of,
)
from data_access.importing.estimates.wanted import AREAS
from data_access.importing.estimates.xlsform import Form, is_form, read_form
from data_access.importing.findings import Finding
from data_access.importing.intersections import Waiting
from data_access.importing.mapping.design import Microdata
from data_access.importing.mapping.resolve import Resolve
from data_access.importing.mapping.sheets import chosen
from data_access.importing.tidy import TidyRow
from data_access.importing.truths import Truth
from data_access.importing.workbook import Sheet, Workbook
from data_access.measures.errors import MeasureRefused
from data_access.models.groups import group_key
from data_access.publishing.rows import Row

SECONDS = 5.0
"""The most that the exact choice of what to hide may take for each question, before the quick one is taken."""


@dataclass(frozen=True)
class Microfile:
    """A file of answers: its sheets where they were read already, or a CSV that lies at ``path``; and its form."""

    workbook: Workbook
    path: Path | None = None
    form: Workbook | None = None

    @property
    def answer_sheets(self) -> tuple[Sheet, ...]:
        """The sheets that are not those of a form."""
        return tuple(sheet for sheet in self.workbook.sheets if not is_form(sheet, self.workbook))

    def read_form(self) -> Form | None:
        """The form given, or that in the sheets of the same workbook. Raises FileProblem."""
        if self.form is not None:
            return read_form(self.form)
        return read_form(self.workbook) if len(self.answer_sheets) < len(self.workbook.sheets) else None


@dataclass(frozen=True)
class Estimated:
    """What may be kept of a file of answers; without rows where ``findings`` stand in the way. ``truths`` behind the
    rows that are withheld are for the protected table alone."""

    rows: tuple[TidyRow, ...]
    findings: tuple[Finding, ...]
    studies: tuple[Waiting, ...] = ()
    truths: tuple[Truth, ...] = ()


def take_in(
    file: Microfile,
    said: Microdata,
    resolve: Resolve,
    *,
    earlier: Iterable[Row] = (),
    favourable: Mapping[str, bool | None] | None = None,
    tables_of: Iterable[str] = (),
) -> Estimated:
    """Estimates as ``said`` wants them, protected against giving people away, and studies of who is furthest behind.

    ``earlier`` what the source has shown of the same periods; ``favourable`` by series whether more of it is better;
    ``tables_of`` sheets that hold tables and are looked through elsewhere. Raises FileProblem for a form or a CSV that
    cannot be read, and SettingProblem for the engine.
    """
    form = file.read_form()
    with _grids(file, said, set(tables_of)) as (grids, picked):
        ledger = Ledger(file.workbook.file)
        for grid in grids:
            ledger.found += at_the_door(grid, form, said.drop, said.harmless, said.header_row)
        if ledger.found:
            return Estimated((), tuple(ledger.found))
        if picked is None:
            ledger.add(
                "refused", "sheet_missing", "the sheet of the people is not there.", "Correct 'sheet' in the mapping.",
                candidates=tuple(grid.sheet for grid in grids),
            )  # fmt: skip
            return Estimated((), tuple(ledger.found))
        links = _links(file, said, grids, ledger)
        joined = [link.grid for link in links]
        others = [grid for grid in grids if grid is not picked and grid not in joined]
        people = People(picked, form, said.drop, ledger, links=links, others=others)
        asked = asking(people, said, resolve, file.workbook.file, picked.sheet)
    if any(one.kind != "remark" for one in ledger.found):
        return Estimated((), tuple(ledger.found))
    return _estimated(asked, said, ledger, list(earlier), favourable or {})


def _estimated(
    asked: Asking,
    said: Microdata,
    ledger: Ledger,
    earlier: Sequence[Row],
    favourable: Mapping[str, bool | None],
) -> Estimated:
    try:
        found = estimate(asked.answers, asked.wanted)
        before = {key_of(each): shown_cells(each, earlier) for each in found}
        prepared = protect(questions_of(found, before), hierarchies_of(found), seconds=SECONDS)
    except AnswersRefused as refused:
        return Estimated((), (*ledger.found, *refused.findings))
    except MeasureRefused as refused:
        return _refused(ledger, "design", str(refused), "Mend the design columns, or say it in the mapping.")
    except DisclosureProblem as problem:
        return _refused(ledger, "not_safe", str(problem), "Leave out the finest breakdown.")
    rows = rows_of(found, prepared, sheet=asked.answers.sheet)
    hidden = sum(row.status == "Q" for row in rows)
    if hidden:
        ledger.add(
            "remark", "withheld", f"{hidden:,} of {len(rows):,} estimates are withheld, to protect people, or as few "
            "answered.",
        )  # fmt: skip
    studies = _studies(asked, said, found, prepared, favourable, ledger)
    return Estimated(tuple(rows), tuple(ledger.found), studies, tuple(truths_of(found, prepared)))


def _studies(
    asked: Asking,
    said: Microdata,
    found: Sequence[Estimates],
    prepared: Mapping[str, Prepared],
    favourable: Mapping[str, bool | None],
    ledger: Ledger,
) -> tuple[Waiting, ...]:
    keys = {each.wanted.series: each for each in found}
    kept = []
    for wanted, circumstances in asked.studies:
        each = keys[wanted.series]
        public = prepared[key_of(each)].public
        hidden = {one.cell for one in each.estimates if one.cell not in public or public[one.cell].value is None}
        national = {one for one in hidden if AREAS not in dict(one)}
        barrier = favourable.get(wanted.series) is False
        try:
            made = study_of(asked.answers, wanted, circumstances, barrier=barrier, hidden=national)
        except MeasureRefused as refused:
            ledger.add("remark", "no study", f"{wanted.series}: who is furthest behind cannot be studied: {refused}")
            continue
        if made is None:
            ledger.add(
                "remark", "no study", f"{wanted.series}: who is furthest behind cannot be studied: too few people say "
                "nothing of a circumstance to leave them out, and fewer than two circumstances are left.",
            )  # fmt: skip
            continue
        for dimension in made.left_out:
            ledger.add(
                "remark", "circumstance left out",
                f"{wanted.series}: {dimension} is left out of the study: so few people say nothing of it that leaving "
                "them out would tell of them.",
            )  # fmt: skip
        if made.silent:
            ledger.add(
                "remark", "people left out",
                f"{wanted.series}: {made.silent:,} people who do not say all circumstances are left out of the study.",
            )  # fmt: skip
        kept.append(Waiting(said.country, wanted.series, wanted.period, group_key(dict(wanted.group)), made.study))
    return tuple(kept)


def _refused(ledger: Ledger, rule: str, what: str, mend: str) -> Estimated:
    ledger.add("refused", rule, what, mend)
    return Estimated((), tuple(ledger.found))


@contextmanager
def _grids(file: Microfile, said: Microdata, tables: set[str]) -> Iterator[tuple[list[Grid], Grid | None]]:
    """Every sheet of answers, and the one with a row a person."""
    if file.path is not None:
        with private_folder() as folder:
            connection = duckdb.connect(config={"temp_directory": str(folder)})
            try:
                grid = grid_of_csv(file.path, connection, folder, said.header_row, said.first_row)
                yield [grid], grid
            finally:
                connection.close()
        return
    sheets = [sheet for sheet in file.answer_sheets if sheet.name not in tables]
    workbook = Workbook(file.workbook.file, file.workbook.kind, file.workbook.sha256, file.answer_sheets)
    names = [sheet.name for sheet, _ in chosen(workbook, said.sheet)]
    grids = [
        grid_of_sheet(workbook.file, sheet, said.header_row, said.first_row if sheet.name in names else None)
        for sheet in sheets
    ]
    yield grids, next((grid for grid in grids if grid.sheet in names), None)


def _links(file: Microfile, said: Microdata, grids: Sequence[Grid], ledger: Ledger) -> list[Link]:
    workbook = Workbook(file.workbook.file, file.workbook.kind, file.workbook.sha256, file.answer_sheets)
    links = []
    for join in said.join:
        names = [sheet.name for sheet, _ in chosen(workbook, join.sheet)]
        grid = next((grid for grid in grids if grid.sheet in names), None)
        if grid is None:
            ledger.add("refused", "sheet_missing", "a joined sheet is not there.", "Correct 'join' in the mapping.")
            continue
        links.append(Link(grid, join.on, join.to))
    return links
