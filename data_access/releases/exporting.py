"""Published figures as CSV: what readers may see, through the queries they see it by, with source and licence a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from sqlmodel import Session

from data_access.figures import Figure
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.figures import read_figures
from data_access.releases.problems import Unknown

ILLUSTRATIVE = "invented, for illustration only"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows were written."""

    rows: int


HEADER = (
    *("ILLUSTRATIVE", "REF_AREA", "AREA_NAME", "SERIES", "UNIT_MEASURE", "GROUP", "TIME_PERIOD", "OBS_VALUE"),
    *("STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "SAMPLE_SIZE", "POPULATION", "OBS_STATUS", "COMMENT_OBS", "SOURCE"),
    *("SOURCE_TITLE", "PUBLISHER", "ORIGIN", "LICENCE", "RELEASE", "SOURCE_ROW"),
)


def export_csv(session: Session, code: str, out: IO[str]) -> Exported:
    """Write the current figures of the source, or of the series, that bears ``code``. Raises Unknown.

    A source that readers may not see is as unknown as one that never was.
    """
    known = read_catalogue(session)
    if code not in known.sources and code not in known.series:
        raise Unknown(code)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    count = 0
    for figure in published_figures(session, known, code):
        writer.writerow(_cells(figure))
        count += 1
    return Exported(count)


def published_figures(session: Session, known: Catalogue, code: str) -> Iterator[Figure]:
    """The current figures of a source or series, as readers see them."""
    held = {(h.country, h.series) for h in known.holdings if code in (h.source, h.series)}
    only = [code] if code in known.sources else None
    for country, series in sorted(held):
        yield from read_figures(session, known, country=country, series=series, sources=only)


def _cells(f: Figure) -> list[str | float | int | None]:
    numbers = (f.value, f.se, f.lower, f.upper, f.n, f.population)
    said = (f.note, f.source, f.source_title, f.publisher, f.origin, f.licence, f.release)
    return [
        ILLUSTRATIVE if f.illustrative else "",
        f.area,
        plain(f.area_name),
        f.series,
        f.unit,
        f.group,
        f.time_period,
        *numbers,
        f.status,
        *map(plain, said),
        f.row,
    ]


def plain(text: str) -> str:
    """``text`` that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
