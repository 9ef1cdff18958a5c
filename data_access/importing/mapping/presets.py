"""Formats that explain themselves: HEAT Plus, Open SDG CSV, SDMX, DHS indicator data and the product's own tidy CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from data_access.importing.mapping.cells import text_of
from data_access.importing.mapping.fields import RowRule, SheetRule
from data_access.importing.mapping.schema import (
    Column,
    DatasetMapping,
    Meaning,
    MeasureColumn,
    Missing,
    Source,
    Table,
    Values,
)
from data_access.importing.mapping.words import is_one
from data_access.importing.shipped import COLUMNS
from data_access.importing.workbook import Sheet, Workbook

Preset = Literal["heat_plus", "open_sdg", "sdmx", "dhs", "tidy"]

HEAT_COLUMNS = (
    "setting", "date", "source", "indicator_abbr", "indicator_name", "dimension", "subgroup", "estimate", "se",
    "ci_lb", "ci_ub", "population", "flag", "setting_average", "iso3", "favourable_indicator", "indicator_scale",
    "ordered_dimension", "subgroup_order", "reference_subgroup",
)  # fmt: skip
"""The 20 columns of the HEAT Plus template (Hosseinpoor et al. 2018, Global Health Action 11:1440783, table 1, with
the names of the current template: date for year, flag for note)."""
_HEAT_SPELLED = {"year": "date", "note": "flag"}
_HEAT_NEEDED = frozenset({"setting", "date", "indicator_abbr", "dimension", "subgroup", "estimate"})
SDMX_DIMENSIONS = (
    "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION", "DISABILITY_STATUS",
    "ACTIVITY", "PRODUCT",
)  # fmt: skip
"""Dimensions of the global SDG data structure that tell people (or their work) apart."""
_OPEN_SDG_OWN = {
    "Year", "Units", "Series", "GeoCode", "Value", "TIME_DETAIL", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND",
    "SAMPLE_SIZE", "SAMPLE_YES", "POPULATION", "OBS_STATUS", "COMMENT_OBS", "Unit multiplier",
    "Observation status", "UNIT_MEASURE", "UNIT_MULT",
}  # fmt: skip
_HEAT_DIMENSIONS = {
    "sex": "SEX", "gender": "SEX", "place of residence": "URBANISATION", "residence": "URBANISATION",
    "economic status (wealth quintile)": "INCOME_WEALTH_QUANTILE", "economic status": "INCOME_WEALTH_QUANTILE",
    "wealth quintile": "INCOME_WEALTH_QUANTILE", "education": "EDUCATION_LEV", "education level": "EDUCATION_LEV",
    "education (3 groups)": "EDUCATION_LEV", "age": "AGE", "age group": "AGE", "disability": "DISABILITY_STATUS",
    "disability status": "DISABILITY_STATUS", "ethnicity": "ETHNICITY",
}  # fmt: skip
"""Dimensions as HEAT's and the DHS Program's data name them (lower case), and the product's."""
_FIFTHS = {
    "quintile 1 (poorest)": "Q1", "quintile 2": "Q2", "quintile 3": "Q3", "quintile 4": "Q4",
    "quintile 5 (richest)": "Q5", "q1 (poorest)": "Q1", "q2": "Q2", "q3": "Q3", "q4": "Q4", "q5 (richest)": "Q5",
}  # fmt: skip
_REGIONS = ("subnational region", "subnational regions", "region", "province", "district", "county", "state")
_DHS_NEEDED = frozenset({"indicator", "characteristiccategory", "characteristiclabel", "value"})
"""Columns of the DHS Program's API and STATcompiler exports (api.dhsprogram.com, fields of /data)."""
_DHS_PERIODS = ("surveyyearlabel", "surveyyear", "survey", "surveyid")
_DELETED = ("D", "Delete", "delete")
_SDMX_MEANS: tuple[tuple[str, Meaning], ...] = (
    ("TIME_DETAIL", "period_detail"),
    ("UNIT_MULT", "multiplier"),
    ("UNIT_MEASURE", "unit"),
)
_MEASURES = {
    "se": ("STD_ERR",),
    "lower": ("LOWER_BOUND",),
    "upper": ("UPPER_BOUND",),
    "n": ("SAMPLE_SIZE",),
    "yes": ("SAMPLE_YES",),
    "population": ("POPULATION",),
}


