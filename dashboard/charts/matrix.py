"""The matrix of what is known of whom: finished words and states, drawn by one renderer for each medium."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.charts.definitions import Chart
from data_access.measures.coverage_matrix import State

Shown = Literal["both", "official", "community", "outdated", "neither", "out_of_scope"]
SHOWN: tuple[Shown, ...] = ("both", "official", "community", "outdated", "neither", "out_of_scope")


@dataclass(frozen=True)
class MatrixCell:
    """One indicator for one group (or area).

    ``word`` stands under the mark, ``detail`` says all of it in a sentence: state, years and why there is nothing.
    ``gap`` is True where a figure is expected and none is current; ``illustrative`` where only invented figures exist.
    ``address`` is the link that opens it, empty where nothing opens.
    """

    series: str
    group: str
    area: str
    state: State
    shown: Shown
    word: str
    detail: str
    reason: str = ""
    reason_words: str = ""
    gap: bool = False
    expected: str = ""
    illustrative: bool = False
    below: bool = False
    years: tuple[int, int] = (0, 0)
    """The newest official and community years, 0 where there is none."""
    chosen: bool = False
    address: str = ""


@dataclass(frozen=True)
class MatrixRow:
    code: str
    label: str
    note: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class MatrixKey:
    """A legend entry for a state that occurs."""

    shown: Shown
    label: str


@dataclass(frozen=True, kw_only=True, eq=False)
class MatrixChart(Chart):
    """Rows of cells under columns; ``keys`` explains the states that occur, ``corner`` names what the rows are,
    ``day`` is the day of the newest release (ISO date)."""

    corner: str
    day: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    keys: tuple[MatrixKey, ...]
    invented: str = ""
    """The legend's words for a cell of which only invented figures exist; empty where none occurs."""
