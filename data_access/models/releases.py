"""When it came: releases of a source, and the counter that tells caches the data have changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table


class Release(Table, table=True):
    """One file of a source as it was loaded.

    The same file with the same mapping is never loaded on top of the same release twice; an earlier file may come
    back after a later one.
    """

    __table_args__ = (
        UniqueConstraint("file_sha256", "mapping_version", "supersedes_id"),
        UniqueConstraint("id", "source_id"),
        CheckConstraint("length(file_sha256) = 64", name="hash_is_sha256"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    code: str = Field(unique=True, max_length=80)
    file: str
    file_sha256: str = Field(max_length=64)
    mapping_version: str = Field(max_length=40)
    loaded_at: datetime = Field(sa_type=DateTime)
    rows: int
    supersedes_id: int | None = Field(default=None, foreign_key="release.id")


class FetchedAnswer(Table, table=True):
    """What a service answered when a release was pulled from it: a series, from which address, when, in which bytes.

    ``sha256`` is that of the answer's bytes as they came, which lie in the deployment's own folder under that name.
    """

    __tablename__ = "fetched_answer"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="hash_is_sha256"),)

    release_id: int = Field(primary_key=True, foreign_key="release.id")
    series: str = Field(primary_key=True, max_length=80)
    service: str = Field(max_length=40)
    address: str
    accessed_at: datetime = Field(sa_type=DateTime)
    sha256: str = Field(max_length=64)
    licence: str
    licence_address: str = ""


class ChangeCounter(Table, table=True):
    """One row, raised by every change of what readers may see; caches are keyed on it."""

    __tablename__ = "change_counter"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    value: int = 0


class ShippedState(Table, table=True):
    """One row: the fingerprint of the shipped figures this database was last filled from."""

    __tablename__ = "shipped_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    fingerprint: str = Field(max_length=64)
