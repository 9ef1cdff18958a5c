"""Who works where: a country's task force as each document tells it, the documents side by side."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.record import marked_entry, partner_role_text
from dashboard.views.markup import words_table
from data_access.queries.entries import TaskForceFacts, TaskForceMemberFacts

NOT_SAID = "–"


def draw_task_force(selection: Selection) -> None:
    """Draw the focus and the members of the country's task force, and which document says so."""
    forces = task_forces(selection.country)
    if not forces:
        name = _(store.catalogue().countries[selection.country].name)
        st.markdown(plain(_("No task force is recorded for {country}.").format(country=name)))
        return
    st.markdown(plain(focus_sentence(selection.country)))
    if len(forces) > 1:
        st.caption(_("The documents do not say the same; each has its column, and none is preferred."))
    st.html(side_by_side(selection.country))
    documents = st.expander(
        _("Which document says so"), icon=":material/description:", on_change="rerun", key="task-force-documents"
    )
    if documents.open:
        with documents:
            st.markdown(said_in(selection.country))


@store.remembered(64)
def task_forces(country: str) -> tuple[TaskForceFacts, ...]:
    """The country's task force, once for each document that describes it, the earliest start first."""
    found = (one for one in store.record().task_forces.values() if one.country == country)
    return tuple(sorted(found, key=lambda one: (one.started or "9999", one.code)))


@store.remembered(64)
def focus_sentence(country: str) -> str:
    """The target and the people it works for first, as far as any document says."""
    forces = task_forces(country)
    targets = ", ".join(dict.fromkeys(one.focus_target for one in forces if one.focus_target))
    people = "; ".join(dict.fromkeys(one.focus_people for one in forces if one.focus_people))
    if targets and people:
        return _("Focus: SDG target {target}, and {people}.").format(target=targets, people=people)
    if targets:
        return _("Focus: SDG target {target}. For whom first is not recorded.").format(target=targets)
    if people:
        return _("Focus: {people}. No single SDG target is recorded.").format(people=people)
    return _("Neither a focus target nor whom it works for first is recorded.")


@store.remembered(64)
def side_by_side(country: str) -> str:
    """An HTML table: a column for each document, the focus above the organisations."""
    forces = task_forces(country)
    members = [store.record().members_of.get(force.code, ()) for force in forces]
    facts = (
        (_("Focus target"), [one.focus_target for one in forces]),
        (_("Works first for"), [one.focus_people for one in forces]),
        (_("Since"), [one.started for one in forces]),
        (_("Until"), [one.ended for one in forces]),
    )
    rows = [(label, *(cell or NOT_SAID for cell in cells)) for label, cells in facts if any(cells)]
    names = dict.fromkeys(member.organisation for named in members for member in named)
    rows += [(name, *(_parts(name, named) for named in members)) for name in names]
    header = (_("Organisation"), *(marked_entry(one.name, illustrative=one.illustrative) for one in forces))
    return words_table(_("The task force"), header, rows)


def _parts(organisation: str, members: tuple[TaskForceMemberFacts, ...]) -> str:
    """An organisation's part as one document tells it; two parts where it had two."""
    return "; ".join(_part(one) for one in members if one.organisation == organisation) or NOT_SAID


def _part(one: TaskForceMemberFacts) -> str:
    words = {"role": partner_role_text(one.role), "since": one.since, "until": one.until}
    if one.since and one.until:
        return _("{role}, {since} to {until}").format(**words)
    if one.since:
        return _("{role} since {since}").format(**words)
    if one.until:
        return _("{role} until {until}").format(**words)
    return words["role"]


@store.remembered(64)
def said_in(country: str) -> str:
    """Markdown: each task force and its members by the document that says so."""
    lines = []
    for force in task_forces(country):
        lines.append(f"**{plain(force.name)}:** {plain(force.stated_in or _('invented'))}")
        by_document: dict[str, list[str]] = {}
        for member in store.record().members_of.get(force.code, ()):
            if member.stated_in != force.stated_in:
                by_document.setdefault(member.stated_in, []).append(member.organisation)
        lines += [
            f"- {plain(', '.join(dict.fromkeys(names)))}: {plain(document or _('invented'))}"
            for document, names in by_document.items()
        ]
        lines.append("")
    return "\n".join(lines)
