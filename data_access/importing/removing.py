"""Taking out what came with the product and is no longer wanted; what came any other way stays."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, SQLModel

from data_access.importing.catalogue import table_of
from data_access.importing.intersections import remove_studies
from data_access.importing.recorded import remove_recorded
from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows
from data_access.models import (
    Category,
    Commitment,
    Concern,
    Coverage,
    DataGenerationPlan,
    DemandSource,
    Dimension,
    GroupMember,
    IntersectionStudy,
    NewestFigure,
    Observation,
    OfficialReply,
    Participation,
    PopulationGroup,
    RecognitionEvent,
    Release,
    ReleaseStep,
    ReturnedFinding,
    Series,
    Source,
    SourceConsent,
    SourceCountry,
    SourceSeries,
    StagedObservation,
)
from data_access.models.protected import ProtectedValue

SPEAK_OF_SOURCES: tuple[type[SQLModel], ...] = (
    SourceConsent,
    RecognitionEvent,
    DemandSource,
    Commitment,
    Participation,
    DataGenerationPlan,
    ReturnedFinding,
    Concern,
    OfficialReply,
)
"""What may be said of a source and stays when its figures are taken out."""


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
        for model in (Observation, StagedObservation, Coverage, NewestFigure, SourceSeries, SourceCountry, Release):
            table = table_of(model)
            session.execute(delete(table).where(table.c.source_id == source_id))
        if not any(_speaks_of(session, model, source_id) for model in SPEAK_OF_SOURCES):
            session.execute(delete(sources).where(sources.c.id == source_id))  # else an empty shell keeps what is said
    return [code for _, code in found]


def _speaks_of(session: Session, model: type[SQLModel], source_id: int) -> bool:
    table = table_of(model)
    column = table.c["baseline_source_id" if "baseline_source_id" in table.c else "source_id"]
    return session.execute(select(column).where(column == source_id).limit(1)).first() is not None


def remove_unused_illustrative(session: Session, root: Path = SAMPLE_DATA) -> None:
    """Take out the invented series, categories and dimensions, and every group, that no observation speaks of."""
    observed, groups, parts = table_of(Observation), table_of(PopulationGroup), table_of(GroupMember)
    unused = select(groups.c.id).where(groups.c.id.not_in(select(observed.c.group_id).distinct()))
    session.execute(delete(parts).where(parts.c.group_id.in_(unused)))
    session.execute(delete(groups).where(groups.c.id.not_in(select(observed.c.group_id).distinct())))
    spoken_of = _spoken_of("series")
    series, measured, studied = table_of(Series), table_of(SourceSeries), table_of(IntersectionStudy)
    session.execute(
        delete(series).where(
            series.c.illustrative,
            series.c.id.not_in(select(observed.c.series_id).distinct()),
            series.c.id.not_in(select(measured.c.series_id)),
            series.c.id.not_in(select(studied.c.series_id)),
            *(series.c.id.not_in(select(column).where(column.is_not(None))) for column in spoken_of),
        )
    )
    named = _categories_named(session)
    dimensions, categories = table_of(Dimension), table_of(Category)
    for r in _invented("categories", root):
        if (r["dimension"], r["code"]) in named:
            continue
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


def _spoken_of(table: str) -> list[ColumnElement[int]]:
    """The columns by which entries of the record lead to a table."""
    return [
        column
        for one in SQLModel.metadata.tables.values()
        if "stated_in" in one.c
        for column in one.c
        if any(key.column.table.name == table for key in column.foreign_keys)
    ]


def _categories_named(session: Session) -> set[tuple[str, str]]:
    """Dimension and category of every group that an entry of the record names."""
    found: set[str] = set()
    for table in SQLModel.metadata.tables.values():
        if ("stated_in" in table.c or table.name == "commitment_group") and "group_key" in table.c:
            found |= set(session.scalars(select(table.c.group_key).distinct()))
    pairs = (part.partition("=") for key in found for part in key.split("|") if part)
    return {(dimension, category) for dimension, _, category in pairs}


def _invented(name: str, root: Path) -> list[dict[str, str]]:
    return [r for r in catalogue_rows(name, root, illustrative=True) if r["illustrative"] == "True"]
