"""Everything one source publishes of one wave, decided at once: from respondents' counts to what readers may have.

The questions of a survey were answered by the same people. Where every question hides the bases it likes, one question
gives away the base that another hides. So the bases are protected first, once for all questions answered by the same
people; then each question is protected against a reader who knows every base that is not hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from data_access.disclosure.cells import Cell, Hierarchy, name_of
from data_access.disclosure.complementary import choose
from data_access.disclosure.primary import Rule
from data_access.disclosure.problems import CellMissing
from data_access.disclosure.release import Observed, Prepared, prepare
from data_access.disclosure.shares import Asked, reasons_of_share, table_of_shares
from data_access.disclosure.table import build


@dataclass(frozen=True, slots=True)
class Question:
    """One series of one source and wave.

    ``asked`` unweighted counts of every cell that is or was published, or is held besides (the finest cross, say), by
    the categories of its area and group. ``observed`` the figures of this release, by the same cells.
    ``sensitive_attribute``: 0 % and 100 % are hidden, too. ``shown_before``: cells whose figure an earlier release of
    the same wave showed. ``dominated``: cells whose mean would tell nearly what one person said, for example an income.
    """

    asked: Mapping[Cell, Asked]
    observed: Mapping[Cell, Observed]
    sensitive_attribute: bool = False
    shown_before: Collection[Cell] = ()
    dominated: Collection[Cell] = ()


def protect(
    questions: Mapping[str, Question],
    hierarchies: Iterable[Hierarchy],
    *,
    rule: Rule | None = None,
    seconds: float = 20.0,
) -> dict[str, Prepared]:
    """What readers get of each question, what stays apart, and the attack it withstood.

    ``hierarchies`` one for each dimension that a cell names, areas among them; ``seconds`` is the most that each table
    may take for its exact solution before the greedy one is taken.

    Raises CannotBeProtected where nothing that may be hidden is enough, ReleaseRefused where the attack succeeds all
    the same, CellMissing for a figure without counts, and what ``table_of_shares`` raises; each names the cells.
    """
    rule, dimensions = rule or Rule(), tuple(hierarchies)
    for question in questions.values():
        for one in question.observed:
            if one not in question.asked:
                raise CellMissing(name_of(one), "observed")
    prepared: dict[str, Prepared] = {}
    for family in _answered_by_the_same(questions):
        together = [questions[series] for series in family]
        bases = _bases(together, dimensions, rule, seconds)
        for series in family:
            prepared[series] = _protected(questions[series], bases, dimensions, rule, seconds)
    return {series: prepared[series] for series in questions}


@dataclass(frozen=True, slots=True)
class _Bases:
    """Of which cells readers know how many were asked, and of which no question may show it."""

    known: frozenset[Cell]
    hidden: frozenset[Cell]


def _answered_by_the_same(questions: Mapping[str, Question]) -> list[list[str]]:
    """Series in families: within one, everybody who was asked one question was asked the others."""
    families: list[tuple[dict[Cell, int], list[str]]] = []
    for series, question in questions.items():
        bases = {one: counted.n for one, counted in question.asked.items()}
        for known, members in families:
            shared = known.keys() & bases.keys()
            if shared and all(known[one] == bases[one] for one in shared):
                known |= bases
                members.append(series)
                break
        else:
            families.append((bases, [series]))
    return [members for _, members in families]


def _bases(questions: Iterable[Question], dimensions: tuple[Hierarchy, ...], rule: Rule, seconds: float) -> _Bases:
    """The numbers asked, protected once for all these questions; a dominated cell as if they were few, so that no
    subtraction of other cells gives it back."""
    asked = {one: float(counted.n) for question in questions for one, counted in question.asked.items()}
    published = frozenset(one for question in questions for one in question.observed)
    shown_before = frozenset(one for question in questions for one in question.shown_before)
    dominated = frozenset(one for question in questions for one in question.dominated)
    table = build(
        asked,
        dimensions,
        primary=lambda one, count: one in dominated or rule.small(count),
        rule=rule,
        published=published,
        shown_before=shown_before,
    )
    chosen = choose(table, seconds=seconds).hidden
    hidden = published & {one for one, is_hidden in zip(table.cells, chosen, strict=True) if is_hidden}
    return _Bases(known=(published - hidden) | shown_before, hidden=hidden)


def _protected(
    question: Question, bases: _Bases, dimensions: tuple[Hierarchy, ...], rule: Rule, seconds: float
) -> Prepared:
    """One question against a reader who knows every base that is not hidden."""
    table = table_of_shares(
        question.asked,
        dimensions,
        rule=rule,
        sensitive_attribute=question.sensitive_attribute,
        published=question.observed.keys() - bases.hidden,
        shown_before=question.shown_before,
        bases_known=bases.known & question.asked.keys(),
    )
    why = {
        one: reasons_of_share(counted, rule, sensitive=question.sensitive_attribute)
        for one, counted in question.asked.items()
    }
    hidden = choose(table, seconds=seconds).hidden
    return prepare(table, hidden, question.observed, why=why, withheld=bases.hidden & question.observed.keys())
