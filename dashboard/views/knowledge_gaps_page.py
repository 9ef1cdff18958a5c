"""The matrix on its page: the picture with its legend, its files, the areas on demand and the plans of the country."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import store
from dashboard.charts import matrix_screen
from dashboard.charts.matrix import MatrixChart, MatrixRow
from dashboard.charts.panel import palette
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.selection import Selection, choose_code
from dashboard.text import _
from dashboard.text.groups import series_name
from dashboard.views.knowledge_gaps import Matrix, area_matrix, knowledge_gap_sentence, matrix_counts
from dashboard.views.knowledge_gaps_chart import cell_of, chart_of, defined
from dashboard.views.knowledge_gaps_filters import Chosen
from dashboard.views.knowledge_gaps_plan import followed, plan_words
from dashboard.views.knowledge_gaps_words import column_name

MOST_AREA_ROWS = 15


def draw_sentence(country: str) -> None:
    """Draw what the official sources do not show, ready to be copied, and the count behind it."""
    found = knowledge_gap_sentence(country)
    if found is None:
        st.info(_("No official source loaded here lacks a breakdown that the SDG framework asks for."))
        return
    st.markdown(f"**{plain(found.text)}**")
    counts = matrix_counts(country)
    st.markdown(
        _(
            "Of {expected} breakdowns that the framework asks for, {both} are known from official and community "
            "sources, {official} from official ones only, {community} from communities only; {outdated} are outdated "
            "and {neither} unknown here."
        ).format(
            expected=counts.expected,
            both=counts.both,
            official=counts.official,
            community=counts.community,
            outdated=counts.outdated,
            neither=counts.neither,
        )
    )
    copy = st.popover(_("Copy the sentence"), icon=":material/content_copy:", on_change="rerun", key="copy-gap")
    if copy.open:
        with copy:
            st.code(found.text, language=None, wrap_lines=True)


@store.remembered(128)
def _html(matrix: Matrix, rows: tuple[int, ...], chosen: Chosen, opened: tuple[int, int], appearance: str) -> str:
    del appearance  # part of the key: the palette is asked for below
    return matrix_screen.matrix_html(_chart(matrix, rows, chosen, opened), palette())


def _chart(matrix: Matrix, rows: tuple[int, ...], chosen: Chosen, opened: tuple[int, int]) -> MatrixChart:
    cell = (matrix.evidence.series[opened[0]], matrix.evidence.columns[opened[1]])
    return chart_of(matrix, rows, chosen.columns, older=chosen.older, view=chosen.view, chosen=cell)


def draw_matrix(matrix: Matrix, rows: tuple[int, ...], chosen: Chosen, opened: tuple[int, int]) -> None:
    """Draw the rows of a page, with the legend and the files of all rows chosen."""
    if not rows or not chosen.columns:
        st.info(_("No indicator fits these choices."))
        return
    st.html(_html(matrix, rows, chosen, opened, palette().name))
    st.caption(_("A cell opens below; by keyboard, choose indicator and group under the matrix."))
    take = st.popover(_("Download"), icon=":material/download:", on_change="rerun", key="take-matrix")
    if take.open:
        with take:
            hand_over(chart_of(matrix, chosen.rows, chosen.columns, older=chosen.older, view=chosen.view))


def hand_over(chart: MatrixChart) -> None:
    """The matrix as files: all rows that pass the choices, not only those of the page."""
    from dashboard.charts import downloads, matrix_files, matrix_print

    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    files = (
        ("PDF", "application/pdf", matrix_print.pdf),
        ("SVG", "image/svg+xml", matrix_print.svg),
        ("PNG", "image/png", matrix_print.png),
        ("CSV", "text/csv", matrix_files.csv),
        ("XLSX", sheet, matrix_files.xlsx),
    )
    with st.container(horizontal=True):
        for name, kind, render in files:
            st.download_button(
                name,
                partial(render, chart),
                file_name=downloads.file_name(chart, name.lower()),
                mime=kind,
                key=f"{name}-matrix-{chart.id}",
                on_click="ignore",
            )
    st.caption(_("As a table"))
    st.dataframe(matrix_files.table(chart), hide_index=True, width="stretch", alt=chart.alt)


def draw_areas(selection: Selection, matrix: Matrix, row: int, column: int, chosen: Chosen) -> None:
    """Draw, on demand, what is known in each area of level 1, of the opened group or by the opened indicator."""
    by = choose_code(_("Per area of level 1"), "areas", ("none", "group", "indicator"), _areas_text, default="none")
    if by == "none":
        return
    series, group = matrix.evidence.series[row], matrix.evidence.columns[column]
    if by == "group":
        if group.endswith("=*"):
            st.info(_("Choose a group, not a kind of breakdown, to see the areas."))
            return
        wanted = tuple(matrix.evidence.series[r] for r in chosen.rows)[:MOST_AREA_ROWS]
        found = area_matrix(selection.country, wanted, (group,), chosen.older)
    else:
        groups = tuple(g for g in matrix.evidence.columns if not g.endswith("=*"))
        found = area_matrix(selection.country, (series,), groups, chosen.older)
    if not found.evidence.columns:
        st.info(_("No areas of level 1 are held for this country."))
        return
    chart = area_chart(found, series if by == "indicator" else "", group if by == "group" else "", chosen)
    st.html(matrix_screen.matrix_html(chart, palette()))
    hand = st.popover(_("Download"), icon=":material/download:", on_change="rerun", key="take-areas")
    if hand.open:
        with hand:
            hand_over(chart)


def area_chart(found: Matrix, series: str, group: str, chosen: Chosen) -> MatrixChart:
    """A matrix of areas in words: of one ``series`` (rows are groups) or of one ``group`` (rows are series)."""
    known = store.catalogue()
    lines = []
    for number, name in enumerate(found.evidence.series):
        of_series, of_group = (series or name), (group or name)
        cells = tuple(
            cell_of(found, number, place, series=of_series, group=of_group, older=chosen.older, area=area)
            for place, area in enumerate(found.evidence.columns)
        )
        label = column_name(known, name) if series else series_name(known.series[name])
        lines.append(MatrixRow(name, label, "", cells))
    areas = tuple(_(known.areas[code].name) for code in found.evidence.columns)
    return defined(
        found,
        lines,
        areas,
        older=chosen.older,
        view=chosen.view | {"areas": "indicator" if series else "group", "row": series, "whom": group},
        corner=_("Group") if series else _("Indicator"),
        of=series_name(known.series[series]) if series else column_name(known, group),
    )


def _areas_text(code: str) -> str:
    return {
        "none": _("not shown"),
        "group": _("the opened group, by indicator"),
        "indicator": _("the opened indicator, by group"),
    }[code]


def draw_country_plans(country: str) -> None:
    """Draw every plan of the country, the soonest first, each with a link to its cell."""
    plans = sorted(
        (plan for plan in store.record().plans.values() if plan.country == country),
        key=lambda plan: (plan.illustrative, plan.due, plan.code),
    )
    if not plans:
        st.markdown(_("No plan to fill a gap is recorded for this country."))
        return
    known = store.catalogue()
    today = datetime.now(UTC).date().isoformat()
    for plan in plans:
        whom = column_name(known, plan.group) if plan.group else _("Everyone")
        title = f"**{plain(series_name(known.series[plan.series]))} · {plain(whom)}**"
        words = f"{title}: {plain(plan_words(followed(plan, today)))}"
        if plan.illustrative:
            illustrative_badge(_("**Illustrative (invented):** {words}").format(words=words), f"all-{plan.code}")
        else:
            st.markdown(words)
        link("knowledge_gaps", _("Open this cell"), {"country": country, "row": plan.series, "whom": plan.group})
