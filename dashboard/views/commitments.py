"""The list of commitments: its filters, which stand in the address, and what each row says."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.selection import Selection, choose_code
from dashboard.text import _, ngettext
from dashboard.text.groups import group_name
from dashboard.text.record import status_mark, status_text, verdict_mark
from dashboard.views.commitment_calendar import calendar
from dashboard.views.commitment_days import Days, days, now
from dashboard.views.commitment_downloads import XLSX, lines_csv, lines_xlsx
from dashboard.views.commitment_rows import (
    CommitmentRow,
    as_lines,
    body_text,
    commitment_rows,
    deadline_text,
    groups_text,
    overdue_text,
)
from dashboard.views.dialogue_forms import entry_form
from data_access.models.commitments import STATUSES

ON_A_PAGE = 20
ALL = "all"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to, in codes; ``all`` (for ``where``: everywhere) narrows nothing."""

    country: str
    where: str = "here"
    body: str = ALL
    status: str = ALL
    whom: str = ALL
    overdue: str = ALL

    @property
    def view(self) -> dict[str, str]:
        """The filters as they stand in the address."""
        return {
            "country": self.country,
            "where": self.where,
            "body": self.body,
            "status": self.status,
            "whom": self.whom,
            "overdue": self.overdue,
        }


def asked_commitment(selection: Selection) -> CommitmentRow | None:
    """The commitment named in the address; None, with a notice where it is not to be shown, for the list."""
    code = st.query_params.get("commitment", "")
    if not code:
        return None
    found = next((row for row in commitment_rows(days()) if row.commitment.code == code), None)
    if found is not None and found.commitment.country == selection.country:
        return found
    st.info(_("The commitment in the address is not one of this country; here is the list."), icon=":material/info:")
    return None


def choose_filters(selection: Selection) -> Filters:
    """Draw the filters; each stands in the address and an unknown one falls back with a notice."""
    country = selection.country
    name = _(store.catalogue().countries[country].name)
    first, second, third, fourth, fifth = st.columns([3, 4, 3, 4, 2])
    with first:
        where = {"here": _("Only {country}").format(country=name), "everywhere": _("All countries")}
        place = choose_code(_("Where"), "where", list(where), where.__getitem__, default="here")
    bodies, groups = _offered("" if place == "everywhere" else country)
    statuses = {ALL: _("Every status"), **{status: status_text(status) for status in STATUSES}}
    late = {ALL: _("All"), "yes": _("Only overdue")}
    with second:
        body = choose_code(_("Body"), "body", list(bodies), bodies.__getitem__, default=ALL)
    with third:
        status = choose_code(_("Status"), "status", list(statuses), statuses.__getitem__, default=ALL)
    with fourth:
        whom = choose_code(_("For whom"), "whom", list(groups), groups.__getitem__, default=ALL)
    with fifth:
        overdue = choose_code(_("Overdue"), "overdue", list(late), late.__getitem__, default=ALL)
    return Filters(country, place, body, status, whom, overdue)


@store.remembered(64)
def _offered(country: str) -> tuple[dict[str, str], dict[str, str]]:
    """Bodies and groups that some commitment names, by code; of one country, or of all where it is empty."""
    known = store.catalogue()
    found = [c for c in store.record().commitments.values() if country in ("", c.country)]
    bodies = sorted({c.body for c in found if c.body}, key=lambda code: (body_text(code), code))
    groups = sorted({key for c in found for key in c.groups}, key=lambda key: group_name(known, key))
    return (
        {ALL: _("Every body"), **{code: body_text(code) for code in bodies}},
        {ALL: _("Everybody"), **{key: group_name(known, key) for key in groups}},
    )


@store.remembered(256)
def filtered(days: Days, filters: Filters) -> tuple[CommitmentRow, ...]:
    """The commitments that pass the filters, the earliest deadline first."""
    return tuple(
        row
        for row in commitment_rows(days)
        if filters.where == "everywhere" or row.commitment.country == filters.country
        if filters.body in (ALL, row.commitment.body)
        if filters.status in (ALL, row.status)
        if filters.whom == ALL or filters.whom in row.commitment.groups
        if filters.overdue == ALL or row.late
    )


