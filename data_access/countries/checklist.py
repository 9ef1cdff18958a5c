"""What an added country still lacks, each point with what to do about it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from data_access.countries.folder import listed_layers, table
from data_access.countries.problems import CountryProblem
from data_access.countries.scaffold import scaffold_folder


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a country needs: whether it is there, and what to do when it is not."""

    what: str
    there: bool
    mend: str


def checklist(folder: Path, iso3: str) -> tuple[Point, ...]:
    """What a country added to ``folder`` has and lacks. Raises CountryProblem for a country that is not there."""
    countries = {row["iso3"]: row for row in table(folder, "countries")}
    if iso3 not in countries:
        laid_out = scaffold_folder(folder, iso3)
        if laid_out.exists():
            raise CountryProblem(
                [f"{iso3} is laid out and not added yet: fill in the files in {laid_out} as CHECKLIST.txt there says."]
            )
        raise CountryProblem([f"{iso3} has not been added to {folder}; add it: python3 manage.py country add {iso3}"])
    areas = [row for row in table(folder, "areas") if row["country"] == iso3]
    first, second = ([row for row in areas if row["kind"] == kind] for kind in ("admin1", "admin2"))
    layers = {facts["level"]: facts for facts in listed_layers(folder).values() if facts["country"] == iso3}
    unnamed = [row["code"] for row in first + second if row["name"] == row["code"]]
    no_script = [row["code"] for row in first if not row["name_local"]]
    no_pcode = [row["code"] for row in first + second if not row["pcode"]]
    unlicensed = [level for level, facts in layers.items() if not facts["licence"]]
    sources = [
        facts["code"]
        for file in sorted((folder / "figures").glob("*.toml"))
        if iso3 in (facts := tomllib.loads(file.read_text(encoding="utf-8")))["countries"]
    ]
    again = f"python3 manage.py country add {iso3}"
    return (
        Point(f"{len(first)} areas of level 1", bool(first), f"List them: {again} --names FILE.csv"),
        Point(f"{len(second)} areas of level 2", bool(second), f"List them: {again} --names FILE.csv"),
        Point(
            f"A name for every area ({_some(unnamed)} without)", not unnamed, "Answer the questions in the names file."
        ),
        Point(
            "The country's name in its own script", bool(countries[iso3]["name_local"]), f"{again} --local-name NAME"
        ),
        Point(f"Names in local script at level 1 ({_some(no_script)} without)", not no_script, "Column name_local."),
        Point(f"OCHA p-codes ({_some(no_pcode)} without)", not no_pcode, "Fill the column pcode of the names file."),
        Point("Boundaries of level 1", "1" in layers, f"{again} --level1 FILE.geojson, or --pull"),
        Point("Boundaries of level 2", "2" in layers, f"{again} --level2 FILE.geojson, or --pull"),
        Point("A licence for every boundary file", not unlicensed, f"{again} --licence TERMS --attribution WHO"),
        Point(
            "Which division of the country the areas belong to",
            all(row["vintage"] for row in areas),
            f"{again} --vintage '28 districts since 2003'",
        ),
        Point(f"Official figures ({_some(sources)})", bool(sources), f"python3 manage.py pull world_bank {iso3}"),
        Point(
            "Disputed ground and neighbours on the map", False, "Not drawn for added countries: see docs/new-country.md"
        ),
    )


def _some(codes: list[str]) -> str:
    if not codes:
        return "none"
    return ", ".join(codes[:5]) + (f" and {len(codes) - 5} more" if len(codes) > 5 else "")
