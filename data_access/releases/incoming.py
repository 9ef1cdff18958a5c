"""What arrives at the door: figures in the product's terms, who says so, and what its owner agreed to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from data_access.importing.findings import Finding
from data_access.importing.intersections import Waiting
from data_access.importing.shipped import Sidecar
from data_access.importing.tidy import TidyRow
from data_access.importing.truths import Truth

READING = 1
"""How mapped rows are taken in; raised when that changes, so that the same file may be taken in again."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who owns a source, and what its community agreed to: ``sharing`` public, aggregate_only or private.

    ``consented_on`` and ``revoked_on`` are ISO dates, empty where not known or not revoked; ``form`` how consent was
    given.
    """

    owner: str
    sharing: str
    consented_on: str = ""
    form: str = ""
    revoked_on: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a service answered about one series: from which ``address``, when (UTC), in which bytes; its terms."""

    series: str
    service: str
    address: str
    accessed_at: datetime
    sha256: str
    licence: str
    licence_address: str


@dataclass(frozen=True)
class Incoming:
    """A file, or a service's answer, as its mapping understood it.

    ``source`` who says so; ``file`` its name and ``sha256`` the hash of its bytes; ``mapping`` the mapping file's text
    and ``answers`` the steward's, as used (what it names → text → code); ``findings`` of reading, mapping and checks;
    ``fetched`` which answers of services it is made of, none where somebody brought a file;
    ``studies`` of who is furthest behind, made of answers of single people; ``truths`` behind the rows of such answers
    that come withheld.
    """

    source: Sidecar
    rows: Sequence[TidyRow]
    file: str
    sha256: str
    mapping: str
    findings: tuple[Finding, ...] = ()
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    consent: Consent | None = None
    fetched: tuple[Fetched, ...] = ()
    studies: tuple[Waiting, ...] = ()
    truths: tuple[Truth, ...] = ()

    @property
    def act(self) -> Literal["import", "pull"]:
        """What taking it in is called in the record of acts."""
        return "pull" if self.fetched else "import"

    @property
    def mapping_version(self) -> str:
        """What releases record: the same for the same mapping, answers and way of reading, and for no other."""
        used = json.dumps([self.mapping, self.answers], sort_keys=True)
        return f"desk-{READING}-{hashlib.sha256(used.encode()).hexdigest()[:32]}"
