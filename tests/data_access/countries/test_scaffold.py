"""A country added from nothing, and from who-does-what-where files: laid out, filled in, and every fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.countries.__main__ import main
from data_access.countries.folder import table
from data_access.importing.shipped import SAMPLE_DATA
from data_access.settings import ROOT
from tests.data_access.importing.stock_take.lists import SOURCE, three_w

FIXTURES = Path(__file__).parent / "fixtures"
INPUTS = ROOT.parent / "shared" / "inputs"
ETH_TABLE = """tables:
  - columns:
      - {header: Partner, means: organisation}
      - {header: Region, means: area, level: admin1}
      - {header: Zone, means: area, level: admin2}
      - {header: WoredaPcod, means: area_code, level: admin3, lengths: {admin1: 4, admin2: 6}}
"""
TCD_TABLE = """tables:
  - sheets: {name: Opérationnelle}
    hxl_row: 2
    columns:
      - {tag: "#org", means: organisation}
      - {tag: "#adm1+name", means: area, level: admin1}
      - {tag: "#adm1+code", means: area_code, level: admin1}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICES_COUNT_FOLDER", str(tmp_path / "own"))
    return tmp_path / "own"


def areas(own: Path, iso3: str) -> list[tuple[str, str, str, str]]:
    rows = [row for row in table(own, "areas") if row["country"] == iso3]
    return [(row["code"], row["kind"], row["parent"], row["name"]) for row in rows]


def test_without_any_file_the_country_is_laid_out(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "MWI"]) == 0
    said = capsys.readouterr().out
    where = own / "new-countries" / "MWI"
    assert said.startswith("Nothing says yet which areas MWI has.")
    assert {file.name: file.read_text(encoding="utf-8") for file in where.iterdir() if file.suffix == ".csv"} == {
        "areas.csv": "code,level,parent,name,name_local,pcode,other_names\n"
    }
    checklist = (where / "CHECKLIST.txt").read_text(encoding="utf-8")
    for name in ("country.toml", "areas.csv", "level1.geojson", "level2.geojson"):
        assert (where / name).exists()
        assert f"[ ] {name}" in checklist
    assert table(own, "countries") == []
    assert main(["check", "MWI"]) == 1
    assert "MWI is laid out and not added yet" in capsys.readouterr().err
    assert main(["add", "XYZ"]) == 1
    assert "'XYZ' is no country code" in capsys.readouterr().err


def test_what_was_filled_in_is_added_and_stays(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "MWI"]) == 0
    where = own / "new-countries" / "MWI"
    (where / "areas.csv").write_bytes((FIXTURES / "malawi_names.csv").read_bytes())
    (where / "level2.geojson").write_bytes((FIXTURES / "malawi_districts.geojson").read_bytes())
    assert main(["add", "MWI"]) == 1
    assert "--licence and --attribution" in capsys.readouterr().err
    (where / "country.toml").write_text(
        'name = "Malawi"\nname_local = "Malaŵi"\nvintage = "28 districts"\nlicence = "none"\nattribution = "nobody"\n',
        encoding="utf-8",
    )
    assert main(["add", "MWI"]) == 0
    out = capsys.readouterr().out
    assert "[x] 28 areas of level 2" in out
    assert "[x] Boundaries of level 1" in out
    assert [row["name_local"] for row in table(own, "countries")] == ["Malaŵi"]
    assert len(areas(own, "MWI")) == 32


