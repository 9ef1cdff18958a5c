"""World Bank Indicators API, version 2: JSON, paged (datahelpdesk.worldbank.org, "Indicator API queries")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from data_access.connectors.interface import Gathering, Licence, Offered, Pulled, joined
from data_access.connectors.offered import codes_of, country_code, offered_by
from data_access.connectors.pages import Page, PageStore
from data_access.connectors.problems import AnswerUnreadable, ServiceRefused
from data_access.connectors.reading import figure, year
from data_access.connectors.web import Web, address, member, read_json
from data_access.importing.tidy import TidyRow

_STATUS = {"": "A", "E": "E", "P": "P"}


LICENCE = Licence("CC BY 4.0", "attribution", "https://datacatalog.worldbank.org/public-licenses")


@dataclass
class WorldBank:
    """Figures by country and year; residence and sex are indicators of their own."""

    web: Web = field(default_factory=Web)
    base: str = "https://api.worldbank.org/v2"
    per_page: int = 500
    name: str = "world_bank"
    title: str = "World Bank, World Development Indicators"
    publisher: str = "World Bank"
    licence: Licence = LICENCE

    def series_offered(self) -> tuple[Offered, ...]:
        """Series whose indicator is known."""
        return offered_by(self.name)

    def pull(self, country: str, series: str, *, since: int | None = None, store: PageStore) -> Pulled:
        """See ``interface.Connector``: one indicator for each group that the Bank keeps apart."""
        country_code(country, "iso3")
        gathering, pages, number = Gathering(), [], 0
        for offered in codes_of(self.series_offered(), series, self.title):
            for page, records in self._indicator(country, offered.code, since, store):
                pages.append(page)
                for record in records:
                    number += 1
                    _take(gathering, record, country, offered, number)
        return gathering.pulled(self, country, series, pages)

    def check(self, *, store: PageStore) -> str:
        """Ask for Kenya's population of one year."""
        url = self._url("KEN", "SP.POP.TOTL", 1, "2020", 1)
        head, records = _answer(self.web.get(url, store=store, anew=True))
        return f"{len(records)} of {head['total']} records of SP.POP.TOTL for Kenya, 2020"

    def _indicator(self, country: str, code: str, since: int | None, store: PageStore) -> list[tuple[Page, list[Any]]]:
        span = f"{since}:{store.now().year}" if since is not None else None
        found: list[tuple[Page, list[Any]]] = []
        count = 1
        while len(found) < count:
            page = self.web.get(self._url(country, code, len(found) + 1, span, self.per_page), store=store)
            head, records = _answer(page)
            count = int(head["pages"])
            found.append((page, records))
        return found

    def _url(self, country: str, code: str, number: int, span: str | None, per_page: int) -> str:
        path = f"country/{country}/indicator/{code}"
        return address(self.base, path, format="json", per_page=per_page, page=number, date=span)


def _answer(page: Page) -> tuple[dict[str, Any], list[Any]]:
    """An answer's head and records; it is a list of the two, or of one message when something is wrong."""
    answer = read_json(page)
    if not isinstance(answer, list) or not answer or not isinstance(answer[0], dict):
        raise AnswerUnreadable(page.url, "it is no list of a head and records")
    if messages := answer[0].get("message"):
        words = "; ".join(f"{m.get('key', '')}: {m.get('value', '')}" for m in messages if isinstance(m, dict))
        raise ServiceRefused(page.url, words or "without a reason")
    for key in ("pages", "total"):
        member(page, answer[0], key, int)
    records = answer[1] if len(answer) > 1 else None
    if records is not None and not isinstance(records, list):
        raise AnswerUnreadable(page.url, "its records are no list")
    return answer[0], records or []


def _take(gathering: Gathering, record: Any, country: str, offered: Offered, number: int) -> None:
    if not isinstance(record, dict) or record.get("countryiso3code") != country:
        return gathering.leave_out("of another country")
    value, period = figure(record.get("value")), year(record.get("date"))
    if value is None:
        return gathering.leave_out("no value")
    if period is None:
        return gathering.leave_out("no year")
    status = str(record.get("obs_status") or "")
    if status not in _STATUS:
        return gathering.leave_out(f"status {status}, which is no observation")
    gathering.add(
        TidyRow(
            area=country,
            series=offered.series,
            group=joined([*offered.group.split("|")]),
            time_period=period,
            value=value,
            status=_STATUS[status],
            note=f"World Bank {offered.code}",
            row=number,
            column="value",
        )
    )
    return None
