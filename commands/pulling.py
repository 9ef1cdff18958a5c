"""`manage.py pull`: fetch official figures from the services that publish them, or check that these still work."""

import argparse
import os
import subprocess

from commands.environment import ROOT, RUN_LOCK, prepare_environment


def pull(options: argparse.Namespace) -> int:
    """Carry out what the arguments after `pull` say: a service, a country and series, or --check."""
    command = [str(prepare_environment(RUN_LOCK)), "-m", "data_access.connectors", *options.rest]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}).returncode
