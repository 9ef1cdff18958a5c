"""A country's boundaries made fit for the maps: matched to its areas, valid, simplified as one, and light."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data_access.countries.areas import NewArea
from data_access.countries.problems import CountryProblem
from data_access.folding import fold

LARGEST_FILE = 150_000
SMALL = 0.02
"""An area is marked small when its largest part is under this share of the layer's longer side."""

Shapes = dict[str, shapely.MultiPolygon]


@dataclass(frozen=True)
class MadeLayer:
    """A boundary file ready to be written: its bytes and its entry in layers.toml."""

    id: str
    content: bytes
    entry: dict[str, Any]


def matched(geojson: Mapping[str, Any], areas: Sequence[NewArea], level: str) -> Shapes:
    """The shape of every area of ``level`` by code: by the feature's code, else by exactly its name (accents aside).

    Raises CountryProblem with every feature and area that finds no partner, and every shape that cannot be used.
    """
    wanted = [area for area in areas if area.level == level]
    codes = {area.pcode: area.code for area in wanted if area.pcode} | {area.code: area.code for area in wanted}
    names: dict[str, set[str]] = {}
    for area in wanted:
        for name in filter(None, (area.name, area.name_local, *area.other_names)):
            names.setdefault(fold(name), set()).add(area.code)
    found: dict[str, list[BaseGeometry]] = {}
    problems = []
    for number, feature in enumerate(geojson.get("features", ()), 1):
        facts = feature.get("properties") or {}
        called = str(facts.get("shapeName") or facts.get("name") or f"feature {number}")
        by_code = codes.get(str(facts.get("shapeISO") or facts.get("code") or ""))
        fitting = {by_code} if by_code else names.get(fold(called), set())
        if len(fitting) != 1:
            which = f"is called like {', '.join(sorted(fitting))}" if fitting else "is no area listed"
            problems.append(f"Level {level}: the shape {called!r} {which}; write its name or code in the names file.")
            continue
        surface = _read(feature)
        if fault := _fault(surface):
            problems.append(f"Level {level}: the shape {called!r} {fault}.")
        found.setdefault(next(iter(fitting)), []).append(surface)
    without = [f"{area.name} ({area.code})" for area in wanted if area.code not in found]
    if without:
        problems.append(f"Level {level}: no shape was found for {', '.join(without)}.")
    if problems:
        raise CountryProblem(problems)
    return joined(found)


def _read(feature: Mapping[str, Any]) -> shapely.MultiPolygon:
    try:
        return surface_of(shapely.make_valid(shapely.force_2d(shape(feature["geometry"]))))
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return shapely.MultiPolygon()


def _fault(surface: shapely.MultiPolygon) -> str:
    if surface.is_empty:
        return "has no surface; mend the GeoJSON"
    west, south, east, north = surface.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return "is not in degrees (WGS 84); convert the GeoJSON"
    return ""


def joined_to_parents(shapes: Shapes, areas: Iterable[NewArea]) -> Shapes:
    """The shapes of level 1: of each area those of level 2 inside it, joined."""
    found: dict[str, list[BaseGeometry]] = {}
    for area in areas:
        if area.level == "2":
            found.setdefault(area.parent, []).append(shapes[area.code])
    return joined(found)


def joined(parts: Mapping[str, Sequence[BaseGeometry]]) -> Shapes:
    """Shapes by code, each its parts joined, in the order of codes."""
    return {code: surface_of(shapely.union_all(list(each))) for code, each in sorted(parts.items())}


def made_layer(description: Mapping[str, str], shapes: Shapes, names: Mapping[str, str]) -> MadeLayer:
    """A layer's file, simplified until it is light enough for a slow line.

    ``description`` is what the file says about itself (``voices_count``). Raises CountryProblem when even a coarse
    drawing is too large.
    """
    for tolerance in (0.002, 0.005, 0.01, 0.02, 0.05, 0.1):
        drawn = simplified(shapes, tolerance)
        content = as_geojson(description, drawn, names)
        if len(content) <= LARGEST_FILE:
            return MadeLayer(description["layer"], content, entry_of(description, content, drawn))
    raise CountryProblem([f"{description['layer']} has {len(content)} bytes when simplified; give simpler boundaries."])


def simplified(shapes: Shapes, tolerance: float) -> Shapes:
    """The shapes with fewer points; edges that fit together stay so (Visvalingam-Whyatt), none disappears."""
    exact = shapely.set_precision(np.array(list(shapes.values()), dtype=object), 1e-3)
    drawn = shapely.set_precision(shapely.coverage_simplify(exact, tolerance), 1e-3)
    kept = [
        next(surface for each in (new, old, first) if not (surface := surface_of(each)).is_empty)
        for new, old, first in zip(drawn, exact, shapes.values(), strict=True)
    ]
    return dict(zip(shapes, kept, strict=True))


def as_geojson(description: Mapping[str, str], shapes: Shapes, names: Mapping[str, str]) -> bytes:
    """The file as data_access/boundaries.py reads it: one feature a line, in the order of codes."""
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    longest = max(east - west, north - south)
    lines = []
    for index, (code, geometry) in enumerate(sorted(shapes.items())):
        largest = max(geometry.geoms, key=lambda part: part.area)
        x, y = _label_point(largest)
        facts: dict[str, Any] = {"code": code, "name": names[code], "i": index, "kind": "area", "x": x, "y": y}
        west, south, east, north = largest.bounds
        if max(east - west, north - south) < SMALL * longest:
            facts["small"] = True
        # clockwise outer rings: a browser's map on the sphere fills everything outside a ring drawn the other way
        turned = shapely.orient_polygons(geometry, exterior_cw=True)
        feature = {"type": "Feature", "properties": facts, "geometry": json.loads(shapely.to_geojson(turned))}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    body = ",\n".join(lines)
    head = json.dumps(dict(description), ensure_ascii=False)
    return f'{{"type":"FeatureCollection",\n"voices_count":{head},\n"features":[\n{body}\n]}}\n'.encode()


def entry_of(description: Mapping[str, str], content: bytes, shapes: Shapes) -> dict[str, Any]:
    """The layer's entry in layers.toml."""
    facts: dict[str, Any] = {key: value for key, value in description.items() if key != "layer"}
    return facts | {
        "file": f"{description['layer']}.geojson",
        "bbox": [round(float(edge), 3) for edge in shapely.total_bounds(list(shapes.values()))],
        "features": len(shapes),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def surface_of(geometry: BaseGeometry) -> shapely.MultiPolygon:
    """The polygons of any geometry as one multipolygon, without lines and points."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and not part.is_empty])


def _label_point(largest: shapely.Polygon) -> tuple[float, float]:
    west, south, east, north = largest.bounds
    circle = shapely.maximum_inscribed_circle(largest, tolerance=min(east - west, north - south) / 200)
    point = shapely.Point(circle.coords[0])
    if not largest.contains(point):
        point = largest.representative_point()
    return round(point.x, 5), round(point.y, 5)
