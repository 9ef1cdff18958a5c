"""Drafts: a file kept after disclosure control, seen by nobody until it is published; the same file is kept once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session

from data_access.importing.catalogue import groups_for, ids, source_for, table_of
from data_access.models import FetchedAnswer, Release, ReleaseStep, Source, StagedObservation
from data_access.models.protected import ProtectedValue
from data_access.people.audit import now, record
from data_access.people.current import CurrentUser, require
from data_access.periods import years
from data_access.releases.incoming import Incoming
from data_access.releases.problems import FactsDiffer, NotADraft, Refused, Withdrawn
from data_access.releases.standing import ReleaseStanding, find_release, find_source, newest_published
from data_access.releases.studies import forget_studies, keep_studies
from data_access.releases.truths import keep_truths
from data_access.releases.trying import require_for
from data_access.releases.visibility import is_withdrawn
from data_access.releases.weighing import Weighed, sharing_of, weigh, worth

AT_ONCE = 5000
"""Rows handed to the database at a time."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was kept. ``kept`` False where this file stood already, as a draft or published: nothing was changed."""

    release: str
    kept: bool
    step: str
    rows: int
    suppressed: int
    left_out: int


def save_draft(session: Session, incoming: Incoming, by: CurrentUser) -> Draft:
    """Keep a file as a draft, in the caller's transaction (``database.writing``), which lets one writer in at a time.

    The file that stands already with the same mapping and answers, on top of the same release, changes nothing; one
    whose draft was discarded becomes a draft again. What of an existing source the mapping says differently waits with
    the draft. Raises Refused with all findings, NotSafe, Withdrawn, FactsDiffer and NotAllowed.
    """
    role = require_for(session, incoming, by)
    if is_withdrawn(session, incoming.source.code, incoming.sha256):
        raise Withdrawn(
            f"{incoming.source.code}, or what this file brought to it, was withdrawn and does not come back. "
            "What its owner agrees to anew needs a source of its own."
        )
    standing = _standing_already(session, incoming)
    if standing is not None and standing.step != "discarded":
        return Draft(standing.code, False, standing.step, standing.rows, 0, 0)
    weighed = weigh(session, incoming)
    if not weighed.may_be_kept:
        raise Refused(incoming.file, weighed.findings)
    source_id = _source(session, incoming)
    release_id, code = _release(session, incoming, weighed, source_id, standing, by)
    _record_answers(session, incoming, release_id)
    keep_studies(session, release_id, incoming.studies)
    staged = _staged(session, weighed, source_id, release_id)
    while chunk := list(islice(staged, AT_ONCE)):
        session.execute(insert(table_of(StagedObservation)), chunk)
    suppressed = _protect(session, weighed, source_id, release_id)
    at = {"source_id": source_id, "release_id": release_id}
    suppressed += keep_truths(session, incoming.truths, weighed.places, sharing_of(session, incoming), **at)
    counts = {"rows": len(weighed.rows), "suppressed": suppressed, "left_out": weighed.left_out}
    record(session, by, role, incoming.act, code, **counts)
    return Draft(code, True, "draft", **counts)


def discard(session: Session, code: str, by: CurrentUser) -> int:
    """Let a draft go, with all it holds; returns its rows. The release stays as a line of history.

    Raises Unknown, NotADraft and NotAllowed.
    """
    draft = find_release(session, code)
    role = require(by, "discard", draft.source.countries, {draft.source.organisation})
    if draft.step != "draft":
        raise NotADraft(f"{code} is {draft.step}, not a draft: only a draft can be discarded.")
    for model in (StagedObservation, ProtectedValue):
        session.execute(delete(table_of(model)).where(table_of(model).c.release_id == draft.id))
    steps = table_of(ReleaseStep)
    session.execute(update(steps).where(steps.c.release_id == draft.id).values(step="discarded"))
    forget_studies(session, draft.id)
    record(session, by, role, "discard", code, rows=draft.rows)
    return draft.rows


