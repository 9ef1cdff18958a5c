"""Where releases and sources stand: found by code, with how far they have got and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Country, Organisation, Release, ReleaseStep, Source, SourceConsent, SourceCountry
from data_access.releases.problems import Unknown
from data_access.releases.visibility import newest_consents, public_releases


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """A source, whose it is and where. ``sharing`` None where no consent is recorded."""

    id: int
    code: str
    state: str
    origin: str
    illustrative: bool
    organisation: str
    countries: tuple[str, ...]
    sharing: str | None
    revoked: bool


@dataclass(frozen=True, slots=True)
class ReleaseStanding:
    """A release; ``step`` is "published" for one that shipped. ``supersedes`` the release it was compared with.

    ``source_facts`` and ``consent`` what its file says of its source and its owner's agreement, empty where nothing.
    """

    id: int
    code: str
    source: SourceStanding
    step: str
    imported_by: str
    supersedes: int | None
    rows: int
    source_facts: dict[str, Any]
    consent: dict[str, str]


def find_source(session: Session, code: str) -> SourceStanding:
    """The source of that code. Raises Unknown."""
    source, organisation = table_of(Source).c, table_of(Organisation).c
    found = session.execute(
        select(source.id, source.code, source.state, source.origin, source.illustrative, organisation.name)
        .join(table_of(Organisation), organisation.id == source.organisation_id)
        .where(source.code == code)
    ).first()
    if found is None:
        raise Unknown(code)
    link, country, consent = table_of(SourceCountry).c, table_of(Country).c, table_of(SourceConsent).c
    countries = session.scalars(
        select(country.iso3)
        .join(table_of(SourceCountry), link.country_id == country.id)
        .where(link.source_id == found.id)
    )
    agreed: Row[tuple[str, str]] | None = session.execute(
        select(consent.sharing, consent.revoked_on).where(
            consent.source_id == found.id, consent.id.in_(newest_consents())
        )
    ).first()
    return SourceStanding(
        found.id,
        found.code,
        found.state,
        found.origin,
        found.illustrative,
        found.name,
        tuple(sorted(countries)),
        agreed.sharing if agreed else None,
        bool(agreed and agreed.revoked_on),
    )


def find_release(session: Session, code: str) -> ReleaseStanding:
    """The release of that code. Raises Unknown."""
    release, step, source = table_of(Release).c, table_of(ReleaseStep).c, table_of(Source).c
    found = session.execute(
        select(
            release.id,
            release.code,
            source.code.label("source"),
            step.step,
            step.imported_by,
            release.supersedes_id,
            release.rows,
            step.source_facts,
            step.consent,
        )
        .select_from(table_of(Release))
        .join(table_of(Source), source.id == release.source_id)
        .outerjoin(table_of(ReleaseStep), step.release_id == release.id)
        .where(release.code == code)
    ).first()
    if found is None:
        raise Unknown(code)
    return ReleaseStanding(
        found.id,
        found.code,
        find_source(session, found.source),
        found.step or "published",
        found.imported_by or "",
        found.supersedes_id,
        found.rows,
        found.source_facts or {},
        found.consent or {},
    )


def newest_published(session: Session, source_id: int) -> int | None:
    """The id of the source's newest published release; None when it has none."""
    release = table_of(Release).c
    return session.scalar(
        select(release.id)
        .where(release.source_id == source_id, release.id.in_(public_releases()))
        .order_by(release.id.desc())
        .limit(1)
    )
