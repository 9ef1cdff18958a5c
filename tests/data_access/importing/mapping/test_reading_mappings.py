"""A mapping that is wrong says where: line, key, what stands there and how to mend it; everything at once."""

from __future__ import annotations

import pytest

from data_access.importing.mapping.reading import MappingRefused, load_mapping
from tests.data_access.importing.mapping.parts import SOURCE_YAML

TABLES = """tables:
  - header_rows: [1]
    columns:
      - header: County
        means: area
    values:
      - header: "2019"
        period: 2019
        series: MPI_H
"""


def refused(text: str) -> list[tuple[int | None, str, str, str, str]]:
    with pytest.raises(MappingRefused) as caught:
        load_mapping(text, "m.yaml")
    return [(f.row, f.column, f.value, f.what, f.mend) for f in caught.value.findings]


def test_a_good_mapping_loads_and_numbers_are_the_texts_they_look_like() -> None:
    values = load_mapping(SOURCE_YAML + TABLES).tables[0].values[0]
    assert (values.header, values.period, values.series) == ("2019", "2019", "MPI_H")


def test_everything_that_is_wrong_is_said_at_once_with_its_line() -> None:
    text = (SOURCE_YAML + TABLES).replace("origin: community", "origin: comunity").replace("means:", "meens:")
    text = text.replace("  citation: The tests\n", "")
    found = refused(text)
    assert [(row, key) for row, key, *_ in found] == [
        (2, "source.citation"),
        (6, "source.origin"),
        (15, "tables[1].columns[1].means"),
        (16, "tables[1].columns[1].meens"),
    ]
    assert found[1][2:] == (
        "comunity",
        "is none of the words known here.",
        "Did you mean 'community'? Write one of 'official' or 'community'.",
    )
    assert found[3][3:] == ("is no key that is known here.", "Did you mean 'means'?")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: [1, 2\nb: 3", 2, "is no YAML"),
        ("a: 1\na: 2", 2, "stands twice."),
        ("a: &x [1]\nb: *x", 1, "uses an anchor (& or *)."),
        ("a: !!python/object/apply:os.system ['x']", 1, ""),
        ("- 1", 1, "holds no keys."),
        ("", 1, "holds no keys."),
        ("a: !thing x", 1, "carries the tag !thing."),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    found = refused(text)
    assert found[0][0] == line
    assert found[0][3].startswith(what)


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 5000, "{" * 3000, "\x00", "a: " + "x" * 1_000_001, "\ud800", "a: 1e999"]
)
def test_hostile_texts_are_refused_by_name(text: str) -> None:
    with pytest.raises(MappingRefused):
        load_mapping(text)


def test_a_pattern_that_is_none_is_refused() -> None:
    text = (SOURCE_YAML + TABLES).replace('header: "2019"', 'pattern: "(2019"\n        letter: B')
    assert [(key, what.split(":")[0]) for _, key, _, what, _ in refused(text)] == [
        ("tables[1].values[1].pattern", "is no regular expression")
    ]
