"""What was pulled, written into the deployment's own folder as figures with a sidecar: loaded as a release at the
next start, like those that ship."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path

from data_access.connectors.interface import Connector, Pulled
from data_access.connectors.offered import HERE
from data_access.connectors.problems import NotOffered
from data_access.countries.folder import as_csv, table, write_table, write_whole
from data_access.importing.shipped import COLUMNS, SAMPLE_DATA, Sidecar, catalogue_rows
from data_access.importing.tidy import TidyRow

_COLLECTION = {"dhs": ("household_survey", "probability"), "who_gho": ("modelled_estimates", "administrative")}
_MIXED = ("administrative", "administrative")


def keep(pulled: Sequence[Pulled], connector: Connector, folder: Path, sample_data: Path = SAMPLE_DATA) -> Path:
    """Write series of one country into ``folder``: each takes the place of what was held of it, others stay.

    Returns the figures file. Raises NotOffered when the country is not held here, or a series is nowhere defined.
    """
    country = pulled[0].country
    _refuse_unknown_country(country, folder, sample_data)
    _define(sorted({one.series for one in pulled}), folder, sample_data)
    code = f"{connector.name}_{country}".upper()
    file = folder / "figures" / f"{code}.csv"
    came = {one.series for one in pulled}
    rows = [row for row in _standing(file) if row["SERIES"] not in came]
    rows += [_as_row(row, _bounds(one.series, folder, sample_data)) for one in pulled for row in one.rows]
    rows.sort(key=lambda row: (row["SERIES"], row["REF_AREA"], row["GROUP"], row["TIME_PERIOD"]))
    content = as_csv(COLUMNS, rows)
    for one in pulled:
        write_whole(folder / "pulled" / code / f"{one.series}.raw", one.raw)
        write_whole(folder / "pulled" / code / f"{one.series}.json", _record(one))
    write_whole(file, content)
    write_whole(file.with_suffix(".toml"), _sidecar(code, connector, country, content, len(rows), folder, pulled))
    return file


def _refuse_unknown_country(country: str, folder: Path, sample_data: Path) -> None:
    known = {row["iso3"] for row in catalogue_rows("countries", sample_data, illustrative=False)}
    if country not in known | {row["iso3"] for row in table(folder, "countries")}:
        raise NotOffered(f"{country} is not held here; add it first: python3 manage.py country add {country}")


def _define(series: Sequence[str], folder: Path, sample_data: Path) -> None:
    """Add the definition of series that do not ship to the folder's catalogue."""
    own = table(folder, "series")
    known = {row["series"] for row in catalogue_rows("series", sample_data, illustrative=False) + own}
    missing = [code for code in series if code not in known]
    if not missing:
        return
    with (HERE / "further_series.csv").open(encoding="utf-8", newline="") as stream:
        further = {row["series"]: row for row in csv.DictReader(stream)}
    if unknown := [code for code in missing if code not in further]:
        raise NotOffered(f"No series is called {', '.join(unknown)}; define it in {folder}/catalogue/series.csv")
    write_table(folder, "series", own + [further[code] for code in missing])


def _bounds(series: str, folder: Path, sample_data: Path) -> tuple[float, float]:
    rows = catalogue_rows("series", sample_data, illustrative=False) + table(folder, "series")
    row = next(row for row in rows if row["series"] == series)
    return float(row["value_min"] or "-inf"), float(row["value_max"] or "inf")


def _standing(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))


def _as_row(row: TidyRow, bounds: tuple[float, float]) -> dict[str, str]:
    if row.value is not None and not bounds[0] <= row.value <= bounds[1]:
        raise NotOffered(
            f"{row.series} of {row.area}, {row.time_period}: {row.value:g} is not within {bounds[0]:g} to "
            f"{bounds[1]:g}; the service's unit may have changed. No figure was written."
        )
    bounded = row.lower is not None and row.upper is not None and bounds[0] <= row.lower and row.upper <= bounds[1]
    return {
        "REF_AREA": row.area,
        "SERIES": row.series,
        "GROUP": row.group,
        "TIME_PERIOD": row.time_period,
        "OBS_VALUE": _text(row.value),
        "STD_ERR": _text(row.se),
        "LOWER_BOUND": _text(row.lower) if bounded else "",
        "UPPER_BOUND": _text(row.upper) if bounded else "",
        "SAMPLE_SIZE": _text(row.n),
        "POPULATION": _text(row.population),
        "OBS_STATUS": row.status,
        "COMMENT_OBS": row.note,
    }


def _text(number: float | None) -> str:
    return "" if number is None else repr(round(number, 10)).removesuffix(".0")


def _record(pulled: Pulled) -> bytes:
    facts = {
        "service": pulled.connector,
        "country": pulled.country,
        "series": pulled.series,
        "url": pulled.url,
        "accessed": pulled.accessed.isoformat(timespec="seconds"),
        "sha256": pulled.sha256,
        "licence": pulled.licence.name,
        "licence_url": pulled.licence.url,
        "rows": len(pulled.rows),
        "left_out": {one.reason: one.records for one in pulled.left_out},
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def _sidecar(
    code: str, connector: Connector, country: str, content: bytes, rows: int, folder: Path, pulled: Sequence[Pulled]
) -> bytes:
    records = [json.loads(file.read_bytes()) for file in sorted((folder / "pulled" / code).glob("*.json"))]
    collection, sampling = _COLLECTION.get(connector.name, _MIXED)
    accessed = max(one.accessed for one in pulled).date().isoformat()
    obtained = "; ".join(f"{r['series']}: {r['url']} ({r['accessed'][:10]}, SHA-256 {r['sha256']})" for r in records)
    facts = Sidecar(
        code=code,
        title=connector.title,
        publisher=connector.publisher,
        origin="official",
        illustrative=False,
        countries=[country],
        collection=collection,
        sampling=sampling,
        mode="",
        fieldwork_start="",
        fieldwork_end="",
        sample_size="",
        licence=connector.licence.name,
        licence_state=connector.licence.state,
        citation=f"{connector.publisher}, {connector.title}, accessed {accessed}",
        obtained_from=obtained,
        caveats="Fetched by machine from the service and not compared with the publisher's own tables.",
        consent="not_applicable",
        recognition="",
        rows=rows,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    lines = [f"{key} = {json.dumps(getattr(facts, key), ensure_ascii=False)}" for key in Sidecar.__dataclass_fields__]
    return ("\n".join(lines) + "\n").encode()
