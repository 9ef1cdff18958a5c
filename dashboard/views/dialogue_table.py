"""Who sat at the table of a dialogue, by seat and group, so that nobody of a small group can be made out."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import store
from dashboard.text import _, ngettext
from dashboard.text.groups import group_name
from dashboard.text.record import seat_text
from data_access.queries.entries import ParticipantsFacts

FEW = 5
"""Numbers from 1 to FEW − 1 of a marginalised community are not shown."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A row of the table: how many are shown (None where nobody counted), or that they are few."""

    seat: str
    people: str
    community: bool
    number: int | None
    few: bool
    women: str


@dataclass(frozen=True, slots=True)
class Table:
    """Everybody at the table. ``least`` and ``most`` bound how many they were, from what is shown alone.

    ``share_least`` and ``share_most`` bound the share of representatives of marginalised communities in per cent;
    both None where some were not counted. ``uncounted`` rows have no number.
    """

    seats: tuple[Seat, ...]
    least: int
    most: int
    uncounted: int
    share_least: float | None
    share_most: float | None


def is_community(row: ParticipantsFacts) -> bool:
    """Whether these sat there for a marginalised community."""
    return row.seat == "community" or bool(row.group) or bool(row.community)


@store.remembered(256)
def table_of(dialogue: str) -> Table:
    """The table of one dialogue (its code). No number in it, nor any sum of them, gives a small number away."""
    seats = tuple(_seat(row) for row in store.record().participants_of.get(dialogue, ()))
    shown = sum(seat.number or 0 for seat in seats if not seat.few)
    few = sum(seat.few for seat in seats)
    uncounted = sum(seat.number is None and not seat.few for seat in seats)
    least, most = shown + few, shown + few * (FEW - 1)
    if uncounted or not most:
        return Table(seats, least, most, uncounted, None, None)
    community = sum(seat.number or 0 for seat in seats if seat.community and not seat.few)
    others = shown - community
    low, high = community + few, community + few * (FEW - 1)
    return Table(seats, least, most, 0, 100 * low / (low + others), 100 * high / (high + others))


def _seat(row: ParticipantsFacts) -> Seat:
    community = is_community(row)
    few = community and row.number is not None and 0 < row.number < FEW
    return Seat(
        seat_text(row.seat),
        _people(row),
        community,
        None if few else row.number,
        few,
        "" if few else _women(row, community=community),
    )


def _people(row: ParticipantsFacts) -> str:
    group = group_name(store.catalogue(), row.group) if row.group else ""
    return "; ".join(part for part in (row.community, group) if part)


def _women(row: ParticipantsFacts, *, community: bool) -> str:
    """How many of them were women; not said of a community where they, or the others, are few."""
    if row.number is None or row.women is None:
        return ""
    if community and any(0 < part < FEW for part in (row.women, row.number - row.women)):
        return _("not shown: few")
    return str(row.women)


def number_text(seat: Seat) -> str:
    """ "14", "fewer than 5" or "not counted"."""
    if seat.few:
        return _("fewer than {few}").format(few=FEW)
    return _("not counted") if seat.number is None else str(seat.number)


def table_rows(table: Table) -> tuple[tuple[str, str, str, str], ...]:
    """Seat, whom they speak for, number and women, as words."""
    return tuple((seat.seat, seat.people or "–", number_text(seat), seat.women or "–") for seat in table.seats)


def total_text(table: Table) -> str:
    """How many there were in all, as far as it may be said, and the share of marginalised communities."""
    if not table.seats:
        return _("Who sat at the table is not recorded.")
    count = f"{table.least}" if table.least == table.most else f"{table.least}–{table.most}"
    words = [ngettext("{count} person in all.", "{count} people in all.", table.most).format(count=count)]
    if table.uncounted:
        words = [
            ngettext(
                "{count} people counted; of {rows} kind nobody counted how many there were.",
                "{count} people counted; of {rows} kinds nobody counted how many there were.",
                table.uncounted,
            ).format(count=count, rows=table.uncounted)
        ]
    elif table.share_least is not None and table.share_most is not None:
        low, high = f"{table.share_least:.0f}", f"{table.share_most:.0f}"
        share = low if low == high else f"{low}–{high}"
        words.append(_("{share} % of them represented marginalised communities.").format(share=share))
    if table.least != table.most:
        words.append(_("The range stands for groups of fewer than {few}, which are not told.").format(few=FEW))
    return " ".join(words)
