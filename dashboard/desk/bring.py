"""Bringing a file in: upload, mapping, questions to answer, everything found, what would change, keep as a draft."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.chrome import plain
from dashboard.desk.work import Work
from dashboard.text import _, ngettext
from data_access.importing.findings import Finding, as_csv
from data_access.importing.mapping.propose import propose
from data_access.importing.readers import UnreadableFile, read
from data_access.importing.workbook import Workbook
from data_access.people.current import CurrentUser
from data_access.settings import ROOT

MAPPINGS = ROOT / "sample_data" / "mappings"
PREVIEW_ROWS, MOST_CHANGES = 12, 200
WORK, MAPPING, ANSWERS, BOOK = "desk-work", "desk-mapping", "desk-answers", "desk-book"


def bring_in(by: CurrentUser, earlier: dict[str, str]) -> None:
    """Draw the way in; ``earlier`` mappings of releases that came before, by release, for the next round."""
    upload = st.file_uploader(
        _("A partner's file"),
        type=["csv", "txt", "tsv", "xlsx", "xls", "ods", "xml"],
        key="desk-file",
        help=_("It is read here, on this computer. Nothing is kept until you keep it."),
    )
    if upload is None:
        return
    book = _read(upload.name, upload.getvalue())
    if book is None:
        return
    _preview(book)
    _choose_mapping(book, earlier)
    dry, keep, _rest = st.columns([1, 1, 3])
    ready = bool(st.session_state.get(MAPPING, "").strip()) and not _running()
    with dry:
        if st.button(_("Check and try"), key="desk-dry", disabled=not ready, type="primary"):
            _start(upload.name, upload.getvalue(), by, dry=True)
    with keep:
        work: Work | None = st.session_state.get(WORK)
        clean = work is not None and work.dry and work.outcome is not None and not work.outcome["refused"]
        if st.button(_("Keep as a draft"), key="desk-keep", disabled=not (ready and clean)):
            _start(upload.name, upload.getvalue(), by, dry=False)
    _watch()


def _running() -> bool:
    work: Work | None = st.session_state.get(WORK)
    return work is not None and work.running


def _read(name: str, content: bytes) -> Workbook | None:
    """The file as sheets of cells, read once an upload; None, with the sentence, where it cannot be read."""
    kept = st.session_state.get(BOOK)
    if kept is not None and kept[0] == (name, hash(content)):
        found: Workbook | None = kept[1]
        return found
    with tempfile.TemporaryDirectory(prefix="voices-count-desk-") as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(content)
        try:
            with st.spinner(_("Reading the file …")):
                book = read(file)
        except UnreadableFile as problem:
            st.error(plain(str(problem)))
            return None
    st.session_state[BOOK] = ((name, hash(content)), book)
    for key in (WORK, MAPPING, ANSWERS):
        st.session_state.pop(key, None)
    return book


def _preview(book: Workbook) -> None:
    sheets = ", ".join(
        f"{s.name or _('the only one')} ({len(s.rows):,} × {len(s.rows[0]) if s.rows else 0})" for s in book.sheets
    )
    st.markdown(plain(_("Read as {kind}. Sheets: {sheets}.").format(kind=book.kind, sheets=sheets)))
    for remark in book.remarks:
        st.caption(plain(remark))
    with st.expander(_("The first rows of the first sheet")):
        first = book.sheets[0]
        rows = [["" if cell is None else str(cell) for cell in row] for row in first.rows[:PREVIEW_ROWS]]
        frame = pd.DataFrame(rows, index=[first.first_row + i for i in range(len(rows))])
        st.dataframe(frame, height="content")


def _choose_mapping(book: Workbook, earlier: dict[str, str]) -> None:
    shipped = {path.stem: path.read_text(encoding="utf-8") for path in sorted(MAPPINGS.glob("*.yaml"))}
    choices = {"": "", **{f"release {code}": text for code, text in earlier.items()}, **shipped}
    chosen = st.selectbox(
        _("Mapping"),
        list(choices),
        format_func=lambda code: code or _("a first draft made from this file"),
        key="desk-mapping-choice",
        help=_("A mapping says what the columns mean. Last year's serves again for this year's file."),
    )
    if MAPPING not in st.session_state or st.session_state.get("desk-mapping-from") != chosen:
        st.session_state[MAPPING] = choices[chosen] or propose(book)
        st.session_state["desk-mapping-from"] = chosen
    st.text_area(_("What the file means (YAML)"), key=MAPPING, height=340)


def _start(name: str, content: bytes, by: CurrentUser, *, dry: bool) -> None:
    answers = st.session_state.get(ANSWERS, {})
    st.session_state[WORK] = Work(name, content, st.session_state[MAPPING], by, dry=dry, answers=answers)
    st.rerun()


@st.fragment(run_every=1.0)
def _watch() -> None:
    """What the import is at; when it ends, what came of it."""
    work: Work | None = st.session_state.get(WORK)
    if work is None:
        return
    if work.running:
        steps = ("reading", "understanding", "weighing", "keeping")
        place = steps.index(work.step) if work.step in steps else 0
        st.progress((place + 1) / len(steps), text=_step_text(work.step))
        if st.button(_("Cancel"), key="desk-cancel"):
            work.cancel()
        return
    if not work.told:  # the buttons above depend on what came of it
        work.told = True
        st.rerun()
    if work.cancelled:
        st.info(_("Cancelled. Nothing was kept."))
    elif work.problem:
        st.error(plain(work.problem))
    elif work.outcome is not None:
        _show(work.outcome, dry=work.dry)
    else:
        st.error(_("The import ended without a word. Nothing was kept; try again."))


def _step_text(step: str) -> str:
    return {
        "reading": _("Reading the file"),
        "understanding": _("Understanding it by the mapping, and checking"),
        "weighing": _("Weighing it against what is known, and protecting people"),
        "keeping": _("Keeping it as a draft"),
    }.get(step, _("Starting"))


def _show(outcome: dict[str, Any], *, dry: bool) -> None:
    findings = [Finding(**{**one, "candidates": tuple(one["candidates"])}) for one in outcome["findings"]]
    _ask([one for one in findings if one.kind == "question"])
    _list(findings)
    if outcome.get("dry") and any(one.kind == "refused" for one in findings):
        st.warning(_("Nothing was compared with what is held: mend what is to be mended first."))
    elif outcome.get("dry"):
        _show_dry_run(outcome["dry"], refused=outcome["refused"])
    if outcome.get("draft"):
        draft = outcome["draft"]
        if draft["kept"]:
            words = _("Kept as draft {release}: {rows} figures, {suppressed} of them withheld to protect people.")
        else:
            words = _("This file stands already as {release} ({step}); nothing was changed.")
        st.success(plain(words.format(**{**draft, "rows": f"{draft['rows']:,}"})))
    elif not dry and outcome["refused"]:
        st.warning(_("Not kept: mend or answer what stands above first."))


def _ask(questions: list[Finding]) -> None:
    """Each question once, with its candidates; an answer counts from the next try on."""
    answers: dict[str, dict[str, str]] = st.session_state.setdefault(ANSWERS, {})
    asked: set[tuple[str, str]] = set()
    for one in questions:
        about = one.rule.removeprefix("unknown ").removesuffix("_not_certain")
        if not one.candidates or (about, one.value) in asked:
            continue
        asked.add((about, one.value))
        chosen = st.selectbox(
            plain(f"{one.value}: {one.what}"),
            ["", *one.candidates],
            format_func=lambda text: text or _("not answered"),
            key=f"desk-answer-{about}-{one.value}",
        )
        if chosen:
            answers.setdefault(about, {})[one.value] = chosen.split()[0]
    if asked:
        st.caption(_("Answers count from the next try on, and are kept with the release."))


def _list(findings: list[Finding]) -> None:
    if not findings:
        st.success(_("Nothing stands in the way."))
        return
    counts = {kind: sum(one.kind == kind for one in findings) for kind in ("refused", "question", "remark")}
    st.markdown(_("**{refused}** to mend, **{question}** to answer, **{remark}** to know.").format(**counts))
    words = {"refused": _("to mend"), "question": _("to answer"), "remark": _("to know")}
    st.dataframe(
        pd.DataFrame(
            [
                (words[f.kind], f.sheet, "" if f.row is None else str(f.row), f.column, f.value, f.what, f.mend, f.rule)
                for f in sorted(findings, key=lambda f: list(words).index(f.kind))
            ],
            columns=[
                _("Kind"),
                _("Sheet"),
                _("Row"),
                _("Column"),
                _("Value"),
                _("What"),
                _("How to mend it"),
                _("Rule"),
            ],
        ),
        hide_index=True,
    )
    st.download_button(
        _("All of them as CSV"), as_csv(findings), file_name="findings.csv", mime="text/csv", on_click="ignore"
    )


def _show_dry_run(dry: dict[str, Any], *, refused: bool) -> None:
    counts = {name: f"{len(dry[name]):,}" for name in ("added", "changed", "gone")}
    line = _(
        "It would add {added} figures, change {changed}, take away {gone} and leave {same} as they are; {suppressed} "
        "would be withheld to protect people, {left_out} are left out by the owner's consent."
    ).format(**counts, same=f"{dry['same']:,}", suppressed=f"{dry['suppressed']:,}", left_out=f"{dry['left_out']:,}")
    (st.warning if refused else st.success)(plain(line))
    for name, heading in (
        ("changed", _("What would change")),
        ("added", _("What would be added")),
        ("gone", _("What would go")),
    ):
        if dry[name]:
            with st.expander(f"{heading} ({len(dry[name]):,})"):
                st.dataframe(pd.DataFrame([_line(one) for one in dry[name][:MOST_CHANGES]]), hide_index=True)
                if len(dry[name]) > MOST_CHANGES:
                    more = len(dry[name]) - MOST_CHANGES
                    st.caption(ngettext("{more} more", "{more} more", more).format(more=f"{more:,}"))


def _line(change: dict[str, Any]) -> dict[str, Any]:
    area, series, group, period = change["place"]
    old, new = change["old"], change["new"]
    return {
        _("Area"): area,
        _("Indicator"): series,
        _("Group"): group or _("Everyone"),
        _("Period"): period,
        _("Now"): old[0] if old else None,
        _("Then"): new[0] if new else None,
        _("Row"): change["row"],
    }
