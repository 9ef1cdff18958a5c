"""A country added from files: areas, names and boundaries that the rest of the product reads like those that ship."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from data_access import boundaries
from data_access.countries.__main__ import main
from data_access.countries.adding import NewBoundaries, NewCountry, add_country
from data_access.countries.areas import from_features, from_names_file
from data_access.countries.checklist import checklist
from data_access.countries.place_codes import Question, from_place_codes
from data_access.countries.problems import CountryProblem

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = FIXTURES / "malawi_names.csv"
DISTRICTS = FIXTURES / "malawi_districts.geojson"


def rectangles(geojson=None):
    shapes = geojson or json.loads(DISTRICTS.read_bytes())
    return NewBoundaries("2", shapes, "test terms", "nobody: invented", "malawi_districts.geojson", "28 districts")


def malawi():
    return NewCountry("MWI", "Malawi", from_names_file(NAMES, "MWI"), "Malaŵi", "28 districts in 3 regions")


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICES_COUNT_FOLDER", str(tmp_path / "own"))
    return tmp_path / "own"


def test_boundaries_of_both_levels_stand_beside_those_that_ship(own):
    add_country(own, malawi(), [rectangles()])
    first, second = boundaries.layer_for("MWI", "1"), boundaries.layer_for("MWI", "2", "official")
    assert [item.code for item in boundaries.shapes(first)] == ["MW-C", "MW-N", "MW-S"]
    assert len(boundaries.shapes(second)) == 28
    assert (first.licence, first.attribution, first.path.parent) == (
        "test terms",
        "nobody: invented",
        own / "boundaries",
    )
    assert boundaries.layer_for("KEN", "1").path.parent == boundaries.FOLDER
    assert boundaries.context_for("MWI") is None
    content = json.loads(second.path.read_bytes())
    assert content["voices_count"]["disclaimer"] == second.disclaimer
    for feature in content["features"]:
        point = shapely.Point(feature["properties"]["x"], feature["properties"]["y"])
        assert shape(feature["geometry"]).contains(point)


@pytest.mark.parametrize("depiction", ["neutral", "official"])
def test_the_overview_gains_the_outline_and_keeps_the_others(own, depiction):
    before = {item.code: item.rings for item in boundaries.shapes(boundaries.layer_for("PILOTS", "0", depiction))}
    add_country(own, malawi(), [rectangles()])
    layer = boundaries.layer_for("PILOTS", "0", depiction)
    after = {item.code: item for item in boundaries.shapes(layer)}
    assert sorted(after) == ["BGD", "IND", "KEN", "MWI", "NPL", "VNM"]
    assert [item.index for item in after.values()] == list(range(6))
    assert {code: {len(ring) for ring in item.rings} for code, item in after.items() if code != "MWI"} == {
        code: {len(ring) for ring in rings} for code, rings in before.items()
    }
    x, y = after["MWI"].label
    assert 33 < x < 36
    assert -17 < y < -9.5
    assert layer.bbox[1] == -17.0
    assert layer.licence == "ODbL-1.0"
    assert layer.attribution.endswith("; nobody: invented")


def test_given_again_it_takes_the_place_of_what_was_there(own):
    add_country(own, malawi(), [rectangles()])
    once = {file.name: file.read_bytes() for file in own.rglob("*") if file.is_file()}
    add_country(own, malawi(), [rectangles()])
    assert {file.name: file.read_bytes() for file in own.rglob("*") if file.is_file()} == once
    add_country(own, malawi())
    assert (own / "boundaries" / "layers.toml").exists()
    with (own / "catalogue" / "areas.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [sum(row["kind"] == kind for row in rows) for kind in ("country", "admin1", "admin2")] == [1, 3, 28]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(own):
    shapes = json.loads(DISTRICTS.read_bytes())
    shapes["features"][0]["properties"]["shapeName"] = "Chitipaa"
    shapes["features"][1]["geometry"]["coordinates"][0] = [[x * 1e5, y] for x, y in [[1, 1], [2, 1], [2, 2], [1, 1]]]
    with pytest.raises(CountryProblem) as raised:
        add_country(own, malawi(), [rectangles(shapes)])
    assert raised.value.problems == (
        "Level 2: the shape 'Chitipaa' is no area listed; write its name or code in the names file.",
        "Level 2: the shape 'Karonga' is not in degrees (WGS 84); convert the GeoJSON.",
        "Level 2: no shape was found for Chitipa (MW-CT).",
    )
    assert not own.exists()


def test_codes_that_stand_already_and_pilots_are_refused(own, tmp_path):
    with pytest.raises(CountryProblem, match="KEN ships with the product"):
        add_country(own, NewCountry("KEN", "Kenya", malawi().areas))
    names = tmp_path / "names.csv"
    names.write_text("code,level,parent,name\nKE-01,1,,Invented\nMW-X,2,MW-Y,Nowhere\n", encoding="utf-8")
    with pytest.raises(CountryProblem, match=r"MW-X.*lies in MW-Y"):
        from_names_file(names, "MWI")
    names.write_text("code,level,parent,name\nKE-01,1,,Invented\n", encoding="utf-8")
    with pytest.raises(CountryProblem, match=r"KE-01 \(Invented\) stands already for an area of KEN"):
        add_country(own, NewCountry("MWI", "Malawi", from_names_file(names, "MWI")))


def test_boundaries_without_codes_ask_for_a_names_file():
    with pytest.raises(CountryProblem, match=r"no code for Balaka, Blantyre, .*--names FILE.csv"):
        from_features(json.loads(DISTRICTS.read_bytes()), "MWI")


def test_place_codes_of_a_4w_file_become_areas_and_two_names_a_question():
    with (FIXTURES / "activities_4w.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    found = from_place_codes(
        rows, "ETH", code="WoredaPcod", names={"1": "Region", "2": "Zone"}, lengths={"1": 4, "2": 6}
    )
    assert [(a.code, a.level, a.parent, a.name) for a in found.areas] == [
        ("ET01", "1", "ETH", "Tigray"),
        ("ET05", "1", "ETH", "Somali"),
        ("ET0102", "2", "ET01", "Central"),
        ("ET0103", "2", "ET01", "Eastern"),
        ("ET0507", "2", "ET05", "ET0507"),
    ]
    assert found.questions == (Question("ET0507", ("Dollo", "Doolo")),)
    with pytest.raises(CountryProblem, match="No row has a place code in the column 'Pcode'"):
        from_place_codes(rows, "TCD", code="Pcode", names={}, lengths={"1": 4})


def test_the_command_goes_from_a_4w_file_to_a_country_and_says_what_it_lacks(own, tmp_path, capsys):
    names = str(tmp_path / "names.csv")
    file = str(FIXTURES / "activities_4w.csv")
    columns = ["--code", "WoredaPcod", "--name1", "Region", "--name2", "Zone", "--length2", "6"]
    assert main(["areas", "ETH", file, names, *columns]) == 0
    assert "Which name is right for ET0507: Dollo or Doolo?" in capsys.readouterr().out
    assert main(["add", "ETH", "--name", "Ethiopia", "--names", names]) == 0
    out = capsys.readouterr().out
    assert "[x] 2 areas of level 1" in out
    assert "[ ] A name for every area (ET0507 without)" in out
    assert "[ ] Boundaries of level 1 — python3 manage.py country add ETH --level1 FILE.geojson, or --pull" in out
    assert main(["add", "MWI", "--name", "Malawi", "--names", str(NAMES), "--level2", str(DISTRICTS)]) == 1
    assert "--licence and --attribution" in capsys.readouterr().err
    there = {point.what for point in checklist(own, "ETH") if point.there}
    assert {"2 areas of level 1", "3 areas of level 2"} <= there
