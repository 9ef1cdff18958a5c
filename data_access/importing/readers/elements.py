"""Walking through XML without keeping it: no document type, so no entities to expand and nothing fetched."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import NoReturn, Protocol
from xml.parsers import expat

from data_access.importing.readers.problems import EntitiesDeclared

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]
SEPARATOR = " "
"""Stands between namespace and local name, as a namespace holds no blank."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def parser_for(file: str) -> expat.XMLParserType:
    """A parser that knows namespaces and raises EntitiesDeclared at a document type."""
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)

    def refuse(*_: object) -> NoReturn:
        raise EntitiesDeclared(file, "the file declares a document type, which may hide entities.")

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def walk(file: str, stream: Readable, start: Start, end: End, text: Text) -> None:
    """Call ``start``, ``end`` and ``text`` for what ``stream`` holds; names are "namespace local".

    Raises EntitiesDeclared or xml.parsers.expat.ExpatError.
    """
    parser = parser_for(file)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    while chunk := stream.read(1 << 20):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


class _Found(Exception):
    pass


def root_of(file: str, content: bytes) -> tuple[str, str]:
    """Namespace and name of the root element. Raises EntitiesDeclared or xml.parsers.expat.ExpatError."""
    parser = parser_for(file)
    found: list[str] = []

    def first(name: str, _: dict[str, str]) -> NoReturn:
        found.append(name)
        raise _Found

    parser.StartElementHandler = first
    with contextlib.suppress(_Found):
        parser.Parse(content.lstrip(b" \t\r\n"), True)
    namespace, _, name = found[0].rpartition(SEPARATOR)
    return namespace, name
