"""Reading a stock-take mapping: the same errors by line and key as every mapping."""

from __future__ import annotations

import re
from pathlib import Path

from data_access.importing.findings import Finding
from data_access.importing.mapping.reading import MappingRefused, load_as
from data_access.importing.stock_take.schema import StockTakeMapping

_KIND = re.compile(r"^kind:\s*[\"']?stock_take[\"']?\s*(?:#.*)?$", re.MULTILINE)


def is_stock_take(mapping_text: str) -> bool:
    """Whether a mapping's text says ``kind: stock_take``."""
    return _KIND.search(mapping_text) is not None


def load_stock_take_mapping(text: str, file: str = "mapping.yaml") -> StockTakeMapping:
    """The stock-take mapping that a YAML text holds; ``file`` is named in what is wrong. Raises MappingRefused."""
    return load_as(StockTakeMapping, text, file)


def read_stock_take_mapping(path: Path) -> StockTakeMapping:
    """The stock-take mapping in a YAML file. Raises MappingRefused."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"cannot be read ({error})."
        found = Finding("refused", "mapping", path.name, what, "Check its name; save it as UTF-8.")
        raise MappingRefused((found,)) from None
    return load_stock_take_mapping(text, path.name)
