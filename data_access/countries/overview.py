"""The outlines of the overview map, with those of the countries a deployment has added."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from data_access.boundaries import FOLDER
from data_access.countries.shapes import MadeLayer, Shapes, as_geojson, entry_of, surface_of

COARSENESS = 0.05
"""Outlines of the overview are drawn to this many degrees."""


def overview_layers(
    own: Path, listing: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], shipped: Path = FOLDER
) -> list[MadeLayer]:
    """The shipped overview in each depiction with every country that ``listing`` has areas of level 1 for.

    ``own`` is the folder with the listed files. None when no country has any. Outlines are laid over the land around
    the shipped countries; where the two disagree on a coast or a border, the country's own shape is on top.
    """
    added = _outlines(own, listing)
    if not added:
        return []
    levels = [listing[f"{iso3}_1"] for iso3 in added]
    made = []
    for ident, facts in tomllib.loads((shipped / "layers.toml").read_text(encoding="utf-8")).items():
        if (facts["country"], facts["role"]) != ("PILOTS", "areas"):
            continue
        standing, called = _features(shipped / facts["file"])
        description = {"layer": ident, **{key: str(facts[key]) for key in _DESCRIBED}}
        for key in ("attribution", "source"):
            further = dict.fromkeys(str(one[key]) for one in levels)
            description[key] = "; ".join([str(facts[key]), *further])
        shapes = dict(sorted((standing | added).items()))
        content = as_geojson(description, shapes, {**called, **names})
        made.append(MadeLayer(ident, content, entry_of(description, content, shapes)))
    return made


_DESCRIBED = (
    "country",
    "level",
    "role",
    "depiction",
    "depiction_statement",
    "vintage",
    "licence",
    "attribution",
    "source",
    "disclaimer",
)


def _outlines(own: Path, listing: Mapping[str, Mapping[str, Any]]) -> Shapes:
    found = {}
    for facts in listing.values():
        if (facts["level"], facts["role"]) == ("1", "areas"):
            areas, _ = _features(own / facts["file"])
            whole = shapely.union_all(list(areas.values()))
            coarse = surface_of(shapely.set_precision(whole.simplify(COARSENESS), 1e-2))
            found[str(facts["country"])] = surface_of(whole) if coarse.is_empty else coarse
    return found


def _features(file: Path) -> tuple[Shapes, dict[str, str]]:
    features = json.loads(file.read_bytes())["features"]
    codes = [(feature["properties"]["code"], feature) for feature in features]
    return (
        {code: surface_of(shape(feature["geometry"])) for code, feature in codes},
        {code: feature["properties"]["name"] for code, feature in codes},
    )
