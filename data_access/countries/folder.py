"""A deployment's own folder: tables and boundary listings in it are replaced whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, str]
COLUMNS = {
    "countries": ("iso3", "name", "name_local", "pilot"),
    "areas": (
        "code",
        "country",
        "kind",
        "parent",
        "name",
        "name_local",
        "pcode",
        "vintage",
        "longitude",
        "latitude",
    ),
    "area_names": ("area", "name", "used_by"),
    "series": (
        "series",
        "name",
        "unit",
        "sdg_goal",
        "sdg_target",
        "sdg_indicator",
        "sdg_relation",
        "favourable",
        "scale",
        "value_min",
        "value_max",
        "definition",
        "numerator",
        "denominator",
        "age_range",
        "note",
    ),
}


def write_whole(file: Path, content: bytes) -> None:
    """Put ``content`` in ``file``'s place in one step: a reader, or the next start after a kill, sees old or new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    try:
        with unfinished.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a catalogue table of the folder; none where there is no such table."""
    file = folder / "catalogue" / f"{name}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def as_csv(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """Rows as CSV with a header, in UTF-8."""
    text = io.StringIO(newline="")
    names = list(columns)
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write_table(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Replace a catalogue table of the folder."""
    write_whole(folder / "catalogue" / f"{name}.csv", as_csv(COLUMNS[name], rows))


def listed_layers(folder: Path) -> dict[str, dict[str, Any]]:
    """The boundary layers of the folder, as its layers.toml lists them."""
    file = folder / "boundaries" / "layers.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def write_layers(folder: Path, listing: Mapping[str, Mapping[str, Any]]) -> None:
    """Replace the folder's layers.toml; the files it lists must stand already."""
    lines = ["# Written by manage.py country add.\n"]
    for ident, facts in sorted(listing.items()):
        lines += [f"[{ident}]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())]
        lines.append("")
    write_whole(folder / "boundaries" / "layers.toml", "\n".join(lines).encode())
