"""Any SDMX 2.1 REST service: a national office, a UN agency. Messages are parsed as files of partners are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_access.connectors.interface import Gathering, Licence, Offered, Pulled, joined
from data_access.connectors.offered import codes_of, country_code
from data_access.connectors.pages import Page, PageStore
from data_access.connectors.problems import AnswerUnreadable, NotOffered
from data_access.connectors.reading import Words, figure, parts_of, year
from data_access.connectors.web import Web, address
from data_access.importing.readers import LIMITS, UnreadableFile
from data_access.importing.readers.sdmx_ml import read_sdmx_ml
from data_access.importing.tidy import TidyRow

ACCEPT = "application/vnd.sdmx.structurespecificdata+xml;version=2.1, application/vnd.sdmx.genericdata+xml;version=2.1"
_ALL = {"_T": "", "_Z": "", "_X": ""}
WORDS: Words = {
    "SEX": {**_ALL, "F": "SEX=F", "M": "SEX=M"},
    "URBANISATION": {**_ALL, "U": "URBANISATION=U", "R": "URBANISATION=R"},
    "INCOME_WEALTH_QUANTILE": {**_ALL, **{f"Q{n}": f"INCOME_WEALTH_QUANTILE=Q{n}" for n in range(1, 6)}},
    "DISABILITY_STATUS": {**_ALL, "PD": "DISABILITY_STATUS=PD", "PWD": "DISABILITY_STATUS=PWD"},
    "AGE": _ALL,
    **dict.fromkeys(
        ("EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "ACTIVITY", "PRODUCT"), _ALL
    ),
}
NOT_WHO = frozenset({"FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "UNIT_MEASURE", "TIME_PERIOD"})
_STATUS = {"": "A", "A": "A", "B": "A", "D": "A", "E": "E", "I": "E", "P": "P", "U": "U"}


@dataclass
class SdmxEndpoint:
    """One data flow of one service, described by a deployment in its ``sdmx.toml``.

    ``key`` is the flow's key with {area} and {series} in place ("A..{series}.{area}..........."); ``area_code`` says
    which code of a country the service uses (iso2, iso3, m49). Dimensions are those of the global SDG structure.
    """

    name: str
    title: str
    publisher: str
    licence: Licence
    base: str
    flow: str
    key: str
    offered: tuple[Offered, ...]
    area_code: str = "iso2"
    web: Web = field(default_factory=Web)

    def series_offered(self) -> tuple[Offered, ...]:
        """Series listed for this service in ``sdmx.toml``."""
        return self.offered

    def pull(self, country: str, series: str, *, since: int | None = None, store: PageStore) -> Pulled:
        """See ``interface.Connector``."""
        area = country_code(country, self.area_code)
        gathering, pages, number = Gathering(), [], 0
        for offered in codes_of(self.offered, series, self.title):
            page = self.web.get(self._url(area, offered.code, since), store=store, accept=ACCEPT)
            pages.append(page)
            for record in records_of(page):
                number += 1
                _take(gathering, record, country, area, offered, number)
        return gathering.pulled(self, country, series, pages)

    def check(self, *, store: PageStore) -> str:
        """Ask for the flow's description only."""
        agency, flow, version = (
            (*self.flow.split(","), "latest", "latest")[:3] if "," in self.flow else ("all", self.flow, "latest")
        )
        url = address(self.base, f"dataflow/{agency}/{flow}/{version}", detail="allstubs")
        page = self.web.get(url, store=store, accept="application/vnd.sdmx.structure+xml;version=2.1", anew=True)
        found = page.body.count(b":Dataflow ")
        if not found:
            raise AnswerUnreadable(page.url, "no data flow of this name is described there")
        return f"{found} data flow"

    def _url(self, area: str, code: str, since: int | None) -> str:
        key = self.key.format(area=area, series=code)
        return address(self.base, f"data/{self.flow}/{key}", startPeriod=since)


def records_of(page: Page) -> list[dict[str, str]]:
    """Every observation of a data message: its dimensions and attributes by id, and OBS_VALUE, all as text."""
    try:
        sheet, _ = read_sdmx_ml(page.url, page.body, LIMITS)
    except UnreadableFile as error:
        raise AnswerUnreadable(page.url, str(error)[:300]) from error
    names, *rows = sheet.rows
    return [{str(name): str(cell) for name, cell in zip(names, row, strict=True) if cell is not None} for row in rows]


def _take(
    gathering: Gathering, record: Mapping[str, str], country: str, area: str, offered: Offered, number: int
) -> None:
    if record.get("REF_AREA") != area or record.get("SERIES", offered.code) != offered.code:
        return gathering.leave_out("of another place or series")
    value, period = figure(record.get("OBS_VALUE")), year(record.get("TIME_PERIOD"))
    if value is None or period is None:
        return gathering.leave_out("no value or no year")
    status = record.get("OBS_STATUS", "")
    if status not in _STATUS:
        return gathering.leave_out(f"status {status}, which is no observation")
    who = {k: v for k, v in record.items() if k in WORDS and k not in NOT_WHO}
    parts = parts_of(who, WORDS, offered.only)
    if isinstance(parts, str):
        return gathering.leave_out(parts)
    lower, upper = figure(record.get("LOWER_BOUND")), figure(record.get("UPPER_BOUND"))
    gathering.add(
        TidyRow(
            area=country,
            series=offered.series,
            group=joined([*offered.group.split("|"), *parts]),
            time_period=period,
            value=value,
            lower=lower,
            upper=upper,
            status=_STATUS[status],
            note=record.get("SOURCE_DETAIL", ""),
            row=number,
            column="OBS_VALUE",
        )
    )
    return None


def endpoints(file: Path, web: Web) -> tuple[SdmxEndpoint, ...]:
    """The services described in a deployment's ``sdmx.toml``, none where there is no such file.

    Raises NotOffered, naming the file, the service and what is missing.
    """
    if not file.exists():
        return ()
    try:
        listing = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotOffered(f"{file}: {error}") from error
    return tuple(_endpoint(file, name, facts, web) for name, facts in listing.items())


def _endpoint(file: Path, name: str, facts: Mapping[str, Any], web: Web) -> SdmxEndpoint:
    try:
        return SdmxEndpoint(
            name=name,
            title=facts["title"],
            publisher=facts["publisher"],
            licence=Licence(facts["licence"], facts.get("licence_state", "unverified"), facts.get("licence_url", "")),
            base=facts["base"],
            flow=facts["flow"],
            key=facts["key"],
            offered=tuple(Offered(ours, theirs) for ours, theirs in facts["series"].items()),
            area_code=facts.get("area_code", "iso2"),
            web=web,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise NotOffered(f"{file}: [{name}] lacks {error}; see docs/connectors.md") from error
