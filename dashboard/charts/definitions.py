"""What a chart says, described once in the field's own words; each medium has its own renderer.

A definition holds finished text in the reader's language and the figures behind every mark. Renderers
(``plotly_charts``, ``deck_map``, ``print_charts``, ``table``) only draw: they never query, translate or compute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data_access.figures import Absence, Figure, Origin

Emphasis = Literal["strong", "normal", "soft"]
Link = Literal["solid", "dashed", "none"]
"""How the marks of one row are joined: solid = may be subtracted, dashed = indicative, none = never."""


@dataclass(frozen=True)
class Mark:
    """One value in a chart.

    ``text`` is the value as the reader's language writes it, with its unit ("70.3 %"); ``label`` is the direct
    label drawn beside the mark (may be empty); ``detail`` is the tooltip and table line: period, source,
    interval or "uncertainty unknown", n. ``figure.value`` may be None: then ``figure.absence`` decides the mark.
    """

    figure: Figure
    text: str
    label: str
    detail: str
    emphasis: Emphasis = "normal"


@dataclass(frozen=True)
class Row:
    """A line of a gap chart: its name, its marks from first to last, and how they are joined."""

    label: str
    marks: tuple[Mark, ...]
    link: Link = "solid"
    note: str = ""
    """Words at the end of the row: the gap ("29.6 points"), or why no gap is drawn."""


@dataclass(frozen=True)
class Reference:
    """A vertical line at a value everyone in the chart can be held against, e.g. the national average."""

    value: float
    label: str


@dataclass(frozen=True)
class Tick:
    value: float
    text: str


@dataclass(frozen=True)
class OriginKey:
    """A legend entry that explains the signature: official hollow circle, community filled diamond."""

    origin: Origin
    label: str


@dataclass(frozen=True)
class LinkKey:
    link: Link
    label: str


@dataclass(frozen=True)
class AbsenceKey:
    """A legend entry for a kind of absence that really occurs in the chart."""

    absence: Absence
    label: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """What every chart carries, whatever its kind; two charts are the same only when they are one object.

    ``title`` is a sentence about the data, ``subtitle`` the definition (what, who, where, when, unit), ``alt`` the
    text alternative, ``source_line`` sources with periods and licences, ``notes`` caveats in words, ``illustrative``
    the warning line to draw inside the picture (empty when every figure is real), ``view`` the permalink or, where
    no public address is set, the view code, ``language`` a BCP 47 tag.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    source_line: str
    notes: tuple[str, ...] = ()
    illustrative: str = ""
    view: str = ""
    language: str = "en"


@dataclass(frozen=True, kw_only=True, eq=False)
class GapChart(Chart):
    """Who is behind: one row an area, a dimension or a pair; marks on one shared axis, furthest behind first."""

    rows: tuple[Row, ...]
    axis_title: str
    domain: tuple[float, float]
    ticks: tuple[Tick, ...]
    reference: Reference | None = None
    origins: tuple[OriginKey, ...] = ()
    links: tuple[LinkKey, ...] = ()
    absences: tuple[AbsenceKey, ...] = ()


@dataclass(frozen=True)
class Line:
    """One series over time: its direct label, origin and points in time order (``mark.figure.year`` is x)."""

    label: str
    origin: Origin
    marks: tuple[Mark, ...]
    emphasis: Emphasis = "normal"


@dataclass(frozen=True)
class NeededPath:
    """What it takes from the latest figure of one line to the goal in its year, drawn dashed; ``label`` explains it."""

    year: int
    value: float
    label: str


@dataclass(frozen=True)
class GoalLine:
    """The value a trend is held against, level through the whole chart, and the year it is due."""

    value: float
    year: int
    label: str
    path: NeededPath | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class TrendChart(Chart):
    """A quantity over time for one area; each source is its own line, never joined to another.

    The domains hold the goal and its year, too. ``absences`` explains the periods that have no value.
    """

    lines: tuple[Line, ...]
    axis_title: str
    domain: tuple[float, float]
    ticks: tuple[Tick, ...]
    year_domain: tuple[int, int]
    year_ticks: tuple[Tick, ...]
    origins: tuple[OriginKey, ...] = ()
    absences: tuple[AbsenceKey, ...] = ()
    goal: GoalLine | None = None


@dataclass(frozen=True)
class MapClass:
    """A class of a choropleth: bounds (lower inclusive, upper exclusive but for the last) and its words."""

    lower: float
    upper: float
    label: str


@dataclass(frozen=True)
class MapArea:
    """An area with its class index, or with ``index`` None and the absence that says why it has no colour."""

    code: str
    name: str
    index: int | None
    absence: Absence | None
    text: str
    detail: str
    figures: tuple[Figure, ...]
    """The figure shown; for a map of differences the official figure, then the community one."""


@dataclass(frozen=True)
class MapPoint:
    """A place that is not an area of the map: drawn as a labelled point, never as a coloured area."""

    longitude: float
    latitude: float
    name: str
    text: str
    detail: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class MapChart(Chart):
    """A choropleth. ``layer`` names the geometry ("KEN_1"); ``scale`` the colour ramp for the classes."""

    layer: str
    areas: tuple[MapArea, ...]
    classes: tuple[MapClass, ...]
    scale: Literal["official", "community", "difference"]
    legend_title: str
    disclaimer: str
    points: tuple[MapPoint, ...] = ()
    origins: tuple[OriginKey, ...] = ()
    absences: tuple[AbsenceKey, ...] = ()
    selected: str = ""
