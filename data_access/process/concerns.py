"""A concern raised on a page by somebody who does not have to say who they are."""

from __future__ import annotations

import secrets
from datetime import date

from sqlmodel import Session

from data_access.process.rights import UNNAMED_READER
from data_access.process.writing import record_entry

STATED_IN = "raised on the page of the source, without a name"


def raise_concern(session: Session, *, source: str, invented: bool, kind: str, wording: str, on: date) -> str:
    """Put a correction, complaint or question about a source on the steward's list; returns the code it goes by.

    The code cannot be guessed: it is all that ties the concern to who raised it. ``invented`` says of the source
    whether its figures are. To be called in a writing transaction. Raises EntryRefused, for words that hold an e-mail
    address, a phone or identity number, too.
    """
    cells = {
        "code": f"CONCERN-{secrets.token_hex(5).upper()}",
        "source": source,
        "kind": kind,
        "wording": wording,
        "raised_on": on.isoformat(),
        "state": "open",
        "illustrative": "yes" if invented else "no",
        "stated_in": "" if invented else STATED_IN,
    }
    return record_entry(session, "concern", cells, UNNAMED_READER)
