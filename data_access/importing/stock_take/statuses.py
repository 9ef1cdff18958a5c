"""How far an activity is, in the words of English and French files."""

from __future__ import annotations

from data_access.importing.resolution.names import comparable

_WORDS = {
    "planned": "planned|pipeline|not started|to start|upcoming|planifie|planifiee|prevu|prevue|a venir|non demarre",
    "ongoing": "ongoing|on going|in progress|active|under implementation|implementing|started|en cours|actif|active"
    "|en execution|demarre",
    "completed": "completed|complete|finished|ended|closed|done|termine|terminee|acheve|achevee|realise|realisee"
    "|cloture|cloturee|fini",
    "suspended": "suspended|on hold|paused|suspendu|suspendue|interrompu|interrompue|en attente",
    "cancelled": "cancelled|canceled|annule|annulee",
}
STATUSES = {comparable(word): status for status, words in _WORDS.items() for word in words.split("|")}


def status_of(text: str) -> str | None:
    """planned, ongoing, completed, suspended or cancelled; None for a word that is none of theirs."""
    return STATUSES.get(comparable(text))
