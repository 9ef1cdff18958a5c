"""Estimates from invented respondents, and which cells are withheld to protect them. Standard library only."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

FEWEST_PUBLISHED = 10
FEWEST_RELIABLE = 25
FEWEST_UNFLAGGED = 50
Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Answer:
    """One invented respondent's answer: where, who (members as ``DIMENSION=CODE``), weight, 0/1 or a score."""

    area: str
    members: frozenset[str]
    weight: float
    value: float


@dataclass(frozen=True)
class Cell:
    """One published estimate as text, rounded; all empty when withheld."""

    value: str
    se: str
    lower: str
    upper: str
    n: str
    status: str

    def columns(self) -> list[str]:
        """Value, standard error, bounds and n, in the order of the csv."""
        return [self.value, self.se, self.lower, self.upper, self.n]


WITHHELD = Cell("", "", "", "", "", "Q")


def flag(n: int) -> str:
    """A for a normal cell, U for 25 to 49 respondents."""
    return "U" if n < FEWEST_UNFLAGGED else "A"


def effective_size(answers: list[Answer], design_effect: float) -> float:
    """Kish's effective sample size (Σw)²/Σw², divided by the design effect of clustering."""
    total = math.fsum(a.weight for a in answers)
    return total**2 / math.fsum(a.weight**2 for a in answers) / design_effect


def estimate_share(answers: list[Answer], design_effect: float) -> Cell:
    """Weighted per cent with its standard error and the 95 % Wilson interval (Wilson 1927) on the effective size."""
    total = math.fsum(a.weight for a in answers)
    p = math.fsum(a.weight * a.value for a in answers) / total
    m = effective_size(answers, design_effect)
    centre = (p + Z**2 / (2 * m)) / (1 + Z**2 / m)
    half = Z / (1 + Z**2 / m) * math.sqrt(p * (1 - p) / m + Z**2 / (4 * m**2))
    # At 0 and 100 % the usual standard error is zero, which would claim certainty: none is given.
    se = f"{100 * math.sqrt(p * (1 - p) / m):.2f}" if 0 < p < 1 else ""
    lower, upper = max(0.0, 100 * (centre - half)), min(100.0, 100 * (centre + half))
    return Cell(f"{100 * p:.1f}", se, f"{lower:.1f}", f"{upper:.1f}", str(len(answers)), flag(len(answers)))


def t_quantile(df: int) -> float:
    """97.5 % point of Student's t (Abramowitz and Stegun 26.7.5); error below 1e-5 from 24 degrees of freedom."""
    z = Z
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
    )


def estimate_score(answers: list[Answer], design_effect: float) -> Cell:
    """Unweighted mean score with its standard error and the 95 % t interval, kept within 1 to 5."""
    n = len(answers)
    mean = math.fsum(a.value for a in answers) / n
    variance = math.fsum((a.value - mean) ** 2 for a in answers) / (n - 1)
    se = math.sqrt(design_effect * variance / n)
    half = t_quantile(n - 1) * se
    lower, upper = max(1.0, mean - half), min(5.0, mean + half)
    return Cell(f"{mean:.2f}", f"{se:.3f}", f"{lower:.2f}", f"{upper:.2f}", str(n), flag(n))


def discloses(n: int, hits: int, is_score: bool) -> bool:
    """True for fewer than 10 people, or a share that rests on one or two of them (or on all but one or two)."""
    return n < FEWEST_PUBLISHED or (not is_score and (hits in (1, 2) or n - hits in (1, 2)))


def withheld_cells(
    cells: Mapping[tuple[str, str], list[Answer]], country: str, is_score: bool, has_rest: bool
) -> set[tuple[str, str]]:
    """Keys (area, group) of the cells to withhold from one series and period.

    Withheld are cells that disclose or are unreliable (fewer than 25), cells whose remainder in a larger
    published cell of the same area discloses, and a second area where one alone could be found by subtraction
    from the country. ``has_rest`` says that the country holds an area that is never published, so that no such
    subtraction is possible.
    """
    size = {key: len(chosen) for key, chosen in cells.items()}
    hits = {key: round(math.fsum(a.value for a in chosen)) for key, chosen in cells.items()}
    hidden = {key for key, n in size.items() if n < FEWEST_RELIABLE or discloses(n, hits[key], is_score)}
    for area, group in cells:
        for other_area, other in cells:
            inside = set(other.split("|")) - {""} < set(group.split("|")) - {""}
            if area == other_area and inside:
                left = size[area, other] - size[area, group]
                left_hits = hits[area, other] - hits[area, group]
                if left > 0 and discloses(left, left_hits, is_score):
                    hidden.add((area, group))
    if not has_rest:
        for group in {group for area, group in cells if area == country}:
            areas = sorted((size[a, g], a) for a, g in cells if g == group and a != country)
            gone = [a for _, a in areas if (a, group) in hidden]
            shown = [a for _, a in areas if (a, group) not in hidden]
            if len(gone) == 1 and shown:
                hidden.add((shown[0], group))
    return hidden
