"""Figures written in the formats others read: HEAT Plus, Open SDG CSV and SDMX-CSV; reading them again loses nothing.

What a format has no column for goes where its users look for it: a status and counts of people into HEAT Plus's
``flag``, a span of years into ``TIME_DETAIL``, a dimension that SDMX does not have into ``CUST_BREAKDOWN`` with its
label. Numbers are written in full.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data_access.importing.mapping.flags import Flag, write_flag
from data_access.importing.mapping.presets import HEAT_COLUMNS, SDMX_DIMENSIONS
from data_access.importing.tidy import TidyRow
from data_access.models.groups import group_key, members
from data_access.periods import years

TOTAL = "Total"
FLOW = "DF_SDG_GLH"
"""The data flow of the global SDG data structure (agency IAEG-SDGs)."""
_SDMX_BEFORE = ("DATAFLOW", "FREQ", "SERIES", "REF_AREA")
_SDMX_AFTER = (
    "CUST_BREAKDOWN", "CUST_BREAKDOWN_LB", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT",
    "TIME_DETAIL", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "SAMPLE_SIZE", "SAMPLE_YES", "POPULATION", "COMMENT_OBS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """What a format wants to know of a series or a category beyond its code."""

    name: str = ""
    favourable: bool | None = None
    scale: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the figures alone do not say: the source's code, each area's country, and facts about series and dimensions.

    ``orders`` holds each ordered dimension's categories in their order; ``references`` the category a dimension's
    others are compared with.
    """

    source: str = ""
    countries: Mapping[str, str] | None = None
    series: Mapping[str, Described] | None = None
    orders: Mapping[str, Sequence[str]] | None = None
    references: Mapping[str, str] | None = None


def heat_plus(rows: Iterable[TidyRow], words: Words | None = None) -> str:
    """The figures in the HEAT Plus template (20 columns). The total of each series is also the ``setting_average``."""
    words, rows = words or Words(), list(rows)
    averages = {(r.area, r.series, r.time_period): r.value for r in rows if not r.group}
    return _csv(HEAT_COLUMNS, (_heat_row(row, words, averages) for row in rows))


def open_sdg(rows: Iterable[TidyRow], words: Words | None = None) -> str:
    """The figures as Open SDG CSV: Year, Units, Series, one column a dimension (blank = total), GeoCode, Value."""
    words, rows = words or Words(), list(rows)
    dimensions = sorted({dimension for row in rows for dimension in members(row.group)})
    after = (
        "GeoCode", "Value", "TIME_DETAIL", "OBS_STATUS", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "SAMPLE_SIZE",
        "SAMPLE_YES", "POPULATION", "COMMENT_OBS",
    )  # fmt: skip
    return _csv(
        ("Year", "Units", "Series", *dimensions, *after),
        (
            {
                **_common(row),
                **members(row.group),
                "Year": years(row.time_period)[1],
                "Units": _described(words, row).unit,
                "Series": row.series,
                "GeoCode": row.area,
                "Value": _number(row.value),
            }
            for row in rows
        ),
    )


def sdmx_csv(rows: Iterable[TidyRow], words: Words | None = None) -> str:
    """The figures as SDMX-CSV 1.0 by the global SDG data structure; a missing value is ``NaN``."""
    words, rows = words or Words(), list(rows)
    own = sorted({key for row in rows if (key := _custom(row.group))})
    codes = {key: f"C{number:02d}" for number, key in enumerate(own, 1)}
    made = []
    for row in rows:
        said, custom = members(row.group), _custom(row.group)
        made.append(
            _common(row)
            | {dimension: said.get(dimension, "_T") for dimension in SDMX_DIMENSIONS}
            | {
                "DATAFLOW": f"IAEG-SDGs:{FLOW}(1.0)",
                "FREQ": "A",
                "SERIES": row.series,
                "REF_AREA": row.area,
                "CUST_BREAKDOWN": codes.get(custom, "_T"),
                "CUST_BREAKDOWN_LB": custom,
                "TIME_PERIOD": years(row.time_period)[1],
                "OBS_VALUE": _number(row.value) or "NaN",
                "OBS_STATUS": row.status,
                "UNIT_MEASURE": _described(words, row).unit,
                "UNIT_MULT": 0,
            }
        )
    return _csv((*_SDMX_BEFORE, *SDMX_DIMENSIONS, *_SDMX_AFTER), made)


def _heat_row(row: TidyRow, words: Words, averages: Mapping[tuple[str, str, str], float | None]) -> dict[str, object]:
    said, told = members(row.group), _described(words, row)
    dimension, category = "|".join(said) or TOTAL, "|".join(said.values()) or TOTAL
    order = list((words.orders or {}).get(dimension, ()))
    return {
        "setting": row.area,
        "date": row.time_period,
        "source": words.source,
        "indicator_abbr": row.series,
        "indicator_name": told.name or row.series,
        "dimension": dimension,
        "subgroup": category,
        "estimate": _number(row.value),
        "se": _number(row.se),
        "ci_lb": _number(row.lower),
        "ci_ub": _number(row.upper),
        "population": _number(row.population),
        "flag": write_flag(Flag(row.status, row.n, row.yes, row.note)),
        "setting_average": _number(averages.get((row.area, row.series, row.time_period))),
        "iso3": (words.countries or {}).get(row.area, ""),
        "favourable_indicator": "" if told.favourable is None else int(told.favourable),
        "indicator_scale": _number(told.scale),
        "ordered_dimension": int(bool(order)),
        "subgroup_order": order.index(category) + 1 if category in order else 0,
        "reference_subgroup": int((words.references or {}).get(dimension) == category),
    }


def _common(row: TidyRow) -> dict[str, object]:
    return {
        "TIME_DETAIL": row.time_period if "-" in row.time_period else "",
        "OBS_STATUS": row.status,
        "STD_ERR": _number(row.se),
        "LOWER_BOUND": _number(row.lower),
        "UPPER_BOUND": _number(row.upper),
        "SAMPLE_SIZE": _number(row.n),
        "SAMPLE_YES": _number(row.yes),
        "POPULATION": _number(row.population),
        "COMMENT_OBS": row.note,
    }


def _custom(group: str) -> str:
    return group_key({d: c for d, c in members(group).items() if d not in SDMX_DIMENSIONS})


def _described(words: Words, row: TidyRow) -> Described:
    return (words.series or {}).get(row.series, Described())


def _number(value: float | int | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
