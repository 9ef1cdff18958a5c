"""The encoding of a text file, and the reason for taking it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from data_access.importing.readers.problems import NotASpreadsheet, NulBytes, UnknownEncoding

MARKED = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
EIGHT_BIT = ("cp1252", "cp1258")
"""Western European and Vietnamese, as Windows writes them: what old exports in the countries served come in.
Others are refused rather than guessed, as a wrong letter in a name is worse than a question."""
CHUNK = 1 << 20
SAMPLE = 100_000
BEYOND_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*[\r\n]*")
CONTROL = bytes(sorted(set(range(1, 32)) - {9, 10, 12, 13}))
CONTROL_SHARE = 0.005
"""A larger share of control characters than this, and the file is not text."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """``codec`` as Python names it; ``remark`` says why; ``composed`` that accents stand apart and are put together."""

    codec: str
    remark: str
    composed: bool = False


def decide(file: str, content: bytes) -> Encoding:
    """The encoding in which the whole of ``content`` can be read.

    A byte order mark decides; then NULs in every other byte (UTF-16); then whether it is valid UTF-8; then
    which of ``EIGHT_BIT`` makes the likelier text. Raises NulBytes, UnknownEncoding or NotASpreadsheet.
    """
    for mark, codec in MARKED:
        if content.startswith(mark):
            name = codec.removesuffix("-sig").upper()
            if not _decodes(content, codec):
                raise UnknownEncoding(file, f"the file says it is {name}, but is not.")
            return Encoding(codec, f"Encoding: {name}, by its byte order mark.")
    if codec := _unmarked_utf_16(content):
        return Encoding(codec, "Encoding: UTF-16 without a byte order mark, by the zero in every other byte.")
    if b"\x00" in content:
        row = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise NulBytes(file, "the file holds NUL bytes, which no text has.", row=row)
    if len(content) - len(content.translate(None, CONTROL)) > CONTROL_SHARE * len(content):
        raise NotASpreadsheet(file, "the file is neither text nor a spreadsheet.")
    if content.isascii():
        return Encoding("utf-8", "Encoding: plain ASCII.")
    if _decodes(content, "utf-8"):
        return Encoding("utf-8", "Encoding: UTF-8, as the whole file is valid.")
    return _eight_bit(file, content)


def _eight_bit(file: str, content: bytes) -> Encoding:
    sample = b"".join(BEYOND_ASCII.findall(content, 0, 20 * SAMPLE))[:SAMPLE] or content[:SAMPLE]
    best = from_bytes(sample, cp_isolation=list(EIGHT_BIT)).best()
    if best is None or not _decodes(content, best.encoding):
        raise UnknownEncoding(
            file, "the file is neither UTF-8 nor Western European nor Vietnamese in Windows' encoding."
        )
    if best.encoding == "cp1258":
        return Encoding("cp1258", "Encoding: Windows-1258 (Vietnamese), the likeliest by its letters.", composed=True)
    return Encoding("cp1252", "Encoding: Windows-1252 (Western European), the likeliest by its letters.")


def _unmarked_utf_16(content: bytes) -> str:
    sample = content[: SAMPLE - SAMPLE % 2]
    half = len(sample) // 2
    if half and len(content) % 2 == 0:
        for codec, letters, zeros in (
            ("utf-16-le", sample[::2], sample[1::2]),
            ("utf-16-be", sample[1::2], sample[::2]),
        ):
            if zeros.count(0) > 0.5 * half and not letters.count(0) and _decodes(content, codec):
                return codec
    return ""


def _decodes(content: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(content), CHUNK):
            decoder.decode(content[start : start + CHUNK])
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True
