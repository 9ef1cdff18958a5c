"""Doubts about figures that a steward has looked into: they stay to be read, and no longer stand in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from data_access.importing.findings import Finding

CONFIRMED = "confirmed"
"""Under this word a steward's answers keep what was looked into: the doubt (see ``doubt``) → what it was."""


def doubt(finding: Finding) -> str:
    """What a doubt is known by: its rule, sheet and column; empty for what is no doubt about an understood figure."""
    if finding.kind != "question" or finding.rule.startswith("unknown "):
        return ""
    return " · ".join(filter(None, (finding.rule, finding.sheet, finding.column)))


def confirm(findings: Iterable[Finding], answers: Mapping[str, Mapping[str, str]]) -> tuple[Finding, ...]:
    """The findings, with those doubts a remark that the steward confirmed."""
    confirmed = answers.get(CONFIRMED, {})
    return tuple(
        replace(one, kind="remark", mend="Looked into by the steward: the figures are as the partner means them.")
        if doubt(one) in confirmed
        else one
        for one in findings
    )


def about_names(answers: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """The answers that say what a text of the file means."""
    return {about: given for about, given in answers.items() if about != CONFIRMED}
