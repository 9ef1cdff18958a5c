"""SDMX-ML 2.1, generic and structure-specific, as one sheet. Meant for a process of its own.

pysdmx reads both without network and without the structure definition, keeps codes as text ("007") and joins the
attributes of groups. sdmx1 does without both too, but took 10.2 s and 322 MB for a hundred thousand observations, where
pysdmx took 1.1 s and 183 MB. One habit of it is worked around: it recognises a format by words in the first thousand
characters, so it takes structure-specific data for generic where the root element declares the generic namespace. Here
the root element itself decides.
"""

from __future__ import annotations

import math
import re
import warnings
from typing import TYPE_CHECKING

from data_access.importing.readers.elements import root_of
from data_access.importing.readers.limits import Limits
from data_access.importing.readers.problems import DamagedFile, TooManyCells
from data_access.importing.workbook import Cell, Sheet

if TYPE_CHECKING:
    import pandas as pd

DECLARED = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
OBSERVED = "OBS_VALUE"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")


def read_sdmx_ml(file: str, content: bytes, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:
    """One sheet: a header row of dimensions, attributes and OBS_VALUE, then a row for each observation.

    Observed values are numbers (or text where they are none, as "NaN"); all else is text, as codes are. Attributes of
    a data set are repeated in its rows. Several data sets follow one another.

    Raises DamagedFile or TooManyCells.
    """
    from pysdmx.io.xml.sdmx21.reader import generic, structure_specific

    _, root = root_of(file, content)
    try:
        text = _text(content)
        reader = generic.read if root.startswith("Generic") else structure_specific.read
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frames = [_frame(found.data, found.attributes) for found in reader(text, validate=False)]
    except Exception as error:  # what pysdmx raises at a message that is not as it should be is not documented
        reason = f"{type(error).__name__}: {error}"[:200]
        raise DamagedFile(
            file, f"the SDMX-ML message cannot be read ({reason}).", "Export it again as SDMX-ML 2.1 or SDMX-CSV."
        ) from None
    names = list(dict.fromkeys(str(name) for frame in frames for name in frame.columns))
    count = sum(len(frame) for frame in frames)
    if count * len(names) > limits.cells or count > limits.rows:
        raise TooManyCells(file, f"the message has {count:,} observations; at most {limits.rows:,} are read.")
    if not count:
        raise DamagedFile(
            file, "the SDMX-ML message holds no observation.", "Ask for the data, not only the structure."
        )
    rows: list[tuple[Cell, ...]] = [tuple(names)]
    for frame in frames:
        columns = [
            [_cell(value, observed=name == OBSERVED) for value in frame[name]] if name in frame else [None] * len(frame)
            for name in names
        ]
        rows += zip(*columns, strict=True)
    return Sheet(file.rpartition(".")[0] or file, tuple(rows)), (f"SDMX-ML: {root}, {len(frames)} data set(s).",)


def _frame(observations: pd.DataFrame, attributes: dict[str, object]) -> pd.DataFrame:
    return observations.assign(**{name: str(value) for name, value in attributes.items() if name not in observations})


def _text(content: bytes) -> str:
    """The message as text, by its byte order mark or the encoding it declares. Raises UnicodeError or LookupError."""
    content = content.lstrip(b" \t\r\n")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    declared = DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    codec = declared[1].decode("ascii") if declared else "utf-8"
    return content.decode("utf-8-sig" if codec.lower() == "utf-8" else codec)


def _cell(value: object, *, observed: bool) -> Cell:
    if not isinstance(value, str) or not value:
        return None
    if observed and NUMBER.fullmatch(value):
        if WHOLE.fullmatch(value):
            return int(value)
        number = float(value)
        return number if math.isfinite(number) else value
    return value
