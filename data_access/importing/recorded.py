"""What is recorded about sources and series beside the figures: goals, quality assessments, reasons for absence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Select, delete, insert, select
from sqlmodel import Session

from data_access.importing.catalogue import ids, table_of
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import ILLUSTRATIVE_FOLDER, SAMPLE_DATA, catalogue_rows
from data_access.models import (
    BreakdownFact,
    Country,
    GatewayAnswer,
    Goal,
    QualityAssessment,
    QualityScore,
    Release,
    Series,
    Source,
)
from data_access.models.coverage_facts import EVERY_SERIES

N = TypeVar("N", int, float)
Row = Mapping[str, str]
_ASSESSMENT = ("source", "framework", "framework_version", "assessed_on")


def fill_recorded(session: Session, root: Path = SAMPLE_DATA, *, illustrative: bool) -> None:
    """Make goals, quality assessments and breakdown facts hold what ships, for the sources and series that are held.

    What is recorded of sources that came any other way stays. Raises FileProblem for a row that cannot be read or
    speaks of an assessment that does not stand.
    """
    shipped = _shipped_sources()
    held = set(session.scalars(shipped))
    sources = {code: id_ for code, id_ in ids(session, Source).items() if id_ in held}
    _fill_goals(session, _Shipped("goals", root, illustrative))
    _fill_breakdown_facts(session, _Shipped("breakdown_facts", root, illustrative), sources, shipped)
    _fill_assessments(session, root, illustrative, sources, shipped)


def remove_recorded(session: Session, source_id: int) -> None:
    """Take out what is recorded of one source."""
    assessments = table_of(QualityAssessment)
    _remove_assessments(session, select(assessments.c.source_id).where(assessments.c.source_id == source_id))
    facts = table_of(BreakdownFact)
    session.execute(delete(facts).where(facts.c.source_id == source_id))


class _Shipped:
    """A shipped catalogue whose rows, where they cannot be used, are named by file, row, column and value."""

    def __init__(self, name: str, root: Path, illustrative: bool) -> None:
        self.name, self.root = name, root
        self.rows = catalogue_rows(name, root, illustrative=illustrative)

    def refuse(self, row: Row, column: str, problem: str, mend: str) -> FileProblem:
        """The problem of one cell of one row."""
        folder = ILLUSTRATIVE_FOLDER if row["illustrative"] == "True" else "catalogue"
        same = [r for r in self.rows if r["illustrative"] == row["illustrative"]]
        number = next(position for position, r in enumerate(same, 2) if r is row)
        file = self.root / folder / f"{self.name}.csv"
        return FileProblem(file, problem, mend, row=number, column=column, value=row[column])

    def number(self, row: Row, column: str, read: Callable[[str], N]) -> N | None:
        """A cell as a number, None when it is empty."""
        try:
            return read(row[column]) if row[column] else None
        except ValueError:
            raise self.refuse(row, column, "is not a number.", "Write digits with a point.") from None

    def known(self, row: Row, column: str, codes: Mapping[str, int], what: str) -> int:
        """The id behind a cell's code."""
        if row[column] not in codes:
            raise self.refuse(row, column, f"is no known {what}.", "Correct the code.")
        return codes[row[column]]


def _shipped_sources() -> Select[int]:
    releases = table_of(Release)
    return select(releases.c.source_id).where(releases.c.mapping_version.like("shipped-%"))


def _fill_goals(session: Session, shipped: _Shipped) -> None:
    series, countries, table = ids(session, Series), ids(session, Country, "iso3"), table_of(Goal)
    found: dict[tuple[int, int | None], dict[str, Any]] = {}
    for row in shipped.rows:
        country = shipped.known(row, "country", countries, "country") if row["country"] else None
        key = (shipped.known(row, "series", series, "series"), country)
        if key in found:
            raise shipped.refuse(row, "series", "has a goal for this country already.", "Keep one of the two rows.")
        found[key] = {
            "series_id": key[0],
            "country_id": country,
            "set_by": row["set_by"],
            "rule": row["rule"],
            "value": shipped.number(row, "value", float),
            "year": shipped.number(row, "year", int),
            "baseline_year": shipped.number(row, "baseline_year", int),
            "stated_in": row["stated_in"],
        }
    session.execute(delete(table))
    if found:
        session.execute(insert(table), list(found.values()))


def _fill_breakdown_facts(session: Session, shipped: _Shipped, sources: Mapping[str, int], ours: Select[int]) -> None:
    series, table = ids(session, Series), table_of(BreakdownFact)
    rows = []
    for row in shipped.rows:
        if row["source"] not in sources:
            continue
        if row["series"] != EVERY_SERIES:
            shipped.known(row, "series", series, "series")
        columns = ("series", "aspect", "collected", "published", "stated_in", "recorded_by", "recorded_on")
        rows.append({"source_id": sources[row["source"]]} | {name: row[name] for name in columns})
    session.execute(delete(table).where(table.c.source_id.in_(ours)))
    if rows:
        session.execute(insert(table), rows)


def _fill_assessments(
    session: Session, root: Path, illustrative: bool, sources: Mapping[str, int], ours: Select[int]
) -> None:
    table = table_of(QualityAssessment)
    _remove_assessments(session, ours)
    rows = [r for r in _Shipped("quality_assessments", root, illustrative).rows if r["source"] in sources]
    if not rows:
        return
    session.execute(
        insert(table),
        [
            {"source_id": sources[r["source"]]}
            | {name: r[name] for name in (*_ASSESSMENT[1:], "assessor_role", "basis")}
            for r in rows
        ],
    )
    code_of = {id_: code for code, id_ in sources.items()}
    columns = (table.c.source_id, table.c.framework, table.c.framework_version, table.c.assessed_on, table.c.id)
    stand = {
        (code_of[source_id], *rest): id_
        for source_id, *rest, id_ in session.execute(select(*columns).where(table.c.source_id.in_(ours)))
    }
    answers = _Shipped("gateway_answers", root, illustrative)
    _insert_parts(session, answers, GatewayAnswer, sources, stand, lambda r: {n: r[n] for n in ("question", "answer")})
    scores = _Shipped("quality_scores", root, illustrative)
    _insert_parts(
        session,
        scores,
        QualityScore,
        sources,
        stand,
        lambda r: {"criterion": r["criterion"], "score": scores.number(r, "score", int)},
    )


def _insert_parts(
    session: Session,
    shipped: _Shipped,
    model: type[GatewayAnswer] | type[QualityScore],
    sources: Mapping[str, int],
    stand: Mapping[tuple[str, ...], int],
    read: Callable[[Row], dict[str, Any]],
) -> None:
    rows = []
    for row in shipped.rows:
        if row["source"] not in sources:
            continue
        key = tuple(row[name] for name in _ASSESSMENT)
        if key not in stand:
            raise shipped.refuse(
                row, "assessed_on", "no assessment of this source stands for it.", "Add it to quality_assessments.csv."
            )
        rows.append({"assessment_id": stand[key], "reason": row["reason"]} | read(row))
    if rows:
        session.execute(insert(table_of(model)), rows)


def _remove_assessments(session: Session, sources: Select[int]) -> None:
    table = table_of(QualityAssessment)
    of_them = select(table.c.id).where(table.c.source_id.in_(sources))
    for model in (GatewayAnswer, QualityScore):
        parts = table_of(model)
        session.execute(delete(parts).where(parts.c.assessment_id.in_(of_them)))
    session.execute(delete(table).where(table.c.source_id.in_(sources)))
