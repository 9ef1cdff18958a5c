"""Plans for a figure that nobody has: those there are, whether they are late or filled, and a form for a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.recording import NotRecorded, record, writer
from dashboard.text import _
from dashboard.text.formats import short_title
from dashboard.views.knowledge_gaps_cell import figures_of
from dashboard.views.knowledge_gaps_words import cost_text, entry_point_text, plan_state_text
from data_access.figures import Figure
from data_access.models.plans import COST_BANDS, ENTRY_POINTS
from data_access.queries.entries import PlanFacts
from data_access.queries.knowledge_gaps import same_group

KIND = "data_generation_plan"
_OPEN = ("planned", "agreed", "under_way")


@dataclass(frozen=True)
class Followed:
    """A plan held against the data: is it late, and is there a figure now, real or (for an invented plan) invented?

    ``figure`` is the newest one of the plan's group and area, of its source where it names one. ``claimed`` is True
    where the plan says "filled" and no such figure is held.
    """

    plan: PlanFacts
    overdue: bool
    figure: Figure | None

    @property
    def claimed(self) -> bool:
        return self.plan.state == "filled" and self.figure is None


def followed(plan: PlanFacts, today: str) -> Followed:
    """``plan`` on the day ``today`` (ISO date). Due in a month or year, it is late after its end."""
    late = plan.state in _OPEN and today[: len(plan.due)] > plan.due
    country = store.catalogue().countries[plan.country].iso3
    found = [
        figure
        for figure in figures_of(plan.country, plan.series, plan.group)
        if figure.value is not None
        and (plan.illustrative or not figure.illustrative)
        and plan.source in ("", figure.source)
        and (plan.area in ("", country) or figure.area == plan.area)
    ]
    return Followed(plan, late, max(found, key=lambda figure: figure.year, default=None))


def plans_of(country: str, series: str, group: str) -> tuple[PlanFacts, ...]:
    """The plans for a cell: for its indicator and the same people; real before invented."""
    known = store.catalogue()
    found = [
        plan
        for plan in store.record().plans.values()
        if plan.country == country
        and plan.series == series
        and (plan.group == group or (plan.group and same_group(known, country, series, plan.group, group)))
    ]
    return tuple(sorted(found, key=lambda plan: (plan.illustrative, plan.due, plan.code)))


def plan_words(one: Followed) -> str:
    """A plan in a sentence or two, late and filled said plainly; what the data say stands beside what the plan says."""
    plan = one.plan
    known = store.catalogue()
    words = _("{state}: {way}, {organisation}, due {due}, {cost}.").format(
        state=plan_state_text(plan.state),
        way=entry_point_text(plan.entry_point),
        organisation=plan.organisation,
        due=plan.due,
        cost=cost_text(plan.cost_band),
    )
    if plan.area and plan.area != plan.country and plan.area in known.areas:
        words += " " + _("For {area}.").format(area=_(known.areas[plan.area].name))
    if one.overdue:
        words += " " + _("Overdue.")
    if plan.state == "filled" and one.figure is not None:
        words += " " + _("Filled by {source}, {period}: the figure is held here.").format(
            source=short_title(one.figure.source_title), period=one.figure.time_period
        )
    elif one.claimed:
        words += " " + _("Said to be filled, but no such figure is held here.")
    elif plan.state in _OPEN and one.figure is not None:
        words += " " + _("A figure is held now: {source}, {period}. Is the plan filled by it?").format(
            source=short_title(one.figure.source_title), period=one.figure.time_period
        )
    return f"{words} {plan.remark}".strip()


def draw_plans(country: str, series: str, group: str) -> None:
    """Draw the plans for a cell, and for those who may write a form for another."""
    st.markdown(f"**{_('Plans to fill it')}**")
    today = datetime.now(UTC).date().isoformat()
    plans = plans_of(country, series, group)
    if not plans:
        st.markdown(_("No plan is recorded."))
    for plan in plans:
        words = plain(plan_words(followed(plan, today)))
        if plan.illustrative:
            illustrative_badge(_("**Illustrative (invented):** {words}").format(words=words), f"plan-{plan.code}")
        else:
            st.markdown(f"- {words} {plain(_('({document})').format(document=plan.stated_in))}")
    if writer(KIND) is not None:
        _draw_form(country, series, group)


def _draw_form(country: str, series: str, group: str) -> None:
    if told := st.session_state.pop("plan-recorded", ""):
        st.success(plain(_("Recorded as {code}.").format(code=told)), icon=":material/check:")
    with st.expander(_("Record a plan"), icon=":material/edit_note:"), st.form("data-generation-plan"):
        if group.endswith("=*"):
            st.caption(
                _("No group of this kind is known here yet: the plan is kept for the indicator, say whom below.")
            )
        way = st.selectbox(_("Way to the figure"), ENTRY_POINTS, format_func=entry_point_text, key="plan-way")
        organisation = st.text_input(_("Who (an organisation, never a person)"), key="plan-who")
        due = st.text_input(_("Due (2027-06-30, or 2027-06 or 2027)"), key="plan-due")
        cost = st.selectbox(_("Cost"), COST_BANDS, format_func=cost_text, index=len(COST_BANDS) - 1, key="plan-cost")
        remark = st.text_input(_("Remark"), key="plan-remark")
        stated = st.text_input(_("Stated in (document or meeting)"), key="plan-stated")
        sent = st.form_submit_button(_("Record the plan"))
    if not sent:
        return
    cells = {
        "country": country,
        "series": series,
        "group": "" if group.endswith("=*") else group,
        "entry_point": way,
        "organisation": organisation,
        "due": due,
        "cost_band": cost,
        "state": "planned",
        "remark": remark,
        "stated_in": stated,
    }
    try:
        st.session_state["plan-recorded"] = record(KIND, cells)
    except NotRecorded as refused:
        for problem in refused.problems:
            st.error(plain(problem.sentence), icon=":material/error:")
        return
    st.rerun()
