"""Where everything in a gap chart stands, in pixels from the top, planned so that nothing overlaps at 360 px.

A row has its name (and, if it fits, its note) on a line of text, the marks on a line below, and under them the
labels and absences that found no room beside the marks. Where every name of a chart fits left of its marks, the
text line is saved and names stand on the line of marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dashboard.charts.definitions import GapChart, Mark, Row
from dashboard.charts.plotly_figure import LINE
from dashboard.charts.plotly_marks import LABEL_SIZE, Place, written
from dashboard.charts.screen_text import NARROW, width, wrapped
from dashboard.theme import ABSENCE_STYLES, ORIGIN_GLYPHS

MARK_LINE = 22
UNDER_LINE = 16
AFTER_ROW = 9
MARK_RADIUS = 9
LABEL_GAP = 11
WIDEST_OVERHANG = 72
ASIDE = 5
"""Pixels by which official moves up and community down where their intervals would lie on each other."""


@dataclass(frozen=True)
class Ruler:
    """Values of the axis in pixels of the narrowest plot; labels may reach ``overhang`` pixels beyond its end."""

    low: float
    high: float
    overhang: float = 0.0
    reference: float | None = None

    @property
    def pixels(self) -> float:
        return NARROW - self.overhang

    def at(self, value: float) -> float:
        """Pixels from the left edge of the plot."""
        return (value - self.low) / (self.high - self.low) * self.pixels

    def value(self, pixels: float) -> float:
        """The value at that many pixels from the left edge of the plot."""
        return self.low + pixels / self.pixels * (self.high - self.low)

    def covers_reference(self, start: float, end: float) -> bool:
        """Whether a text between two pixels would stand on the reference line."""
        return self.reference is not None and start < self.at(self.reference) < end


@dataclass(frozen=True)
class PlacedText:
    """A text at a value of the axis or, for absences, at a fraction of the plot's width."""

    x: float
    y: float
    text: str
    position: str
    mark: Mark


@dataclass
class PlacedRow:
    """A row with its parts; ``top`` and every ``y`` in pixels below the plot's upper edge, x in axis values."""

    row: Row
    top: float
    name_lines: tuple[str, ...]
    note_lines: tuple[str, ...]
    note_beside: bool
    compact: bool = False
    y: float = 0.0
    bottom: float = 0.0
    guide: tuple[float, float] | None = None
    """From the end of the name to the start of the marks, where both stand on one line."""
    taken: tuple[float, float] = (0.0, 0.0)
    under: float = 0.0
    marks: list[Place] = field(default_factory=list)
    labels: list[PlacedText] = field(default_factory=list)
    absences: list[PlacedText] = field(default_factory=list)


def placed_rows(chart: GapChart, top: float) -> tuple[tuple[PlacedRow, ...], float]:
    """Every row of ``chart`` with its places, the first ``top`` pixels below the plot's upper edge; and the
    pixels that labels need right of the plot."""
    reference = chart.reference.value if chart.reference else None
    ruler = Ruler(*chart.domain, reference=reference)
    ruler = Ruler(*chart.domain, overhang=_overhang(chart, ruler), reference=reference)
    rows = [_row_with_marks(row, ruler) for row in chart.rows]
    two_origins = len({mark.figure.origin for row in chart.rows for mark in row.marks}) > 1
    compact = bool(rows) and all(_name_fits_beside(placed, ruler) for placed in rows)
    for placed in rows:
        placed.compact = compact
        if compact:
            placed.guide = _guide(placed, ruler)
        _stack(placed, top, ruler, two_origins)
        top = placed.bottom
    return tuple(rows), ruler.overhang


def _overhang(chart: GapChart, ruler: Ruler) -> float:
    """Room right of the plot for the labels of the furthest marks, so that they need not jump to the left."""
    needs = [0.0]
    for row in chart.rows:
        valued = [mark for mark in row.marks if mark.figure.value is not None and written(mark)]
        if valued:
            end = max(_extent(mark, ruler)[1] for mark in valued)
            needs.append(end + LABEL_GAP + max(width(written(mark), LABEL_SIZE) for mark in valued) - NARROW)
    return min(max(needs), WIDEST_OVERHANG)


def _row_with_marks(row: Row, ruler: Ruler) -> PlacedRow:
    """The row with its marks and labels, y counted from the line of marks."""
    beside = not row.note or width(row.label) + 14 + width(row.note) <= ruler.pixels
    notes = wrapped(row.note, NARROW) if row.note else ()
    placed = PlacedRow(row, 0.0, wrapped(row.label, NARROW), notes, beside)
    aside = _lie_on_each_other(row, ruler)
    for mark in row.marks:
        if mark.figure.value is not None:
            shift = (ASIDE if mark.figure.origin == "community" else -ASIDE) if aside else 0
            placed.marks.append((mark, mark.figure.value, shift))
    _place_labels(placed, ruler)
    return placed


def _name_fits_beside(placed: PlacedRow, ruler: Ruler) -> bool:
    row = placed.row
    if len(placed.marks) < len(row.marks) or not placed.marks or len(placed.name_lines) > 1:
        return False
    left, right = placed.taken
    return width(row.label) + 14 <= left and (not row.note or right + 10 + width(row.note) <= ruler.pixels)


def _guide(placed: PlacedRow, ruler: Ruler) -> tuple[float, float] | None:
    start, end = width(placed.row.label) + 10, placed.taken[0] - 2
    return (ruler.value(start), ruler.value(end)) if start < end else None


