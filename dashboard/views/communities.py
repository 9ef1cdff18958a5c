"""Back to the communities: what is recorded to have come of a community's data. Nothing here claims a cause."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.text import _
from dashboard.text.groups import group_name
from dashboard.text.record import ladder_text, marked_entry, stage_text, status_mark
from dashboard.views.commitment_days import days
from dashboard.views.commitment_rows import CommitmentRow, commitment_rows, deadline_text, overdue_text
from data_access.queries.catalogue import SourceFacts
from data_access.queries.entries import DemandFacts, DialogueFacts, ParticipationFacts, ReturnedFacts


@dataclass(frozen=True)
class Community:
    """One community as the entries name it: what it was brought back, and where it took part."""

    name: str
    returned: tuple[ReturnedFacts, ...]
    took_part: tuple[ParticipationFacts, ...]


@dataclass(frozen=True)
class CameOfIt:
    """All that is recorded of one source: by community, then what rests on the source as a whole."""

    communities: tuple[Community, ...]
    demands: tuple[DemandFacts, ...]
    dialogues: tuple[DialogueFacts, ...]
    commitments: tuple[str, ...]


@store.remembered(256)
def came_of(code: str) -> CameOfIt:
    """What is recorded to have followed from a source.

    Demands that name it, commitments made on such a demand, with a baseline from it or named with what was returned,
    and the dialogues of all these.
    """
    record = store.record()
    returned = record.returned_of.get(code, ())
    took_part = tuple(p for p in record.participation.values() if p.source == code)
    demands = tuple(d for d in record.demands.values() if code in d.sources)
    asked = {demand.code for demand in demands}
    named = {one.commitment for one in returned}
    commitments = tuple(
        c.code
        for c in record.commitments.values()
        if c.code in named or c.demand in asked or (c.baseline_source == code)
    )
    places = {d.dialogue for d in demands} | {r.dialogue for r in returned} | {p.dialogue for p in took_part}
    places |= {record.commitments[c].dialogue for c in commitments}
    dialogues = sorted((record.dialogues[d] for d in places if d in record.dialogues), key=lambda d: (d.starts, d.code))
    names = dict.fromkeys([*(r.community for r in returned), *(p.community for p in took_part)])
    return CameOfIt(
        tuple(
            Community(
                name,
                tuple(r for r in returned if r.community == name),
                tuple(p for p in took_part if p.community == name),
            )
            for name in names
        ),
        demands,
        tuple(dialogues),
        commitments,
    )


def draw_what_came_of_it(source: SourceFacts) -> None:
    """Draw, by community and then for the source, what is recorded to have followed from its data."""
    if source.origin != "community":
        return
    found, words = came_of(source.code), came_of_words(source.code)
    st.markdown(f"#### {_('Back to the communities')}")
    st.caption(
        _("What is recorded to have followed, by date. That one thing came after another does not make it the cause.")
    )
    if source.illustrative and (found.communities or found.demands or found.commitments):
        invented = _("**Illustrative: everything in this section is invented.**")
        illustrative_badge(f"{invented}\n\n{words}", f"back-{source.code}")
    else:
        st.markdown(words)
    for dialogue in found.dialogues:
        words = _("Dialogue: {title}, {day}").format(title=dialogue.title, day=dialogue.starts[:10])
        link("dialogues", words, {"country": dialogue.country, "dialogue": dialogue.code})
    for row in commitment_rows(days()):
        if row.commitment.code in found.commitments:
            _draw_commitment(row)


@store.remembered(256)
def came_of_words(code: str) -> str:
    """Markdown: what each community was brought back and took part in, then what rests on the source as a whole."""
    found = came_of(code)
    parts = []
    if not any(community.returned for community in found.communities):
        parts.append(plain(_("No findings are recorded to have been brought back to a community.")))
    parts += [_community(community) for community in found.communities]
    return "\n\n".join([*parts, f"**{_('The source as a whole')}**", _rests_on_it(found)])


def _draw_commitment(row: CommitmentRow) -> None:
    one = row.commitment
    st.markdown(status_line(row))
    link("commitments", one.wording, {"country": one.country, "commitment": one.code})


def status_line(row: CommitmentRow) -> str:
    """ "**◑ Under way** · **⚠ Overdue by 12 days** · Deadline: 2026-11-11" as Markdown."""
    parts = [f"**{status_mark(row.status)}**"]
    if row.late:
        parts.append(f"**⚠ {plain(overdue_text(row.late))}**")
    parts.append(plain(_("Deadline: {day}").format(day=deadline_text(row.commitment))))
    return " · ".join(parts)


def _community(community: Community) -> str:
    lines = [f"**{plain(community.name)}**", ""]
    lines += [f"- {plain(returned_sentence(one))}" for one in community.returned]
    if not community.returned:
        lines.append(f"- {plain(_('No findings are recorded to have been brought back to them.'))}")
    lines += [f"- {plain(_took_part(one))}" for one in community.took_part]
    return "\n".join(lines)


def returned_sentence(one: ReturnedFacts) -> str:
    """Findings brought back: when, to whom and where, how, and what they said to it."""
    known = store.catalogue()
    places = [group_name(known, one.group)] if one.group else []
    if one.area in known.areas:
        places.append(_(known.areas[one.area].name))
    sentence = _("Findings brought back on {day}{where}: {how}. {said}").format(
        day=one.returned_on,
        where=f" ({'; '.join(places)})" if places else "",
        how=one.how.rstrip("."),
        said=_("What they said: {words}").format(words=one.what_they_said)
        if one.what_they_said
        else _("What they said is not recorded."),
    )
    return marked_entry(sentence, illustrative=one.illustrative)


def _took_part(one: ParticipationFacts) -> str:
    sentence = (
        _("Took part in {stage}: {level}, {day}. {what}")
        .format(
            stage=stage_text(one.stage).lower(),
            level=ladder_text(one.level).lower(),
            day=one.happened_on or _("day not recorded"),
            what=one.what,
        )
        .strip()
    )
    return marked_entry(sentence, illustrative=one.illustrative)


def _rests_on_it(found: CameOfIt) -> str:
    """The demands that name the source, then a word on dialogues and commitments where there are none."""
    lines = [
        plain(
            marked_entry(
                _("Demand: {wording} Asked by {who}.").format(
                    wording=one.wording, who=one.asked_by or _("somebody not recorded")
                ),
                illustrative=one.illustrative,
            )
        )
        for one in found.demands
    ]
    if not found.demands:
        lines.append(plain(_("No demand is recorded that names this source.")))
    if not found.dialogues:
        lines.append(plain(_("No dialogue is recorded in which it was spoken of.")))
    if not found.commitments:
        lines.append(plain(_("No commitment is recorded that goes back to it.")))
    return "\n".join(f"- {line}" for line in lines)
