"""Every service this deployment can fetch figures from."""

from __future__ import annotations

from pathlib import Path

from data_access.connectors.dhs import Dhs
from data_access.connectors.geoboundaries import GeoBoundaries
from data_access.connectors.interface import Connector
from data_access.connectors.pages import PageStore
from data_access.connectors.problems import NotOffered, PullProblem
from data_access.connectors.sdmx_endpoint import endpoints
from data_access.connectors.un_sdg import UnSdg
from data_access.connectors.web import Web
from data_access.connectors.who_gho import WhoGho
from data_access.connectors.world_bank import WorldBank
from data_access.countries.folder import table
from data_access.folding import fold
from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows


def services(own_folder: Path, web: Web, country: str = "", sample_data: Path = SAMPLE_DATA) -> dict[str, Connector]:
    """The services by name: those built in, and the SDMX services of the folder's ``sdmx.toml``.

    The areas of ``country`` are given to services that publish by region.
    """
    built_in: list[Connector] = [
        UnSdg(web),
        WorldBank(web),
        Dhs(web, area_names(country, own_folder, sample_data)),
        WhoGho(web),
        *endpoints(own_folder / "sdmx.toml", web),
    ]
    return {service.name: service for service in built_in}


def area_names(country: str, own_folder: Path, sample_data: Path = SAMPLE_DATA) -> dict[str, str]:
    """Folded name → code of the areas of level 1; a name that two areas bear is left out."""
    areas = catalogue_rows("areas", sample_data, illustrative=False) + table(own_folder, "areas")
    first = {r["code"]: r["name"] for r in areas if (r["country"], r["kind"]) == (country, "admin1")}
    others = catalogue_rows("area_names", sample_data, illustrative=False) + table(own_folder, "area_names")
    called: dict[str, set[str]] = {}
    for code, name in [*first.items(), *((r["area"], r["name"]) for r in others if r["area"] in first)]:
        called.setdefault(fold(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in called.items() if len(codes) == 1}


def service_called(name: str, known: dict[str, Connector]) -> Connector:
    """The service of that name. Raises NotOffered, naming those there are."""
    if name not in known:
        raise NotOffered(f"There is no service called {name!r}; there are: {', '.join(known)}")
    return known[name]


def checked(known: dict[str, Connector], web: Web, store: PageStore) -> list[tuple[str, bool, str]]:
    """One tiny question to every service and to geoBoundaries: name, whether it works, and what it said."""
    found = []
    checks = {name: service.check for name, service in known.items()} | {"geoboundaries": GeoBoundaries(web).check}
    for name, check in checks.items():
        try:
            found.append((name, True, check(store=store)))
        except PullProblem as problem:
            found.append((name, False, str(problem)))
    return found
