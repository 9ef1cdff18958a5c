"""What can be wrong with a file, said so that its owner can mend it."""

from __future__ import annotations

from pathlib import Path


class FileProblem(ValueError):
    """A file cannot be taken in; nothing of it was.

    The message names the file and, where they are known, row (as a spreadsheet counts, header = 1), column and
    value, and says how to mend it.
    """

    def __init__(
        self, file: Path | str, what: str, mend: str, *, row: int | None = None, column: str = "", value: str = ""
    ) -> None:
        self.file, self.what, self.mend = Path(file).name, what, mend
        self.row, self.column, self.value = row, column, value
        place = [self.file]
        if row is not None:
            place.append(f"row {row}")
        if column:
            place.append(f"column {column}")
        if value:
            place.append(f"value {value!r}")
        super().__init__(f"{', '.join(place)}: {what} {mend}")
