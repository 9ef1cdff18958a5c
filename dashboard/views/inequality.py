"""How unequal: the measures of inequality of what one source tells apart, in words first, in figures on demand."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.formats import absence_text, number
from dashboard.text.groups import capitalised, series_name
from dashboard.text.inequality import (
    Refusal,
    listed,
    missing_text,
    refusal_text,
    size_text,
    uncertainty_in_words,
    value_in_words,
)
from dashboard.text.sentences import sourced
from dashboard.views import frame
from dashboard.views.measured import Measured, first_measures, measured
from dashboard.views.subgroups import Comparison, comparison_name, comparisons, subgroup_name
from data_access.figures import Figure
from data_access.queries.catalogue import SeriesFacts


def comparison_choices(selection: Selection) -> dict[str, str]:
    """What can be compared, code by code with its name, the widest gap first."""
    return {c.code: comparison_name(c) for c in comparisons(selection)}


def how_unequal(selection: Selection, code: str) -> None:
    """Draw the comparison ``code``: sentences, what is missing, what does not apply, and everything else on demand."""
    comparison = next(c for c in comparisons(selection) if c.code == code)
    series = store.catalogue().series[selection.series]
    words = sentences(selection, code)
    warning = frame.illustrative_line(comparison.known)
    if warning:
        illustrative_badge(f"**{warning}**", f"unequal-{code}")
    first, *others = (plain(sentence) for sentence in words)
    st.markdown(f"**{first}**")
    if others:
        st.markdown("\n".join(f"- {sentence}" for sentence in others))
    st.caption(plain(" ".join(caveats(selection, code))))
    st.caption(plain(_("Source: {sources}").format(sources=frame.source_line(comparison.known))))
    panel = st.expander(
        _("Every measure: figures, formulas, what does not apply"),
        icon=":material/functions:",
        on_change="rerun",
        key=f"measures-{selection.series}-{code}",
    )
    if panel.open:
        with panel:
            _every_measure(selection, comparison, series, words)


@store.remembered(256)
def sentences(selection: Selection, code: str) -> tuple[str, ...]:
    """The measures that say something, a sentence each; the first is the difference and the ratio.

    Where nothing can be computed, the one reason why.
    """
    comparison = next(c for c in comparisons(selection) if c.code == code)
    series = store.catalogue().series[selection.series]
    found = measured(selection, code).only(first_measures(comparison))
    if not found.estimates:
        return tuple(refusal_text(refusal) for refusal in found.refusals)
    lines = [_lead(comparison, series, found)]
    lines += _ranked_lines(found, series.unit) if comparison.ranked else _scatter_lines(found, series.unit)
    risk = _attributable_line(comparison, series, found)
    return tuple(line for line in (*lines, risk) if line)


@store.remembered(256)
def caveats(selection: Selection, code: str) -> tuple[str, ...]:
    """What one must know of these measures: who is missing, what they rest on, which do not apply."""
    comparison = next(c for c in comparisons(selection) if c.code == code)
    found = measured(selection, code).only(first_measures(comparison))
    lines = []
    if comparison.missing:
        names = [
            _("{name} ({why})").format(
                name=subgroup_name(comparison, f), why=absence_text(f.absence or "not_held").lower()
            )
            for f in comparison.missing
        ]
        lines.append(missing_text(names, len(comparison.figures)))
    lines.append(_sample(comparison.known))
    if not found.estimates:
        return tuple(lines)
    if len(found.estimates) > 2:
        lines.append(_weights(comparison))
    if any(f.se is None for f in comparison.known):
        lines.append(_("No standard errors are published for these figures: how much of this is noise cannot be told."))
    if found.estimates[0].lower is not None:
        lines.append(
            _(
                "The intervals take the groups as drawn independently; groups of one survey share places, so they are "
                "approximate."
            )
        )
    if any(f.status == "U" for f in comparison.known):
        lines.append(_("Some figures rest on 25–49 cases: low reliability."))
    lines += [refusal_text(refusal) for refusal in found.refusals]
    return tuple(lines)


def why_not_unequal(selection: Selection) -> str:
    """Why there is nothing to measure: no figures at all, or none in this period that tell people or places apart."""
    if not selection.period:
        return _("No figures of this indicator are held here, so there is no inequality to measure.")
    return _("No source held here tells groups or areas apart in {period}: there is no inequality to measure.").format(
        period=selection.period
    )


def _weights(comparison: Comparison) -> str:
    """By what groups count, with the source's own remark on it where there is one."""
    if comparison.weighting == "weighted_cases":
        return _("Groups count by the source's weighted number of cases; it records no population for these figures.")
    remarks = {f.note for f in comparison.known}
    remark = remarks.pop() if len(remarks) == 1 else ""
    if "population" in remark:
        return _("Groups count by the population recorded with each figure ({remark}).").format(remark=remark)
    return _("Groups count by the population recorded with each figure.")


