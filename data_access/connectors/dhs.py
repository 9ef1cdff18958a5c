"""The DHS Program's indicator API (api.dhsprogram.com/rest/dhs): survey estimates by background characteristic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data_access.connectors.interface import Gathering, Licence, Offered, Pulled, joined
from data_access.connectors.offered import codes_of, country_code, offered_by
from data_access.connectors.pages import Page, PageStore
from data_access.connectors.problems import NotOffered
from data_access.connectors.reading import figure, year
from data_access.connectors.web import Web, address, member, read_json
from data_access.folding import fold
from data_access.importing.tidy import TidyRow

GROUPS: dict[tuple[str, str], str] = {
    ("Residence", "Urban"): "URBANISATION=U",
    ("Residence", "Rural"): "URBANISATION=R",
    ("Education", "No education"): "EDUCATION_LEV=NONE",
    ("Education", "Primary"): "EDUCATION_LEV=PRIMARY",
    ("Education", "Secondary"): "EDUCATION_LEV=SECONDARY",
    ("Education", "Higher"): "EDUCATION_LEV=HIGHER",
    **{
        ("Wealth quintile", label): f"INCOME_WEALTH_QUANTILE=Q{n}"
        for n, label in enumerate(("Lowest", "Second", "Middle", "Fourth", "Highest"), 1)
    },
}
FEW, TOO_FEW = 50, 25
"""Fewer unweighted cases than FEW: shown in parentheses in DHS reports; than TOO_FEW: not shown at all."""


LICENCE = Licence(
    "Terms of use of the DHS Program; what they say of indicator data was not verified",
    "unverified",
    "https://www.dhsprogram.com/data/terms-of-use.cfm",
)


@dataclass
class Dhs:
    """Estimates of every Demographic and Health Survey of a country.

    ``areas`` are the country's areas by folded name: a region of a survey is taken when it bears exactly the name of
    one of them, and left out otherwise.
    """

    web: Web = field(default_factory=Web)
    areas: Mapping[str, str] = field(default_factory=dict)
    base: str = "https://api.dhsprogram.com/rest/dhs"
    per_page: int = 1000
    name: str = "dhs"
    title: str = "The DHS Program, indicator data"
    publisher: str = "The DHS Program (ICF)"
    licence: Licence = LICENCE

    def series_offered(self) -> tuple[Offered, ...]:
        """Series whose indicator is known."""
        return offered_by(self.name)

    def pull(self, country: str, series: str, *, since: int | None = None, store: PageStore) -> Pulled:
        """See ``interface.Connector``; asks first which code the DHS Program has for the country."""
        country_code(country, "iso3")
        offered = codes_of(self.series_offered(), series, self.title)
        code = self._country(country, store)
        gathering, number = Gathering(), 0
        pages: list[Page] = []
        for one in offered:
            count, first = 1, len(pages)
            while len(pages) - first < count:
                page = self.web.get(self._url(one.code, code, len(pages) - first + 1, since), store=store)
                answer = read_json(page)
                count = member(page, answer, "TotalPages", int)
                pages.append(page)
                for record in member(page, answer, "Data", list):
                    number += 1
                    self._take(gathering, record, country, one, number)
        return gathering.pulled(self, country, series, pages)

    def check(self, *, store: PageStore) -> str:
        """Ask which countries there are."""
        return f"{len(self._countries(store, anew=True))} countries"

    def _country(self, country: str, store: PageStore) -> str:
        found = [r.get("DHS_CountryCode") for r in self._countries(store) if r.get("ISO3_CountryCode") == country]
        if not found or not isinstance(found[0], str):
            raise NotOffered(f"The DHS Program has no surveys of {country}.")
        return found[0]

    def _countries(self, store: PageStore, *, anew: bool = False) -> list[Any]:
        url = address(
            self.base, "countries", f="json", perpage=300, returnFields="DHS_CountryCode,ISO3_CountryCode,CountryName"
        )
        page: Page = self.web.get(url, store=store, anew=anew)
        records: list[Any] = member(page, read_json(page), "Data", list)
        return [record for record in records if isinstance(record, dict)]

    def _url(self, code: str, country: str, number: int, since: int | None) -> str:
        return address(
            self.base,
            "data",
            f="json",
            indicatorIds=code,
            countryIds=country,
            breakdown="all",
            surveyYearStart=since,
            page=number,
            perpage=self.per_page,
        )

    def _take(self, gathering: Gathering, record: Any, country: str, offered: Offered, number: int) -> None:
        if not isinstance(record, Mapping) or record.get("IndicatorId") != offered.code:
            return gathering.leave_out("of another indicator")
        if str(record.get("IsPreferred", 1)) != "1":
            return gathering.leave_out("not the preferred estimate (of another reference period or population)")
        value, period = figure(record.get("Value")), year(record.get("SurveyYear"))
        if value is None or period is None:
            return gathering.leave_out("no value or no year")
        place, group = country, ""
        category, label = (str(record.get(key) or "") for key in ("CharacteristicCategory", "CharacteristicLabel"))
        if category == "Region":
            place = self.areas.get(fold(label.strip(". ")), "")
            if not place:
                return gathering.leave_out(f"no area here is called {label.strip('. ')}")
        elif (category, label) in GROUPS:
            group = GROUPS[category, label]
        elif category not in ("Total", "Total 15-49"):
            return gathering.leave_out(f"{category} {label} has no counterpart here")
        cases = figure(record.get("DenominatorUnweighted"))
        if cases is not None and cases < TOO_FEW:
            return gathering.leave_out(f"fewer than {TOO_FEW} unweighted cases")
        gathering.add(
            TidyRow(
                area=place,
                series=offered.series,
                group=joined([*offered.group.split("|"), group]),
                time_period=period,
                value=value,
                lower=figure(record.get("CILow")),
                upper=figure(record.get("CIHigh")),
                n=None if cases is None else round(cases),
                status="U" if cases is not None and cases < FEW else "A",
                note=str(record.get("SurveyId") or ""),
                row=number,
                column="Value",
            )
        )
        return None
