"""The pilot countries at a glance: one map, one sentence each."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import store
from dashboard.charts.definitions import MapArea, MapChart, MapClass
from dashboard.text import _, language, ngettext
from dashboard.text.formats import interval_text, points_text, short_title, value_text
from dashboard.text.groups import group_in_sentence, series_name
from dashboard.text.strength import graded
from dashboard.views.commitment_days import Days, days
from dashboard.views.country_promises import promised_sentence
from dashboard.views.strength import strength_of_gap
from dashboard.views.watched import WATCHED
from data_access import boundaries
from data_access.queries.catalogue import Catalogue
from data_access.queries.gaps import WidestGap


@dataclass(frozen=True)
class Glance:
    """A country in three sentences, and where to read on; ``unseen`` is empty where no figures are held."""

    code: str
    name: str
    sentence: str
    unseen: str
    promised: str
    view: dict[str, str]


def countries_at_a_glance() -> tuple[Glance, ...]:
    """Every country in name order, those without figures included."""
    return _at_a_glance(days())


@store.remembered(4)
def _at_a_glance(today: Days) -> tuple[Glance, ...]:
    known = store.catalogue()
    found = []
    for code, country in known.countries.items():
        gaps = store.widest_gaps(code)
        held = any(of == code for of, _series in known.holdings_of)
        view = {"country": code, "indicator": gaps[0].series} if gaps else {"country": code}
        if gaps:
            sentence = gap_sentence(known, gaps[0])
        else:
            sentence = _("None of the figures held here shows a gap.") if held else nothing_held(code)
        unseen = unseen_sentence(known, code) if held else ""
        found.append(Glance(code, _(country.name), sentence, unseen, promised_sentence(code, today), view))
    return tuple(found)


@store.remembered(64)
def nothing_held(country: str) -> str:
    """What is known of a country without figures: its areas, and who is recorded to hold data or to work there."""
    known = store.catalogue()
    areas = sum(area.country == country and area.kind != "country" for area in known.areas.values())
    entries = sum(one.country == country for one in store.record().stock_take.values())
    places = ngettext("{count} area is known", "{count} areas are known", areas).format(count=f"{areas:,}")
    sentence = _("No figures of {country} are held here; {places}.").format(
        country=_(known.countries[country].name), places=places
    )
    if not entries:
        return sentence
    taken = ngettext(
        "{count} entry of the stock-take says who holds data or works there.",
        "{count} entries of the stock-take say who holds data or works there.",
        entries,
    )
    return f"{sentence} {taken.format(count=f'{entries:,}')}"


def gap_sentence(known: Catalogue, gap: WidestGap) -> str:
    """The widest documented gap of a country in one sentence that says how sure it is, with its grade."""
    series = known.series[gap.series]
    behind, ahead = gap.behind, gap.ahead
    assert behind.value is not None and ahead.value is not None
    universe = store.availability(behind.country, gap.series).universe
    if gap.between == "areas":
        low, high = _(behind.area_name), _(ahead.area_name)
    else:
        low, high = (group_in_sentence(known, f.group, universe) for f in (behind, ahead))
    words = {
        "points": points_text(gap.points, series.unit),
        "series": series_name(series),
        "low": low,
        "low_value": value_text(behind.value, series.unit),
        "low_interval": interval_text(behind),
        "high": high,
        "high_value": value_text(ahead.value, series.unit),
        "high_interval": interval_text(ahead),
        "source": short_title(behind.source_title),
        "period": behind.time_period,
    }
    if behind.has_interval or ahead.has_interval:
        sentence = _(
            "{points} between {low} ({low_value}; {low_interval}) and {high} ({high_value}; {high_interval}): "
            "{series}. {source}, {period}."
        )
    else:
        sentence = _(
            "{points} between {low} ({low_value}) and {high} ({high_value}): {series}. {source}, {period}; "
            "uncertainty unknown."
        )
    return graded(sentence.format(**words), strength_of_gap(behind, ahead))


def unseen_sentence(known: Catalogue, country: str) -> str:
    """What the official figures held here never break down, and how much is held at all."""
    official = [h for h in known.holdings if h.country == country and known.sources[h.source].origin == "official"]
    seen = {dimension for h in official for dimension in h.breakdown.split("|")}
    rates = [h for h in official if known.series[h.series].favourable is not None]
    rated = {dimension for h in rates for dimension in h.breakdown.split("|")}
    missing = [
        _(known.dimensions[d].name).lower() for d in WATCHED if d in known.dimensions and d not in (rated & seen)
    ]
    count = len({h.series for h in official})
    held = ngettext("{count} official indicator is held here", "{count} official indicators are held here", count)
    if not missing:
        return held.format(count=count) + "."
    return _("{held}; none of them shows a gap by {dimensions}.").format(
        held=held.format(count=count), dimensions=_(", ").join(missing)
    )


@store.remembered(16)
def pilot_map() -> MapChart:
    """The map of the pilot countries."""
    known = store.catalogue()
    depiction = store.settings().depiction
    layer = boundaries.layer_for("PILOTS", "0", depiction)
    counts = {code: len({h.series for h in known.holdings if h.country == code}) for code in known.countries}
    areas = tuple(
        MapArea(
            code=shape.code,
            name=_(known.countries[shape.code].name),
            index=0,
            absence=None,
            text=ngettext("{count} indicator", "{count} indicators", counts[shape.code]).format(
                count=counts[shape.code]
            ),
            detail="",
            figures=(),
        )
        for shape in boundaries.shapes(layer)
        if shape.code in known.countries
    )
    return MapChart(
        id="map-pilots",
        title=_("Pilot countries"),
        subtitle=_("Countries with figures held here"),
        alt=_("Map of the pilot countries: {countries}.").format(countries=", ".join(a.name for a in areas)),
        source_line="",
        language=language(),
        layer=layer.id,
        areas=areas,
        classes=(MapClass(0, 1, _("Pilot country")),),
        scale="official",
        legend_title="",
        disclaimer=_(layer.disclaimer),
    )
