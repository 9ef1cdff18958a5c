"""Withhold, in a shipped figures file, what would give small groups away, and record the file's new hash.

    python sample_data/scripts/protect_figures.py KEN_CENSUS_2019 NPL_CENSUS_2011

Run once for a file as it came from its publisher; run again on its own result, it changes nothing. The rule and the
attack the result has to withstand are those of ``docs/methods/disclosure-control.md``.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data_access.importing.shipped import COLUMNS, ShippedSource, catalogue_rows, shipped_sources  # noqa: E402
from data_access.publishing import Row, decide  # noqa: E402
from data_access.publishing.shipped import scope_of  # noqa: E402

NOTE = "withheld here to protect people"
EMPTIED = ("OBS_VALUE", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "SAMPLE_SIZE", "POPULATION")


def rows_of(source: ShippedSource) -> list[Row]:
    """The rows of a shipped file as the decision takes them."""
    country_of = {r["code"]: r["country"] for r in catalogue_rows("areas", illustrative=False)}
    unit_of = {r["series"]: r["unit"] for r in catalogue_rows("series", illustrative=True)}
    return [
        Row(
            country_of[r.area],
            r.area,
            r.series,
            unit_of[r.series],
            r.group,
            r.time_period,
            r.value,
            r.n,
            r.population,
            r.status,
        )
        for r in source.rows()
    ]


def main(codes: list[str]) -> int:
    """Protect the files of these sources and say how many rows each loses."""
    for source in shipped_sources(illustrative=False):
        if source.sidecar.code in codes:
            decision = decide(rows_of(source), scope_of(source.sidecar))
            _write(source.file, set(decision.withheld))
            kinds = [withheld.kind for withheld in decision.withheld.values()]
            print(
                f"{source.sidecar.code}: {kinds.count('primary')} small, {kinds.count('complementary')} for another's "
                f"sake; sums not looked at: {', '.join(decision.unlinked) or 'none'}"
            )
    return 0


def _write(file: Path, withheld: set[int]) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for position in withheld:
        rows[position] |= dict.fromkeys(EMPTIED, "") | {"OBS_STATUS": "Q", "COMMENT_OBS": NOTE}
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sidecar = file.with_suffix(".toml")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    text = re.sub(r'^sha256 = ".*"$', f'sha256 = "{digest}"', sidecar.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sidecar.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