def recognise(workbook: Workbook) -> Preset | None:
    """The format whose header the first sheet with any cells has, None where it is a table of its own kind."""
    sheet = first_sheet(workbook)
    if sheet is None:
        return None
    header = [text_of(cell) for cell in sheet.rows[0]]
    lower = {_HEAT_SPELLED.get(name.casefold(), name.casefold()) for name in header}
    if lower >= _HEAT_NEEDED:
        return "heat_plus"
    if set(COLUMNS[:5]) <= set(header) and "GROUP" in header:
        return "tidy"
    ids = {_id(name) for name in header}
    if {"REF_AREA", "TIME_PERIOD", "OBS_VALUE"} <= ids and ids & {"SERIES", "INDICATOR"}:
        return "sdmx"
    if (said := set(_joined(header))) >= _DHS_NEEDED and said & set(_DHS_PERIODS):
        return "dhs"
    if {"Year", "Value"} <= set(header):
        return "open_sdg"
    return None


def first_sheet(workbook: Workbook) -> Sheet | None:
    """The first sheet that holds anything."""
    return next((sheet for sheet in workbook.sheets if sheet.rows and any(map(text_of, sheet.rows[0]))), None)


def preset_mapping(workbook: Workbook, source: Source) -> DatasetMapping | None:
    """The whole mapping of a file in a known format, None for another file; nothing of it needs to be written."""
    preset, sheet = recognise(workbook), first_sheet(workbook)
    if preset is None or sheet is None:
        return None
    return DatasetMapping(version=1, source=source, tables=preset_tables(preset, sheet))


def preset_tables(preset: Preset, sheet: Sheet) -> tuple[Table, ...]:
    """How a sheet of a known format is read: one table, or two where some of its rows are of regions."""
    header = [text_of(cell) for cell in sheet.rows[0]]
    columns, values = {
        "heat_plus": _heat, "open_sdg": _open_sdg, "sdmx": _sdmx, "dhs": _dhs, "tidy": _tidy,
    }[preset](header)  # fmt: skip
    nothing: tuple[Missing, ...] = ()
    if preset in ("sdmx", "heat_plus"):
        nothing = Missing(code="NaN"), Missing(code="NA")
    elif preset == "dhs":
        nothing = (Missing(code="*", status="Q"),)
    table = Table(
        sheets=SheetRule(name=sheet.name),
        header_rows=(sheet.first_row,),
        columns=_with_codes(tuple(columns), sheet, header),
        values=(values,),
        missing=nothing,
        drop_rows=_deletions(sheet, header) if preset == "sdmx" else (),
    )
    return _by_region(table, sheet, header)


def _by_region(table: Table, sheet: Sheet, header: Sequence[str]) -> tuple[Table, ...]:
    """Rows whose dimension is a region say a place, not a group: they become a table of their own."""
    dimension = next((c for c in table.columns if c.means == "group_dimension"), None)
    category = next((c for c in table.columns if c.means == "group_category"), None)
    if dimension is None or category is None or dimension.header not in header:
        return (table,)
    said = dict.fromkeys(text_of(line[header.index(dimension.header)]) for line in sheet.rows[1:])
    regions = tuple(text for text in said if text.casefold() in _REGIONS)
    if not regions:
        return (table,)
    place = Column(header=category.header, means="area")
    rest = tuple(c for c in table.columns if c.means not in ("area", "group_dimension", "group_category"))
    theirs = RowRule(
        header=dimension.header, values=regions, because="rows of other groups are read by the other table"
    )
    of_regions = table.model_copy(update={"columns": (place, *rest), "keep_rows": (theirs,)})
    if set(said) <= set(regions):
        return (of_regions,)
    ours = RowRule(header=dimension.header, values=regions, because="rows of regions are read by the other table")
    return table.model_copy(update={"drop_rows": (*table.drop_rows, ours)}), of_regions