def _stack(placed: PlacedRow, top: float, ruler: Ruler, two_origins: bool) -> None:
    """Gives the row its height and everything in it its y."""
    placed.top = top
    lines = 0 if placed.compact else len(placed.name_lines)
    if not placed.note_beside and not placed.compact:
        lines += len(placed.note_lines)
    placed.y = top + lines * LINE + MARK_LINE / 2
    placed.marks = [(mark, value, placed.y + shift) for mark, value, shift in placed.marks]
    placed.labels = [
        PlacedText(label.x, placed.y + label.y, label.text, label.position, label.mark) for label in placed.labels
    ]
    _place_absences(placed, ruler, two_origins)
    placed.bottom = placed.y + MARK_LINE / 2 + placed.under + (4 if placed.compact else AFTER_ROW)


def _extent(mark: Mark, ruler: Ruler) -> tuple[float, float]:
    """First and last pixel a mark covers, its interval included."""
    figure = mark.figure
    assert figure.value is not None
    at = ruler.at(figure.value)
    bounds = [ruler.at(bound) for bound in (figure.lower, figure.upper) if bound is not None]
    return min(at - MARK_RADIUS, *bounds, at), max(at + MARK_RADIUS, *bounds, at)


def _lie_on_each_other(row: Row, ruler: Ruler) -> bool:
    valued = [mark for mark in row.marks if mark.figure.value is not None]
    official = [_extent(mark, ruler) for mark in valued if mark.figure.origin == "official"]
    community = [_extent(mark, ruler) for mark in valued if mark.figure.origin == "community"]
    return any(a[0] < b[1] and b[0] < a[1] for a in official for b in community)


def _place_labels(placed: PlacedRow, ruler: Ruler) -> None:
    """Labels beside the first and last mark, the others under theirs; notes what the line of marks has taken."""
    marks = sorted(placed.marks, key=lambda place: place[1])
    if not marks:
        return
    extents = [_extent(mark, ruler) for mark, _, _ in marks]
    start, end = min(low for low, _ in extents), max(high for _, high in extents)
    low, high = _reach(marks)
    first, last = start, end
    under: list[Place] = []
    for index, (mark, value, shift) in enumerate(marks):
        if not written(mark):
            continue
        room = width(written(mark), LABEL_SIZE) + LABEL_GAP
        fits_left = start - room >= -LABEL_GAP
        fits_right = end + room <= NARROW + 2
        alone = len(marks) == 1
        crossed = alone and bool(mark.label) and fits_left and ruler.covers_reference(end, end + room)
        if index == 0 and fits_left and (not alone or crossed or not fits_right):
            placed.labels.append(PlacedText(low, shift, written(mark), "middle left", mark))
            first = start - room
        elif index == len(marks) - 1 and fits_right:
            placed.labels.append(PlacedText(high, shift, written(mark), "middle right", mark))
            last = end + room
        else:
            under.append((mark, value, shift))
    placed.taken = (first, last)
    placed.under = _place_under(placed, under, ruler)


def _reach(marks: Iterable[Place]) -> tuple[float, float]:
    """The lowest and highest value, intervals included."""
    reach = [
        bound
        for mark, value, _ in marks
        for bound in (value, mark.figure.lower, mark.figure.upper)
        if bound is not None
    ]
    return min(reach), max(reach)


def _place_under(placed: PlacedRow, labels: Sequence[Place], ruler: Ruler) -> float:
    """Labels in as few lines under the marks as they need; returns the height of these lines."""
    ends: list[float] = []
    for mark, value, _ in labels:
        room, at = width(written(mark), LABEL_SIZE), ruler.at(value)
        if at < room / 2:
            start, position = at, "middle right"
        elif at > NARROW - room / 2:
            start, position = at - room, "middle left"
        else:
            start, position = at - room / 2, "middle center"
        level = next((n for n, end in enumerate(ends) if end + 6 <= start), len(ends))
        ends[level : level + 1] = [start + room]
        y = MARK_LINE / 2 + UNDER_LINE * (level + 0.5)
        placed.labels.append(PlacedText(value, y, written(mark), position, mark))
    return float(UNDER_LINE * len(ends))


def absence_words(mark: Mark, with_origin: bool) -> str:
    """What stands in place of a missing value: the glyph of its origin (if the chart has two), its own, its words."""
    assert mark.figure.absence is not None
    words = f"{ABSENCE_STYLES[mark.figure.absence].glyph} {mark.label} {mark.text}".replace("  ", " ")
    return f"{ORIGIN_GLYPHS[mark.figure.origin]} {words}" if with_origin else words


def _place_absences(placed: PlacedRow, ruler: Ruler, two_origins: bool) -> None:
    """Missing values on the line of marks where there is room beside the marks, else on lines below."""
    first, last = placed.taken if placed.marks else (ruler.pixels, ruler.pixels)
    cursor = 0.0
    for mark in placed.row.marks:
        if mark.figure.value is not None:
            continue
        words = absence_words(mark, two_origins)
        room = width(words, LABEL_SIZE) + 14
        if cursor + room <= first:
            x, y, position = cursor / ruler.pixels, placed.y, "middle right"
            cursor += room
        elif last + room <= ruler.pixels:
            x, y, position = 1.0, placed.y, "middle left"
            last = ruler.pixels
        else:
            x, y, position = 0.0, placed.y + MARK_LINE / 2 + placed.under + UNDER_LINE / 2, "middle right"
            placed.under += UNDER_LINE
        placed.absences.append(PlacedText(x, y, words, position, mark))
