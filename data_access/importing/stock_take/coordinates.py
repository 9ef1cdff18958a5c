"""Coordinates are kept only where they are an area's: the same in all its rows, so that they show nobody's place."""

from __future__ import annotations

from data_access.importing.mapping.cells import number_of
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.stock_take.personal import RULE
from data_access.importing.stock_take.tables import LaidOut

Point = tuple[float, float]


def coordinates(one: LaidOut, ledger: Ledger) -> dict[int, Point]:
    """Latitude and longitude in degrees by position of the row; empty where the mapping names none.

    Refused, as personal: coordinates that differ within one place as written, or that cannot be compared as no place
    stands twice. Refused too: what is no latitude or longitude.
    """
    at = {column.means: place for place, column in one.meant.items() if column.means in ("latitude", "longitude")}
    if len(at) < 2:
        return {}
    north, east = at["latitude"], at["longitude"]
    named = [place for place, column in one.meant.items() if column.means in ("area", "area_code")]
    found: dict[int, Point] = {}
    places: dict[tuple[str, ...], list[Point]] = {}
    for row, cells in enumerate(one.cells):
        y = _degrees(one, row, north, 90, ledger)
        x = _degrees(one, row, east, 180, ledger)
        if y is not None and x is not None:
            found[row] = (y, x)
            places.setdefault(tuple(cells[place] for place in named), []).append((y, x))
    differing = sum(len(set(points)) > 1 for points in places.values())
    compared = any(len(points) > 1 for points in places.values())
    why = ""
    if differing:
        why = (
            f"The coordinates differ within {differing:,} of {len(places):,} places, so they are finer than the places."
        )
    elif places and not compared:
        why = "No place stands twice, so it cannot be seen whether the coordinates are finer than the places."
    if why:
        label = f"{one.headers[north]}, {one.headers[east]}"
        mend = "They may show where single people are: leave both columns out (drop)."
        ledger.add("refused", RULE, why, mend, column=label)
    return found


def _degrees(one: LaidOut, row: int, column: int, most: int, ledger: Ledger) -> float | None:
    text = one.cells[row][column]
    if not text or text in one.table.missing:
        return None
    number = number_of(text, ".")
    if number is None or abs(number) > most:
        ledger.add(
            "refused",
            "coordinate",
            f"The cell is no number of degrees between -{most} and {most}.",
            "Correct the cell, or leave both columns out (drop).",
            row=one.numbers[row],
            column=one.headers[column],
            value="" if number is None else text,
        )
        return None
    return number
