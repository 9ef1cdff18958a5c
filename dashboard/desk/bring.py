"""Bringing a file in, step by step: the file, what it means, questions, everything found, what would change, keep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.chrome import plain
from dashboard.desk.asking import ask
from dashboard.desk.dry_run import show_dry_run
from dashboard.desk.found import list_findings
from dashboard.desk.intake import ADDRESS, Intake, at_hand
from dashboard.desk.looking import Look
from dashboard.desk.mapping_step import say_what_it_means
from dashboard.desk.next_step import next_step
from dashboard.desk.progress import watch
from dashboard.text import _, ngettext
from data_access.people.current import CurrentUser
from data_access.releases.overview import DeskLine

KINDS = ["csv", "txt", "tsv", "xlsx", "xls", "ods", "xml"]
MOST_MEGABYTES, WIDGET_MEGABYTES = 50, 200
UPLOADS, LOST = "desk-uploads", "desk-lost"


@dataclass(frozen=True)
class AtWork:
    """Who brings files in, and the mappings that earlier rounds left."""

    by: CurrentUser
    earlier: dict[str, DeskLine]


def bring_in(work: AtWork) -> None:
    """Draw the way in, from wherever the file stands."""
    intake = _in_hand()
    st.info(next_step(intake), icon=":material/arrow_forward:")
    st.subheader(_("1. The file"))
    if intake is None:
        _ask_for_a_file(work.by)
        return
    _put_away(intake)
    if watch(intake, intake.looking):
        return
    look = intake.look
    if look is None:
        return
    _say_how_it_was_read(look)
    st.subheader(_("2. What it means"))
    say_what_it_means(intake, look, work.earlier)
    st.subheader(_("3. Check and try"))
    _try(intake)
    if intake.work is None or not intake.work.dry or watch(intake, intake.work) or intake.work.outcome is None:
        if intake.work is not None and not intake.work.dry:
            _keep(intake)
        return
    if intake.stale:
        st.warning(_("The mapping or an answer has changed since: what stands below is of the last try."))
    st.subheader(_("4. Questions to answer"))
    ask(intake)
    st.subheader(_("5. Everything that was found"))
    list_findings(intake)
    st.subheader(_("6. What would change"))
    show_dry_run(intake)
    _keep(intake)


def _in_hand() -> Intake | None:
    token = st.query_params.get(ADDRESS, "")
    found = at_hand().find(token) if token else None
    if token and found is None:
        del st.query_params[ADDRESS]
        st.session_state[LOST] = True
    return found


def _ask_for_a_file(by: CurrentUser) -> None:
    if st.session_state.pop(LOST, False):
        st.warning(
            _("The file that was being brought in is no longer here. Nothing of it was kept: choose it again to go on.")
        )
    st.markdown(
        _(
            "A table as CSV, XLSX, XLS, ODS or SDMX-ML, up to {most} MB. It stays on this computer, in memory alone; "
            "nothing is kept until you keep it, and nobody sees it until it is published."
        ).format(most=MOST_MEGABYTES)
    )
    upload = st.file_uploader(
        _("A partner's file"),
        type=KINDS,
        key=f"desk-file-{st.session_state.get(UPLOADS, 0)}",
        max_upload_size=WIDGET_MEGABYTES,
    )
    if upload is None:
        return
    if upload.size > MOST_MEGABYTES * 1_000_000:
        st.error(
            plain(
                _(
                    "{file} has {size:.0f} MB; the desk takes {most} MB. Split it, for instance by year or area, or "
                    "save the one sheet that matters as CSV. From a shell, `manage.py import` takes larger files."
                ).format(file=upload.name, size=upload.size / 1_000_000, most=MOST_MEGABYTES)
            ),
            icon=":material/error:",
        )
        return
    intake = Intake(Path(upload.name).name, upload.getvalue(), by)
    at_hand().add(intake)
    st.query_params[ADDRESS] = intake.token
    st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1  # an uploader of its own for the next file
    st.rerun()


def _put_away(intake: Intake) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(intake.name)}** · {_size(len(intake.content))}")
        if st.button(_("Put it away"), key="desk-away", icon=":material/close:", help=_("To bring in another file.")):
            at_hand().put_away(intake.token)
            del st.query_params[ADDRESS]
            st.rerun()


def _size(count: int) -> str:
    for unit, worth in ((_("MB"), 1_000_000), (_("kB"), 1_000)):
        if count >= worth:
            return f"{count / worth:,.1f} {unit}"
    return ngettext("{count} byte", "{count} bytes", count).format(count=count)


def _say_how_it_was_read(look: Look) -> None:
    sheets = ", ".join(
        _("{name} ({rows} rows, {columns} columns)").format(
            name=name or _("the only one"), rows=f"{rows:,}", columns=f"{columns:,}"
        )
        for name, rows, columns in look.sizes[:12]
    )
    more = len(look.sizes) - 12
    sheets += f" … +{more}" if more > 0 else ""
    st.markdown(plain(_("Read as {kind}. Sheets: {sheets}.").format(kind=look.book.kind.upper(), sheets=sheets)))
    if look.book.remarks:
        st.caption(plain(" · ".join(look.book.remarks)))


def _try(intake: Intake) -> None:
    busy, wrong = intake.running is not None, bool(intake.preview.errors)
    if st.button(
        _("Check and try"),
        key="desk-dry",
        type="secondary" if intake.may_be_kept or busy or wrong else "primary",
        disabled=busy or wrong,
        help=_("Reads the whole file, checks it, and says what would change. Nothing is kept."),
    ):
        intake.start(dry=True)
        st.rerun()


def _keep(intake: Intake) -> None:
    st.subheader(_("7. Keep it as a draft"))
    work = intake.work
    assert work is not None
    if not work.dry and watch(intake, work):
        return
    draft = (work.outcome or {}).get("draft")
    if draft:
        if draft["kept"]:
            words = _(
                "Kept as draft {release}: {rows} figures, {suppressed} of them withheld to protect people. "
                "Nobody sees it yet: publish it below, under “What has come in”."
            )
        else:
            words = _("This file stands already as {release} ({step}); nothing was changed.")
        st.success(plain(words.format(**{**draft, "rows": f"{draft['rows']:,}"})))
        return
    if not work.dry and work.outcome is not None:
        st.warning(_("Not kept: something came in between. Try again to see what."))
    st.markdown(_("A draft is kept here and seen by nobody until it is published."))
    if st.button(
        _("Keep as a draft"), key="desk-keep", type="primary" if intake.may_be_kept else "secondary",
        disabled=not intake.may_be_kept or intake.running is not None,
    ):  # fmt: skip
        intake.start(dry=False)
        st.rerun()
