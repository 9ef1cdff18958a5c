"""Where the words of a trend chart stand: names at the ends of the lines, values at points, what is missing below."""

from __future__ import annotations

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
    lowest, beyond an interval; ends of lines first, the points between where there is room."""
    plot = NARROW - names_margin(chart) - 30
    taken: list[tuple[float, float, float]] = []
    placed = []
    for mark, below in _in_order_of_weight(chart):
        words = written(mark)
        bound = mark.figure.lower if below else mark.figure.upper
        y = (mark.figure.value if bound is None else bound) or 0.0
        side = _side(mark.figure.year, words, chart, plot)
        depth = _depth(y, chart) + (ROOM / 2 if below else -ROOM / 2)
        start = _start(mark.figure.year, words, side, chart, plot)
        end = start + width(words, NAME_SIZE)
        free = all(end + 4 <= left or start >= right + 4 or abs(depth - at) >= ROOM / 2 for left, right, at in taken)
        if words and free:
            taken.append((start, end, depth))
            position = f"bottom {side}" if below else f"top {side}"
            placed.append((float(mark.figure.year), y, words, position, mark.emphasis == "strong"))
    return placed


def _in_order_of_weight(chart: TrendChart) -> list[tuple[Mark, bool]]:
    """The marks with a value, the ends of lines before the points between; and whether a label belongs below."""
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
    return [(mark, id(mark) in lowest) for mark in everyone]


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
