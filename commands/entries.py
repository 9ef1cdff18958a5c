"""`manage.py entries`: files of entries of the record, from template to withdrawal."""

import argparse
import os
import subprocess

from commands.environment import ROOT, RUN_LOCK, prepare_environment
from commands.serving import HOST, app_settings, prepare_database


def entries(options: argparse.Namespace) -> int:
    """Carry out what the arguments after `entries` say, on the database that `run` shows.

    Runs where the user stands, so that relative paths mean what they say.
    """
    python = prepare_environment(RUN_LOCK)
    settings = app_settings(HOST, os.environ)
    if not {"-h", "--help"} & set(options.rest):
        prepare_database(python, settings)
    command = [str(python), "-m", "data_access.process.command", *options.rest]
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(command, env=environment).returncode
