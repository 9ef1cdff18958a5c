"""A Kobo export and its form become typed columns, and whatever does not fit is named with its cell."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from data_access.importing.estimates.answers import AnswersRefused
from data_access.importing.estimates.forms import Reading, read_answers
from data_access.importing.estimates.washington import WashingtonGroup
from data_access.importing.estimates.xlsform import read_form
from data_access.importing.problems import FileProblem


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


kobo = _beside("kobo")
FORM = read_form(kobo.form())
READING = Reading(
    ("province", "water", "village", "hh_weight", "sex", "age", "enrolled"),
    level="person",
    missing={"*": ("88", "-99")},
    numbers=("hh_weight",),
    washington=kobo.WASHINGTON,
)


def test_the_form() -> None:
    assert (FORM.title, FORM.form_id, FORM.version) == ("Water and school", "ws", "3")
    assert FORM.repeats == {"person": ""}
    province = FORM.question("place/province")
    assert (province.kind, province.path, province.repeat) == ("select_one", "place/province", "")
    assert province.labels == {"English (en)": "Province", "Nepali (ne)": "प्रदेश"}
    assert [(one.name, one.labels) for one in province.choices] == [
        ("P1", {"English (en)": "Koshi"}), ("P2", {"English (en)": "Madhesh"}),
    ]  # fmt: skip
    sex = FORM.question("sex")
    assert (sex.path, sex.repeat, [one.name for one in sex.choices]) == ("person/about/sex", "person", ["1", "2"])
    assert FORM.question("enrolled").relevant == "${age} < 18"
    assert FORM.question("age").kind == "integer"
    with pytest.raises(KeyError):
        FORM.question("name_of_head")


@pytest.mark.parametrize("exploded", [True, False])
@pytest.mark.parametrize("groups", [True, False])
def test_people_with_what_their_household_said(exploded: bool, groups: bool) -> None:
    answers = read_answers(FORM, kobo.export(exploded=exploded, groups=groups), READING)
    table = answers.table.to_pydict()
    assert (answers.file, answers.sheet, answers.row_column) == ("export.xlsx", "person", "_row")
    assert list(table) == [
        "_row", "province", "water/tap", "water/well", "village", "hh_weight", "sex", "age", "enrolled", *kobo.SIX,
        "DISABILITY_STATUS",
    ]  # fmt: skip
    assert len(table["_row"]) == kobo.HOUSEHOLDS * kobo.PEOPLE and table["_row"][:2] == [2, 3]
    for person in (0, 7, 11, 12, 239):
        household = person // kobo.PEOPLE + 1
        tap, well = household % 2, int(household % 3 == 0)
        said = {name: table[name][person] for name in ("province", "village", "hh_weight", "water/tap", "water/well")}
        assert said == {
            "province": f"P{1 + household % 2}",
            "village": f"v{household % 10}",
            "hh_weight": 1.0 + household % 3,
            "water/tap": tap if tap or well else None,
            "water/well": well if tap or well else None,
        }
        assert table["sex"][person] == str(1 + (person + 1) % 2)
    assert [i + 1 for i, each in enumerate(table["enrolled"]) if each is None] == list(range(7, 241, 7)), "88 is none"
    assert set(table["enrolled"]) == {"0", "1", None}
    assert 88.0 in table["age"] or max(table["age"]) > 80, "88 is an age where nobody says otherwise"
    assert all(isinstance(age, float) for age in table["age"])


def test_missing_codes_of_a_number_are_those_said_for_it() -> None:
    ages = read_answers(FORM, kobo.export(), READING).table["age"].to_pylist()
    code = str(int(ages[0]))
    reading = Reading(("age",), "person", missing={"age": (code,), "*": ("88",)})
    assert read_answers(FORM, kobo.export(), reading).table["age"].to_pylist() == [
        None if age == ages[0] else age for age in ages
    ]


def test_households_alone() -> None:
    answers = read_answers(FORM, kobo.export(), Reading(("province",)))
    assert answers.table.num_rows == kobo.HOUSEHOLDS and answers.sheet == "households"


@pytest.mark.parametrize(
    ("answers", "incomplete", "expected"),
    [
        (("1", "1", "1", "1", "1", "1"), "unknown", "PWD"),
        (("2", "2", "2", "2", "2", "2"), "unknown", "PWD"),
        (("1", "1", "3", "1", "1", "1"), "unknown", "PD"),
        (("1", "1", "1", "1", "1", "4"), "unknown", "PD"),
        (("9", None, "4", None, None, None), "unknown", "PD"),
        (("1", "1", "1", "1", "1", None), "unknown", None),
        (("1", "1", "1", "1", "1", "9"), "without", "PWD"),
        ((None,) * 6, "without", None),
        ((1.0, 1.0, 3.0, 1.0, 1.0, 1.0), "unknown", "PD"),
    ],
)
def test_the_short_set(answers: tuple[Any, ...], incomplete: Any, expected: str | None) -> None:
    group = WashingtonGroup(kobo.SIX, incomplete)
    assert group.statuses({name: [each] for name, each in zip(kobo.SIX, answers, strict=True)}) == [expected]


def test_the_short_set_has_six_questions() -> None:
    with pytest.raises(ValueError, match="6 different questions; 5 are named"):
        WashingtonGroup(kobo.SIX[:5])


def _changed(sheet: str, row: int, column: str, value: Any) -> Any:
    export = kobo.export()
    sheets = {each.name: [list(cells) for cells in each.rows] for each in export.sheets}
    sheets[sheet][row - 1][sheets[sheet][0].index(column)] = value
    return kobo.workbook(sheets, "export.xlsx")


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "rule", "said"),
    [
        ("person", 5, "about/sex", 7, "unknown_code", "sex"),
        ("person", 6, "about/age", "old", "not_a_number", "age"),
        ("person", 7, "_parent_index", 99, "parent_missing", "_parent_index"),
        ("households", 3, "_index", 1, "key_twice", "_index"),
        ("households", 4, "place/water", "tap river", "unknown_code", "water"),
        ("households", 4, "place/water/tap", "x", "not_yes_or_no", "water/tap"),
    ],
)
def test_what_does_not_fit_is_named_with_its_cell(
    sheet: str, row: int, column: str, value: Any, rule: str, said: str
) -> None:
    with pytest.raises(AnswersRefused) as refused:
        read_answers(FORM, _changed(sheet, row, column, value), READING)
    found = refused.value.findings[0]
    wrong = "river" if value == "tap river" else str(value)
    assert (found.rule, found.file, found.sheet, found.row, found.column, found.value) == (
        rule, "export.xlsx", sheet, row, said, wrong,
    )  # fmt: skip
    assert found.mend


def test_all_problems_at_once() -> None:
    with pytest.raises(AnswersRefused) as refused:
        read_answers(FORM, kobo.export(), Reading(("rent", "age", "income"), "person"))
    assert [(each.rule, each.column) for each in refused.value.findings] == [
        ("column_missing", "rent"), ("column_missing", "income"),
    ]  # fmt: skip
    with pytest.raises(AnswersRefused, match="no sheet for the repeat 'goat'"):
        read_answers(FORM, kobo.export(), Reading(("age",), "goat"))


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"survey": [["type", "name"], ["begin group", "a"]]}, "group 'a' is not closed"),
        ({"survey": [["type", "name"], ["end repeat", None]]}, "row 2: end_repeat closes nothing"),
        ({"survey": [["type", "name"], ["select_one", "a"]]}, "row 2, value 'a': the select names no list"),
        ({"survey": [["type", "name"], ["select_one zz", "a"]]}, "value 'zz': the sheet choices has no such list"),
    ],
)
def test_a_broken_form(sheets: dict[str, Any], words: str) -> None:
    with pytest.raises(FileProblem, match=words):
        read_form(kobo.form(**sheets))
