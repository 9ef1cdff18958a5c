"""The first look at a partner's file, in a process of its own: what it is, its first rows, a first draft of a mapping.

``python -m dashboard.desk.looking`` takes the same request as an import and answers in the same way, a line of JSON
each; so the page never holds a whole file's cells, and a look can be ended like an import.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data_access.importing.mapping.propose import propose
from data_access.importing.problems import FileProblem
from data_access.importing.readers import read_in_child
from data_access.importing.workbook import Sheet, Workbook

FIRST_ROWS, FIRST_SHEETS = 60, 40
"""How much of a file is shown and used for the preview."""
PROGRAM = (sys.executable, "-m", "dashboard.desk.looking")


@dataclass(frozen=True)
class Look:
    """What a first look found. ``book`` holds the first rows of the first sheets; ``sizes`` (name, rows, columns) of
    all of them; ``draft`` the proposed mapping."""

    book: Workbook
    sizes: tuple[tuple[str, int, int], ...]
    draft: str


def look_at(book: Workbook) -> dict[str, Any]:
    """What of a whole workbook the page needs, as JSON can hold it (days become texts)."""
    return {
        "file": book.file,
        "kind": book.kind,
        "sha256": book.sha256,
        "remarks": book.remarks,
        "sizes": [(sheet.name, len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0) for sheet in book.sheets],
        "sheets": [
            {
                **asdict(sheet),
                "rows": [
                    [cell.isoformat() if isinstance(cell, date) else cell for cell in row]
                    for row in sheet.rows[:FIRST_ROWS]
                ],
            }
            for sheet in book.sheets[:FIRST_SHEETS]
        ],
        "draft": propose(book),
    }


def look_of(said: dict[str, Any]) -> Look:
    """The look that ``look_at`` put into JSON."""
    sheets = tuple(
        Sheet(
            sheet["name"],
            tuple(tuple(row) for row in sheet["rows"]),
            sheet["first_row"],
            tuple((top, left, bottom, right) for top, left, bottom, right in sheet["merged"]),
            sheet["hidden"],
        )
        for sheet in said["sheets"]
    )
    book = Workbook(said["file"], said["kind"], said["sha256"], sheets, tuple(said["remarks"]))
    return Look(book, tuple((name, rows, columns) for name, rows, columns in said["sizes"]), said["draft"])


def main() -> int:
    """Answer the request on the standard input."""
    request = json.loads(sys.stdin.readline())
    print(json.dumps({"step": "reading"}), flush=True)
    try:
        found = look_at(read_in_child(Path(request["file"])))
    except FileProblem as problem:
        print(json.dumps({"problem": str(problem)}), flush=True)
        return 1
    print(json.dumps({"outcome": found}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
