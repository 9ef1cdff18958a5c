"""The raw answers of services, kept in the deployment's own folder under the hash of their bytes."""

from __future__ import annotations

import json
from pathlib import Path

from data_access.connectors.interface import Pulled
from data_access.countries.folder import write_whole

FOLDER = "pulled"


def keep_answer(pulled: Pulled, source: str, folder: Path) -> Path:
    """Keep the answers a series was made of as ``pulled/SOURCE/SERIES-SHA256.raw``, and beside them what is known of
    them; returns the file. What is kept already stays as it is."""
    file = folder / FOLDER / source / f"{pulled.series}-{pulled.sha256}.raw"
    if not file.exists():
        write_whole(file.with_suffix(".json"), _facts(pulled))
        write_whole(file, pulled.raw)
    return file


def _facts(pulled: Pulled) -> bytes:
    facts = {
        "service": pulled.connector,
        "country": pulled.country,
        "series": pulled.series,
        "address": pulled.url,
        "accessed": pulled.accessed.isoformat(timespec="seconds"),
        "sha256": pulled.sha256,
        "licence": pulled.licence.name,
        "licence_address": pulled.licence.url,
        "rows": len(pulled.rows),
        "left_out": {one.reason: one.records for one in pulled.left_out},
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()
