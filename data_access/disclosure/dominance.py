"""Whether a total or mean of amounts nearly tells what one person said."""

from __future__ import annotations

PER_CENT = 10.0
"""How closely the largest amount may not be guessed, in per cent of it."""


def dominates(total: float, first: float, second: float, *, per_cent: float = PER_CENT) -> bool:
    """Whether the second largest contributor could work out the largest within ``per_cent`` of it: the p % rule.

    ``total`` of the (weighted, absolute) amounts of a cell, ``first`` and ``second`` the two largest of them. Who knows
    the total and their own amount knows the largest to within what all others have. Where all amounts are 0 there is
    nothing to guess.

    Source: A. Hundepool and others, Statistical Disclosure Control (Wiley 2012), magnitude tables, p % rule: sensitive
    if total − first − second < p/100 · first. With sampling weights whole weighted amounts are taken, which hides more
    than either of the ways given there (p. 151): docs/methods/disclosure-control.md says why.
    """
    return first > 0 and total - first - second < per_cent / 100 * first
