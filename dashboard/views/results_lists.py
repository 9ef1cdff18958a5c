"""The entries behind a number: what each says in a line, where it is stated, and the page it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from dashboard import store
from dashboard.text import _
from dashboard.text.groups import group_name, series_name
from dashboard.text.record import event_text, ladder_text, response_text, stage_text, status_text, verdict_mark
from dashboard.views.commitment_figures import progress_of
from dashboard.views.results_tables import CELL, address, framed_table, linked
from data_access.measures.results_listed import Listed
from data_access.queries import entries

SHOWN_AT_ONCE = 100
"""Lines of a list on the page; the others are on its further pages and in the file."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in words: ``text`` what it is, ``short`` what of that may stand in a file, ``page``, ``view`` its place.

    ``page`` is empty for an entry that no page shows by itself.
    """

    text: str
    short: str
    page: str
    view: Mapping[str, str]
    stated_in: str


def entry_line(listed: Listed) -> EntryLine:
    """What an entry behind a number says."""
    if listed.kind == "source":
        return _source_line(listed.code)
    found = store.record().of_kind[listed.kind][listed.code]
    text, short, page, view = _WORDS[listed.kind](found)
    return EntryLine(text, short, page, view, found.stated_in)


def entry_table(caption: str, shown: tuple[Listed, ...], *, countries: bool) -> str:
    """The entries as an HTML table: each opens the page it belongs to, and says where it is stated.

    ``countries`` adds a column with them. No text of an entry is read as markup.
    """
    known = store.catalogue()
    header = (_("Entry and where it is stated"), *((_("Countries"),) if countries else ()), _("Date"))
    rows = []
    for listed in shown:
        line = entry_line(listed)
        text = linked(line.text, address(line.page, line.view))
        stated = escape(shortened(line.stated_in) or _("invented"))
        where = ", ".join(_(known.countries[code].name) for code in listed.countries) or _("The whole coalition")
        rows.append(
            f'<tr><th scope="row" style="{CELL};font-weight:400;min-width:13rem;overflow-wrap:anywhere">{text}'
            f'<br><small style="opacity:.8">{stated}</small></th>'
            + (f'<td style="{CELL}">{escape(where)}</td>' if countries else "")
            + f'<td style="{CELL};white-space:nowrap">{escape(listed.on or _("not known"))}</td></tr>'
        )
    head = "".join(f'<th scope="col" style="{CELL}">{escape(cell)}</th>' for cell in header)
    return framed_table(caption, head, "".join(rows))


def shortened(text: str) -> str:
    """Where something is stated, in a line; the files have all of it."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0].rstrip(",.;") + " …"


_LONGEST = 150
_Said = tuple[str, str, str, dict[str, str]]


def _source_line(code: str) -> EntryLine:
    source = store.catalogue().sources[code]
    events = store.record().recognition_of.get(code, ())
    text = source.title
    if events:
        text += f" — {event_text(events[-1].event)}, {_body(events[-1].body, events[-1].happened_on)}"
    stated = "" if source.illustrative else source.citation or source.obtained_from
    return EntryLine(text, text, "sources", {"source": code}, stated)


def _body(code: str, on: str) -> str:
    return store.record().body_name(code, on) if code in store.record().bodies else _("a body no longer shown")


def _member(one: entries.TaskForceMemberFacts) -> _Said:
    force = store.record().task_forces.get(one.task_force)
    return one.organisation, one.organisation, "country", {"country": force.country if force else ""}


def _stock_take(one: entries.StockTakeFacts) -> _Said:
    text = f"{one.organisation}: {one.what}"
    return text, text, "knowledge_gaps", {"country": one.country, "group": one.group}


def _voice(one: entries.VoiceFacts) -> _Said:
    """The words of a voice only as far as consent reaches: none outside the dialogue, none in a file."""
    kept_back = _("A voice shared in the dialogue only")
    where = {"country": one.country}
    if one.consent_scope == "dialogue_only":
        return kept_back, kept_back, "country", where
    text = f"“{one.translation or one.statement}” — {one.community}"
    short = text if one.consent_scope == "everywhere" else _("A voice that may not stand in documents")
    return text, short, "country", where


