"""The annex to a voluntary national review: official and community figures of a country, target by target."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import store
from dashboard.charts.downloads import Cell
from dashboard.text import _, ngettext
from dashboard.text.comparability import grade_text
from dashboard.text.formats import bounds_text, number, provenance, shown, unit_text
from dashboard.text.groups import group_name, series_name
from dashboard.text.record import event_text
from dashboard.theme import ORIGIN_GLYPHS
from dashboard.views.commitment_rows import body_then_and_now
from dashboard.views.frame import illustrative_line
from dashboard.views.results_tables import OpeningRow
from data_access.figures import Figure, Origin
from data_access.queries.entries import RecognitionFacts
from data_access.queries.pairs import Pair, pair_up


@dataclass(frozen=True)
class AnnexRow:
    """An indicator of a country, of everyone it speaks of: the newest national official and community figure.

    ``community`` is None where communities have no national figure; ``parts`` is then in how many areas below the
    country they have any. ``pair`` has the comparability of the two. ``illustrative`` marks a row that holds an
    invented figure; the real figures of the same indicator have a row of their own.
    """

    target: str
    series: str
    universe: str
    official: Figure | None
    community: Figure | None
    pair: Pair | None
    parts: int
    illustrative: bool


@store.remembered(64)
def annex_rows(country: str) -> tuple[AnnexRow, ...]:
    """Every indicator with a figure of the country, by SDG target; invented community figures in rows of their own."""
    known = store.catalogue()
    held = {series for where, series in known.holdings_of if where == country}
    rows = [row for series in held for row in _rows(country, series)]
    return tuple(sorted(rows, key=lambda row: (_target_order(row.target), row.series, row.illustrative)))


def _rows(country: str, series: str) -> list[AnnexRow]:
    known = store.catalogue()
    universe = store.availability(country, series).universe
    figures = store.figures(country, series, groups=(universe,), kinds=("country",))
    rows = []
    for illustrative in (False, True):
        official, community = _newest(figures, "official", False), _newest(figures, "community", illustrative)
        parts = _areas_counted(country, series, illustrative=illustrative)
        if illustrative and community is None and not parts:
            continue
        if not illustrative and official is None and community is None and not parts:
            continue
        pair = None
        if official is not None and community is not None:
            pair = pair_up(known, (official, community), year=community.year)[0]
        target = known.series[series].sdg_target
        rows.append(AnnexRow(target, series, universe, official, community, pair, parts, illustrative))
    return rows


def _newest(figures: tuple[Figure, ...], origin: Origin, illustrative: bool) -> Figure | None:
    """The newest figure of an origin with a value, else the newest absence; of one year the later period and source."""
    found = [f for f in figures if f.origin == origin and f.illustrative == illustrative]
    return max(found, key=lambda f: (f.value is not None, f.year, f.time_period, f.source), default=None)


def _areas_counted(country: str, series: str, *, illustrative: bool) -> int:
    """In how many areas below the country communities have a figure of the series, real or invented."""
    known = store.catalogue()
    below = [
        holding
        for holding in known.holdings_of.get((country, series), ())
        if holding.area_kind != "country"
        and known.sources[holding.source].origin == "community"
        and known.sources[holding.source].illustrative == illustrative
    ]
    if not below:
        return 0
    sources = {holding.source for holding in below}
    return len(
        {
            figure.area
            for figure in store.figures(country, series)
            if figure.source in sources and figure.value is not None and figure.area != country
        }
    )


def _target_order(target: str) -> tuple[int, str]:
    goal, _dot, part = target.partition(".")
    return int(goal), part.zfill(3)


def annex_header() -> tuple[str, ...]:
    """The columns of the annex on the page."""
    return (
        _("Target and indicator"),
        f"{ORIGIN_GLYPHS['official']} {_('Official')}",
        f"{ORIGIN_GLYPHS['community']} {_('Community')}",
        _("May they be compared"),
        _("Recognition of the community source"),
        _("Illustrative"),
    )


@store.remembered(64)
def annex_words(country: str) -> tuple[OpeningRow, ...]:
    """The annex in words, a row an indicator; each opens the Gaps page."""
    known = store.catalogue()
    found = []
    for row in annex_rows(country):
        series = known.series[row.series]
        name = f"{row.target} · {series_name(series)} ({unit_text(series)})"
        period = next((figure.time_period for figure in (row.community, row.official) if figure), "")
        view = {"country": country, "indicator": row.series, "year": period}
        cells = (
            f"{name}, {group_name(known, row.universe)}" if row.universe else name,
            _figure_text(row.official) or _("no national official figure held"),
            _figure_text(row.community) or _without_national(row.parts),
            _comparison_text(row),
            recognition_text(row.community.source) if row.community else "–",
            _("invented, not evidence") if row.illustrative else "–",
        )
        found.append(OpeningRow(cells, "gaps", view, row.illustrative))
    return tuple(found)


def _figure_text(figure: Figure | None) -> str:
    return f"{shown(figure)} ({provenance(figure)})" if figure else ""


def _without_national(parts: int) -> str:
    if not parts:
        return _("none held")
    return ngettext(
        "none for the whole country; figures for {count} area",
        "none for the whole country; figures for {count} areas",
        parts,
    ).format(count=number(parts, 0))


def _comparison_text(row: AnnexRow) -> str:
    if row.pair is None or row.pair.comparability is None:
        return _("nothing to compare")
    return grade_text(row.pair.comparability.grade)


def latest_of_each_body(source: str) -> tuple[RecognitionFacts, ...]:
    """The latest event of each body about a source, oldest first."""
    latest = {one.body: one for one in store.record().recognition_of.get(source, ())}
    return tuple(sorted(latest.values(), key=lambda one: (one.happened_on, one.code)))


def recognition_text(source: str) -> str:
    """Where a community source stands before each body; said when nothing is recorded."""
    said = [
        _("{event}: {body}, {day}").format(
            event=event_text(one.event), body=body_then_and_now(one.body, one.happened_on), day=one.happened_on
        )
        for one in latest_of_each_body(source)
    ]
    return "; ".join(said) or _("nothing recorded")


def annex_lines(country: str) -> list[dict[str, Cell]]:
    """The annex in codes: one dictionary an indicator, both figures beside each other."""
    known = store.catalogue()
    return [
        {
            "COUNTRY": country,
            "SDG_TARGET": row.target,
            "SDG_INDICATOR": known.series[row.series].sdg_indicator,
            "SERIES": row.series,
            "SERIES_NAME": series_name(known.series[row.series]),
            "UNIT_MEASURE": known.series[row.series].unit,
            "GROUP": row.universe or "_T",
            **_figure_cells("OFFICIAL", row.official),
            **_figure_cells("COMMUNITY", row.community),
            "COMMUNITY_AREAS_BELOW": row.parts,
            "COMPARABILITY": row.pair.comparability.grade if row.pair and row.pair.comparability else "",
            "GAP": row.pair.gap if row.pair else None,
            "GAP_LOWER": row.pair.gap_lower if row.pair else None,
            "GAP_UPPER": row.pair.gap_upper if row.pair else None,
            "RECOGNITION": recognition_text(row.community.source) if row.community else "",
            "ILLUSTRATIVE": _("invented, not evidence") if row.illustrative else "",
            "WARNING": illustrative_line([row.community]) if row.community else "",
        }
        for row in annex_rows(country)
    ]


def _figure_cells(name: str, figure: Figure | None) -> dict[str, Cell]:
    return {
        name: figure.value if figure else None,
        f"{name}_LOWER": figure.lower if figure else None,
        f"{name}_UPPER": figure.upper if figure else None,
        f"{name}_INTERVAL": bounds_text(figure) if figure and figure.value is not None else "",
        f"{name}_N": figure.n if figure else None,
        f"{name}_PERIOD": figure.time_period if figure else "",
        f"{name}_ABSENCE": (figure.absence or "") if figure else "not_held",
        f"{name}_SOURCE": figure.source if figure else "",
        f"{name}_SOURCE_TITLE": figure.source_title if figure else "",
        f"{name}_PUBLISHER": figure.publisher if figure else "",
        f"{name}_LICENCE": figure.licence if figure else "",
    }


def annex_counts(country: str) -> str:
    """How much the annex holds, real and invented apart."""
    rows = annex_rows(country)
    real = [row for row in rows if not row.illustrative]
    sentence = _(
        "{indicators} indicators; {official} with a national official figure, {community} with a national figure of "
        "communities, {both} with both."
    ).format(
        indicators=len({row.series for row in real}),
        official=sum(row.official is not None and row.official.value is not None for row in real),
        community=sum(row.community is not None and row.community.value is not None for row in real),
        both=sum(row.pair is not None and row.pair.comparability is not None for row in real),
    )
    invented = sum(row.illustrative for row in rows)
    if invented:
        sentence += " " + ngettext(
            "{count} further row holds invented figures.", "{count} further rows hold invented figures.", invented
        ).format(count=invented)
    return sentence
