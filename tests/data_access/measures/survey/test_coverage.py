"""Of simulated clustered surveys, as many as promised have an interval that holds the truth."""

from __future__ import annotations

import numpy as np
import pytest

from data_access.measures.survey.comparison import difference
from data_access.measures.survey.design import Design
from data_access.measures.survey.estimation import proportion

pytestmark = pytest.mark.slow

STRATA, UNITS, PEOPLE, SURVEYS = 6, 10, 20, 2_000


def test_logit_intervals_and_joint_differences_of_clustered_surveys() -> None:
    """Strata of unequal level, units that vary within them, one in three people in the group, unequal weights."""
    random = np.random.default_rng(17)
    level = np.linspace(0.15, 0.55, STRATA)
    share = np.array([3, 1, 2, 1, 2, 1]) / 10
    stratum = np.repeat(np.arange(STRATA), UNITS * PEOPLE)
    psu = np.repeat(np.arange(STRATA * UNITS), PEOPLE)
    design = Design.of(share[stratum], stratum=stratum, psu=psu)
    truth_of_group = float(share @ level)
    held = {"whole": 0, "group": 0, "difference": 0}
    for _ in range(SURVEYS):
        spread = 8.0
        unit = random.beta(spread * level[:, None], spread * (1 - level[:, None]), (STRATA, UNITS)).ravel()
        y = (random.random(stratum.size) < unit[psu]).astype(np.float64)
        group = random.random(stratum.size) < 1 / 3
        whole, inside = proportion(design, y), proportion(design, y, group)
        gap = difference(design, y, group, ~group)
        for name, found, truth in (
            ("whole", whole, truth_of_group), ("group", inside, truth_of_group), ("difference", gap, 0.0)
        ):  # fmt: skip
            assert found.lower is not None and found.upper is not None
            held[name] += found.lower <= truth <= found.upper
    for name, times in held.items():
        assert 0.93 <= times / SURVEYS <= 0.97, name
