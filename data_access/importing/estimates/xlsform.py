"""The questionnaire of a Kobo or ODK survey, from its XLSForm: questions, choices, groups and repeats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data_access.importing.problems import FileProblem
from data_access.importing.workbook import Cell, Sheet, Workbook

NUMBERS = frozenset({"integer", "decimal", "range", "int"})
SELECTS = {"select_one": "select_one", "select": "select_one", "select_multiple": "select_multiple"}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose: its code and its labels by language ("" where the form names none)."""

    name: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: ``kind`` its XLSForm type without the list, ``choices`` those of its list.

    ``path`` the groups and repeats around it and its name, joined by /; ``repeat`` the innermost repeat, empty for the
    household. ``relevant`` the condition under which it is asked, as the form has it.
    """

    name: str
    kind: str
    path: str
    repeat: str
    labels: Mapping[str, str]
    relevant: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An XLSForm; ``repeats`` leads from each repeat to the one it lies in ("" the household)."""

    title: str
    form_id: str
    version: str
    questions: tuple[Question, ...]
    repeats: Mapping[str, str]

    def question(self, name: str) -> Question:
        """The question of that name or path. Raises KeyError."""
        return next((one for one in self.questions if name in (one.name, one.path)), None) or _absent(name)


def read_form(workbook: Workbook) -> Form:
    """The form in the sheets ``survey``, ``choices`` and ``settings``; the last two may be missing.

    Raises FileProblem, with sheet and row, where a select names no list, a list has no choices, or a group or repeat is
    not closed.
    """
    survey = _sheet(workbook, "survey")
    if survey is None:
        raise FileProblem(workbook.file, "there is no sheet 'survey'.", "Give the XLSForm that the survey was made of.")
    lists = _choices(_sheet(workbook, "choices"))
    open_ones: list[tuple[str, str]] = []
    questions: list[Question] = []
    repeats: dict[str, str] = {}
    for row, cells in _rows(survey):
        words = cells.get("type", "").split()
        if not words:
            continue
        kind = words[0].lower().replace("-", "_")
        if kind in ("begin", "end") and len(words) > 1:
            kind, words = f"{kind}_{words[1].lower()}", words[1:]
        name = cells.get("name", "")
        inside = next((each for what, each in reversed(open_ones) if what == "repeat"), "")
        if kind.startswith("begin_"):
            if kind == "begin_repeat":
                repeats[name] = inside
            open_ones.append((kind.removeprefix("begin_"), name))
        elif kind.startswith("end_"):
            if not open_ones or open_ones[-1][0] != kind.removeprefix("end_"):
                raise FileProblem(workbook.file, f"{kind} closes nothing.", "Correct the sheet survey.", row=row)
            open_ones.pop()
        elif name:
            plain = kind.removesuffix("_from_file")
            choices: tuple[Choice, ...] = ()
            if plain in SELECTS:
                if len(words) < 2:
                    raise FileProblem(workbook.file, "the select names no list.", "Name one.", row=row, value=name)
                choices = lists.get(words[1], ())
                if not choices and plain == kind:
                    raise FileProblem(
                        workbook.file,
                        "the sheet choices has no such list.",
                        "Add its choices.",
                        row=row,
                        value=words[1],
                    )
            path = "/".join([*(each for _, each in open_ones), name])
            kind = SELECTS.get(plain, kind)
            said = _labels(cells)
            questions.append(Question(name, kind, path, inside, said, cells.get("relevant", ""), choices))
    if open_ones:
        what, name = open_ones[-1]
        raise FileProblem(workbook.file, f"{what} {name!r} is not closed.", f"Add end_{what} to the sheet survey.")
    settings = _sheet(workbook, "settings")
    said = next((cells for _, cells in _rows(settings)), {}) if settings else {}
    title = said.get("form_title", "") or said.get("title", "")
    return Form(title, said.get("form_id", ""), said.get("version", ""), tuple(questions), repeats)


SHEETS = ("survey", "choices", "settings")


def is_form(sheet: Sheet, workbook: Workbook) -> bool:
    """Whether a sheet is one of a form's that lies in the same workbook as its answers."""
    survey = _sheet(workbook, SHEETS[0])
    if survey is None or sheet.name.strip().lower() not in SHEETS or not survey.rows:
        return False
    return {"type", "name"} <= {text(cell).lower() for cell in survey.rows[0]}


def text(value: Cell) -> str:
    """A cell as text without blanks around it; a whole number without decimals, so that 1 and 1.0 are one code."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _absent(name: str) -> Question:
    raise KeyError(name)


def _sheet(workbook: Workbook, name: str) -> Sheet | None:
    return next((sheet for sheet in workbook.sheets if sheet.name.strip().lower() == name), None)


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number, its cells by header; ``label::English (en)`` keeps its language."""
    if not sheet.rows:
        return
    headers = [text(cell) for cell in sheet.rows[0]]
    names = [header if ":" in header else header.lower().replace(" ", "_") for header in headers]
    for i, row in enumerate(sheet.rows[1:], sheet.first_row + 1):
        yield i, {name: text(cell) for name, cell in zip(names, row, strict=False) if name}


def _labels(cells: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for header, value in cells.items():
        word, _, language = header.partition(":")
        if word.strip().lower() == "label" and value:
            found[language.lstrip(":").strip()] = value
    return found


def _choices(sheet: Sheet | None) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = {}
    for _, cells in _rows(sheet) if sheet else ():
        list_name, name = cells.get("list_name", ""), cells.get("name", "") or cells.get("value", "")
        if list_name and name:
            found[list_name] = (*found.get(list_name, ()), Choice(name, _labels(cells)))
    return found
