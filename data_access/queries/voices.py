"""Voices only where their communities have agreed to them: on a screen, in a document, in a dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from data_access.queries.entries import VoiceFacts
from data_access.queries.record import LivingRecord

Purpose = Literal["screen", "document", "dialogue"]
"""A page anybody may read; a document, print or file that leaves the product; the presentation in the room."""

SCOPES: Mapping[Purpose, frozenset[str]] = MappingProxyType(
    {
        "screen": frozenset({"everywhere", "not_in_documents"}),
        "document": frozenset({"everywhere"}),
        "dialogue": frozenset({"everywhere", "not_in_documents", "dialogue_only"}),
    }
)
"""Which scopes of consent a purpose is within."""


def voices_for(record: LivingRecord, purpose: Purpose) -> Mapping[str, VoiceFacts]:
    """The voices that may appear there, by code: standing, read by a second person, and agreed to for ``purpose``."""
    allowed = SCOPES[purpose]
    return {code: one for code, one in record.voices.items() if one.consent_scope in allowed}
