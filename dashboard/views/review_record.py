"""The rest of the annex: what bodies did with each community source, and what was promised."""

from __future__ import annotations

from dashboard import store
from dashboard.charts.downloads import Cell
from dashboard.text import _, ngettext
from dashboard.text.formats import number
from dashboard.text.groups import series_name
from dashboard.text.record import event_text, response_text, status_mark, verdict_mark
from dashboard.views.commitment_days import Days
from dashboard.views.commitment_rows import (
    CommitmentRow,
    body_then_and_now,
    commitment_rows,
    deadline_text,
    groups_text,
    overdue_text,
)
from dashboard.views.results_tables import OpeningRow
from data_access.queries.catalogue import SourceFacts
from data_access.queries.entries import RecognitionFacts

MOST_ROWS = 100
"""Commitments listed on the page; the file has all of them."""


def recognition_header() -> tuple[str, ...]:
    """The columns of the table of recognition."""
    return (_("Source"), _("Body"), _("Latest"), _("Date"), _("Purpose, reason or document"), _("Illustrative"))


@store.remembered(64)
def recognition_words(country: str) -> tuple[OpeningRow, ...]:
    """Each community source of a country with the latest event of each body; said where nothing is recorded."""
    return tuple(
        OpeningRow(
            (
                str(line["SOURCE_TITLE"]),
                str(line["BODY_NAME"] or "–"),
                str(line["EVENT_NAME"] or _("nothing recorded")),
                str(line["HAPPENED_ON"] or "–"),
                "; ".join(str(line[name]) for name in ("PURPOSE", "REASON", "DOCUMENT") if line[name]) or "–",
                str(line["ILLUSTRATIVE"] or "–"),
            ),
            "sources",
            {"source": str(line["SOURCE"])},
            bool(line["ILLUSTRATIVE"]),
        )
        for line in recognition_lines(country)
    )


def recognition_lines(country: str) -> list[dict[str, Cell]]:
    """The same in codes: a line for each source and body, one for a source that was put before none."""
    known, record = store.catalogue(), store.record()
    lines: list[dict[str, Cell]] = []
    sources = [s for s in known.sources.values() if s.origin == "community" and country in s.countries]
    for source in sorted(sources, key=lambda s: (s.illustrative, s.title, s.code)):
        latest = {one.body: one for one in record.recognition_of.get(source.code, ())}
        events = sorted(latest.values(), key=lambda one: (one.happened_on, one.code))
        lines += [_recognition_line(country, source, one) for one in events or (None,)]
    return lines


def _recognition_line(country: str, source: SourceFacts, one: RecognitionFacts | None) -> dict[str, Cell]:
    return {
        "COUNTRY": country,
        "SOURCE": source.code,
        "SOURCE_TITLE": source.title,
        "BODY": one.body if one else "",
        "BODY_NAME": body_then_and_now(one.body, one.happened_on) if one else "",
        "EVENT": one.event if one else "",
        "EVENT_NAME": event_text(one.event) if one else "",
        "HAPPENED_ON": one.happened_on if one else "",
        "PURPOSE": one.purpose if one else "",
        "REASON": one.reason if one else "",
        "DOCUMENT": one.document if one else "",
        "STATED_IN": one.stated_in if one else "",
        "ILLUSTRATIVE": _("invented, not evidence") if source.illustrative else "",
    }


def commitments_header() -> tuple[str, ...]:
    """The columns of the table of commitments."""
    return (
        _("Commitment"),
        _("Target and indicator"),
        _("Body"),
        _("For whom"),
        _("Deadline"),
        _("Status"),
        _("Gap since the baseline"),
        _("Said by the body"),
        _("Illustrative"),
    )


@store.remembered(64)
def commitments_of(country: str, days: Days) -> tuple[CommitmentRow, ...]:
    """The commitments of a country by SDG target, those that name no indicator last."""
    known = store.catalogue()

    def order(row: CommitmentRow) -> tuple[bool, int, str]:
        series = known.series.get(row.commitment.series)
        goal, _dot, part = (series.sdg_target if series else "0").partition(".")
        return series is None, int(goal), part.zfill(3)

    return tuple(sorted((row for row in commitment_rows(days) if row.commitment.country == country), key=order))


def left_out(country: str, days: Days) -> str:
    """How many commitments only the file has; empty when none."""
    count = len(commitments_of(country, days)) - MOST_ROWS
    if count <= 0:
        return ""
    return ngettext(
        "{count} further commitment is in the file.", "{count} further commitments are in the file.", count
    ).format(count=number(count, 0))


@store.remembered(64)
def commitments_words(country: str, days: Days) -> tuple[OpeningRow, ...]:
    """Each commitment in words: what, of whom, by when, how far, and what may be said of the gap."""
    return tuple(
        OpeningRow(
            _words(row),
            "commitments",
            {"country": country, "commitment": row.commitment.code},
            row.commitment.illustrative,
        )
        for row in commitments_of(country, days)[:MOST_ROWS]
    )


def _words(row: CommitmentRow) -> tuple[str, ...]:
    one = row.commitment
    series = store.catalogue().series.get(one.series)
    late = overdue_text(row.late)
    latest = {said.body: said for said in store.record().responses_of.get(one.code, ())}
    said = [
        f"{response_text(said.response)}: {body_then_and_now(body, said.responded_on)}" for body, said in latest.items()
    ]
    return (
        one.wording,
        f"{series.sdg_target} · {series_name(series)}" if series else _("names no indicator"),
        body_then_and_now(one.body, one.agreed_on),
        groups_text(one),
        deadline_text(one),
        f"{status_mark(row.status)} — {late}" if late else status_mark(row.status),
        verdict_mark(row.progress.verdict),
        "; ".join(said) or "–",
        _("invented, not evidence") if one.illustrative else "–",
    )
