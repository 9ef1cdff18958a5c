"""What the file means: a draft, a mapping that ships or last year's, with its errors and its effect beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.desk.facts_form import facts_form
from dashboard.desk.intake import Intake
from dashboard.desk.looking import Look
from dashboard.text import _, ngettext
from dashboard.text.groups import group_name
from data_access.importing.findings import Finding
from data_access.importing.mapping.cells import letter
from data_access.importing.mapping.propose_table import LIST_OF_WORK
from data_access.importing.stock_take.reading import is_stock_take
from data_access.importing.tidy import TidyRow
from data_access.importing.workbook import Sheet
from data_access.releases.overview import DeskLine
from data_access.settings import ROOT

MAPPINGS = ROOT / "sample_data" / "mappings"
HEIGHT, SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_ERRORS = 360, 25, 40, 50
EDITOR, CHOICE = "desk-mapping", "desk-mapping-choice"


def say_what_it_means(intake: Intake, look: Look, earlier: dict[str, DeskLine]) -> None:
    """Draw the mapping: where it comes from, its text with what is wrong in it, and what it makes of the first rows."""
    _choose(intake, look, earlier)
    if is_stock_take(intake.mapping) or LIST_OF_WORK in look.draft:
        st.info(
            _(
                "A list of who does what where holds entries, not figures: bring it in from a shell, with a mapping of "
                "kind stock_take (manage.py import FILE --mapping M.yaml). Here only its tables of figures are read."
            )
        )
    facts_form(intake)
    left, right = st.columns([3, 2])
    with left:
        _edit(intake)
    with right:
        _errors(intake)
    if intake.preview.microdata or intake.form:
        _ask_for_the_form(intake)
    _beside(intake, look)


@cache
def _shipped() -> tuple[Path, ...]:
    """The mappings of figures that come with the product; those of lists of who does what are for another door."""
    every = sorted(MAPPINGS.glob("*.yaml"))
    return tuple(path for path in every if not is_stock_take(path.read_text(encoding="utf-8")))


def _choose(intake: Intake, look: Look, earlier: dict[str, DeskLine]) -> None:
    shipped = {f"shipped:{path.stem}": path for path in _shipped()}

    def shown(code: str) -> str:
        if code in earlier:
            line = earlier[code]
            return _("As last time: {title} ({release}, {file})").format(
                title=line.title, release=line.release, file=line.file
            )
        if code in shipped:
            return _("Comes with the product: {name}").format(name=shipped[code].stem.replace("_", " "))
        return _("A first draft made from this file")

    def take() -> None:
        code = st.session_state[CHOICE]
        intake.mapping_from = code
        intake.mapping = (
            earlier[code].mapping
            if code in earlier
            else shipped[code].read_text(encoding="utf-8")
            if code in shipped
            else look.draft
        )

    if intake.mapping_from is None:
        intake.mapping_from, intake.mapping = "", look.draft
    codes = ["", *earlier, *shipped]
    st.session_state[CHOICE] = intake.mapping_from if intake.mapping_from in codes else ""
    st.selectbox(
        _("Begin with"),
        codes,
        format_func=shown,
        key=CHOICE,
        on_change=take,
        help=_("A mapping says what the columns mean. Last year's serves again. Choosing one replaces the text below."),
    )


def _edit(intake: Intake) -> None:
    def keep() -> None:
        intake.mapping = st.session_state[EDITOR]

    st.session_state[EDITOR] = intake.mapping
    st.text_area(
        _("The mapping: what each column means"),
        key=EDITOR,
        height=HEIGHT,
        on_change=keep,
        help=_("Press Ctrl+Enter, or leave the field, to see what a change does. Words after # are notes to you."),
    )
    st.download_button(
        _("Download the mapping"),
        intake.mapping,
        file_name="mapping.yaml",
        mime="application/yaml",
        on_click="ignore",
        icon=":material/download:",
    )


def _errors(intake: Intake) -> None:
    errors = intake.preview.errors
    with st.container(height=HEIGHT + 30, border=False):
        if not errors:
            st.markdown(":material/check: " + _("The mapping can be used."))
            confirm = intake.mapping.count("please confirm")
            if confirm:
                st.markdown(
                    ngettext(
                        "{count} line still says “please confirm”: look whether its guess is right.",
                        "{count} lines still say “please confirm”: look whether their guesses are right.",
                        confirm,
                    ).format(count=confirm)
                )
            return
        st.markdown(
            ":material/error: "
            + ngettext("**{count} line to mend**", "**{count} lines to mend**", len(errors)).format(count=len(errors))
        )
        lines = intake.mapping.splitlines()
        for one in errors[:SHOWN_ERRORS]:
            st.markdown(plain(_error_words(one)))
            if one.row and one.row <= len(lines) and lines[one.row - 1].strip():
                st.code(lines[one.row - 1][:200], language=None)


def _error_words(one: Finding) -> str:
    where = [_("line {line}").format(line=one.row) if one.row else "", one.column]
    value = _("“{value}”").format(value=one.value) if one.value else ""
    return f"{', '.join(part for part in where if part)}: {value} {one.what} {one.mend}".strip(": ")


def _ask_for_the_form(intake: Intake) -> None:
    """Answers of single people come with the form they were given to."""
    upload = st.file_uploader(
        _("The form these answers were given to (XLSForm)"), type=["xlsx", "xls", "ods", "csv"], key="desk-form"
    )
    if upload is not None and (intake.form is None or intake.form[0] != upload.name):
        intake.form = upload.name, upload.getvalue()
    if intake.form is not None:
        st.caption(plain(_("The form in use: {file}").format(file=intake.form[0])))


def _beside(intake: Intake, look: Look) -> None:
    """The first rows of the sheet as read, beside what the mapping makes of them."""
    preview = intake.preview
    left, right = st.columns(2)
    with left:
        names = [sheet.name for sheet in look.book.sheets]
        position = 0
        if len(names) > 1:
            position = st.selectbox(
                _("Sheet"), range(len(names)), format_func=lambda i: names[i] or str(i + 1), key="desk-sheet"
            )
        st.markdown(f"**{_('The first rows as they were read')}**")
        st.dataframe(
            _as_read(look.book.sheets[position]), height=HEIGHT, alt=_("The first rows of the file as they were read")
        )
    with right:
        st.markdown(f"**{_('What the mapping makes of them')}**")
        if preview.errors:
            st.markdown(_("Nothing yet: mend the mapping first."))
        elif preview.microdata:
            st.markdown(_("Estimates for groups of people; “Check and try” makes them. Single answers are never kept."))
        elif not preview.rows:
            st.markdown(_("No figure yet: a column, place or indicator is not understood. “Check and try” says which."))
        else:
            st.dataframe(
                pd.DataFrame([_figure(row) for row in preview.rows[:SHOWN_ROWS]]),
                height=HEIGHT,
                hide_index=True,
                alt=_("The figures that the mapping makes of the first rows"),
            )
        if preview.questions or preview.refused:
            st.caption(
                _(
                    "In the first rows: {questions} questions, {refused} refused. The whole file is looked at next."
                ).format(questions=preview.questions, refused=preview.refused)
            )


def _as_read(sheet: Sheet) -> pd.DataFrame:
    rows = [["" if cell is None else str(cell) for cell in row[:SHOWN_COLUMNS]] for row in sheet.rows[:SHOWN_ROWS]]
    columns = [letter(at) for at in range(max(map(len, rows), default=0))]
    return pd.DataFrame(rows, columns=columns, index=[sheet.first_row + i for i in range(len(rows))])


def _figure(row: TidyRow) -> dict[str, Any]:
    known = store.catalogue()
    area, series = known.areas.get(row.area), known.series.get(row.series)
    try:
        group = group_name(known, row.group)
    except (KeyError, ValueError):
        group = row.group
    return {
        _("Place"): area.name if area else row.area,
        _("Indicator"): series.name if series else row.series,
        _("Group"): group,
        _("Period"): row.time_period,
        _("Value"): row.value,
        _("People asked"): row.n,
        _("From"): f"{row.column}{row.row}",
    }
