"""A first draft of the microdata part of a mapping, from an export and its form, for a person to correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from data_access.importing.estimates.door import LINKS, TELLING_KINDS, is_metadata
from data_access.importing.estimates.locating import TwoColumns, bare, locate
from data_access.importing.estimates.xlsform import Form, Question, is_form, read_form, text
from data_access.importing.workbook import Sheet, Workbook

WEIGHT = re.compile(r"(?i)(^|[_/\- ])(weight|wt|wgt|hhweight|pweight|sampleweight)($|[_\- ])")
STRATA = re.compile(r"(?i)(^|[_/\- ])(strat(a|um)|strat_?id)($|[_\- ])")
PSU = re.compile(r"(?i)(^|[_/\- ])(psu|cluster|ea|enumeration_?area|primary_?sampling_?unit)($|[_\- ])")
AREA = re.compile(r"(?i)(province|district|division|county|region|state|upazila|municipality|ward)")
SEX = re.compile(r"(?i)(^|[_/\- ])(sex|gender)($|[_\- ])")
WASHINGTON = (
    (r"see|sight|vision|glasses", "seeing"),
    (r"hear", "hearing"),
    (r"walk|climb|mobil", "walking"),
    (r"remember|concentrat|cogn|memory", "remembering"),
    (r"self.?care|wash|dress|(^|_)care", "self-care"),
    (r"communicat|understood|speak", "communicating"),
)
"""What names and labels of the short set's six questions say, in its order."""
NO_ANSWER = re.compile(r"(?i)(don.?t know|does not know|do not know|refus|no answer|prefer)")


def propose_microdata(workbook: Workbook, form: Workbook | None = None) -> str:
    """The section ``microdata:`` as YAML with comments, to stand in a mapping beside ``version`` and ``source``.

    Guesses are by name alone: weight, strata, sampling unit, area and the short set's six questions; each asks to be
    confirmed. The outcomes are left to the person: every question of the form is listed, with its answers. The draft
    names an outcome whose series is XXX, so that it is a question until somebody says which. Raises FileProblem for a
    form that cannot be read.
    """
    sheets = [sheet for sheet in workbook.sheets if not is_form(sheet, workbook)]
    inside = len(sheets) < len(workbook.sheets)
    read = read_form(form) if form is not None else read_form(workbook) if inside else Form("", "", "", (), {})
    return "\n".join([*_Draft(sheets, read, form.file if form is not None else "").lines(), ""])


