"""`manage.py country`: add a country to this deployment, or say what one still lacks."""

import argparse
import os
import subprocess

from commands.environment import ROOT, RUN_LOCK, prepare_environment


def country(options: argparse.Namespace) -> int:
    """Carry out what the arguments after `country` say: add, check or areas.

    Runs where the user stands, so that relative paths mean what they say.
    """
    command = [str(prepare_environment(RUN_LOCK)), "-m", "data_access.countries", *options.rest]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}).returncode
