"""Patterns inside an area as lines and dots, for media that can only fill areas with a colour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from dashboard.theme import PatternKind
from data_access.boundaries import Point, Ring

Stroke = tuple[Point, Point]

ANGLES: dict[PatternKind, tuple[int, ...]] = {
    "hatch": (135,),
    "cross-hatch": (45, 135),
    "bars": (90,),
    "level": (0,),
    "dots": (0,),
}


@lru_cache(maxsize=256)
def pattern_lines(
    rings: tuple[Ring, ...], kind: PatternKind, spacing: float
) -> tuple[tuple[Stroke, ...], tuple[Point, ...]]:
    """Strokes and dots of a pattern inside ``rings`` (outer rings and holes, even-odd), ``spacing`` degrees apart."""
    if kind == "dots":
        rows = list(_hatch(rings, 0, spacing))
        return (), tuple(dot for row in rows for dot in _dots(row, spacing))
    return tuple(stroke for angle in ANGLES[kind] for stroke in _hatch(rings, angle, spacing)), ()


def _hatch(rings: Sequence[Ring], angle: int, spacing: float) -> Iterator[Stroke]:
    """Parallel strokes at ``angle`` degrees: the area is turned until they lie level, cut, and turned back."""
    turned = [tuple(_turn(point, -angle) for point in ring) for ring in rings]
    heights = [y for ring in turned for _, y in ring]
    for step in range(math.ceil(min(heights) / spacing), math.floor(max(heights) / spacing) + 1):
        y = step * spacing
        cuts = sorted(
            x0 + (y - y0) * (x1 - x0) / (y1 - y0)
            for ring in turned
            for (x0, y0), (x1, y1) in pairwise(ring)
            if (y0 <= y) != (y1 <= y)
        )
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            yield _rounded(_turn((start, y), angle)), _rounded(_turn((end, y), angle))


def _dots(row: Stroke, spacing: float) -> Iterator[Point]:
    (start, y), (end, _) = row
    for step in range(math.ceil(start / spacing), math.floor(end / spacing) + 1):
        yield _rounded((step * spacing, y))


def _turn(point: Point, degrees: float) -> Point:
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return point[0] * cosine - point[1] * sine, point[0] * sine + point[1] * cosine


def _rounded(point: Point) -> Point:
    return round(point[0], 3), round(point[1], 3)
