"""One country: what is held, its widest gaps, and what official figures do not show."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import store
from dashboard.charts.definitions import MapChart
from dashboard.chrome import plain
from dashboard.navigation import link
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.groups import dimension_name, series_name
from dashboard.text.sentences import headline
from dashboard.views.knowledge_gaps import knowledge_gap_sentence, top_gaps
from dashboard.views.map import levels_held, map_chart
from dashboard.views.overview import gap_sentence, nothing_held
from dashboard.views.watched import WATCHED
from data_access.queries.gaps import WidestGap

HEADLINES = 6
TOP_GAPS = 4


@dataclass(frozen=True)
class HeadlineGap:
    """A gap in a title and a sentence, and the view that shows it."""

    title: str
    sentence: str
    view: dict[str, str]


def country_name(selection: Selection) -> str:
    country = store.catalogue().countries[selection.country]
    name = _(country.name)
    return f"{name} · {country.name_local}" if country.name_local not in ("", name) else name


@store.remembered(64)
def held(selection: Selection) -> str:
    """How much is held of the country, by origin."""
    known = store.catalogue()
    here = [h for h in known.holdings if h.country == selection.country]
    if not here:
        return nothing_held(selection.country)
    official = {h.source for h in here if known.sources[h.source].origin == "official"}
    community = {h.source for h in here if known.sources[h.source].origin == "community"}
    invented = sum(known.sources[s].illustrative for s in official | community)
    sentence = _(
        "{figures} figures of {series} indicators from {official} official and {community} community sources, "
        "{first} to {last}."
    ).format(
        figures=f"{sum(h.n for h in here):,}",
        series=len({h.series for h in here}),
        official=len(official),
        community=len(community),
        first=min(h.year for h in here),
        last=max(h.year for h in here),
    )
    if invented:
        sentence += " " + _("{count} of the community sources are illustrative: their figures are invented.").format(
            count=invented
        )
    return sentence


@store.remembered(64)
def headline_gaps(selection: Selection) -> tuple[HeadlineGap, ...]:
    """The widest gaps between groups first, then between areas, one an SDG target."""
    gaps = store.widest_gaps(selection.country)
    known = store.catalogue()
    chosen: list[WidestGap] = []
    targets: set[tuple[str, str]] = set()
    for gap in sorted(gaps, key=lambda g: (g.between == "areas", -g.points)):
        target = (known.series[gap.series].sdg_target, gap.between)
        if target not in targets:
            targets.add(target)
            chosen.append(gap)
    groups = [g for g in chosen if g.between == "groups"][: HEADLINES // 2]
    areas = [g for g in chosen if g.between == "areas"][: HEADLINES - len(groups)]
    return tuple(_headline(gap) for gap in (*groups, *areas))


def _headline(gap: WidestGap) -> HeadlineGap:
    known = store.catalogue()
    series = known.series[gap.series]
    universe = store.availability(gap.behind.country, gap.series).universe
    title = f"{headline(known, series, gap.behind, gap.ahead, universe)} — {series_name(series)}"
    view = {"country": gap.behind.country, "indicator": gap.series, "year": gap.behind.time_period}
    return HeadlineGap(title, gap_sentence(known, gap), view)


def small_map(selection: Selection) -> MapChart | None:
    """The map of the chosen indicator at the first level that has figures."""
    levels = levels_held(selection, "official")
    if levels:
        return map_chart(selection, "official", levels[0], "quantile")
    community = levels_held(selection, "community")
    return map_chart(selection, "community", community[0], "quantile") if community else None


def why_no_headlines(selection: Selection) -> str:
    """Why there is no gap to tell of: no figures, or none that tell groups or areas apart."""
    if not any(country == selection.country for country, _series in store.catalogue().holdings_of):
        return _("No figures are held here, so no gap is documented.")
    return _("None of the figures held here tells groups or areas apart in a way that shows who is behind.")


def draw_unknown(selection: Selection) -> None:
    """Draw the widest gaps in what is known, each opening the matrix, and what official figures break down at all."""
    sentence = knowledge_gap_sentence(selection.country)
    if sentence is not None:
        st.markdown(plain(sentence.text))
    for gap in top_gaps(selection.country, TOP_GAPS):
        link("knowledge_gaps", gap.sentence, gap.view)
    st.markdown("\n".join(f"- {plain(line)}" for line in unseen(selection)))
    link("knowledge_gaps", _("All knowledge gaps"), {"country": selection.country})


@store.remembered(64)
def unseen(selection: Selection) -> tuple[str, ...]:
    """For each watched dimension, how many official indicators with a better and a worse end it breaks down."""
    known = store.catalogue()
    rated = [
        h
        for h in known.holdings
        if h.country == selection.country
        and known.sources[h.source].origin == "official"
        and known.series[h.series].favourable is not None
    ]
    every = len({h.series for h in rated})
    if not every:
        name = _(known.countries[selection.country].name)
        return (_("No official figures of {country} are held here that could be broken down.").format(country=name),)
    lines = []
    for dimension in WATCHED:
        if dimension in known.dimensions:
            count = len({h.series for h in rated if dimension in h.breakdown.split("|")})
            line = _("{dimension}: {count} of {every} official indicators are broken down.")
            lines.append((count, line.format(dimension=dimension_name(known, dimension), count=count, every=every)))
    return tuple(line for _count, line in sorted(lines))
