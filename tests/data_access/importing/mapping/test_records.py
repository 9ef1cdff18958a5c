"""Records of single places become figures, and nothing else of them goes on."""

from __future__ import annotations

import pytest

from data_access.importing.mapping.apply import Harmonised, harmonise
from data_access.importing.mapping.reading import MappingRefused, load_mapping
from data_access.importing.tidy import TidyRow
from data_access.publishing.decision import decide
from data_access.publishing.rows import Geography, Row, Scope
from tests.data_access.importing.mapping.parts import SOURCE_YAML, Known, from_csv

CSV = """id,name,amenity,level,county,pupils,pupils_old,girls,boys,power,listed
w/1,Hill School,school,primary,Baringo,100,,40,60,often,HILL
w/2,Lake School,school,primary,Baringo,,50,30,20,never,
w/3,Plain Library,library,,Embu,9,,,,always,
w/4,Road School,school,secondary,Embu,30,,,10,,ROAD
w/5,Tree School,school,,Embu,0,,5,5,always,
"""
RECORDS = """records:
  - unit: establishment
    key: {header: id}
    columns:
      - {header: county, means: area}
      - {header: level, means: group, dimension: EDUCATION_LEV, codes: {primary: PRIMARY, secondary: SECONDARY}}
    period: 2019
    areas: {country: KEN}
    keep_rows: [{header: amenity, values: [school], because: libraries are no schools}]
    missing: ["0"]
    note: as mapped
    unreliable_below: 2
    figures:
"""


def made(figures: str, csv: str = CSV, records: str = RECORDS) -> Harmonised:
    return harmonise(from_csv(csv), load_mapping(SOURCE_YAML + records + figures), Known())


def figure(area: str, value: float, row: int, group: str = "", **given: object) -> TidyRow:
    facts = {"series": "KIBERA_SCHOOLS", "time_period": "2019", "note": "as mapped", "sheet": "partner", **given}
    return TidyRow(area=area, value=value, group=group, row=row, **facts)  # type: ignore[arg-type]


def test_records_are_counted_by_area_and_group_and_those_without_a_category_are_said() -> None:
    found = made("      - {series: KIBERA_SCHOOLS, measure: count, by: [[], EDUCATION_LEV]}\n")
    assert found.rows == (
        figure("KE-01", 2.0, 2),
        figure("KE-06", 2.0, 5),
        figure("KE-01", 2.0, 2, "EDUCATION_LEV=PRIMARY"),
        figure("KE-06", 1.0, 5, "EDUCATION_LEV=SECONDARY"),
    )
    assert [(f.kind, f.rule, f.what) for f in found.findings] == [
        ("remark", "rows left out", "1 rows left out: libraries are no schools"),
        ("remark", "records counted", "2 figures (count), made of 2 records each; 4 records were read."),
        (
            "remark",
            "records counted",
            (
                "2 figures (count) by EDUCATION_LEV, made of 1 to 2 records each; 4 records were read. "
                "1 records do not say their category and are left out."
            ),
        ),
        (
            "remark",
            "columns not read",
            "7 columns are not read: name; pupils; pupils_old; girls; boys; power; listed.",
        ),
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            (
                "measure: share, where: [{header: power, answered: true}], "
                "that: [{header: power, values: [often, always]}]"
            ),
            [
                figure("KE-01", 50.0, 2, n=2, yes=1, column="J"),
                figure("KE-06", 100.0, 6, n=1, yes=1, status="U", column="J"),
            ],
        ),
        (
            'measure: share, that: [{header: power, other_than: ["never"]}], round: 0',
            [figure("KE-01", 50.0, 2, n=2, yes=1, column="J"), figure("KE-06", 50.0, 5, n=2, yes=1, column="J")],
        ),
        (
            'measure: sum, of: [pupils, pupils_old], note: "{n} schools"',
            [
                figure("KE-01", 150.0, 2, n=2, column="F", note="2 schools; as mapped"),
                figure("KE-06", 30.0, 5, n=1, status="U", column="F", note="1 schools; as mapped"),
            ],
        ),
        (
            "measure: mean, of: pupils, where: [{header: pupils, above: 50}]",
            [figure("KE-01", 100.0, 2, n=1, status="U", column="F")],
        ),
        (
            "measure: ratio, of: girls, over: [girls, boys], group: {SEX: F}, round: 1",
            [
                figure("KE-01", 46.7, 2, "SEX=F", n=2, column="H"),
                figure("KE-06", 50.0, 6, "SEX=F", n=1, status="U", column="H"),
            ],
        ),
        (
            "measure: distinct, of: level, where: [{header: [listed, pupils_old], answered: true}]",
            [figure("KE-01", 1.0, 2, column="D"), figure("KE-06", 1.0, 5, status="U", column="D")],
        ),
    ],
)
def test_every_measure(rule: str, expected: list[TidyRow]) -> None:
    assert list(made(f"      - {{series: KIBERA_SCHOOLS, {rule}}}\n").rows) == expected


