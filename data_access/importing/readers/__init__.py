"""A partner's file, read: whatever it is called and whoever wrote it, a workbook of cells or a sentence saying why not.

What a file is, is decided from its bytes, never from its name. Spreadsheets and SDMX-ML are parsed in a process of
their own (``apart``), as some workbooks end the process that parses them; CSV is read where the call stands.
"""

from __future__ import annotations

from pathlib import Path

from data_access.importing.readers.apart import MEGABYTES, SECONDS, contents, in_child, read_in_child
from data_access.importing.readers.kinds import may_be_text
from data_access.importing.readers.limits import LIMITS, Limits
from data_access.importing.readers.parse import parse
from data_access.importing.readers.problems import UnreadableFile
from data_access.importing.workbook import Workbook

__all__ = ["LIMITS", "MEGABYTES", "SECONDS", "Limits", "UnreadableFile", "read", "read_in_child"]


def read(path: Path, *, limits: Limits = LIMITS) -> Workbook:
    """The file at ``path`` as sheets of cells, read once: hash and cells are of the same bytes.

    Raises a named UnreadableFile (see ``problems``) for whatever cannot be read, and nothing else.
    """
    content = contents(path, limits)
    if may_be_text(content):
        return parse(path.name, content, limits)
    return in_child(path.name, content, limits, seconds=SECONDS, megabytes=MEGABYTES)
