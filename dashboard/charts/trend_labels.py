"""Where the words of a trend chart stand: names at the ends of the lines, values at points, what is missing below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dashboard.charts.definitions import Line, Mark, TrendChart
from dashboard.charts.plotly_marks import written
from dashboard.charts.screen_text import NARROW, width, wrapped
from dashboard.theme import ABSENCE_STYLES

PLOT_HEIGHT = 300
NAME_WIDTH = 104
NAME_SIZE = 12
NAME_LINE = 15
ROOM = 28
"""Twice the height of a value's text: as far apart two values above one another stay."""


def names_margin(chart: TrendChart) -> float:
    """Pixels right of the plot for the names of its lines."""
    widest = max((width(part, NAME_SIZE) for line in chart.lines for part in _name(line)), default=0)
    return min(widest, NAME_WIDTH * 1.25) + 14


def line_names(
    chart: TrendChart,
) -> tuple[list[tuple[float, Line, tuple[str, ...]]], list[tuple[float, float, float, float]]]:
    """Each line's name as (y, line, lines of text), pushed apart until none overlaps; and the leaders to names
    that do not stand beside their line's end, as (x0, y0, x1, y1) in axis units."""
    ends = sorted(
        ((_depth(last.figure.value, chart), line, last) for line in chart.lines if (last := _last(line))),
        key=lambda end: end[0],
    )
    heights = [NAME_LINE * len(_name(line)) + 4.0 for _, line, _ in ends]
    depths = _apart([depth for depth, _, _ in ends], heights)
    names: list[tuple[float, Line, tuple[str, ...]]] = []
    leaders: list[tuple[float, float, float, float]] = []
    edge = chart.year_domain[1] + _pad(chart)
    for (depth, line, last), place in zip(ends, depths, strict=True):
        y = _height(place, chart)
        names.append((y, line, _name(line)))
        if last.figure.year < chart.year_domain[1] or abs(place - depth) > 6:
            leaders.append((last.figure.year, last.figure.value or 0.0, edge, y))
    return names, leaders


def values(chart: TrendChart) -> list[tuple[float, float, str, str, bool]]:
    """What is written at the points, as (x, y, text, position, strong): above the highest of a year, below the
    lowest, beyond an interval, the ends of lines where no line passes; ends first, points between where there is room.
    """
    plot = NARROW - names_margin(chart) - 30
    drawn = _occupied(chart, plot)
    taken: list[tuple[float, float, float]] = []
    placed = []
    for mark, below, end in _in_order_of_weight(chart):
        words = written(mark)
        if not words:
            continue
        places = _sides(mark, words, below, chart, plot)
        spots = [_spot(mark, words, side, under, chart, plot) for side, under in (places if end else places[:1])]
        free = [
            spot
            for spot in spots
            if all(
                spot.end + 4 <= left or spot.start >= right + 4 or abs(spot.depth - at) >= ROOM / 2
                for left, right, at in taken
            )
        ]
        if free:
            best = min(free, key=lambda spot: spot.crossed(drawn))
            taken.append((best.start, best.end, best.depth))
            placed.append((float(mark.figure.year), best.y, words, best.position, mark.emphasis == "strong"))
    return placed


@dataclass(frozen=True)
class _Spot:
    """A place for a value's words: pixels across, the depth of their middle, and how Plotly is told of it."""

    start: float
    end: float
    depth: float
    y: float
    position: str

    def crossed(self, drawn: Iterable[tuple[float, float]]) -> int:
        """How many points of lines and marks the words would cover."""
        return sum(self.start <= x <= self.end and abs(depth - self.depth) < ROOM / 4 for x, depth in drawn)


def _spot(mark: Mark, words: str, side: str, under: bool, chart: TrendChart, plot: float) -> _Spot:
    bound = mark.figure.lower if under else mark.figure.upper
    y = (mark.figure.value if bound is None else bound) or 0.0
    depth = _depth(y, chart) + (ROOM / 2 if under else -ROOM / 2)
    start = _start(mark.figure.year, words, side, chart, plot)
    return _Spot(start, start + width(words, NAME_SIZE), depth, y, f"{'bottom' if under else 'top'} {side}")


