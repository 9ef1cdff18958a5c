"""What day it is in a country, and when a dialogue is held there and by universal time."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from dashboard import store
from dashboard.text import _
from data_access.connectors.offered import country_code
from data_access.connectors.problems import NotOffered
from data_access.queries.entries import DialogueFacts

Days = tuple[tuple[str, date], ...]
"""The day of each country, as an argument of what is remembered."""


def now() -> datetime:
    """This moment, by universal time."""
    return datetime.now(UTC)


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """The time zones of each country by its ISO 3166-1 alpha-2 code, from the time zone database's own list."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _place, zone, *_remark = line.split("\t")
            found[code].append(zone)
    return {code: tuple(zones) for code, zones in found.items()}


def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country (ISO 3166-1 alpha-3); UTC for a code that is no country's."""
    try:
        return _zones().get(country_code(country, "iso2"), ("UTC",))
    except NotOffered:
        return ("UTC",)


def today_in(country: str) -> date:
    """The day it is in a country; where it has several time zones, the day it still is in the last of them.

    A deadline is over when its last day has ended everywhere in the country.
    """
    moment = now()
    return min(moment.astimezone(ZoneInfo(zone)).date() for zone in zones_of(country))


def days() -> Days:
    """The day it is in every country held here."""
    return tuple((country, today_in(country)) for country in sorted(store.catalogue().countries))


def begins(dialogue: DialogueFacts) -> datetime:
    """When it begins; where only the day is known, as that day begins."""
    return datetime.fromisoformat(dialogue.starts).replace(tzinfo=ZoneInfo(dialogue.time_zone))


def is_upcoming(dialogue: DialogueFacts, moment: datetime) -> bool:
    """Whether it has not ended yet; a day without hours lasts to its end."""
    end = datetime.fromisoformat(dialogue.ends or dialogue.starts).replace(tzinfo=ZoneInfo(dialogue.time_zone))
    if "T" not in (dialogue.ends or dialogue.starts):
        end = datetime.combine(end.date() + timedelta(days=1), time(), end.tzinfo)
    return end > moment


def when_text(dialogue: DialogueFacts) -> str:
    """The local time with its zone named, and universal time: "2024-03-05 10:00–12:00 Asia/Kathmandu (…)"."""
    start = begins(dialogue)
    if "T" not in dialogue.starts:
        last = f"–{dialogue.ends[:10]}" if dialogue.ends and dialogue.ends[:10] != dialogue.starts else ""
        return _("{day} ({zone}; the hours are not recorded)").format(
            day=f"{dialogue.starts}{last}", zone=dialogue.time_zone
        )
    local, universal = f"{start:%Y-%m-%d %H:%M}", f"{start.astimezone(UTC):%Y-%m-%d %H:%M}"
    if "T" in dialogue.ends:
        end = datetime.fromisoformat(dialogue.ends).replace(tzinfo=start.tzinfo)
        local += _until(start, end)
        universal += _until(start.astimezone(UTC), end.astimezone(UTC))
    return _("{local} {zone} (UTC{offset}); {universal} UTC").format(
        local=local, zone=dialogue.time_zone, offset=_offset(start), universal=universal
    )


def _until(start: datetime, end: datetime) -> str:
    return f"–{end:%H:%M}" if start.date() == end.date() else f" – {end:%Y-%m-%d %H:%M}"


def _offset(moment: datetime) -> str:
    written = f"{moment:%z}"
    return f"{written[:3]}:{written[3:5]}".replace("-", "−")
