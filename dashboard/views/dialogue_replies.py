"""Official replies: what a body says about a figure, shown beside the figure wherever it is explained."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import illustrative_badge, plain
from dashboard.text import _
from dashboard.text.formats import short_title, shown
from dashboard.text.groups import group_name, series_name
from dashboard.text.record import marked_entry, reply_mark
from dashboard.views.dialogue_forms import entry_form
from data_access.figures import Figure
from data_access.queries.entries import ReplyFacts


def replies_to(figure: Figure) -> tuple[ReplyFacts, ...]:
    """The official replies to a figure, the oldest first."""
    found = store.record().replies_to
    keys = [figure.group]
    if figure.group and figure.group == store.availability(figure.country, figure.series).universe:
        keys.append("")  # a reply to everyone's figure may leave out what everyone shares
    replies = [r for key in keys for r in found.get(_key(figure, key), ())]
    return tuple(sorted(replies, key=lambda reply: (reply.replied_on, reply.code)))


def replies_beside(figure: Figure) -> tuple[str, ...]:
    """The official replies to a figure as sentences, each marked where it is invented."""
    return tuple(reply_sentence(reply) for reply in replies_to(figure))


def reply_sentence(reply: ReplyFacts) -> str:
    """One reply: who, when, confirms or disputes, in which words and in which document."""
    record = store.record()
    body = record.body_name(reply.body, reply.replied_on) if reply.body in record.bodies else _("A public body")
    said = _("Official reply, {body}, {day}. {mark}: “{words}”").format(
        body=body, day=reply.replied_on, mark=reply_mark(reply.confirms), words=reply.wording
    )
    if reply.document:
        said = _("{reply} Document: {document}.").format(reply=said, document=reply.document)
    return marked_entry(said, illustrative=reply.illustrative)


def draw_replies(figures: Iterable[Figure], key: str) -> None:
    """Draw the replies to each of the figures, naming the figure, and for a counterpart the form to attach one.

    ``key`` is unique on its page.
    """
    figures = list({_key(figure, figure.group): figure for figure in figures}.values())
    for number, figure in enumerate(figures):
        for place, reply in enumerate(replies_to(figure)):
            said = plain(f"{_named(figure)} — {reply_sentence(reply)}")
            if reply.illustrative:
                illustrative_badge(said, f"reply-{key}-{number}-{place}")
            else:
                st.markdown(said)
    if figures and recording.writer("official_reply"):
        _attach(figures, key)


def _attach(figures: list[Figure], key: str) -> None:
    form = st.expander(
        _("Attach an official reply"), icon=":material/reply:", on_change="rerun", key=f"reply-open-{key}"
    )
    if not form.open:
        return
    with form:
        chosen = st.selectbox(
            _("To which figure"), range(len(figures)), format_func=lambda i: _named(figures[i]), key=f"reply-to-{key}"
        )
        figure = figures[chosen]
        entry_form(
            "official_reply",
            {
                "country": figure.country,
                "source": figure.source,
                "series": figure.series,
                "group": figure.group,
                "area": figure.area,
                "time_period": figure.time_period,
                "illustrative": "yes" if figure.illustrative else "no",
            },
            key=f"reply-{key}-{chosen}",
        )


def _named(figure: Figure) -> str:
    known = store.catalogue()
    universe = store.availability(figure.country, figure.series).universe
    return _("{series}, {group}, {area}, {period}: {value} ({source})").format(
        series=series_name(known.series[figure.series]),
        group=group_name(known, figure.group, universe),
        area=_(figure.area_name),
        period=figure.time_period,
        value=shown(figure),
        source=short_title(figure.source_title),
    )


def _key(figure: Figure, group: str) -> tuple[str, str, str, str, str]:
    return figure.source, figure.series, group, figure.area, figure.time_period