def _sides(mark: Mark, words: str, below: bool, chart: TrendChart, plot: float) -> list[tuple[str, bool]]:
    """Where words may stand, the usual place first; under the mark only where the plot goes on below."""
    usual = _side(mark.figure.year, words, chart, plot)
    room = width(words, NAME_SIZE)
    across = [usual]
    for side in ("right", "left", "center"):
        start = _start(mark.figure.year, words, side, chart, plot)
        if side != usual and start >= 0 and start + room <= plot:
            across.append(side)
    value = mark.figure.value if mark.figure.lower is None else mark.figure.lower
    deep = _depth(value, chart) + ROOM <= PLOT_HEIGHT
    return [(side, under) for under in (below, not below) for side in across if deep or not under or below]


def label_rise(chart: TrendChart, written: Iterable[tuple[float, float, str, str, bool]]) -> float:
    """Pixels by which what is written at the points (see ``values``) rises over the plot."""
    tops = [_depth(y, chart) - ROOM for _, y, _, position, _ in written if position.startswith("top")]
    return max(-min(tops, default=0.0), 0.0)


def goal_place(chart: TrendChart) -> list[tuple[float, float, str, str]]:
    """Where the goal's words stand on its line, as (x, y, text, position); empty without a goal.

    Of the two ends and the two sides of the line the first that covers no value; the side inside the plot first.
    """
    if chart.goal is None:
        return []
    goal = chart.goal
    plot = NARROW - names_margin(chart) - 30
    lines = wrapped(goal.label, plot, NAME_SIZE)
    height, room = NAME_LINE * len(lines), max(width(line, NAME_SIZE) for line in lines)
    depth = _depth(goal.value, chart)
    sides = ["bottom", "top"] if depth < height else ["top", "bottom"]
    taken = _occupied(chart, plot)
    places = []
    for side in sides if height < depth < PLOT_HEIGHT - height else sides[:1]:
        for year, end in ((chart.year_domain[0], "right"), (chart.year_domain[1], "left")):
            left = _start(year, max(lines, key=len), end, chart, plot)
            top = depth - height if side == "top" else depth
            crossed = sum(
                left - 4 <= x <= left + room + 4 and top - ROOM / 2 <= y <= top + height + ROOM / 2 for x, y in taken
            )
            places.append((crossed, (float(year), goal.value, "\n".join(lines), f"{side} {end}")))
    return [min(places, key=lambda place: place[0])[1]]


def _occupied(chart: TrendChart, plot: float) -> list[tuple[float, float]]:
    """Pixels that lines and marks pass through, dense enough that a text between them covers nothing."""
    first, last = chart.year_domain
    span = max(last - first, 1)
    points = []
    for line in chart.lines:
        marks = [mark for mark in line.marks if mark.figure.value is not None]
        places = [((mark.figure.year - first) / span * plot, _depth(mark.figure.value, chart)) for mark in marks]
        points += places
        for one, other in pairwise(places):
            points += [
                (one[0] + (other[0] - one[0]) * part / 10, one[1] + (other[1] - one[1]) * part / 10)
                for part in range(1, 10)
            ]
    if chart.goal is not None and chart.goal.path is not None:
        start = ((chart.goal.path.year - first) / span * plot, _depth(chart.goal.path.value, chart))
        end = ((chart.goal.year - first) / span * plot, _depth(chart.goal.value, chart))
        points += [
            (start[0] + (end[0] - start[0]) * part / 10, start[1] + (end[1] - start[1]) * part / 10)
            for part in range(1, 11)
        ]
    return points


