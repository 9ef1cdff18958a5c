"""Questions on the page: the file's text, how many rows wait, and the choices."""

from __future__ import annotations

from itertools import islice

import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.desk.intake import Intake
from dashboard.desk.mapping_text import facts_of, leaving_out, taking_once
from dashboard.desk.questions import Question, asked, doubts, others
from dashboard.text import _, ngettext
from data_access.importing.desk.confirmed import CONFIRMED
from data_access.importing.findings import Finding
from data_access.importing.mapping.answering import with_answers

AT_ONCE = 25
"""Questions drawn at once; the next follow when these are answered and the file is tried again."""
NONE_OF_THESE = "\0"
ONLY_BY_MENDING = ("repeated", "no_value")
"""Doubts that no word can settle: the file or the mapping must be mended."""


def ask(intake: Intake) -> None:
    """Draw what the file leaves open; a choice is remembered at once and counts from the next try on."""
    questions, open_doubts = asked(intake.findings), doubts(intake.findings)
    if not questions and not open_doubts:
        st.markdown(_("No questions are open."))
        return
    for question in islice(questions, AT_ONCE):
        _one(intake, question)
    if len(questions) > AT_ONCE:
        more = len(questions) - AT_ONCE
        st.caption(
            ngettext(
                "{more} more question follows after the next try.",
                "{more} more questions follow after the next try.",
                more,
            ).format(more=f"{more:,}")
        )
    for key, found in islice(open_doubts.items(), AT_ONCE):
        _doubt(intake, key, found)
    if any(about != CONFIRMED for about in intake.answers):
        st.button(
            _("Write the answers into the mapping"),
            key="desk-answers-write",
            on_click=_write_answers,
            args=(intake,),
            help=_("So that they travel with the mapping when it is downloaded or used for another file."),
        )
    st.caption(
        _(
            "What you choose is remembered, counts from the next try on, and is kept with the release: "
            "next year's round does not ask again."
        )
    )


def _write_answers(intake: Intake) -> None:
    intake.mapping = with_answers(intake.mapping, intake.answers)
    intake.answers = {about: given for about, given in intake.answers.items() if about == CONFIRMED}


def _one(intake: Intake, question: Question) -> None:
    kinds = {"area": _("Which place is this?"), "series": _("Which indicator is this?")}
    title = kinds.get(question.about) or _("Which group is this?")
    place = _place(question.finding)
    if not question.about:
        st.markdown(
            f"**“{plain(question.text)}”** ({plain(place)}) — {plain(question.finding.what)} "
            + _("Answer it in the mapping above: {mend}").format(mend=plain(question.finding.mend))
        )
        return
    names = dict(question.likely)
    countries = (facts_of(intake.mapping) or {}).get("countries") or ()
    further = others(store.catalogue(), question.about, countries)
    options = ["", *names, *sorted(set(further) - set(names), key=lambda c: further[c]), NONE_OF_THESE]
    box, left = (
        f"desk-answer-{question.about}-{question.text}",
        leaving_out(intake.mapping, question.finding.column, question.text),
    )

    def shown(code: str) -> str:
        if code == "":
            return _("not answered")
        if code == NONE_OF_THESE:
            return _("None of these: leave its rows out")
        return f"{names[code]} · {code}" if code in names else f"{further[code]} · {code}"

    if left is None:
        options.remove(NONE_OF_THESE)
    given = intake.answers.get(question.about, {}).get(question.text, "")
    st.session_state[box] = given if given in options else ""

    def remember() -> None:
        chosen = st.session_state[box]
        answers = intake.answers.setdefault(question.about, {})
        answers.pop(question.text, None)
        if chosen == NONE_OF_THESE:
            intake.mapping = leaving_out(intake.mapping, question.finding.column, question.text) or intake.mapping
        elif chosen:
            answers[question.text] = chosen
        if not answers:
            del intake.answers[question.about]

    st.selectbox(
        plain(_("“{text}”: {title}").format(text=question.text, title=title)),
        options,
        format_func=shown,
        key=box,
        on_change=remember,
        help=_("Those spelt most alike come first; below them everything that is known. Type to search."),
    )
    st.caption(plain(f"{place}: {question.finding.what}"))


def _doubt(intake: Intake, key: str, found: list[Finding]) -> None:
    first = found[0]
    rows = ", ".join(str(one.row) for one in found[:8] if one.row) + (" …" if len(found) > 8 else "")
    st.markdown(f"**{plain(first.what)}** {plain(first.mend)}")
    st.caption(
        plain(
            _("{place}: {count} figures, rows {rows}").format(place=_place(first), count=f"{len(found):,}", rows=rows)
        )
    )
    if first.rule in ONLY_BY_MENDING:
        _only_by_mending(intake, first)
        return
    box = f"desk-doubt-{key}"
    st.session_state[box] = key in intake.answers.get(CONFIRMED, {})

    def remember() -> None:
        confirmed = intake.answers.setdefault(CONFIRMED, {})
        if st.session_state[box]:
            confirmed[key] = first.what
        else:
            confirmed.pop(key, None)
        if not confirmed:
            del intake.answers[CONFIRMED]

    st.checkbox(_("We looked into it: the figures are as the partner means them"), key=box, on_change=remember)


def _only_by_mending(intake: Intake, first: Finding) -> None:
    """Say plainly that looking into it is not enough, and offer what a mapping can decide."""
    if first.rule != "repeated":
        st.markdown(_("Looking into it does not settle this: write into the file or the mapping why there is none."))
        return
    if taking_once(intake.mapping) is None:
        st.markdown(_("Looking into it does not settle this: they differ in a note or another column. Take one out."))
        return
    st.markdown(_("Looking into it does not settle this: take one of them out of the file, or let the mapping decide."))
    st.button(
        _("Take once what stands twice, the same in everything"),
        key="desk-take-once",
        on_click=_take_once,
        args=(intake,),
        help=_(
            "Writes “repeated: once” into each table of the mapping. Rows that differ in anything stay asked about."
        ),
    )


def _take_once(intake: Intake) -> None:
    intake.mapping = taking_once(intake.mapping) or intake.mapping


def _place(finding: Finding) -> str:
    parts = (
        finding.sheet and _("sheet {sheet}").format(sheet=finding.sheet),
        finding.column and _("column {column}").format(column=finding.column),
        _("first in row {row}").format(row=finding.row) if finding.row else "",
    )
    return ", ".join(part for part in parts if part) or finding.file
