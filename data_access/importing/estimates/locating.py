"""Which column of an export is meant: by header, question, path, label, with or without the groups around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from data_access.importing.estimates.xlsform import Choice, Form, Question
from data_access.importing.resolution.names import comparable

MARKUP = re.compile(r"<[^>]{0,200}>")
BETWEEN = ("/", "-")
"""What Kobo and ODK Central write between a group and its question."""


@dataclass(frozen=True)
class Located:
    """Where a question stands: ``together`` the column with its whole answer, ``parts`` a column for each choice.

    ``choice`` the one choice that was asked for, empty for the whole question.
    """

    question: Question | None
    together: int | None
    parts: Mapping[str, int]
    choice: str = ""

    @property
    def positions(self) -> tuple[int, ...]:
        """Every column that is read for it."""
        wanted = [self.parts[self.choice]] if self.choice in self.parts else list(self.parts.values())
        return (*wanted, *(() if self.together is None else (self.together,)))


class TwoColumns(ValueError):
    """More than one column may be meant; ``headers`` names them."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = tuple(headers)
        super().__init__(", ".join(headers))


def locate(headers: Sequence[str], name: str, form: Form | None) -> Located | None:
    """The column or columns of ``name``: a question's name, path or label, ``question/choice``, or a header.

    None where there is none. Raises TwoColumns.
    """
    question = question_of(form, name)
    if question is not None:
        together, parts = _place(headers, name, question), _parts(headers, question)
        return Located(question, together, parts) if together is not None or parts else None
    at = _place(headers, name, None)
    if at is not None:
        return Located(None, at, {})
    before, slash, choice = name.rpartition("/")
    if not slash:
        return None
    outer = locate(headers, before, form)
    if outer is None or outer.choice:
        return None
    if outer.question is not None:
        known = choice_of(outer.question, choice)
        if known is None or outer.question.kind != "select_multiple":
            return None
        choice = known
    return Located(outer.question, outer.together, outer.parts, choice)


def question_of(form: Form | None, name: str) -> Question | None:
    """The question of that name, path or label."""
    if form is None:
        return None
    by_name = next((one for one in form.questions if name in (one.name, one.path)), None)
    if by_name is not None:
        return by_name
    said = comparable(bare(name))
    labelled = [one for one in form.questions if said in {comparable(bare(label)) for label in one.labels.values()}]
    return labelled[0] if len(labelled) == 1 else None


def choice_of(question: Question, said: str) -> str | None:
    """The name of the choice that ``said`` names: its name, or its label in any language."""
    if any(one.name == said for one in question.choices):
        return said
    word = comparable(bare(said))
    labelled = {
        one.name for one in question.choices for label in one.labels.values() if comparable(bare(label)) == word
    }
    return labelled.pop() if len(labelled) == 1 else None


def bare(header: str) -> str:
    """A label without markup and doubled blanks."""
    return " ".join(MARKUP.sub(" ", header).split())


def dropped(headers: Sequence[str], patterns: Sequence[str], form: Form | None = None) -> set[int]:
    """The positions that ``patterns`` throw away: by header, its last part, or the question's name or label."""
    found = {
        at
        for at, header in enumerate(headers)
        for pattern in patterns
        if any(fnmatchcase(part, pattern) for part in {header, bare(header), *_tails(header)})
    }
    for pattern in patterns:
        question = question_of(form, pattern)
        if question is not None:
            wanted = {*_spellings(question)}
            found |= {at for at, header in enumerate(headers) if bare(header) in wanted}
            found |= set(_parts(headers, question).values())
    return found


def _tails(header: str) -> Iterator[str]:
    for sign in BETWEEN:
        yield header.rpartition(sign)[2]


def _spellings(question: Question) -> tuple[str, ...]:
    """A question's header with and without its groups, in Kobo's and ODK Central's way, and its labels."""
    parts = question.path.split("/")
    tails = ["/".join(parts[i:]) for i in range(len(parts))]
    labels = [bare(label) for label in question.labels.values()]
    return (*tails, *(tail.replace("/", "-") for tail in tails), *labels)


def _place(headers: Sequence[str], name: str, question: Question | None) -> int | None:
    wanted = (name, *(_spellings(question) if question else ()))
    plain = [bare(header) for header in headers]
    for spelling in dict.fromkeys(wanted):
        if found := [at for at, header in enumerate(plain) if header == spelling]:
            return _only(found, headers)
    ends = tuple(f"{sign}{spelling}" for spelling in dict.fromkeys(wanted) for sign in BETWEEN)
    if found := [at for at, header in enumerate(plain) if header.endswith(ends)]:
        return _only(found, headers)
    return None


def _only(found: Sequence[int], headers: Sequence[str]) -> int:
    if len(found) > 1:
        raise TwoColumns([headers[at] for at in found])
    return found[0]


def _parts(headers: Sequence[str], question: Question) -> dict[str, int]:
    """Where each choice of a question with several has a column of its own."""
    if question.kind != "select_multiple":
        return {}
    plain = [bare(header) for header in headers]
    found: dict[str, int] = {}
    for choice in question.choices:
        ends = tuple(f"{spelling}/{said}" for spelling in _spellings(question) for said in _said(choice))
        at = [i for i, header in enumerate(plain) if header in ends]
        at = at or [i for i, header in enumerate(plain) if header.endswith(tuple(f"/{end}" for end in ends))]
        if at:
            found[choice.name] = _only(at, headers)
    return found


def _said(choice: Choice) -> tuple[str, ...]:
    return (choice.name, *(bare(label) for label in choice.labels.values()))
