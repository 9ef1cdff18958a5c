"""Each service's answers become rows. The answers are written from the published formats; never run live."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from data_access.connectors.dhs import Dhs
from data_access.connectors.geoboundaries import GeoBoundaries
from data_access.connectors.interface import LeftOut, Licence, Offered
from data_access.connectors.problems import AnswerUnreadable, NoNetwork, NothingHeld, NotOffered, ServiceRefused
from data_access.connectors.sdmx_endpoint import SdmxEndpoint, endpoints
from data_access.connectors.services import checked, services
from data_access.connectors.un_sdg import UnSdg
from data_access.connectors.who_gho import WhoGho
from data_access.connectors.world_bank import WorldBank
from data_access.importing.shipped import catalogue_rows


def asked(request):
    return {key: values[0] for key, values in parse_qs(urlsplit(str(request.url)).query).items()}


def told(pulled):
    return [(row.area, row.group, row.time_period, row.value, row.status) for row in pulled.rows]


def bank_record(value, date="2015", **changed):
    record = {
        "indicator": {"id": "SH.DYN.NMRT", "value": "invented"},
        "country": {"id": "KE", "value": "Kenya"},
        "countryiso3code": "KEN",
        "date": date,
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    }
    return record | changed


def bank(request):
    page = int(asked(request)["page"])
    pages = [
        [bank_record(11.5), bank_record(None, "2016"), bank_record(9, "2030", obs_status="F")],
        [bank_record(12, "2014", obs_status="E"), bank_record(1, countryiso3code="UGA")],
    ]
    head = {"page": page, "pages": 2, "per_page": 3, "total": 5, "sourceid": "2", "lastupdated": "2026-01-01"}
    return httpx.Response(200, json=[head, pages[page - 1]])


def test_world_bank_pages_become_rows_and_what_is_left_out_is_counted(web, store):
    pulled = WorldBank(web(bank)).pull("KEN", "NMR", store=store)
    assert told(pulled) == [("KEN", "", "2014", 12.0, "E"), ("KEN", "", "2015", 11.5, "A")]
    assert pulled.left_out == (
        LeftOut("no value", 1),
        LeftOut("of another country", 1),
        LeftOut("status F, which is no observation", 1),
    )
    assert pulled.sha256 == hashlib.sha256(pulled.raw).hexdigest()
    assert (pulled.connector, pulled.licence.name) == ("world_bank", "CC BY 4.0")
    assert pulled.url.startswith("https://api.worldbank.org/v2/country/KEN/indicator/SH.DYN.NMRT?format=json")


def test_an_interrupted_pull_goes_on_where_it_stopped(web, store):
    pages = []

    def failing(request):
        pages.append(asked(request)["page"])
        if asked(request)["page"] == "2":
            raise httpx.ReadTimeout("cut", request=request)
        return bank(request)

    with pytest.raises(NoNetwork):
        WorldBank(web(failing)).pull("KEN", "NMR", store=store)
    assert pages == ["1", "2", "2", "2", "2", "2"]

    def only_the_second(request):
        assert asked(request)["page"] == "2"
        return bank(request)

    assert len(WorldBank(web(only_the_second)).pull("KEN", "NMR", store=store).rows) == 2


def test_world_bank_groups_are_indicators_of_their_own(web, store):
    def answer(request):
        code = request.url.path.rsplit("/", 1)[1]
        value = {"SH.DYN.MORT": 40, "SH.DYN.MORT.FE": 38, "SH.DYN.MORT.MA": 42}[code]
        assert asked(request)["date"] == "2010:2026"
        return httpx.Response(200, json=[{"page": 1, "pages": 1, "per_page": 500, "total": 1}, [bank_record(value)]])

    pulled = WorldBank(web(answer)).pull("KEN", "U5MR", since=2010, store=store)
    assert [(row.group, row.value) for row in pulled.rows] == [("", 40), ("SEX=F", 38), ("SEX=M", 42)]


def test_what_the_world_bank_says_is_wrong_is_passed_on(web, store):
    message = [{"message": [{"id": "120", "key": "Invalid value", "value": "The indicator was not found."}]}]
    with pytest.raises(ServiceRefused, match=r"Invalid value: The indicator was not found"):
        WorldBank(web(lambda r: httpx.Response(200, json=message))).pull("KEN", "NMR", store=store)


def sdg_record(value, year=2020.0, sex="BOTHSEX", age="<5Y", nature="E", **changed):
    record = {
        "goal": ["3"],
        "target": ["3.2"],
        "indicator": ["3.2.1"],
        "series": "SH_DYN_MORT",
        "geoAreaCode": "404",
        "geoAreaName": "Kenya",
        "timePeriodStart": year,
        "value": value,
        "upperBound": None,
        "lowerBound": None,
        "source": "an invented source",
        "attributes": {"Nature": nature, "Units": "PER_1000_LIVE_BIRTHS"},
        "dimensions": {"Age": age, "Sex": sex, "Reporting Type": "G"},
    }
    return record | changed


def test_un_sdg_records_become_rows_by_sex_with_bounds(web, store):
    records = [
        sdg_record("41.5", lowerBound="35.1", upperBound="49.0"),
        sdg_record("38.2", sex="FEMALE"),
        sdg_record("30", age="<1Y"),
        sdg_record("<1", sex="MALE"),
        sdg_record("5", 2019.0, nature="NA"),
        sdg_record("40", 2018.0),
        sdg_record("44", 2018.0),
    ]

    def answer(request):
        assert asked(request) | {"pageSize": ""} == {
            "seriesCode": "SH_DYN_MORT",
            "areaCode": "404",
            "page": "1",
            "pageSize": "",
        }
        return httpx.Response(200, json={"size": 7, "totalElements": 7, "totalPages": 1, "data": records})

    pulled = UnSdg(web(answer)).pull("KEN", "U5MR", store=store)
    assert told(pulled) == [("KEN", "", "2020", 41.5, "E"), ("KEN", "SEX=F", "2020", 38.2, "E")]
    assert (pulled.rows[0].lower, pulled.rows[0].upper) == (35.1, 49.0)
    assert {left.reason: left.records for left in pulled.left_out} == {
        "of another Age than <5Y": 1,
        "value '<1' is no number": 1,
        "of nature NA": 1,
        "more than one value for the same place, group and time": 2,
    }


def test_a_dimension_that_does_not_apply_tells_nobody_apart(web, store):
    dimensions = {"Age": "NA", "Sex": "NA", "Location": "RURAL", "Education level": "NA", "Reporting Type": "G"}
    record = sdg_record("65.2", series="EG_ACS_ELEC", dimensions=dimensions, nature="CA")
    answer = {"totalPages": 1, "totalElements": 1, "data": [record]}
    pulled = UnSdg(web(lambda request: httpx.Response(200, json=answer))).pull("KEN", "ELECTRICITY_POP", store=store)
    assert told(pulled) == [("KEN", "URBANISATION=R", "2020", 65.2, "A")]


def gho_record(value, sex="SEX_BTSX", **changed):
    record = {
        "Id": 1,
        "IndicatorCode": "MDG_0000000007",
        "SpatialDimType": "COUNTRY",
        "SpatialDim": "KEN",
        "TimeDimType": "YEAR",
        "TimeDim": 2021,
        "Dim1Type": "SEX",
        "Dim1": sex,
        "Dim2Type": None,
        "Dim2": None,
        "Dim3Type": None,
        "Dim3": None,
        "Value": str(value),
        "NumericValue": value,
        "Low": None,
        "High": None,
    }
    return record | changed


def test_who_records_become_rows_over_the_pages_that_odata_links(web, store):
    base = "https://ghoapi.azureedge.net/api/MDG_0000000007"

    def answer(request):
        if "$skip" in asked(request):
            return httpx.Response(200, json={"value": [gho_record(44.0, "MLE"), gho_record(50.0, Low=51, High=60)]})
        assert asked(request)["$filter"] == "SpatialDim eq 'KEN' and TimeDim ge 2015"
        first = [gho_record(41.0, Low=35.0, High=48.0), gho_record(38.0, "SEX_FMLE"), gho_record(1.0, "SEX_UNK")]
        return httpx.Response(200, json={"value": first, "@odata.nextLink": f"{base}?$skip=3"})

    pulled = WhoGho(web(answer)).pull("KEN", "U5MR", since=2015, store=store)
    assert told(pulled) == [
        ("KEN", "", "2021", 41.0, "A"),
        ("KEN", "SEX=F", "2021", 38.0, "A"),
        ("KEN", "SEX=M", "2021", 44.0, "A"),
    ]
    assert pulled.left_out == (
        LeftOut("SEX SEX_UNK has no counterpart here", 1),
        LeftOut("its value lies outside its own bounds", 1),
    )


def test_a_next_page_elsewhere_is_not_followed(web, store):
    answer = {"value": [gho_record(41.0)], "@odata.nextLink": "https://elsewhere.example/api"}
    with pytest.raises(AnswerUnreadable, match="the next page lies elsewhere"):
        WhoGho(web(lambda r: httpx.Response(200, json=answer))).pull("KEN", "U5MR", store=store)


def dhs_record(value, category="Total", label="Total", cases=900, **changed):
    record = {
        "IndicatorId": "RH_DELP_C_DHF",
        "SurveyId": "KE2022DHS",
        "SurveyYear": 2022,
        "CharacteristicCategory": category,
        "CharacteristicLabel": label,
        "Value": value,
        "DenominatorUnweighted": cases,
        "CILow": "",
        "CIHigh": "",
        "IsPreferred": 1,
    }
    return record | changed


def test_dhs_characteristics_become_groups_and_regions_areas(web, store):
    countries = {"Data": [{"DHS_CountryCode": "KE", "ISO3_CountryCode": "KEN", "CountryName": "Kenya"}]}
    records = [
        dhs_record(82.3, CILow=80.0, CIHigh=84.6),
        dhs_record(90, "Residence", "Urban"),
        dhs_record(60, "Wealth quintile", "Lowest", cases=40),
        dhs_record(61, "Wealth quintile", "Second", cases=24),
        dhs_record(70, "Region", "..Nairobi"),
        dhs_record(71, "Region", "Coast"),
        dhs_record(72, "Religion", "Muslim"),
        dhs_record(80, IsPreferred=0),
    ]

    def answer(request):
        if request.url.path.endswith("/countries"):
            return httpx.Response(200, json=countries)
        assert (asked(request)["countryIds"], asked(request)["breakdown"]) == ("KE", "all")
        return httpx.Response(200, json={"TotalPages": 1, "Page": 1, "RecordsReturned": 8, "Data": records})

    pulled = Dhs(web(answer), {"nairobi": "KE-30"}).pull("KEN", "FACILITY_BIRTH", store=store)
    assert told(pulled) == [
        ("KE-30", "", "2022", 70.0, "A"),
        ("KEN", "", "2022", 82.3, "A"),
        ("KEN", "INCOME_WEALTH_QUANTILE=Q1", "2022", 60.0, "U"),
        ("KEN", "URBANISATION=U", "2022", 90.0, "A"),
    ]
    assert (pulled.rows[1].lower, pulled.rows[1].upper, pulled.rows[1].n) == (80.0, 84.6, 900)
    assert [left.records for left in pulled.left_out] == [1, 1, 1, 1]
    with pytest.raises(NotOffered, match="no surveys of VNM"):
        Dhs(web(answer)).pull("VNM", "FACILITY_BIRTH", store=store)


NS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=OFFICE:SDG(1.0):ObsLevelDim:TIME_PERIOD"
SDMX = f"""<?xml version="1.0" encoding="UTF-8"?>
<message:StructureSpecificData xmlns:message="{NS}/message" xmlns:common="{NS}/common"
    xmlns:ss="{NS}/data/structurespecific" xmlns:ns1="{URN}"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <message:Header><message:ID>INVENTED</message:ID><message:Test>true</message:Test>
    <message:Prepared>2026-01-01T00:00:00</message:Prepared><message:Sender id="OFFICE"/>
    <message:Structure structureID="OFFICE_SDG" namespace="{URN}" dimensionAtObservation="TIME_PERIOD">
      <common:Structure><Ref agencyID="OFFICE" id="SDG" version="1.0"/></common:Structure></message:Structure>
  </message:Header>
  <message:DataSet ss:structureRef="OFFICE_SDG" xsi:type="ns1:DataSetType" ss:dataScope="DataStructure">
    <Series FREQ="A" SERIES="SH_DYN_NMRT" REF_AREA="NP" SEX="_T" AGE="_T" URBANISATION="_T">
      <Obs TIME_PERIOD="2016" OBS_VALUE="21" OBS_STATUS="A"/><Obs TIME_PERIOD="2019" OBS_VALUE="16" OBS_STATUS="P"/>
      <Obs TIME_PERIOD="2020" OBS_STATUS="M" OBS_VALUE="NaN"/></Series>
    <Series FREQ="A" SERIES="SH_DYN_NMRT" REF_AREA="NP" SEX="_T" AGE="_T" URBANISATION="R">
      <Obs TIME_PERIOD="2019" OBS_VALUE="17.5" OBS_STATUS="A"/></Series>
    <Series FREQ="A" SERIES="SH_DYN_NMRT" REF_AREA="NP1" SEX="_T" AGE="_T" URBANISATION="_T">
      <Obs TIME_PERIOD="2019" OBS_VALUE="18" OBS_STATUS="A"/></Series>
  </message:DataSet>
