"""Why a file cannot be read, each with what was found and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from data_access.importing.problems import FileProblem


class UnreadableFile(FileProblem):
    """A file cannot be read; nothing of it was.

    ``what`` and ``MEND`` make the sentence; a reason may bring a mend of its own.
    """

    MEND: ClassVar[str] = "Open it in the program it came from and save it again as XLSX or CSV."

    def __init__(
        self, file: Path | str, what: str, mend: str = "", *, row: int | None = None, column: str = "", value: str = ""
    ) -> None:
        super().__init__(file, what, mend or self.MEND, row=row, column=column, value=value)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.file, self.what, self.mend, self.row, self.column, self.value)


def _again(
    kind: type[UnreadableFile], file: str, what: str, mend: str, row: int | None, column: str, value: str
) -> UnreadableFile:
    return kind(file, what, mend, row=row, column=column, value=value)


class FileNotThere(UnreadableFile):
    """There is no such file, or it may not be opened."""

    MEND = "Check its name and that you may open it."


class EmptyFile(UnreadableFile):
    """The file holds nothing."""

    MEND = "Ask for the file again: it may have been cut off on its way."


class FileTooLarge(UnreadableFile):
    """The file, or what is packed in it, is larger than is read."""

    MEND = "Split it into several files, or save the sheet that matters as CSV."


class TooManyCells(UnreadableFile):
    """A sheet has more rows, columns, cells or sheets than are read."""

    MEND = "Split it into several files, or save the sheet that matters as CSV."


class CellFarAway(TooManyCells):
    """A stray cell far from the rest makes a sheet immense."""

    MEND = "Press Ctrl+End in the sheet, delete the rows and columns beyond the table, and save the file again."


class ZipBomb(FileTooLarge):
    """A small file would unpack to an immense one."""

    MEND = "Ask who made it for a new copy; if it is what it claims to be, saving the sheet as CSV makes it readable."


class PasswordProtected(UnreadableFile):
    """The file is encrypted."""

    MEND = "Open it with its password, save a copy without one, and keep that copy as carefully as the password."


class MacroFile(UnreadableFile):
    """The spreadsheet carries programs."""

    MEND = "Save it as a workbook without macros (XLSX or ODS)."


class NotASpreadsheet(UnreadableFile):
    """The file is of another kind altogether."""

    MEND = "Bring the table itself, as XLSX, ODS, XLS, CSV or SDMX-ML."


class DamagedFile(UnreadableFile):
    """The file is of a known kind but broken or cut off."""

    MEND = "Ask for the file again, or open it in a spreadsheet program, let it repair the file, and save it anew."


class EntitiesDeclared(UnreadableFile):
    """An XML file declares entities, which can be made to swell without end."""

    MEND = "Export it again without a document type declaration (<!DOCTYPE …>)."


class UnknownEncoding(UnreadableFile):
    """The letters of a text file cannot be told."""

    MEND = "Save it as 'CSV UTF-8' from a spreadsheet program."


class NulBytes(UnreadableFile):
    """A text file holds NUL bytes."""

    MEND = "Ask for the file again: such bytes come from a broken transfer or a program's fault."


class QuoteNotClosed(UnreadableFile):
    """A quotation mark is opened and never closed, so that the rest of the file would be one cell."""

    MEND = "Close the quotation mark, or write it twice where it belongs to the text."


class CellTooLong(UnreadableFile):
    """One cell holds more text than any table would."""

    MEND = "Look for a quotation mark that is opened and not closed at the right place."


class ReaderCrashed(UnreadableFile):
    """The process that read the file came to a sudden end."""

    MEND = "Save the sheet that matters as CSV and bring that."


class ReaderTimedOut(UnreadableFile):
    """Reading took longer than it may."""

    MEND = "Split it into several files, or save the sheet that matters as CSV."
