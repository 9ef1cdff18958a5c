"""SDMX-ML 2.1 without its structure definition and without network: generic and structure-specific."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data_access.importing.readers.problems import DamagedFile
from data_access.importing.workbook import Workbook
from tests.data_access.importing.readers import made

Reading = Callable[..., Workbook]
SPECIFIC = """<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:T" ss:structureRef="S">
<Group xsi:type="ns1:Sibling" SEX="F" TITLE="women"/>
<Series FREQ="A" SEX="F" UNIT="007"><Obs TIME_PERIOD="1996" OBS_VALUE="66" OBS_STATUS="A"/>
<Obs TIME_PERIOD="1997" OBS_VALUE="49.90"/></Series>
<Series FREQ="A" SEX="M" UNIT="007"><Obs TIME_PERIOD="1996" OBS_VALUE="NaN" OBS_STATUS="M"/></Series>
</message:DataSet>"""
GENERIC = """<message:DataSet structureRef="S"><generic:Series><generic:SeriesKey>
<generic:Value id="FREQ" value="A"/><generic:Value id="SEX" value="F"/></generic:SeriesKey>
<generic:Attributes><generic:Value id="UNIT" value="007"/></generic:Attributes>
<generic:Obs><generic:ObsDimension value="2001"/><generic:ObsValue value="1.5"/>
<generic:Attributes><generic:Value id="OBS_STATUS" value="A"/></generic:Attributes></generic:Obs>
<generic:Obs><generic:ObsDimension value="2002"/><generic:ObsValue value="2"/></generic:Obs>
</generic:Series></message:DataSet>"""


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_structure_specific(reading: Reading, codec: str) -> None:
    message = made.sdmx("StructureSpecificData", SPECIFIC)
    read = reading(message.replace("UTF-8", "UTF-16" if codec == "utf-16" else "UTF-8").encode(codec), name="npl.txt")
    assert read.kind == "sdmx-ml"
    assert read.remarks == ("SDMX-ML: StructureSpecificData, 1 data set(s).",)
    assert [sheet.name for sheet in read.sheets] == ["npl"]
    assert read.sheets[0].rows == (
        ("FREQ", "SEX", "UNIT", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "TITLE"),
        ("A", "F", "007", "1996", 66, "A", "women"),
        ("A", "F", "007", "1997", 49.9, None, "women"),
        ("A", "M", "007", "1996", "NaN", "M", None),
    )


def test_generic(reading: Reading) -> None:
    read = reading(made.sdmx("GenericData", GENERIC))
    header, *rows = read.sheets[0].rows
    assert read.remarks == ("SDMX-ML: GenericData, 1 data set(s).",)
    assert [dict(zip(header, row, strict=True)) for row in rows] == [
        {"FREQ": "A", "SEX": "F", "UNIT": "007", "TIME_PERIOD": "2001", "OBS_VALUE": 1.5, "OBS_STATUS": "A"},
        {"FREQ": "A", "SEX": "F", "UNIT": "007", "TIME_PERIOD": "2002", "OBS_VALUE": 2, "OBS_STATUS": None},
    ]


def test_flat_observations(reading: Reading) -> None:
    content = """<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:T" ss:structureRef="S">
    <Obs FREQ="A" TIME_PERIOD="1996" OBS_VALUE="066"/></message:DataSet>"""
    read = reading(made.sdmx("StructureSpecificData", content, at_observation="AllDimensions"))
    assert read.sheets[0].rows == (("FREQ", "TIME_PERIOD", "OBS_VALUE"), ("A", "1996", 66.0))


@pytest.mark.parametrize("content", ["", SPECIFIC[:300], '<message:DataSet ss:structureRef="T"/>'])
def test_a_message_that_is_broken_or_empty(reading: Reading, content: str) -> None:
    with pytest.raises(DamagedFile):
        reading(made.sdmx("StructureSpecificData", content))
