"""Official against community: one row a pair, joined only as far as the two may be compared."""

from __future__ import annotations

from dashboard import store
from dashboard.charts.definitions import GapChart, Link, Row
from dashboard.selection import Selection
from dashboard.text import _, language, ngettext
from dashboard.text.comparability import grade_text, statement_text, value_name
from dashboard.text.formats import points_text, shown, unit_text
from dashboard.text.groups import group_in_sentence, group_name, series_name
from dashboard.views import frame
from data_access.measures.comparability import Grade
from data_access.periods import years
from data_access.queries.catalogue import Catalogue
from data_access.queries.pairs import Pair, pair_up

MOST_ROWS = 24
"""Pairs drawn in one chart; the rest are counted in a note."""

_LINKS: dict[Grade, Link] = {"direct": "solid", "close": "solid", "indicative": "dashed", "not_comparable": "none"}


@store.remembered(256)
def pairs_of(selection: Selection) -> tuple[Pair, ...]:
    """Every community figure of the series with its official counterpart, nearest to the chosen period."""
    if not selection.period:
        return ()
    found = store.figures(selection.country, selection.series)
    return pair_up(store.catalogue(), found, year=years(selection.period)[1])


@store.remembered(256)
def official_and_community(selection: Selection) -> GapChart | None:
    """The chart of the pairs, the widest comparable gap first; None when no community figure has a counterpart."""
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    pairs = pairs_of(selection)
    if not any(pair.official for pair in pairs):
        return None
    ordered = sorted(
        pairs, key=lambda p: (p.community.illustrative, p.gap is None, p.official is None, -abs(p.gap or 0.0))
    )[:MOST_ROWS]
    rows = tuple(_row(known, pair, universe, several_sources(pairs)) for pair in ordered)
    drawn = [mark.figure for row in rows for mark in row.marks]
    domain, ticks = frame.axis(drawn, series)
    return GapChart(
        id=f"pairs-{selection.country}-{selection.series}-{selection.period}".lower(),
        title=_title(known, ordered, universe, selection),
        subtitle=frame.subtitle(known, series, universe, unit_text(series)),
        alt=" ".join(pair_sentence(known, pair, universe) for pair in ordered[:6]),
        source_line=frame.source_line(drawn),
        notes=(*frame.notes(drawn), *_left_out(len(pairs) - len(ordered))),
        illustrative=frame.illustrative_line(drawn),
        view=frame.view_of("gaps", selection),
        language=language(),
        rows=rows,
        axis_title=unit_text(series),
        domain=domain,
        ticks=ticks,
        origins=frame.origin_keys(drawn),
        links=frame.link_keys(row.link for row in rows if len(row.marks) > 1),
        absences=frame.absence_keys(f.absence for f in drawn),
    )


def _left_out(count: int) -> tuple[str, ...]:
    if count <= 0:
        return ()
    return (
        ngettext(
            "{count} further community figure is not drawn: the map and the area tables hold it.",
            "{count} further community figures are not drawn: the map and the area tables hold them.",
            count,
        ).format(count=count),
    )


def several_sources(pairs: tuple[Pair, ...]) -> bool:
    return len({pair.community.source for pair in pairs}) > 1


def pair_name(known: Catalogue, pair: Pair, universe: str, *, with_source: bool) -> str:
    """ "Turkana: women and girls", with the community source where there are several."""
    name = _("{area}: {group}").format(
        area=_(pair.community.area_name), group=group_in_sentence(known, pair.community.group, universe)
    )
    if not with_source:
        return name
    source = known.sources[pair.community.source]
    return _("{name} ({sample}, {period})").format(
        name=name, sample=value_name(source.sampling), period=pair.community.time_period
    )


def pair_sentence(known: Catalogue, pair: Pair, universe: str) -> str:
    """One pair in words: both values, their periods, the class, and the statement it allows."""
    official = shown(pair.official) + f" ({pair.official.time_period})" if pair.official else _("no official figure")
    sentence = _("{who}: official {official}, community {community} ({period}). {grade} {statement}").format(
        who=pair_name(known, pair, universe, with_source=False),
        official=official,
        community=shown(pair.community),
        period=pair.community.time_period,
        grade=f"{grade_text(pair.comparability.grade)}." if pair.comparability else "",
        statement=statement_text(pair),
    )
    return " ".join(sentence.split(" "))


def _row(known: Catalogue, pair: Pair, universe: str, with_source: bool) -> Row:
    name = pair_name(known, pair, universe, with_source=with_source)
    community = frame.mark(pair.community, "", "normal")
    if pair.official is None:
        return Row(name, (community,), "none", _("no official figure"))
    official = frame.mark(pair.official, "", "normal")
    if pair.comparability is None:
        return Row(name, (official, community), "none", "")
    note = grade_text(pair.comparability.grade)
    if pair.gap is not None:
        note = f"{points_text(pair.gap, pair.community.unit)} · {note}"
    return Row(name, (official, community), _LINKS[pair.comparability.grade], note)


def _title(known: Catalogue, ordered: list[Pair], universe: str, selection: Selection) -> str:
    widest = ordered[0]
    series = known.series[selection.series]
    if widest.gap is None:
        return _("{series}: what communities counted").format(series=series_name(series))
    direction = _("more") if widest.gap > 0 else _("less")
    title = _("{group}, {area}: communities found {points} {direction} than the official figure").format(
        group=group_name(known, widest.community.group, universe),
        area=_(widest.community.area_name),
        points=points_text(widest.gap, series.unit),
        direction=direction,
    )
    return _("Illustrative: {title}").format(title=title) if widest.community.illustrative else title


def count_sentence(pairs: tuple[Pair, ...]) -> str:
    """How many pairs there are and how many of them may be compared."""
    comparable = sum(pair.gap is not None for pair in pairs)
    return ngettext(
        "{count} community figure; {comparable} may be set against an official one.",
        "{count} community figures; {comparable} may be set against an official one.",
        len(pairs),
    ).format(count=len(pairs), comparable=comparable)
