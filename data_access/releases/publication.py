"""Publishing: a second person lets a draft be seen; what it replaces stays readable behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlmodel import Session

from data_access.database import count_change
from data_access.importing.catalogue import source_for, table_of
from data_access.importing.load import refresh_coverage
from data_access.importing.shipped import Sidecar
from data_access.models import AuditEntry, ReleaseStep
from data_access.people.audit import now, record
from data_access.people.current import CurrentUser, require
from data_access.releases.consents import remove_sites, write_consent
from data_access.releases.incoming import Consent
from data_access.releases.measuring import record_definitions
from data_access.releases.problems import ConsentForbids, NotADraft, SecondPersonNeeded, Stale, Withdrawn
from data_access.releases.settling import Loaded, settle
from data_access.releases.standing import ReleaseStanding, SourceStanding, find_release, find_source, newest_published
from data_access.releases.studies import publish_studies


@dataclass(frozen=True, slots=True)
class Published:
    """What readers see from now on; ``unreviewed`` where nobody but the importer looked at it."""

    release: str
    loaded: Loaded
    unreviewed: bool


def publish(session: Session, code: str, by: CurrentUser, *, own_allowed: bool = False) -> Published:
    """Publish a draft, in the caller's transaction; on top of an earlier release it is a revision of it.

    ``own_allowed``: who imported it may publish it, which is recorded as unreviewed. Raises Unknown, NotADraft, Stale,
    Withdrawn, ConsentForbids, SecondPersonNeeded and NotAllowed.
    """
    draft = find_release(session, code)
    act = "publish" if draft.supersedes is None else "revise"
    facts = draft.source_facts
    countries = {*draft.source.countries, *facts.get("countries", ())}
    role = require(by, act, countries, {draft.source.organisation, facts.get("publisher", draft.source.organisation)})
    _refuse_what_cannot_be(session, draft)
    unreviewed = _imported_by(session, draft, by)
    if unreviewed and not own_allowed:
        raise SecondPersonNeeded(code, draft.imported_by)
    source_for(session, Sidecar(**facts))
    _settle_consent(session, draft, draft.consent, by)
    loaded = settle(session, draft.id, draft.source.id)
    record_definitions(session, draft.id, draft.source.id)
    publish_studies(session, draft)
    refresh_coverage(session, draft.source.id)
    steps = table_of(ReleaseStep)
    session.execute(
        update(steps)
        .where(steps.c.release_id == draft.id)
        .values(step="published", published_by=by.name, published_at=now(), unreviewed=unreviewed)
    )
    counts = {"new": loaded.new, "revised": loaded.revised, "same": loaded.same, "gone": loaded.gone}
    record(session, by, role, act, code, unreviewed=unreviewed, **counts)
    count_change(session)
    return Published(code, loaded, unreviewed)


def _refuse_what_cannot_be(session: Session, draft: ReleaseStanding) -> None:
    if draft.source.state == "withdrawn":
        raise Withdrawn(f"{draft.source.code} was withdrawn; its releases cannot be published.")
    if draft.step != "draft":
        raise NotADraft(f"{draft.code} is {draft.step}, not a draft: only a draft can be published.")
    if newest_published(session, draft.source.id) != draft.supersedes:
        raise Stale(draft.code)


def _imported_by(session: Session, draft: ReleaseStanding, by: CurrentUser) -> bool:
    """Whether ``by`` imported the draft, under this name or another one of the same account."""
    entry = table_of(AuditEntry).c
    last = session.execute(
        select(entry.user_id)
        .where(entry.upon == draft.code, entry.act.in_(("import", "pull")))
        .order_by(entry.id.desc())
    ).first()
    same_account = last is not None and last.user_id is not None and last.user_id == by.user_id
    return same_account or draft.imported_by == by.name


def _settle_consent(session: Session, draft: ReleaseStanding, stated: Mapping[str, str], by: CurrentUser) -> None:
    """Record the consent that came with the file where none or a laxer one is recorded; then ask if it will do."""
    strictness = ("public", "aggregate_only", "private").index
    recorded = draft.source.sharing
    if stated and (recorded is None or strictness(stated["sharing"]) > strictness(recorded)):
        write_consent(session, draft.source.id, Consent(**stated), by)
    source: SourceStanding = find_source(session, draft.source.code)
    if source.sharing is None and source.origin == "community":
        raise ConsentForbids(
            f"What the community agreed to is not recorded for {source.code}: "
            "name owner and sharing in the mapping, or record them with `consent`."
        )
    if source.sharing == "private" or source.revoked:
        raise ConsentForbids(f"The owner of {source.code} keeps it private, so it cannot be published.")
    if source.sharing == "aggregate_only":
        remove_sites(session, source.id)
