"""The free text beside a figure where a format has no column for what we know: written and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LED = re.compile(r"(OBS_STATUS|SAMPLE_SIZE|SAMPLE_YES)=([A-Z]|\d+)(?:; |$)")


@dataclass(frozen=True, slots=True)
class Flag:
    """What stands before the words of a note: status, people asked, of them who said yes."""

    status: str = ""
    n: int | None = None
    yes: int | None = None
    note: str = ""


def write_flag(flag: Flag) -> str:
    """``OBS_STATUS=U; SAMPLE_SIZE=30; words``; a normal status is not written."""
    parts = [f"OBS_STATUS={flag.status}"] if flag.status not in ("", "A") else []
    parts += [f"SAMPLE_SIZE={flag.n}"] if flag.n is not None else []
    parts += [f"SAMPLE_YES={flag.yes}"] if flag.yes is not None else []
    return "; ".join([*parts, flag.note] if flag.note else parts)


def read_flag(text: str) -> Flag:
    """What ``write_flag`` wrote; any other text is a note."""
    found: dict[str, str] = {}
    while match := _LED.match(text):
        if match[1] in found or (match[1] == "OBS_STATUS") == match[2].isdigit():
            break
        found[match[1]] = match[2]
        text = text[match.end() :]
    return Flag(
        status=found.get("OBS_STATUS", ""),
        n=int(found["SAMPLE_SIZE"]) if "SAMPLE_SIZE" in found else None,
        yes=int(found["SAMPLE_YES"]) if "SAMPLE_YES" in found else None,
        note=text,
    )
