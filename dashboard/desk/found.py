"""Everything that was found in a file, as a table to filter and to take along."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard.desk.intake import Intake
from dashboard.text import _, ngettext
from data_access.importing.findings import Finding, as_csv

MOST = 200


def list_findings(intake: Intake) -> None:
    """Draw all findings with how to mend each; filters by kind, rule and sheet."""
    findings = intake.findings
    if not findings:
        st.markdown(_("Nothing was found that needs mending."))
        return
    words = {"refused": _("to mend"), "question": _("to answer"), "remark": _("to know")}
    counts = Counter(one.kind for one in findings)
    st.markdown(
        _("**{refused}** to mend, **{question}** to answer, **{remark}** to know.").format(
            **{kind: f"{counts[kind]:,}" for kind in ("refused", "question", "remark")}
        )
    )
    shown = _chosen(findings, words)
    order = list(words)
    rows = sorted(shown, key=lambda one: order.index(one.kind))[:MOST]
    frame = pd.DataFrame(
        [(words[f.kind], f.what, f.mend, f.sheet, _row(f), f.column, f.value, f.rule) for f in rows],
        columns=[
            _("Kind"),
            _("What"),
            _("How to mend it"),
            _("Sheet"),
            _("Row"),
            _("Column"),
            _("Value"),
            _("Rule"),
        ],
    )
    st.dataframe(frame, hide_index=True, alt=_("What was found in the file, and how to mend it"))
    more = len(shown) - len(rows)
    if more:
        st.caption(
            ngettext(
                "{more} more is in the CSV file.", "The first {most} are shown; {more} more are in the CSV file.", more
            ).format(more=f"{more:,}", most=MOST)
        )
    st.download_button(
        _("Download these {count} as CSV").format(count=f"{len(shown):,}"),
        lambda: as_csv(shown).encode("utf-8-sig"),
        file_name="findings.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key="desk-findings-csv",
    )


def _chosen(findings: tuple[Finding, ...], words: dict[str, str]) -> list[Finding]:
    kinds = [kind for kind in words if any(one.kind == kind for one in findings)]
    rules = sorted({one.rule for one in findings})
    sheets = sorted({one.sheet for one in findings if one.sheet})
    by_kind, by_rule, by_sheet = st.columns(3)
    kind = by_kind.multiselect(_("Kind"), kinds, format_func=lambda k: words[k], key="desk-kinds", placeholder=_("all"))
    rule = by_rule.multiselect(_("Rule"), rules, key="desk-rules", placeholder=_("all"))
    sheet = by_sheet.multiselect(_("Sheet"), sheets, key="desk-sheets", placeholder=_("all"))
    return [
        one
        for one in findings
        if (not kind or one.kind in kind) and (not rule or one.rule in rule) and (not sheet or one.sheet in sheet)
    ]


def _row(finding: Finding) -> str:
    return "" if finding.row is None else str(finding.row)
