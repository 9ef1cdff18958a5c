"""The UN's Global SDG Indicators Database: API version 1 (unstats.un.org/sdgs/UNSDGAPIV5 and its Swagger pages)."""

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

_WORDS: dict[str, dict[str, str]] = {
    "Sex": {"BOTHSEX": "", "FEMALE": "SEX=F", "MALE": "SEX=M"},
    "Location": {"ALLAREA": "", "URBAN": "URBANISATION=U", "RURAL": "URBANISATION=R"},
    "Age": {"ALLAGE": ""},
    "Quantile": {"_T": "", **{f"Q{n}": f"INCOME_WEALTH_QUANTILE=Q{n}" for n in range(1, 6)}},
    "Disability status": {"_T": "", "PD": "DISABILITY_STATUS=PD", "PWD": "DISABILITY_STATUS=PWD"},
    "Education level": {"_T": ""},
    "Reporting Type": {"G": "", "N": ""},
}
WORDS: Words = {dimension: {**values, "NA": ""} for dimension, values in _WORDS.items()}
"""NA: the dimension does not apply to the series, so that it tells nobody apart."""
_NATURE = {"C": "A", "CA": "A", "E": "E", "M": "E", "G": "A", "": "A"}
"""How a figure came about (code list Nature) → its status: estimated and modelled figures are estimates."""


LICENCE = Licence(
    "Free use with attribution to the source (terms of data.un.org)",
    "attribution",
    "https://data.un.org/Host.aspx?Content=UNdataUse",
)


@dataclass
class UnSdg:
    """Figures the custodian agencies report, by country, year, and whatever dimensions a series has."""

    web: Web = field(default_factory=Web)
    base: str = "https://unstats.un.org/SDGAPI/v1/sdg"
    per_page: int = 1000
    name: str = "un_sdg"
    title: str = "United Nations Global SDG Indicators Database"
    publisher: str = "United Nations Statistics Division"
    licence: Licence = LICENCE

    def series_offered(self) -> tuple[Offered, ...]:
        """Series whose code in the database is known."""
        return offered_by(self.name)

    def pull(self, country: str, series: str, *, since: int | None = None, store: PageStore) -> Pulled:
        """See ``interface.Connector``."""
        area = country_code(country, "m49")
        gathering, number = Gathering(), 0
        pages: list[Page] = []
        for offered in codes_of(self.series_offered(), series, self.title):
            count, first = 1, len(pages)
            while len(pages) - first < count:
                url = self._url(offered.code, area, len(pages) - first + 1, since, self.per_page)
                page = self.web.get(url, store=store)
                answer = read_json(page)
                count = member(page, answer, "totalPages", int)
                pages.append(page)
                for record in member(page, answer, "data", list):
                    number += 1
                    _take(gathering, page, record, country, area, offered, number)
        return gathering.pulled(self, country, series, pages)

    def check(self, *, store: PageStore) -> str:
        """Ask for one record of Kenya's under-five mortality."""
        page = self.web.get(self._url("SH_DYN_MORT", "404", 1, None, 1), store=store, anew=True)
        answer = read_json(page)
        records = member(page, answer, "data", list)
        return f"{len(records)} of {member(page, answer, 'totalElements', int)} records of SH_DYN_MORT for Kenya"

    def _url(self, code: str, area: str, number: int, since: int | None, per_page: int) -> str:
        return address(
            self.base,
            "Series/Data",
            seriesCode=code,
            areaCode=area,
            timePeriodStart=since,
            page=number,
            pageSize=per_page,
        )


def _take(
    gathering: Gathering, page: Page, record: Any, country: str, area: str, offered: Offered, number: int
) -> None:
    if not isinstance(record, Mapping):
        raise AnswerUnreadable(page.url, "a record is no object")
    if str(record.get("geoAreaCode")) != area or record.get("series") != offered.code:
        return gathering.leave_out("of another country or series")
    value, period = figure(record.get("value")), year(record.get("timePeriodStart"))
    if value is None:
        return gathering.leave_out(f"value {record.get('value')!r} is no number")
    if period is None:
        return gathering.leave_out("no year")
    parts = parts_of(record.get("dimensions") or {}, WORDS, offered.only)
    if isinstance(parts, str):
        return gathering.leave_out(parts)
    attributes = record.get("attributes") or {}
    nature = str(attributes.get("Nature") or "")
    if nature not in _NATURE:
        return gathering.leave_out(f"of nature {nature}")
    gathering.add(
        TidyRow(
            area=country,
            series=offered.series,
            group=joined([*offered.group.split("|"), *parts]),
            time_period=period,
            value=value,
            lower=figure(record.get("lowerBound")),
            upper=figure(record.get("upperBound")),
            status=_NATURE[nature],
            note=" ".join(f"{record.get('source') or ''} {'(modelled)' if nature == 'M' else ''}".split()),
            row=number,
            column="value",
        )
    )
    return None
