"""What SDMX files of statistical offices hold: ages in the series' name, wrong units, observations twice, targets."""

from __future__ import annotations

from pathlib import Path

from data_access.importing import readers
from data_access.importing.mapping.apply import harmonise
from data_access.importing.mapping.reading import load_mapping
from data_access.importing.tidy import TidyRow
from tests.data_access.importing.mapping.parts import SOURCE_YAML, Known
from tests.data_access.importing.readers.made import sdmx

SERIES = """<Series SERIES="{series}" REF_AREA="{area}" SEX="{sex}" AGE="{age}" UNIT_MEASURE="PT">{values}</Series>"""
FILE = (
    """<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:T" ss:structureRef="S">{series}</message:DataSet>"""
)
MAPPING = (
    SOURCE_YAML
    + """tables:
  - columns:
      - {header: REF_AREA, means: area}
      - header: SERIES
        means: series
        only_listed: true
        series_codes:
          MARRIED: {series: MARRIED_BEFORE_15, group: {AGE: Y20T24}}
          BORN: {series: SKILLED_BIRTH, without: [AGE]}
          DIED: {series: U5MR, note: unit corrected}
      - {header: SEX, means: group, dimension: SEX}
      - {header: AGE, means: group, dimension: AGE}
      - {header: TIME_PERIOD, means: period}
      - {header: OBS_STATUS, means: status}
      - {header: SOURCE_DETAIL, means: note, optional: true}
    values: [{header: OBS_VALUE}]
    areas: {country: KEN, overrides: {K: KEN}}
    repeated: once
    amendments:
      - {series: SKILLED_BIRTH, period: "2030", note: a target, leave_out: true}
      - {series: U5MR, status: U, note: looks unusual, last: true}
"""
)


def _series(series: str, values: str, sex: str = "_T", age: str = "_T") -> str:
    return SERIES.format(series=series, area="K", sex=sex, age=age, values=values)


def _value(year: int, value: float) -> str:
    return f'<Obs TIME_PERIOD="{year}" OBS_VALUE="{value}" OBS_STATUS="A" SOURCE_DETAIL="a survey"/>'


def test_each_figure_is_taken_once_and_each_thing_left_out_is_said(tmp_path: Path) -> None:
    file = tmp_path / "office.xml"
    married = _series("MARRIED", _value(2019, 7.5), sex="F")
    parts = [
        married,
        _series("BORN", _value(2019, 77.2) + _value(2030, 90), age="Y15T49"),
        _series("DIED", _value(2019, 28) + _value(2020, 27)),
        _series("DIED", _value(2020, 26)),
        _series("OTHER", _value(2019, 1)),
        married,
    ]
    file.write_text(sdmx("StructureSpecificData", FILE.format(series="".join(parts))), encoding="utf-8")
    found = harmonise(readers.read(file), load_mapping(MAPPING), Known())
    assert [(r.series, r.group, r.time_period, r.value, r.status, r.note, r.row) for r in found.rows] == [
        ("MARRIED_BEFORE_15", "AGE=Y20T24|SEX=F", "2019", 7.5, "A", "a survey", 2),
        ("SKILLED_BIRTH", "", "2019", 77.2, "A", "a survey", 3),
        ("U5MR", "", "2019", 28.0, "U", "a survey; unit corrected; looks unusual", 5),
        ("U5MR", "", "2020", 27.0, "U", "a survey; unit corrected; looks unusual", 6),
        ("U5MR", "", "2020", 26.0, "U", "a survey; unit corrected; looks unusual", 7),
    ]
    assert isinstance(found.rows[0], TidyRow)
    assert [(f.kind, f.what) for f in found.findings] == [
        ("remark", "1 rows left out: their series is not listed in the mapping."),
        ("remark", "1 columns with 8 cells are not read: E UNIT_MEASURE."),
        ("remark", "1 figures left out: a target"),
        ("remark", "1 figures stand twice, the same in everything: taken once."),
    ]
