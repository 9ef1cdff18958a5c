"""The bounds of a share: on the logit where there are both answers, Clopper–Pearson where all are alike."""

from __future__ import annotations

from math import exp, log


def logit_bounds(p: float, half: float) -> tuple[float, float]:
    """Bounds of a share 0 < ``p`` < 1 whose own scale would have ``half`` on either side, taken on the logit."""
    centre, reach = log(p / (1 - p)), half / (p * (1 - p))
    return 1 / (1 + exp(min(reach - centre, 700.0))), 1 / (1 + exp(max(-centre - reach, -700.0)))


def clopper_pearson_bounds(p: float, n: int, effect: float, level: float) -> tuple[float, float]:
    """Bounds of a share of 0 or 1 among ``n`` people: the far one is (α/2)^(effect/n) from the end where nobody is."""
    reach = ((1 - level) / 2) ** (effect / n)
    return (reach, 1.0) if p == 1 else (0.0, 1 - reach)
