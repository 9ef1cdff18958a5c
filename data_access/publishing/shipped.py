"""The scope of a source that ships with the product, from its sidecar and the shipped catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from data_access.figures import Origin
from data_access.importing.resolution.vintages import merged_areas
from data_access.importing.shipped import Sidecar, catalogue_rows
from data_access.models.groups import members
from data_access.publishing.rows import Derived, Geography, Scope

COUNTS_THINGS = "community_mapping"
"""The way of collecting whose figures count schools or water points, not people who answered."""


def scope_of(sidecar: Sidecar) -> Scope:
    """What holds for all rows of a shipped source, from files alone."""
    return scope_from(sidecar, _geography(), _categories(sidecar.illustrative))


def scope_from(sidecar: Sidecar, geography: Geography, categories: Mapping[str, tuple[str, ...]]) -> Scope:
    """The scope of a source among these places and categories."""
    return Scope(
        origin=cast(Origin, sidecar.origin),
        geography=geography,
        categories=categories,
        counts_people=sidecar.collection != COUNTS_THINGS,
        derived=_derived(),
    )


@lru_cache(maxsize=1)
def _geography() -> Geography:
    areas = catalogue_rows("areas", illustrative=False)
    regions: dict[str, tuple[str, ...]] = {}
    for row in catalogue_rows("area_regions", illustrative=False):
        regions[row["region"]] = (*regions.get(row["region"], ()), row["area"])
    return Geography(
        {r["code"]: r["kind"] for r in areas}, {r["code"]: r["parent"] for r in areas}, regions, merged_areas()
    )


@lru_cache(maxsize=2)
def _categories(illustrative: bool) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in catalogue_rows("categories", illustrative=illustrative):
        found[row["dimension"]] = (*found.get(row["dimension"], ()), row["code"])
    return found


@lru_cache(maxsize=1)
def _derived() -> Mapping[str, Derived]:
    rows = catalogue_rows("derived_series", illustrative=False)
    return {r["series"]: Derived(r["count_series"], members(r["adds"])) for r in rows}