class _Draft:
    def __init__(self, sheets: list[Sheet], form: Form, form_file: str) -> None:
        self.form, self.form_file = form, form_file
        self.headers = {sheet.name: [text(cell) for cell in sheet.rows[0]] if sheet.rows else [] for sheet in sheets}
        linked = [n for n, headers in self.headers.items() if {"_parent_index", "PARENT_KEY"} & set(headers)]
        self.people = linked[-1] if linked else next(iter(self.headers), "")
        self.every = [header for headers in self.headers.values() for header in headers if header]

    def lines(self) -> Iterator[str]:
        """The draft, line by line."""
        yield "microdata:"
        yield f"  sheet: {{name: {_quoted(self.people)}}}  # please confirm: one row a person"
        if self.form_file:
            yield f"  form: {_quoted(self.form_file)}"
        yield f"  drop: [{', '.join(map(_quoted, self._drop()))}]  # please confirm: thrown away unread"
        for key, pattern, what in (
            ("weight", WEIGHT, "the sampling weight"),
            ("psu", PSU, "the primary sampling unit (village, cluster)"),
        ):
            yield self._guessed(key, pattern, what)
        yield self._guessed("strata", STRATA, "the strata the sample was drawn in")
        yield "  country: XXX  # please confirm: ISO 3166-1 alpha-3"
        yield self._guessed("area", AREA, "where each person lives")
        yield '  period: "2000"  # please confirm: the year of the answers'
        silent = self._silent()
        if silent:
            yield f"  missing: [{', '.join(map(_quoted, silent))}]  # please confirm: no answer"
        yield from self._circumstances()
        yield from self._washington()
        yield from self._outcomes()
        yield "  domains: []  # for instance: [[SEX], [DISABILITY_STATUS], [SEX, DISABILITY_STATUS]]"
        yield "  # furthest_behind:"
        yield "  #   - {series: XXX, circumstances: [SEX, DISABILITY_STATUS]}"

    def _drop(self) -> list[str]:
        telling = [header for header in self.every if is_metadata(header) and header not in LINKS]
        asked = [one for one in self.form.questions if one.kind in TELLING_KINDS or one.kind == "text"]
        return list(dict.fromkeys([*telling, *(header for one in asked for header in self._of(one))]))

    def _of(self, question: Question) -> Iterator[str]:
        for headers in self.headers.values():
            try:
                located = locate(headers, question.path, self.form)
            except TwoColumns as two:
                yield from two.headers
                continue
            if located is not None and located.together is not None:
                yield headers[located.together]

    def _guessed(self, key: str, pattern: re.Pattern[str], what: str) -> str:
        found = next((header for header in self.every if pattern.search(header)), "")
        if not found:
            return f"  # {key}:  # please confirm: {what}; no column is named like it"
        said = f"[{_quoted(found)}]" if key == "strata" else _quoted(found)
        return f"  {key}: {said}  # please confirm: {what}"

    def _silent(self) -> list[str]:
        found = [
            c.name for q in self.form.questions for c in q.choices if NO_ANSWER.search(" ".join(c.labels.values()))
        ]
        return list(dict.fromkeys([*found, "88", "98", "99", "-88", "-98", "-99"])) if found else []

    def _circumstances(self) -> Iterator[str]:
        sex = next((header for header in self.every if SEX.search(header)), "")
        if not sex:
            yield "  circumstances: []  # for instance: {dimension: SEX, column: …, codes: {…: F, …: M}}"
            return
        yield "  circumstances:"
        yield "    - dimension: SEX  # please confirm"
        yield f"      column: {_quoted(sex)}"
        yield '      # codes: {"1": F, "2": M}  # please confirm: which answer is which; by their labels if left out'

    def _washington(self) -> Iterator[str]:
        found: list[str] = []
        for pattern, _ in WASHINGTON:
            left = [q for q in self.form.questions if q.name not in found and q.kind == "select_one"]
            said = re.compile(f"(?i){pattern}")
            one = next((q for q in left if said.search(q.name)), None)
            one = one or next(
                (q for q in left if any("difficult" in t and said.search(t) for t in q.labels.values())), None
            )
            if one is None:
                return
            found.append(one.name)
        columns = ", ".join(map(_quoted, found))
        yield "  disability:  # please confirm: the Washington Group short set, in its order"
        yield f"    columns: [{columns}]"

    def _outcomes(self) -> Iterator[str]:
        yield "  outcomes:"
        yield "    # please confirm: which series each is, and which answers are a yes; take out what is not wanted"
        first = next((one for one in self.form.questions if one.kind == "select_one"), None)
        yield "    - series: XXX"
        yield f"      column: {_quoted(first.name if first else 'XXX')}"
        yield f"      yes: [{_quoted(first.choices[0].name if first and first.choices else '1')}]"
        yield "    # The questions of the form:"
        for one in self.form.questions:
            if one.kind in TELLING_KINDS or one.kind in ("text", "note", "calculate"):
                continue
            answers = "; ".join(f"{c.name} {_first(c.labels.values())}".strip() for c in one.choices)
            yield f"    # {_line(f'{one.name}: {_first(one.labels.values())} ({one.kind})')}"
            if answers:
                yield f"    #   {_line(answers)}"


def _first(labels: Iterable[str]) -> str:
    return next((bare(label) for label in labels), "")


def _line(said: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in said)[:200]


def _quoted(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)
