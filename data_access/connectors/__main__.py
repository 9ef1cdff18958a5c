"""``python3 manage.py pull world_bank KEN U5MR …``: fetch official figures from the services that publish them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from data_access.connectors.interface import Connector
from data_access.connectors.keeping import keep
from data_access.connectors.pages import PageStore
from data_access.connectors.problems import NothingHeld, PullProblem
from data_access.connectors.services import checked, service_called, services
from data_access.connectors.web import Web
from data_access.importing.problems import FileProblem
from data_access.settings import SettingProblem, read_settings


def parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    found = argparse.ArgumentParser(prog="manage.py pull", description=__doc__)
    found.add_argument("service", nargs="?", default="", help="un_sdg, world_bank, dhs, who_gho, or one of sdmx.toml")
    found.add_argument("country", nargs="?", default="", help="ISO 3166-1 alpha-3, such as KEN")
    found.add_argument(
        "series", nargs="*", help="codes of this product; all the service is known to have when left out"
    )
    found.add_argument("--since", type=int, help="from this year on")
    found.add_argument("--check", action="store_true", help="ask every service one tiny question and say how it went")
    found.add_argument("--list", action="store_true", help="say which series each service is known to have")
    return found


def main(arguments: Sequence[str], web: Web | None = None, store: PageStore | None = None) -> int:
    """Fetch, check or list; 0 when everything that was asked for went well."""
    options = parser().parse_args(arguments)
    web, store = web or Web(), store or PageStore()
    try:
        folder = read_settings().own_folder
        known = services(folder, web, options.country)
        if options.check:
            return _check(known, web, store)
        if options.list or not (options.service and options.country):
            return _list(known)
        store.tidy()
        service = service_called(options.service, known)
        return _pull(service, options, store)
    except (PullProblem, SettingProblem, FileProblem, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1


def _pull(service: Connector, options: argparse.Namespace, store: PageStore) -> int:
    pulled, empty = [], 0
    for series in options.series or sorted({one.series for one in service.series_offered()}):
        try:
            one = service.pull(options.country, series, since=options.since, store=store)
        except NothingHeld as problem:
            print(problem)
            empty += 1
            continue
        pulled.append(one)
        print(f"{series}: {len(one.rows)} figures; SHA-256 {one.sha256[:12]}…; {one.licence.name}")
        for left in one.left_out:
            print(f"  left out {left.records}: {left.reason}")
    if not pulled:
        return 1
    file = keep(pulled, service, read_settings().own_folder)
    print(f"Written to {file}; loaded as a release at the next start.")
    return int(bool(empty and options.series))


def _check(known: dict[str, Connector], web: Web, store: PageStore) -> int:
    found = checked(known, web, store)
    for name, works, words in found:
        print(f"{name:<16}{'ok' if works else 'FAILED':<8}{words}")
    return int(not all(works for _, works, _ in found))


def _list(known: dict[str, Connector]) -> int:
    for name, service in known.items():
        print(f"{name}: {service.title} ({service.licence.name})")
        print("  " + ", ".join(sorted({one.series for one in service.series_offered()})))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