def draw_list(filters: Filters) -> None:
    """Draw a page of the list, the links to the pages beside it, and what may be taken away."""
    rows = filtered(days(), filters)
    late = sum(row.late > 0 for row in rows)
    counted = ngettext("{count} commitment", "{count} commitments", len(rows)).format(count=f"{len(rows):,}")
    st.markdown(
        _("{commitments}, {overdue} overdue. The earliest deadline stands first.").format(
            commitments=counted, overdue=f"{late:,}"
        )
    )
    if not rows:
        return
    start = _start(len(rows))
    for row in rows[start : start + ON_A_PAGE]:
        _draw_row(row, everywhere=filters.where == "everywhere")
    _draw_pages(filters, start, len(rows))
    _draw_downloads(filters, rows)


def _start(count: int) -> int:
    """Where the page of the list begins, from ``?from=``; the first for anything that is no such place."""
    written = st.query_params.get("from", "")
    wanted = int(written) if written.isdecimal() and len(written) < 9 else 0
    return wanted // ON_A_PAGE * ON_A_PAGE if wanted < count else 0


def _draw_row(row: CommitmentRow, *, everywhere: bool) -> None:
    one = row.commitment
    link("commitments", one.wording, {"country": one.country, "commitment": one.code})
    facts = [body_text(one.body), groups_text(one), _("Deadline: {day}").format(day=deadline_text(one))]
    if everywhere:
        facts.insert(0, _(store.catalogue().countries[one.country].name))
    state = [f"**{status_mark(row.status)}**"]
    if row.late:
        state.append(f"**⚠ {plain(overdue_text(row.late))}**")
    if one.series:
        state.append(plain(_("gap: {verdict}").format(verdict=verdict_mark(row.progress.verdict))))
    words = f"{' · '.join(state)}  \n{plain(' · '.join(facts))}"
    if one.illustrative:
        illustrative_badge(f"{words} · **{_('ILLUSTRATIVE')}**", one.code)
    else:
        st.markdown(words)


def _draw_pages(filters: Filters, start: int, count: int) -> None:
    if count <= ON_A_PAGE:
        return
    last = min(start + ON_A_PAGE, count)
    st.caption(_("{first} to {last} of {count}").format(first=start + 1, last=last, count=f"{count:,}"))
    with st.container(horizontal=True):
        if start:
            link("commitments", _("Earlier deadlines"), filters.view | {"from": str(start - ON_A_PAGE)})
        if last < count:
            link("commitments", _("Later deadlines"), filters.view | {"from": str(last)})


def _draw_downloads(filters: Filters, rows: tuple[CommitmentRow, ...]) -> None:
    """The whole filtered list as a table, and its deadlines for a calendar."""
    name = "commitments-" + ("all" if filters.where == "everywhere" else filters.country.lower())
    title = _("Commitments")
    with st.container(horizontal=True):
        st.download_button(
            "CSV", lambda: lines_csv(as_lines(rows)), f"{name}.csv", "text/csv", key="rows-csv", on_click="ignore"
        )
        st.download_button(
            "XLSX",
            lambda: lines_xlsx(title, as_lines(rows)),
            f"{name}.xlsx",
            XLSX,
            key="rows-xlsx",
            on_click="ignore",
        )
        st.download_button(
            _("Deadlines for your calendar"),
            lambda: calendar(rows, title, now()),
            f"{name}.ics",
            "text/calendar",
            key="rows-ics",
            icon=":material/event:",
            on_click="ignore",
        )


def draw_form(country: str) -> None:
    """Draw the form of a new commitment, where entries are written."""
    if recording.writer("commitment") is None:
        return
    form = st.expander(_("Record a commitment"), icon=":material/add:", on_change="rerun", key="open-commitment")
    if form.open:
        with form:
            entry_form("commitment", {"country": country}, key="commitment")
