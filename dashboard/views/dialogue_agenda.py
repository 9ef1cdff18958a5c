"""The figures on the agenda of a dialogue with their gap as it is today, and what is new since the dialogue."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import store
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.comparability import statement_text
from dashboard.text.formats import provenance, short_title, shown
from dashboard.text.groups import group_name, series_name
from dashboard.views.commitment_figures import figures_by_place, whole_group
from dashboard.views.commitment_rows import areas_text
from dashboard.views.pairs import pairs_of
from data_access.figures import Figure
from data_access.queries.entries import AgendaFacts, DialogueFacts
from data_access.queries.pairs import Pair


@dataclass(frozen=True, slots=True)
class AgendaFigure:
    """An item of the agenda: whom and what it is about, the pairs of today, or the figure of one side alone.

    ``view`` opens the Gaps page at it; ``since`` says what is new since the dialogue.
    """

    item: AgendaFacts
    name: str
    pairs: tuple[Pair, ...]
    alone: Figure | None
    since: tuple[str, ...]
    view: tuple[tuple[str, str], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure shown for it."""
        paired = [f for pair in self.pairs for f in (pair.official, pair.community) if f is not None]
        return (*paired, *([self.alone] if self.alone is not None else []))

    @property
    def illustrative(self) -> bool:
        """Whether something of it is invented."""
        return self.item.illustrative or any(figure.illustrative for figure in self.figures)


@store.remembered(256)
def agenda_of(dialogue: DialogueFacts) -> tuple[AgendaFigure, ...]:
    """The agenda of a dialogue in its order."""
    return tuple(_figure(dialogue, item) for item in store.record().agenda_of.get(dialogue.code, ()))


def _figure(dialogue: DialogueFacts, item: AgendaFacts) -> AgendaFigure:
    known, country = store.catalogue(), dialogue.country
    group, area = whole_group(country, item.series, item.group), item.area or country
    universe = store.availability(country, item.series).universe
    name = _("{series} · {group} · {area}").format(
        series=series_name(known.series[item.series]),
        group=group_name(known, group, universe),
        area=areas_text([area], country),
    )
    held = figures_by_place(country, item.series).get((group, area), ())
    with_value = [figure for figure in held if figure.value is not None]
    view = {"country": country, "indicator": item.series, "group": group}
    if not with_value:
        withheld = held[-1] if held else None
        return AgendaFigure(item, name, (), withheld, (), tuple(view.items()))
    newest = with_value[-1].time_period
    selection = Selection(country, item.series, group, newest)
    pairs = tuple(p for p in pairs_of(selection) if (p.community.group, p.community.area) == (group, area))
    alone = None if pairs else with_value[-1]
    return AgendaFigure(
        item, name, pairs, alone, _since(dialogue, with_value), tuple((view | {"year": newest}).items())
    )


def _since(dialogue: DialogueFacts, figures: list[Figure]) -> tuple[str, ...]:
    """What each source has published of a time after the dialogue's year, beside its last figure up to then."""
    year = int(dialogue.starts[:4])
    said = []
    for source in dict.fromkeys(figure.source for figure in figures):
        own = [figure for figure in figures if figure.source == source]
        before = [figure for figure in own if figure.year <= year]
        after = [figure for figure in own if figure.year > year]
        if not after:
            continue
        words = (
            _("{source}: {now} ({period}), no figure before it")
            if not before
            else _("{source}: {then} ({earlier}) became {now} ({period})")
        )
        said.append(
            words.format(
                source=short_title(after[-1].source_title),
                then=shown(before[-1]) if before else "",
                earlier=before[-1].time_period if before else "",
                now=shown(after[-1]),
                period=after[-1].time_period,
            )
        )
    return tuple(said)


def gap_lines(figure: AgendaFigure) -> tuple[str, ...]:
    """Both figures of each pair and what may be said of their difference; or the one figure there is."""
    if figure.pairs:
        return tuple(line for pair in figure.pairs for line in pair_lines(pair))
    if figure.alone is None:
        return (_("No figure is held here for this group and area."),)
    if figure.alone.value is None:
        return (shown(figure.alone),)
    mark, other = (
        ("○", _("No community figure is held here for this group and area."))
        if figure.alone.origin == "official"
        else ("◆", _("No official figure is held here for this group and area."))
    )
    return (f"{mark} {shown(figure.alone)} — {provenance(figure.alone)}", other)


def pair_lines(pair: Pair) -> tuple[str, ...]:
    """Official figure, community figure and what may be said of their difference."""
    lines = [f"◆ {_('Community')}: {shown(pair.community)} — {provenance(pair.community)}", statement_text(pair)]
    if pair.official is not None:
        lines.insert(0, f"○ {_('Official')}: {shown(pair.official)} — {provenance(pair.official)}")
    return tuple(lines)


def since_text(figure: AgendaFigure, *, upcoming: bool) -> str:
    """What is new since the dialogue; empty for one that is still to come."""
    if upcoming:
        return ""
    if not figure.since:
        return _("Since the dialogue: no figure of a later year.")
    return _("Since the dialogue: {news}.").format(news="; ".join(figure.since))