def _sample(figures: tuple[Figure, ...]) -> str:
    asked = [f.n for f in figures if f.n is not None]
    if not asked:
        return _("Sample sizes unknown.")
    if len(asked) < len(figures):
        return _("Sample size known for {known} of {all}.").format(known=len(asked), all=len(figures))
    return _("n = {fewest} to {most}.").format(fewest=number(min(asked), 0), most=number(max(asked), 0))


def _lead(comparison: Comparison, series: SeriesFacts, found: Measured) -> str:
    """ "The poorest fifth: 29.6 points behind the richest fifth (95 % interval …); ratio 1.42 (…)." """
    difference, ratio = found.get("d"), found.get("r")
    assert difference is not None
    low, high = _ends(comparison, series)
    words = {
        "one": capitalised(subgroup_name(comparison, low)),
        "low": subgroup_name(comparison, low),
        "other": subgroup_name(comparison, high),
        "size": size_text(difference.value, series.unit),
    }
    sentence = _compared(series, difference.value, ranked=comparison.ranked).format(**words)
    if difference.lower is None:
        ratio_words = "" if ratio is None else _("; ratio {ratio}").format(ratio=value_in_words(ratio, series.unit))
        return sentence + ratio_words + _("; uncertainty unknown.")
    sentence += f" ({uncertainty_in_words(difference, series.unit, turned=difference.value < 0)})"
    if ratio is not None:
        sentence += _("; ratio {ratio} ({interval})").format(
            ratio=value_in_words(ratio, series.unit), interval=uncertainty_in_words(ratio, series.unit)
        )
    return f"{sentence}."


def _compared(series: SeriesFacts, difference: float, *, ranked: bool) -> str:
    """The sentence for a difference of this direction, its places still open."""
    if difference == 0:
        return _("No gap between {other} and {one}")
    if series.favourable is not None:
        return _("{one}: {size} ahead of {other}") if difference < 0 else _("{one}: {size} behind {other}")
    if not ranked:
        return _("Lowest: {low}; highest: {other}; {size} apart")
    return _("{one}: {size} above {other}") if difference < 0 else _("{one}: {size} below {other}")


def _ends(comparison: Comparison, series: SeriesFacts) -> tuple[Figure, Figure]:
    """The two groups of the difference, the one that is behind (or expected to be) first."""
    if comparison.ranked:
        return comparison.known[0], comparison.known[-1]
    ordered = sorted(comparison.known, key=lambda f: (f.value or 0.0, f.se or 0.0))
    lowest, highest = ordered[0], ordered[-1]
    lowest = max((f for f in ordered if f.value == lowest.value), key=lambda f: f.se or 0.0)
    if lowest is highest:
        lowest = ordered[0]
    return (highest, lowest) if series.favourable is False else (lowest, highest)


def _ranked_lines(found: Measured, unit: str) -> list[str]:
    slope, relative = found.get("sii"), found.get("rii")
    if slope is not None and relative is not None:
        return [
            _(
                "From the very bottom to the very top of the ranking: {slope} (slope index of inequality, SII; "
                "{slope_interval}), a ratio of {relative} (relative index, RII; {relative_interval})."
            ).format(
                slope=value_in_words(slope, unit),
                slope_interval=uncertainty_in_words(slope, unit),
                relative=value_in_words(relative, unit),
                relative_interval=uncertainty_in_words(relative, unit),
            )
        ]
    absolute, relative = found.get("aci"), found.get("rci")
    if absolute is None or relative is None:
        return []
    return [
        _(
            "Concentrated where people are better off (above 0) or worse off (below): {absolute} (absolute "
            "concentration index, ACI; {absolute_interval}), {relative} (relative, RCI; {relative_interval})."
        ).format(
            absolute=value_in_words(absolute, unit),
            absolute_interval=uncertainty_in_words(absolute, unit),
            relative=value_in_words(relative, unit),
            relative_interval=uncertainty_in_words(relative, unit),
        )
    ]


