"""Totals among their parts, and parts that come to more than their total."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data_access.importing.checks.report import Hits
from data_access.importing.checks.table import Bools, Floats, Ints, Table, where
from data_access.importing.resolution.names import comparable

TOTAL_WORDS = frozenset(
    comparable(word)
    for word in (
        "Total",
        "Grand total",
        "Subtotal",
        "Sub-total",
        "All",
        "Overall",
        "Sum",
        "Whole country",
        "National",
        "Tổng số",
        "Cả nước",
        "जम्मा",
        "कुल",
        "মোট",
        "Jumla",
        "Ensemble",
        "_T",
    )
)
PARTITIONS = ("SEX", "URBANISATION", "DISABILITY_STATUS", "INCOME_WEALTH_QUANTILE")
"""Dimensions whose categories share everybody out; of caste, age and education groups overlap in the catalogue."""

FEWEST_PARTS = 3
ROUNDING = 0.5
"""By how much each whole figure may be off through rounding."""


def named_totals(table: Table) -> Iterator[Hits]:
    """Rows whose area or group cell says "Total" and that were taken for one of the parts."""
    for name, code, whole in (("area_text", "area", table.has_kind("country")), ("group_text", "group", None)):
        if name not in table.frame:
            continue
        text = table.text(name)
        said = text.where([comparable(label) in TOTAL_WORDS for label in text.labels])
        is_whole = (
            whole if whole is not None else table.text("group").where([x == "" for x in table.text("group").labels])
        )
        if (bad := said & ~is_whole).any():
            yield Hits(
                "total_among_parts",
                "refused",
                where(bad),
                f"The cell names a total; the row was taken for one {code}.",
                "Map the row to the whole, or leave it out.",
                name,
            )


def sums_among_parts(table: Table) -> Iterator[Hits]:
    """Counts that equal the sum of all others beside them: a total row taken for an area."""
    value = table.number("value")
    for kind in ("admin1", "admin2"):
        rows = where(table.has_unit("NUMBER") & np.isfinite(value) & table.has_kind(kind))
        if not rows.size:
            continue
        codes, _labels = pd.factorize(table.key("series", "group", "time_period")[rows])
        mine, cells = value[rows], np.bincount(codes)
        total = np.bincount(codes, mine)[codes]
        bad = (np.abs(2 * mine - total) <= ROUNDING * 2) & (mine > 0) & (cells[codes] > FEWEST_PARTS)
        if bad.any():
            yield Hits(
                "total_among_parts",
                "question",
                rows[bad],
                "This count is the sum of all others of its kind.",
                "If the row is a total, map it to the whole or leave it out; if not, say so.",
            )


def parts_exceed_whole(table: Table) -> Iterator[Hits]:
    """Counts of areas that come to more than their country's, of categories to more than everybody's."""
    value = table.number("value")
    counted = table.has_unit("NUMBER") & np.isfinite(value)
    if not counted.any():
        return
    areas = table.catalogue.areas
    labels = table.text("area").labels
    country = {c: i for i, c in enumerate(sorted({areas[x].country for x in labels if x in areas}))}
    of_country = table.text("area").of_labels([country[areas[x].country] if x in areas else -1.0 for x in labels], -1.0)
    other = _numbered(table.key("series", "group", "time_period")) * (len(country) + 1) + of_country.astype(np.int64)
    for kind in ("admin1", "admin2"):
        rows = _exceeding(counted & table.has_kind("country"), counted & table.has_kind(kind), other, value)
        if rows.size:
            yield Hits(
                "parts_exceed_whole",
                "refused",
                rows,
                f"The areas ({kind}) of the file come to more than this total.",
                "Correct the total or the parts; look for a total row among the parts.",
            )
    for dimension in PARTITIONS:
        part, without = _without(table, dimension)
        if not part.any():
            continue
        rest = _numbered(table.key("series", "area", "time_period")) * (int(without.max()) + 2) + without
        whole = ~part & counted
        rows = _exceeding(whole, counted & part, rest, value)
        if rows.size:
            yield Hits(
                "parts_exceed_whole",
                "refused",
                rows,
                f"Its parts by {dimension} come to more than this total.",
                "Correct the total or the parts; look for people counted in two of them.",
            )


def _numbered(key: Ints) -> Ints:
    return np.asarray(pd.factorize(key)[0], np.int64)


def _exceeding(whole: Bools, part: Bools, key: Ints, value: Floats) -> Ints:
    """Rows of ``whole`` whose parts (same key) sum to more than they are, beyond rounding."""
    if not whole.any() or not part.any():
        return np.array([], np.int64)
    rows = where(whole | part)
    codes, _labels = pd.factorize(key[rows])
    is_part = part[rows]
    total = np.bincount(codes, np.where(is_part, value[rows], 0.0))
    cells = np.bincount(codes, is_part)
    allowed = value[rows] + ROUNDING * (cells[codes] + 1)
    exceeding = ~is_part & (cells[codes] > 1) & (total[codes] > allowed)
    return np.asarray(rows[exceeding], np.int64)


def _without(table: Table, dimension: str) -> tuple[Bools, Ints]:
    """Rows told apart by ``dimension``, and a number for each row's group without it."""
    rest: dict[tuple[tuple[str, str], ...], int] = {}
    codes, marked = [], []
    for parts in table.groups:
        others = tuple(sorted((d, c) for d, c in (parts or {}).items() if d != dimension))
        codes.append(float(rest.setdefault(others, len(rest))))
        marked.append(parts is not None and dimension in parts)
    group = table.text("group")
    return group.where(marked), group.of_labels(codes, 0.0).astype(np.int64)
