"""geoBoundaries (geoboundaries.org): boundaries of any country as GeoJSON, with their year, source and licence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data_access.connectors.offered import country_code
from data_access.connectors.pages import Page, PageStore
from data_access.connectors.problems import AnswerUnreadable
from data_access.connectors.web import Web, address, member, read_json


@dataclass(frozen=True)
class PulledBoundaries:
    """One level of a country's boundaries: the GeoJSON as it came and what is said about it."""

    country: str
    level: str
    geojson: dict[str, Any]
    licence: str
    attribution: str
    source: str
    vintage: str
    url: str
    sha256: str
    accessed: datetime


@dataclass
class GeoBoundaries:
    """The open release (gbOpen) of geoBoundaries."""

    web: Web = field(default_factory=Web)
    base: str = "https://www.geoboundaries.org/api/current/gbOpen"
    name: str = "geoboundaries"
    title: str = "geoBoundaries, open release"

    def pull(self, country: str, level: str, *, store: PageStore) -> PulledBoundaries:
        """The simplified boundaries of ``level`` ("1" or "2") with licence and year. Raises PullProblem."""
        import hashlib

        country_code(country, "iso3")
        facts, head = self._facts(country, level, store, anew=False)
        url = member(head, facts, "simplifiedGeometryGeoJSON", str)
        page = self.web.get(url, store=store, accept="application/geo+json, application/json")
        geojson = read_json(page)
        if not isinstance(geojson, dict) or not isinstance(geojson.get("features"), list):
            raise AnswerUnreadable(page.url, "no GeoJSON feature collection")
        source = member(head, facts, "boundarySource", str)
        year = str(facts.get("boundaryYearRepresented") or "")
        return PulledBoundaries(
            country=country,
            level=level,
            geojson=geojson,
            licence=member(head, facts, "boundaryLicense", str),
            attribution=f"geoBoundaries (Runfola et al. 2020, doi:10.1371/journal.pone.0231866), after {source}",
            source=f"geoBoundaries {facts.get('boundaryID') or ''}".strip(),
            vintage=f"as of {year}" if year else "year not stated",
            url=page.url,
            sha256=hashlib.sha256(page.body).hexdigest(),
            accessed=page.accessed,
        )

    def check(self, *, store: PageStore) -> str:
        """Ask for the description of Malawi's first level."""
        facts, _ = self._facts("MWI", "1", store, anew=True)
        return f"{facts.get('boundaryISO')} {facts.get('boundaryType')}, {facts.get('boundaryLicense')}"

    def _facts(self, country: str, level: str, store: PageStore, *, anew: bool) -> tuple[dict[str, Any], Page]:
        page = self.web.get(address(self.base, f"{country}/ADM{level}") + "/", store=store, anew=anew)
        answer = read_json(page)
        if isinstance(answer, list) and len(answer) == 1:
            answer = answer[0]
        if not isinstance(answer, dict):
            raise AnswerUnreadable(page.url, "no description of boundaries")
        return answer, page
