"""Entries of the record at the desk: a file looked at and kept as a draft, drafts, voices to read, every state."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.desk.acts import carry_out, read
from dashboard.desk.entries_by_hand import draw_by_hand
from dashboard.desk.entries_kept import draw_drafts, draw_states, draw_voices
from dashboard.text import _, ngettext
from dashboard.text.record import kind_text
from data_access.importing import readers
from data_access.importing.findings import as_csv
from data_access.importing.problems import FileProblem
from data_access.importing.workbook import Workbook
from data_access.people.current import CurrentUser, NotAllowed
from data_access.process.drafts import TriedEntries, save_entry_draft, try_entries
from data_access.process.kinds import KINDS
from data_access.process.templates import codes_of, standing_entries, template_xlsx

MOST = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_READ = "desk-entries-read"


def draw_entries(by: CurrentUser) -> None:
    """Draw the section: templates, a file of entries, what waits, and the history of an entry."""
    st.header(_("Entries of the record"))
    st.markdown(
        _(
            "Task forces, who holds what, voices, dialogues, commitments and the rest of the five steps may also come "
            "as files. A file changes nothing until somebody else publishes it."
        )
    )
    draw_by_hand()
    _templates()
    _bring(by)
    draw_drafts(by)
    draw_voices(by)
    draw_states()


def _templates() -> None:
    countries = {code: _(one.name) for code, one in store.catalogue().countries.items()}
    with st.expander(_("Templates, empty or filled with what stands"), key="desk-entries-templates"):
        country = st.selectbox(
            _("Country whose codes are listed"),
            list(countries),
            format_func=countries.__getitem__,
            key="desk-entries-country",
        )
        kinds = st.multiselect(
            _("Kinds of entries (none chosen: all)"), list(KINDS), format_func=kind_text, key="desk-entries-kinds"
        )
        if not st.toggle(_("Prepare the files"), key="desk-entries-prepare") or country is None:
            return
        chosen = [name for name in KINDS if not kinds or name in kinds]
        known = read(lambda session: codes_of(session, country))
        filled = read(lambda session: standing_entries(session, chosen, country))
        with st.container(horizontal=True):
            st.download_button(
                _("Empty template"),
                template_xlsx({name: [] for name in chosen}, known),
                f"entries-{country}-template.xlsx",
                XLSX,
                key="desk-entries-empty",
            )
            st.download_button(
                _("Filled template"),
                template_xlsx(filled, known),
                f"entries-{country}.xlsx",
                XLSX,
                key="desk-entries-filled",
            )


def _bring(by: CurrentUser) -> None:
    file = st.file_uploader(
        _("A file of entries (XLSX, ODS or CSV)"), type=["csv", "xlsx", "xls", "ods"], key="desk-entries-file"
    )
    if file is None:
        st.session_state.pop(_READ, None)
        return
    names = {"": _("as its sheets, or the file, are named"), **{name: kind_text(name) for name in KINDS}}
    kind = st.selectbox(_("What it holds"), list(names), format_func=names.__getitem__, key="desk-entries-kind") or ""
    try:
        workbook = _workbook(file.name, file.getvalue())
        tried = read(lambda session: try_entries(session, workbook, by, kind))
    except (FileProblem, NotAllowed) as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    _show(tried)
    if st.button(
        _("Keep it as a draft"), key="desk-entries-keep", type="primary", disabled=tried.refused or not tried.changes
    ):
        carry_out(
            lambda session: save_entry_draft(session, workbook, by, kind),
            _("{file} is kept as a draft; nothing is changed until it is published.").format(file=file.name),
        )


def _workbook(name: str, content: bytes) -> Workbook:
    """The uploaded file as cells, read once; the copy on the disk goes at once."""
    key = hashlib.sha256(name.encode() + content).hexdigest()
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != key:
        with TemporaryDirectory(prefix="voices-count-entries-") as folder:
            path = Path(folder) / (Path(name).name or "file")
            path.write_bytes(content)
            kept = key, readers.read(path)
        st.session_state[_READ] = kept
    workbook: Workbook = kept[1]
    return workbook


def _show(tried: TriedEntries) -> None:
    refused = sum(one.kind != "remark" for one in tried.findings)
    st.markdown(
        _("{added} would be added, {changed} changed, {same} stay the same; {refused} to mend.").format(
            added=f"{tried.added:,}", changed=f"{tried.changed:,}", same=f"{tried.same:,}", refused=f"{refused:,}"
        )
    )
    if tried.refused:
        st.error(_("Nothing can be kept until what is listed here is mended in the file."), icon=":material/error:")
    if tried.findings:
        rows = [
            {
                _("Sheet"): one.sheet,
                _("Row"): one.row,
                _("Column"): one.column,
                _("Value"): one.value,
                _("What"): one.what,
                _("How to mend it"): one.mend,
            }
            for one in tried.findings[:MOST]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("What was found in the file"))
        st.download_button(
            _("All findings as CSV"), as_csv(tried.findings), "findings.csv", "text/csv", key="desk-entries-findings"
        )
    if tried.changes:
        table = _changes(tried)
        st.dataframe(table.head(MOST), hide_index=True, alt=_("What would be added and changed, cell by cell"))
        if len(table) > MOST:
            st.caption(
                ngettext(
                    "{count} cell in all; the CSV has it.", "{count} cells in all; the CSV has them.", len(table)
                ).format(count=f"{len(table):,}")
            )
        st.download_button(
            _("All changes as CSV"),
            table.map(_harmless).to_csv(index=False).encode("utf-8-sig"),
            "changes.csv",
            "text/csv",
            key="desk-entries-changes",
        )


def _changes(tried: TriedEntries) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("Row"): one.row,
                _("Kind"): kind_text(one.kind),
                _("Entry"): one.code,
                _("What happens"): _("added") if one.new else _("changed"),
                _("Cell"): heading,
                _("Old"): old,
                _("New"): new,
            }
            for one in tried.changes
            for heading, (old, new) in one.cells.items()
        ]
    )


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
