"""What the Gaps page asks beyond its charts: the choices it offers, and why two sources differ."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.absence import why_missing
from dashboard.text.comparability import grade_text, reason_text, statement_text
from dashboard.text.formats import provenance, shown
from dashboard.text.groups import dimension_name
from dashboard.text.strength import components_line, difference_line
from dashboard.theme import ABSENCE_STYLES
from dashboard.views.map import LEVELS
from dashboard.views.pairs import pair_name, several_sources
from dashboard.views.people import not_told_apart
from dashboard.views.places import dimensions_by_area
from dashboard.views.strength import draw_rule, marked, strength_of_pair
from data_access.queries.catalogue import AreaKind
from data_access.queries.pairs import Pair

MOST_EXPLAINED = 12


def level_choices(selection: Selection) -> list[AreaKind]:
    """Kinds of area that some source has for the chosen period."""
    held = {
        h.area_kind
        for h in store.availability(selection.country, selection.series).holdings
        if h.time_period == selection.period and h.n_with_value > 1
    }
    return [kind for kind in LEVELS if kind in held]


def by_dimension_choices(selection: Selection, kind: AreaKind) -> tuple[list[str], Callable[[str], str]]:
    """Codes for "compare within each area" (``none`` for the chosen group alone) and their names."""
    known = store.catalogue()
    dimensions = dimensions_by_area(selection, kind)

    def name(code: str) -> str:
        return _("Only the chosen group") if code == "none" else dimension_name(known, code)

    return ["none", *dimensions], name


def why_no_groups(selection: Selection) -> str:
    """Why no groups can be set side by side nationally."""
    known = store.catalogue()
    available = store.availability(selection.country, selection.series)
    broken_down = sorted(
        {
            h.time_period
            for h in available.holdings
            if h.area_kind == "country" and known.told_apart(h.group, available.universe) and h.n_with_value
        }
    )
    if broken_down:
        return _("No national figures by group for {period}; there are for {others}.").format(
            period=selection.period, others=", ".join(broken_down)
        )
    return _("No source held here breaks this indicator down by group nationally. That is itself a gap.")


def draw_what_is_missing(selection: Selection) -> None:
    """List why each watched dimension has no figure, where no group can be set beside another."""
    known = store.catalogue()
    lines = [
        f"- {ABSENCE_STYLES[reasoned.absence].glyph} **{plain(dimension_name(known, dimension))}:** "
        f"{plain(why_missing(known, reasoned))}"
        for dimension, reasoned in not_told_apart(selection).items()
    ]
    st.markdown("\n".join(lines))


def why_no_pairs(pairs: tuple[Pair, ...]) -> str:
    """Why nothing can be set side by side: no community figures, or no official ones."""
    if not pairs:
        return _("No community figures are held for this indicator in this country.")
    return _(
        "Only communities have counted this: no official source held here has a figure for the same groups and areas."
    )


def explain(selection: Selection, pairs: tuple[Pair, ...]) -> None:
    """Draw, pair by pair, what may be said and why the two sources may differ."""
    known = store.catalogue()
    universe = store.availability(selection.country, selection.series).universe
    panel = st.expander(
        _("Why do they differ?"), icon=":material/compare_arrows:", on_change="rerun", key=f"why-{selection.series}"
    )
    if not panel.open:
        return
    with panel:
        for pair in pairs[:MOST_EXPLAINED]:
            st.markdown(f"**{plain(pair_name(known, pair, universe, with_source=several_sources(pairs)))}**")
            st.markdown(plain(statement_text(pair)))
            if pair.official is not None:
                st.markdown(f"- ○ {_('Official')}: {plain(shown(pair.official))} — {plain(provenance(pair.official))}")
            st.markdown(f"- ◆ {_('Community')}: {plain(shown(pair.community))} — {plain(provenance(pair.community))}")
            if pair.comparability is not None:
                st.markdown(f"- {_('Class')}: {grade_text(pair.comparability.grade)}")
                for reason in pair.comparability.against:
                    st.markdown(f"  - {plain(reason_text(reason))}")
            _draw_strength(pair)
        if len(pairs) > MOST_EXPLAINED:
            st.caption(_("{count} more pairs are in the table of the chart.").format(count=len(pairs) - MOST_EXPLAINED))
        st.markdown(f"**{_('How is this graded?')}**")
        draw_rule()


def _draw_strength(pair: Pair) -> None:
    """Draw the grade of a pair and every component of it."""
    graded = strength_of_pair(pair)
    if graded is None or pair.official is None:
        return
    figures = (pair.official, pair.community)
    st.markdown(f"**{plain(marked(difference_line(graded, figures), figures))}**")
    for name, figure, part in zip((_("Official"), _("Community")), figures, graded.figures, strict=True):
        st.markdown(f"- {name}: {plain(components_line(part, figure))}")