def _plan(one: entries.PlanFacts) -> _Said:
    known = store.catalogue()
    universe = store.availability(one.country, one.series).universe
    what = f"{series_name(known.series[one.series])} · {group_name(known, one.group, universe)}"
    text = _("{what}: {organisation}, due {due}").format(what=what, organisation=one.organisation, due=one.due)
    view = {"country": one.country, "indicator": one.series, "group": one.group}
    return text, text, "knowledge_gaps", view


def _dialogue(one: entries.DialogueFacts) -> _Said:
    return one.title, one.title, "dialogues", {"country": one.country, "dialogue": one.code}


def _demand(one: entries.DemandFacts) -> _Said:
    dialogue = store.record().dialogues.get(one.dialogue)
    view = {"country": dialogue.country, "dialogue": dialogue.code} if dialogue else {}
    return one.wording, one.wording, "dialogues" if dialogue else "", view


def _official_reply(one: entries.ReplyFacts) -> _Said:
    text = f"{_body(one.body, one.replied_on)}: {one.wording}"
    view = {"country": one.country, "indicator": one.series, "group": one.group, "year": one.time_period}
    return text, text, "gaps", view


def _commitment(one: entries.CommitmentFacts) -> _Said:
    record = store.record()
    statuses = record.statuses_of.get(one.code, ())
    parts = [one.wording, _body(one.body, one.agreed_on)]
    if statuses:
        parts.append(_("{status} since {day}").format(status=status_text(statuses[-1].status), day=statuses[-1].since))
    if one.deadline:
        parts.append(_("due {day}").format(day=one.deadline))
    parts += [
        f"{response_text(said.response)}: {_body(said.body, said.responded_on)}"
        for said in record.responses_of.get(one.code, ())[-1:]
    ]
    progress = progress_of(one.code)
    if progress.verdict != "cannot_say":
        parts.append(_("gap since the baseline: {verdict}").format(verdict=verdict_mark(progress.verdict)))
    text = " — ".join(parts)
    return text, text, "commitments", {"country": one.country, "commitment": one.code}


def _policy(one: entries.PolicyFacts) -> _Said:
    text = f"{one.title} — {_body(one.body, one.adopted_on)}"
    if not one.commitment:
        return text, text, "", {}
    return text, text, "commitments", {"country": one.country, "commitment": one.commitment}


def _participation(one: entries.ParticipationFacts) -> _Said:
    text = f"{one.community}: {stage_text(one.stage)}, {ladder_text(one.level)}" + (f". {one.what}" if one.what else "")
    if one.dialogue:
        return text, text, "dialogues", {"country": one.country, "dialogue": one.dialogue}
    if one.source:
        return text, text, "sources", {"source": one.source}
    return text, text, "country", {"country": one.country}


def _returned(one: entries.ReturnedFacts) -> _Said:
    text = f"{one.community}: {one.how}"
    return text, text, "sources", {"source": one.source}


def _concern(one: entries.ConcernFacts) -> _Said:
    """That something was raised, never what: its words are for the steward."""
    names = {"correction": _("Correction"), "complaint": _("Complaint"), "question": _("Question")}
    source = store.catalogue().sources.get(one.source)
    text = f"{names[one.kind]} — {source.title if source else _('a source no longer shown')}"
    return text, text, "sources", {"source": one.source if source else ""}


_WORDS: Mapping[str, Callable[..., _Said]] = {
    "task_force_member": _member,
    "stock_take_entry": _stock_take,
    "voice": _voice,
    "data_generation_plan": _plan,
    "dialogue": _dialogue,
    "demand": _demand,
    "official_reply": _official_reply,
    "commitment": _commitment,
    "policy": _policy,
    "participation": _participation,
    "returned_finding": _returned,
    "concern": _concern,
}