def test_faults_are_named_with_file_row_column_value_and_mend(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "MWI", "--name", "Malawi"]) == 0
    where = own / "new-countries" / "MWI"
    (where / "areas.csv").write_text("code,level,parent,name\nMW-N,one,,Northern\n,2,MW-N,\n", encoding="utf-8")
    assert main(["add", "MWI"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "areas.csv, row 2, column level, value 'one': write 1 or 2.",
        "areas.csv, row 3, column code: it is empty; fill it in.",
        "areas.csv, row 3, column name: it is empty; fill it in.",
    ]
    (where / "areas.csv").write_text("code,level,parent,name\nMW-N,1,,Northern\n", encoding="utf-8")
    (where / "country.toml").write_text("nmae = 'Malawi'\nvintage = 3\n", encoding="utf-8")
    assert main(["add", "MWI"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "country.toml, key nmae, value 'Malawi': write one of name, name_local, vintage, licence, attribution.",
        "country.toml, key vintage, value 3: write a text in quotes.",
    ]
    assert table(own, "areas") == []


def test_a_4w_file_with_a_mark_and_a_district_of_two_names(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by = tmp_path / "M.yaml"
    by.write_text(SOURCE + ETH_TABLE, encoding="utf-8")
    given = ["add", "ETH", "--name", "Ethiopia", "--from", str(FIXTURES / "activities_4w.csv"), "--mapping", str(by)]
    assert main(given) == 0
    file = own / "new-countries" / "ETH" / "areas.csv"
    assert f"Which name is right for ET0507: Dollo or Doolo? Write it into {file}." in capsys.readouterr().out
    assert areas(own, "ETH")[-1] == ("ET0507", "admin2", "ET05", "ET0507")
    assert main(given) == 1
    assert "areas.csv has rows already" in capsys.readouterr().err
    file.write_text(file.read_text(encoding="utf-8").replace("ET05,ET0507,", "ET05,Doolo,"), encoding="utf-8")
    assert main(["add", "ETH"]) == 0
    assert areas(own, "ETH")[-1] == ("ET0507", "admin2", "ET05", "Doolo")


def test_a_3w_workbook_in_french_with_tags_and_two_sheets(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by, file = tmp_path / "M.yaml", three_w(tmp_path / "3w.xlsx")
    by.write_text(SOURCE.replace("ETH", "TCD") + TCD_TABLE, encoding="utf-8")
    assert main(["add", "TCD", "--name", "Chad", "--from", str(file), "--mapping", str(by)]) == 0
    assert areas(own, "TCD") == [
        ("TCD", "country", "", "Chad"),
        ("TD01", "admin1", "TCD", "Amont"),
        ("TD02", "admin1", "TCD", "Aval"),
    ]
    columns = ["--sheet", "Opérationnelle", "--code", "Title", "--name1", "Province"]
    assert main(["areas", "TCD", str(file), str(tmp_path / "names.csv"), *columns]) == 0
    lines = (tmp_path / "names.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["TD01,1,TCD,Amont,,TD01,", "TD02,1,TCD,Aval,,TD02,"]
    capsys.readouterr()
    assert main(["areas", "ETH", str(file), str(tmp_path / "names.csv"), *columns]) == 1
    assert "Column 'Title', value 'TD01': 2 codes do not begin with those of ETH" in capsys.readouterr().err
    assert main(["areas", "TCD", str(file), str(tmp_path / "names.csv"), "--sheet", "X", "--code", "Title"]) == 1
    assert "3w.xlsx has no sheet 'X'; name one of: Opérationnelle, Physique, Lisez-moi." in capsys.readouterr().err
    assert main(["add", "TCD", "--from", str(file)]) == 1
    assert "--from needs --mapping" in capsys.readouterr().err
    assert main(["areas", "TCD", str(tmp_path / "none.xlsx"), str(tmp_path / "n.csv"), "--code", "x"]) == 1
    assert "none.xlsx" in capsys.readouterr().err


@pytest.mark.skipif(not INPUTS.exists(), reason="the files do not lie beside the repository")
@pytest.mark.parametrize(
    ("iso3", "file", "by", "first", "second"),
    [
        ("ETH", "4w_ethiopia_may_jul_2025_sample400.csv", "ethiopia_4w.yaml", 10, 61),
        ("TCD", "3w_chad_apr2025_hxl_two_sheets.xlsx", "chad_3w.yaml", 23, 0),
    ],
)
def test_the_real_files_give_their_areas(own: Path, iso3: str, file: str, by: str, first: int, second: int) -> None:
    mapping = str(SAMPLE_DATA / "mappings" / by)
    assert main(["add", iso3, "--name", "Example", "--from", str(INPUTS / file), "--mapping", mapping]) == 0
    kinds = [kind for _, kind, _, _ in areas(own, iso3)]
    assert [kinds.count(kind) for kind in ("country", "admin1", "admin2")] == [1, first, second]
    assert all(name not in ("", code) for code, _, _, name in areas(own, iso3))
