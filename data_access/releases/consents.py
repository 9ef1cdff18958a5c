"""What the owner of a source agreed to, as it is recorded; what it no longer allows goes at once."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from data_access.database import count_change
from data_access.importing.catalogue import table_of
from data_access.importing.load import refresh_coverage
from data_access.models import Area, Observation, SourceConsent, StagedObservation
from data_access.models.protected import ProtectedValue
from data_access.people.audit import now, record
from data_access.people.current import CurrentUser, require
from data_access.releases.incoming import Consent
from data_access.releases.problems import ConsentForbids, Withdrawn
from data_access.releases.standing import find_source
from data_access.releases.visibility import PLACES
from data_access.releases.withdrawal import withdraw


def record_consent(session: Session, code: str, consent: Consent, by: CurrentUser, why: str = "") -> int:
    """Record a consent, which counts from now on; returns the rows that went.

    Private: no query shows the source. Aggregate only: its rows about single sites are deleted. Revoked: the source is
    withdrawn, for the reason ``why``. Raises Unknown, Withdrawn, ConsentForbids, ReasonNeeded and NotAllowed.
    """
    source = find_source(session, code)
    role = require(by, "consent", source.countries, {source.organisation})
    if source.state == "withdrawn":
        raise Withdrawn(f"{code} was withdrawn; what its owner agrees to anew needs a source of its own.")
    if not consent.owner.strip():
        raise ConsentForbids(f"The consent for {code} names no owner: write who owns these figures.")
    if consent.revoked_on:
        write_consent(session, source.id, consent, by)
        return withdraw(session, code, by, why).rows
    write_consent(session, source.id, consent, by)
    gone = remove_sites(session, source.id) if consent.sharing == "aggregate_only" else 0
    record(session, by, role, "consent", code, sharing=consent.sharing, rows_removed=gone)
    count_change(session)
    return gone


def write_consent(session: Session, source_id: int, consent: Consent, by: CurrentUser) -> None:
    """Write the line itself."""
    session.execute(
        insert(table_of(SourceConsent)).values(
            source_id=source_id,
            owner=consent.owner,
            sharing=consent.sharing,
            consented_on=consent.consented_on,
            form=consent.form,
            revoked_on=consent.revoked_on,
            recorded_at=now(),
            recorded_by=by.name,
        )
    )


def remove_sites(session: Session, source_id: int) -> int:
    """Delete every row of the source about a single site, revisions, drafts and protected values too."""
    sites = select(table_of(Area).c.id).where(table_of(Area).c.kind == PLACES)
    gone = 0
    for model in (Observation, StagedObservation, ProtectedValue):
        table = table_of(model)
        done = session.connection().execute(
            delete(table).where(table.c.source_id == source_id, table.c.area_id.in_(sites))
        )
        gone += done.rowcount if model is Observation else 0
    refresh_coverage(session, source_id)
    return gone
