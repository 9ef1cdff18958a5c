"""The process that parses one file and ends: bytes come in, a workbook or a named error goes out.

Run as ``python -m data_access.importing.readers.child`` by ``apart``. In: a line of JSON (name, limits, seconds,
megabytes), then the file. Out: one pickle of plain tuples. Nothing is written to disk.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from typing import BinaryIO

from data_access.importing.readers.limits import Limits
from data_access.importing.readers.parse import parse
from data_access.importing.readers.problems import UnreadableFile
from data_access.importing.workbook import Workbook

CRASHED = 70
"""The exit code when a parser failed in a way nobody named (EX_SOFTWARE of sysexits.h)."""
OUT_OF_MEMORY = 71
NOT_INSTALLED = 72


def main(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Read one file from ``incoming``, write the answer to ``outgoing``."""
    asked = json.loads(incoming.readline())
    confine(asked["megabytes"], asked["seconds"])
    try:
        workbook = parse(asked["file"], incoming.read(), Limits(**asked["limits"]))
        answer: tuple[object, ...] = ("workbook", *plain(workbook))
    except UnreadableFile as problem:
        answer = (
            "problem", type(problem).__name__, problem.what, problem.mend, problem.row, problem.column, problem.value
        )  # fmt: skip
    pickle.dump(answer, outgoing, protocol=5)
    outgoing.flush()


def plain(workbook: Workbook) -> tuple[object, ...]:
    """The workbook without classes of ours."""
    sheets = tuple((s.name, tuple(s.rows), s.first_row, s.merged, s.hidden) for s in workbook.sheets)
    return workbook.file, workbook.kind, workbook.sha256, sheets, workbook.remarks


def confine(megabytes: int, seconds: float) -> None:
    """Bound this process's memory and time, and leave no image of it behind, where the system can (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    try:
        code = 0
        main(sys.stdin.buffer, sys.stdout.buffer)
    except MemoryError:
        code = OUT_OF_MEMORY
    except ImportError:
        code = NOT_INSTALLED
    except BaseException:  # a panic inside the parser is no Exception; whatever it is, the parent gives it a name
        code = CRASHED
    os._exit(code)
