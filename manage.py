#!/usr/bin/env python3
"""Set up, run and test Voices Count: `python3 manage.py run`.

Needs Python 3.11 or newer and nothing else: it makes the virtual environment `.venv`, installs the pinned
requirements there once, and works with that environment's Python. `python3 manage.py --help` lists the commands.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (this file must still be readable for older Pythons, to tell their users)
    sys.exit("Voices Count needs Python 3.11 or newer, and this is Python {}.{}.".format(*sys.version_info[:2]))

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from commands.checking import check, lock, test, tidy
from commands.countries import country
from commands.entries import entries
from commands.environment import SetUpProblem, say
from commands.importing import desk
from commands.pulling import pull
from commands.serving import HOST, PORT, run


class Command(NamedTuple):
    """A word after `manage.py`: what it does, what carries it out, and its options, each with its help."""

    help: str
    carry_out: Callable[[argparse.Namespace], int]
    options: Mapping[str, Mapping[str, Any]] = {}


CODE: Mapping[str, Any] = {"help": "the code of a release or source, as `history` lists it"}
A_FILE: Mapping[str, Mapping[str, Any]] = {
    "file": {"help": "the partner's file"},
    "--mapping": {"required": True, "metavar": "M.yaml", "help": "what the file means"},
    "--findings": {"metavar": "FILE", "help": "write everything that was found there, as CSV"},
    "--csv": {"metavar": "FILE", "help": "write the rows of a stock-take (who does what where) there, as CSV"},
}

A_FORM: Mapping[str, Mapping[str, Any]] = {
    "--form": {"metavar": "FORM.xlsx", "help": "the XLSForm that answers of single people were collected with"},
    "--answers": {"metavar": "A.yaml", "help": "what names in the file mean, as `area: {Tana Rivr: KE-40}`"},
    "--answers-into": {"metavar": "M.yaml", "help": "write the mapping there with these answers, for the next round"},
}

PASS_ON = ("test", "country", "entries", "pull")
"""Commands that hand the arguments after them to another program."""

COMMANDS = {
    "run": Command(
        "install what is missing, prepare the database and start the app",
        run,
        {
            "--port": {"type": int, "default": PORT, "help": "the port to listen at (default: %(default)s)"},
            "--host": {
                "default": HOST,
                "help": "the address to listen at (default: %(default)s, which only this computer reaches; 0.0.0.0 is "
                "the whole network; behind a domain name, set STREAMLIT_SERVER_ALLOWED_HOSTS to that name)",
            },
            "--steward": {
                "action": "store_true",
                "help": "show the Data desk, where files are imported and published; reachable from this computer only",
            },
        },
    ),
    "import": Command(
        "take in a partner's file as a draft, which nobody sees until somebody else publishes it",
        desk,
        {**A_FILE, **A_FORM, "--dry-run": {"action": "store_true", "help": "only say what would change"}},
    ),
    "check-file": Command(
        "say what is wrong with a partner's file, and what importing it would change", desk, {**A_FILE, **A_FORM}
    ),
    "publish": Command("let readers see a draft that somebody else imported", desk, {"code": CODE}),
    "discard": Command("let a draft go", desk, {"code": CODE}),
    "withdraw": Command(
        "take a source, or its newest release, away from readers at once and for good",
        desk,
        {"code": CODE, "--why": {"required": True, "help": "the reason, without names of people"}},
    ),
    "consent": Command(
        "record who owns a source and what its community agreed to",
        desk,
        {
            "code": CODE,
            "--owner": {"required": True, "help": "who owns the figures"},
            "--sharing": {
                "required": True,
                "choices": ("public", "aggregate_only", "private"),
                "help": "what may be shown: all, nothing about a single site, or nothing",
            },
            "--on": {"metavar": "DATE", "help": "the day consent was given, as 2026-01-31"},
            "--form": {"help": "how consent was given"},
            "--revoked-on": {"metavar": "DATE", "help": "the day it was revoked, which withdraws the source"},
            "--why": {"help": "the reason of a revocation, without names of people"},
        },
    ),
    "history": Command("list the releases of a source and what was done to them", desk, {"code": CODE}),
    "export": Command(
        "write the published figures of a source or series, with their licence",
        desk,
        {
            "code": {"help": "the code of a source or series"},
            "--format": {
                "choices": ("csv", "heat-plus", "open-sdg", "sdmx-csv"),
                "default": "csv",
                "help": "how to write it (default: %(default)s); the others hold one source and can be imported again",
            },
            "--out": {"metavar": "FILE", "help": "where to (default: standard output)"},
        },
    ),
    "entries": Command(
        "entries of the record in files: entries template, export, import, publish, discard, read, withdraw, history",
        entries,
    ),
    "country": Command("add a country to this deployment, or say what one still lacks: country add MWI …", country),
    "pull": Command(
        "fetch official figures from the services that publish them: pull SERVICE ISO3, pull --check", pull
    ),
    "test": Command("run the tests; arguments that follow go to pytest", test),
    "check": Command(
        "check format, lint, types and import contracts, then run the tests",
        check,
        {"--without-tests": {"action": "store_true", "help": "leave the tests out"}},
    ),
    "format": Command("mend what the linter can mend, and format the code", tidy),
    "lock": Command(
        "pin the requirements anew after an edit of requirements.in or requirements-dev.in (needs uv)",
        lock,
        {"--upgrade": {"action": "store_true", "help": "take the newest versions that fit"}},
    ),
}


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the arguments, with help for every command and option."""
    parser = argparse.ArgumentParser(prog="manage.py", description="Set up, run and test Voices Count.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=command.help, description=command.help, allow_abbrev=False)
        for option, settings in command.options.items():
            one.add_argument(option, **settings)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return the exit code."""
    parser = command_line()
    options, rest = parser.parse_known_args(arguments)
    options.rest = rest
    if rest and options.command not in PASS_ON:
        parser.error(f"unknown: {' '.join(rest)}")
    try:
        return COMMANDS[options.command].carry_out(options)
    except SetUpProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0 if options.command == "run" else 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
