"""Answers go into the mapping and come back out of it, and nothing else of it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.mapping.answering import with_answers
from data_access.importing.mapping.reading import load_mapping
from tests.data_access.importing.mapping.parts import SOURCE_YAML
from tests.data_access.importing.mapping.test_real_files import MAPPINGS

MAPPING = SOURCE_YAML + "# kept\ntables: [{values: [{letter: B}]}]  # kept, too\n"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)))
GIVEN = {"area": {"Hà Tây": "VN-HN", "no": "KEN"}, "SEX": {"1": "F"}}


def test_a_mapping_without_answers_gets_them_at_its_end() -> None:
    assert with_answers(MAPPING, GIVEN) == (
        MAPPING + '\nanswers:\n  area:\n    "Hà Tây": "VN-HN"\n    "no": KEN\n  SEX:\n    "1": F\n'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "answers:\n  # by hand\n  area:\n    Old: KEN  # said in 2019\n    Hà Tây: KEN\n",
            (
                'answers:\n  # by hand\n  SEX:\n    "1": F\n'
                '  area:\n    "no": KEN\n    Old: KEN  # said in 2019\n    Hà Tây: "VN-HN"\n'
            ),
        ),
        (
            "answers: {area: {Old: KEN}}\n",
            'answers: {SEX: {"1": F}, area: {"no": KEN, "Hà Tây": "VN-HN", Old: KEN}}\n',
        ),
        (
            "answers: {}\nharmless: []\n",
            'answers: \n  area:\n    "Hà Tây": "VN-HN"\n    "no": KEN\n  SEX:\n    "1": F\nharmless: []\n',
        ),
    ],
)
def test_answers_join_those_that_stand_there(before: str, after: str) -> None:
    made = with_answers(MAPPING + before, GIVEN)
    answers = load_mapping(made).answers
    assert answers["area"].items() >= GIVEN["area"].items()
    assert answers["SEX"] == GIVEN["SEX"]
    assert ("Old" in before) == (answers["area"].get("Old") == "KEN")
    assert sorted(made.splitlines()) == sorted((MAPPING + after).splitlines()) or "{area" in before


def test_nothing_answered_changes_nothing_and_doubts_of_one_file_are_not_kept() -> None:
    assert with_answers(MAPPING, {"area": {}, "confirmed": {"zeros · Sheet1 · B": "looked into"}}) == MAPPING


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_every_shipped_mapping_takes_answers_and_stays_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = load_mapping(text)
    made = with_answers(text, GIVEN)
    assert made.startswith(text)
    assert load_mapping(made) == before.model_copy(update={"answers": GIVEN})


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["area", "series", "SEX"]),
            st.dictionaries(TEXTS, st.text("ABC-_1"), min_size=1, max_size=3),
            max_size=3,
        ),
        max_size=3,
    )
)
def test_whatever_is_answered_is_read_back(rounds: list[dict[str, dict[str, str]]]) -> None:
    text, expected = MAPPING, dict[str, dict[str, str]]()
    for answers in rounds:
        text = with_answers(text, answers)
        for what, of in answers.items():
            expected.setdefault(what, {}).update(of)
    assert load_mapping(text).answers == expected
