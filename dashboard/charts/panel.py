"""A chart on a page: its words, the picture, its figures as a table, where they come from, and how to take it away.

What only some readers ask for (tables, downloads, the large map) is imported when it is asked for: together these
take as long to import as the rest of the product.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard import store
from dashboard.charts.definitions import Chart, GapChart, MapChart, TrendChart
from dashboard.charts.legend import legend
from dashboard.charts.plotly_charts import gap_figure
from dashboard.charts.plotly_figure import config, drawn
from dashboard.charts.plotly_map import map_figure
from dashboard.charts.plotly_trend import trend_figure
from dashboard.charts.tree_chart import TreeChart
from dashboard.charts.tree_figure import tree_figure
from dashboard.chrome import illustrative_badge, plain
from dashboard.text import _
from dashboard.text.formats import short_title
from dashboard.theme import DARK, LIGHT, Palette

BOUNDARIES_URL = "/boundaries"


def palette() -> Palette:
    """The palette of the appearance this reader has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


@store.remembered(512)
def _figure(chart: Chart, appearance: str) -> dict[str, Any]:
    colours = DARK if appearance == "dark" else LIGHT
    if isinstance(chart, TreeChart):
        return tree_figure(chart, colours)
    if isinstance(chart, GapChart):
        return gap_figure(chart, colours)
    if isinstance(chart, TrendChart):
        return trend_figure(chart, colours)
    assert isinstance(chart, MapChart)
    return map_figure(chart, colours, BOUNDARIES_URL)


def show(chart: Chart, *, draw: Callable[[], None] | None = None, sentence: str = "", heading: int = 3) -> None:
    """Draw ``chart`` with everything that belongs to it.

    ``draw`` replaces the Plotly picture (the Map page draws its own); ``sentence`` is what "copy" copies, the title
    with its sources when it is empty; ``heading`` the level of the title.
    """
    st.markdown(f"{'#' * heading} {plain(chart.title)}")
    st.caption(plain(chart.subtitle))
    if chart.illustrative:
        illustrative_badge(f"**{chart.illustrative}**", chart.id)
    if draw is not None:
        draw()
    else:
        figure = _figure(chart, palette().name)
        st.plotly_chart(drawn(figure), config=config(), key=f"plot-{chart.id}", alt=chart.alt, theme=None)
    draw_legend(chart)
    st.caption(plain(_("Source: {sources}").format(sources=chart.source_line)))
    for note in chart.notes:
        st.caption(plain(note))
    hand_over(chart, sentence)


def hand_over(chart: Chart, sentence: str = "") -> None:
    """The row under a chart: its figures as a table, and its downloads."""
    with st.container(horizontal=True, vertical_alignment="top"):
        figures = st.popover(
            _("Figures and sources"), icon=":material/table:", on_change="rerun", key=f"table-{chart.id}"
        )
        take = st.popover(_("Download"), icon=":material/download:", on_change="rerun", key=f"take-{chart.id}")
    if figures.open:
        from dashboard.charts.table import entries, table
        from dashboard.views.dialogue_replies import draw_replies
        from dashboard.views.strength import strength_of

        with figures:
            st.dataframe(
                table(chart, strength_of),
                hide_index=True,
                width="stretch",
                alt=_("The figures of the chart: {title}").format(title=chart.title),
            )
            for title, caveats in _caveats(chart).items():
                st.caption(plain(_("{source}: {caveats}").format(source=title, caveats=caveats)))
            draw_replies((entry.figure for entry in entries(chart) if entry.figure is not None), chart.id)
    if take.open:
        with take:
            _downloads(chart)
            st.caption(_("Copy the sentence"))
            st.code(sentence or copied(chart), language=None, wrap_lines=True)


def small_map(chart: MapChart) -> None:
    """A map without the row of downloads: orientation, not evidence."""
    figure = _figure(chart, palette().name)
    st.plotly_chart(drawn(figure), config=config(), key=f"plot-{chart.id}", alt=chart.alt, theme=None)
    st.caption(plain(chart.disclaimer))


def big_map(chart: MapChart) -> str:
    """Draw the Map page's map with its legend; returns the code of the area chosen on it or in its address."""
    from dashboard.charts.deck_map import HEIGHT, NARROW_HEIGHT, TOUCH_STYLE, deck

    def draw() -> None:
        narrow = "Mobi" in st.context.headers.get("User-Agent", "")
        st.html(TOUCH_STYLE)
        picture = deck(chart, palette(), BOUNDARIES_URL, narrow=narrow)
        event = st.pydeck_chart(
            picture,
            height=NARROW_HEIGHT if narrow else HEIGHT,
            key=f"deck-{chart.layer}",
            on_select="rerun",
            selection_mode="single-object",
            alt=chart.alt,
        )
        picked = [o for found in event.selection.objects.values() for o in found]
        if picked:
            code = picked[0].get("code") or picked[0].get("properties", {}).get("code", "")
            if code and code != st.query_params.get("area"):
                st.query_params["area"] = code

    show(chart, draw=draw, heading=2)
    return st.query_params.get("area", "")


def draw_legend(chart: Chart) -> None:
    """What the marks mean, and for maps what the product does not claim about borders."""
    words = legend(chart, palette())
    if words:
        st.html(words)
    if isinstance(chart, MapChart):
        st.caption(plain(chart.disclaimer))


def copied(chart: Chart) -> str:
    """The chart's title as a sentence that can stand alone, warning first where a figure is invented."""
    sentence = _("{title}. {subtitle}. Source: {sources}").format(
        title=chart.title, subtitle=chart.subtitle, sources=chart.source_line
    )
    return (
        _("[Illustrative, invented figures] {sentence}").format(sentence=sentence) if chart.illustrative else sentence
    )


def _caveats(chart: Chart) -> dict[str, str]:
    """What each source of the chart says one must be careful about, by its short name."""
    from dashboard.charts.table import entries

    figures = [entry.figure for entry in entries(chart) if entry.figure is not None and entry.figure.caveats]
    return {short_title(figure.source_title): figure.caveats for figure in figures}


def _downloads(chart: Chart) -> None:
    from dashboard.charts import downloads, print_charts
    from dashboard.views.strength import strength_of

    formats: tuple[tuple[str, str, Callable[[Any], bytes]], ...] = (
        ("PNG", "image/png", print_charts.png),
        ("SVG", "image/svg+xml", print_charts.svg),
        ("CSV", "text/csv", partial(downloads.csv, graded=strength_of)),
        (
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            partial(downloads.xlsx, graded=strength_of),
        ),
    )
    with st.container(horizontal=True):
        for name, kind, render in formats:
            st.download_button(
                name,
                partial(render, chart),
                file_name=downloads.file_name(chart, name.lower()),
                mime=kind,
                key=f"{name}-{chart.id}",
                on_click="ignore",
            )
