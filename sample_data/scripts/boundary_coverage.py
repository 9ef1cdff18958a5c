"""Turn polygons that almost fit together into a coverage: no overlaps, no gaps, shared edges identical.

Every function takes and returns a dict of areas in order of precedence: where two inputs overlap, the earlier keeps
the ground. Coordinates are degrees, areas square degrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Shapes = dict[str, BaseGeometry]
Segment = tuple[tuple[float, float], tuple[float, float]]


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of any geometry, leaving lines and points out."""
    parts = shapely.get_parts(shapely.get_parts(geometry)).tolist()
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def without_slivers(geometry: BaseGeometry, width: float) -> BaseGeometry:
    """Return ``geometry`` without anything narrower than ``width``, the rest keeping its exact outline."""
    core = geometry.buffer(-width / 2)
    kept = [part for part in polygons(geometry.intersection(core.buffer(width))) if part.area > width**2]
    return shapely.union_all(kept)


def without_islets(shapes: Mapping[str, BaseGeometry], smallest: float) -> Shapes:
    """Drop detached parts under ``smallest``, always keeping the largest part of each area."""
    kept = {}
    for key, geometry in shapes.items():
        parts = sorted(polygons(geometry), key=lambda part: part.area, reverse=True)
        kept[key] = shapely.multipolygons([parts[0], *(part for part in parts[1:] if part.area >= smallest)])
    return kept


def _segments(face: Polygon) -> Iterable[tuple[Segment, float]]:
    for ring in (face.exterior, *face.interiors):
        points = [tuple(point) for point in ring.coords]
        for start, end in pairwise(points):
            segment = (start, end) if start <= end else (end, start)
            yield segment, float(np.hypot(end[0] - start[0], end[1] - start[1]))


def _owners(faces: list[Polygon], shapes: list[BaseGeometry]) -> list[int | None]:
    """Say which shape each face lies in: the first one that contains a point inside the face."""
    tree = shapely.STRtree(shapes)
    inside = shapely.point_on_surface(np.array(faces, dtype=object))
    owners: list[int | None] = [None] * len(faces)
    for face, shape in tree.query(inside, predicate="within").T.tolist():
        owner = owners[face]
        owners[face] = shape if owner is None else min(owner, shape)
    return owners


def fit_together(
    shapes: Mapping[str, BaseGeometry],
    grid: float,
    *,
    fill: Iterable[str] = (),
    widest_gap: float = 0.0,
    least_share: float = 0.0,
    closing: Iterable[BaseGeometry] = (),
) -> Shapes:
    """Return ``shapes`` as a coverage on a grid of ``grid`` degrees.

    All outlines are noded together by snap rounding, cut into faces, and each face given to the first shape that
    holds it. A face in no shape, closed in on at least four fifths of its edge and narrower than ``widest_gap``,
    goes to the neighbour named in ``fill`` with the longest shared edge, if that is ``least_share`` of its edge.
    ``closing`` are outlines that close gaps which would be open at their ends (a coast).
    """
    keys = list(shapes)
    lines = [shapes[key].boundary for key in keys] + [geometry.boundary for geometry in closing]
    noded = shapely.union_all(np.array(lines, dtype=object), grid_size=grid)
    faces = polygons(shapely.polygonize(shapely.get_parts(noded)))
    owners = _owners(faces, [shapes[key] for key in keys])
    fillers = {keys.index(key) for key in fill if key in shapes}
    if fillers:
        _fill_gaps(faces, owners, fillers, widest_gap, least_share)
    grouped: dict[int, list[Polygon]] = defaultdict(list)
    for face, owner in zip(faces, owners, strict=True):
        if owner is not None:
            grouped[owner].append(face)
    joined = {
        keys[owner]: shapely.coverage_union_all(np.array(parts, dtype=object)) for owner, parts in grouped.items()
    }
    return {key: joined[key] for key in keys if key in joined}


def _fill_gaps(faces: list[Polygon], owners: list[int | None], fillers: set[int], widest: float, least: float) -> None:
    sides: dict[Segment, list[int]] = defaultdict(list)
    for number, face in enumerate(faces):
        for segment, _ in _segments(face):
            sides[segment].append(number)
    waiting = [n for n, owner in enumerate(owners) if owner is None and faces[n].buffer(-widest / 2).is_empty]
    changed = True
    while changed:
        changed = False
        for number in waiting:
            if owners[number] is not None:
                continue
            shared: dict[int, float] = defaultdict(float)
            closed = total = 0.0
            for segment, length in _segments(faces[number]):
                total += length
                for other in sides[segment]:
                    owner = owners[other]
                    if other != number and owner is not None:
                        closed += length
                        shared[owner] += length
            chosen = {owner: length for owner, length in shared.items() if owner in fillers and length >= least * total}
            if chosen and closed >= 0.8 * total:
                owners[number] = max(chosen, key=lambda owner: chosen[owner])
                changed = True


def simplified(shapes: Mapping[str, BaseGeometry], tolerance: float, grid: float) -> Shapes:
    """Simplify a coverage as one, so that neighbours keep the same edge, and round it to ``grid`` degrees.

    ``tolerance`` is the square root of the smallest triangle kept (Visvalingam and Whyatt 1993), in degrees.
    """
    before = np.array(list(shapes.values()), dtype=object)
    if not shapely.coverage_is_valid(before):
        raise ValueError("the areas do not form a coverage: put them through fit_together first")
    after = dict(zip(shapes, shapely.coverage_simplify(before, tolerance), strict=True))
    snapped = fit_together(after, grid, fill=after, widest_gap=2 * grid)
    places = max(0, round(-np.log10(grid)))
    return {key: rounded(geometry, places) for key, geometry in snapped.items()}


def rounded(geometry: BaseGeometry, places: int) -> BaseGeometry:
    """Return ``geometry`` with the decimals its grid has, rings as RFC 7946 asks (outside anticlockwise)."""
    exact = shapely.transform(geometry, lambda points: np.round(points, places) + 0.0)
    return shapely.orient_polygons(exact)


def dissolved(shapes: Mapping[str, BaseGeometry], parents: Mapping[str, str]) -> Shapes:
    """Join the areas of a coverage by parent; the outer edges keep every coordinate."""
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for key, parent in parents.items():
        if key in shapes:
            groups[parent].append(shapes[key])
    return {
        parent: shapely.orient_polygons(shapely.coverage_union_all(np.array(parts, dtype=object)))
        for parent, parts in sorted(groups.items())
    }


def shared_edge(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the line two areas of a coverage have in common (empty if they only touch in points)."""
    common = shapely.get_parts(one.boundary.intersection(other.boundary)).tolist()
    lines = [part for part in common if part.geom_type == "LineString" and not part.is_empty]
    return shapely.line_merge(shapely.multilinestrings(lines)) if lines else shapely.MultiLineString()


def label_point(geometry: BaseGeometry, places: int) -> tuple[float, float]:
    """Return the centre of the largest circle that fits in the largest part: where a label reads best."""
    largest = max(polygons(geometry), key=lambda part: part.area)
    west, south, east, north = largest.bounds
    circle = shapely.maximum_inscribed_circle(largest, tolerance=min(east - west, north - south) / 200)
    x, y = circle.coords[0]
    point = shapely.Point(round(x, places), round(y, places))
    if not largest.contains(point):
        point = largest.representative_point()
    return (round(point.x, places + 2), round(point.y, places + 2))


def as_multipolygon(geometry: BaseGeometry) -> MultiPolygon:
    """Return any areal geometry as one multipolygon, so each reader meets one type only."""
    return shapely.MultiPolygon(polygons(geometry))
