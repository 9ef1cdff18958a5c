"""How a sample was drawn: weights, strata and primary sampling units, looked at before anything is estimated."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from data_access.measures.arrays import Flags, Floats, Stated, finite, require, stated
from data_access.measures.categories import Categories, Codes, Labels, categories
from data_access.measures.errors import LengthsDiffer
from data_access.measures.survey.errors import SinglePsuStratum, StratumSizeDiffers, StratumTooSmall

Assumption = Literal["one_stratum", "each_row_a_psu", "single_psu_centred"]
SIMPLE_RANDOM: tuple[Assumption, ...] = ("one_stratum", "each_row_a_psu")
"""What is assumed of a sample whose strata and sampling units are not stated: that everyone was drawn alone."""


@dataclass(frozen=True, slots=True)
class Design:
    """n people in P primary sampling units in H strata; build it with ``of``.

    ``weight`` (n,); ``psu`` (n,) the position of each person's unit; ``stratum`` (P,) the position of each unit's
    stratum; ``strata`` their H labels. ``drawn``, ``factor`` and ``centred`` (H,) are what the variance formula needs
    of a stratum: its units m in the sample, (1 − f)·m/(m − 1), and whether its units are set against their own mean.
    ``assumed`` says in codes what had to be supposed because it was not stated; ``SIMPLE_RANDOM`` means: computed as a
    simple random sample.
    """

    weight: Floats
    psu: Codes
    stratum: Codes
    strata: tuple[Hashable, ...]
    drawn: Floats
    factor: Floats
    centred: Flags
    assumed: tuple[Assumption, ...]

    @classmethod
    def of(
        cls,
        weight: ArrayLike,
        *,
        stratum: Labels | None = None,
        psu: Labels | None = None,
        population_psus: ArrayLike | None = None,
        single_psu: Literal["refuse", "centre"] = "refuse",
    ) -> Design:
        """Design of n people from one value each; ``weight`` 0 or more, 0 for an interview that was not completed.

        ``psu`` labels may be used again in another stratum: they are other units there. ``population_psus`` is the
        number of units each stratum has in the population (finite population correction); without it the sample is
        taken as small beside the population. A stratum with one unit is refused unless the population has no other
        there, or ``single_psu`` is "centre": then its unit is set against the mean of the whole sample, which
        overstates the variance rather than leaving it out.

        Raises ValueMissing, ValueOutOfRange, LengthsDiffer, LabelMissing, StratumSizeDiffers, StratumTooSmall,
        SinglePsuStratum.
        """
        weights = finite("weight", weight)
        require("weight", weights, "0 or more", lambda x: x >= 0)
        n = weights.size
        assumed: tuple[Assumption, ...] = ()
        strata = Categories(("all",), np.zeros(n, dtype=np.intp))
        if stratum is None:
            assumed += ("one_stratum",)
        else:
            strata = categories("stratum", stratum, n)
        if psu is None:
            assumed += ("each_row_a_psu",)
            units, stratum_of_unit = np.arange(n, dtype=np.intp), strata.codes
        else:
            units, stratum_of_unit = _nested_units(categories("psu", psu, n), strata)
        drawn = np.bincount(stratum_of_unit, minlength=len(strata.labels)).astype(np.float64)
        fraction = _sampling_fraction(population_psus, strata, drawn)
        lone = (drawn == 1) & (fraction < 1)
        if lone.any():
            if single_psu == "refuse":
                raise SinglePsuStratum(tuple(strata.labels[i] for i in np.flatnonzero(lone).tolist()))
            assumed += ("single_psu_centred",)
        factor = (1 - fraction) * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 1.0)
        return cls(weights, units, stratum_of_unit, strata.labels, drawn, factor, ~lone, assumed)

    @property
    def people(self) -> int:
        """Number of rows n, those with a weight of 0 included."""
        return int(self.weight.size)

    def answers(self, argument: str, values: Stated) -> tuple[Floats, Flags]:
        """One value per person and who answered: None is no answer, and its place then holds 0.

        Raises ValueMissing (NaN) and LengthsDiffer.
        """
        array, given = stated(argument, values)
        if array.size != self.people or values is None:
            raise LengthsDiffer(argument, 0 if values is None else array.size, self.people)
        return np.where(given, array, 0.0), given

    def members(self, argument: str, domain: ArrayLike | None) -> Flags:
        """Who (n,) belongs to a group and has a weight: True or 1 for each person who does; None for everyone.

        Raises ValueMissing, ValueOutOfRange and LengthsDiffer.
        """
        weighted = self.weight > 0
        if domain is None:
            return weighted
        inside = np.atleast_1d(np.asarray(domain))
        if inside.size != self.people:
            raise LengthsDiffer(argument, inside.size, self.people)
        if inside.dtype != np.bool_:
            numbers = finite(argument, inside)
            require(argument, numbers, "0 or 1", lambda x: (x == 0) | (x == 1))
            inside = numbers == 1
        return np.asarray(inside & weighted)

    def variance(self, rows: Codes, scores: Floats) -> float:
        """V = Σ_h (1 − f_h)·m_h/(m_h − 1)·Σ_c (u_hc − ū_h)² of scores that add up to 0, one for each of ``rows``.

        All other people have the score 0. Every unit of a stratum counts in m_h, also one where nobody belongs to the
        group. A person may come several times in ``rows``: the scores add up.

        Source: Woodruff (1971); Binder (1983).
        """
        touched = self._touched(rows)
        totals = np.bincount(self.psu[rows], scores, minlength=self.stratum.size)[touched]
        stratum, strata = self.stratum[touched], self.drawn.size
        mean = np.where(self.centred, np.bincount(stratum, totals, minlength=strata) / self.drawn, 0.0)
        squares = np.bincount(stratum, (totals - mean[stratum]) ** 2, minlength=strata)
        untouched = self.drawn - np.bincount(stratum, minlength=strata)
        return float(self.factor @ (squares + untouched * mean**2))

    def degrees_of_freedom(self, rows: Codes) -> int:
        """Sampling units minus strata, counting those in which someone of ``rows`` lives."""
        touched = self._touched(rows)
        return int(touched.size - np.unique(self.stratum[touched]).size)

    def _touched(self, rows: Codes) -> Codes:
        """Units in which someone of ``rows`` lives."""
        marks = np.zeros(self.stratum.size, dtype=np.bool_)
        marks[self.psu[rows]] = True
        return np.flatnonzero(marks)


def _nested_units(units: Categories, strata: Categories) -> tuple[Codes, Codes]:
    """Units numbered within their strata: the unit of each person (n,), the stratum of each unit (P,)."""
    pairs = strata.codes * len(units.labels) + units.codes
    found, nested = np.unique(pairs, return_inverse=True)
    return nested.astype(np.intp), (found // len(units.labels)).astype(np.intp)


def _sampling_fraction(population_psus: ArrayLike | None, strata: Categories, drawn: Floats) -> Floats:
    """Share f_h of each stratum's units that were drawn, shape (H,); 0 where the population is not stated."""
    if population_psus is None:
        return np.zeros(drawn.size)
    size = finite("population_psus", population_psus)
    if size.size != strata.codes.size:
        raise LengthsDiffer("population_psus", size.size, strata.codes.size)
    require("population_psus", size, "above 0", lambda x: x > 0)
    _, first = np.unique(strata.codes, return_index=True)
    of_stratum = size[first]
    if (wrong := size != of_stratum[strata.codes]).any():
        at = int(wrong.argmax())
        code = int(strata.codes[at])
        raise StratumSizeDiffers(strata.labels[code], at, (float(of_stratum[code]), float(size[at])))
    if (small := of_stratum < drawn).any():
        at = int(small.argmax())
        raise StratumTooSmall(strata.labels[at], int(drawn[at]), float(of_stratum[at]))
    return np.asarray(drawn / of_stratum)
