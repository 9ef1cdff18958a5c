"""Divisions of a country over time, and figures carried from one to another where that is exact."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows


class UnknownVintage(ValueError):
    """No boundary vintage of that name is recorded, or two are not made of one another."""


class UnknownPart(ValueError):
    """A figure belongs to an area that the vintage it comes from does not have."""


@dataclass(frozen=True, slots=True)
class VintageArea:
    """An area of a vintage; ``made_of`` the whole areas of the vintage before that make it up.

    ``official_code`` is the number the country's own statistics give it, empty where none is recorded.
    """

    code: str
    name: str
    made_of: tuple[str, ...]
    official_code: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether it is an area of the vintage before, as it was."""
        return self.made_of == (self.code,)


@dataclass(frozen=True, slots=True)
class Vintage:
    """A division of a country; dates ISO, ``until`` empty while it holds. The first vintage lists no areas: they are
    those of the area catalogue."""

    code: str
    country: str
    kind: str
    name: str
    since: str
    until: str
    made_from: str
    stated_in: str
    areas: tuple[VintageArea, ...]


class Vintages(dict[str, Vintage]):
    """Vintages by code."""

    def get(self, vintage: str) -> Vintage:  # type: ignore[override]
        """The vintage of that code or name. Raises UnknownVintage."""
        for one in self.values():
            if vintage in (one.code, one.name):
                return one
        known = ", ".join(sorted(self)) or "none"
        raise UnknownVintage(f"No boundary vintage {vintage!r} is recorded; write one of: {known}.")


def vintages(country: str = "", root: Path = SAMPLE_DATA) -> Vintages:
    """The recorded vintages of ``country`` (empty for all)."""
    areas: dict[str, list[VintageArea]] = {}
    for row in catalogue_rows("boundary_vintage_areas", root, illustrative=False):
        areas.setdefault(row["vintage"], []).append(
            VintageArea(row["area"], row["name"], tuple(row["made_of"].split("|")), row["official_code"])
        )
    return Vintages(
        (
            row["code"],
            Vintage(
                row["code"],
                row["country"],
                row["kind"],
                row["name"],
                row["since"],
                row["until"],
                row["made_from"],
                row["stated_in"],
                tuple(areas.get(row["code"], ())),
            ),
        )
        for row in catalogue_rows("boundary_vintages", root, illustrative=False)
        if country in ("", row["country"])
    )


def merged_areas(root: Path = SAMPLE_DATA) -> dict[str, tuple[str, ...]]:
    """Areas that only a later division has, each with the whole areas before it that it is made of."""
    return {
        area.code: area.made_of
        for vintage in vintages(root=root).values()
        for area in vintage.areas
        if not area.unchanged
    }


@dataclass(frozen=True, slots=True)
class Transferred:
    """Figures by area of the new vintage, and why others could not be had."""

    values: dict[str, float]
    refused: dict[str, str]


@dataclass(frozen=True, slots=True)
class Transfer:
    """How areas of one vintage are made of whole areas of another; ``divided`` those that would have to be split."""

    parts: Mapping[str, tuple[str, ...]]
    divided: Mapping[str, str]
    known: frozenset[str]

    @classmethod
    def between(cls, old: str, new: str, root: Path = SAMPLE_DATA) -> Transfer:
        """The transfer from vintage ``old`` to ``new`` (codes or names). Raises UnknownVintage."""
        recorded = vintages(root=root)
        source, target = recorded.get(old), recorded.get(new)
        if target.made_from == source.code:
            parts = {area.code: area.made_of for area in target.areas}
            return cls(parts, {}, frozenset(part for made_of in parts.values() for part in made_of))
        if source.made_from == target.code:
            return cls(
                {area.code: (area.code,) for area in source.areas if area.unchanged},
                {
                    part: f"{area.name} ({area.code}) cannot be divided into the {len(area.made_of)} it is made of"
                    for area in source.areas
                    if not area.unchanged
                    for part in area.made_of
                },
                frozenset(area.code for area in source.areas),
            )
        raise UnknownVintage(f"{target.name} is not made of {source.name}: no exact transfer is recorded.")

    def counts(self, values: Mapping[str, float]) -> Transferred:
        """Counts (people, schools) by old area → by new area: the sum of the parts, refused where one is missing.

        Raises UnknownPart.
        """
        self._all_known(values)
        found, refused = {}, dict(self.divided)
        for area, parts in self.parts.items():
            if missing := _missing(parts, values):
                refused[area] = f"no figure for {', '.join(missing)}"
            else:
                found[area] = math.fsum(values[part] for part in parts)
        return Transferred(found, refused)

    def percentages(self, values: Mapping[str, float], denominators: Mapping[str, float] | None = None) -> Transferred:
        """Percentages (or rates) by old area → by new area: Σ value x denominator / Σ denominator.

        ``denominators`` are the people (or households) each percentage is a percentage of. Without them only areas that
        did not change are carried over. Raises UnknownPart.
        """
        self._all_known(values)
        weights = denominators or {}
        found, refused = {}, dict(self.divided)
        for area, parts in self.parts.items():
            if missing := _missing(parts, values):
                refused[area] = f"no figure for {', '.join(missing)}"
            elif len(parts) == 1:
                found[area] = values[parts[0]]
            elif unweighted := [p for p in parts if not weights.get(p, 0) > 0 or math.isinf(weights[p])]:
                refused[area] = (
                    f"percentages merge only with the population of each part: none for {', '.join(unweighted)}"
                )
            else:
                people = math.fsum(weights[part] for part in parts)
                found[area] = math.fsum(values[part] * weights[part] for part in parts) / people
        return Transferred(found, refused)

    def _all_known(self, values: Mapping[str, float]) -> None:
        if strange := sorted(values.keys() - self.known):
            raise UnknownPart(
                f"{', '.join(strange)}: no area of the vintage these figures are of. Name theirs, or leave them out."
            )


def _missing(parts: tuple[str, ...], values: Mapping[str, float]) -> list[str]:
    return [part for part in parts if part not in values or not math.isfinite(values[part])]
