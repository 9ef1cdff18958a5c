"""Columns that only look as if they named people are let through with a word; what does name them never is."""

from __future__ import annotations

from data_access.importing.mapping.excusing import identifiers
from data_access.importing.mapping.reading import load_mapping
from tests.data_access.importing.mapping.parts import SOURCE_YAML, from_csv

CSV = "WKT,name,phone,n\n" + "".join(
    f'"POINT (36.79{i}1 -1.31{i}2)",Amina Wanjiru Achieng {i},+2547220000{i:02},1\n' for i in range(10)
)
RECORDS = """records:
  - unit: establishment
    area: KEN
    period: 2019
    figures: [{series: KIBERA_SCHOOLS, measure: count}]
harmless:
  - {header: WKT, because: where the schools stand}
  - {header: name, because: names of schools}
  - {header: phone, because: the schools say so}
"""


def told(mapping: str) -> list[tuple[str, str, str, str]]:
    found = identifiers(from_csv(CSV), load_mapping(SOURCE_YAML + mapping))
    return [(f.kind, f.rule, f.column, f.what) for f in found]


def test_names_and_places_of_establishments_are_let_through_and_phones_are_not() -> None:
    assert told(RECORDS) == [
        (
            "remark",
            "identifier excused",
            "WKT",
            "The column holds places by coordinates in 10 of 10 cells. It was let through: where the schools stand.",
        ),
        (
            "remark",
            "identifier excused",
            "name",
            "The column holds names of persons in 10 of 10 cells. It was let through: names of schools.",
        ),
        ("refused", "personal_identifier", "phone", "The column holds phone numbers in 10 of 10 cells."),
    ]


def test_where_persons_are_is_never_let_through() -> None:
    kinds = [(kind, column) for kind, _, column, _ in told(RECORDS.replace("establishment", "person"))]
    assert kinds == [("refused", "WKT"), ("remark", "name"), ("refused", "phone")]


def test_without_a_word_in_the_mapping_everything_is_refused() -> None:
    kinds = [kind for kind, *_ in told(RECORDS.partition("harmless")[0])]
    assert kinds == ["refused"] * 3


def test_a_column_of_another_sheet_excuses_none() -> None:
    assert [kind for kind, *_ in told(RECORDS.replace("because", "sheet: Other, because"))] == ["refused"] * 3
