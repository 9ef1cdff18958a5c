"""The scorecard: what each body, and each country, has promised, how far it is and what became of the gaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge
from dashboard.text import _
from dashboard.text.record import STATUS_MARKS, VERDICT_MARKS, status_text, verdict_text
from dashboard.views.commitment_days import Days
from dashboard.views.commitment_downloads import XLSX, Line, lines_csv, lines_xlsx
from dashboard.views.commitment_rows import CommitmentRow, body_text, commitment_rows
from dashboard.views.markup import words_table
from data_access.measures.commitment_progress import Verdict
from data_access.models.commitments import STATUSES

VERDICTS: tuple[Verdict, ...] = ("narrowed", "widened", "no_change", "cannot_say")


@dataclass(frozen=True, slots=True)
class Score:
    """The commitments of one body, or (``body`` empty) of a whole country. ``verdicts`` counts those with indicator."""

    country: str
    body: str
    commitments: int
    statuses: tuple[int, ...]
    overdue: int
    measured: int
    verdicts: tuple[int, ...]
    illustrative: int


@store.remembered(32)
def scores(days: Days, country: str) -> tuple[Score, ...]:
    """A score for each body of a country, by name, and the country's own at the end; of every country where empty."""
    of_body: dict[tuple[str, str], list[CommitmentRow]] = defaultdict(list)
    of_country: dict[str, list[CommitmentRow]] = defaultdict(list)
    for row in commitment_rows(days):
        if country in ("", row.commitment.country):
            of_body[row.commitment.country, row.commitment.body].append(row)
            of_country[row.commitment.country].append(row)
    found = []
    for where in sorted(of_country):
        bodies = sorted((key for key in of_body if key[0] == where), key=lambda key: body_text(key[1]))
        found += [_score(*key, of_body[key]) for key in bodies]
        found.append(_score(where, "", of_country[where]))
    return tuple(found)


def _score(country: str, body: str, rows: list[CommitmentRow]) -> Score:
    statuses = Counter(row.status for row in rows)
    measured = [row for row in rows if row.commitment.series]
    verdicts = Counter(row.progress.verdict for row in measured)
    return Score(
        country,
        body,
        len(rows),
        tuple(statuses[status] for status in STATUSES),
        sum(row.late > 0 for row in rows),
        len(measured),
        tuple(verdicts[verdict] for verdict in VERDICTS),
        sum(row.commitment.illustrative for row in rows),
    )


def as_lines(found: Iterable[Score]) -> tuple[Line, ...]:
    """The scores as a table to take away."""
    return tuple(
        {
            "COUNTRY": score.country,
            "BODY": score.body,
            "BODY_NAME": body_text(score.body) if score.body else _("All bodies"),
            "COMMITMENTS": score.commitments,
            **{status.upper(): count for status, count in zip(STATUSES, score.statuses, strict=True)},
            "OVERDUE": score.overdue,
            "WITH_INDICATOR": score.measured,
            **{f"GAP_{verdict.upper()}": count for verdict, count in zip(VERDICTS, score.verdicts, strict=True)},
            "ILLUSTRATIVE": _("{count} invented, not evidence").format(count=score.illustrative)
            if score.illustrative
            else "",
        }
        for score in found
    )


def draw_scorecard(days: Days, country: str) -> None:
    """Draw the scores as a table with its downloads."""
    found = scores(days, country)
    if not found:
        st.info(_("No commitment is recorded here yet."))
        return
    if any(score.illustrative for score in found):
        illustrative_badge(_("**ILLUSTRATIVE: counts invented commitments. Not evidence.**"), "scorecard")
    st.html(_table(days, country))
    st.caption(
        _(
            "Overdue counts what was promised, is not delivered and whose last day is over in the country. The gap is "
            "that of the group named, against everyone, since the baseline; it says nothing about why."
        )
    )
    lines = as_lines(found)
    with st.container(horizontal=True):
        name = f"scorecard-{country or 'all'}".lower()
        st.download_button(
            "CSV", lambda: lines_csv(lines), f"{name}.csv", "text/csv", key="scorecard-csv", on_click="ignore"
        )
        st.download_button(
            "XLSX",
            lambda: lines_xlsx(_("Scorecard of commitments"), lines),
            f"{name}.xlsx",
            XLSX,
            key="scorecard-xlsx",
            on_click="ignore",
        )


@store.remembered(32)
def _table(days: Days, country: str) -> str:
    known = store.catalogue()
    header = [
        _("Body"),
        _("Commitments"),
        *(f"{STATUS_MARKS[status]} {status_text(status)}" for status in STATUSES),
        _("Overdue"),
        _("With an indicator"),
        *(f"{VERDICT_MARKS[verdict]} {verdict_text(verdict)}" for verdict in VERDICTS),
    ]
    rows = []
    for score in scores(days, country):
        where = _(known.countries[score.country].name)
        name = body_text(score.body) if score.body else _("All bodies of {country}").format(country=where)
        if not country and score.body:
            name = _("{body} ({country})").format(body=name, country=where)
        counts = (score.commitments, *score.statuses, score.overdue, score.measured, *score.verdicts)
        rows.append([name, *(f"{count:,}" for count in counts)])
    return words_table(_("Commitments by body: status, overdue, and whether the gap narrowed"), header, rows)