def _with_codes(columns: tuple[Column, ...], sheet: Sheet, header: Sequence[str]) -> tuple[Column, ...]:
    """The columns of dimensions and categories with what their texts mean, where the format's own words are known."""
    known = {"group_dimension": _HEAT_DIMENSIONS, "group_category": _FIFTHS}
    made = []
    for column in columns:
        if column.means in known and column.header in header:
            at = header.index(column.header)
            said = dict.fromkeys(text_of(line[at]) for line in sheet.rows[1:])
            meaning = {text: code for text in said if (code := known[column.means].get(text.casefold()))}
            column = column.model_copy(update={"codes": meaning})
        made.append(column)
    return tuple(made)


def _deletions(sheet: Sheet, header: Sequence[str]) -> tuple[RowRule, ...]:
    """SDMX-CSV 2.0 says in ACTION what a row asks for; one to be deleted is no figure."""
    name = next((name for name in header if _id(name) == "ACTION"), None)
    if name is None:
        return ()
    said = dict.fromkeys(text_of(line[header.index(name)]) for line in sheet.rows[1:])
    deleted = tuple(text for text in said if text.partition(":")[0] in _DELETED)
    return (RowRule(header=name, values=deleted, because="the file asks to delete them"),) if deleted else ()


def _id(name: str) -> str:
    """The part of an SDMX-CSV header before its label: "SEX: Sex" → "SEX"."""
    return name.partition(":")[0].strip()


def _heat(header: Sequence[str]) -> tuple[list[Column], Values]:
    at = {_HEAT_SPELLED.get(name.casefold(), name.casefold()): name for name in header}
    columns = [
        Column(header=at["setting"], means="area"),
        Column(header=at["date"], means="period"),
        Column(header=at["indicator_abbr"], means="series"),
        Column(header=at["dimension"], means="group_dimension"),
        Column(header=at["subgroup"], means="group_category"),
    ]
    columns += [Column(header=at["iso3"], means="country")] if "iso3" in at else []
    columns += [Column(header=at["flag"], means="flag")] if "flag" in at else []
    columns += [Column(header=at["population"], means="population")] if "population" in at else []
    measures = {
        name: MeasureColumn(header=at[column])
        for name, column in (("se", "se"), ("lower", "ci_lb"), ("upper", "ci_ub"))
        if column in at
    }
    return columns, Values(header=at["estimate"], **measures)


def _open_sdg(header: Sequence[str]) -> tuple[list[Column], Values]:
    columns = [Column(header="Year", means="period")]
    columns += [Column(header="Series", means="series")] if "Series" in header else []
    columns += [Column(header="GeoCode", means="area")] if "GeoCode" in header else []
    columns += [Column(header="Units", means="unit")] if "Units" in header else []
    columns += [Column(header="TIME_DETAIL", means="period_detail")] if "TIME_DETAIL" in header else []
    columns += _status_and_note(header)
    places = [name for name in header if name not in _OPEN_SDG_OWN and is_one(name, "column of areas")]
    named = places[:1] if "GeoCode" not in header else []
    columns += [Column(header=name, means="area") for name in named if name.casefold() not in _KNOWN]
    columns += [
        Column(header=name, means="group", dimension=_dimension(name))
        for name in header
        if name and name not in _OPEN_SDG_OWN and Column(header=name, means="area") not in columns
    ]
    return columns, Values(header="Value", **_measures(header))


