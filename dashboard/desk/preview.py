"""What a mapping makes of the first rows of a file, while it is being written."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import store
from data_access.database import engine_for, reading
from data_access.importing.findings import Finding
from data_access.importing.mapping.adapter import FromCatalogues
from data_access.importing.mapping.apply import harmonise
from data_access.importing.mapping.reading import MappingRefused, load_mapping
from data_access.importing.mapping.settling import settle
from data_access.importing.resolution.outcomes import AnswerProblem
from data_access.importing.resolution.resolver import Answers, Resolver
from data_access.importing.tidy import TidyRow
from data_access.importing.workbook import Workbook
from data_access.prepare import named_problems

MOST = 200


@dataclass(frozen=True)
class Preview:
    """``errors`` of the mapping, each with its line and key; where there are none, the ``rows`` it makes of the first
    rows of the file, and how many questions and refusals those raise. ``microdata`` where people's answers are
    estimated instead, which a preview cannot show."""

    errors: tuple[Finding, ...] = ()
    rows: tuple[TidyRow, ...] = ()
    questions: int = 0
    refused: int = 0
    microdata: bool = False


def preview(book: Workbook, mapping_text: str, answers: Answers) -> Preview:
    """What ``mapping_text`` makes of the first rows of a file; nothing is raised for what it says."""
    try:
        mapping = load_mapping(mapping_text)
    except MappingRefused as refused:
        return Preview(refused.findings)
    if mapping.microdata is not None and not mapping.tables:
        return Preview(microdata=True)
    settings, countries = store.settings(), mapping.source.countries
    country = countries[0] if len(countries) == 1 else ""
    with named_problems(settings), reading(engine_for(settings.database_url)) as session:
        settled = settle(mapping, mapping_text, store.catalogue(), answers)
        if settled.findings:
            return Preview(settled.findings)
        try:
            resolver = Resolver.of(session, country=country, vintage=settled.vintage, answers=settled.answers)
        except AnswerProblem as problem:
            return Preview((Finding("refused", "answers", book.file, str(problem), ""),))
    made = harmonise(book, settled.mapping, FromCatalogues(resolver))
    kinds = [one.kind for one in made.findings]
    return Preview((), tuple(made.rows[:MOST]), kinds.count("question"), kinds.count("refused"))
