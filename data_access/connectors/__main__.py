"""``python3 manage.py pull world_bank KEN U5MR …``: fetch official figures from the services that publish them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from data_access.connectors.interface import Connector
from data_access.connectors.pages import PageStore
from data_access.connectors.problems import NothingHeld, PullProblem
from data_access.connectors.services import checked, service_called, services
from data_access.connectors.taking_in import take_in
from data_access.connectors.web import Web
from data_access.importing.desk.job import PROBLEMS
from data_access.people.current import command_line_user
from data_access.releases.command import say_outcome
from data_access.settings import Settings, read_settings

NOT_VERIFIED = " (not verified: no reliable document was found for this code)"


def parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    found = argparse.ArgumentParser(prog="manage.py pull", description=__doc__)
    found.add_argument("service", nargs="?", default="", help="un_sdg, world_bank, dhs, who_gho, or one of sdmx.toml")
    found.add_argument("country", nargs="?", default="", help="ISO 3166-1 alpha-3, such as KEN")
    found.add_argument(
        "series", nargs="*", help="codes of this product; all the service is known to have when left out"
    )
    found.add_argument("--since", type=int, help="from this year on")
    found.add_argument("--dry-run", dest="dry", action="store_true", help="fetch, and only say what would change")
    found.add_argument("--check", action="store_true", help="ask every service one tiny question and say how it went")
    found.add_argument("--list", action="store_true", help="say which series each service is known to have")
    return found


def main(arguments: Sequence[str], web: Web | None = None, store: PageStore | None = None) -> int:
    """Fetch, check or list; 0 when everything that was asked for went well."""
    options = parser().parse_args(arguments)
    web, store = web or Web(), store or PageStore()
    try:
        settings = read_settings()
        known = services(settings.own_folder, web, options.country)
        if options.check:
            return _check(known, web, store)
        if options.list or not (options.service and options.country):
            return _list(known)
        store.tidy()
        service = service_called(options.service, known)
        return _pull(service, options, store, settings)
    except (PullProblem, *PROBLEMS, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1


def _pull(service: Connector, options: argparse.Namespace, store: PageStore, settings: Settings) -> int:
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
    if not pulled:
        return 1
    outcome = take_in(pulled, service, settings=settings, by=command_line_user(), dry=options.dry)
    say_outcome(outcome)
    if outcome.draft is None and not options.dry and not outcome.refused:
        print("Readers see these figures already; nothing was kept.")
    return int(outcome.refused or bool(empty and options.series))


def _check(known: dict[str, Connector], web: Web, store: PageStore) -> int:
    found = checked(known, web, store)
    for name, works, words in found:
        print(f"{name:<16}{'ok' if works else 'FAILED':<8}{words}")
    return int(not all(works for _, works, _ in found))


def _list(known: dict[str, Connector]) -> int:
    for name, service in known.items():
        print(f"{name}: {service.title} ({service.licence.name})")
        for one in service.series_offered():
            words = " ".join(filter(None, (one.series, one.group, one.code)))
            print(f"  {words}{'' if one.verified_in else NOT_VERIFIED}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
