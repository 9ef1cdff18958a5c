"""Percentages as linked tables of counts: who said yes, who said no, and how many were asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from data_access.disclosure.cells import Cell, Hierarchy, check_known, name_of, with_category
from data_access.disclosure.primary import Counted, Reason, Rule, reasons
from data_access.disclosure.problems import NumeratorAboveBase
from data_access.disclosure.relations import with_rests
from data_access.disclosure.table import Table, build

ANSWER = "ANSWER"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """Unweighted respondents: how many were asked, and how many of them said yes."""

    n: int
    yes: int


def answers(one: Cell) -> tuple[Cell, Cell, Cell]:
    """The three cells behind a percentage: yes, no, and everybody asked."""
    return with_category(one, ANSWER, YES), with_category(one, ANSWER, NO), one


def table_of_shares(
    asked: Mapping[Cell, Asked],
    hierarchies: Iterable[Hierarchy],
    *,
    rule: Rule | None = None,
    sensitive_attribute: bool = False,
    published: Collection[Cell] | None = None,
    shown_before: Collection[Cell] = (),
    bases_known: Collection[Cell] = (),
) -> Table:
    """One question's percentages in every group and area, each with its three counts, hidden and shown together.

    ``asked`` by the cells of the breakdown (without the answer), margins included; the other arguments as in
    ``table.build`` and ``primary.Counted``, ``published`` and ``shown_before`` naming cells of the breakdown. A reader
    who has the percentage and its base has all three counts, so all three count as shown. ``bases_known``: cells of
    which readers have the number asked from elsewhere, such as another question, even when the percentage is hidden.

    A rest that nobody published is judged as a percentage like any other: by how many were asked and said yes in it.

    Raises NumeratorAboveBase and what ``build`` raises, naming the cell.
    """
    rule, dimensions = rule or Rule(), tuple(hierarchies)
    codes = {hierarchy.dimension: hierarchy.codes for hierarchy in dimensions}
    values: dict[Cell, float] = {}
    for one, counted in asked.items():
        check_known(one, counted.n, codes)
        if not 0 <= counted.yes <= counted.n:
            raise NumeratorAboveBase(name_of(one), counted.yes, counted.n)
        yes, no, everybody = answers(one)
        values |= {yes: float(counted.yes), no: float(counted.n - counted.yes), everybody: float(counted.n)}
    people = with_rests({one: counted.n for one, counted in asked.items()}, dimensions)
    yeses = with_rests({one: counted.yes for one, counted in asked.items()}, dimensions)
    telling = {
        each
        for one, n in people.items()
        for each in _telling(one, Asked(round(n), round(min(yeses[one], n))), rule, sensitive_attribute)
    }

    def spread(cells: Iterable[Cell]) -> list[Cell]:
        return [each for one in cells for each in answers(one)]

    return build(
        values,
        (*dimensions, Hierarchy.flat(ANSWER, (YES, NO))),
        primary=lambda one, _: one in telling,
        rule=rule,
        published=None if published is None else spread(published),
        shown_before=[*spread(shown_before), *bases_known],
        together=[answers(one) for one in asked],
    )


def reasons_of_share(counted: Asked, rule: Rule | None = None, *, sensitive: bool = False) -> tuple[Reason, ...]:
    """Why a percentage of community microdata tells too much by itself; empty when it does not."""
    return reasons(
        Counted("community", "", "", (), n=counted.n, numerator=counted.yes, sensitive_attribute=sensitive), rule
    )


def _telling(one: Cell, counted: Asked, rule: Rule, sensitive: bool) -> set[Cell]:
    """Which of the three counts an attacker must not find."""
    found = reasons_of_share(counted, rule, sensitive=sensitive)
    yes, no, everybody = answers(one)
    cells: set[Cell] = set()
    if "small_base" in found:
        cells |= {each for each, count in ((yes, counted.yes), (no, counted.n - counted.yes)) if count} | {everybody}
    if "few_with" in found or "nobody" in found:
        cells.add(yes)
    if "few_without" in found or "everybody" in found:
        cells.add(no)
    return cells
