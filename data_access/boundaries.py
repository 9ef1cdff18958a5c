"""Boundaries to draw figures on: which layers there are, what each depicts, and its shapes as plain numbers.

Reads the files of ``sample_data/boundaries`` (made by ``sample_data/scripts/make_boundaries.py``, described in
``docs/boundaries.md``) and keeps them in memory. Longitudes and latitudes are WGS 84 degrees. Outer rings run
anticlockwise, holes clockwise (RFC 7946), and each ring repeats its first point at its end.

A layer is *neutral* or *official* (a country's own depiction); what does not depend on that is *any*. Never
overlay layers of different depiction: a map takes its areas, context and disputed ground with one ``depiction``.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from data_access.settings import own_folder

Depiction = Literal["neutral", "official"]
Role = Literal["areas", "context", "disputed"]
Kind = Literal["area", "land", "water", "disputed", "line"]
Point = tuple[float, float]
Ring = tuple[Point, ...]
Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

FOLDER = Path(__file__).resolve().parents[1] / "sample_data" / "boundaries"


class UnknownLayer(LookupError):
    """No layer of boundaries fits what was asked for; the message lists those there are."""


class BoundaryFileBroken(ValueError):
    """A boundary file is missing, or is not the one layers.toml lists; the message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of boundaries and the facts that must reach the reader wherever it is drawn.

    ``level`` is "1", "2", "R" (survey regions) or "0" (country outlines), "" for context and disputed ground.
    ``statement`` says in words what the depiction is; ``disclaimer`` belongs on every map and export.
    """

    id: str
    country: str
    level: str
    role: Role
    depiction: str
    statement: str
    vintage: str
    licence: str
    attribution: str
    source: str
    disclaimer: str
    bbox: Bounds
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature: an area with its code, a neighbour, water, disputed ground, or lines to draw dashed.

    ``rings`` are closed rings (outer rings and holes together: fill with the even-odd or nonzero rule), or open
    paths when ``kind`` is "line". ``label`` is a point inside the largest part, None for lines. ``small`` areas
    are too small to be seen as a surface on a map of the whole layer: draw a mark at ``label`` as well.
    """

    code: str
    name: str
    index: int
    kind: Kind
    rings: tuple[Ring, ...]
    label: Point | None
    small: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Shapes on a flat page: x to the right and y downwards, from (0, 0) to (``width``, ``height``)."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def own_boundaries() -> Path:
    """The folder of the boundaries this deployment has added."""
    return own_folder() / "boundaries"


def layers() -> Mapping[str, Layer]:
    """Return all layers by id ("KEN_1", "IND_1_official", "KEN_context"); raise BoundaryFileBroken without a list.

    A layer of the deployment's own takes the place of the shipped one with the same id.
    """
    own = own_boundaries()
    try:
        written = (own / "layers.toml").stat().st_mtime_ns
    except OSError:
        written = None
    return _layers(own, written)


@lru_cache(maxsize=4)
def _layers(own: Path, written: int | None) -> Mapping[str, Layer]:
    """The layers as they stood when the deployment's list was ``written`` (nanoseconds), None without one."""
    found = _listed(FOLDER, "run make_boundaries.py again")
    if written is not None:
        found |= _listed(own, "add the country again")
    return MappingProxyType(found)


