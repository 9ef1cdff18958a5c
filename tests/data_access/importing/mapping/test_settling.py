"""What a mapping says outright is weighed: unknown codes and vintages are refused where they stand, answers are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import reading
from data_access.importing.desk.job import Understood, understand
from data_access.importing.mapping.reading import MappingRefused, load_mapping
from data_access.importing.mapping.settling import Settled, settle
from data_access.queries.catalogue import Catalogue
from tests.data_access.importing.mapping.parts import SOURCE_YAML, from_csv

VNM = SOURCE_YAML.replace("KEN", "VNM")
TABLES = """tables:
  - header_rows: [1]
    columns:
      - header: Province
        means: area
    values:
      - header: value
        period: 2019
        series: POV_NATIONAL_LINE
    areas:
      country: VNM
"""


@pytest.fixture
def session(filled: Engine) -> Iterator[Session]:
    with reading(filled) as opened:
        yield opened


def settled(text: str, known: Catalogue, given: Mapping[str, Mapping[str, str]] | None = None) -> Settled:
    return settle(load_mapping(text), text, known, given or {}, "m.yaml")


def found(session: Session, text: str, csv: str, answers: Mapping[str, Mapping[str, str]] | None = None) -> Understood:
    return understand(session, from_csv(csv), text, answers or {})


@pytest.mark.parametrize("vintage", ["VNM-63", "63 provinces before July 2025", "VNM-34"])
def test_a_vintage_is_known_by_code_and_by_name(catalogue: Catalogue, vintage: str) -> None:
    made = settled(f"{VNM}{TABLES}      vintage: {vintage}\n", catalogue)
    assert (made.vintage, made.findings) == (vintage, ())


def test_an_unknown_vintage_is_refused_with_line_key_and_those_that_are_known(catalogue: Catalogue) -> None:
    made = settled(f"{VNM}{TABLES}      vintage: VNM-64\n", catalogue)
    (one,) = made.findings
    assert (one.kind, one.row, one.column, one.value, one.what, one.mend) == (
        "refused",
        24,
        "tables[1].areas.vintage",
        "VNM-64",
        "is no boundary vintage of the source's countries.",
        "Write one that is known: VNM-34 (34 provinces since July 2025); VNM-63 (63 provinces before July 2025).",
    )
    assert made.vintage == ""


def test_the_vintage_of_another_country_is_none(catalogue: Catalogue) -> None:
    text = f"{SOURCE_YAML}{TABLES}      vintage: VNM-63\n".replace("country: VNM", "country: KEN")
    assert [(f.row, f.value) for f in settled(text, catalogue).findings] == [(24, "VNM-63")]


def test_one_mapping_is_of_one_vintage() -> None:
    two = TABLES + "      vintage: VNM-63\n" + TABLES.removeprefix("tables:\n") + "      vintage: VNM-34\n"
    with pytest.raises(MappingRefused, match="several boundary vintages \\(VNM-34; VNM-63\\)"):
        load_mapping(VNM + two)


def test_a_province_is_only_taken_in_the_vintage_that_has_it(session: Session) -> None:
    csv = "Province,value\nHà Giang,10\nVN25-07,11\nCao Bằng,12\n"
    old = found(session, f"{VNM}{TABLES}      vintage: VNM-63\n", csv)
    assert [r.area for r in old.rows] == ["VN-03", "VN-04"]
    assert [(f.kind, f.rule, f.value) for f in old.findings if f.kind != "remark"] == [
        ("question", "unknown area", "VN25-07")
    ]
    new = found(session, f"{VNM}{TABLES}      vintage: VNM-34\n", csv)
    assert [r.area for r in new.rows] == ["VN25-07", "VN-04"]
    asked = [(f.rule, f.value, f.candidates) for f in new.findings if f.rule == "unknown area"]
    assert asked == [("unknown area", "Hà Giang", ("VN25-07 Tuyên Quang (holds its land now; not the same area)",))]


def test_every_code_that_nobody_knows_is_refused_where_it_stands(catalogue: Catalogue) -> None:
    text = (
        SOURCE_YAML
        + """tables:
  - columns:
      - {header: place, means: area, codes: {here: KE-99}}
      - header: what
        means: series
        codes: {a: NO_SUCH}
        series_codes:
          b: ALSO_NONE
    values: [{header: value, period: 2019}]
    areas:
      overrides:
        Whole country: KEN
        Somewhere: VN-01
answers:
  area: {Nowhere: XX}
  SEX: {Girls: F, All: _T, Boys: MALE}
  COLOUR: {red: R}
