"""The container of old Office files (OLE): what may lie in it besides a workbook."""

from __future__ import annotations

from data_access.importing.readers.problems import MacroFile, NotASpreadsheet, PasswordProtected

ENTRY_BYTES = 128
"""Directory entries lie at multiples of this: name in UTF-16, its length in bytes (with the final NUL) at byte 64.
Source: [MS-CFB] 2.6.1."""


def check_compound(file: str, content: bytes) -> None:
    """Pass a plain workbook. Raises PasswordProtected, MacroFile or NotASpreadsheet."""
    if _holds(content, "EncryptedPackage") or _holds(content, "EncryptionInfo"):
        raise PasswordProtected(file, "the file is protected with a password.")
    if _holds(content, "_VBA_PROJECT_CUR") or _holds(content, "_VBA_PROJECT"):
        raise MacroFile(file, "the workbook carries macros (programs).")
    if not (_holds(content, "Workbook") or _holds(content, "Book")):
        raise NotASpreadsheet(file, "the file is an Office document of the old kind without a workbook in it.")


def _holds(content: bytes, name: str) -> bool:
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    position = content.find(wanted)
    while position >= 0:
        length = int.from_bytes(content[position + 64 : position + 66], "little")
        if position % ENTRY_BYTES == 0 and length == len(wanted):
            return True
        position = content.find(wanted, position + 2)
    return False
