"""Reading a file in a process of its own, so that whatever it does to its parser, the server lives on."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data_access.importing.readers import problems
from data_access.importing.readers.child import NOT_INSTALLED, OUT_OF_MEMORY
from data_access.importing.readers.limits import LIMITS, Limits
from data_access.importing.readers.problems import (
    EmptyFile,
    FileNotThere,
    FileTooLarge,
    ReaderCrashed,
    ReaderTimedOut,
    UnreadableFile,
)
from data_access.importing.workbook import Sheet, Workbook
from data_access.settings import ROOT

SECONDS = 120.0
MEGABYTES = 2_048
"""Address space; what is really used stays far below."""
PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "TZ")
"""The child sees no other environment variable, as those may hold passwords."""


def read_in_child(
    path: Path, *, limits: Limits = LIMITS, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Workbook:
    """The file at ``path``, parsed in a process that may use ``megabytes`` (not on Windows) and ``seconds``.

    Raises a named UnreadableFile; ReaderCrashed and ReaderTimedOut when the process ended before it could say why.
    """
    return in_child(path.name, contents(path, limits), limits, seconds=seconds, megabytes=megabytes)


def contents(path: Path, limits: Limits) -> bytes:
    """The bytes of a file, read once. Raises FileNotThere, EmptyFile or FileTooLarge."""
    try:
        with path.open("rb") as opened:
            content = opened.read(limits.file_bytes + 1)
    except OSError as error:
        raise FileNotThere(path, f"the file cannot be opened ({error.strerror}).") from None
    if not content:
        raise EmptyFile(path, "the file is empty.")
    if len(content) > limits.file_bytes:
        raise FileTooLarge(path, f"the file has more than {limits.file_bytes:,} bytes, which is more than is read.")
    return content


def in_child(file: str, content: bytes, limits: Limits, *, seconds: float, megabytes: int) -> Workbook:
    """What ``read_in_child`` returns, of bytes at hand."""
    asked = {"file": file, "limits": asdict(limits), "seconds": seconds, "megabytes": megabytes}
    child = subprocess.Popen(
        [sys.executable, "-m", "data_access.importing.readers.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )
    with child:
        try:
            answer, _ = child.communicate(json.dumps(asked).encode() + b"\n" + content, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise ReaderTimedOut(file, f"reading it took longer than {seconds:g} seconds and was stopped.") from None
        finally:
            if child.poll() is None:
                child.kill()
    if child.returncode == NOT_INSTALLED:
        raise ModuleNotFoundError(
            "a package that reads partners' files is not installed; python3 manage.py run installs it"
        )
    if child.returncode == OUT_OF_MEMORY:
        raise ReaderCrashed(file, f"reading it took more memory than the {megabytes:,} megabytes it may use.")
    try:
        if child.returncode:
            raise EOFError
        said = _Plain(io.BytesIO(answer)).load()
        return _workbook(said) if said[0] == "workbook" else _raise(file, said)
    except (pickle.UnpicklingError, EOFError, LookupError, TypeError):
        raise ReaderCrashed(
            file,
            "the process that read it came to a sudden end: the file is broken, made to break readers, or needs more"
            f" than the {megabytes:,} megabytes that reading may use.",
        ) from None


class _Plain(pickle.Unpickler):
    """Takes plain values and dates, nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("date", "datetime"):
            return {"date": date, "datetime": datetime}[name]
        raise pickle.UnpicklingError(f"{module}.{name}")


def _workbook(said: tuple[Any, ...]) -> Workbook:
    _, file, kind, sha256, sheets, remarks = said
    return Workbook(file, kind, sha256, tuple(Sheet(*sheet) for sheet in sheets), remarks)


def _raise(file: str, said: tuple[Any, ...]) -> Workbook:
    _, name, what, mend, row, column, value = said
    kind: type[UnreadableFile] = getattr(problems, name)
    raise kind(file, what, mend, row=row, column=column, value=value)
