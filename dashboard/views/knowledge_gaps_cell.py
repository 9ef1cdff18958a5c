"""One cell of the matrix, opened: what exists, who holds something, what it would take."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.charts.matrix import MatrixCell
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.selection import Selection
from dashboard.text import _, ngettext
from dashboard.text.cleaning import safe_link
from dashboard.text.formats import origin_text, provenance, short_title, shown
from dashboard.text.groups import series_name
from dashboard.theme import ORIGIN_GLYPHS
from dashboard.views.knowledge_gaps import Matrix
from dashboard.views.knowledge_gaps_chart import cell_of
from dashboard.views.knowledge_gaps_words import (
    access_text,
    column_in_sentence,
    column_name,
    entry_point_text,
    entry_point_words,
    first_step,
    state_sentence,
)
from data_access.figures import Figure
from data_access.models.groups import members
from data_access.models.plans import ENTRY_POINTS
from data_access.queries.entries import StockTakeFacts
from data_access.queries.knowledge_gaps import same_group

MOST_FIGURES = 8


def draw_cell(selection: Selection, matrix: Matrix, row: int, column: int, older: int) -> MatrixCell:
    """Draw everything known of one cell; returns it in words."""
    known = store.catalogue()
    series, group = matrix.evidence.series[row], matrix.evidence.columns[column]
    cell = cell_of(matrix, row, column, series=series, group=group, older=older)
    st.subheader(plain(f"{series_name(known.series[series])} · {column_name(known, group)}"))
    st.markdown(f"**{plain(state_sentence(cell.shown, older))}** {plain(cell.reason_words)}")
    if cell.expected:
        st.caption(plain(_("Why it is asked for: {why}").format(why=cell.expected)))
    elif cell.shown != "out_of_scope":
        st.caption(_("The SDG framework does not ask for this breakdown of this indicator: it counts as no gap."))
    _draw_figures(selection, series, group)
    _draw_stock_take(matrix.country, series, group)
    if cell.shown in ("neither", "outdated"):
        _draw_ways(cell.reason or "not_held")
    return cell


@store.remembered(256)
def figures_of(country: str, series: str, group: str) -> tuple[Figure, ...]:
    """The figures held of a group, the newest first, national before parts of the country, real before invented."""
    known = store.catalogue()
    held = store.availability(country, series).groups
    if group.endswith("=*"):
        wanted = tuple(key for key in held if group[:-2] in _apart(country, series, key))
    else:
        wanted = tuple(key for key in held if same_group(known, country, series, key, group))
    if not wanted:
        return ()
    found = store.figures(country, series, groups=wanted)
    return tuple(sorted(found, key=lambda f: (f.illustrative, known.areas[f.area].kind != "country", -f.year, f.area)))


def _apart(country: str, series: str, key: str) -> set[str]:
    universe = store.availability(country, series).universe
    return {category.dimension for category in store.catalogue().told_apart(key, universe)}


def _draw_figures(selection: Selection, series: str, group: str) -> None:
    known = store.catalogue()
    st.markdown(f"**{_('What exists')}**")
    figures = figures_of(selection.country, series, group)
    if not figures:
        st.markdown(_("No figure of this group is held, current or old."))
    lines = []
    for figure in figures[:MOST_FIGURES]:
        area = "" if known.areas[figure.area].kind == "country" else f"{_(figure.area_name)}: "
        glyph = ORIGIN_GLYPHS[figure.origin]
        lines.append(
            f"- {glyph} {origin_text(figure.origin)}: {plain(area)}**{plain(shown(figure))}** — "
            f"{plain(provenance(figure))}"
        )
    if lines:
        st.markdown("\n".join(lines))
    if len(figures) > MOST_FIGURES:
        st.caption(
            ngettext(
                "{count} more figure is on Gaps.", "{count} more figures are on Gaps.", len(figures) - MOST_FIGURES
            ).format(count=len(figures) - MOST_FIGURES)
        )
    if any(figure.illustrative for figure in figures):
        illustrative_badge(_("**Illustrative figures among these are invented and fill no gap.**"), "cell")
    if figures:
        view = {"country": selection.country, "indicator": series, "group": figures[0].group}
        link("gaps", _("See these figures on Gaps"), view | {"year": figures[0].time_period})
        for source in dict.fromkeys(figure.source for figure in figures[:MOST_FIGURES]):
            link("sources", short_title(known.sources[source].title), {"source": source})
    elif (selection.country, series) in known.holdings_of:
        link("gaps", _("See what is held of this indicator"), {"country": selection.country, "indicator": series})


def held_by(country: str, series: str, group: str) -> tuple[StockTakeFacts, ...]:
    """Entries of the stock-take on the group or the target of a cell, those on both first."""
    target = store.catalogue().series[series].sdg_target
    wanted = set() if group.endswith("=*") else set(members(group).items())

    def fits(entry: StockTakeFacts) -> tuple[bool, bool]:
        whom = bool(entry.group) and bool(wanted & set(members(entry.group).items()))
        return whom, entry.target == target

    entries = [e for e in store.record().stock_take.values() if e.country == country and any(fits(e))]
    return tuple(sorted(entries, key=lambda e: (e.illustrative, -sum(fits(e)), not fits(e)[0], e.code)))


def _draw_stock_take(country: str, series: str, group: str) -> None:
    st.markdown(f"**{_('Who holds something')}**")
    entries = held_by(country, series, group)
    if not entries:
        st.markdown(_("Nobody in the stock-take holds anything on this group or this SDG target."))
        return
    for entry in entries[:MOST_FIGURES]:
        words = _("{organisation}: {what} ({people}; {period}; {access})").format(
            organisation=entry.organisation,
            what=entry.what,
            people=entry.people or column_in_sentence(store.catalogue(), entry.group),
            period="–".join(filter(None, (entry.period_from, entry.period_to))) or _("period not known"),
            access=access_text(entry.access),
        )
        address = safe_link(entry.link)
        said = f"{plain(words)} [{_('Open')}]({address})" if address else plain(words)
        if entry.illustrative:
            illustrative_badge(_("**Illustrative (invented):** {words}").format(words=said), f"held-{entry.code}")
        else:
            st.markdown(f"- {said}")


def _draw_ways(reason: str) -> None:
    st.markdown(f"**{_('What it would take')}**")
    st.markdown(plain(first_step(reason)) if reason != "out_of_scope" else "")
    st.markdown(
        "\n".join(f"- **{entry_point_text(point)}**: {plain(entry_point_words(point))}" for point in ENTRY_POINTS)
    )
