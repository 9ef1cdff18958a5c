"""Write the invented community data of ``sample_data/illustrative/``: the same bytes each time.

    python sample_data/scripts/make_illustrative.py [--into FOLDER]

Every figure is drawn at random from the assumptions beside this script (``illustrative_assumptions/``, one file
a country) and says nothing about any real place or people. ``docs/illustrative.md`` explains the model.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).resolve().parent
sys.path.insert(0, str(SCRIPTS))

from illustrative_estimates import WITHHELD, Answer, estimate_score, estimate_share, withheld_cells  # noqa: E402
from illustrative_respondents import SEED, answers  # noqa: E402

ASSUMPTIONS = SCRIPTS / "illustrative_assumptions"
TARGET = SCRIPTS.parent / "illustrative"
COUNTRIES = ("BGD", "IND", "KEN", "NPL", "VNM")
PUBLISHER = "Illustrative data generator of this project"

HEADER = ["REF_AREA", "SERIES", "GROUP", "TIME_PERIOD", "OBS_VALUE", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND"]
HEADER += ["SAMPLE_SIZE", "POPULATION", "OBS_STATUS", "COMMENT_OBS"]
SERIES_HEADER = ["series", "name", "unit", "sdg_goal", "sdg_target", "sdg_indicator", "sdg_relation", "favourable"]
SERIES_HEADER += ["scale", "value_min", "value_max", "definition", "numerator", "denominator", "age_range", "note"]
MEASURED_HEADER = ["source", "series", "definition", "numerator", "denominator", "age_range"]
MEASURED_HEADER += ["group_basis", "disability_method"]
CATEGORY_HEADER = ["dimension", "code", "name", "name_local", "marginalised", "rank", "note"]

PLACE = {"URBANISATION", "SETTLEMENT"}
GROUP_OF = {
    "household": "Group: households with at least one such member.",
    "child": "Group: children of such families.",
}


@dataclass(frozen=True)
class Kind:
    """What the invented sources of one kind have in common, in every country."""

    name: str
    collection: str
    sampling: str
    design_effect: float
    caveat: str


KINDS = {
    "survey": Kind(
        "household survey",
        "community_survey",
        "probability",
        1.4,
        "Drawn as a probability sample in which people with disabilities are sampled more often and weighted "
        "back; 95 % Wilson intervals with a design effect of 1.4.",
    ),
    "purposive": Kind(
        "purposive sample",
        "community_survey",
        "purposive",
        1.6,
        "Drawn as people chosen on purpose, unweighted: indicative intervals (Wilson, design effect 1.6). "
        "Rows of the country are all places asked together, not the country.",
    ),
    "scorecard": Kind(
        "community scorecard",
        "community_scorecard",
        "scorecard",
        1.3,
        "Drawn as scores from 1 to 5 given in meetings, unweighted; indicative t intervals with a design "
        "effect of 1.3. Rows of the country are all places asked together, not the country.",
    ),
}


def canonical(*keys: str) -> str:
    """Group keys joined into one, members sorted by dimension; a dimension named twice is refused."""
    members = sorted(member for key in keys for member in key.split("|") if member)
    if len({member.split("=")[0] for member in members}) < len(members):
        raise ValueError(f"group {'|'.join(members)!r} names a dimension twice; mend the assumptions")
    return "|".join(members)


def cells_of(
    country: dict[str, Any], asked: dict[str, Any], round_: dict[str, Any], given: list[Answer]
) -> dict[tuple[str, str], list[Answer]]:
    """Answers by (area, group without the universe); an empty group is the total, empty cells are left out."""
    wanted = [(country["country"], group) for group in asked["country_groups"]]
    if not round_.get("country_only", False):
        areas = sorted({answer.area for answer in given} - {"REST"})
        wanted += [(area, group) for area in areas for group in asked["area_groups"]]
    found = {}
    for area, group in wanted:
        members = {member for member in group.split("|") if member}
        chosen = [a for a in given if area in (country["country"], a.area) and members <= a.members]
        if chosen:
            found[area, canonical(group)] = chosen
    return found


def remark(source: dict[str, Any], asked: dict[str, Any], area: str, group: str, hidden: bool) -> str:
    """The row's comment: always that the figure is invented."""
    said = ["Invented figure, for illustration only."]
    if hidden:
        said.append("Withheld: too few respondents.")
    if len(area) == 3 and source["kind"] != "survey":
        said.append("All places asked together, not the country.")
    dimensions = {member.split("=")[0] for member in group.split("|") if member}
    if dimensions - PLACE and asked.get("observed") in GROUP_OF:
        said.append(GROUP_OF[asked["observed"]])
    return " ".join(said)


def source_rows(country: dict[str, Any], source: dict[str, Any], series: dict[str, Any]) -> Iterator[list[str]]:
    """Rows of one source's csv, one a cell, in the order of ``HEADER``."""
    deff = KINDS[source["kind"]].design_effect
    rounds = [(a, r) for a in source["series"] for r in source["rounds"] if a["series"] in r.get("only", [a["series"]])]
    for asked, round_ in rounds:
        given = answers(country, source, asked, round_, series[asked["series"]]["favourable"])
        cells = cells_of(country, asked, round_, given)
        is_score = "score" in asked
        estimate = estimate_score if is_score else estimate_share
        hidden = withheld_cells(cells, country["country"], is_score, "REST" in source["respondents"])
        for (area, group), chosen in cells.items():
            cell = WITHHELD if (area, group) in hidden else estimate(chosen, deff)
            note = remark(source, asked, area, group, cell is WITHHELD)
            key = canonical(group, asked.get("universe", ""))
            yield [area, asked["series"], key, round_["period"], *cell.columns(), "", cell.status, note]


