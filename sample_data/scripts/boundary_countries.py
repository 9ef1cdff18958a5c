"""One recipe a country: which package, which areas are disputed, what is water, and how finely it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import boundary_packages as packages
import shapely
from boundary_coverage import Shapes, dissolved, fit_together, polygons, simplified, without_islets, without_slivers
from shapely.geometry.base import BaseGeometry

World = Mapping[str, tuple[str, BaseGeometry]]
FINE = 1e-5
MARGIN = 0.06
INDIA_ASSET = "9ae81c0375a5d80c6b66"
VIET_NAM_ASSET = "012c3bfe025dc8b62e01"
DAHAGRAM = shapely.Point(88.95, 26.30)
WEST_OF_LIPULEKH = shapely.box(80.0, 30.16, 81.03, 31.0)
MISPLACED_ISLANDS = {
    "Côn Đảo": (shapely.Point(106.61, 8.71), "VN-52", "VN-43"),
    "Cát Bà": (shapely.Point(107.00, 20.80), "VN-13", "VN-HP"),
}
"""Islands the package gives to a neighbouring province: a point on each, the wrong province, the right one."""


@dataclass(frozen=True)
class Claim:
    """Ground that more than one state claims; ``neutral`` and ``official`` name the area it is drawn in, if any."""

    name: str
    shape: BaseGeometry
    neutral: str = ""
    official: str = ""


@dataclass(frozen=True)
class Recipe:
    """What goes into one country's coverage, before it is fitted together."""

    country: str
    world_name: str
    areas: Shapes
    claims: Mapping[str, Claim] = field(default_factory=dict)
    water: Mapping[str, BaseGeometry] = field(default_factory=dict)
    open_edges: frozenset[tuple[str, str]] = frozenset()
    """Edges drawn dashed in the neutral depiction although no separate disputed ground lies behind them."""
    tolerance: float = 0.005
    gap: float = 0.05
    fill_areas: bool = False
    smallest: float = 2e-4


@dataclass(frozen=True)
class Coverage:
    """A country fitted together with its neighbours: every shared edge is the same line in every file."""

    recipe: Recipe
    shapes: Shapes
    neighbours: Mapping[str, str]
    frame: BaseGeometry

    def areas(self, depiction: str) -> Shapes:
        """Return the country's areas at its finest level in one depiction ("neutral" or "official")."""
        owner = {code: code for code in self.recipe.areas}
        owner |= {key: getattr(claim, depiction) for key, claim in self.recipe.claims.items()}
        return dissolved(self.shapes, {key: parent for key, parent in owner.items() if parent})


def _frame(areas: Mapping[str, BaseGeometry]) -> BaseGeometry:
    west, south, east, north = shapely.total_bounds(list(areas.values()))
    margin = MARGIN * max(east - west, north - south)
    return shapely.box(west - margin, south - margin, east + margin, north + margin)


def build(recipe: Recipe, world: World) -> Coverage:
    """Fit a country's areas, disputed ground, waters and neighbours together, simplify them as one and round them."""
    areas = without_islets(recipe.areas, recipe.smallest)
    claims = {key: claim.shape for key, claim in recipe.claims.items()}
    frame = _frame({**areas, **claims})
    neighbours = {
        name: shape.intersection(frame)
        for name, (_, shape) in sorted(world.items())
        if name != recipe.world_name and shape.intersects(frame) and name not in recipe.claims
    }
    home = world[recipe.world_name][1].intersection(frame)
    waters = dict(recipe.water)
    units = {**claims, **areas, **waters, **neighbours}
    fillers = [*neighbours, *claims, *(areas if recipe.fill_areas else ()), *waters]
    fitted = fit_together(units, FINE, fill=fillers, widest_gap=recipe.gap, closing=[home])
    fitted = without_islets(fitted, recipe.smallest)
    shapes = simplified(fitted, recipe.tolerance, 1e-3)
    return Coverage(recipe, shapes, {name: world[name][0] for name in neighbours if name in shapes}, frame)


def bangladesh(cache: Path, keys: Mapping[str, str]) -> Recipe:
    """Districts; the Bangladeshi enclaves in India, exchanged on 1 August 2015, are left out, Dahagram is kept."""
    found = packages.bangladesh_districts(packages.fetch(packages.BANGLADESH, cache))
    main = max(polygons(shapely.union_all(list(found.values()))), key=lambda part: part.area)
    areas = {}
    for code, key in keys.items():
        parts = [
            part
            for part in polygons(found[key])
            if part.centroid.y < 25 or part.contains(DAHAGRAM) or main.contains(part.representative_point())
        ]
        areas[code] = shapely.MultiPolygon(parts)
    return Recipe("BGD", "Bangladesh", areas, tolerance=0.016, gap=0.2)


def kenya(cache: Path, keys: Mapping[str, str], world: World) -> Recipe:
    """Counties; Lake Turkana, which the source leaves out, is water, and the Ilemi Triangle is disputed ground."""
    found = packages.kenya_counties(packages.fetch(packages.KENYA, cache))
    areas = {code: found[key] for code, key in keys.items()}
    missing = world["Kenya"][1].difference(shapely.union_all(list(areas.values())))
    shores = shapely.box(35.5, 2.3, 36.85, 4.45)
    lake = max(polygons(missing.intersection(shores)), key=lambda part: part.area)
    north = without_slivers(missing.intersection(shapely.box(34.0, 4.5, 35.93, 6.0)), 0.05)
    triangle = max(polygons(north), key=lambda part: part.area)
    return Recipe(
        "KEN",
        "Kenya",
        areas,
        claims={"Ilemi Triangle": Claim("Ilemi Triangle", triangle)},
        water={"Lake Turkana": lake},
        tolerance=0.004,
        gap=0.15,
    )


