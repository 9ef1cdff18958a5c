"""Published figures of a source in the formats that others read, in which they can be brought back without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import IO

from sqlmodel import Session

from data_access.figures import Figure
from data_access.importing.mapping.writing import Described, Words, heat_plus, open_sdg, sdmx_csv
from data_access.importing.tidy import TidyRow
from data_access.queries.catalogue import read_catalogue
from data_access.queries.facts import Catalogue
from data_access.releases.exporting import ILLUSTRATIVE, Exported, plain, published_figures
from data_access.releases.problems import ReleaseProblem, Unknown

FORMATS: Mapping[str, Callable[[Iterable[TidyRow], Words | None], str]] = MappingProxyType(
    {"heat-plus": heat_plus, "open-sdg": open_sdg, "sdmx-csv": sdmx_csv}
)


class OneSource(ReleaseProblem):
    """A format that does not say which source a figure is from can hold one source alone."""

    def __init__(self, code: str, format_: str) -> None:
        super().__init__(
            f"{format_} has no place to say which source each figure is from, and {code} is a series of several: "
            "name one source, or write it as csv."
        )


def export_as(session: Session, code: str, format_: str, out: IO[str]) -> Exported:
    """Write the current figures of the source ``code`` in one of FORMATS. Raises Unknown and OneSource.

    The remark of an invented figure begins with the word that it is.
    """
    known = read_catalogue(session)
    if code in known.series:
        raise OneSource(code, format_)
    if code not in known.sources:
        raise Unknown(code)
    rows = [_row(figure) for figure in published_figures(session, known, code)]
    out.write(FORMATS[format_](rows, _words(known, code)))
    return Exported(len(rows))


def _row(f: Figure) -> TidyRow:
    note = plain(f.note)
    return TidyRow(
        area=f.area,
        series=f.series,
        group=f.group,
        time_period=f.time_period,
        value=f.value,
        se=f.se,
        lower=f.lower,
        upper=f.upper,
        n=f.n,
        population=f.population,
        status=f.status,
        note=". ".join(filter(None, (ILLUSTRATIVE, note))) if f.illustrative else note,
    )


def _words(known: Catalogue, code: str) -> Words:
    orders: dict[str, list[str]] = {name: [] for name, facts in known.dimensions.items() if facts.ordered}
    for facts in sorted(known.categories.values(), key=lambda one: one.rank):
        if facts.dimension in orders:
            orders[facts.dimension].append(facts.code)
    return Words(
        source=code,
        countries={area.code: area.country for area in known.areas.values()},
        series={s.code: Described(s.name, s.favourable, s.scale, s.unit) for s in known.series.values()},
        orders=orders,
    )
