"""Which rows and columns of the matrix are shown, and in which order: chosen above it, kept as codes in the address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from dashboard import store
from dashboard.charts.matrix import SHOWN
from dashboard.selection import Selection, choose_code
from dashboard.text import _, ngettext
from dashboard.text.groups import dimension_name, series_label, series_name
from dashboard.views.knowledge_gaps import OLDER_THAN, Matrix, matrix_of, target_order
from dashboard.views.knowledge_gaps_chart import shown_state
from dashboard.views.knowledge_gaps_words import column_name, goal_topic, state_word
from data_access.queries.knowledge_gaps_expected import dimensions_of

ROWS_A_PAGE = 20
_OLDER = ("3", "5", "10", "0")
_SORTS = ("gaps", "target", "name")
_ONLY = ("held", "expected", "all")


@dataclass(frozen=True)
class Chosen:
    """What is shown of the matrix; ``rows`` and ``columns`` are positions in it, in the order they are drawn."""

    older: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    choices: tuple[tuple[str, str], ...]

    @property
    def view(self) -> dict[str, str]:
        """The choices as codes in the address."""
        return dict(self.choices)


def choose_rows_and_columns(selection: Selection) -> tuple[Matrix, Chosen]:
    """Draw the choices and return the matrix with what is to be shown of it."""
    first, second, third = st.columns([2, 2, 2])
    with first:
        older = choose_code(_("Outdated when older than"), "older", _OLDER, _older_text, default=str(OLDER_THAN))
    matrix = matrix_of(selection.country, int(older))
    with second:
        goal = choose_code(_("Goal or target"), "goal", _goals(matrix), _goal_text, default="all")
    with third:
        by = choose_code(_("Groups told apart by"), "by", _dimensions(matrix), _dimension_text, default="all")
    fourth, fifth, sixth = st.columns([2, 2, 2])
    with fourth:
        state = choose_code(_("Rows with"), "state", ("all", "gap", *SHOWN), _state_text, default="all")
    with fifth:
        only = choose_code(_("Indicators and breakdowns"), "only", tuple(_ONLY), _only_text, default="held")
    with sixth:
        sort = choose_code(_("Order"), "sort", _SORTS, _sort_text, default="gaps")
    rows, columns = shown_part(matrix, goal=goal, by=by, state=state, only=only, sort=sort)
    view = {"country": selection.country, "older": older, "goal": goal, "by": by, "state": state, "only": only}
    view |= {"sort": sort}
    return matrix, Chosen(int(older), rows, columns, tuple(view.items()))


@store.remembered(128)
def shown_part(
    matrix: Matrix, *, goal: str, by: str, state: str, only: str, sort: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The positions of the rows and columns that pass, in the order asked for."""
    known = store.catalogue()
    series, groups = matrix.evidence.series, matrix.evidence.columns
    columns = [
        column
        for column, group in enumerate(groups)
        if (by == "all" or by in dimensions_of(group)) and (only != "expected" or matrix.expected[:, column].any())
    ]
    rows = []
    for row, code in enumerate(series):
        target = known.series[code].sdg_target
        if goal not in ("all", target, target.split(".")[0]):
            continue
        if only != "all" and (matrix.country, code) not in known.holdings_of:
            continue
        if only == "expected" and not matrix.expected[row, columns].any():
            continue
        if state == "gap" and not matrix.gap[row, columns].any():
            continue
        if state not in ("all", "gap") and all(shown_state(matrix, row, column) != state for column in columns):
            continue
        rows.append(row)
    orders: dict[str, Callable[[int], tuple[object, ...]]] = {
        "gaps": lambda row: (
            -int(np.sum(matrix.gap[row, columns])),
            *target_order(known.series[series[row]].sdg_target),
        ),
        "target": lambda row: (*target_order(known.series[series[row]].sdg_target), series[row]),
        "name": lambda row: (series_name(known.series[series[row]]).casefold(),),
    }
    return tuple(sorted(rows, key=orders[sort])), tuple(columns)


def choose_page(chosen: Chosen) -> tuple[int, ...]:
    """The rows of one page of the matrix; which page is chosen where there are several."""
    pages = max(1, -(-len(chosen.rows) // ROWS_A_PAGE))
    if pages == 1:
        return chosen.rows

    def label(page: str) -> str:
        start = (int(page) - 1) * ROWS_A_PAGE
        return _("{first}–{last} of {count}").format(
            first=start + 1, last=min(start + ROWS_A_PAGE, len(chosen.rows)), count=len(chosen.rows)
        )

    page = choose_code(_("Indicators"), "page", [str(number + 1) for number in range(pages)], label, default="1")
    start = (int(page) - 1) * ROWS_A_PAGE
    return chosen.rows[start : start + ROWS_A_PAGE]


def choose_cell(selection: Selection, matrix: Matrix) -> tuple[int, int]:
    """The cell that is opened, by indicator and group; it follows the chooser of the page when that changes."""
    known = store.catalogue()
    series, groups = matrix.evidence.series, matrix.evidence.columns
    _follow("row", selection.series, series)
    _follow("whom", selection.group, groups)
    left, right = st.columns([3, 2])
    with left:
        first = selection.series if selection.series in series else series[0]
        row = choose_code(
            _("Indicator to open"), "row", series, lambda code: series_label(known.series[code]), default=first
        )
    with right:
        whom = choose_code(_("Group to open"), "whom", groups, lambda code: column_name(known, code), default=groups[0])
    return series.index(row), groups.index(whom)


def _follow(key: str, code: str, codes: tuple[str, ...]) -> None:
    before = st.session_state.get(f"{key}:followed")
    st.session_state[f"{key}:followed"] = code
    if before is not None and before != code and code in codes:
        st.session_state[key] = code


def _older_text(code: str) -> str:
    if code == "0":
        return _("never: any year counts")
    return ngettext("{count} year", "{count} years", int(code)).format(count=code)


@store.remembered(32)
def _goals(matrix: Matrix) -> tuple[str, ...]:
    known = store.catalogue()
    targets = {known.series[code].sdg_target for code in matrix.evidence.series}
    goals = {target.split(".")[0] for target in targets}
    return ("all", *sorted(goals | targets, key=lambda code: target_order(code if "." in code else f"{code}.")))


def _goal_text(code: str) -> str:
    if code == "all":
        return _("All goals")
    if "." in code:
        return _("Target {code}").format(code=code)
    return _("Goal {code}: {topic}").format(code=code, topic=goal_topic(int(code)))


@store.remembered(32)
def _dimensions(matrix: Matrix) -> tuple[str, ...]:
    found = dict.fromkeys(d for group in matrix.evidence.columns for d in dimensions_of(group))
    return ("all", *found)


def _dimension_text(code: str) -> str:
    if code == "all":
        return _("Anything")
    known = store.catalogue()
    return dimension_name(known, code) if code in known.dimensions else column_name(known, f"{code}=*")


def _state_text(code: str) -> str:
    return {"all": _("any state"), "gap": _("a gap the framework asks to fill")}.get(code) or state_word(code)  # type: ignore[arg-type]


def _only_text(code: str) -> str:
    return {
        "held": _("of this country, asked for or not"),
        "expected": _("of this country, asked for by the SDG framework"),
        "all": _("also those held for other countries only"),
    }[code]


def _sort_text(code: str) -> str:
    return {"gaps": _("most gaps first"), "target": _("by SDG target"), "name": _("by name")}[code]
