"""The scope of a source that ships with the product, from its sidecar and the shipped catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import cast

from data_access.figures import Origin
from data_access.importing.shipped import SAMPLE_DATA, Sidecar, catalogue_rows
from data_access.models.groups import members
from data_access.publishing.rows import Derived, Geography, Scope

COUNTS_THINGS = "community_mapping"
"""The way of collecting whose figures count schools or water points, not people who answered."""


def scope_of(sidecar: Sidecar, root: Path = SAMPLE_DATA) -> Scope:
    """What holds for all rows of a shipped source."""
    return Scope(
        origin=cast(Origin, sidecar.origin),
        geography=_geography(root),
        categories=_categories(root, sidecar.illustrative),
        counts_people=sidecar.collection != COUNTS_THINGS,
        derived=_derived(root),
    )


@lru_cache(maxsize=4)
def _geography(root: Path) -> Geography:
    areas = catalogue_rows("areas", root, illustrative=False)
    regions: dict[str, tuple[str, ...]] = {}
    for row in catalogue_rows("area_regions", root, illustrative=False):
        regions[row["region"]] = (*regions.get(row["region"], ()), row["area"])
    return Geography({r["code"]: r["kind"] for r in areas}, {r["code"]: r["parent"] for r in areas}, regions)


@lru_cache(maxsize=4)
def _categories(root: Path, illustrative: bool) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in catalogue_rows("categories", root, illustrative=illustrative):
        found[row["dimension"]] = (*found.get(row["dimension"], ()), row["code"])
    return found


@lru_cache(maxsize=4)
def _derived(root: Path) -> Mapping[str, Derived]:
    rows = catalogue_rows("derived_series", root, illustrative=False)
    return {r["series"]: Derived(r["count_series"], members(r["adds"])) for r in rows}
