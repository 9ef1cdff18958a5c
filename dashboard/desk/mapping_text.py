"""Changes to a mapping as a steward makes them by choosing: its own lines and comments stay as they are."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

BECAUSE = "none of the places or groups that are known"


def leaving_out(text: str, column: str, value: str) -> str | None:
    """The mapping with the rows left out whose ``column`` says ``value``.

    None where no table of the mapping names that column by its header, or takes only a part of its cells.
    """
    tree = _tree(text)
    hit = False
    for table in tree.get("tables") or [] if tree is not None else []:
        named = [one for one in table.get("columns") or [] if _names(one, column)]
        if not named:
            continue
        hit = True
        rules = table.setdefault("drop_rows", [])
        header = named[0]["header"]
        rule = next((one for one in rules if one.get("header") == header and one.get("because") == BECAUSE), None)
        if rule is None:
            rules.append({"header": header, "values": [value], "because": BECAUSE})
        elif value not in rule["values"]:
            rule["values"].append(value)
    return _text(tree) if hit else None


def taking_once(text: str) -> str | None:
    """The mapping with every table taking a figure once that stands in it twice, the same in everything.

    None where all of them do already, or where it has none.
    """
    tree = _tree(text)
    tables = (tree.get("tables") or []) if tree is not None else []
    if all(table.get("repeated") == "once" for table in tables):
        return None
    for table in tables:
        table["repeated"] = "once"
    return _text(tree)


def with_facts(text: str, facts: Mapping[str, object]) -> str:
    """The mapping with these facts about its source."""
    tree = _tree(text)
    if tree is None:
        return text
    source = tree.setdefault("source", {})
    for name, value in facts.items():
        if source.get(name) != value:
            source[name] = value
    return _text(tree)


def facts_of(text: str) -> dict[str, Any] | None:
    """What a mapping says of its source, None where it cannot be told."""
    tree = _tree(text)
    source = tree.get("source") if tree is not None else None
    return dict(source) if isinstance(source, dict) else None


def _names(column: Any, label: str) -> bool:
    header = str(column.get("header") or "")
    return bool(header) and not column.get("take") and label.endswith(header[-80:])


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _tree(text: str) -> Any:
    """The mapping as a tree that remembers its comments; None where it is no YAML, or of another shape."""
    try:
        tree = _yaml().load(text)
    except (YAMLError, ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) and isinstance(tree.get("tables") or [], list) else None


def _text(tree: Any) -> str:
    out = io.StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()