def _scatter_lines(found: Measured, unit: str) -> list[str]:
    written = (
        ("bgsd", _("Typical distance from the average: {value} (between-group standard deviation, BGSD; {rest}).")),
        ("mdmw", _("Mean distance from the average, each person counted once: {value} (MDMW; {rest}).")),
        ("ti", _("Theil index {value}, a relative measure: 0 where all are equal ({rest}).")),
    )
    lines = []
    for code, sentence in written:
        estimate = found.get(code)
        if estimate is not None:
            lines.append(
                sentence.format(value=value_in_words(estimate, unit), rest=uncertainty_in_words(estimate, unit))
            )
    return lines


def _attributable_line(comparison: Comparison, series: SeriesFacts, found: Measured) -> str:
    risk = found.get("par")
    if risk is None or risk.value == 0:
        return ""
    sentence = (
        _("If everyone had the figure of {best}, the average would be {size} higher (PAR; {rest}).")
        if risk.value > 0
        else _("If everyone had the figure of {best}, the average would be {size} lower (PAR; {rest}).")
    )
    return sentence.format(
        best=_best(comparison, series),
        size=size_text(risk.value, series.unit),
        rest=uncertainty_in_words(risk, series.unit, turned=risk.value < 0),
    )


def _best(comparison: Comparison, series: SeriesFacts) -> str:
    """Who is best off: the top of the ranking, else the group with the best figure; several may share it."""
    known = comparison.known
    if comparison.ranked:
        return subgroup_name(comparison, known[-1])
    best = (max if series.favourable else min)(f.value for f in known if f.value is not None)
    return listed([subgroup_name(comparison, f) for f in known if f.value == best])


def copied(selection: Selection, comparison: Comparison, words: tuple[str, ...]) -> str:
    """The first sentence so that it can stand alone: what, where, when, its source, a warning if it is invented."""
    known = store.catalogue()
    first = comparison.known[0]
    whole = _("{series}, {country}, {period}. {sentence}").format(
        series=series_name(known.series[selection.series]),
        country=_(known.countries[selection.country].name),
        period=first.time_period,
        sentence=words[0],
    )
    return sourced(whole, first)


def _every_measure(selection: Selection, comparison: Comparison, series: SeriesFacts, words: tuple[str, ...]) -> None:
    from dashboard.views import inequality_table

    found, theirs = measured(selection, comparison.code), None
    if found.estimates:
        if st.toggle(
            _("Set beside them what WHO's HEAT would show, with its known defects"), key=f"heat-{selection.series}"
        ):
            theirs = measured(selection, comparison.code, "heat")
        st.dataframe(
            inequality_table.table(found, theirs, series.unit),
            hide_index=True,
            width="stretch",
            height="content",
            alt=_("Measures of inequality with interval, value under equality and formula"),
        )
        st.caption(
            _(
                "y the figure of a group, p its share of the people, μ = Σ p·y, r = y / μ, k the number of groups, "
                "R the middle rank of a group from the worst-off, S the top of the scale. Under equality: what noise "
                "alone would make of the measure if all groups were equal."
            )
        )
    _draw_refusals(found.refusals)
    inequality_table.hand_over(selection, comparison, found, theirs, words)
    st.caption(_("Copy the sentence"))
    st.code(copied(selection, comparison, words), language=None, wrap_lines=True)


def _draw_refusals(refusals: tuple[Refusal, ...]) -> None:
    if refusals:
        st.subheader(_("What does not apply here, and why"))
        st.markdown("\n".join(f"- {plain(refusal_text(refusal))}" for refusal in refusals))
