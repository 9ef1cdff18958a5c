"""A partner's file as tests bring it: invented figures for Kenya, under a code of its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.database import engine_for, reading, writing
from data_access.importing.shipped import Sidecar
from data_access.importing.tidy import TidyRow
from data_access.people.current import CurrentUser, Held
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from data_access.releases.drafts import Draft, save_draft
from data_access.releases.incoming import Consent, Incoming
from data_access.releases.publication import Published, publish
from tests.conftest import settings_for

CODE, SERIES = "KEN_PARTNER", "FACILITY_BIRTH"
STEWARD = CurrentUser("Steward", (Held("steward", "KEN", "Partner"),))
REVIEWER = CurrentUser("Reviewer", (Held("reviewer", "KEN"),))
SOURCE = Sidecar(
    code=CODE,
    title="A partner's survey",
    publisher="Partner",
    origin="community",
    illustrative=False,
    countries=["KEN"],
    collection="community_survey",
    sampling="probability",
    mode="face_to_face",
    fieldwork_start="",
    fieldwork_end="",
    sample_size="",
    licence="CC-BY-4.0",
    licence_state="attribution",
    citation="Partner 2025",
    obtained_from="",
    caveats="",
    consent="stated",
    recognition="",
    rows=0,
    sha256="0" * 64,
)
GROUPS = ("", "INCOME_WEALTH_QUANTILE=Q1", "INCOME_WEALTH_QUANTILE=Q5")
PUBLIC = Consent("Partner", "public", "2025-05-01", "assembly")


def engine_on(url: str) -> Engine:
    return engine_for(settings_for(url).database_url)


def row(value: float | None, group: str = "", area: str = "KEN", **given: Any) -> TidyRow:
    return TidyRow(area, SERIES, group, "2025", value, **{"n": 200, "row": 2, **given})


def rows(*values: float | None, **given: Any) -> tuple[TidyRow, ...]:
    pairs = zip(values, GROUPS, strict=False)
    return tuple(row(value, group, **{"row": i, **given}) for i, (value, group) in enumerate(pairs, 2))


def incoming(some: tuple[TidyRow, ...], content: str = "", **given: Any) -> Incoming:
    """A file of these rows; its hash is that of ``content``, or of the rows."""
    sha256 = hashlib.sha256((content or repr(some)).encode()).hexdigest()
    source = replace(SOURCE, rows=len(some), sha256=sha256)
    return Incoming(
        **{"source": source, "rows": some, "file": "survey.csv", "sha256": sha256, "mapping": "version: 1"}
        | {"consent": PUBLIC}
        | given
    )


def draft(engine: Engine, file: Incoming, by: CurrentUser = STEWARD) -> Draft:
    with writing(engine) as session:
        return save_draft(session, file, by)


def published(engine: Engine, file: Incoming) -> Published:
    with writing(engine) as session:
        return publish(session, save_draft(session, file, STEWARD).release, REVIEWER)


def shown(engine: Engine) -> dict[str, float | None]:
    """What readers see of the partner's figures: group → value."""
    with reading(engine) as session:
        known = read_catalogue(session)
        found = read_figures(session, known, country="KEN", series=SERIES, sources=[CODE])
    return {
        f"{figure.area} {figure.group}".strip() if figure.area != "KEN" else figure.group: figure.value
        for figure in found
    }


def every_row(engine: Engine) -> dict[str, list[Any]]:
    """Everything in every table, to tell whether anything at all was changed."""
    with engine.connect() as connection:
        tables = sorted(sa.inspect(connection).get_table_names())
        return {name: sorted(map(repr, connection.execute(sa.text(f"SELECT * FROM {name}")))) for name in tables}
