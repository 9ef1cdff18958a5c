"""The recorded words by which headers, total rows and notes of tables are known, in the languages of the files."""

from __future__ import annotations

import re
from functools import cache

from data_access.importing.resolution.names import comparable
from data_access.importing.shipped import catalogue_rows

TOTAL = "_T"
DIMENSIONS = (
    "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "DISABILITY_STATUS", "ETHNICITY", "EDUCATION_LEV",
)  # fmt: skip
COLUMNS = {
    "row number": "column of row numbers",
    "unit": "column of units",
    "se": "column of standard errors",
    "lower": "column of lower bounds",
    "upper": "column of upper bounds",
    "n": "column of people asked",
    "population": "column of populations",
    "note": "column of notes",
    "period": "column of periods",
    "series": "column of series",
    "value": "column of values",
    "country": "column of countries",
    "area": "column of areas",
}
"""What a column holds, in the order in which it is asked, and where its words are recorded."""
_BETWEEN = re.compile(r"\s+/\s+|[/|(),;:\n\[\]]")


@cache
def recorded(about: str) -> frozenset[str]:
    """The comparable words recorded about ``about`` in column_words.csv."""
    rows = catalogue_rows("column_words", illustrative=False)
    return frozenset(_plain(row["word"]) for row in rows if row["about"] == about)


@cache
def spelt(about: str) -> tuple[str, ...]:
    """The same words as they are written, for a regular expression over the file's own text."""
    return tuple(row["word"] for row in catalogue_rows("column_words", illustrative=False) if row["about"] == about)


@cache
def is_one(text: str, about: str) -> bool:
    """Whether a text, or one of the parts its signs (``/``, brackets, colon) divide it into, is a word for ``about``.

    ``"Giới tính/Sex"`` is one for SEX: a header in two languages is known by either.
    """
    known = recorded(about)
    return any(part in known for part in (_plain(text), *map(_plain, _BETWEEN.split(text))) if part)


@cache
def has_one(text: str, about: str) -> bool:
    """Whether a word for ``about`` stands anywhere in a text, as a word of its own."""
    plain = f" {_plain(text)} "
    return any(f" {word} " in plain for word in recorded(about))


@cache
def _categories() -> dict[str, tuple[str, str]]:
    found: dict[str, set[tuple[str, str]]] = {}
    rows = [(r["dimension"], r["code"], r["name"]) for r in catalogue_rows("category_names", illustrative=False)]
    for row in catalogue_rows("categories", illustrative=False):
        rows += [(row["dimension"], row["code"], row[name]) for name in ("name", "published_name")]
    for dimension, code, name in rows:
        if (dimension in ("SEX", "URBANISATION", "INCOME_WEALTH_QUANTILE") or code == TOTAL) and name:
            found.setdefault(_plain(name), set()).add((dimension, code))
    return {name: next(iter(of)) for name, of in found.items() if len(of) == 1}


@cache
def category(text: str) -> tuple[str, str] | None:
    """Dimension and code of a group of people that tables set at the head of a column: ``"Nữ"`` → ("SEX", "F").

    The total is ("*", "_T"); None where the text names no sex, residence or wealth fifth, or several.
    """
    known = _categories()
    found = {known[part] for part in (_plain(text), *map(_plain, _BETWEEN.split(text))) if part in known}
    return found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    return comparable(text) or text.strip()
