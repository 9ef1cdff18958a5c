"""`manage.py import`, `check-file`, `publish`, `withdraw`, `discard`, `consent`, `history` and `export`."""

import argparse
import os
from pathlib import Path

from commands.environment import RUN_LOCK, call, prepare_environment
from commands.serving import HOST, app_settings, prepare_database

MODULE = "data_access.releases.command"
PATHS = ("file", "mapping", "findings", "csv", "form", "answers", "answers_into", "out")


def desk(options: argparse.Namespace) -> int:
    """Hand the command over to the product, in the virtual environment, on the database that `run` shows."""
    python = prepare_environment(RUN_LOCK)
    settings = app_settings(HOST, os.environ)
    if options.command in ("import", "check-file"):
        prepare_database(python, settings)
    return call([str(python), "-m", MODULE, options.command, *words(options)], **settings)


def words(options: argparse.Namespace) -> list[str]:
    """The options as they were given; paths made whole, as the product is started in its own folder."""
    found = []
    for name, value in vars(options).items():
        if name in ("command", "rest") or value is None or value is False or value == "":
            continue
        text = str(Path.cwd() / value) if name in PATHS else str(value)
        if name in ("file", "code"):
            found.append(text)
        else:
            found.append(f"--{name.replace('_', '-')}" + ("" if value is True else f"={text}"))
    return found
