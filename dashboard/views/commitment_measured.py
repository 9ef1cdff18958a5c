"""The indicator of a commitment: baseline, goal, latest value, and whether the gap of its group narrowed."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.text import _
from dashboard.text.formats import points_text, provenance, short_title, shown, value_text
from dashboard.text.groups import group_name, series_name
from dashboard.text.record import cannot_say_text, verdict_mark
from dashboard.views.commitment_figures import Progress, whole_group
from dashboard.views.commitment_rows import CommitmentRow, areas_text
from dashboard.views.dialogue_replies import draw_replies
from data_access.measures.commitment_progress import GapChange


def draw_measured(row: CommitmentRow) -> None:
    """Draw what is known of the indicator, and what is not."""
    one, found = row.commitment, row.progress
    known = store.catalogue()
    if not one.series or one.series not in known.series:
        st.info(cannot_say_text("no_indicator"))
        return
    series = known.series[one.series]
    group = whole_group(one.country, one.series, one.group)
    universe = store.availability(one.country, one.series).universe
    where = areas_text([one.area], one.country)
    st.markdown(f"**{plain(f'{series_name(series)} · {group_name(known, group, universe)} · {where}')}**")
    figures = [f for f in (found.baseline, found.latest, found.reference_before, found.reference_now) if f is not None]
    if any(f.illustrative for f in figures):
        illustrative_badge(_("**ILLUSTRATIVE: rests on invented figures. Not evidence.**"), f"measured-{one.code}")
    st.markdown("\n".join(f"- **{label}:** {plain(value)}" for label, value in measured_facts(row).items()))
    st.markdown(f"**{verdict_mark(found.verdict)}.** {plain(verdict_sentence(row))}")
    st.caption(_("What is set side by side here is what the figures were and are. It says nothing about why."))
    draw_replies(figures, f"commitment-{one.code}")
    period = (found.latest or found.baseline or None) if figures else None
    view = {"country": one.country, "indicator": one.series, "group": group}
    link("gaps", _("This indicator on the Gaps page"), view | ({"year": period.time_period} if period else {}))


def measured_facts(row: CommitmentRow) -> dict[str, str]:
    """Baseline, goal and latest value in words, each with its source and period."""
    one, found = row.commitment, row.progress
    known = store.catalogue()
    unit = known.series[one.series].unit
    facts = {_("Baseline"): _baseline_text(row)}
    if found.revised and found.baseline is not None:
        facts[_("Baseline as revised since")] = f"{shown(found.baseline)} ({provenance(found.baseline)})"
    facts[_("Goal")] = value_text(one.goal_value, unit) if one.goal_value is not None else _("no goal was recorded")
    facts[_("Latest")] = _latest_text(found)
    if found.goal_met is not None:
        facts[_("Goal reached by the latest figure")] = _("yes") if found.goal_met else _("no")
    return facts


def _baseline_text(row: CommitmentRow) -> str:
    one, known = row.commitment, store.catalogue()
    if one.baseline_value is None:
        return _("none was recorded")
    if row.progress.reason == "baseline_withdrawn":
        return _("not shown: its source was withdrawn")
    source = known.sources[one.baseline_source]
    words = _("{value} ({period}, {source})").format(
        value=value_text(one.baseline_value, known.series[one.series].unit),
        period=one.baseline_period,
        source=short_title(source.title),
    )
    return _("ILLUSTRATIVE: {words}").format(words=words) if source.illustrative else words


def _latest_text(found: Progress) -> str:
    if found.latest is None:
        return _("no later figure is held for this group and area")
    words = f"{shown(found.latest)} ({provenance(found.latest)})"
    if found.other_source:
        words = _("{figure}; from another source than the baseline").format(figure=words)
    return words


def verdict_sentence(row: CommitmentRow) -> str:
    """What became of the gap, in one or two sentences; never why."""
    found = row.progress
    if found.verdict == "cannot_say":
        return cannot_say_text(found.reason)
    assert found.change is not None and found.baseline is not None and found.latest is not None
    return change_sentence(found.change, found.baseline.unit, found.baseline.time_period, found.latest.time_period)


def change_sentence(change: GapChange, unit: str, before: str, now: str) -> str:
    """ "The gap was 12.0 points (2019) and is 8.5 points (2023); 95 % interval of the change: −6.1 to −0.9."."""
    words = _("The gap to everyone was {before} ({first}) and is {now} ({last}).").format(
        before=_behind(change.before, unit), first=before, now=_behind(change.now, unit), last=now
    )
    if change.lower is None or change.upper is None:
        return f"{words} {_('Uncertainty unknown: two pairs of numbers and no more.')}"
    interval = _("95 % interval of the change: {lower} to {upper}.").format(
        lower=_signed(change.lower, unit), upper=_signed(change.upper, unit)
    )
    return f"{words} {interval}"


def _behind(shortfall: float, unit: str) -> str:
    size = points_text(shortfall, unit)
    return _("{size} in the group's favour").format(size=size) if shortfall < 0 else size


def _signed(value: float, unit: str) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{points_text(value, unit)}"
