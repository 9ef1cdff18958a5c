"""Invented respondents and what they answer, drawn from one country's assumptions. Standard library only.

Nothing but ``random.Random(text).random()`` is drawn, whose sequence Python guarantees, with a text of its own
for every source, series, round and area: a series added later leaves the others as they are.
"""

from __future__ import annotations

import math
from random import Random
from statistics import NormalDist
from typing import Any

from illustrative_estimates import Answer

SEED = 20300308
SCORE_SPREAD = 0.9
SCORE_POINTS_PER_LOGIT = 0.4

# Respondents a series has, as a share of the people interviewed: not every household has a birth or an infant.
ANSWERING = {"person": 1.0, "household": 1.0, "mother": 0.8, "child": 0.85}
OPPOSITE = {"SEX=F": "SEX=M", "URBANISATION=U": "URBANISATION=R", "DISABILITY_STATUS=PD": "DISABILITY_STATUS=PWD"}


def logit(share: float) -> float:
    """Log odds of a share between 0 and 1."""
    return math.log(share / (1 - share))


def in_area(assumed: float | dict[str, float], area: str) -> float:
    """An assumption given once for the country or area by area."""
    return assumed[area] if isinstance(assumed, dict) else assumed


def people(country: dict[str, Any], source: dict[str, Any], observed: str, period: str, area: str) -> list[Answer]:
    """Respondents of one area and round without answers yet: who they are (members) and what they weigh.

    A survey's respondent weighs the area's people per respondent, times real over sampled share for every
    member the survey samples more often than its share; elsewhere everybody weighs 1.
    """
    asked = round(source["respondents"][area] * ANSWERING[observed])
    draw = Random(f"{SEED}|people|{source['code']}|{observed}|{period}|{area}").random
    weighted = source["kind"] == "survey"
    found = []
    for _ in range(asked):
        members: set[str] = set()
        weight = country["population_share"][area] / asked if weighted else 1.0
        for member, share in country["members"].items():
            real = in_area(share, area) / 100
            sampled = source.get("sampled", {}).get(member, 100 * real) / 100
            present = draw() < sampled
            if member == "SETTLEMENT=informal" and "URBANISATION=U" not in members:
                continue
            if present:
                members.add(member)
            elif member in OPPOSITE:
                members.add(OPPOSITE[member])
            if weighted and sampled != real:
                weight *= real / sampled if present else (1 - real) / (1 - sampled)
        found.append(Answer(area, frozenset(members), weight, 0.0))
    return found


def distance_behind(country: dict[str, Any], asked: dict[str, Any], area: str, members: frozenset[str]) -> float:
    """How much worse off a person is than the average of the area, on the logit scale."""
    total = 0.0
    for member, effect in (country["disadvantage"] | asked.get("disadvantage", {})).items():
        share = in_area(country["members"][member], area) / 100
        if member == "SETTLEMENT=informal":
            share *= in_area(country["members"]["URBANISATION=U"], area) / 100
        total += effect * ((member in members) - share)
    return total


def answers(
    country: dict[str, Any], source: dict[str, Any], asked: dict[str, Any], round_: dict[str, Any], favourable: int
) -> list[Answer]:
    """What every respondent of a round answered: 1 or 0, or a whole score from 1 to 5."""
    given = []
    for area in source["respondents"]:
        seed = f"{SEED}|answers|{source['code']}|{asked['series']}|{round_['period']}|{area}"
        draw = Random(seed).random
        for person in people(country, source, asked.get("observed", "person"), round_["period"], area):
            behind = distance_behind(country, asked, area, person.members) - round_.get("better", 0.0)
            if "score" in asked:
                centre = asked["score"][area] - SCORE_POINTS_PER_LOGIT * behind
                chance = min(max(draw(), 1e-9), 1 - 1e-9)
                latent = NormalDist(centre, SCORE_SPREAD).inv_cdf(chance)
                value = float(min(5, max(1, math.floor(latent + 0.5))))
            else:
                odds = logit(asked["share"][area] / 100) + (-behind if favourable else behind)
                value = float(draw() < 1 / (1 + math.exp(-odds)))
            given.append(Answer(area, person.members, person.weight, value))
    return given