definitions:
  NO_SERIES: {numerator: people}
"""
    )
    made = settled(text, catalogue)
    assert [(f.row, f.column, f.value) for f in made.findings] == [
        (15, "tables[1].columns[1].codes.here", "KE-99"),
        (25, "tables[1].areas.overrides.Somewhere", "VN-01"),
        (20, "tables[1].columns[2].series_codes.b", "ALSO_NONE"),
        (18, "tables[1].columns[2].codes.a", "NO_SUCH"),
        (31, "definitions.NO_SERIES", "NO_SERIES"),
        (27, "answers.area.Nowhere", "XX"),
        (28, "answers.SEX.Boys", "MALE"),
        (29, "answers.COLOUR", "COLOUR"),
    ]
    assert made.answers == {"area": {"Whole country": "KEN"}, "SEX": {"Girls": "F", "All": "_T"}}


def test_overrides_and_answers_are_taken_the_same_way_and_the_steward_has_the_last_word(session: Session) -> None:
    text = (
        SOURCE_YAML
        + TABLES.replace("VNM", "KEN")
        + """      overrides: {The coast: KE-28, "The  west": KE-11}
answers:
  area: {The coast: KE-14}
"""
    )
    csv = "Province,value\nThe coast,10\nThe west,20\n"
    assert [r.area for r in found(session, text, csv).rows] == ["KE-14", "KE-11"]
    told = found(session, text, csv, {"area": {"The west": "KE-06"}})
    assert [r.area for r in told.rows] == ["KE-14", "KE-06"]


def test_a_text_that_means_two_areas_in_one_mapping_is_refused(catalogue: Catalogue) -> None:
    table = TABLES.replace("VNM", "KEN")
    text = (
        SOURCE_YAML
        + table
        + "      overrides: {West: KE-11}\n"
        + table.removeprefix("tables:\n")
        + "      overrides: {West: KE-06}\n"
    )
    assert [(f.row, f.column, f.what) for f in settled(text, catalogue).findings] == [
        (35, "tables[2].areas.overrides.West", "means KE-11 in another part of this mapping.")
    ]


def test_records_of_persons_are_not_hidden_in_a_source_that_maps_things(catalogue: Catalogue) -> None:
    records = """records:
  - unit: person
    area: KEN
    period: 2019
    figures: [{series: KIBERA_SCHOOLS, measure: count}]
"""
    mapped = SOURCE_YAML.replace("community_survey", "community_mapping")
    assert [(f.row, f.column, f.value) for f in settled(mapped + records, catalogue).findings] == [
        (14, "records[1].unit", "person")
    ]
    assert settled(SOURCE_YAML + records, catalogue).findings == ()
    assert settled((mapped + records).replace("person", "establishment"), catalogue).findings == ()


def test_a_total_taken_for_one_area_is_refused_unless_it_is_the_whole_of_the_others(session: Session) -> None:
    text = SOURCE_YAML + TABLES.replace("VNM", "KEN") + "      overrides: {Total: KE-11}\n"
    refused = [
        (f.rule, f.row, f.value)
        for f in found(session, text, "Province,value\nKE-06,10\nTotal,20\n").findings
        if f.kind == "refused"
    ]
    assert refused == [("total_among_parts", 3, "Total")]
    whole = text.replace("Total: KE-11", "Total: KEN")
    assert [
        f for f in found(session, whole, "Province,value\nKE-06,10\nTotal,20\n").findings if f.kind == "refused"
    ] == []
    divided = text.replace("[KEN]", "[NPL]").replace("country: KEN", "country: NPL").replace("KE-11", "NP-P3")
    districts = [code for code, area in _areas(session).items() if area == "NP-P3"][:2]
    csv = f"Province,value\n{districts[0]},10\n{districts[1]},12\nTotal,20\n"
    assert [f for f in found(session, divided, csv).findings if f.kind == "refused"] == []


def test_a_total_taken_for_one_category_is_refused(session: Session) -> None:
    text = (SOURCE_YAML + TABLES.replace("VNM", "KEN")).replace(
        "    values:", "      - {header: sex, means: group, dimension: SEX, codes: {All: F}}\n    values:"
    )
    csv = "Province,sex,value\nKE-06,All,10\nKE-06,M,20\n"
    told = [(f.rule, f.row, f.value) for f in found(session, text, csv).findings if f.kind == "refused"]
    assert told == [("total_among_parts", 2, "All")]


def _areas(session: Session) -> dict[str, str]:
    from data_access.queries.catalogue import read_catalogue

    return {code: area.parent for code, area in read_catalogue(session).areas.items()}