def _in_order_of_weight(chart: TrendChart) -> list[tuple[Mark, bool, bool]]:
    """The marks with a value, the ends of lines before the points between; whether a label belongs below; whether
    it is an end."""
    years: dict[int, list[Mark]] = {}
    ends: set[int] = set()
    for line in chart.lines:
        valued = [mark for mark in line.marks if mark.figure.value is not None]
        ends |= {id(mark) for mark in (*valued[:1], *valued[-1:])}
        for mark in valued:
            years.setdefault(mark.figure.year, []).append(mark)
    lowest = {id(min(marks, key=lambda mark: mark.figure.value or 0.0)) for marks in years.values() if len(marks) > 1}
    everyone = [mark for marks in years.values() for mark in marks]
    everyone.sort(key=lambda mark: (id(mark) not in ends, mark.emphasis != "strong"))
    return [(mark, id(mark) in lowest, id(mark) in ends) for mark in everyone]


def _start(year: int, words: str, side: str, chart: TrendChart, plot: float) -> float:
    """First pixel of a text at a year, in the narrowest plot."""
    first, last = chart.year_domain
    at = (year - first) / max(last - first, 1) * plot
    room = width(words, NAME_SIZE)
    return at if side == "right" else at - room if side == "left" else at - room / 2


def absences(chart: TrendChart) -> list[tuple[float, float, str, str, Mark]]:
    """What is missing as (x, y, words, position, mark), on the floor of the plot at its year.

    Words are left to the tooltip and the legend where the years lie too close for them.
    """
    by_year: dict[int, list[Mark]] = {}
    for line in chart.lines:
        for mark in line.marks:
            if mark.figure.absence is not None:
                by_year.setdefault(mark.figure.year, []).append(mark)
    span = max(chart.year_domain[1] - chart.year_domain[0], 1)
    plot = NARROW - names_margin(chart) - 30
    gap = min((later - earlier for earlier, later in pairwise(sorted(by_year))), default=span) / span * plot
    placed = []
    for year, marks in by_year.items():
        depth = PLOT_HEIGHT - 4.0
        for mark in marks:
            assert mark.figure.absence is not None
            glyph = ABSENCE_STYLES[mark.figure.absence].glyph
            lines = wrapped(f"{glyph} {mark.label} {mark.text}".replace("  ", " "), min(gap, NAME_WIDTH), NAME_SIZE)
            if max(width(line, NAME_SIZE) for line in lines) > gap:
                lines = (glyph,)
            side = _side(year, max(lines, key=len), chart, plot)
            placed.append((float(year), _height(depth, chart), "\n".join(lines), f"top {side}", mark))
            depth -= NAME_LINE * len(lines) + 2
    return placed


def _side(year: int, words: str, chart: TrendChart, plot: float) -> str:
    first, last = chart.year_domain
    at = (year - first) / max(last - first, 1) * plot
    half = width(words, NAME_SIZE) / 2
    return "right" if at < half else "left" if at > plot - half else "center"


def _name(line: Line) -> tuple[str, ...]:
    return wrapped(line.label, NAME_WIDTH, NAME_SIZE)


def _last(line: Line) -> Mark | None:
    return next((mark for mark in reversed(line.marks) if mark.figure.value is not None), None)


def _pad(chart: TrendChart) -> float:
    return max((chart.year_domain[1] - chart.year_domain[0]) * 0.04, 0.3)


def _depth(value: float | None, chart: TrendChart) -> float:
    low, high = chart.domain
    return (high - (value or 0.0)) / (high - low) * PLOT_HEIGHT


def _height(depth: float, chart: TrendChart) -> float:
    low, high = chart.domain
    return high - depth / PLOT_HEIGHT * (high - low)


def _apart(depths: list[float], heights: list[float]) -> list[float]:
    """Centres no closer than their heights allow, moved as little as a single pass down and one up can."""
    placed: list[float] = []
    for depth, height in zip(depths, heights, strict=True):
        least = placed[-1] + (heights[len(placed) - 1] + height) / 2 if placed else height / 2
        placed.append(max(depth, least))
    limit = PLOT_HEIGHT + 10.0
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], limit - heights[index] / 2)
        limit = placed[index] - heights[index] / 2
    return placed
