"""Quality assessments on the Sources page: each a profile, question by question, and never one score."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.text import _
from dashboard.text.quality import (
    answer_text,
    criterion_name,
    outcome_text,
    question_name,
    question_text,
    score_text,
)
from dashboard.views.markup import words_table
from data_access.queries.catalogue import SourceFacts
from data_access.queries.quality import AssessmentFacts


def draw_quality(source: SourceFacts) -> None:
    """Draw what is known of a source's quality: every assessment side by side, or why there is none."""
    words, profiles = profiles_of(source.code)
    st.markdown(f"#### {_('Quality')}\n{words}")
    for number, (heading, tables) in enumerate(profiles):
        st.markdown(heading)
        shown = st.expander(
            _("Profile, with the reason for each answer and score"),
            expanded=not source.illustrative,
            on_change="rerun",
            key=f"profile-{source.code}-{number}",
        )
        if shown.open:
            with shown:
                st.html(tables)


@store.remembered(256)
def profiles_of(code: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What is said of a source's quality, and of each assessment its heading (Markdown) and its tables (HTML)."""
    source = store.catalogue().sources[code]
    if source.origin == "official":
        return _official(source), ()
    found = store.assessments().get(code, ())
    if not found:
        words = _("Not assessed yet: until it is, no figure of this source is graded better than C.")
        return words, ()
    intro = _(
        "A gateway of questions comes first; then each criterion has a score of its own, from 0 (absent) to 3 "
        "(strong). They are never added up."
    )
    return plain(intro), tuple((_heading(a), _tables(a)) for a in found)


def _official(source: SourceFacts) -> str:
    """Official sources are not put to the checklist: what is recorded of them is said instead."""
    known = [
        text
        for text, there in (
            (_("how people were chosen"), source.sampling),
            (_("how they were asked"), source.mode),
            (_("how many"), source.sample_size),
            (_("when"), source.fieldwork_start or source.fieldwork_end),
            (_("its own caveats"), source.caveats),
        )
        if there
    ]
    measured = [h for h in store.catalogue().holdings if h.source == source.code]
    return plain(
        _(
            "The checklist is made for community data. Recorded of this official source: {known}. Each of its {count} "
            "figures is graded on its interval, sample size, age and sampling."
        ).format(known=", ".join(known) or _("nothing"), count=f"{sum(h.n for h in measured):,}")
    )


def _heading(assessment: AssessmentFacts) -> str:
    by = _("{role}, {day}").format(role=assessment.assessor_role, day=assessment.assessed_on)
    name = _("{framework}, version {version}").format(
        framework=assessment.framework, version=assessment.framework_version
    )
    lines = [
        f"**{plain(name)}**",
        f"- **{_('Assessed by')}:** {plain(by)}",
        f"- **{_('Basis')}:** {plain(assessment.basis) or _('not known')}",
        f"- **{_('Gateway')}:** {plain(outcome_text(assessment.outcome))}",
    ]
    return "\n".join([lines[0], "", *lines[1:]])


def _tables(assessment: AssessmentFacts) -> str:
    not_answered = _("not answered by the assessor")
    gateway = words_table(
        _("Gateway"),
        (_("Question"), _("Answer"), _("Reason")),
        [
            (
                ": ".join(filter(None, (question_name(g.question), question_text(g.question)))),
                answer_text(g.answer),
                g.reason or not_answered,
            )
            for g in assessment.gateway
        ],
    )
    if assessment.outcome == "failed" and all(c.score is None for c in assessment.criteria):
        return gateway
    criteria = words_table(
        _("Profile"),
        (_("Criterion"), _("Score"), _("Reason")),
        [(criterion_name(c.criterion), score_text(c.score), c.reason or not_answered) for c in assessment.criteria],
    )
    return f'{gateway}<div style="height:.8rem"></div>{criteria}'
