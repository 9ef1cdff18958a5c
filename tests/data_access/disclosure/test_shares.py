"""Percentages with their bases, and several questions put to the same people."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from data_access.disclosure.attack import Finding, publishable
from data_access.disclosure.cells import Cell, Hierarchy, cell
from data_access.disclosure.complementary import choose
from data_access.disclosure.problems import CellMissing
from data_access.disclosure.publication import Question, protect
from data_access.disclosure.release import Observed
from data_access.disclosure.shares import Asked, table_of_shares
from data_access.disclosure.table import Flags, Table

AREAS = Hierarchy.flat("area", ("A", "B", "C"))
ALL, A, B, C = cell({}), cell({"area": "A"}), cell({"area": "B"}), cell({"area": "C"})
ASKED = {ALL: Asked(150, 71), A: Asked(20, 1), B: Asked(50, 30), C: Asked(80, 40)}


def hidden_cells(table: Table, hidden: Flags) -> set[str]:
    return set(table.names(np.flatnonzero(hidden & table.published)))


def test_one_yes_among_twenty_is_hidden_with_its_base_and_another_figure_with_it() -> None:
    table = table_of_shares(ASKED, (AREAS,))
    found = publishable(table, table.must_hide)
    assert hidden_cells(table, table.must_hide) == {"area A", "ANSWER yes, area A", "ANSWER no, area A"}
    assert found.pinned == (Finding("ANSWER yes, area A", 1.0, 1.0),)
    choice = choose(table)
    assert choice.cost == pytest.approx(1.0, abs=0.1)  # one figure, of three counts
    assert hidden_cells(table, choice.hidden) == {
        *("area A", "ANSWER yes, area A", "ANSWER no, area A"),
        *("area B", "ANSWER yes, area B", "ANSWER no, area B"),
    }
    verdict = publishable(table, choice.hidden)
    assert (verdict.hidden, verdict.pinned) == (6, ())


def test_a_figure_of_which_one_count_is_shown_is_shown() -> None:
    """Whoever has yes and the base has no: hiding one count of a figure hides nothing."""
    table = table_of_shares(ASKED, (AREAS,))
    hidden = choose(table).hidden.copy()
    hidden[table.cells.index(A)] = False
    assert publishable(table, hidden).pinned == (Finding("ANSWER yes, area A", 1.0, 1.0),)


def test_zero_and_all_of_a_sensitive_attribute() -> None:
    asked = {ALL: Asked(150, 70), A: Asked(20, 0), B: Asked(50, 50), C: Asked(80, 20)}
    plain = table_of_shares(asked, (AREAS,))
    assert not plain.primary.any()
    sensitive = table_of_shares(asked, (AREAS,), sensitive_attribute=True)
    assert set(sensitive.names(np.flatnonzero(sensitive.primary))) == {"ANSWER yes, area A", "ANSWER no, area B"}
    choice = choose(sensitive).hidden
    assert {"area A", "area B"} <= hidden_cells(sensitive, choice)
    assert publishable(sensitive, choice).pinned == ()


def test_a_rest_is_judged_as_a_percentage_too() -> None:
    """Three of the thirty people of the areas that are no row said yes: few, but not too few. One of them: too few."""
    rest = "ANSWER yes, area (all without A and B)"
    three = table_of_shares({ALL: Asked(100, 34), A: Asked(20, 10), B: Asked(50, 21)}, (AREAS,))
    assert three.names(np.flatnonzero(three.primary)) == ()
    one = table_of_shares({ALL: Asked(100, 34), A: Asked(20, 10), B: Asked(50, 23)}, (AREAS,))
    assert one.names(np.flatnonzero(one.primary)) == (rest,)
    assert publishable(one, one.must_hide).pinned == (Finding(rest, 1.0, 1.0),)
    assert publishable(one, choose(one).hidden).pinned == ()


def figures(asked: Mapping[Cell, Asked]) -> dict[Cell, Observed]:
    return {
        one: Observed(round(100 * counted.yes / counted.n, 1), n=counted.n, status="A")
        for one, counted in asked.items()
    }


def question(asked: Mapping[Cell, Asked], shown_before: tuple[Cell, ...] = ()) -> Question:
    return Question(asked, figures(asked), shown_before=shown_before)


def hidden_of(released: Mapping[Cell, Observed]) -> set[Cell]:
    return {one for one, figure in released.items() if figure == Observed(None, status="Q")}


WATER = {ALL: Asked(158, 80), A: Asked(8, 4), B: Asked(60, 30), C: Asked(90, 46)}
CLINIC = {ALL: Asked(158, 138), A: Asked(8, 4), B: Asked(60, 46), C: Asked(90, 88)}


def test_each_question_alone_hides_another_base_and_together_they_give_the_small_one_away() -> None:
    """In A eight were asked. Water hides B for its sake, clinic hides C, which is small itself: each is safe alone, but
    water shows how many were asked in C and clinic how many in B."""
    water, clinic = table_of_shares(WATER, (AREAS,)), table_of_shares(CLINIC, (AREAS,))
    hidden = [choose(table).hidden for table in (water, clinic)]
    assert [
        hidden_cells(*pair) & {"area A", "area B", "area C"} for pair in zip((water, clinic), hidden, strict=True)
    ] == [
        {"area A", "area B"},
        {"area A", "area C"},
    ]
    assert all(publishable(*pair).publishable for pair in zip((water, clinic), hidden, strict=True))
    union = table_of_shares(WATER, (AREAS,), bases_known=[ALL, B, C])
    assert Finding("area A", 8.0, 8.0) in publishable(union, hidden[0] | union.must_hide).pinned

    released = protect({"WATER": question(WATER), "CLINIC": question(CLINIC)}, (AREAS,))
    shown_bases = {one for each in released.values() for one, figure in each.public.items() if figure.n is not None}
    assert list(released) == ["WATER", "CLINIC"]
    assert hidden_of(released["WATER"].public) == {A, B}
    assert hidden_of(released["CLINIC"].public) == {A, B, C}
    assert shown_bases == {ALL, C}


def test_protect_gives_readers_the_rest_unchanged_and_keeps_the_truth_apart() -> None:
    released = protect({"WATER": question(WATER)}, (AREAS,))["WATER"]
    truth = figures(WATER)
    withheld = Observed(None, status="Q")
    assert released.public == {ALL: truth[ALL], A: withheld, B: withheld, C: truth[C]}
    assert [(kept.cell, kept.true, kept.kind, kept.reasons) for kept in released.protected] == [
        (A, truth[A], "primary", ("small_base",)),
        (B, truth[B], "complementary", ()),
    ]
    assert released.shown == {ALL, C}
    assert released.verdict.pinned == ()


def test_protect_knows_what_was_shown_before() -> None:
    released = protect({"WATER": question(WATER, shown_before=(ALL, B))}, (AREAS,))["WATER"]
    assert hidden_of(released.public) == {A, C}


def test_questions_answered_by_others_are_protected_apart() -> None:
    """Women were asked about the clinic: their numbers are not those of everybody, and hide behind nobody else's."""
    others = {ALL: Asked(150, 70), A: Asked(20, 10), B: Asked(50, 20), C: Asked(80, 40)}
    released = protect({"WATER": question(WATER), "OTHERS": question(others)}, (AREAS,))
    assert hidden_of(released["WATER"].public) == {A, B}
    assert hidden_of(released["OTHERS"].public) == set()


def test_a_figure_without_counts_is_refused() -> None:
    with pytest.raises(CellMissing) as refused:
        protect({"WATER": Question({ALL: Asked(20, 10)}, {A: Observed(5.0)})}, (AREAS,))
    assert str(refused.value) == (
        "Cell «area A», named in observed, has no value: add its true value, even if it stays hidden."
    )
