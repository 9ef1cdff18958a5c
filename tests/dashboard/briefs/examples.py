"""Charts and briefs to set in type: facility births in Kenya as published, and rows that show what can go missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.briefs.definition import Brief, BriefLabels, BriefTable, Headline, SourceLine
from dashboard.charts.definitions import (
    AbsenceKey,
    Emphasis,
    GapChart,
    GoalLine,
    Line,
    LinkKey,
    MapArea,
    MapChart,
    MapClass,
    MapPoint,
    Mark,
    NeededPath,
    OriginKey,
    Reference,
    Row,
    Tick,
    TrendChart,
)
from data_access import boundaries
from data_access.figures import ABSENCES, Absence, Figure, Origin

ILLUSTRATIVE = "Illustrative: invented figures that show the form. Not evidence."
UNKNOWN = "uncertainty unknown"
PERCENT = tuple(Tick(value, f"{value} %") for value in range(0, 101, 20))
ORIGINS = (OriginKey("official", "Official statistics"), OriginKey("community", "Community evidence"))
LINKS = (LinkKey("solid", "Comparable"), LinkKey("dashed", "Indicative"), LinkKey("none", "Not comparable"))
ABSENCE_KEYS = tuple(AbsenceKey(absence, absence.replace("_", " ")) for absence in ABSENCES)


def figure(
    value: float | None,
    *,
    origin: Origin = "official",
    year: int = 2025,
    bounds: tuple[float, float] | None = None,
    absence: Absence | None = None,
    area: str = "KEN",
) -> Figure:
    """A figure on facility births; ``value`` None needs an ``absence``."""
    return Figure(
        country="KEN",
        area=area,
        area_name="Kenya",
        series="FACILITY_BIRTH",
        series_name="Births in a health facility",
        unit="PT",
        group="",
        group_name="",
        time_period=str(year),
        year=year,
        value=value,
        lower=bounds[0] if bounds else None,
        upper=bounds[1] if bounds else None,
        se=None,
        n=None,
        population=None,
        status="A" if value is not None else "M",
        absence=absence,
        note="",
        source="KEN_KMDHS_2025_26",
        source_title="Kenya Mini Demographic and Health Survey 2025-26",
        publisher="Kenya National Bureau of Statistics",
        origin=origin,
        illustrative=False,
        licence="",
        licence_state="unverified",
        release="KEN_KMDHS_2025_26-1",
        row=2,
    )


def mark(
    value: float | None,
    label: str = "",
    *,
    origin: Origin = "official",
    year: int = 2025,
    bounds: tuple[float, float] | None = None,
    absence: Absence | None = None,
    emphasis: Emphasis = "normal",
) -> Mark:
    text = f"{value} %" if value is not None else str(absence).replace("_", " ")
    shown = figure(value, origin=origin, year=year, bounds=bounds, absence=absence)
    return Mark(shown, text, label, UNKNOWN, emphasis)


GAP = GapChart(
    id="gap-people",
    title="In the poorest fifth, seven in ten births take place in a health facility",
    subtitle="Births in a health facility, per cent of live births, Kenya, 2025-26",
    alt="Dot plot. Wealth: poorest fifth 70.3 per cent, richest fifth 99.9 per cent.",
    source_line="Kenya Mini Demographic and Health Survey 2025-26 (KNBS)",
    notes=("Uncertainty unknown: the source publishes no intervals.",),
    view="gaps?country=KEN&indicator=FACILITY_BIRTH",
    rows=(
        Row(
            "Wealth",
            (
                mark(70.3, "Poorest fifth", emphasis="strong"),
                mark(91.7),
                mark(96.3),
                mark(98.5),
                mark(99.9, "Richest fifth"),
            ),
            "solid",
            "29.6 points",
        ),
        Row("Residence", (mark(85.5, "Rural"), mark(98.7, "Urban")), "solid", "13.2 points"),
    ),
    axis_title="Births in a health facility, per cent",
    domain=(0, 100),
    ticks=PERCENT,
    reference=Reference(91.1, "Kenya 91.1 %"),
    origins=ORIGINS[:1],
)

PAIRS = replace(
    GAP,
    id="gap-pairs",
    title="Official and community figures, side by side",
    illustrative=ILLUSTRATIVE,
    notes=(),
    rows=(
        Row(
            "Turkana",
            (mark(51.8, bounds=(44, 58)), mark(38.2, origin="community", bounds=(30, 46))),
            "solid",
            "13.6 points",
        ),
        Row("Garissa", (mark(47.1), mark(46.0, origin="community", bounds=(35, 57))), "dashed", "indicative"),
        Row(
            "Informal settlements of Kibera, Mathare and Mukuru kwa Njenga",
            (mark(98.5), mark(88.0, origin="community")),
            "none",
            "not comparable",
        ),
        Row("Mandera", (mark(None, absence="suppressed"), mark(31.5, origin="community")), "none"),
        Row("Wajir", (mark(52.2), mark(None, origin="community", absence="not_collected")), "none"),
        Row(
            "Samburu",
            (mark(None, absence="not_disaggregated"), mark(None, origin="community", absence="not_published")),
            "none",
        ),
    ),
    reference=None,
    origins=ORIGINS,
    links=LINKS,
    absences=ABSENCE_KEYS,
)

TREND = TrendChart(
    id="trend",
    title="Births in a facility, over time",
    subtitle="Per cent of live births, Kenya",
    alt="Line chart. Survey: 61.2 per cent in 2014, 91.1 per cent in 2025.",
    source_line="Kenya Demographic and Health Surveys (KNBS)",
    lines=(
        Line("Survey", "official", (mark(61.2, year=2014, bounds=(59, 63)), mark(91.1, year=2025)), "strong"),
        Line(
            "Scorecard",
            "community",
            (
                mark(70.0, origin="community", year=2019),
                mark(None, origin="community", year=2021, absence="not_collected"),
                mark(90.0, origin="community", year=2025),
            ),
        ),
    ),
    axis_title="Per cent of live births",
    domain=(0, 100),
    ticks=PERCENT,
    year_domain=(2014, 2030),
    year_ticks=tuple(Tick(year, str(year)) for year in (2014, 2019, 2025, 2030)),
    origins=ORIGINS,
    absences=ABSENCE_KEYS,
    goal=GoalLine(
        100.0, 2030, "Goal by 2030: 100 %", NeededPath(2025, 91.1, "What it takes to reach the goal by 2030")
    ),
)

CLASSES = (MapClass(0, 60, "under 60 %"), MapClass(60, 90, "60 to under 90 %"), MapClass(90, 100, "90 % and over"))


def map_areas() -> tuple[MapArea, ...]:
    """The 47 counties: the first four without a figure, each for another reason, then the classes in turn."""
    counties = boundaries.shapes(boundaries.layers()["KEN_1"])
    return tuple(
        MapArea(
            county.code,
            county.name,
            None if place < len(ABSENCES) else place % len(CLASSES),
            ABSENCES[place] if place < len(ABSENCES) else None,
            "",
            "",
            (),
        )
        for place, county in enumerate(counties)
    )


MAP = MapChart(
    id="map",
    title="The north is furthest behind",
    subtitle="Births in a health facility by county, per cent, Kenya, 2025-26",
    alt="Map of 47 counties in three classes.",
    source_line="Kenya Mini Demographic and Health Survey 2025-26 (KNBS)",
    layer="KEN_1",
    areas=map_areas(),
    classes=CLASSES,
    scale="official",
    legend_title="Births in a health facility",
    disclaimer="The boundaries shown imply no opinion on the legal status of any territory.",
    points=(MapPoint(36.79, -1.31, "Kibera", "88 %", "", (figure(88, origin="community"),)),),
    origins=ORIGINS,
    absences=ABSENCE_KEYS,
)

LABELS = BriefLabels(
    kind="Evidence brief",
    findings="What the figures show",
    ask="What we ask",
    method="How to read this brief",
    sources="Sources",
    release="Data release",
    view="View",
    permalink="See these figures online:",
    permalink_alt="QR code of the address of this view",
)

BRIEF = Brief(
    title="Births without a health facility",
    subtitle="Births in a health facility, Kenya, 2025-26",
    language="en",
    place="Kenya",
    release="2026-11",
    release_date=date(2026, 11, 2),
    release_date_text="2 November 2026",
    headlines=(
        Headline(
            "Seven in ten births in the poorest fifth took place in a facility (70.3 %);",
            "in the richest fifth 99.9 %.",
            "Official survey, 2025-26.",
        ),
        Headline("Garissa is furthest behind: 47.1 %.", "Kenya as a whole stands at 91.1 %."),
    ),
    map=MAP,
    gap=GAP,
    comparison=replace(PAIRS, illustrative="", rows=PAIRS.rows[:4]),
    trend=TREND,
    table=BriefTable(
        "The figures",
        ("Group", "Value", "95 % interval", "Origin"),
        (("Poorest fifth", "70.3 %", UNKNOWN, "Official"), ("Turkana", "38.2 %", "30.0–46.0", "Community")),
        (1,),
    ),
    method=("A hollow circle is an official figure, a filled diamond a community figure.",),
    sources=(
        SourceLine("Kenya Mini Demographic and Health Survey 2025-26.", "https://www.knbs.or.ke/"),
        SourceLine("A source whose address is not safe.", "http://example.org/"),
    ),
    labels=LABELS,
    view_code="gaps?country=KEN",
    ask="We ask for figures by wealth and county each year, with intervals.",
)

COUNTIES = replace(
    BRIEF,
    map=None,
    trend=None,
    gap=replace(
        GAP,
        rows=tuple(Row(area.name, (mark(50 + place),), "none") for place, area in enumerate(map_areas())),
    ),
    table=replace(
        BRIEF.table, rows=tuple((a.name, f"{50 + i} %", UNKNOWN, "Official") for i, a in enumerate(map_areas()))
    ),
)

BANGLA = replace(
    BRIEF,
    title="দরিদ্রতম পরিবারের মায়েরা অনেক পিছিয়ে",
    subtitle="স্বাস্থ্যকেন্দ্রে জন্ম, বাংলাদেশ, ২০২৫",
    language="bn",
    place="বাংলাদেশ",
    headlines=(Headline("ব্যবধান ২৯.৬ শতাংশবিন্দু;", "অনিশ্চয়তা অজানা।"),),
    gap=replace(
        GAP,
        rows=(
            Row(
                "চাঁপাইনবাবগঞ্জ জেলার প্রত্যন্ত চরাঞ্চলের আদিবাসী জনগোষ্ঠী ও প্রতিবন্ধী নারী",
                (mark(40.2), mark(28.5, origin="community")),
                "solid",
                "১১.৭ শতাংশবিন্দু",
            ),
        ),
    ),
)
