"""Units of rates, and the factor from one to another."""

from __future__ import annotations

from data_access.importing.mapping.fields import Unit

_PER: dict[Unit, float] = {
    "proportion": 1,
    "percent": 100,
    "per_1000": 1_000,
    "per_10000": 10_000,
    "per_100000": 100_000,
    "per_million": 1_000_000,
}
_WORDS: dict[str, Unit] = {
    "%": "percent",
    "percent": "percent",
    "percentage": "percent",
    "pt": "percent",
    "proportion": "proportion",
    "per 1000": "per_1000",
    "per 1,000": "per_1000",
    "per_1000_pop": "per_1000",
    "per_100000_pop": "per_100000",
    "per 100,000": "per_100000",
    "number": "number",
    "index": "index",
    "ix": "index",
    "score": "score",
}


def unit_of(text: str) -> Unit | None:
    """The unit a word of a file means, None when it is not known."""
    return _WORDS.get(text.casefold()) or next((unit for unit in (*_PER,) if unit == text), None)


def factor(unit: Unit, to_unit: Unit) -> float | None:
    """What a value in ``unit`` is multiplied by to be in ``to_unit``; None when one is no rate and they differ."""
    if unit == to_unit:
        return 1
    if unit in _PER and to_unit in _PER:
        return _PER[to_unit] / _PER[unit]
    return None
