"""Write the invented answers of single people in ``sample_data/illustrative/microdata/``: the same bytes each time.

    python sample_data/scripts/make_illustrative_microdata.py [--into FOLDER]

Nobody was asked: every line is drawn at random from ``illustrative_assumptions/microdata.toml``. The files exist so
that "who is furthest behind" can be computed when the database is filled; only its estimates are kept there.
``docs/illustrative.md`` explains the model. Standard library only.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import math
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any

SCRIPTS = Path(__file__).resolve().parent
ASSUMPTIONS = SCRIPTS / "illustrative_assumptions" / "microdata.toml"
TARGET = SCRIPTS.parent / "illustrative" / "microdata"
SEED = 20300308
PUBLISHER = "Illustrative data generator of this project"
RESIDENCE = "URBANISATION"
DESIGN = ["STRATUM", "PSU", "WEIGHT", "OUTCOME"]

Draw = Callable[[], float]


def circumstance_codes(assumed: dict[str, Any]) -> list[str]:
    """The circumstances of a file in the order of its columns."""
    return [RESIDENCE, *(one["code"] for one in assumed["circumstances"])]


def category(shares: dict[str, float], draw: Draw) -> str:
    """One category, drawn with its share in per cent."""
    left = draw() * sum(shares.values())
    for code, share in shares.items():
        left -= share
        if left < 0:
            return code
    return code


def person(assumed: dict[str, Any], residence: str, draw: Draw) -> tuple[dict[str, str], float]:
    """The circumstances of one person, and what it weighs beside others of its stratum."""
    who, weight = {RESIDENCE: residence}, 1.0
    for one in assumed["circumstances"]:
        real = one["shares"][who[one["given"]] if "given" in one else "all"]
        sampled = one.get("sampled", real)
        code = who[one["code"]] = category(sampled, draw)
        weight *= real[code] / sampled[code]
    return who, weight


def chance(assumed: dict[str, Any], who: dict[str, str], unit: float) -> float:
    """The probability of the outcome for a person in a sampling unit that lies ``unit`` logits off the others."""
    members = {f"{dimension}={code}" for dimension, code in who.items()}
    odds = assumed["constant"] + unit + sum(assumed["effects"].get(member, 0.0) for member in sorted(members))
    odds += sum(extra["effect"] for extra in assumed["together"] if members.issuperset(extra["members"]))
    return 1 / (1 + math.exp(-odds))


def answers(assumed: dict[str, Any]) -> Iterator[list[str]]:
    """The lines of one file; weights are such that a stratum has its share of people, 1 on average."""
    strata = assumed["strata"]
    everyone = sum(one["units"] for one in strata.values()) * assumed["per_unit"]
    all_people = sum(one["people"] for one in strata.values())
    for name, stratum in strata.items():
        each = stratum["people"] / all_people * everyone / (stratum["units"] * assumed["per_unit"])
        for number in range(1, stratum["units"] + 1):
            draw = Random(f"{SEED}|microdata|{assumed['source']}|{assumed['series']}|{name}|{number}").random
            unit = NormalDist(0, assumed["spread"]).inv_cdf(min(max(draw(), 1e-9), 1 - 1e-9))
            for _ in range(assumed["per_unit"]):
                who, weight = person(assumed, stratum["residence"], draw)
                outcome = int(draw() < chance(assumed, who, unit))
                codes = [who[code] for code in circumstance_codes(assumed)]
                yield [name, f"{name} {number}", f"{each * weight:.4f}", str(outcome), *codes]


def sidecar(assumed: dict[str, Any], rows: int, text: str) -> dict[str, Any]:
    """What the file is, and that nobody is in it."""
    return {
        "source": assumed["source"],
        "country": assumed["country"],
        "series": assumed["series"],
        "time_period": assumed["time_period"],
        "group": "",
        "title": f"Illustrative answers of {rows} invented people: {assumed['asked']}",
        "publisher": PUBLISHER,
        "illustrative": True,
        "licence": "CC0-1.0 (invented answers)",
        "obtained_from": f"sample_data/scripts/make_illustrative_microdata.py, seed {SEED}",
        "caveats": "Every line is invented: nobody was asked. Drawn apart from the figures of the same source, with "
        "more people and in clusters, so that its average differs from theirs.",
        "circumstances": circumstance_codes(assumed),
        "rows": rows,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def microdata_files() -> dict[str, str]:
    """Every file of ``sample_data/illustrative/microdata/`` as {name: text}."""
    files = {}
    for assumed in tomllib.loads(ASSUMPTIONS.read_text(encoding="utf-8"))["files"]:
        lines = list(answers(assumed))
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([[*DESIGN, *circumstance_codes(assumed)], *lines])
        stem = f"{assumed['source']}.{assumed['series']}"
        files[f"{stem}.csv"] = text = out.getvalue()
        said = sidecar(assumed, len(lines), text)
        files[f"{stem}.toml"] = "".join(
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items()
        )
    return files


def main() -> None:
    """Write the files and say how many."""
    parser = argparse.ArgumentParser(
        description="Write the invented answers of single people, the same bytes each time."
    )
    parser.add_argument("--into", type=Path, default=TARGET, help="folder to write to")
    into: Path = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    files = microdata_files()
    for name, text in files.items():
        (into / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(files)} files written to {into}")


if __name__ == "__main__":
    main()