def limpiyadhura(cache: Path, world_fine: World) -> BaseGeometry:
    """Return the ground west of Lipulekh that Nepal's map of May 2020 includes and India administers."""
    district = shapely.make_valid(packages.nepal_districts(packages.fetch(packages.NEPAL, cache))["DARCHULA"])
    beyond = district.difference(world_fine["Nepal"][1]).intersection(WEST_OF_LIPULEKH)
    ground = max(polygons(without_slivers(beyond, 0.03)), key=lambda part: part.area)
    home = max(polygons(district.difference(ground)), key=lambda part: part.area)
    return district.difference(home)


def nepal(cache: Path, keys: Mapping[str, str], world_fine: World) -> Recipe:
    """Districts; the ground between the rivers Kali and Kuthi Yankti is disputed with India."""
    found = packages.nepal_districts(packages.fetch(packages.NEPAL, cache))
    areas = {code: shapely.make_valid(found[key]) for code, key in keys.items()}
    claim = Claim(
        "Kalapani, Limpiyadhura and Lipulekh: administered by India, claimed by Nepal",
        limpiyadhura(cache, world_fine),
        official=next(code for code, key in keys.items() if key == "DARCHULA"),
    )
    return Recipe(
        "NPL", "Nepal", areas, claims={"Limpiyadhura": claim}, tolerance=0.014, gap=0.2, fill_areas=True, smallest=1e-3
    )


def viet_nam(cache: Path, keys: Mapping[str, str]) -> Recipe:
    """Provinces as they were before July 2025; the package holds no Paracel and no Spratly islands."""
    found, _ = packages.superset_country(packages.fetch(packages.SUPERSET, cache), VIET_NAM_ASSET, "vietnam")
    areas = {code: shapely.make_valid(found[key]) for code, key in keys.items()}
    for where, wrong, right in MISPLACED_ISLANDS.values():
        island = next(part for part in polygons(areas[wrong]) if part.buffer(0.05).contains(where))
        areas[wrong] = areas[wrong].difference(island)
        areas[right] = areas[right].union(island)
    return Recipe("VNM", "Vietnam", areas, tolerance=0.006, fill_areas=True, smallest=2e-4)


def india(cache: Path, keys: Mapping[str, str], world: World, world_fine: World) -> Recipe:
    """States and union territories cut back to the ground India administers; the rest of the claim apart."""
    found, _ = packages.superset_country(packages.fetch(packages.SUPERSET, cache), INDIA_ASSET, "india")
    source = {code: shapely.make_valid(found[key]) for code, key in keys.items()}
    held = {name: world[name][1] for name in ("India", "Pakistan", "China", "Siachen Glacier")}
    kashmir, ladakh = source["IN-JK"], source["IN-LA"]
    others = {code: shape for code, shape in source.items() if code not in ("IN-JK", "IN-LA")}
    rest = held["India"].difference(shapely.union_all(list(others.values())))
    areas = {**others, "IN-JK": rest.intersection(kashmir), "IN-LA": rest.intersection(ladakh.difference(kashmir))}
    areas["IN-LA"] = without_slivers(areas["IN-LA"], 0.01)

    def claimed(holder: str, by: BaseGeometry, width: float = 0.05) -> BaseGeometry:
        return without_slivers(by.difference(held["India"]).intersection(held[holder]), width)

    pakistan = "administered by Pakistan, claimed by India"
    china = "administered by China, claimed by India"
    siachen = without_slivers(held["Siachen Glacier"].difference(kashmir.difference(ladakh)), 0.01)
    claims = {
        "PK-JK": Claim(f"Azad Jammu and Kashmir: {pakistan}", claimed("Pakistan", kashmir), official="IN-JK"),
        "PK-LA": Claim(
            f"Gilgit-Baltistan: {pakistan}",
            claimed("Pakistan", ladakh.difference(kashmir)),
            official="IN-LA",
        ),
        "CN-LA": Claim(f"Aksai Chin and Shaksgam: {china}", claimed("China", ladakh), official="IN-LA"),
        "Siachen Glacier": Claim(
            "Siachen Glacier: held by India, claimed by India and Pakistan", siachen, official="IN-LA"
        ),
        "Limpiyadhura": Claim(
            "Kalapani, Limpiyadhura and Lipulekh: administered by India, claimed by Nepal",
            limpiyadhura(cache, world_fine).intersection(held["India"]),
            neutral="IN-UK",
            official="IN-UK",
        ),
    }
    edges = {(code, holder) for code in ("IN-JK", "IN-LA") for holder in ("Pakistan", "China")}
    return Recipe(
        "IND",
        "India",
        areas,
        claims=claims,
        open_edges=frozenset(edges | {("IN-AR", "China")}),
        tolerance=0.03,
        gap=0.25,
        fill_areas=True,
        smallest=2e-4,
    )
