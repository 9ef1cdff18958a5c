"""One Typst compiler a template, with the shipped typefaces only; text reaches it as JSON, never as markup."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

import typst

from dashboard.fonts.coverage import FONTS, drawable_characters
from dashboard.text.cleaning import drawable

TEMPLATES = Path(__file__).parent / "templates"
PRINT_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]

Content = dict[str, "Leaf"]
Leaf = str | int | float | bool | None | list["Leaf"] | dict[str, "Leaf"]


class CannotBeTypeset(RuntimeError):
    """A document that the standards refuse, with the typesetter's own words on what is missing."""


class Template:
    """A Typst template and the compiler that keeps its parsed form; safe to call from several threads."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._turn = Lock()
        self._compiler = typst.Compiler(
            TEMPLATES / f"{name}.typ", root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True
        )

    def pdf(self, content: Content, *, published: int) -> bytes:
        """A tagged PDF (PDF/UA-1 and PDF/A-2a), dated ``published`` (seconds since 1970, UTC)."""
        return self._pages(content, "pdf", published=published, standards=PRINT_STANDARDS)[0]

    def svg(self, content: Content) -> bytes:
        """The first page as SVG with its letters as outlines."""
        return self._pages(content, "svg")[0]

    def png(self, content: Content, *, ppi: float) -> list[bytes]:
        """Every page as PNG at ``ppi`` pixels an inch."""
        return self._pages(content, "png", ppi=ppi)

    def _pages(
        self,
        content: Content,
        form: Literal["pdf", "svg", "png"],
        *,
        ppi: float | None = None,
        published: int = 0,
        standards: list[typst.PDFStandard] | None = None,
    ) -> list[bytes]:
        inputs = {"content": json.dumps(cleaned(content), ensure_ascii=False, allow_nan=False)}
        with self._turn:
            try:
                made = self._compiler.compile(
                    format=form,
                    ppi=ppi,
                    sys_inputs=inputs,
                    pdf_standards=standards or [],
                    timestamp=published,
                )
            except typst.TypstError as refused:
                raise CannotBeTypeset(f"{self._name}: {refused.message} {' '.join(refused.hints)}".strip()) from refused
        if made is None:
            raise CannotBeTypeset(f"{self._name}: no page was made")
        return [made] if isinstance(made, bytes) else made


@cache
def template(name: Literal["picture", "brief"]) -> Template:
    """The template of that name, opened once for the whole server."""
    return Template(name)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def cleaned(leaf: Leaf) -> Leaf:
    """The same content with every text cleaned and limited to the characters the typefaces can draw."""
    if isinstance(leaf, str):
        return drawable(leaf, drawable_characters())
    if isinstance(leaf, list):
        return [cleaned(item) for item in leaf]
    if isinstance(leaf, dict):
        return {key: cleaned(item) for key, item in leaf.items()}
    return leaf
