"""The sums behind every estimate, as expressions of Ibis that any of its engines can run.

Only these sums leave the engine: per group and sampling unit, or per group and stratum; never per person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis


def strata(people: Any) -> Any:
    """One row a stratum: ``drawn`` rows or, where there are any, sampling units in the sample, whoever answered; and
    the least and the largest number of units stated for it."""
    units = people.psu.nunique()
    return people.group_by("stratum").agg(
        drawn=(units == 0).ifelse(people.count(), units), fpc_low=people.fpc.min(), fpc_high=people.fpc.max()
    )


def pieces(people: Any, keys: Sequence[str], *, units: bool, middle: float, share: bool) -> Any:
    """What every estimate by ``keys`` (columns), and by some of them, can be added up from.

    Per group, stratum and, with ``units``, sampling unit: ``n`` people who answered, ``yes`` answers that are 1, ``a``
    Σw(y − middle), ``b`` Σw, ``ww`` Σw²; unless ``share``, whose answers are 0 and 1, also ``q`` Σw(y − middle)² and
    the extreme answers ``low`` and ``high``. Without units also ``aa``, ``ab``, ``bb``: per person, the variances and
    covariance of w(y − middle) and w.
    """
    asked = people.filter(people.y.notnull() & (people.w > 0))
    members = asked.select(
        *keys, "stratum", "psu", "y", "w", away=asked.w * (asked.y - middle) if middle else asked.w * asked.y
    )
    sums = {
        "n": members.count(),
        "yes": (members.y == 1).sum(),
        "a": members.away.sum(),
        "b": members.w.sum(),
        "ww": (members.w * members.w).sum(),
    }
    if not share:
        sums |= {"q": (members.away * (members.y - middle)).sum(), "low": members.y.min(), "high": members.y.max()}
    if not units:
        sums |= {
            "aa": members.away.var(how="pop"),
            "ab": members.away.cov(members.w, how="pop"),
            "bb": members.w.var(how="pop"),
        }
    return members.group_by([*keys, "stratum", *(["psu"] if units else [])]).agg(**sums)


def largest(people: Any, keys: Sequence[str]) -> Any:
    """Per group and stratum, of the sizes |w·y| of answers: ``total``, the largest ``first`` and ``second``."""
    by = [*keys, "stratum"]
    asked = people.filter(people.y.notnull() & (people.w > 0))
    sizes = asked.select(*by, size=(asked.w * asked.y).abs())
    place = ibis.row_number().over(ibis.window(group_by=by, order_by=sizes["size"].desc()))
    ranked = sizes.mutate(place=place)
    return ranked.group_by(by).agg(
        total=ranked["size"].sum(),
        first=ranked["size"].sum(where=ranked.place == 0),
        second=ranked["size"].sum(where=ranked.place == 1),
    )
