"""What the cells of entries may refer to: every code that stands, each table read when the first cell asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from data_access.importing.catalogue import table_of
from data_access.models import Area, Category, Country, Dimension, SdgTarget, Series, Source, SourceCountry
from data_access.process.kinds import KINDS, Kind


@dataclass
class Referred:
    """What one table offers: code → id, code → whether it is invented, and code → the countries it belongs to."""

    ids: dict[str, int | str] = field(default_factory=dict)
    invented: dict[str, bool] = field(default_factory=dict)
    countries: dict[str, frozenset[str]] = field(default_factory=dict)


class _Tables(dict[str, Referred]):
    """Tables by name, each read at the first look at it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kinds = {table_of(kind.model).name: kind for kind in KINDS.values()}

    def __missing__(self, name: str) -> Referred:
        kind = self._kinds.get(name)
        self[name] = found = self._entries(kind) if kind is not None else self._catalogue(name)
        return found

    def _rows(self, model: type[SQLModel], *columns: str) -> Sequence[Any]:
        table = table_of(model)
        return self._session.execute(select(*(table.c[column] for column in columns))).all()

    def _catalogue(self, name: str) -> Referred:
        found = Referred()
        match name:
            case "country":
                for id_, iso3 in self._rows(Country, "id", "iso3"):
                    found.ids[iso3], found.countries[iso3] = id_, frozenset({iso3})
            case "area":
                of = self._above("country")
                for id_, code, country in self._rows(Area, "id", "code", "country_id"):
                    found.ids[code], found.countries[code] = id_, of[country]
            case "series":
                found.ids.update({code: id_ for id_, code in self._rows(Series, "id", "code")})
            case "source":
                of = self._above("country")
                where: dict[int, frozenset[str]] = {}
                for source, country in self._rows(SourceCountry, "source_id", "country_id"):
                    where[source] = where.get(source, frozenset()) | of[country]
                for id_, code, invented in self._rows(Source, "id", "code", "illustrative"):
                    found.ids[code], found.invented[code] = id_, invented
                    found.countries[code] = where.get(id_, frozenset())
            case "sdg_target":
                found.ids.update({code: code for (code,) in self._rows(SdgTarget, "code")})
            case _:
                raise KeyError(name)
        return found

    def _entries(self, kind: Kind) -> Referred:
        """The entries of one kind that stand, each with the countries of what it belongs to."""
        table = table_of(kind.model)
        leads = kind.parent or ("country_id" if "country_id" in table.c else "")
        found = Referred()
        above = self._above(next(iter(table.c[leads].foreign_keys)).column.table.name) if leads else {}
        columns = [table.c.id, table.c.code, table.c.illustrative, *([table.c[leads]] if leads else [])]
        for id_, code, invented, *parent in self._session.execute(select(*columns).where(table.c.standing == "stands")):
            found.ids[code] = id_
            found.invented[code] = invented
            found.countries[code] = above.get(parent[0], frozenset()) if parent else frozenset()
        return found

    def _above(self, table: str) -> dict[int | str, frozenset[str]]:
        referred = self[table]
        return {id_: referred.countries.get(code, frozenset()) for code, id_ in referred.ids.items()}


@dataclass(frozen=True)
class Known:
    """Every code an entry may refer to, by table, and the categories of each dimension."""

    tables: Mapping[str, Referred]
    categories: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, session: Session) -> Known:
        """All that stands now; entries that were withdrawn are not offered. Reads only, and within the session.

        A form reads the tables its own cells speak of, not the whole record.
        """
        dimensions, categories = table_of(Dimension), table_of(Category)
        found: dict[str, set[str]] = {}
        for dimension, category in session.execute(
            select(dimensions.c.code, categories.c.code).join(categories, categories.c.dimension_id == dimensions.c.id)
        ):
            found.setdefault(dimension, set()).add(category)
        return cls(_Tables(session), {dimension: frozenset(codes) for dimension, codes in found.items()})

    def remember(self, kind: str, code: str, id_: int, *, invented: bool, countries: frozenset[str]) -> None:
        """Let later entries refer to one that has just been written."""
        referred = self.tables[table_of(KINDS[kind].model).name]
        referred.ids[code], referred.invented[code], referred.countries[code] = id_, invented, countries
