"""Reading a mapping: every error at once, each with its line, its key, what stands there and how to mend it."""

from __future__ import annotations

import difflib
import re
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from data_access.importing.findings import Finding
from data_access.importing.mapping.schema import DatasetMapping

LARGEST = 1_000_000
DEEPEST = 30
Place = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


class MappingRefused(ValueError):
    """A mapping cannot be used; ``findings`` lists everything that is wrong with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(_sentence(finding) for finding in findings))


@dataclass(frozen=True)
class _Refusal(Exception):
    line: int
    key: str
    what: str
    mend: str


def read_mapping(path: Path) -> DatasetMapping:
    """The mapping in a YAML file. Raises MappingRefused."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise _one(path.name, None, "", "the file cannot be read.", "Check its name and permissions.") from None
    except UnicodeDecodeError:
        raise _one(path.name, None, "", "is not UTF-8 text.", "Save it as UTF-8.") from None
    return load_mapping(text, path.name)


def load_mapping(text: str, file: str = "mapping.yaml") -> DatasetMapping:
    """The mapping of figures that a YAML text holds; see load_as."""
    return load_as(DatasetMapping, text, file)


def load_as(model: type[Model], text: str, file: str) -> Model:
    """What a YAML text holds, validated as ``model``; ``file`` is named in what is wrong.

    Only plain texts, numbers, lists and keys are read: no tags, no anchors. Raises MappingRefused.
    """
    if len(text) > LARGEST:
        raise _one(file, None, "", f"is longer than {LARGEST:,} characters.", "A mapping is a page or two: split it.")
    lines: dict[Place, int] = {}
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        if not isinstance(node, MappingNode):
            raise _Refusal(1, "", "holds no keys.", "Write version, source and tables, each followed by a colon.")
        plain = _plain(node, (), lines, set())
    except _Refusal as refusal:
        raise _one(file, refusal.line, refusal.key, refusal.what, refusal.mend) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "").split())
        raise _one(
            file, mark.line + 1 if mark else None, "", f"is no YAML: {problem}.", "Mend the line, or the one above."
        ) from None
    except (YAMLError, RecursionError, ValueError) as error:
        what = " ".join(str(error).split())[:200]
        raise _one(file, None, "", f"is no YAML: {what}.", "Save it as plain UTF-8 text.") from None
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        details = error.errors()
        deeper = {d["loc"] for d in details}
        found = [
            _finding(file, d, lines, model)
            for d in details  # a list that is "too short" only because its items were refused is not said again
            if d["type"] != "too_short" or not any(loc[: len(d["loc"])] == d["loc"] != loc for loc in deeper)
        ]
        raise MappingRefused(tuple(sorted(found, key=lambda f: (f.row or 0, f.column)))) from None


def _plain(node: Node, place: Place, lines: dict[Place, int], seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    key = dotted(place)
    if id(node) in seen or node.anchor:
        raise _Refusal(line, key, "uses an anchor (& or *).", "Write the same lines out again.")
    if len(place) > DEEPEST:
        raise _Refusal(line, key, "lies too deep.", "A mapping has a few levels only.")
    seen.add(id(node))
    if isinstance(node, MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                raise _Refusal(line, key, "has a key that is no text.", "Write the key as a text and a colon.")
            name = str(key_node.value)
            if name in found:
                raise _Refusal(
                    key_node.start_mark.line + 1, dotted((*place, name)), "stands twice.", "Keep one of the two."
                )
            lines[*place, name] = key_node.start_mark.line + 1
            found[name] = _plain(value_node, (*place, name), lines, seen)
        return found
    if isinstance(node, SequenceNode):
        return [_plain(item, (*place, position), lines, seen) for position, item in enumerate(node.value)]
    return _scalar(node, line, key)


def _scalar(node: Node, line: int, key: str) -> Any:
    kind = str(node.tag).removeprefix("tag:yaml.org,2002:")
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.casefold() == "true"
    try:
        if kind == "int":
            return int(text.replace("_", "")) if not text.startswith("0") or text == "0" else text
        if kind == "float":
            return float(text)
    except ValueError:
        return text
    if kind in ("str", "timestamp"):
        return text
    raise _Refusal(line, key, f"carries the tag {node.tag}.", "Take the tag (!…) away.")


def _finding(file: str, details: ErrorDetails, lines: dict[Place, int], model: type[BaseModel]) -> Finding:
    place = tuple(part for part in details["loc"] if part != "[key]")
    line = next((lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), 1)
    what, mend = _words(details, place, model)
    given = details["input"]
    value = "" if isinstance(given, dict | list) or given is None or details["type"] == "missing" else str(given)
    return Finding("refused", "mapping", file, what, mend, row=line, column=dotted(place), value=value[:200])


def _words(details: ErrorDetails, place: Place, model: type[BaseModel]) -> tuple[str, str]:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        known = _known_keys(place[:-1], model)
        near = difflib.get_close_matches(str(place[-1]), known, n=1, cutoff=0.5)
        mend = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(sorted(known))}."
        return "is no key that is known here.", mend
    if kind == "missing":
        return "is missing.", f"Add {place[-1]!r}; an unknown fact is an empty text."
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context["expected"]))
        near = difflib.get_close_matches(str(details["input"]), words)
        return "is none of the words known here.", (f"Did you mean {near[0]!r}? " if near else "") + (
            f"Write one of {context['expected']}."
        )
    if kind == "value_error":
        return f"{context['error']}.", "Mend it as said."
    if kind in ("string_type", "model_type", "dict_type", "tuple_type", "bool_type"):
        wanted = {
            "string_type": "a text (put it in quotes)",
            "model_type": "keys and values",
            "dict_type": "keys and values",
            "tuple_type": "a list",
            "bool_type": "true or false",
        }[kind]
        return "is of the wrong kind.", f"Write {wanted}."
    return f"cannot be used: {details['msg']}.", "Mend the value."


def _known_keys(place: Place, model: type[BaseModel]) -> list[str]:
    """The keys a mapping of this ``model`` knows at ``place``."""
    models: list[type[BaseModel]] = [model]
    for part in place:
        if isinstance(part, str) and any(part in model.model_fields for model in models):
            inner = [m.model_fields[part].annotation for m in models if part in m.model_fields]
            models = [model for annotation in inner for model in _models_in(annotation)]
    return sorted({name for model in models for name in model.model_fields})


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in typing.get_args(annotation) for model in _models_in(inner)]


def lines_of(text: str) -> dict[Place, int]:
    """The line of every key and list item of a mapping that can be read; see load_mapping."""
    lines: dict[Place, int] = {}
    _plain(YAML(typ="safe", pure=True).compose(text), (), lines, set())
    return lines


def dotted(place: Place) -> str:
    """A place as a person finds it again: ``tables[1].columns[2].codes``."""
    parts = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return parts.lstrip(".")


def _one(file: str, line: int | None, key: str, what: str, mend: str) -> MappingRefused:
    return MappingRefused((Finding("refused", "mapping", file, what, mend, row=line, column=key),))


def _sentence(finding: Finding) -> str:
    place = [finding.file]
    if finding.row is not None:
        place.append(f"line {finding.row}")
    if finding.column:
        place.append(finding.column)
    if finding.value:
        place.append(f"value {finding.value!r}")
    return f"{', '.join(place)}: {finding.what} {finding.mend}"