def _standing_already(session: Session, incoming: Incoming) -> ReleaseStanding | None:
    """The release that this very file made, as a draft, discarded, or as what is published now."""
    source_id = ids(session, Source).get(incoming.source.code)
    if source_id is None:
        return None
    release = table_of(Release).c
    newest = newest_published(session, source_id)
    found = session.scalars(
        select(release.code)
        .where(
            release.source_id == source_id,
            release.file_sha256 == incoming.sha256,
            release.mapping_version == incoming.mapping_version,
            (release.id == newest) | release.supersedes_id.is_not_distinct_from(newest),
        )
        .order_by(release.id.desc())
    ).first()
    return find_release(session, found) if found else None


def _source(session: Session, incoming: Incoming) -> int:
    """The id of the source; its facts are written where it is new, and wait with the draft where it is not."""
    known = ids(session, Source).get(incoming.source.code)
    if known is None:
        return source_for(session, incoming.source)
    if find_source(session, incoming.source.code).illustrative != incoming.source.illustrative:
        raise FactsDiffer(f"{incoming.source.code} cannot change between invented and real: give it another code.")
    return known


def _release(
    session: Session,
    incoming: Incoming,
    weighed: Weighed,
    source_id: int,
    discarded: ReleaseStanding | None,
    by: CurrentUser,
) -> tuple[int, str]:
    releases, steps = table_of(Release), table_of(ReleaseStep)
    at = now()
    step = {
        "step": "draft",
        "mapping": incoming.mapping,
        "answers": {asked: dict(given) for asked, given in incoming.answers.items()},
        "source_facts": asdict(incoming.source),
        "consent": asdict(incoming.consent) if incoming.consent else {},
        "imported_by": by.name,
        "imported_at": at,
    }
    if discarded is not None:
        session.execute(
            update(releases).where(releases.c.id == discarded.id).values(loaded_at=at, rows=len(weighed.rows))
        )
        session.execute(update(steps).where(steps.c.release_id == discarded.id).values(step))
        return discarded.id, discarded.code
    number = session.scalar(select(func.count()).where(releases.c.source_id == source_id)) or 0
    code = f"{incoming.source.code}-{number + 1}"
    session.execute(
        insert(releases).values(
            source_id=source_id,
            code=code,
            file=incoming.file,
            file_sha256=incoming.sha256,
            mapping_version=incoming.mapping_version,
            loaded_at=at,
            rows=len(weighed.rows),
            supersedes_id=newest_published(session, source_id),
        )
    )
    release_id = ids(session, Release)[code]
    session.execute(insert(steps).values(release_id=release_id, **step))
    return release_id, code


def _record_answers(session: Session, incoming: Incoming, release_id: int) -> None:
    """Write down what services answered; a draft that comes again says it anew."""
    table = table_of(FetchedAnswer)
    session.execute(delete(table).where(table.c.release_id == release_id))
    if incoming.fetched:
        session.execute(insert(table), [{"release_id": release_id, **asdict(one)} for one in incoming.fetched])


def _staged(session: Session, weighed: Weighed, source_id: int, release_id: int) -> Iterator[dict[str, Any]]:
    groups = groups_for(session, weighed.rows.texts["group"].used())
    for row, public in weighed.worths():
        area_id, country_id, _, _ = weighed.places.areas[row.area]
        yield {
            "release_id": release_id,
            "source_id": source_id,
            "country_id": country_id,
            "series_id": weighed.places.series[row.series][0],
            "group_id": groups[row.group],
            "area_id": area_id,
            "time_period": row.time_period,
            "year": years(row.time_period)[1],
            **public._asdict(),
            "row": row.row,
        }


def _protect(session: Session, weighed: Weighed, source_id: int, release_id: int) -> int:
    """Keep the true values of what is withheld where no query reads; returns how many."""
    groups = groups_for(session, ())
    kept = []
    for i, withheld in sorted(weighed.decision.withheld.items()):
        if not weighed.suppresses(i):
            continue
        row = weighed.rows[i]
        area_id, country_id, _, _ = weighed.places.areas[row.area]
        kept.append(
            {
                "release_id": release_id,
                "source_id": source_id,
                "country_id": country_id,
                "series_id": weighed.places.series[row.series][0],
                "group_id": groups[row.group],
                "area_id": area_id,
                "time_period": row.time_period,
                **{name: value for name, value in worth(row)._asdict().items() if name != "status"},
                "kind": withheld.kind,
                "reasons": " ".join(withheld.reasons),
            }
        )
    if kept:
        session.execute(insert(table_of(ProtectedValue)), kept)
    return len(kept)
