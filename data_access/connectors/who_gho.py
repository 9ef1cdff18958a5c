"""WHO's Global Health Observatory: OData API (who.int/data/gho/info/gho-odata-api)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data_access.connectors.interface import Gathering, Licence, Offered, Pulled, joined
from data_access.connectors.offered import codes_of, country_code, offered_by
from data_access.connectors.pages import Page, PageStore
from data_access.connectors.problems import AnswerUnreadable
from data_access.connectors.reading import Words, figure, parts_of, year
from data_access.connectors.web import Web, address, member, read_json
from data_access.importing.tidy import TidyRow

MOST_PAGES = 200

_WORDS: dict[str, dict[str, str]] = {
    "SEX": {"BTSX": "", "FMLE": "SEX=F", "MLE": "SEX=M"},
    "RESIDENCEAREATYPE": {"TOTL": "", "URB": "URBANISATION=U", "RUR": "URBANISATION=R"},
    "WEALTHQUINTILE": {f"WQ{n}": f"INCOME_WEALTH_QUANTILE=Q{n}" for n in range(1, 6)},
}
WORDS: Words = {kind: values | {f"{kind}_{k}": v for k, v in values.items()} for kind, values in _WORDS.items()}
"""Values stand with the dimension's name before them ("SEX_BTSX") or, in older tables, without."""


LICENCE = Licence("CC BY-NC-SA 3.0 IGO", "share-alike", "https://www.who.int/about/policies/publishing/copyright")


@dataclass
class WhoGho:
    """Health figures by country and year; among them both indicators of target 3.8."""

    web: Web = field(default_factory=Web)
    base: str = "https://ghoapi.azureedge.net/api"
    name: str = "who_gho"
    title: str = "WHO Global Health Observatory"
    publisher: str = "World Health Organization"
    licence: Licence = LICENCE

    def series_offered(self) -> tuple[Offered, ...]:
        """Series whose indicator code is known."""
        return offered_by(self.name)

    def pull(self, country: str, series: str, *, since: int | None = None, store: PageStore) -> Pulled:
        """See ``interface.Connector``; further pages are where @odata.nextLink says."""
        country_code(country, "iso3")
        gathering, number = Gathering(), 0
        pages: list[Page] = []
        for offered in codes_of(self.series_offered(), series, self.title):
            wanted = f"SpatialDim eq '{country}'" + (f" and TimeDim ge {since}" if since is not None else "")
            url: str | None = address(self.base, offered.code, **{"$filter": wanted})
            while url:
                if len(pages) == MOST_PAGES:
                    raise AnswerUnreadable(url, f"it goes on for more than {MOST_PAGES} pages")
                page = self.web.get(url, store=store)
                answer = read_json(page)
                pages.append(page)
                for record in member(page, answer, "value", list):
                    number += 1
                    _take(gathering, record, country, offered, number)
                following = answer.get("@odata.nextLink")
                url = _beside(following, self.base) if following else None
        return gathering.pulled(self, country, series, pages)

    def check(self, *, store: PageStore) -> str:
        """Ask for one record of Kenya's service coverage index."""
        url = address(self.base, "UHC_INDEX_REPORTED", **{"$filter": "SpatialDim eq 'KEN'", "$top": "1"})
        page = self.web.get(url, store=store, anew=True)
        return f"{len(member(page, read_json(page), 'value', list))} record of UHC_INDEX_REPORTED for Kenya"


def _beside(link: str, base: str) -> str:
    """The next page, which must lie at the service itself."""
    if not link.startswith(base):
        raise AnswerUnreadable(link, "the next page lies elsewhere")
    return link


def _take(gathering: Gathering, record: Any, country: str, offered: Offered, number: int) -> None:
    if not isinstance(record, Mapping) or record.get("SpatialDim") != country:
        return gathering.leave_out("of another place")
    if record.get("TimeDimType", "YEAR") != "YEAR" or (period := year(record.get("TimeDim"))) is None:
        return gathering.leave_out("no year")
    value = figure(record.get("NumericValue"))
    if value is None:
        return gathering.leave_out("no value")
    told_apart = {record.get(f"Dim{n}Type"): record.get(f"Dim{n}") for n in (1, 2, 3) if record.get(f"Dim{n}Type")}
    parts = parts_of({str(kind): value for kind, value in told_apart.items()}, WORDS, offered.only)
    if isinstance(parts, str):
        return gathering.leave_out(parts)
    gathering.add(
        TidyRow(
            area=country,
            series=offered.series,
            group=joined([*offered.group.split("|"), *parts]),
            time_period=period,
            value=value,
            lower=figure(record.get("Low")),
            upper=figure(record.get("High")),
            note=f"WHO {offered.code}",
            row=number,
            column="NumericValue",
        )
    )
    return None
