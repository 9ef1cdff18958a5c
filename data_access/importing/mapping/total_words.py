"""Cells that say "Total" in columns of places and groups, found again for the rows that were made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from data_access.importing.checks.totals import TOTAL_WORDS
from data_access.importing.mapping.cells import Ints, Objects, holds, objects, texts
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.schema import Column, DatasetMapping, Table
from data_access.importing.mapping.sheets import body, chosen, find
from data_access.importing.resolution.names import comparable
from data_access.importing.workbook import Workbook
from data_access.models.groups import members
from data_access.queries.facts import AreaFacts

Known = Mapping[str, AreaFacts]
Where = Iterator[tuple[str, Ints, Objects]]
"""Sheet by sheet: its name, row numbers, and what the cell of each says."""


def with_total_words(frame: pd.DataFrame, workbook: Workbook, mapping: DatasetMapping, areas: Known) -> pd.DataFrame:
    """``frame`` (the columns of TidyRow) with ``area_text`` and ``group_text``, as ``check_figures`` takes them.

    Both hold the file's own word where it names a total and are empty everywhere else. A total of the areas of the file
    that lie in the row's own area is one: its text stays empty. A category that a series brings with it says nothing of
    what stands in the column of that dimension: neither does its text.
    """
    wholes = {areas[code].parent for code in pd.unique(frame["area"]) if code in areas}
    made = _marked(frame, "area_text", _areas(workbook, mapping), frame["area"], lambda code: code not in wholes)
    for dimension, where in _groups(workbook, mapping):
        made = _marked(
            made,
            "group_text",
            where,
            frame["group"],
            lambda key, told=dimension: told in members(key),  # type: ignore[misc]
        )
    return made


def _marked(
    frame: pd.DataFrame, name: str, where: Where, codes: pd.Series, counts: Callable[[str], bool]
) -> pd.DataFrame:
    said = frame[name].to_numpy(dtype=object) if name in frame else None
    for sheet, rows, words in where:
        if said is None:
            said = objects([""] * len(frame), len(frame))
        at = np.searchsorted(rows, frame["row"].to_numpy())
        at[at == len(rows)] = 0
        hit = (frame["sheet"] == sheet).to_numpy() & (rows[at] == frame["row"].to_numpy())
        hit &= holds(codes.to_numpy(dtype=object), counts)
        said[hit] = words[at[hit]]
    return frame if said is None else frame.assign(**{name: said})


def _areas(workbook: Workbook, mapping: DatasetMapping) -> Where:
    for table in mapping.tables:
        yield from _words(workbook, table, [column for column in table.columns if column.means == "area"])


def _groups(workbook: Workbook, mapping: DatasetMapping) -> Iterator[tuple[str, Where]]:
    for table in mapping.tables:
        brought = set(table.fixed.group)
        brought |= {dimension for values in table.values for dimension in values.group}
        brought |= {
            dimension
            for column in table.columns
            for rule in column.series_codes.values()
            for dimension in (*rule.group, *rule.without)
        }
        for column in table.columns:
            if column.dimension is not None and column.dimension not in brought:
                yield column.dimension, _words(workbook, table, [column])


def _words(workbook: Workbook, table: Table, columns: Sequence[Column]) -> Where:
    """Where cells of these columns name a total."""
    for sheet, _ in chosen(workbook, table.sheets) if columns else ():
        silent = Ledger(workbook.file)
        made = body(sheet, table, silent)
        for column in columns:
            for at in find(made, column, silent):
                said = texts(made.columns[at])
                total = holds(said, lambda text: comparable(text) in TOTAL_WORDS)
                if total.any():
                    yield sheet.name, made.rows[total], said[total]