def test_a_record_that_stands_twice_and_a_place_nobody_knows_are_not_counted_without_a_word() -> None:
    csv = CSV.replace("w/4", "w/1").replace("secondary,Embu", "secondary,Nowhere")
    found = made("      - {series: KIBERA_SCHOOLS, measure: count}\n", csv)
    assert [(r.area, r.value) for r in found.rows] == [("KE-01", 2.0), ("KE-06", 1.0)]
    assert [(f.kind, f.rule, f.row, f.column, f.value) for f in found.findings if f.kind != "remark"] == [
        ("refused", "record repeated", 5, "id", "w/1"),
        ("question", "unknown area", 5, "county", "Nowhere"),
    ]


def test_what_is_not_there_is_refused_or_asked_and_nothing_is_raised() -> None:
    found = made(
        "      - {series: NO_SUCH, measure: sum, of: x}\n      - {series: KIBERA_PUPILS, measure: sum, of: name}\n"
    )
    assert list(found.rows) == []
    told = [(f.kind, f.rule, f.column, f.value) for f in found.findings if f.kind != "remark"]
    assert told == [
        ("question", "unknown series", "", "NO_SUCH"),
        *(("refused", "not a number", "name", f"{name} School") for name in ("Hill", "Lake", "Road", "Tree")),
    ]
    missing = made("      - {series: KIBERA_PUPILS, measure: sum, of: nothing}\n")
    assert [(f.rule, f.column) for f in missing.findings if f.kind == "refused"] == [("column not found", "nothing")]


@pytest.mark.parametrize(
    ("records", "line", "key", "what"),
    [
        ("      - {series: X, measure: share}\n", 26, "records[1].figures[1]", "a share needs that."),
        ("      - {series: X, measure: count, of: a}\n", 26, "records[1].figures[1]", "of means nothing to a count."),
        ("      - {series: X, measure: ratio, of: a}\n", 26, "records[1].figures[1]", "a ratio needs over."),
        (
            "      - series: X\n        measure: count\n        where: [{header: a}]\n",
            28,
            "records[1].figures[1].where[1]",
            "say one thing of the column: values, other_than, answered or above.",
        ),
        (
            "      - {series: X, measure: count, by: [SEX]}\n",
            14,
            "records[1]",
            "'by' names SEX, which no column of these records gives.",
        ),
        (
            "      - {series: X, measure: count, by: [EDUCATION_LEV], group: {EDUCATION_LEV: PRIMARY}}\n",
            26,
            "records[1].figures[1]",
            "EDUCATION_LEV stands in 'by' and in 'group'.",
        ),
        (
            "      - {series: X, measure: median}\n",
            26,
            "records[1].figures[1].measure",
            "is none of the words known here.",
        ),
        (
            "      - {series: X, measure: count, wher: []}\n",
            26,
            "records[1].figures[1].wher",
            "is no key that is known here.",
        ),
    ],
)
def test_records_that_cannot_be_made_figures_of_are_refused_with_line_and_key(
    records: str, line: int, key: str, what: str
) -> None:
    with pytest.raises(MappingRefused) as caught:
        load_mapping(SOURCE_YAML + RECORDS + records)
    assert [(f.row, f.column, f.what) for f in caught.value.findings] == [(line, key, what)]


def test_records_say_where_and_when_once() -> None:
    with pytest.raises(MappingRefused, match="say the area once: under 'area', or by a column"):
        made(
            "      - {series: X, measure: count}\n", records=RECORDS.replace("    period", "    area: KEN\n    period")
        )


def test_small_figures_of_persons_are_withheld_when_they_are_weighed() -> None:
    """Few records of persons are few persons: the same decision as for every other figure of people."""
    csv = "id,sex,county,yes\n" + "".join(f"{i},{'F' if i < 4 else 'M'},Embu,{i % 2}\n" for i in range(40))
    records = """records:
  - unit: person
    columns: [{header: county, means: area}, {header: sex, means: group, dimension: SEX}]
    period: 2019
    figures: [{series: FACILITY_BIRTH, measure: share, that: [{header: yes, values: "1"}], by: [[], SEX]}]
"""
    found = made("", csv, records)
    assert [(r.group, r.value, r.n, r.yes) for r in found.rows] == [
        ("", 50.0, 40, 20),
        ("SEX=F", 50.0, 4, 2),
        ("SEX=M", 50.0, 36, 18),
    ]
    rows = [Row("KEN", r.area, r.series, "PT", r.group, r.time_period, r.value, r.n) for r in found.rows]
    scope = Scope(
        "community",
        Geography({"KEN": "country", "KE-06": "admin1"}, {"KEN": "", "KE-06": "KEN"}, {}),
        {"SEX": ("F", "M")},
    )
    withheld = decide(rows, scope).withheld
    assert {at: (one.kind, one.reasons) for at, one in withheld.items()} == {
        1: ("primary", ("small_base", "few_with", "few_without")),
        2: ("complementary", ()),
    }
