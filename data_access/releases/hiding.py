"""Earlier values of a figure that is withheld now: kept with the other protected values, out of every query's reach."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, insert, literal, null, select, update
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Observation, Release
from data_access.models.protected import ProtectedValue
from data_access.publishing.storing import WITHHELD_NOTE

KEY = ("country_id", "series_id", "group_id", "area_id", "time_period")
NUMBERS = ("value", "se", "lower", "upper", "n", "population")
SAID = (*NUMBERS, "status", "note")

_observed, _protected = table_of(Observation), table_of(ProtectedValue)


def hide_what_was_shown(session: Session, source_id: int) -> None:
    """Of every figure of the source that is withheld now, empty the revisions that still tell it.

    Their values move into the protected table under their own release, with the code of the release that withholds.
    """
    now, release = _observed.alias(), table_of(Release)
    columns = ("release_id", "source_id", *KEY, *SAID)
    session.execute(
        insert(_protected).from_select(
            [*columns, "kind", "reasons"],
            select(*(_observed.c[name] for name in columns), literal("superseded"), release.c.code)
            .join(now, and_(*(now.c[name] == _observed.c[name] for name in ("source_id", *KEY))))
            .join(release, release.c.id == now.c.release_id)
            .where(_observed.c.source_id == source_id, _observed.c.revision > 0, _observed.c.status != "Q")
            .where(now.c.revision == 0, now.c.status == "Q"),
        )
    )
    session.execute(
        update(_observed)
        .where(_observed.c.source_id == source_id, _observed.c.status != "Q", *_its_protected_value())
        .values({**dict.fromkeys(NUMBERS, null()), "status": "Q", "note": WITHHELD_NOTE})
    )


def show_again(session: Session, code: str) -> None:
    """Put back what the release ``code``, which is withdrawn, alone had withheld."""
    session.execute(
        update(_observed)
        .where(*_its_protected_value(), _protected.c.reasons == code)
        .values({name: _protected.c[name] for name in SAID})
    )
    session.execute(delete(_protected).where(_protected.c.kind == "superseded", _protected.c.reasons == code))


def _its_protected_value() -> tuple[ColumnElement[bool], ...]:
    mine = (_protected.c[name] == _observed.c[name] for name in ("source_id", "release_id", *KEY))
    return (*mine, _protected.c.kind == "superseded")
