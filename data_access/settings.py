"""What a deployment may choose, read from environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_DATABASE = ROOT / "var" / "voices_count.db"
DEFAULT_OWN_FOLDER = ROOT / "var" / "own"

Depiction = Literal["neutral", "official"]


class SettingProblem(ValueError):
    """An environment variable holds something the product cannot use."""


@dataclass(frozen=True)
class Settings:
    """The choices of one deployment.

    ``illustrative`` shows the invented sample rows (off wherever a database server is configured, unless asked
    for); ``left_out`` names sources that must not be loaded; ``public_url`` is the address printed in documents;
    ``depiction`` the borders shown; ``own_folder`` holds the countries and figures this deployment has added.
    """

    database_url: str
    illustrative: bool
    left_out: frozenset[str]
    public_url: str
    depiction: Depiction
    own_folder: Path = DEFAULT_OWN_FOLDER
    steward: bool = False
    """The Data desk is shown: this process is reachable from its own computer only, and whoever sits there imports."""
    self_publish: bool = False
    """Who imported a release may publish it, which is recorded as unreviewed."""
    concerns: bool = False
    """Readers may raise concerns about a source on its page, without a name; they reach the steward's list."""
    contact: str = ""
    """Where else a concern can be raised: an address, a number or a place, as the page says it."""

    @property
    def sqlite_file(self) -> Path | None:
        """The embedded database's file, None when a server is configured."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings in ``environ``. Raises SettingProblem, naming the variable, the value and what it may be."""
    url = environ.get("DATABASE_URL", "").strip() or f"sqlite:///{DEFAULT_DATABASE}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingProblem("DATABASE_URL must begin with sqlite:/// or postgresql://")
    if url in ("sqlite:///", "sqlite:///:memory:"):
        raise SettingProblem("DATABASE_URL must name a file after sqlite:///, as every process opens it anew")
    public_url = environ.get("PUBLIC_URL", "").strip().rstrip("/")
    if public_url and not public_url.startswith(("https://", "http://")):
        raise SettingProblem(f"PUBLIC_URL={public_url!r} must begin with https:// (or http:// on a closed network)")
    return Settings(
        database_url=url,
        illustrative=_switch(environ, "VOICES_COUNT_ILLUSTRATIVE", default=_on_a_laptop(environ)),
        left_out=frozenset(environ.get("VOICES_COUNT_LEAVE_OUT", "").replace(",", " ").split()),
        public_url=public_url,
        depiction=_depiction(environ),
        own_folder=own_folder(environ),
        steward=_switch(environ, "VOICES_COUNT_STEWARD", default=False),
        self_publish=_switch(environ, "VOICES_COUNT_SELF_PUBLISH", default=False),
        concerns=_switch(environ, "VOICES_COUNT_CONCERNS", default=False),
        contact=" ".join(environ.get("VOICES_COUNT_CONTACT", "").split()),
    )


def own_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of what this deployment has added by itself, laid out as ``sample_data`` is."""
    named = environ.get("VOICES_COUNT_FOLDER", "").strip()
    return Path(named).expanduser().resolve() if named else DEFAULT_OWN_FOLDER


def _on_a_laptop(environ: Mapping[str, str]) -> bool:
    return not environ.get("DATABASE_URL") and not Path("/.dockerenv").exists() and "container" not in environ


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in ("", "on", "off"):
        return default if value == "" else value == "on"
    raise SettingProblem(f"{name}={value!r} must be on or off")


def _depiction(environ: Mapping[str, str]) -> Depiction:
    value = environ.get("VOICES_COUNT_BORDERS", "").strip().lower() or "neutral"
    if value in get_args(Depiction):
        return cast(Depiction, value)
    raise SettingProblem(f"VOICES_COUNT_BORDERS={value!r} must be neutral or official")