</message:StructureSpecificData>"""


def office(web):
    licence = Licence("as the office says", "unverified", "")
    offered = (Offered("NMR", "SH_DYN_NMRT"),)
    base = "https://sdmx.example/rest"
    return SdmxEndpoint(
        "office", "Office", "Office", licence, base, "OFFICE,SDG,1.0", "A.{series}.{area}", offered, web=web
    )


def test_any_sdmx_service_is_read_by_the_library(web, store):
    def answer(request):
        assert str(request.url) == "https://sdmx.example/rest/data/OFFICE,SDG,1.0/A.SH_DYN_NMRT.NP?startPeriod=2015"
        assert "structurespecificdata+xml;version=2.1" in request.headers["accept"]
        return httpx.Response(200, content=SDMX.encode())

    pulled = office(web(answer)).pull("NPL", "NMR", since=2015, store=store)
    assert told(pulled) == [
        ("NPL", "", "2016", 21.0, "A"),
        ("NPL", "", "2019", 16.0, "P"),
        ("NPL", "URBANISATION=R", "2019", 17.5, "A"),
    ]
    assert pulled.left_out == (LeftOut("no value or no year", 1), LeftOut("of another place or series", 1))


def test_what_is_no_sdmx_is_named(web, store):
    with pytest.raises(AnswerUnreadable, match="SDMX-ML message cannot be read"):
        office(web(lambda r: httpx.Response(200, content=b"<html/>"))).pull("NPL", "NMR", store=store)


def test_sdmx_services_of_a_deployment_are_described_in_a_file(web, tmp_path):
    file = tmp_path / "sdmx.toml"
    assert endpoints(file, web(bank)) == ()
    file.write_text(
        '[office]\ntitle="Office"\npublisher="Office"\nlicence="open"\nbase="https://sdmx.example/rest"\n'
        'flow="OFFICE,SDG,1.0"\nkey="A.{series}.{area}"\n[office.series]\nNMR="SH_DYN_NMRT"\n',
        encoding="utf-8",
    )
    (found,) = endpoints(file, web(bank))
    assert (found.name, found.offered, found.area_code) == ("office", (Offered("NMR", "SH_DYN_NMRT"),), "iso2")
    file.write_text('[office]\ntitle="Office"\n', encoding="utf-8")
    with pytest.raises(NotOffered, match=r"\[office\] lacks 'publisher'"):
        endpoints(file, web(bank))


def test_boundaries_come_with_licence_and_year(web, store):
    shapes = {"type": "FeatureCollection", "features": []}
    facts = {
        "boundaryID": "MWI-ADM1-1",
        "boundaryISO": "MWI",
        "boundaryType": "ADM1",
        "boundaryYearRepresented": "2018",
        "boundarySource": "an invented office",
        "boundaryLicense": "CC BY 4.0",
        "simplifiedGeometryGeoJSON": "https://files.example/mwi.geojson",
    }

    def answer(request):
        return httpx.Response(200, json=shapes if request.url.host == "files.example" else facts)

    pulled = GeoBoundaries(web(answer)).pull("MWI", "1", store=store)
    assert (pulled.licence, pulled.vintage, pulled.geojson) == ("CC BY 4.0", "as of 2018", shapes)
    assert "an invented office" in pulled.attribution


def test_a_series_or_country_that_is_not_known_is_named(web, store):
    with pytest.raises(NotOffered, match="does not have PAPI_TOTAL"):
        WorldBank(web(bank)).pull("KEN", "PAPI_TOTAL", store=store)
    with pytest.raises(NotOffered, match="'Kenya' is no country code"):
        WorldBank(web(bank)).pull("Kenya", "NMR", store=store)
    nothing = [{"page": 1, "pages": 1, "per_page": 5, "total": 0}, None]
    with pytest.raises(NothingHeld, match="holds no figure of NMR for KEN"):
        WorldBank(web(lambda r: httpx.Response(200, json=nothing))).pull("KEN", "NMR", store=store)


def test_every_series_offered_is_defined(web, tmp_path):
    from data_access.connectors.offered import HERE

    further = {line.split(",")[0] for line in (HERE / "further_series.csv").read_text().splitlines()[1:]}
    known = {row["series"] for row in catalogue_rows("series", illustrative=False)} | further
    for service in services(tmp_path, web(bank)).values():
        assert {one.series for one in service.series_offered()} - known == set(), service.name
    assert {"UHC_INDEX", "HEALTH_SPENDING_OVER_10"} <= further


def test_check_asks_each_service_one_question_and_says_which_fail(web, store, tmp_path):
    questions = []

    def answer(request):
        questions.append(request.url.host)
        if request.url.host == "api.worldbank.org":
            return httpx.Response(200, json=[{"page": 1, "pages": 63, "total": 63}, [bank_record(1)]])
        if request.url.host == "ghoapi.azureedge.net":
            return httpx.Response(200, json={"value": [gho_record(1.0)]})
        if request.url.host == "unstats.un.org":
            return httpx.Response(200, content=b"<html>")
        return httpx.Response(404)

    client = web(answer)
    found = {name: works for name, works, _ in checked(services(tmp_path, client), client, store)}
    assert found == {"un_sdg": False, "world_bank": True, "dhs": False, "who_gho": True, "geoboundaries": False}
    assert sorted(questions) == sorted(set(questions))
    assert json.dumps(found)
