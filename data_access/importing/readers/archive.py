"""Zipped spreadsheets: what they are, and whether they may be unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from data_access.importing.readers.limits import Limits
from data_access.importing.readers.problems import (
    DamagedFile,
    FileTooLarge,
    MacroFile,
    NotASpreadsheet,
    PasswordProtected,
    UnreadableFile,
    ZipBomb,
)

ODS_MIMETYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
ENCRYPTED = 0x1
SMALL_PART = 1_000_000
"""What is read of a part that only says what the file is."""


def open_archive(file: str, content: bytes) -> zipfile.ZipFile:
    """The zip's directory. Raises DamagedFile."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # zipfile lets struct, index, seek and decoding errors of a broken directory through
        raise DamagedFile(file, "the file is a zip whose directory is cut off or broken.") from None


def kind_of_archive(file: str, content: bytes) -> Literal["xlsx", "ods"]:
    """Whether a zip is an XLSX or an ODS. Raises NotASpreadsheet, PasswordProtected, MacroFile or DamagedFile."""
    with open_archive(file, content) as archive:
        names = {name.lstrip("/").lower(): name for name in archive.namelist()}
        if any(part.flag_bits & ENCRYPTED for part in archive.infolist()):
            raise PasswordProtected(file, "parts of the file are encrypted.")
        if _carries_programs(archive, names, file):
            raise MacroFile(file, "the workbook carries macros (programs).")
        if "xl/workbook.bin" in names:
            raise NotASpreadsheet(file, "the file is a binary workbook (XLSB).", "Save it as XLSX.")
        if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
            return "xlsx"
        if _small(archive, names, "mimetype", file).strip() in ODS_MIMETYPES and "content.xml" in names:
            if b"encryption-data" in _small(archive, names, "meta-inf/manifest.xml", file):
                raise PasswordProtected(file, "the file is protected with a password.")
            return "ods"
        if not names:
            raise DamagedFile(file, "the file is a zip with nothing in it.")
        inside = ", ".join(sorted(archive.namelist())[:3])
        raise NotASpreadsheet(file, f"the file is a zip without a spreadsheet in it (it holds {inside[:200]}).")


def check_sizes(file: str, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Pass what declares decent sizes. Raises ZipBomb, FileTooLarge or DamagedFile.

    What a part declares holds: it is read through Python's zipfile, which stops at the declared size and then
    compares the checksum.
    """
    parts = archive.infolist()
    if len(parts) > limits.entries:
        raise ZipBomb(file, f"the file has {len(parts):,} parts packed in it; at most {limits.entries:,} are read.")
    for part in parts:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DamagedFile(file, f"{part.filename[:80]} in it is packed in a way spreadsheets never use.")
        if part.file_size > limits.ratio_from_bytes and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise ZipBomb(
                file,
                f"{part.filename[:80]} in it would unpack from {part.compress_size:,} to {part.file_size:,} bytes.",
            )
    total = sum(part.file_size for part in parts)
    if total > limits.inflated_bytes:
        raise FileTooLarge(
            file, f"unpacked, the file would have {total:,} bytes; at most {limits.inflated_bytes:,} are read."
        )


def _carries_programs(archive: zipfile.ZipFile, names: dict[str, str], file: str) -> bool:
    return (
        any(name.endswith("vbaproject.bin") or name.startswith(("xl/macrosheets/", "basic/")) for name in names)
        or b"macroenabled" in _small(archive, names, "[content_types].xml", file).lower()
    )


def _small(archive: zipfile.ZipFile, names: dict[str, str], name: str, file: str) -> bytes:
    """The beginning of a part, empty when there is none."""
    if name not in names:
        return b""
    try:
        with archive.open(names[name]) as part:
            return part.read(SMALL_PART)
    except UnreadableFile:
        raise
    except Exception:  # as above: a broken part shows itself in many errors
        raise DamagedFile(file, f"{name} in it cannot be unpacked: the file is cut off or broken.") from None
