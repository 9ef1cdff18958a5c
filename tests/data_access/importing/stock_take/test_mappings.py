"""Stock-take mappings: errors by line and key, HXL tags, and first drafts that load."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.importing import readers
from data_access.importing.mapping.reading import MappingRefused
from data_access.importing.shipped import SAMPLE_DATA
from data_access.importing.stock_take.hxl import Tag, is_tag_row, meaning_of, tag_of
from data_access.importing.stock_take.proposing import propose_stock_take
from data_access.importing.stock_take.reading import is_stock_take, load_stock_take_mapping, read_stock_take_mapping
from data_access.importing.stock_take.words import meaning_of_count, meaning_of_header
from tests.data_access.importing.stock_take.lists import FOUR_W_TABLE, SOURCE, csv_file, mapping, three_w


def test_all_errors_are_named_by_line_and_key() -> None:
    text = SOURCE + FOUR_W_TABLE.replace("means: sector", "means: sektor").replace("header: Long", "hedder: Long")
    with pytest.raises(MappingRefused) as raised:
        load_stock_take_mapping(text, "M.yaml")
    said = [(f.row, f.column, f.value, f.mend) for f in raised.value.findings]
    assert said[0][:3] == (23, "tables[1].columns[11].means", "sektor")
    assert said[0][3].startswith("Did you mean 'sector'?")
    assert said[-1][:2] == (26, "tables[1].columns[14].hedder")
    assert said[-1][3] == "Did you mean 'header'?"


@pytest.mark.parametrize(
    ("column", "what"),
    [
        ("{header: A, means: area}", "'level'"),
        ("{header: A, means: people}", "'stage'"),
        ("{tag: '#sector', means: sector}", "hxl_row"),
        ("{header: A, tag: '#sector', means: sector}", "one way"),
        ("{header: A, means: organisation}", "organisation stands twice"),
        ("{header: A, means: latitude}", "belong together"),
    ],
)
def test_what_cannot_be_is_refused(column: str, what: str) -> None:
    with pytest.raises(MappingRefused, match=what):
        mapping(f"tables:\n  - columns:\n      - {{header: Who, means: organisation}}\n      - {column}\n")


def test_a_mapping_says_its_kind() -> None:
    assert is_stock_take(SOURCE)
    assert not is_stock_take("version: 1\nsource:\n  title: 'kind: stock_take'\n")
    for path in ("ethiopia_4w.yaml", "chad_3w.yaml"):
        assert read_stock_take_mapping(SAMPLE_DATA / "mappings" / path).source.countries in (("ETH",), ("TCD",))


def test_tags_of_hxl() -> None:
    assert tag_of("#Org +Impl+name") == Tag("org", frozenset({"impl", "name"}))
    assert tag_of("# of people") is None
    assert is_tag_row(["", "#adm1+name", "#sector", ""])
    assert not is_tag_row(["#1", "Lac"])
    meant = {
        "#org+funder": {"means": "donor"},
        "#org+prog+acronym": {"means": "partner_acronym"},
        "#org+type": {"means": "organisation_type"},
        "#adm2+code": {"means": "area_code", "level": "admin2"},
        "#loc+name": {"means": "area", "level": "place"},
        "#geo+lat": {"means": "latitude"},
        "#date+end": {"means": "period_to"},
        "#reached+f+children": {"means": "people", "stage": "reached", "sex": "female", "age": "children"},
        "#targeted+hh+refugees": {"means": "people", "stage": "targeted", "group": "refugees", "unit": "households"},
        "#meta+id": {"means": "reference"},
        "#crisis": {},
    }
    for text, meaning in meant.items():
        tag = tag_of(text)
        assert tag is not None
        assert meaning_of(tag) == meaning, text


@pytest.mark.parametrize(
    ("header", "means"),
    [
        ("Nom de l'organisation", "organisation"),
        ("Partenaire de mise en œuvre", "organisation"),
        ("Partenaire de mise en oeuvre", "organisation"),
        ("Type d'organisation", "organisation_type"),
        ("Implementing Partner Type", "organisation_type"),
        ("Bailleur de fonds", "donor"),
        ("Secteur", "sector"),
        ("Sous-secteur", "theme"),
        ("Groupe cible", "population_group"),
        ("Date de début", "period_from"),
        ("Admin 1 Pcode", "area_code"),
        ("WoredaPcod", "area_code"),
        ("Titre du projet", "activity"),
        ("Something else", ""),
    ],
)
def test_headers_in_english_and_french(header: str, means: str) -> None:
    assert meaning_of_header(header).get("means", "") == means


def test_headers_of_counts() -> None:
    assert meaning_of_count("Femmes atteintes") == {
        "means": "people", "stage": "reached", "sex": "female", "age": "adults",
    }  # fmt: skip
    assert meaning_of_count("# HH targeted") == {"means": "people", "stage": "targeted", "unit": "households"}
    assert meaning_of_count("Budget") == {}


def test_a_first_draft_of_a_list_with_tags_loads_and_leaves_what_is_no_table(tmp_path: Path) -> None:
    draft = load_stock_take_mapping(propose_stock_take(readers.read(three_w(tmp_path / "3w.xlsx"))))
    first, second = draft.tables
    assert (first.hxl_row, first.header_rows) == (2, (1,))
    assert {(str(column), column.means) for column in first.columns} >= {
        ("#adm1+code", "area_code"),
        ("#org", "organisation"),
        ("#reached+f", "people"),
    }
    assert [(str(column), column.means) for column in second.columns] == [
        ("Provinces", "area"),
        ("Localité", "area"),
        ("Organisation", "organisation"),
    ]
    assert [left.sheet.name for left in draft.leave] == ["Lisez-moi"]


def test_a_first_draft_proposes_to_drop_contacts_and_fine_coordinates(tmp_path: Path) -> None:
    text = "Organisation,Region,Sector,Contact person,Lat,Long\nExample,A,WASH,A. Person,1.23456,2.34567\n"
    draft = load_stock_take_mapping(propose_stock_take(csv_file(tmp_path, text)))
    assert [str(drop) for drop in draft.tables[0].drop] == ["Contact person", "Lat", "Long"]
    assert load_stock_take_mapping(propose_stock_take(csv_file(tmp_path, "a,b\n1,2\n"))).tables
