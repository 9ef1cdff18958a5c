"""One dialogue: when and where, who sat at the table, which figures lay on it, what was asked and promised."""

from __future__ import annotations

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.text import _
from dashboard.text.record import level_text, status_mark
from dashboard.views.commitment_days import days, is_upcoming, now, when_text
from dashboard.views.commitment_rows import (
    CommitmentRow,
    body_then_and_now,
    commitment_rows,
    deadline_text,
    overdue_text,
)
from dashboard.views.dialogue_agenda import AgendaFigure, agenda_of, gap_lines, since_text
from dashboard.views.dialogue_demands import demands_of
from dashboard.views.dialogue_forms import entry_form
from dashboard.views.dialogue_replies import draw_replies
from dashboard.views.dialogue_table import table_of, table_rows, total_text
from dashboard.views.markup import words_table
from dashboard.views.minutes import minutes_csv, minutes_markdown, minutes_text
from data_access.queries.entries import DialogueFacts


def draw_dialogue(dialogue: DialogueFacts) -> None:
    """Draw a dialogue whole."""
    st.title(plain(dialogue.title))
    if dialogue.illustrative:
        illustrative_badge(_("**Illustrative: this dialogue is invented. Not evidence.**"), dialogue.code)
    st.markdown("\n".join(f"- **{label}:** {plain(value)}" for label, value in facts(dialogue).items()))
    if dialogue.summary:
        st.markdown(plain(dialogue.summary))
    view = {"country": dialogue.country, "dialogue": dialogue.code}
    link("dialogues", _("Present it in the room"), view | {"present": "1"})
    st.header(_("Who sat at the table"))
    _draw_table(dialogue)
    st.header(_("On the agenda"))
    agenda = agenda_of(dialogue)
    if not agenda:
        st.info(_("No figure is recorded on the agenda."))
    for figure in agenda:
        _draw_figure(dialogue, figure)
    st.header(_("Demands"))
    _draw_demands(dialogue)
    st.header(_("Commitments"))
    promised = commitments_of(dialogue)
    if not promised:
        st.markdown(_("No commitment is recorded from this dialogue."))
    for row in promised:
        _draw_commitment(row)
    st.header(_("Minutes"))
    _draw_minutes(dialogue)
    _draw_forms(dialogue)


def facts(dialogue: DialogueFacts) -> dict[str, str]:
    """When, where, at which level, by whom and on what."""
    known = store.catalogue()
    area = _(known.areas[dialogue.area].name) if dialogue.area in known.areas else ""
    where = ", ".join(part for part in (dialogue.place, area, _(known.countries[dialogue.country].name)) if part)
    return {
        _("When"): when_text(dialogue),
        _("Where"): where,
        _("Level"): level_text(dialogue.level),
        _("Convened by"): dialogue.convened_by or _("not recorded"),
        _("SDG target"): dialogue.target or _("none in particular"),
        _("Stated in"): dialogue.stated_in or _("nowhere: this is an example"),
    }


def commitments_of(dialogue: DialogueFacts) -> list[CommitmentRow]:
    """The commitments a dialogue led to, the earliest deadline first."""
    return [row for row in commitment_rows(days()) if row.commitment.dialogue == dialogue.code]


def _draw_table(dialogue: DialogueFacts) -> None:
    table = table_of(dialogue.code)
    if table.seats:
        header = (_("Seat"), _("For whom"), _("Number"), _("Of whom women"))
        st.html(words_table(_("Participants by seat and group"), header, table_rows(table)))
    st.markdown(plain(total_text(table)))


def _draw_figure(dialogue: DialogueFacts, figure: AgendaFigure) -> None:
    st.markdown(f"### {figure.item.position}. {plain(figure.name)}")
    if figure.illustrative:
        illustrative_badge(_("**ILLUSTRATIVE: contains invented figures. Not evidence.**"), figure.item.code)
    lines = [*gap_lines(figure), since_text(figure, upcoming=is_upcoming(dialogue, now())), figure.item.remark]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines if line))
    draw_replies(figure.figures, figure.item.code)
    link("gaps", _("This gap on the Gaps page"), dict(figure.view))


def _draw_demands(dialogue: DialogueFacts) -> None:
    demands = demands_of(dialogue)
    if not demands:
        st.markdown(_("No demand is recorded."))
    for asked in demands:
        st.markdown(f"**{plain(asked.demand.wording)}**  \n{plain(asked.line)}")
        if asked.withdrawn:
            st.warning(plain(asked.withdrawn), icon=":material/block:")
        for voice in asked.voices:
            st.markdown(f"- {plain(voice)}")
        for code, title in asked.sources:
            link("sources", _("Rests on {source}").format(source=title), {"country": dialogue.country, "source": code})
        if not asked.commitments:
            st.caption(_("No commitment answers it yet."))


def _draw_commitment(row: CommitmentRow) -> None:
    one = row.commitment
    link("commitments", one.wording, {"country": one.country, "commitment": one.code})
    late = f" · **⚠ {plain(overdue_text(row.late))}**" if row.late else ""
    body = plain(body_then_and_now(one.body, one.agreed_on))
    st.markdown(f"**{status_mark(row.status)}**{late}  \n{body} · {plain(deadline_text(one))}")


def _draw_minutes(dialogue: DialogueFacts) -> None:
    """The minutes to take away."""
    name = dialogue.code.lower()
    formats = (
        (_("Text"), "txt", "text/plain", minutes_text),
        ("Markdown", "md", "text/markdown", minutes_markdown),
        ("CSV", "csv", "text/csv", minutes_csv),
    )
    with st.container(horizontal=True):
        for label, extension, kind, written in formats:
            st.download_button(
                label,
                lambda written=written: written(dialogue),  # type: ignore[misc]
                f"minutes-{name}.{extension}",
                kind,
                key=f"minutes-{extension}",
                on_click="ignore",
            )


def _draw_forms(dialogue: DialogueFacts) -> None:
    """The forms of what belongs to a dialogue, where entries are written."""
    forms = {
        "dialogue_participants": _("Record participants"),
        "agenda_item": _("Record an agenda item"),
        "demand": _("Record a demand"),
        "commitment": _("Record a commitment"),
    }
    offered = {kind: label for kind, label in forms.items() if recording.writer(kind) is not None}
    if not offered:
        return
    st.header(_("Record"))
    invented = "yes" if dialogue.illustrative else "no"
    given = {"country": dialogue.country, "dialogue": dialogue.code, "illustrative": invented}
    for kind, label in offered.items():
        form = st.expander(label, icon=":material/add:", on_change="rerun", key=f"open-{kind}")
        if form.open:
            with form:
                entry_form(kind, given, key=f"{kind}-{dialogue.code}")
