"""What every chart of a view shares: marks with their words, axes, source lines, caveats, the view's address."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from dashboard import store
from dashboard.charts.definitions import AbsenceKey, Emphasis, Link, LinkKey, Mark, OriginKey, Tick
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.formats import absence_label, number, provenance, short_title, shown
from dashboard.text.groups import series_name, universe_text
from dashboard.text.recognition import recognition_of
from data_access.figures import ABSENCES, Absence, Figure
from data_access.queries.catalogue import Catalogue, SeriesFacts


def mark(figure: Figure, label: str = "", emphasis: Emphasis = "normal") -> Mark:
    """A figure as a mark, with its value and provenance in words."""
    return Mark(figure=figure, text=shown(figure), label=label, detail=provenance(figure), emphasis=emphasis)


def axis(figures: Iterable[Figure], series: SeriesFacts) -> tuple[tuple[float, float], tuple[Tick, ...]]:
    """Domain and ticks that hold every value and interval end: from zero, to a round number above the highest.

    A score's axis spans its whole scale, so that a short distance is not drawn long.
    """
    ends = [end for f in figures for end in (f.value, f.lower, f.upper) if end is not None]
    if series.unit == "SCORE" and series.value_min is not None and series.value_max is not None:
        low, high = series.value_min, series.value_max
        step = (high - low) / 3 if (high - low) % 3 == 0 else (high - low) / 4
        places = [low + step * i for i in range(round((high - low) / step) + 1)]
        return (low, high), tuple(Tick(place, f"{place:g}") for place in places)
    top = max([*ends, 0.0]) or 1.0
    step = _round_step(top)
    steps = math.ceil(top / step - 1e-9)
    if series.unit == "PT":
        steps = min(steps, round(100 / step))
    decimals = max(0, -math.floor(math.log10(step)))
    return (0.0, step * steps), tuple(Tick(step * i, number(step * i, decimals)) for i in range(steps + 1))


def _round_step(top: float) -> float:
    rough = top / 5
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)


def subtitle(known: Catalogue, series: SeriesFacts, universe: str, *parts: str) -> str:
    """The definition line: what is measured, of whom, and whatever else a chart adds."""
    people = universe_text(known, universe)
    return " · ".join(part for part in (series_name(series), people, *parts) if part)


def source_line(figures: Iterable[Figure]) -> str:
    """Every source of the figures with its periods and licence, each once."""
    periods: dict[str, set[str]] = {}
    first: dict[str, Figure] = {}
    for figure in figures:
        periods.setdefault(figure.source, set()).add(figure.time_period)
        first.setdefault(figure.source, figure)
    lines = [
        _("{title}, {publisher} ({periods}). Licence: {licence}").format(
            title=short_title(figure.source_title),
            publisher=figure.publisher,
            periods=_periods_text(periods[code]),
            licence=figure.licence
            + (_("; terms of the publisher not verified") if figure.licence_state == "unverified" else ""),
        )
        for code, figure in sorted(first.items())
    ]
    return " — ".join(lines)


def _periods_text(periods: set[str]) -> str:
    ordered = sorted(periods)
    return ", ".join(ordered) if len(ordered) <= 4 else f"{ordered[0]} … {ordered[-1]}"


def notes(figures: Sequence[Figure]) -> tuple[str, ...]:
    """What holds for the figures as drawn: unknown uncertainty, low reliability, what is withheld, and what official
    bodies made of each community source."""
    with_value = [f for f in figures if f.value is not None]
    unsure = sum(not f.has_interval for f in with_value)
    found = []
    if with_value and unsure == len(with_value):
        found.append(_("Uncertainty unknown: the source publishes no intervals for these figures."))
    elif unsure:
        found.append(_("Uncertainty unknown for {unsure} of {all} figures.").format(unsure=unsure, all=len(with_value)))
    if any(f.status == "U" for f in with_value):
        found.append(_("Some figures rest on 25–49 cases: low reliability."))
    if any(f.absence == "suppressed" for f in figures):
        found.append(
            _("Some figures are withheld, so that nobody can be recognised in them or worked out from others.")
        )
    return (*found, *_recognised(figures))


def _recognised(figures: Iterable[Figure]) -> tuple[str, ...]:
    """A line for each community source of the figures: "Recognition of Example survey: □ assessed."."""
    sources = {f.source: f for f in figures if f.origin == "community" and f.value is not None}
    return tuple(
        _("Recognition of {source}: {state}.").format(
            source=short_title(figure.source_title), state=recognition_of(figure)
        )
        for _code, figure in sorted(sources.items())
    )


def illustrative_line(figures: Iterable[Figure]) -> str:
    """The warning that goes inside every picture with an invented figure; empty when all are real."""
    if any(f.illustrative for f in figures):
        return _("ILLUSTRATIVE: contains invented figures that show how this product works. Not evidence.")
    return ""


def origin_keys(figures: Iterable[Figure]) -> tuple[OriginKey, ...]:
    """Legend entries for the origins that occur."""
    origins = {f.origin for f in figures}
    return tuple(
        OriginKey(origin, label)
        for origin, label in (("official", _("Official figure")), ("community", _("Community figure")))
        if origin in origins
    )


def link_keys(links: Iterable[Link]) -> tuple[LinkKey, ...]:
    """Legend entries for the ways marks are joined between official and community."""
    occurring = set(links)
    words: tuple[tuple[Link, str], ...] = (
        ("solid", _("may be compared")),
        ("dashed", _("indicative only")),
        ("none", _("not comparable: no gap is drawn")),
    )
    return tuple(LinkKey(link, label) for link, label in words if link in occurring)


def absence_keys(absences: Iterable[Absence | None]) -> tuple[AbsenceKey, ...]:
    """Legend entries for the kinds of absence that occur."""
    occurring = set(absences)
    return tuple(AbsenceKey(a, absence_label(a)) for a in ABSENCES if a in occurring)


def view_of(page: str, selection: Selection, **more: str) -> str:
    """The address that shows this again: whole where a public address is set, else from the page's name on."""
    query = urlencode(
        {
            "country": selection.country,
            "indicator": selection.series,
            "group": selection.group,
            "year": selection.period,
            **{key: value for key, value in more.items() if value},
        }
    )
    address = store.settings().public_url
    return f"{address}/{page}?{query}" if address else f"{page}?{query}"


def absent(figure_like: Figure, area: str, area_name: str, absence: Absence, *, group: str | None = None) -> Figure:
    """A placeholder where there is no figure: the same what (and whom, unless ``group`` says so), the reason why."""
    return replace(
        figure_like,
        group=figure_like.group if group is None else group,
        area=area,
        area_name=area_name,
        value=None,
        lower=None,
        upper=None,
        se=None,
        n=None,
        population=None,
        status="M",
        absence=absence,
        note="",
        row=0,
    )