def sidecar(country: dict[str, Any], source: dict[str, Any], rows: int, text: str) -> dict[str, Any]:
    """Who says so: nobody real, and why that must not be forgotten."""
    kind = KINDS[source["kind"]]
    periods = " and ".join(sorted(round_["period"] for round_ in source["rounds"]))
    return {
        "code": source["code"],
        "title": f"Illustrative {kind.name} on {source['subject']}, {country['name']} {periods}",
        "publisher": PUBLISHER,
        "origin": "community",
        "illustrative": True,
        "countries": [country["country"]],
        "collection": kind.collection,
        "sampling": kind.sampling,
        "mode": source["mode"],
        "fieldwork_start": source["fieldwork"][0],
        "fieldwork_end": source["fieldwork"][1],
        "sample_size": f"{sum(source['respondents'].values())} invented respondents a round",
        "licence": "CC0-1.0 (invented figures)",
        "licence_state": "attribution",
        "citation": f"{PUBLISHER}, seed {SEED}; invented, not evidence",
        "obtained_from": f"sample_data/scripts/make_illustrative.py, seed {SEED}",
        "caveats": "Every figure is invented: drawn at random from assumptions stated in docs/illustrative.md. "
        "Nobody was asked, nobody published it, and it says nothing about any real place, people or body; it "
        f"only shows how the product works. {kind.caveat}",
        "consent": "not_applicable",
        "recognition": "",
        "rows": rows,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def csv_text(header: list[str], rows: Iterable[list[str]]) -> str:
    """A csv with LF line ends."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def toml_text(values: dict[str, Any]) -> str:
    """A flat TOML document; strings, numbers, booleans and lists are written as in JSON."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())


def series_rows(own: dict[str, Any]) -> Iterator[list[str]]:
    """The series this project defines for its invented sources, in the order of ``SERIES_HEADER``."""
    for code, said in own.items():
        lowest, highest = ("1", "5") if said["unit"] == "SCORE" else ("0", "100")
        goal, target, indicator = said["sdg"]
        sdg = [str(goal), target, indicator, "related", str(said["favourable"])]
        texts = [said["definition"], said.get("numerator", ""), said.get("denominator", ""), said["age_range"]]
        yield [code, said["name"], said["unit"], *sdg, highest, lowest, highest, *texts, said["note"]]


def measured_row(
    country: dict[str, Any], source: dict[str, Any], asked: dict[str, Any], said: dict[str, Any]
) -> list[str]:
    """How one invented source measures one series, in the order of ``MEASURED_HEADER``."""
    used = said | asked
    texts = [used.get(column, "") for column in MEASURED_HEADER[2:6]]
    keys = asked["country_groups"] + asked["area_groups"]
    washington = "Washington Group short set" if any("DISABILITY_STATUS" in key for key in keys) else ""
    basis = "self_identification" if asked["series"].startswith("ILL_") else ""
    return [source["code"], asked["series"], *texts, basis, washington]


def category_files() -> dict[str, str]:
    """dimensions.csv and categories.csv: the groups that the SDMX code lists lack, all of them marginalised."""
    said = tomllib.loads((ASSUMPTIONS / "categories.toml").read_text(encoding="utf-8"))
    ranks: dict[str, int] = defaultdict(int)
    rows = []
    for entry in said["categories"]:
        ranks[entry["dimension"]] += 1
        rank = str(ranks[entry["dimension"]])
        rows.append([entry["dimension"], entry["code"], entry["name"], "", "1", rank, entry["note"]])
    dimensions = [[entry["code"], entry["name"], "0", "1"] for entry in said["dimensions"]]
    return {
        "dimensions.csv": csv_text(["code", "name", "ordered", "custom"], dimensions),
        "categories.csv": csv_text(CATEGORY_HEADER, rows),
    }


def illustrative_files() -> dict[str, str]:
    """Every file of ``sample_data/illustrative/`` as {name: text}."""
    said = tomllib.loads((ASSUMPTIONS / "series.toml").read_text(encoding="utf-8"))
    series = said["own"] | said["shared"]
    files = {"series.csv": csv_text(SERIES_HEADER, series_rows(said["own"]))} | category_files()
    measured = []
    for iso3 in COUNTRIES:
        country = tomllib.loads((ASSUMPTIONS / f"{iso3}.toml").read_text(encoding="utf-8"))
        for source in country["sources"]:
            code = source["code"] = f"{iso3}_ILL_{source['kind'].upper()}"
            rows = sorted(source_rows(country, source, series), key=lambda row: (len(row[0]) > 3, row))
            files[f"{code}.csv"] = text = csv_text(HEADER, rows)
            files[f"{code}.toml"] = toml_text(sidecar(country, source, len(rows), text))
            measured += [measured_row(country, source, a, series[a["series"]]) for a in source["series"]]
    files["source_series.csv"] = csv_text(MEASURED_HEADER, measured)
    return files


def main() -> None:
    """Write the files and say how many."""
    parser = argparse.ArgumentParser(description="Write the invented community data, the same bytes each time.")
    parser.add_argument("--into", type=Path, default=TARGET, help="folder to write to")
    into: Path = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    files = illustrative_files()
    for name, text in files.items():
        (into / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(files)} files written to {into}")


if __name__ == "__main__":
    main()
