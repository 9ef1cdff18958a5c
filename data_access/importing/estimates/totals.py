"""The sums behind every estimate, as expressions of Ibis that any of its engines can run.

Only these sums leave the engine: per group and stratum, never per person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from data_access.importing.estimates.wanted import Breakdown, Wanted

NOT_STATED = ""
"""The category of people who are in no group of a dimension."""
ALL = "everybody"
"""A column that is the same for everyone, so that the total is a group like any other."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Answers in the terms of the estimate, one row a person: ``y``, ``w``, ``stratum``, ``psu``, ``fpc``, and for
    each dimension a column ``by_<position>`` with its category; ``columns`` leads from dimension to column."""

    table: Any
    columns: dict[str, str]


def coded(answers: Any, wanted: Wanted) -> Coded:
    """``answers`` (a table of Ibis) with codes read as ``wanted`` says; NOT_STATED where a person is in no group."""
    unit = answers[wanted.psu] if wanted.psu else ibis.null("int64")
    chosen = answers.select(
        y=_outcome(answers, wanted),
        w=_number(answers[wanted.weight]) if wanted.weight else ibis.literal(1.0),
        stratum=as_text(answers[wanted.stratum]) if wanted.stratum else ibis.literal("all"),
        psu=as_text(unit) if wanted.psu else unit,
        fpc=_number(answers[wanted.fpc]) if wanted.fpc else ibis.null("float64"),
        **{f"code_{i}": as_text(answers[one.column]) for i, one in enumerate(wanted.breakdowns)},
    )
    columns: dict[str, str] = {}
    for i, one in enumerate(wanted.breakdowns):
        columns[one.dimension] = f"by_{i}"
        chosen = chosen.left_join(_categories(i, one), f"code_{i}")
    kept = {name: chosen[name] for name in ("y", "w", "stratum", "psu", "fpc")}
    groups = {name: chosen[name].fill_null(NOT_STATED) for name in columns.values()}
    return Coded(chosen.select(**kept, **groups, **{ALL: ibis.literal("")}), columns)


def as_text(column: Any) -> Any:
    """A code as text: a whole number without decimals, None where it is empty."""
    kind = column.type()
    if kind.is_floating():
        column = ibis.ifelse(column.isnan(), ibis.null(kind), column)
        whole = column == column.floor()
        return ibis.ifelse(whole, column.floor().cast("int64").cast("string"), column.cast("string"))
    if kind.is_boolean():
        return column.cast("int64").cast("string")
    return column.cast("string").nullif("")


def unknown_codes(answers: Any, column: str, known: Sequence[str]) -> Any:
    """The codes of a column that are not among ``known``, with how many rows have them: ``code``, ``rows``."""
    by_code = answers.select(found=answers[column]).group_by("found").agg(rows=lambda each: each.count())
    codes = by_code.select(code=as_text(by_code.found), rows=by_code.rows)
    strange = codes.filter(codes.code.notnull())
    return (strange.filter(~strange.code.isin(list(known))) if known else strange).order_by("code")


def design_facts(table: Any) -> Any:
    """One row about the coded answers: how many rows lack or misstate what the design needs, and the mean answer."""
    answered = table.y.notnull() & (table.w > 0)
    return table.agg(
        rows=table.count(),
        weight_missing=table.w.isnull().sum(),
        weight_wrong=((table.w < 0) | table.w.isinf()).sum(),
        stratum_missing=table.stratum.isnull().sum(),
        psu_missing=table.psu.isnull().sum(),
        fpc_missing=table.fpc.isnull().sum(),
        answered=answered.sum(),
        middle=table.y.mean(where=answered),
    )


def strata(table: Any, *, units: bool) -> Any:
    """One row a stratum: its sampling units in the sample, and the least and the largest number stated for it."""
    drawn = table.psu.nunique() if units else table.count()
    return table.group_by("stratum").agg(drawn=drawn, fpc_low=table.fpc.min(), fpc_high=table.fpc.max())


def counts(table: Any, keys: Sequence[str]) -> Any:
    """Per group, unweighted: ``n`` people who answered and ``yes`` those who said yes."""
    members = table.filter(table.y.notnull() & (table.w > 0))
    return members.group_by(list(keys)).agg(n=members.count(), yes=(members.y == 1).sum())


def scores(table: Any, keys: Sequence[str], *, units: bool, middle: float) -> Any:
    """Per group and stratum what the variance needs, and per group what the estimate needs, beside it.

    ``keys`` the columns that make the groups. Of each stratum: ``touched`` sampling units with people of the group,
    ``total`` and ``spread`` of their scores t = Σw(y − p)/Σ_d w: the sum and the sum of squares about its own mean. Of
    each group: ``n``, ``yes``, ``low`` and ``high`` the extreme answers, ``weight`` Σw, ``answers`` Σw(y − middle),
    ``squares`` Σw(y − middle)², ``weights`` Σw². Answers are counted from ``middle`` so that no digits are lost.
    """
    by = [*keys, ALL]
    members = table.filter(table.y.notnull() & (table.w > 0))
    away = members.y - middle
    people = members.select(
        *by, "stratum", "psu", a=members.w * away, b=members.w, q=members.w * away * away, ww=members.w * members.w,
        n=ibis.literal(1).cast("int64"), yes=(members.y == 1).cast("int64"), low=members.y, high=members.y,
    )  # fmt: skip
    pieces = people
    if units:
        sums = {name: people[name].sum() for name in ("a", "b", "q", "ww", "n", "yes")}
        pieces = people.group_by([*by, "stratum", "psu"]).agg(**sums, low=people.low.min(), high=people.high.max())
    groups = pieces.group_by(by).agg(
        answers=pieces.a.sum(), weight=pieces.b.sum(), squares=pieces.q.sum(), weights=pieces.ww.sum(),
        n=pieces.n.sum(), yes=pieces.yes.sum(), low=pieces.low.min(), high=pieces.high.max(),
    )  # fmt: skip
    values = groups.select(*by, value=groups.answers / groups.weight, weight=groups.weight)
    scored = pieces.select(*by, "stratum", "a", "b").join(values, by)
    scored = scored.select(*by, "stratum", t=(scored.a - scored.value * scored.b) / scored.weight)
    within = scored.group_by([*by, "stratum"]).agg(
        touched=scored.count(), total=scored.t.sum(), spread=scored.t.var(how="pop") * scored.count()
    )
    return within.join(groups, by)


def _outcome(answers: Any, wanted: Wanted) -> Any:
    said, column = wanted.outcome, answers[wanted.outcome.column]
    if said.yes:
        code = as_text(column)
        silent = code.isnull() | code.isin(list(said.missing)) if said.missing else code.isnull()
        return ibis.ifelse(silent, ibis.null("float64"), code.isin(list(said.yes)).cast("int64").cast("float64"))
    number = _number(column)
    silent_numbers = [float(code) for code in said.missing]
    return ibis.ifelse(number.isin(silent_numbers), ibis.null("float64"), number) if silent_numbers else number


def _number(column: Any) -> Any:
    """As a number with decimals; None where there is none."""
    number = column.cast("float64")
    return ibis.ifelse(number.isnan(), ibis.null("float64"), number)


def _categories(position: int, one: Breakdown) -> Any:
    listed = {f"code_{position}": list(one.codes), f"by_{position}": list(one.codes.values())}
    return ibis.memtable(pa.table(listed, schema=pa.schema([(name, pa.string()) for name in listed])))
