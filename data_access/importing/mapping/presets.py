"""Formats that explain themselves: HEAT Plus, Open SDG CSV, SDMX and the product's own tidy CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from data_access.importing.mapping.cells import text_of
from data_access.importing.mapping.fields import SheetRule
from data_access.importing.mapping.schema import Column, DatasetMapping, MeasureColumn, Missing, Source, Table, Values
from data_access.importing.shipped import COLUMNS
from data_access.importing.workbook import Sheet, Workbook

Preset = Literal["heat_plus", "open_sdg", "sdmx", "tidy"]

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
    if {"SERIES", "REF_AREA", "TIME_PERIOD", "OBS_VALUE"} <= {name.partition(":")[0] for name in header}:
        return "sdmx"
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
    return DatasetMapping(version=1, source=source, tables=(preset_table(preset, sheet),))


def preset_table(preset: Preset, sheet: Sheet) -> Table:
    """How a sheet of a known format is read."""
    header = [text_of(cell) for cell in sheet.rows[0]]
    columns, values = {"heat_plus": _heat, "open_sdg": _open_sdg, "sdmx": _sdmx, "tidy": _tidy}[preset](header)
    nothing = (Missing(code="NaN"), Missing(code="NA")) if preset in ("sdmx", "heat_plus") else ()
    return Table(
        sheets=SheetRule(name=sheet.name),
        header_rows=(sheet.first_row,),
        columns=tuple(columns),
        values=(values,),
        missing=nothing,
    )


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
    columns += [
        Column(header=name, means="group", dimension=_dimension(name))
        for name in header
        if name and name not in _OPEN_SDG_OWN
    ]
    return columns, Values(header="Value", **_measures(header))


def _sdmx(header: Sequence[str]) -> tuple[list[Column], Values]:
    at = {name.partition(":")[0]: name for name in header}
    columns = [
        Column(header=at["REF_AREA"], means="area"),
        Column(header=at["SERIES"], means="series"),
        Column(header=at["TIME_PERIOD"], means="period"),
    ]
    columns += [Column(header=at["TIME_DETAIL"], means="period_detail")] if "TIME_DETAIL" in at else []
    columns += [Column(header=at["UNIT_MULT"], means="multiplier")] if "UNIT_MULT" in at else []
    columns += [Column(header=at["UNIT_MEASURE"], means="unit")] if "UNIT_MEASURE" in at else []
    columns += [Column(header=at[name], means="group", dimension=name) for name in SDMX_DIMENSIONS if name in at]
    if "CUST_BREAKDOWN_LB" in at:
        columns.append(Column(header=at["CUST_BREAKDOWN_LB"], means="group_label"))
    elif "CUST_BREAKDOWN" in at:
        columns.append(Column(header=at["CUST_BREAKDOWN"], means="group", dimension="CUST_BREAKDOWN"))
    if "COMPOSITE_BREAKDOWN" in at:
        columns.append(Column(header=at["COMPOSITE_BREAKDOWN"], means="group", dimension="COMPOSITE_BREAKDOWN"))
    columns += [
        Column(header=at[name], means=meaning)
        for name, meaning in (("OBS_STATUS", "status"), ("COMMENT_OBS", "note"))
        if name in at
    ]
    measures = {name: MeasureColumn(header=at[column]) for name, (column,) in _MEASURES.items() if column in at}
    return columns, Values(header=at["OBS_VALUE"], **measures)


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


def _dimension(name: str) -> str:
    known = {
        "sex": "SEX", "gender": "SEX", "age": "AGE", "location": "URBANISATION", "residence": "URBANISATION",
        "urban/rural": "URBANISATION", "wealth": "INCOME_WEALTH_QUANTILE", "wealth quintile": "INCOME_WEALTH_QUANTILE",
        "education": "EDUCATION_LEV", "education level": "EDUCATION_LEV", "disability": "DISABILITY_STATUS",
        "disability status": "DISABILITY_STATUS", "ethnicity": "ETHNICITY",
    }  # fmt: skip
    return known.get(name.casefold(), name.upper().replace(" ", "_"))
