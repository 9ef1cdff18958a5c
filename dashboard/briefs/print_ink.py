"""The colours and patterns of print: always the light palette, on white paper."""

from __future__ import annotations

from dashboard.briefs.typesetting import Content
from dashboard.theme import ABSENCE_STYLES, LIGHT


def print_ink() -> Content:
    """Named colours as ``#RRGGBB``."""
    return {
        "text": LIGHT.text,
        "muted": LIGHT.muted,
        "rule": LIGHT.rule,
        "official": LIGHT.official,
        "community": LIGHT.community,
        "official_soft": LIGHT.official_soft,
        "community_soft": LIGHT.community_soft,
        "link": LIGHT.link,
        "reference": LIGHT.reference,
        "outline": LIGHT.outline,
        "context": LIGHT.context,
        "warning": LIGHT.warning,
    }


def print_patterns() -> Content:
    """The pattern that stands for each absence, by the absence's name."""
    return {absence: style.pattern for absence, style in ABSENCE_STYLES.items()}
