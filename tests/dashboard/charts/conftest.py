"""Definitions as the pages write them: real figures from ``sample_data/figures``, and a few marked as invented."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.charts.definitions import (
    AbsenceKey,
    GapChart,
    Line,
    LinkKey,
    MapArea,
    MapChart,
    MapClass,
    MapPoint,
    Mark,
    OriginKey,
    Reference,
    Row,
    Tick,
    TrendChart,
)
from data_access.figures import Absence, Figure

SAMPLES = Path(__file__).parents[3] / "sample_data"

FACILITY = Figure(
    country="KEN",
    area="KEN",
    area_name="Kenya",
    series="FACILITY_BIRTH",
    series_name="Births in a health facility",
    unit="PT",
    group="",
    group_name="",
    time_period="2025-26",
    year=2025,
    value=91.1,
    lower=None,
    upper=None,
    se=None,
    n=4115,
    population=None,
    status="A",
    absence=None,
    note="table 9.7; n is the weighted number",
    source="KEN_KMDHS_2025_26",
    source_title="Kenya Mini Demographic and Health Survey 2025-26",
    publisher="Kenya National Bureau of Statistics (KNBS)",
    origin="official",
    illustrative=False,
    licence="none stated by the intermediary; figures KNBS, reuse terms not verified",
    licence_state="unverified",
    release="KEN_KMDHS_2025_26.csv",
    row=75,
)
POVERTY = replace(
    FACILITY,
    country="NPL",
    area="NP-P6",
    area_name="Karnali",
    series="MPI_H",
    series_name="People in multidimensional poverty",
    time_period="2022",
    year=2022,
    value=34.0203,
    lower=28.4822,
    upper=40.0326,
    se=2.9502,
    n=3640,
    population=1840172,
    note="",
    source="OPHI_GMPI_2024",
    source_title="Global MPI 2024, table 5",
    publisher="Oxford Poverty and Human Development Initiative (OPHI)",
    licence="OPHI terms: free to use with citation",
    licence_state="attribution",
    release="OPHI_GMPI_2024.csv",
    row=1506,
)
ORIGINS = (OriginKey("official", "Official figures"), OriginKey("community", "Community figures"))
LINKS = (
    LinkKey("solid", "Directly comparable"),
    LinkKey("dashed", "Indicative: compare with care"),
    LinkKey("none", "Not comparable: no gap drawn"),
)
ABSENCE_KEYS: dict[Absence, AbsenceKey] = {
    "suppressed": AbsenceKey("suppressed", "Suppressed to protect people"),
    "not_collected": AbsenceKey("not_collected", "Not collected"),
    "not_disaggregated": AbsenceKey("not_disaggregated", "Not broken down"),
    "not_published": AbsenceKey("not_published", "Collected, not published"),
    "not_held": AbsenceKey("not_held", "Not held here, reason unknown"),
}
INVENTED = "Illustrative: the community figures are invented to show how the product works."


def percent_ticks(*values: int) -> tuple[Tick, ...]:
    return tuple(Tick(value, f"{value} %") for value in values)


def mark(figure: Figure, label: str = "", emphasis: str = "normal") -> Mark:
    """A mark as the sentences module words it."""
    if figure.absence is not None:
        words = ABSENCE_KEYS[figure.absence].label.lower()
        return Mark(figure, words, "", f"{figure.area_name}, {figure.group_name}: {words}", emphasis)  # type: ignore[arg-type]
    interval = (
        f"95 % interval {figure.lower:.1f} to {figure.upper:.1f}" if figure.has_interval else "uncertainty unknown"
    )
    people = f"n = {figure.n:,}" if figure.n else "n unknown"
    detail = f"{figure.value:.1f} %, {figure.time_period}, {figure.source_title}; {interval}; {people}"
    return Mark(figure, f"{figure.value:.1f} %", label, detail, emphasis)  # type: ignore[arg-type]


def community(figure: Figure, value: float | None, **changes: object) -> Figure:
    """An invented community figure beside ``figure``, marked as illustrative."""
    return replace(
        figure,
        value=value,
        lower=None,
        upper=None,
        se=None,
        n=210,
        note="invented",
        source="ILLUSTRATIVE_SCORECARD",
        source_title="Illustrative community scorecard",
        publisher="Voices Count sample",
        origin="community",
        illustrative=True,
        licence="CC BY 4.0",
        licence_state="attribution",
        release="ILLUSTRATIVE_SCORECARD.csv",
        row=12,
        **changes,  # type: ignore[arg-type]
    )


def wealth() -> GapChart:
    """Kenya 2025-26, births in a facility by wealth and education: an equiplot with a reference line."""
    quintiles = (("Q1", "Poorest", 70.3, 873, 66), ("Q2", "Second", 91.7, 770, 67), ("Q3", "Middle", 96.3, 739, 68))
    quintiles += (("Q4", "Fourth", 98.5, 945, 69), ("Q5", "Richest", 99.9, 788, 70))
    education = (("NONE", "None", 55.8, 363, 72), ("PRIMARY", "Primary", 87.3, 1111, 73))
    education += (("SECONDARY", "Secondary", 96.6, 1817, 74), ("HIGHER", "Higher", 99.7, 825, 71))

    def marks(dimension: str, groups: tuple[tuple[str, str, float, int, int], ...]) -> tuple[Mark, ...]:
        ends = {groups[0][0], groups[-1][0]}
        return tuple(
            mark(
                replace(FACILITY, group=f"{dimension}={code}", group_name=name, value=value, n=n, row=row),
                name if code in ends else "",
                "strong" if code in ends else "soft",
            )
            for code, name, value, n, row in groups
        )

    return GapChart(
        id="wealth",
        title="In Kenya 70.3 % of births in the poorest fifth are in a facility, against 99.9 % in the richest",
        subtitle="Births in a health facility, Kenya, 2025-26, percent",
        alt="Facility births by wealth: poorest 70.3 %, richest 99.9 %; by education: none 55.8 %, higher 99.7 %.",
        source_line="Kenya Mini Demographic and Health Survey 2025-26, KNBS",
        notes=("Uncertainty unknown: the source publishes no intervals.",),
        rows=(
            Row("Mother's education", marks("EDUCATION_LEV", education), "solid", "43.9 points"),
            Row("Household wealth", marks("INCOME_WEALTH_QUANTILE", quintiles), "solid", "29.6 points"),
        ),
        axis_title="Births in a health facility (%)",
        domain=(0, 100),
        ticks=percent_ticks(0, 25, 50, 75, 100),
        reference=Reference(91.1, "Kenya 91.1 %"),
        origins=ORIGINS[:1],
        links=LINKS[:1],
    )


def poverty() -> GapChart:
    """Nepal 2022, multidimensional poverty by province with its published intervals."""
    figures = (
        ("NP-P6", "Karnali", 34.0203, 28.4822, 40.0326, 3640, 1506),
        ("NP-P2", "Madhesh", 32.3174, 27.2583, 37.8271, 4655, 1502),
        ("NP-P7", "Sudurpashchim", 25.1674, 20.6195, 30.3351, 3707, 1507),
        ("NP-P5", "Lumbini", 19.6883, 15.2838, 24.9876, 3900, 1505),
        ("NP-P1", "Koshi", 16.9578, 13.524, 21.0511, 4225, 1501),
        ("NP-P4", "Gandaki", 11.4938, 8.282, 15.7374, 2961, 1504),
        ("NP-P3", "Bagmati", 7.7319, 5.5483, 10.6776, 3877, 1503),
    )
    rows = tuple(
        Row(
            name,
            (
                mark(
                    replace(POVERTY, area=code, area_name=name, value=value, lower=lower, upper=upper, n=n, row=row),
                    "",
                    "strong" if code in {"NP-P6", "NP-P3"} else "normal",
                ),
            ),
        )
        for code, name, value, lower, upper, n, row in figures
    )
    return GapChart(
        id="poverty",
        title="In Karnali 34.0 % of people are multidimensionally poor, in Bagmati 7.7 %",
        subtitle="People in multidimensional poverty, provinces of Nepal, 2022, percent",
        alt="Karnali 34.0 % (28.5 to 40.0), Madhesh 32.3 %, … Bagmati 7.7 % (5.5 to 10.7).",
        source_line="Global MPI 2024, OPHI",
        rows=rows,
        axis_title="People in multidimensional poverty (%)",
        domain=(0, 45),
        ticks=percent_ticks(0, 10, 20, 30, 40),
        origins=ORIGINS[:1],
    )


def pairs() -> GapChart:
    """Official against invented community figures: every link and every absence, hostile text included."""

    def pair(label: str, official: Figure, other: Figure, link: str, note: str) -> Row:
        official, other = replace(official, group_name=label), replace(other, group_name=label)
        return Row(label, (mark(official), mark(other, "", "strong")), link, note)  # type: ignore[arg-type]

    def karnali(value: float | None, **changes: object) -> Figure:
        if value is None:
            changes |= {"n": None, "se": None}
        return replace(POVERTY, value=value, **changes)  # type: ignore[arg-type]

    close = community(POVERTY, 37.0)
    rows = (
        pair("People with disabilities", POVERTY, community(POVERTY, 41.5), "solid", "7.5 points"),
        pair("Dalit households", karnali(34.1), replace(close, lower=31.0, upper=43.0), "dashed", "2.9 points"),
        pair(
            "Women who head their household alone",
            karnali(22.0, lower=None, upper=None),
            community(POVERTY, 35.0),
            "none",
            "different questions: no gap drawn",
        ),
        pair(
            "Muslim households",
            karnali(None, absence="not_disaggregated", lower=None, upper=None),
            community(POVERTY, 44.0),
            "none",
            "",
        ),
        pair(
            "Sexual and gender minorities",
            karnali(None, absence="not_collected", lower=None, upper=None),
            community(POVERTY, None, absence="suppressed"),
            "none",
            "",
        ),
        pair(
            '<b>Tharu</b> & "others" <img src=x onerror=alert(1)>',
            karnali(3.0, lower=1.0, upper=6.0),
            community(POVERTY, None, absence="not_published"),
            "none",
            "",
        ),
    )
    return GapChart(
        id="pairs",
        title="In Karnali, communities count more people in poverty than the survey does",
        subtitle="People in multidimensional poverty, Karnali, 2022, percent",
        alt="Six groups, official and community side by side.",
        source_line="Global MPI 2024, OPHI; illustrative community scorecard",
        notes=(),
        illustrative=INVENTED,
        rows=rows,
        axis_title="People in multidimensional poverty (%)",
        domain=(0, 60),
        ticks=percent_ticks(0, 20, 40, 60),
        origins=ORIGINS,
        links=LINKS,
        absences=tuple(ABSENCE_KEYS.values()),
    )


def county_figures() -> dict[str, Figure]:
    """Facility births in the 47 counties of Kenya, as shipped: area code to figure."""
    names = {}
    with (SAMPLES / "catalogue" / "areas.csv").open(encoding="utf-8", newline="") as file:
        names = {area["code"]: area["name"] for area in csv.DictReader(file)}
    with (SAMPLES / "figures" / "KEN_KMDHS_2025_26.csv").open(encoding="utf-8", newline="") as file:
        return {
            line["REF_AREA"]: replace(
                FACILITY,
                area=line["REF_AREA"],
                area_name=names[line["REF_AREA"]],
                value=float(line["OBS_VALUE"]),
                n=int(line["SAMPLE_SIZE"]),
                status=line["OBS_STATUS"],
                note=line["COMMENT_OBS"],
                row=number,
            )
            for number, line in enumerate(csv.DictReader(file), start=2)
            if line["SERIES"] == "FACILITY_BIRTH" and line["REF_AREA"].startswith("KE-")
        }


def counties() -> GapChart:
    """47 rows: facility births by county, lowest first."""
    figures = sorted(county_figures().values(), key=lambda figure: figure.value or 0)
    return replace(
        wealth(),
        id="counties",
        title="In Garissa 47.1 % of births are in a facility",
        rows=tuple(Row(figure.area_name, (mark(figure),)) for figure in figures),
    )


def trend() -> TrendChart:
    """Multidimensional poverty in Bangladesh (harmonised 2014 and 2019), a second source, an invented one."""

    def point(year: int, value: float | None, **changes: object) -> Figure:
        return replace(
            POVERTY,
            country="BGD",
            area="BGD",
            area_name="Bangladesh",
            year=year,
            time_period=str(year),
            value=value,
            n=None,
            **{"lower": None, "upper": None, **changes},  # type: ignore[arg-type]
        )

    harmonised = tuple(mark(point(year, value)) for year, value in ((2014, 37.5621), (2019, 24.2062)))
    other = (point(2017, 33.4, lower=31.5, upper=35.3), point(2019, 24.64, lower=23.4, upper=25.9))
    invented = (
        community(point(2016, 0), 41.0),
        community(point(2018, 0), None, absence="suppressed"),
        community(point(2019, 0), 36.5),
    )
    return TrendChart(
        id="trend",
        title="In Bangladesh multidimensional poverty fell from 37.6 % to 24.2 % between 2014 and 2019",
        subtitle="People in multidimensional poverty, Bangladesh, percent",
        alt="Falling from 37.6 % in 2014 to 24.2 % in 2019.",
        source_line="Global MPI 2024, OPHI",
        illustrative=INVENTED,
        lines=(
            Line("All people, harmonised over time", "official", harmonised, "strong"),
            Line("All people, as first published", "official", tuple(mark(f, "", "soft") for f in other), "soft"),
            Line(
                "Char dwellers, community count",
                "community",
                tuple(mark(f) for f in invented),
            ),
        ),
        axis_title="People in multidimensional poverty (%)",
        domain=(0, 50),
        ticks=percent_ticks(0, 10, 20, 30, 40, 50),
        year_domain=(2014, 2019),
        year_ticks=tuple(Tick(year, str(year)) for year in (2014, 2016, 2018)),
        origins=ORIGINS,
        absences=(ABSENCE_KEYS["suppressed"],),
    )


CLASSES = (
    MapClass(40, 60, "40 % to under 60 %"),
    MapClass(60, 80, "60 % to under 80 %"),
    MapClass(80, 90, "80 % to under 90 %"),
    MapClass(90, 97, "90 % to under 97 %"),
    MapClass(97, 100, "97 % to 100 %"),
)


def birth_map() -> MapChart:
    """Facility births by county; five counties stand in for the kinds of absence, one is selected."""
    missing: dict[str, Absence] = {
        "KE-11": "suppressed",
        "KE-25": "not_collected",
        "KE-46": "not_disaggregated",
        "KE-23": "not_published",
        "KE-24": "not_held",
    }
    areas = []
    for code, figure in county_figures().items():
        if code in missing:
            absence = missing[code]
            shown = replace(figure, value=None, absence=absence)
            words = ABSENCE_KEYS[absence].label
            areas.append(MapArea(code, figure.area_name, None, absence, words, f"2025-26; {words}", (shown,)))
            continue
        assert figure.value is not None
        index = next(i for i, c in enumerate(CLASSES) if figure.value < c.upper or i == len(CLASSES) - 1)
        detail = f"2025-26, {figure.source_title}; uncertainty unknown; n = {figure.n}"
        areas.append(MapArea(code, figure.area_name, index, None, f"{figure.value:.1f} %", detail, (figure,)))
    kibera = community(FACILITY, 71.0, area="KEN-KIBERA", area_name="Kibera")
    point = MapPoint(36.78, -1.31, "Kibera", "71.0 %", "2025, illustrative scorecard; n = 210", (kibera,))
    return MapChart(
        id="birth-map",
        title="Facility births are rarest in Garissa",
        subtitle="Births in a health facility, all women, counties of Kenya, 2025-26, percent",
        alt="Map of facility births by county; Garissa lowest with 47.1 %.",
        source_line="Kenya Mini Demographic and Health Survey 2025-26, KNBS",
        illustrative=INVENTED,
        layer="KEN_1",
        areas=tuple(areas),
        classes=CLASSES,
        scale="official",
        legend_title="Births in a health facility (%)",
        disclaimer="Borders as depicted by the source of the geometry; no statement on any status is meant.",
        points=(point,),
        origins=ORIGINS,
        absences=tuple(ABSENCE_KEYS.values()),
        selected="KE-07",
    )


def difference_map() -> MapChart:
    """Community minus official, for the seven provinces of Nepal; invented community figures."""
    classes = (
        MapClass(-10, -5, "community lower by 5 to 10 points"),
        MapClass(-5, 0, "community lower by up to 5 points"),
        MapClass(0, 5, "community higher by up to 5 points"),
        MapClass(5, 10, "community higher by 5 to 10 points"),
    )
    differences = {"NP-P1": -6.0, "NP-P2": -2.0, "NP-P3": 1.0, "NP-P4": 3.0, "NP-P5": 4.0, "NP-P6": 7.5}
    figures = {row.marks[0].figure.area: row.marks[0].figure for row in poverty().rows}
    areas = []
    for code, figure in sorted(figures.items()):
        if code not in differences:
            gone = community(figure, None, absence="not_collected")
            areas.append(
                MapArea(code, figure.area_name, None, "not_collected", "Not collected", "2022", (figure, gone))
            )
            continue
        assert figure.value is not None
        other = community(figure, figure.value + differences[code])
        index = next(i for i, c in enumerate(classes) if differences[code] < c.upper)
        words = f"{differences[code]:+.1f}"
        areas.append(MapArea(code, figure.area_name, index, None, words, "2022", (figure, other)))
    return replace(
        birth_map(),
        id="difference-map",
        title="In Karnali communities count 7.5 points more",
        layer="NPL_1",
        areas=tuple(areas),
        classes=classes,
        scale="difference",
        legend_title="Community minus official (points)",
        points=(),
        absences=(ABSENCE_KEYS["not_collected"],),
        selected="",
    )


CHARTS: dict[str, Callable[[], object]] = {
    "wealth": wealth,
    "poverty": poverty,
    "pairs": pairs,
    "counties": counties,
    "trend": trend,
    "birth_map": birth_map,
    "difference_map": difference_map,
}


@pytest.fixture
def wealth_chart() -> GapChart:
    return wealth()


@pytest.fixture
def poverty_chart() -> GapChart:
    return poverty()


@pytest.fixture
def pairs_chart() -> GapChart:
    return pairs()


@pytest.fixture
def counties_chart() -> GapChart:
    return counties()


@pytest.fixture
def trend_chart() -> TrendChart:
    return trend()


@pytest.fixture
def births_by_county() -> MapChart:
    return birth_map()


@pytest.fixture
def difference_by_province() -> MapChart:
    return difference_map()