def _sdmx(header: Sequence[str]) -> tuple[list[Column], Values]:
    at = {_id(name): name for name in header}
    series = "SERIES" if "SERIES" in at else "INDICATOR"

    def column(name: str, means: Meaning, dimension: str | None = None) -> Column:
        """With labels in the header ("SEX: Sex") they stand in the cells too ("F: Female"): the code is before them."""
        take = r"^[^:]*[^:\s]" if ":" in at[name] else None
        return Column(header=at[name], means=means, dimension=dimension, take=take)

    columns = [column("REF_AREA", "area"), column(series, "series"), column("TIME_PERIOD", "period")]
    columns += [column(name, means) for name, means in _SDMX_MEANS if name in at]
    columns += [column(name, "group", name) for name in SDMX_DIMENSIONS if name in at]
    if "CUST_BREAKDOWN_LB" in at:
        columns.append(column("CUST_BREAKDOWN_LB", "group_label"))
    elif "CUST_BREAKDOWN" in at:
        columns.append(column("CUST_BREAKDOWN", "group", "CUST_BREAKDOWN"))
    if "COMPOSITE_BREAKDOWN" in at:
        columns.append(column("COMPOSITE_BREAKDOWN", "group", "COMPOSITE_BREAKDOWN"))
    columns += [column("OBS_STATUS", "status")] if "OBS_STATUS" in at else []
    columns += [Column(header=at["COMMENT_OBS"], means="note")] if "COMMENT_OBS" in at else []
    measures = {name: MeasureColumn(header=at[wanted]) for name, (wanted,) in _MEASURES.items() if wanted in at}
    return columns, Values(header=at["OBS_VALUE"], **measures)


def _dhs(header: Sequence[str]) -> tuple[list[Column], Values]:
    """The DHS Program's data as its API and STATcompiler hand them out, one row a figure."""
    at = _joined(header)
    place = next((at[name] for name in ("countryname", "dhs_countrycode", "country") if name in at), "")
    period = next(at[name] for name in _DHS_PERIODS if name in at)
    columns = [Column(header=place, means="area")] if place else []
    columns += [
        Column(header=period, means="period", take=r"\d{4}(?:-\d{2,4})?"),
        Column(header=at.get("indicatorid", at["indicator"]), means="series"),
        Column(header=at["characteristiccategory"], means="group_dimension"),
        Column(header=at["characteristiclabel"], means="group_category"),
    ]
    measures = {
        name: MeasureColumn(header=at[wanted])
        for name, wanted in (("lower", "cilow"), ("upper", "cihigh"), ("n", "denominatorunweighted"))
        if wanted in at
    }
    return columns, Values(header=at["value"], **measures)


def _joined(header: Sequence[str]) -> dict[str, str]:
    """Headers by their letters alone, as one export writes "Characteristic Label", another "CharacteristicLabel"."""
    return {name.replace(" ", "").casefold(): name for name in header}


def _tidy(header: Sequence[str]) -> tuple[list[Column], Values]:
    columns = [
        Column(header="REF_AREA", means="area"),
        Column(header="SERIES", means="series"),
        Column(header="GROUP", means="group_key"),
        Column(header="TIME_PERIOD", means="period"),
    ]
    return columns + _status_and_note(header), Values(header="OBS_VALUE", **_measures(header))


def _status_and_note(header: Sequence[str]) -> list[Column]:
    found = [Column(header=name, means="status") for name in ("OBS_STATUS", "Observation status") if name in header][:1]
    return found + ([Column(header="COMMENT_OBS", means="note")] if "COMMENT_OBS" in header else [])


def _measures(header: Sequence[str]) -> dict[str, MeasureColumn]:
    return {name: MeasureColumn(header=column) for name, (column,) in _MEASURES.items() if column in header}


_KNOWN = {
    "sex": "SEX", "gender": "SEX", "age": "AGE", "location": "URBANISATION", "residence": "URBANISATION",
    "urban/rural": "URBANISATION", "wealth": "INCOME_WEALTH_QUANTILE", "wealth quintile": "INCOME_WEALTH_QUANTILE",
    "education": "EDUCATION_LEV", "education level": "EDUCATION_LEV", "disability": "DISABILITY_STATUS",
    "disability status": "DISABILITY_STATUS", "ethnicity": "ETHNICITY",
}  # fmt: skip


def _dimension(name: str) -> str:
    return _KNOWN.get(name.casefold(), name.upper().replace(" ", "_"))
