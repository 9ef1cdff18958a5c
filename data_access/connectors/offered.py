"""Which of our series a service has under which code, and the codes services have for countries: rows, not code."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from data_access.connectors.interface import Offered
from data_access.connectors.problems import NotOffered

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    with (HERE / "offered.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def offered_by(service: str) -> tuple[Offered, ...]:
    """The series a service is known to have, in order of our code."""
    found = (
        Offered(r["series"], r["code"], r["group"], r["only"], r["verified_in"])
        for r in _rows()
        if r["service"] == service
    )
    return tuple(sorted(found, key=lambda o: (o.series, o.group)))


def codes_of(offered: tuple[Offered, ...], series: str, title: str) -> tuple[Offered, ...]:
    """Where to find ``series``; some services keep a group's figures under a code of their own. Raises NotOffered."""
    found = tuple(one for one in offered if one.series == series)
    if not found:
        known = ", ".join(sorted({one.series for one in offered}))
        raise NotOffered(f"{title} does not have {series}, or its code there is not known; known are: {known}")
    return found


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict[str, str]]:
    with (HERE / "country_codes.csv").open(encoding="utf-8", newline="") as stream:
        return {row["iso3"]: row for row in csv.DictReader(stream)}


def country_code(iso3: str, kind: str) -> str:
    """A country's code of another ``kind``: "iso2" or "m49". Raises NotOffered for what is no ISO 3166-1 code."""
    if iso3 not in _countries():
        raise NotOffered(f"{iso3!r} is no country code; write three capital letters (ISO 3166-1 alpha-3), such as MWI")
    return iso3 if kind == "iso3" else _countries()[iso3][kind]
