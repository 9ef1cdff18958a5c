"""Taking out what came with the product and is no longer wanted; what came any other way stays."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.importing.intersections import remove_studies
from data_access.importing.recorded import remove_recorded
from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows
from data_access.models import (
    Category,
    Coverage,
    Dimension,
    GroupMember,
    IntersectionStudy,
    Observation,
    PopulationGroup,
    Release,
    ReleaseStep,
    Series,
    Source,
    SourceConsent,
    SourceCountry,
    SourceSeries,
    StagedObservation,
)
from data_access.models.protected import ProtectedValue


def remove_shipped_except(session: Session, wanted: set[str]) -> list[str]:
    """Take out every source that came with the product and is not ``wanted``; returns their codes.

    Sources that came any other way are never touched.
    """
    releases = table_of(Release)
    by_hand = select(releases.c.source_id).where(releases.c.mapping_version.not_like("shipped-%"))
    shipped = select(releases.c.source_id).where(releases.c.mapping_version.like("shipped-%"))
    sources = table_of(Source)
    found = session.execute(
        select(sources.c.id, sources.c.code).where(
            sources.c.id.in_(shipped),
            sources.c.id.not_in(by_hand),
            sources.c.code.not_in(sorted(wanted)),
            sources.c.state == "published",  # a tombstone stays
        )
    ).all()
    for source_id, _ in found:
        remove_recorded(session, source_id)
        session.execute(delete(table_of(ProtectedValue)).where(table_of(ProtectedValue).c.source_id == source_id))
        remove_studies(session, source_id)
        steps = table_of(ReleaseStep)
        own = select(releases.c.id).where(releases.c.source_id == source_id)
        session.execute(delete(steps).where(steps.c.release_id.in_(own)))
        for model in (Observation, StagedObservation, Coverage, SourceSeries, SourceCountry, Release):
            table = table_of(model)
            session.execute(delete(table).where(table.c.source_id == source_id))
        consents = table_of(SourceConsent)
        if session.execute(select(consents.c.id).where(consents.c.source_id == source_id)).first() is None:
            session.execute(delete(sources).where(sources.c.id == source_id))  # else an empty shell keeps the consent
    return [code for _, code in found]


def remove_unused_illustrative(session: Session, root: Path = SAMPLE_DATA) -> None:
    """Take out the invented series, categories and dimensions, and every group, that no observation speaks of."""
    observed, groups, parts = table_of(Observation), table_of(PopulationGroup), table_of(GroupMember)
    unused = select(groups.c.id).where(groups.c.id.not_in(select(observed.c.group_id).distinct()))
    session.execute(delete(parts).where(parts.c.group_id.in_(unused)))
    session.execute(delete(groups).where(groups.c.id.not_in(select(observed.c.group_id).distinct())))
    series, measured, studied = table_of(Series), table_of(SourceSeries), table_of(IntersectionStudy)
    session.execute(
        delete(series).where(
            series.c.illustrative,
            series.c.id.not_in(select(observed.c.series_id).distinct()),
            series.c.id.not_in(select(measured.c.series_id)),
            series.c.id.not_in(select(studied.c.series_id)),
        )
    )
    dimensions, categories = table_of(Dimension), table_of(Category)
    for r in _invented("categories", root):
        dimension = select(dimensions.c.id).where(dimensions.c.code == r["dimension"]).scalar_subquery()
        in_use = select(parts.c.category_code).where(parts.c.dimension_id == dimension)
        session.execute(
            delete(categories).where(
                categories.c.dimension_id == dimension,
                categories.c.code == r["code"],
                categories.c.code.not_in(in_use),
            )
        )
    for r in _invented("dimensions", root):
        session.execute(
            delete(dimensions).where(
                dimensions.c.code == r["code"], dimensions.c.id.not_in(select(categories.c.dimension_id))
            )
        )


def _invented(name: str, root: Path) -> list[dict[str, str]]:
    return [r for r in catalogue_rows(name, root, illustrative=True) if r["illustrative"] == "True"]
