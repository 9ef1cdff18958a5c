"""How strong the evidence of figures, gaps and pairs is: computed each time it is shown, never stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import streamlit as st

from dashboard import store
from dashboard.charts.definitions import GapChart
from dashboard.chrome import plain
from dashboard.navigation import link
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.formats import short_title, shown
from dashboard.text.groups import capitalised, group_in_sentence
from dashboard.text.strength import (
    adds_up_text,
    component_line,
    difference_line,
    grade_meaning,
    rule_rows,
    rule_text,
)
from dashboard.views.markup import words_table
from dashboard.views.people import spreads
from data_access.figures import Figure
from data_access.measures.evidence_strength import (
    DifferenceStrength,
    Inputs,
    Strength,
    strength,
    strength_of_difference,
)
from data_access.measures.measured_as import Sampling
from data_access.queries.pairs import SCALES, Pair

RULE = "evidence-strength"

today: Callable[[], date] = date.today
"""The day against which recency is judged."""


def strength_of(figure: Figure) -> Strength | None:
    """The grade of one figure on this day; None where it has no value."""
    return _graded(figure, today())


@store.remembered(8192)
def _graded(figure: Figure, reference: date) -> Strength | None:
    if figure.value is None:
        return None
    known = store.catalogue()
    series, source = known.series[figure.series], known.sources[figure.source]
    return strength(
        Inputs(
            value=figure.value,
            lower=figure.lower,
            upper=figure.upper,
            scale_kind=SCALES[series.unit],
            scale_min=series.value_min,
            scale_max=series.value_max,
            n=figure.n,
            low_reliability=figure.status == "U",
            period_end=figure.year,
            reference=reference,
            sampling=cast(Sampling, source.sampling) or None,
            modelled=source.collection == "modelled_estimates",
            community=figure.origin == "community",
            assessments=tuple(a.profile for a in store.assessments().get(figure.source, ())),
        )
    )


def strength_of_gap(behind: Figure, ahead: Figure) -> DifferenceStrength | None:
    """The grade of a gap within one source: the weaker of its two figures; None where one has no value."""
    first, second = strength_of(behind), strength_of(ahead)
    return strength_of_difference(first, second) if first and second else None


def strength_of_pair(pair: Pair) -> DifferenceStrength | None:
    """The grade of the difference between official and community; None without two values to compare."""
    if pair.official is None or pair.comparability is None:
        return None
    official, community = strength_of(pair.official), strength_of(pair.community)
    if official is None or community is None:
        return None
    class_ = pair.comparability
    return strength_of_difference(official, community, class_.grade, independent=class_.independent)


def widest_between_groups(selection: Selection) -> tuple[Figure, Figure] | None:
    """Both ends of the gap that the headline of the Gaps page is about."""
    universe = store.availability(selection.country, selection.series).universe
    found = spreads(store.catalogue(), selection, universe)
    return (found[0].behind, found[0].ahead) if found else None


def widest_between_areas(chart: GapChart) -> tuple[Figure, Figure] | None:
    """Both ends of the gap that a chart of areas has as its title; None where areas are broken down further."""
    if any(len(row.marks) > 1 for row in chart.rows):
        return None
    valued = [row.marks[0].figure for row in chart.rows if row.marks and row.marks[0].figure.value is not None]
    return (valued[0], valued[-1]) if len(valued) > 1 else None


def draw_strength_of_gap(selection: Selection, ends: tuple[Figure, Figure] | None) -> None:
    """Draw how strong the evidence of a gap within one source is, and how that was computed."""
    graded = strength_of_gap(*ends) if ends else None
    if ends is None or graded is None:
        return
    st.markdown(f"**{plain(marked(difference_line(graded, ends), ends))}**")
    by_area = ends[0].area != ends[1].area
    asked = st.popover(
        _("How is this graded?"),
        icon=":material/verified:",
        on_change="rerun",
        key=f"grade-{selection.series}-{'areas' if by_area else 'groups'}",
    )
    if asked.open:
        known = store.catalogue()
        universe = store.availability(selection.country, selection.series).universe
        first, second = (
            _(f.area_name) if by_area else capitalised(group_in_sentence(known, f.group, universe)) for f in ends
        )
        with asked:
            draw_components(graded, ends, (first, second))
            draw_rule()


def marked(line: str, figures: tuple[Figure, Figure]) -> str:
    """The line with a warning in front where a figure is invented."""
    if any(figure.illustrative for figure in figures):
        return _("[Illustrative, invented figures] {sentence}").format(sentence=line)
    return line


def draw_components(graded: DifferenceStrength, figures: tuple[Figure, Figure], names: tuple[str, str]) -> None:
    """Draw every component of both figures, and of their comparison, with the best grade each allows."""
    for part, figure, name in zip(graded.figures, figures, names, strict=True):
        heading = _("{name}, {value} ({source}): {grade} — {meaning}").format(
            name=name,
            value=shown(figure),
            source=short_title(figure.source_title),
            grade=part.grade,
            meaning=grade_meaning(part.grade),
        )
        lines = [f"- {plain(component_line(component, figure))}" for component in part.components]
        if part.adds_up:
            lines.append(f"- {plain(adds_up_text())}")
        st.markdown(f"**{plain(heading)}**\n" + "\n".join(lines))
    if graded.comparability is not None:
        st.markdown(f"- {plain(component_line(graded.comparability))}")


def draw_rule() -> None:
    """Draw the whole rule, as it is applied."""
    st.markdown(plain(rule_text(today())))
    header = (_("Looked at"), "A", "B", "C", "D")
    st.html(words_table(_("What each grade asks for"), header, rule_rows()))
    link("methods", _("Why these thresholds, with a worked example"), {"method": RULE})
