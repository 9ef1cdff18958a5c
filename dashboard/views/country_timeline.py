"""What happened in a country, step by step: milestones, studies, recognition, dialogues, commitments, policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.selection import Selection
from dashboard.text import _, ngettext
from dashboard.text.formats import short_title
from dashboard.text.recognition import recognition_word
from dashboard.views.commitment_days import today_in
from dashboard.views.commitment_rows import body_text
from dashboard.views.country_timeline_chart import lanes
from dashboard.views.results_lists import shortened
from dashboard.views.results_tables import CELL, address, framed_table
from dashboard.views.results_text import step_name

AT_ONCE = 40
"""Happenings listed at once, the newest; earlier ones are opened on demand."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: the day as far as it is known, its step of the five, its words, the page it opens."""

    day: str
    step: int
    words: str
    address: str
    stated_in: str
    illustrative: bool
    to_come: bool = False


def draw_timeline(selection: Selection) -> None:
    """Draw the timeline of the five steps: a picture of when, then the list with a link for each."""
    country, today = selection.country, today_in(selection.country)
    found = happenings(country, today)
    if not found:
        st.markdown(_("Nothing is recorded yet in any of the five steps."))
        return
    st.html(picture(country, today))
    st.html(listed(country, today, 0, AT_ONCE))
    if len(found) > AT_ONCE:
        more = st.expander(_("Earlier"), on_change="rerun", key="timeline-earlier")
        if more.open:
            with more:
                st.html(listed(country, today, AT_ONCE, len(found)))
    if undated := _undated(country):
        st.caption(
            plain(
                ngettext(
                    "{count} study or commitment without a recorded day is not on the line: {names}.",
                    "{count} studies or commitments without a recorded day are not on the line: {names}.",
                    len(undated),
                ).format(count=len(undated), names="; ".join(undated))
            )
        )


@store.remembered(64)
def happenings(country: str, today: date) -> tuple[Happening, ...]:
    """Everything with a day in a country, and what the whole coalition reached, the newest first.

    A day known to its year or month only stands at the beginning of that year or month.
    """
    found = (*_milestones(country), *_studies(country), *_recognised(country), *_dialogues(country, today))
    found = (*found, *_promised(country), *_adopted(country))
    return tuple(sorted(found, key=lambda one: (one.day, one.step, one.words), reverse=True))


@store.remembered(64)
def picture(country: str, today: date) -> str:
    """The five lanes as a picture; the list below says the same in words."""
    marks = [(one.day, one.step, one.illustrative) for one in happenings(country, today)]
    return lanes(marks, today, {step: step_name(step) for step in range(1, 6)})


@store.remembered(64)
def listed(country: str, today: date, first: int, last: int) -> str:
    """The happenings from ``first`` up to ``last`` as an HTML table; each opens its page. No text is markup."""
    head = "".join(f'<th scope="col" style="{CELL}">{escape(name)}</th>' for name in (_("Day"), _("What"), _("Step")))
    body = "".join(_row(one) for one in happenings(country, today)[first:last])
    return framed_table(_("The five steps, the newest first"), head, body)


def _row(one: Happening) -> str:
    words = escape(one.words)
    if one.address:
        words = f'<a href="{escape(one.address)}" style="color:inherit">{words}</a>'
    marks = [_("to come")] if one.to_come else []
    marks += [_("ILLUSTRATIVE")] if one.illustrative else []
    stated = " · ".join([*marks, *([shortened(one.stated_in)] if one.stated_in else [])])
    small = f'<br><small style="opacity:.8">{escape(stated)}</small>' if stated else ""
    stripes = _STRIPES if one.illustrative else ""
    return (
        f'<tr style="{stripes}">'
        f'<th scope="row" style="{CELL};font-weight:600;white-space:nowrap">{escape(one.day)}</th>'
        f'<td style="{CELL};min-width:13rem;overflow-wrap:anywhere">{words}{small}</td>'
        f'<td style="{CELL}">{one.step} · {escape(step_name(one.step))}</td></tr>'
    )


_STRIPES = "background:repeating-linear-gradient(135deg,rgba(194,80,10,.14) 0 8px,rgba(194,80,10,.03) 8px 16px)"


def _milestones(country: str) -> Iterator[Happening]:
    for one in store.record().milestones.values():
        if one.country in ("", country):
            words = one.title if one.country else _("{title} (the whole coalition)").format(title=one.title)
            words = f"{words}. {one.what}" if one.what else words
            yield Happening(one.happened_on, one.step, words, "", one.stated_in, one.illustrative)


def _studies(country: str) -> Iterator[Happening]:
    for source in store.catalogue().sources.values():
        if source.origin == "community" and country in source.countries and source.fieldwork_start:
            words = _("Collected with communities: {source}").format(source=short_title(source.title))
            where = address("sources", {"country": country, "source": source.code})
            stated = "" if source.illustrative else source.citation
            yield Happening(source.fieldwork_start, 2, words, where, stated, source.illustrative)


def _recognised(country: str) -> Iterator[Happening]:
    sources = store.catalogue().sources
    for one in store.record().recognition.values():
        source = sources.get(one.source)
        if source is None or country not in source.countries:
            continue
        words = _("{source}: {event}, {body}").format(
            source=short_title(source.title),
            event=recognition_word(one.event),
            body=body_text(one.body, one.happened_on),
        )
        where = address("sources", {"country": country, "source": one.source})
        yield Happening(one.happened_on, 2, words, where, one.document or one.stated_in, one.illustrative)


def _dialogues(country: str, today: date) -> Iterator[Happening]:
    for one in store.record().dialogues.values():
        if one.country == country:
            day = one.starts[:10]
            words = _("Dialogue: {title}").format(title=one.title)
            where = address("dialogues", {"country": country, "dialogue": one.code})
            yield Happening(day, 3, words, where, one.stated_in, one.illustrative, day > today.isoformat())


def _promised(country: str) -> Iterator[Happening]:
    for one in store.record().commitments.values():
        if one.country == country and one.agreed_on:
            words = _("Commitment of {body}: {wording}").format(
                body=body_text(one.body, one.agreed_on), wording=one.wording
            )
            where = address("commitments", {"country": country, "commitment": one.code})
            yield Happening(one.agreed_on, 4, words, where, one.stated_in, one.illustrative)


def _adopted(country: str) -> Iterator[Happening]:
    for one in store.record().policies.values():
        if one.country == country:
            words = _("Policy of {body}: {title}").format(body=body_text(one.body, one.adopted_on), title=one.title)
            view = {"country": country, "commitment": one.commitment}
            where = address("commitments", view) if one.commitment else ""
            yield Happening(one.adopted_on, 5, words, where, one.stated_in, one.illustrative)


@store.remembered(64)
def _undated(country: str) -> tuple[str, ...]:
    studies = [
        short_title(source.title)
        for source in store.catalogue().sources.values()
        if source.origin == "community" and country in source.countries and not source.fieldwork_start
    ]
    promised = [c.wording for c in store.record().commitments.values() if c.country == country and not c.agreed_on]
    return (*studies, *promised)
