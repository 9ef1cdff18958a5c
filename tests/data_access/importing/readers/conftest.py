from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.importing.readers import LIMITS, Limits, read
from data_access.importing.workbook import Workbook


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Workbook]:
    """Puts bytes into a file (named so that the name tells nothing) and reads it."""

    def of(content: bytes | str, *, name: str = "brought.bin", limits: Limits = LIMITS) -> Workbook:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(file, limits=limits)

    return of
