"""Making a database ready to read: migrate it and fill it with what ships, once, whoever comes first.

``python -m data_access.prepare`` does so from a shell and says what it did.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import count_change, engine_for, writing
from data_access.dialects import only_one, problem_behind
from data_access.importing.catalogue import fill_catalogues, fill_source_series, table_of
from data_access.importing.estimates.private_folder import sweep
from data_access.importing.load import MAPPING_VERSION, load_source
from data_access.importing.microdata import MICRODATA_FOLDER, STUDY_VERSION, fill_intersections
from data_access.importing.problems import FileProblem
from data_access.importing.recorded import fill_recorded
from data_access.importing.removing import remove_shipped_except, remove_unused_illustrative
from data_access.importing.shipped import SAMPLE_DATA, ShippedSource, shipped_sources
from data_access.migrating import migrate
from data_access.models import ChangeCounter, ShippedState
from data_access.problems import DatabaseProblem, DatabaseReadOnly
from data_access.process.shipped import entry_files, fill_entries, remove_illustrative_entries
from data_access.settings import SettingProblem, Settings, read_settings


@dataclass(frozen=True)
class Prepared:
    """What preparing did: ``loaded`` rows read from files, ``sources`` held now, ``removed`` sources left out."""

    migrated: bool
    loaded: int
    sources: int
    removed: list[str]


@contextlib.contextmanager
def named_problems(settings: Settings) -> Iterator[None]:
    """Turn a driver's error into a DatabaseProblem that says what is wrong and what to do."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise problem_behind(error, settings.sqlite_file) from error


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseReadOnly(f"{file}: {error.strerror}") from error


def prepare(settings: Settings, sample_data: Path = SAMPLE_DATA) -> Prepared:
    """Migrate and fill the database; safe to call from several processes at once, quick when there is nothing to do.

    Everything that is loaded is loaded in one transaction: a reader, or the next start after a kill, sees all of it
    or none. Raises DatabaseProblem, FileProblem or SettingProblem, each a sentence; nothing is then changed.
    """
    sweep()  # files of microdata that an import, if it was killed, has left
    with named_problems(settings):
        if settings.sqlite_file is not None:
            _make_folder(settings.sqlite_file)
        engine = engine_for(settings.database_url)
        fingerprint = _fingerprint(settings, sample_data)
        _refuse_unknown_sources(settings, sample_data)
        with only_one(engine):
            migrated = migrate(engine)
            if not migrated and _filled_from(engine) == fingerprint:
                return Prepared(False, 0, 0, [])
            with writing(engine) as session:
                if _state(session) == fingerprint:  # another process was first
                    return Prepared(migrated, 0, 0, [])
                return _fill(session, settings, sample_data, fingerprint, migrated)


def _fill(session: Session, settings: Settings, sample_data: Path, fingerprint: str, migrated: bool) -> Prepared:
    wanted = [
        source
        for source in _sources(settings, sample_data, illustrative=settings.illustrative)
        if source.sidecar.code not in settings.left_out
    ]
    if not settings.illustrative:
        remove_illustrative_entries(session)
    removed = remove_shipped_except(session, {source.sidecar.code for source in wanted})
    fill_catalogues(session, sample_data, illustrative=settings.illustrative, own_folder=settings.own_folder)
    loaded = 0
    for source in wanted:
        counts = load_source(session, source)
        loaded += counts.new + counts.revised
    fill_source_series(session, sample_data, illustrative=settings.illustrative)
    fill_recorded(session, sample_data, illustrative=settings.illustrative)
    fill_intersections(session, sample_data, illustrative=settings.illustrative)
    fill_entries(session, sample_data, illustrative=settings.illustrative)
    if not settings.illustrative:
        remove_unused_illustrative(session, sample_data)
    if session.execute(select(table_of(ChangeCounter))).first() is None:
        session.execute(insert(table_of(ChangeCounter)).values(id=1, value=0))
    session.execute(delete(table_of(ShippedState)))
    session.execute(insert(table_of(ShippedState)).values(id=1, fingerprint=fingerprint))
    count_change(session)
    return Prepared(migrated, loaded, len(wanted), removed)


def _sources(settings: Settings, sample_data: Path, *, illustrative: bool) -> list[ShippedSource]:
    """What ships, and the official figures this deployment has pulled into its own folder."""
    shipped = shipped_sources(sample_data, illustrative=illustrative)
    return shipped + shipped_sources(settings.own_folder, illustrative=False)


def _refuse_unknown_sources(settings: Settings, sample_data: Path) -> None:
    if not settings.left_out:
        return
    known = {source.sidecar.code for source in _sources(settings, sample_data, illustrative=True)}
    unknown = settings.left_out - known
    if unknown:
        raise SettingProblem(
            f"VOICES_COUNT_LEAVE_OUT names what is no source: {', '.join(sorted(unknown))}; "
            "write the name of a figures file without its ending, such as VNM_PAPI"
        )


def _fingerprint(settings: Settings, sample_data: Path) -> str:
    """What the database should be filled from: the shipped catalogues and sidecars, and which sources are wanted."""
    versions = f"{MAPPING_VERSION} {STUDY_VERSION}"
    digest = hashlib.sha256(f"{versions} {settings.illustrative} {sorted(settings.left_out)}".encode())
    for path in sorted([*sample_data.glob("catalogue/*.csv"), *sample_data.glob("illustrative/*.csv")]):
        digest.update(path.name.encode() + path.read_bytes())
    for path in sorted([*sample_data.glob("*/*.toml"), *sample_data.glob(f"{MICRODATA_FOLDER}/*.toml")]):
        digest.update(path.name.encode() + path.read_bytes())
    for path in entry_files(sample_data):
        digest.update(f"{path.parent.parent.name} {path.name}".encode() + path.read_bytes())
    own = settings.own_folder
    for path in sorted([*own.glob("catalogue/*.csv"), *own.glob("figures/*.toml")]):
        digest.update(f"own {path.name}".encode() + path.read_bytes())
    return digest.hexdigest()


def _filled_from(engine: Engine) -> str | None:
    with Session(engine) as session:
        return _state(session)


def _state(session: Session) -> str | None:
    return session.scalar(select(table_of(ShippedState).c.fingerprint))


def main() -> int:
    """Prepare the configured database and say what was done; 0 when it is ready."""
    try:
        started = time.perf_counter()
        done = prepare(read_settings())
    except (DatabaseProblem, FileProblem, SettingProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    if done.loaded or done.removed:
        took = time.perf_counter() - started
        print(f"Filled the database: {done.loaded:,} figures from {done.sources} sources in {took:.1f} s.")
        for code in done.removed:
            print(f"Left out as configured: {code}")
    else:
        print("The database is ready.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
