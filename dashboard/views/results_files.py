"""The results chain as files: one row a number, and the lists behind the numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from dashboard import store
from dashboard.charts.downloads import Cell
from dashboard.text import _
from dashboard.views.results import EVERYWHERE, chain
from dashboard.views.results_lists import entry_line
from dashboard.views.results_offer import offer
from dashboard.views.results_period import period_text
from dashboard.views.results_tables import address
from dashboard.views.results_text import PEOPLE, definition, not_known, number_name, step_name
from data_access.measures.results_chain import STEP_OF
from data_access.measures.results_listed import Listed, Measured
from data_access.measures.results_window import Window

ALL = "_T"
"""The code of all countries together, as in SDMX."""


def warning(*, illustrative: bool) -> str:
    """The words that go with every invented row of a file."""
    return _("ILLUSTRATIVE: invented to show how this product works. Not evidence.") if illustrative else ""


def number_rows(window: Window, now: datetime) -> list[dict[str, Cell]]:
    """Every number of every country and of all, real and illustrative in rows of their own."""
    found = chain(window, now)
    return [
        _number_row(window, code, country, found.numbers[code].of(country, illustrative=illustrative), illustrative)
        for code in STEP_OF
        for country in (*store.catalogue().countries, EVERYWHERE)
        for illustrative in (False, True)
        if not illustrative or _any(found.numbers[code])
    ]


def _any(found: Measured) -> bool:
    return any(one.illustrative for one in (*found.counted, *found.unplaced, *found.unknown, *found.among))


def _number_row(window: Window, code: str, country: str, found: Measured, illustrative: bool) -> dict[str, Cell]:
    least, most = found.people if code in PEOPLE else (found.number, found.number)
    share = found.share if code == "participants_marginalised" else None
    return {
        "STEP": STEP_OF[code],
        "STEP_NAME": step_name(STEP_OF[code]),
        "NUMBER": code.upper(),
        "NUMBER_NAME": number_name(code),
        "DEFINITION": definition(code),
        "PERIOD_FROM": window.first,
        "PERIOD_TO": window.last,
        "AS_AT": window.end,
        "COUNTRY": country or ALL,
        "COUNTRY_NAME": _(store.catalogue().countries[country].name) if country else _("All countries"),
        "ILLUSTRATIVE": int(illustrative),
        "VALUE": least if least == most else None,
        "LOWEST": least,
        "HIGHEST": most,
        "SHARE_LOWEST": None if share is None else round(share[0], 1),
        "SHARE_HIGHEST": None if share is None else round(share[1], 1),
        "AMONG": len(found.among) if found.among else None,
        "WITHOUT_A_DATE": len(found.unplaced),
        "NOT_KNOWN_FOR": len(found.unknown),
        "NOT_KNOWN": not_known(code, found, illustrative=illustrative),
        "WARNING": warning(illustrative=illustrative),
        "VIEW": view_of("results", {"country": country, "number": code, "from": window.first, "to": window.last}),
    }


def list_rows(window: Window, now: datetime) -> list[dict[str, Cell]]:
    """Every entry behind every number, and every entry a number left out, with why."""
    found = chain(window, now)
    return [
        _list_row(code, listed, how)
        for code in STEP_OF
        for how, entries in (
            ("counted", found.numbers[code].counted),
            ("looked_at", _only_looked_at(found.numbers[code])),
            ("date_not_known", found.numbers[code].unplaced),
            ("not_known", found.numbers[code].unknown),
        )
        for listed in entries
    ]


def _only_looked_at(found: Measured) -> tuple[Listed, ...]:
    counted = {one.code for one in found.counted}
    return tuple(one for one in found.among if one.code not in counted)


def _list_row(code: str, listed: Listed, how: str) -> dict[str, Cell]:
    line = entry_line(listed)
    return {
        "NUMBER": code.upper(),
        "NUMBER_NAME": number_name(code),
        "COUNTED": how,
        "KIND": listed.kind,
        "CODE": listed.code,
        "COUNTED_AS": listed.key or listed.code,
        "ENTRY": line.short,
        "COUNTRIES": "; ".join(listed.countries) or ALL,
        "DATE": listed.on,
        "PEOPLE_LOWEST": listed.least if code in PEOPLE and how == "counted" else None,
        "PEOPLE_HIGHEST": listed.most if code in PEOPLE and how == "counted" else None,
        "STATED_IN": line.stated_in,
        "ILLUSTRATIVE": int(listed.illustrative),
        "WARNING": warning(illustrative=listed.illustrative),
        "VIEW": view_of(line.page, line.view) if line.page else "",
    }


def view_of(page: str, view: Mapping[str, str]) -> str:
    """The address of a page: whole where a public address is set, else from the page's name on."""
    within = address(page, view)
    public = store.settings().public_url
    return f"{public}/{within}" if public else within


def hand_over(window: Window, now: datetime) -> None:
    """The numbers and the lists behind them, each for machines and for people."""
    period = "-".join(filter(None, (window.first, window.last))) or "all"
    files: tuple[tuple[str, str, Callable[[Window, datetime], list[dict[str, Cell]]]], ...] = (
        (_("Numbers"), "results", number_rows),
        (_("Lists behind the numbers"), "results-lists", list_rows),
    )
    for title, name, rows in files:
        offer(title, f"{name}-{period}", partial(rows, window, now), (period_text(window),))
