"""From bytes to a workbook, in the process where it is called."""

from __future__ import annotations

import hashlib

from data_access.importing.readers.kinds import recognise
from data_access.importing.readers.limits import Limits
from data_access.importing.readers.separated import read_separated
from data_access.importing.workbook import Workbook


def parse(file: str, content: bytes, limits: Limits) -> Workbook:
    """The workbook in ``content``. Raises an UnreadableFile.

    Called for plain text only where the process matters to anybody: a spreadsheet may end it.
    """
    kind = recognise(file, content)
    digest = hashlib.sha256(content).hexdigest()
    if kind == "csv":
        sheet, remarks = read_separated(file, content, limits)
        return Workbook(file, kind, digest, (sheet,), remarks)
    if kind == "sdmx-ml":
        from data_access.importing.readers.sdmx_ml import read_sdmx_ml

        sheet, remarks = read_sdmx_ml(file, content, limits)
        return Workbook(file, kind, digest, (sheet,), remarks)
    from data_access.importing.readers.spreadsheet import read_spreadsheet

    sheets, remarks = read_spreadsheet(file, content, kind, limits)
    return Workbook(file, kind, digest, sheets, remarks)
