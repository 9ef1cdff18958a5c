"""The countries beside each other: what is known of whom, and what was promised; real and invented apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard import store
from dashboard.charts.downloads import Cell
from dashboard.text import _
from dashboard.text.formats import number
from dashboard.views.commitment_days import Days
from dashboard.views.commitment_rows import CommitmentRow, commitment_rows
from dashboard.views.knowledge_gaps import MatrixCounts, matrix_counts
from dashboard.views.results import any_invented
from data_access.measures.results_commitments import ENDED
from data_access.models.commitments import STATUSES

STATES = ("both", "official", "community", "outdated", "neither")


@dataclass(frozen=True, slots=True)
class Promises:
    """The commitments of a country, real or invented, as they stand today.

    ``kept`` are delivered, ``late`` past their last day, ``stopped`` stalled (and not late) or dropped, ``proposed``
    agreed by nobody yet, ``going_on`` the rest: each commitment is in one of these. ``narrowed`` of ``followed`` gaps
    are narrower than at the baseline.
    """

    kept: int
    going_on: int
    late: int
    stopped: int
    proposed: int
    narrowed: int
    followed: int
    statuses: tuple[int, ...]

    @property
    def parts(self) -> tuple[int, ...]:
        return (self.kept, self.going_on, self.late, self.stopped, self.proposed)

    @property
    def all(self) -> int:
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Compared:
    """One country of the comparison. ``known`` counts real figures only."""

    country: str
    known: MatrixCounts
    real: Promises
    invented: Promises


@store.remembered(4)
def compared(days: Days) -> tuple[Compared, ...]:
    """Every country, in the order of the catalogue."""
    rows = commitment_rows(days)
    return tuple(
        Compared(
            country,
            matrix_counts(country),
            *(
                _promises(r for r in rows if r.commitment.country == country and r.commitment.illustrative == invented)
                for invented in (False, True)
            ),
        )
        for country in store.catalogue().countries
    )


def _promises(rows: Iterable[CommitmentRow]) -> Promises:
    found = list(rows)
    standing = Counter(_stands(row) for row in found)
    statuses = Counter(row.status for row in found)
    followed = [row for row in found if row.progress.verdict != "cannot_say"]
    return Promises(
        standing["kept"],
        standing["going_on"],
        standing["late"],
        standing["stopped"],
        standing["proposed"],
        sum(row.progress.verdict == "narrowed" for row in followed),
        len(followed),
        tuple(statuses[status] for status in STATUSES),
    )


def _stands(row: CommitmentRow) -> str:
    if row.status in ENDED:
        return "kept" if row.status == "delivered" else "stopped"
    if row.late:
        return "late"
    return {"stalled": "stopped", "proposed": "proposed"}.get(row.status, "going_on")


def state_names() -> tuple[str, ...]:
    """What is known of whom, in the order of ``STATES``."""
    return (_("Both"), _("Official only"), _("Community only"), _("Outdated"), _("Neither"))


def part_names() -> tuple[str, ...]:
    """How commitments stand, in the order of ``Promises.parts``."""
    return (_("Delivered"), _("Going on"), _("Overdue"), _("Stalled or dropped"), _("Proposed"))


def counts_of(one: Compared) -> tuple[int, ...]:
    """The cells of a country by ``STATES``."""
    return (one.known.both, one.known.official, one.known.community, one.known.outdated, one.known.neither)


@store.remembered(4)
def gaps_words(days: Days) -> tuple[tuple[str, ...], ...]:
    """The table of knowledge gaps: a header, then a row a country."""
    known = store.catalogue()
    header = (_("Country"), _("Figures expected"), *state_names(), _("Outdated or neither"))
    rows = [
        (
            _(known.countries[one.country].name),
            number(one.known.expected, 0),
            *(number(count, 0) for count in counts_of(one)),
            _share(one.known.gaps, one.known.expected),
        )
        for one in compared(days)
    ]
    return (header, *rows)


@store.remembered(4)
def promises_words(days: Days) -> tuple[tuple[str, ...], ...]:
    """The table of commitments: a header, then a row a country, and one of its invented ones where any are held."""
    known = store.catalogue()
    header = (
        _("Country"),
        _("Commitments"),
        *part_names(),
        _("Gaps narrower than at the baseline"),
        _("Illustrative"),
    )
    rows = []
    for one in compared(days):
        name = _(known.countries[one.country].name)
        rows.append((name, *_promise_cells(one.real), "–"))
        if any_invented():
            marked = _("{country}, illustrative").format(country=name)
            rows.append((marked, *_promise_cells(one.invented), _("invented, not evidence")))
    return (header, *rows)


def _promise_cells(one: Promises) -> tuple[str, ...]:
    narrowed = (
        _("{count} of {all}").format(count=one.narrowed, all=one.followed) if one.followed else _("none followed")
    )
    return (number(one.all, 0), *(number(part, 0) for part in one.parts), narrowed)


def _share(part: int, whole: int) -> str:
    return f"{number(part, 0)} ({100 * part / whole:.0f} %)" if whole else "–"


def comparison_lines(days: Days) -> list[dict[str, Cell]]:
    """The comparison as a table to take away: a line a country, and one of what is invented there."""
    known, lines = store.catalogue(), []
    for one in compared(days):
        for promises, invented in ((one.real, False), (one.invented, True)):
            if invented and not any_invented():
                continue
            counts = dict(zip(STATES, counts_of(one), strict=True))
            line: dict[str, Cell] = {
                "COUNTRY": one.country,
                "COUNTRY_NAME": _(known.countries[one.country].name),
                "FIGURES_EXPECTED": None if invented else one.known.expected,
                **{f"KNOWN_{state.upper()}": None if invented else count for state, count in counts.items()},
                "COMMITMENTS": promises.all,
                **{status.upper(): count for status, count in zip(STATUSES, promises.statuses, strict=True)},
                "OVERDUE": promises.late,
                "GAPS_FOLLOWED": promises.followed,
                "GAPS_NARROWED": promises.narrowed,
                "ILLUSTRATIVE": _("invented, not evidence") if invented else "",
            }
            lines.append(line)
    return lines
