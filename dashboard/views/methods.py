"""Methods: the documents of docs/methods for reading, each with a sentence on what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import dedent

import streamlit as st

from dashboard.text import _, language
from dashboard.text.cleaning import safe_link
from data_access.settings import ROOT

FOLDER = ROOT / "docs" / "methods"

ORDER = (
    "inequality",
    "official-against-community",
    "trend-and-pace",
    "furthest-behind",
    "survey-estimates",
    "evidence-strength",
    "quality-assessment",
    "disclosure-control",
    "knowledge-gaps",
    "recognition",
    "commitments",
    "results",
)
"""The order of the families; a document without a place here comes after them, in the order of the alphabet."""

_ANSWERS: dict[str, Callable[[], str]] = {
    "inequality": lambda: _("How far apart are the groups of one source, and how much of that could be chance?"),
    "official-against-community": lambda: _(
        "May a community figure be set against an official one, and what may then be said of the difference?"
    ),
    "trend-and-pace": lambda: _(
        "How fast does a figure change, when would the goal be reached, and for how many people?"
    ),
    "furthest-behind": lambda: _("Which combination of circumstances leaves people furthest behind?"),
    "survey-estimates": lambda: _("How does a survey of a few thousand people speak for millions, and how surely?"),
    "evidence-strength": lambda: _("How strong is the evidence behind a finding?"),
    "quality-assessment": lambda: _("How good is a source, and who has looked?"),
    "disclosure-control": lambda: _(
        "Which figures are withheld so that nobody can be recognised, and how is that decided?"
    ),
    "knowledge-gaps": lambda: _("Of whom does nobody have a figure, and what would it take to have one?"),
    "recognition": lambda: _("What have public bodies made of a community's figures?"),
    "commitments": lambda: _("Was a promise kept, and did the figure move that it was meant to move?"),
    "results": lambda: _("What is counted on the way from a gap in the data to a changed policy?"),
}

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_INLINE_CODE = re.compile(r"(`+)(.+?)\1")
_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r"(#{1,5}) ")
_MOST_BYTES = 200_000
_STYLE = """<style>
[class*="st-key-wide-"] { overflow-x: auto; }
@media (max-width: 640px) { [class*="st-key-wide-"] :is(td, th) { min-width: 9rem; } }
</style>"""


@dataclass(frozen=True)
class Method:
    """A document: its name in the address, its title, the text for readers, and where it stands in the code."""

    code: str
    title: str
    text: str
    in_code: str


def methods(folder: Path = FOLDER) -> dict[str, Method]:
    """Every document of ``folder`` by its name, in the declared order; empty where the folder does not exist."""
    found = {path.stem: path for path in folder.glob("*.md") if path.stat().st_size <= _MOST_BYTES}
    ordered = [*(code for code in ORDER if code in found), *sorted(found.keys() - set(ORDER))]
    return {code: _read(found[code], found[code].stat().st_mtime_ns, tuple(ordered)) for code in ordered}


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, others: tuple[str, ...]) -> Method:
    title, blocks, in_code = path.stem, [], ""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("# "):
            title = block.removeprefix("# ").strip()
        elif block.startswith("Code: "):
            in_code = block.replace("\n", " ")
        else:
            blocks.append(block)
    return Method(path.stem, title, for_reading("\n\n".join(blocks), others), in_code)


def for_reading(text: str, others: tuple[str, ...]) -> str:
    """The Markdown of a document as this page shows it.

    Headings go one level down, below the document's title; links to documents named in ``others`` lead to this page,
    other relative links and pictures become their words; a dollar sign is a dollar sign. Code is left alone.
    """
    lines, fenced = [], False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not line.startswith("    "):
            line = _HEADING.sub(r"#\1 ", line, count=1) if _HEADING.match(line) else line
            line = _outside_code(line, others)
        lines.append(line)
    return "\n".join(lines)


def _outside_code(line: str, others: tuple[str, ...]) -> str:
    parts, last = [], 0
    for code in _INLINE_CODE.finditer(line):
        parts += [_resolved(line[last : code.start()], others), code.group()]
        last = code.end()
    return "".join([*parts, _resolved(line[last:], others)])


def _resolved(words: str, others: tuple[str, ...]) -> str:
    def link(found: re.Match[str]) -> str:
        picture, label, target = found.groups()
        name = target.split("#")[0].removeprefix("./").removesuffix(".md")
        if picture:
            return label
        if name in others:
            return f"[{label}](methods?method={name})"
        return f"[{label}]({safe_link(target)})" if safe_link(target) else label

    return _LINK.sub(link, words).replace("$", "\\$")


def parts(text: str) -> list[str]:
    """A text in the order it is drawn, each table apart from the words around it, so that it alone scrolls sideways."""
    found: list[str] = []
    for block in text.split("\n\n"):
        if found and not block.startswith("|") and not found[-1].startswith("|"):
            found[-1] += f"\n\n{block}"
        elif block.startswith("    "):  # code at the start of a text would lose its indentation, and be none
            found.append(f"```text\n{dedent(block)}\n```")
        else:
            found.append(block)
    return found


def answer(code: str) -> str:
    """What a family of methods answers, in a sentence; empty for a document that has none yet."""
    write = _ANSWERS.get(code)
    return write() if write else ""


def draw_method(method: Method) -> None:
    """Draw a document: its title, what it answers, its text, and where the code and its tests are."""
    st.header(_(method.title))
    if answer(method.code):
        st.markdown(f"**{answer(method.code)}**")
    if language() != "en":
        st.caption(_("This text is held in English only."))
    st.html(_STYLE)
    for number, part in enumerate(parts(method.text)):
        if part.startswith("|"):
            with st.container(key=f"wide-{method.code}-{number}"):
                st.markdown(part)
        else:
            st.markdown(part)
    if method.in_code:
        with st.expander(_("Where this is in the code"), icon=":material/code:"):
            st.markdown(method.in_code)
