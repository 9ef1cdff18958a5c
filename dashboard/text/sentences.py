"""Sentences written from figures by rule: the same figures give the same words, and never stronger ones."""

from __future__ import annotations

from dashboard.text import _
from dashboard.text.formats import interval_text, points_text, short_title, value_text
from dashboard.text.groups import capitalised, group_in_sentence, series_name
from data_access.figures import Figure
from data_access.queries.catalogue import Catalogue, SeriesFacts


def headline(known: Catalogue, series: SeriesFacts, behind: Figure, ahead: Figure, universe: str) -> str:
    """ "Poorest fifth 29.6 points behind the richest fifth" — the title of a chart of gaps."""
    if behind.value is None or ahead.value is None:
        return series_name(series)
    if behind.value == ahead.value:
        return _("No gap between {one} and {other}").format(
            one=_inside(known, behind, ahead, universe), other=_inside(known, ahead, behind, universe)
        )
    words = {
        "behind": capitalised(_inside(known, behind, ahead, universe)),
        "ahead": _inside(known, ahead, behind, universe),
        "points": points_text(ahead.value - behind.value, series.unit),
    }
    if series.favourable is None:
        return _("From {low} ({behind}) to {high} ({ahead})").format(
            **words, low=value_text(behind.value, series.unit), high=value_text(ahead.value, series.unit)
        )
    return _("{behind} {points} behind {ahead}").format(**words)


def behind_sentence(known: Catalogue, series: SeriesFacts, behind: Figure, ahead: Figure, universe: str) -> str:
    """One whole sentence with both values, the gap, the period and what is known of the uncertainty."""
    if behind.value is None or ahead.value is None:
        return ""
    if behind.has_interval or ahead.has_interval:
        sentence = _("{series}: {behind} {low} ({low_interval}), {ahead} {high} ({high_interval}); {period}.")
    else:
        sentence = _("{series}: {behind} {low}, {ahead} {high}; {period}, uncertainty unknown.")
    return sentence.format(
        series=series_name(series),
        behind=_inside(known, behind, ahead, universe),
        low=value_text(behind.value, series.unit),
        low_interval=interval_text(behind),
        ahead=_inside(known, ahead, behind, universe),
        high=value_text(ahead.value, series.unit),
        high_interval=interval_text(ahead),
        period=behind.time_period,
    )


def sourced(sentence: str, figure: Figure) -> str:
    """A sentence ready to be copied: its source behind it, and the warning in front where the figure is invented."""
    whole = _("{sentence} Source: {title}, {publisher}.").format(
        sentence=sentence, title=short_title(figure.source_title), publisher=figure.publisher
    )
    return _("[Illustrative, invented figures] {sentence}").format(sentence=whole) if figure.illustrative else whole


def _inside(known: Catalogue, figure: Figure, other: Figure, universe: str) -> str:
    return _(figure.area_name) if figure.area != other.area else group_in_sentence(known, figure.group, universe)
