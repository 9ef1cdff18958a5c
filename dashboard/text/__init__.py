"""Words for people: every visible text passes through gettext from here.

``_("Areas in {country}").format(country=…)`` — the English text is the message id; a missing translation falls
back to English. The language is a context variable, set once at the start of each rerun by the router.
"""

from __future__ import annotations

import gettext
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

LANGUAGES: dict[str, str] = {"en": "English"}
"""BCP 47 tag → the language's own name; a language appears here once its catalogue is complete."""

DEFAULT_LANGUAGE = "en"

_CATALOGUES = Path(__file__).parent / "locales"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@lru_cache(maxsize=16)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("voices_count", _CATALOGUES, languages=[language], fallback=True)


def use_language(language: str) -> None:
    """Make ``language`` the one every following text of this rerun is written in."""
    _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)


def language() -> str:
    """The BCP 47 tag of the language in use."""
    return _language.get()


def _(message: str) -> str:
    """``message`` in the language in use."""
    return _catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a counted message that fits ``count`` in the language in use."""
    return _catalogue(_language.get()).ngettext(singular, plural, count)