def _listed(folder: Path, mend: str) -> dict[str, Layer]:
    try:
        listing = tomllib.loads((folder / "layers.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as reason:
        raise BoundaryFileBroken(f"{folder / 'layers.toml'}: {reason}; {mend}") from reason
    return {ident: _layer(ident, facts, folder) for ident, facts in listing.items()}


def _layer(ident: str, facts: Mapping[str, Any], folder: Path) -> Layer:
    west, south, east, north = (float(edge) for edge in facts["bbox"])
    return Layer(
        id=ident,
        country=facts["country"],
        level=facts["level"],
        role=facts["role"],
        depiction=facts["depiction"],
        statement=facts["depiction_statement"],
        vintage=facts["vintage"],
        licence=facts["licence"],
        attribution=facts["attribution"],
        source=facts["source"],
        disclaimer=facts["disclaimer"],
        bbox=(west, south, east, north),
        path=folder / facts["file"],
        sha256=facts["sha256"],
    )


def _find(country: str, role: Role, level: str, depictions: tuple[str, ...]) -> Layer | None:
    fitting = {
        layer.depiction: layer
        for layer in layers().values()
        if (layer.country, layer.role, layer.level) == (country, role, level)
    }
    return next((fitting[depiction] for depiction in depictions if depiction in fitting), None)


def layer_for(country: str, level: str, depiction: Depiction = "neutral") -> Layer:
    """Return the areas of a country (ISO 3166-1 alpha-3, "PILOTS" for the overview) at one level.

    "official" gives the country's own depiction where it differs from the neutral one, else the neutral layer.
    Raise UnknownLayer, naming the layers there are, when the country has no such level.
    """
    found = _find(country, "areas", level, (depiction, "neutral"))
    if found is None:
        known = ", ".join(layer.id for layer in layers().values() if layer.role == "areas")
        raise UnknownLayer(f"there are no boundaries of {country!r} at level {level!r}; there are: {known}")
    return found


def layer_of(country: str, level: str, codes: Collection[str], depiction: Depiction = "neutral") -> Layer:
    """Return the areas of a country at one level in the division that has all of ``codes``; else as ``layer_for``.

    A later division of level 1 is listed as level "1-" and the year it came.
    """
    divisions = {layer.level for layer in layers().values() if layer.country == country and layer.role == "areas"}
    for division in sorted(one for one in divisions if one == level or one.startswith(f"{level}-")):
        layer = layer_for(country, division, depiction)
        if set(codes) <= {shape.code for shape in shapes(layer)}:
            return layer
    return layer_for(country, level, depiction)


def has_layer(country: str, level: str) -> bool:
    """Whether there are boundaries of a country's areas at one level, in any depiction."""
    return _find(country, "areas", level, ("neutral", "official")) is not None


def context_for(country: str, depiction: Depiction = "neutral") -> Layer | None:
    """Return what surrounds a country on its map (its bbox is the frame to draw in), None if there is none."""
    return _find(country, "context", "", (depiction, "any"))


def disputed_for(country: str, depiction: Depiction = "neutral") -> Layer | None:
    """Return the ground to hatch and the lines to dash beside the areas, None where the depiction has none.

    A country with an official layer of its own draws no disputed ground in it.
    """
    if depiction == "official" and any(
        layer.country == country and layer.depiction == "official" for layer in layers().values()
    ):
        return None
    return _find(country, "disputed", "", ("neutral",))


@lru_cache(maxsize=64)
def shapes(layer: Layer) -> tuple[Shape, ...]:
    """Return the features of a layer in the order of their codes: ``shapes(layer)[i].index == i``."""
    try:
        collection = json.loads(layer.path.read_bytes())
    except (OSError, ValueError) as reason:
        raise BoundaryFileBroken(f"{layer.path}: {reason}; run make_boundaries.py again") from reason
    if collection["voices_count"]["layer"] != layer.id:
        raise BoundaryFileBroken(f"{layer.path} says it is {collection['voices_count']['layer']!r}, not {layer.id!r}")
    return tuple(_shape(feature) for feature in collection["features"])


def _shape(feature: Mapping[str, Any]) -> Shape:
    properties, geometry = feature["properties"], feature["geometry"]
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "MultiPolygon":
            paths = [ring for polygon in coordinates for ring in polygon]
        case "MultiLineString":
            paths = coordinates
        case _:
            paths = [coordinates]
    return Shape(
        code=properties["code"],
        name=properties["name"],
        index=properties["i"],
        kind=properties["kind"],
        rings=tuple(tuple((float(x), float(y)) for x, y in path) for path in paths),
        label=(properties["x"], properties["y"]) if "x" in properties else None,
        small=properties.get("small", False),
    )


@lru_cache(maxsize=64)
def projected(layer: Layer, width: float, frame: Bounds | None = None) -> Page:
    """Return a layer on a flat page ``width`` units wide, in whatever unit ``width`` is.

    Equirectangular, true to scale along the middle parallel of ``frame``: x = λ·cos φ₀, y = φ (Snyder 1987, *Map
    Projections: A Working Manual*, p. 90). ``frame`` is the layer's own bbox by default; give the same frame for
    areas, context and disputed ground and they lie on top of each other. Nothing is clipped to the page.
    Raise ValueError for a width or frame that is not positive.
    """
    west, south, east, north = frame or layer.bbox
    if width <= 0 or east <= west or north <= south:
        raise ValueError(f"a page needs a positive width and frame, not {width} and {(west, south, east, north)}")
    across = math.cos(math.radians((south + north) / 2))
    scale = width / ((east - west) * across)

    def place(point: Point) -> Point:
        return ((point[0] - west) * across * scale, (north - point[1]) * scale)

    flat = tuple(
        Shape(
            code=shape.code,
            name=shape.name,
            index=shape.index,
            kind=shape.kind,
            rings=tuple(tuple(place(point) for point in ring) for ring in shape.rings),
            label=place(shape.label) if shape.label else None,
            small=shape.small,
        )
        for shape in shapes(layer)
    )
    return Page(width, (north - south) * scale, flat)
