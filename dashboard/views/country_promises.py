"""What was promised in a country: its commitments, the overdue first, and the sentence that counts them."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.selection import Selection
from dashboard.text import _, ngettext
from dashboard.views.commitment_days import Days, days
from dashboard.views.commitment_rows import CommitmentRow, body_text, commitment_rows
from dashboard.views.communities import status_line

AT_ONCE = 4
_OVER = ("delivered", "dropped")


@store.remembered(64)
def promised_in(country: str, today: Days) -> tuple[CommitmentRow, ...]:
    """The commitments of a country: overdue ones first, then those still open, then those delivered or dropped."""
    found = (row for row in commitment_rows(today) if row.commitment.country == country)
    return tuple(sorted(found, key=lambda row: (not row.late, row.status in _OVER)))


@store.remembered(64)
def promised_sentence(country: str, today: Days) -> str:
    """How many commitments are recorded, how many of them delivered and overdue; invented ones are counted apart."""
    rows = promised_in(country, today)
    real = [row for row in rows if not row.commitment.illustrative]
    invented = len(rows) - len(real)
    if real:
        sentence = ngettext(
            "{count} commitment is recorded: {delivered} delivered, {late} overdue.",
            "{count} commitments are recorded: {delivered} delivered, {late} overdue.",
            len(real),
        ).format(
            count=f"{len(real):,}",
            delivered=sum(row.status == "delivered" for row in real),
            late=sum(bool(row.late) for row in real),
        )
    else:
        sentence = _("No commitment is recorded.")
    if not invented:
        return sentence
    return (
        sentence
        + " "
        + ngettext(
            "{count} invented example shows how one is followed.",
            "{count} invented examples show how they are followed.",
            invented,
        ).format(count=f"{invented:,}")
    )


def draw_promised(selection: Selection) -> None:
    """Draw the sentence and the first commitments, each with its status and deadline, and the way to all of them."""
    today = days()
    st.markdown(plain(promised_sentence(selection.country, today)))
    rows = promised_in(selection.country, today)
    for row in rows[:AT_ONCE]:
        one = row.commitment
        words = f"{status_line(row)} · {plain(body_text(one.body))}"
        if one.illustrative:
            illustrative_badge(f"{words} · **{_('ILLUSTRATIVE')}**", one.code)
        else:
            st.markdown(words)
        link("commitments", one.wording, {"country": one.country, "commitment": one.code})
    if len(rows) > AT_ONCE:
        label = _("All {count} commitments").format(count=f"{len(rows):,}")
        link("commitments", label, {"country": selection.country})
