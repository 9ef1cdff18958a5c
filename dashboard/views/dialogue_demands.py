"""What was asked for at a dialogue: by whom, of which body, and what it rests on, as far as that still stands."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import store
from dashboard.text import _, ngettext
from dashboard.text.formats import short_title
from dashboard.views.commitment_rows import body_then_and_now
from data_access.queries.entries import CommitmentFacts, DemandFacts, DialogueFacts


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand in words. ``withdrawn`` says what it no longer rests on, without naming it; empty where all stands.

    ``sources`` are code and title of those that stand, ``voices`` the statements that may be shown with it.
    """

    demand: DemandFacts
    line: str
    sources: tuple[tuple[str, str], ...]
    voices: tuple[str, ...]
    withdrawn: str
    commitments: tuple[CommitmentFacts, ...]


@store.remembered(256)
def demands_of(dialogue: DialogueFacts) -> tuple[Asked, ...]:
    """The demands of a dialogue, in the order of their codes."""
    promised: dict[str, list[CommitmentFacts]] = {}
    for one in store.record().commitments.values():
        promised.setdefault(one.demand, []).append(one)
    found = store.record().demands_of.get(dialogue.code, ())
    return tuple(_asked(dialogue, demand, tuple(promised.get(demand.code, ()))) for demand in found)


def _asked(dialogue: DialogueFacts, demand: DemandFacts, commitments: tuple[CommitmentFacts, ...]) -> Asked:
    known, record = store.catalogue(), store.record()
    sources = tuple((code, short_title(known.sources[code].title)) for code in demand.sources if code in known.sources)
    voices = tuple(_voice(code) for code in demand.voices if code in record.voices)
    return Asked(
        demand,
        _("Asked by {who}, of {body}.").format(
            who=demand.asked_by or _("somebody not recorded"),
            body=body_then_and_now(demand.body, dialogue.starts[:10]) if demand.body else _("no body in particular"),
        ),
        sources,
        voices,
        " ".join(
            part
            for part in (
                _gone_sources(len(demand.sources) - len(sources)),
                _gone_voices(len(demand.voices) - len(voices)),
            )
            if part
        ),
        commitments,
    )


def _voice(code: str) -> str:
    """A statement with who said it, in translation where there is one; marked where it is invented."""
    voice = store.record().voices[code]
    words = voice.translation or voice.statement
    said = _("“{words}” — {community}").format(words=words, community=voice.community or _("community not named"))
    return _("[Illustrative, invented voice] {said}").format(said=said) if voice.illustrative else said


def _gone_sources(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "A source that this demand rested on was withdrawn; nothing of it is shown.",
        "{count} sources that this demand rested on were withdrawn; nothing of them is shown.",
        count,
    ).format(count=count)


def _gone_voices(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "A voice behind this demand was withdrawn; nothing of it is shown.",
        "{count} voices behind this demand were withdrawn; nothing of them is shown.",
        count,
    ).format(count=count)
