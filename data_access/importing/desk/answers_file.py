"""A file that holds the answers of single people, with the form they were given to, on its way through an import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session

from data_access.importing.problems import FileProblem
from data_access.importing.workbook import Workbook
from data_access.queries.facts import Catalogue

if TYPE_CHECKING:  # the engine is loaded only when there are answers
    from data_access.importing.estimates.taking_in import Estimated
    from data_access.importing.mapping.resolve import Resolve
    from data_access.importing.mapping.schema import DatasetMapping

START = 4096


@dataclass(frozen=True, slots=True)
class AnswersFile(Workbook):
    """A workbook of answers: ``form`` the XLSForm that came with it. A CSV has no sheets: it is read at ``path``."""

    form: Workbook | None = None
    path: Path | None = None


def opened(
    path: Path, mapping_path: Path, mapping_text: str, form: Path | None, read: Callable[[Path], Workbook]
) -> Workbook:
    """The file as its mapping needs it: sheets of cells, or, for a CSV of answers alone, where it lies.

    The form is the one given, or the file that the mapping names, beside the mapping or the file. Raises FileProblem,
    and whatever ``read`` raises; what is wrong with the mapping is said when it is applied.
    """
    from data_access.importing.mapping.reading import MappingRefused, load_mapping
    from data_access.importing.readers.kinds import may_be_text

    try:
        mapping = load_mapping(mapping_text)
    except MappingRefused:
        return read(path)
    if mapping.microdata is None:
        if form is not None:
            raise FileProblem(form, "a form is given, but the mapping has no 'microdata'.", "Leave the form out.")
        return read(path)
    named = mapping.microdata.form
    if form is None and named is not None:
        form = next((each for folder in (mapping_path, path) if (each := folder.with_name(named)).exists()), None)
        if form is None:
            raise FileProblem(named, "the form that the mapping names is not there.", "Give it with --form.")
    form_book = None if form is None else read(form)
    with path.open("rb") as file:
        is_text = may_be_text(file.read(START))
        file.seek(0)
        if is_text and not mapping.tables and not mapping.records:
            sha256 = file_digest(file, "sha256").hexdigest()
            return AnswersFile(path.name, "csv", sha256, (), (), form_book, path)
    whole = read(path)
    return AnswersFile(whole.file, whole.kind, whole.sha256, whole.sheets, whole.remarks, form_book)


def recorded_mapping(mapping_text: str, workbook: Workbook) -> str:
    """The mapping as a release records it: another form makes another release of the same file."""
    form = workbook.form if isinstance(workbook, AnswersFile) else None
    return mapping_text if form is None else f"{mapping_text.rstrip()}\n# form: {form.file} sha256 {form.sha256}\n"


def of_tables(workbook: Workbook, mapping: DatasetMapping) -> Workbook:
    """The workbook without the sheets of answers and of their form: those are looked through by themselves."""
    if mapping.microdata is None:
        return workbook
    wanted = _sheets_of_tables(workbook, mapping)
    sheets = tuple(sheet for sheet in workbook.sheets if sheet.name in wanted)
    return Workbook(workbook.file, workbook.kind, workbook.sha256, sheets, workbook.remarks)


def estimates(
    session: Session, workbook: Workbook, mapping: DatasetMapping, resolve: Resolve, known: Catalogue
) -> Estimated:
    """What the answers in ``workbook`` say of groups, safe to publish beside what the source has shown before."""
    from data_access.importing.catalogue import ids
    from data_access.importing.estimates.taking_in import Microfile, take_in
    from data_access.models import Source
    from data_access.publishing.storing import shown_before

    said = mapping.microdata
    assert said is not None
    source_id = ids(session, Source).get(mapping.source.code)
    earlier = [] if source_id is None else shown_before(session, source_id, {said.period})
    given = workbook if isinstance(workbook, AnswersFile) else None
    return take_in(
        Microfile(workbook, given.path if given else None, given.form if given else None),
        said,
        resolve,
        earlier=earlier,
        favourable={code: facts.favourable for code, facts in known.series.items()},
        tables_of=_sheets_of_tables(workbook, mapping),
    )


def _sheets_of_tables(workbook: Workbook, mapping: DatasetMapping) -> set[str]:
    from data_access.importing.mapping.sheets import chosen

    rules = [table.sheets for table in mapping.tables] + [records.sheets for records in mapping.records]
    rules += [beside.sheet for table in mapping.tables for beside in table.beside.values()]
    return {sheet.name for rule in rules for sheet, _ in chosen(workbook, rule)}
