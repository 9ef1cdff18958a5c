"""The page that explains the measures explains each in the same order, and its examples are what comes out."""

from __future__ import annotations

import re
from pathlib import Path

from data_access.measures.inequality.measure import CODES, measure
from data_access.measures.inequality.subgroups import Subgroups

PAGE = (Path(__file__).parents[4] / "docs" / "methods" / "inequality.md").read_text()
ITEMS = [
    *("Definition", "Formula", "Interval", "Interpretation"),
    *("When it applies", "Parameters", "Example", "Reference"),
]
GROUPS = {
    "five": Subgroups.of(
        ["poorest", "second", "third", "fourth", "richest"],
        [41.2, 55.7, 63.1, 74.9, 90.3],
        favourable=True,
        scale=100,
        se=[2.1, 1.9, 1.8, 1.5, 0.9],
        population=[1_000, 1_100, 900, 1_000, 1_000],
        order=[1, 2, 3, 4, 5],
    ),
    "six": Subgroups.of(
        ["capital", "second", "third", "fourth", "fifth", "sixth"],
        [82.4, 47.9, 55.3, 61.8, 39.6, 70.2],
        favourable=True,
        scale=100,
        se=[1.4, 4.6, 3.9, 3.1, 5.8, 2.2],
        population=[9_000, 450, 610, 1_200, 240, 3_500],
        reference="capital",
    ),
}


def sections() -> dict[str, str]:
    """The part of each family of measures by its heading, which names the codes."""
    parts = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    return {heading: text for heading, _, text in (part.partition("\n") for part in parts) if ": `" in heading}


def test_every_measure_is_explained_once_and_in_the_same_order() -> None:
    explained = [code for heading in sections() for code in re.findall(r"`(\w+)`", heading)]
    assert sorted(explained) == sorted(CODES)
    for heading, text in sections().items():
        assert re.findall(r"^\*\*([^*]+)\.\*\*", text, flags=re.MULTILINE) == ITEMS, heading


def test_every_measure_has_an_example_that_comes_out() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (five|six) \| (\S+) \| (\S+) to (\S+) \| (\S+) \|$", PAGE, flags=re.MULTILINE)
    assert {row[0] for row in rows} == set(CODES)
    for code, groups, *printed in rows:
        found = measure(code, GROUPS[groups])
        expected = (found.value, found.lower, found.upper, found.equality)
        assert printed == ["–" if number is None else f"{number:.3g}" for number in expected], code
