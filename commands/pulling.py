"""`manage.py pull`: fetch official figures from the services that publish them, or check that these still work."""

import argparse
import os

from commands.environment import RUN_LOCK, call, prepare_environment
from commands.serving import HOST, app_settings, prepare_database

MODULE = "data_access.connectors"
ASKS_NOTHING = {"--check", "--list", "--help", "-h"}
"""Words under which no figure is fetched, so that no database is needed."""


def pull(options: argparse.Namespace) -> int:
    """Carry out what the arguments after `pull` say, on the database that `run` shows."""
    python = prepare_environment(RUN_LOCK)
    settings = app_settings(HOST, os.environ)
    if options.rest and not ASKS_NOTHING & set(options.rest):
        prepare_database(python, settings)
    return call([str(python), "-m", MODULE, *options.rest], **settings)
