"""Answers given at the desk, written into the mapping, so that the next round does not ask again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from data_access.importing.desk.confirmed import about_names
from data_access.importing.mapping.reading import load_mapping

Edit = tuple[int, int, str]
"""From where to where of the text, and what takes its place."""


def with_answers(mapping_text: str, answers: Mapping[str, Mapping[str, str]]) -> str:
    """The mapping with ``answers`` (what was asked about → the file's text → the code) in its own ``answers``.

    Everything else stays as it is written, comments and all; an answer that stands there already takes the new code.
    Doubts about figures that were looked into are of this file, not of the next: they are not written down.
    Raises MappingRefused for a text that is no mapping.
    """
    load_mapping(mapping_text)
    given = {what: dict(of) for what, of in about_names(answers).items() if of}
    if not given:
        return mapping_text
    text = mapping_text if mapping_text.endswith("\n") else f"{mapping_text}\n"
    root = YAML(typ="safe", pure=True).compose(text)
    assert isinstance(root, MappingNode)
    if root.flow_style:
        edits = [_into_flow(root, "answers: {" + ", ".join(_flow(what, of) for what, of in given.items()) + "}")]
    elif (section := _value(root, "answers")) is None:
        edits = [(len(text), len(text), "\nanswers:\n" + "".join(_block(what, of, 2) for what, of in given.items()))]
    else:
        edits = list(_edits(text, root, section, given))
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    load_mapping(text)
    return text


def _edits(text: str, root: MappingNode, section: Node, given: Mapping[str, Mapping[str, str]]) -> Iterator[Edit]:
    if not isinstance(section, MappingNode) or not section.value:
        start, end = section.start_mark.index, section.end_mark.index
        # "answers:" alone, or "answers: {}": what stands there says nothing and is written anew
        yield start, end, "\n" + "".join(_block(what, of, 2) for what, of in given.items()).rstrip("\n")
        return
    for what, of in given.items():
        told = _value(section, what)
        if told is None:
            yield _first_in(text, section, _flow(what, of), _block(what, of, _indent(section)))
            continue
        if not isinstance(told, MappingNode) or not told.value:
            written = "{" + ", ".join(_pair(said, code) for said, code in of.items()) + "}"
            yield told.start_mark.index, told.end_mark.index, f" {written}" if _empty(told) else written
            continue
        for said, code in of.items():
            old = _value(told, said)
            if old is not None:
                yield old.start_mark.index, old.end_mark.index, _quoted(code)
            else:
                pair = _pair(said, code)
                yield _first_in(text, told, pair, f"{' ' * _indent(told)}{pair}\n")


def _first_in(text: str, node: MappingNode, flow: str, block: str) -> Edit:
    """The edit that puts something before all else in a mapping, on a line of its own unless it is written in {…}."""
    if node.flow_style:
        return _into_flow(node, flow)
    start = text.rfind("\n", 0, node.value[0][0].start_mark.index) + 1
    return start, start, block


def _into_flow(node: MappingNode, put: str) -> Edit:
    start = node.start_mark.index + 1
    return start, start, f"{put}, " if node.value else put


def _value(node: MappingNode, key: str) -> Node | None:
    return next((value for name, value in node.value if isinstance(name, ScalarNode) and name.value == key), None)


def _indent(node: MappingNode) -> int:
    return int(node.value[0][0].start_mark.column)


def _empty(node: Node) -> bool:
    return bool(node.start_mark.index == node.end_mark.index)


def _block(what: str, of: Mapping[str, str], indent: int) -> str:
    lines = [f"{' ' * indent}{_quoted(what)}:", *(f"{' ' * (indent + 2)}{_pair(*pair)}" for pair in of.items())]
    return "".join(f"{line}\n" for line in lines)


def _flow(what: str, of: Mapping[str, str]) -> str:
    return f"{_quoted(what)}: " + "{" + ", ".join(_pair(*pair) for pair in of.items()) + "}"


def _pair(said: str, code: str) -> str:
    return f"{_quoted(said)}: {_quoted(code)}"


def _quoted(text: str) -> str:
    """A text as YAML reads it back, whatever stands in it."""
    return (
        text
        if text.isascii() and text.isidentifier() and text.lower() not in _WORDS
        else json.dumps(text, ensure_ascii=False)
    )


_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
