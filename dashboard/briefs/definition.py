"""What a brief says, finished in the reader's language; the compiler only sets it in type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.charts.definitions import GapChart, MapChart, TrendChart


@dataclass(frozen=True)
class Headline:
    """One finding: ``lead`` in bold, the rest of the sentence, and an optional note in small type."""

    lead: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class BriefTable:
    """The figures as text; one column holds the interval or "uncertainty unknown".

    ``numeric`` lists the columns (from 0) to align right. Every row has as many cells as ``header``.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.header):
                raise UnevenTable(
                    f"table {self.title!r}, row {number}: {len(row)} cells under {len(self.header)} headers; "
                    "give every row one text for each header"
                )


@dataclass(frozen=True)
class SourceLine:
    """A source with its period and licence in words; ``url`` is drawn as a link only when it is https."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class BriefLabels:
    """The fixed words on the page, already translated."""

    kind: str
    findings: str
    ask: str
    method: str
    sources: str
    release: str
    view: str
    permalink: str
    permalink_alt: str


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A two-page evidence brief.

    ``language`` is a BCP 47 tag; ``permalink`` empty means no public address is set: then the release and the view
    code are printed and no QR code. ``illustrative`` is the warning printed on every page, empty when every figure
    is real.
    """

    title: str
    subtitle: str
    language: str
    place: str
    release: str
    release_date: date
    release_date_text: str
    headlines: tuple[Headline, ...]
    gap: GapChart
    table: BriefTable
    method: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    labels: BriefLabels
    view_code: str
    permalink: str = ""
    map: MapChart | None = None
    comparison: GapChart | None = None
    trend: TrendChart | None = None
    illustrative: str = ""
    ask: str = ""


class UnevenTable(ValueError):
    """A table whose rows do not have one cell under each header."""
