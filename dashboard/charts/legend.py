"""The legend of a chart as HTML: beside the picture it wraps at any width and a screen reader can read it.

Only marks that occur are explained, in the words of the definition. Show it with ``st.html``.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from dashboard.charts.definitions import Chart, GapChart, MapChart, TrendChart
from dashboard.theme import ABSENCE_STYLES, Palette, PatternKind, class_colours
from data_access.figures import Absence, Origin

_BOX = "display:inline-block;width:22px;height:14px;flex:none;vertical-align:-2px;box-sizing:border-box"
_ENTRY = "display:inline-flex;align-items:center;gap:6px;margin:0"
_LIST = "display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0;padding:0;font-size:13px;line-height:1.5"


def legend(chart: Chart, palette: Palette) -> str:
    """What the marks of ``chart`` mean, as HTML; empty when nothing needs explaining."""
    if isinstance(chart, MapChart):
        return _map_legend(chart, palette)
    if isinstance(chart, GapChart):
        entries = [
            *(_entry(_origin(key.origin, palette), key.label) for key in chart.origins),
            *(_entry(_link(key.link, palette), key.label) for key in chart.links),
            *(_entry(_glyph(key.absence, palette), key.label) for key in chart.absences),
        ]
        return _list(entries, palette)
    if isinstance(chart, TrendChart):
        path = chart.goal.path if chart.goal else None
        entries = [
            *(_entry(_origin(key.origin, palette), key.label) for key in chart.origins),
            *([_entry(_link("dashed", palette), path.label)] if path else []),
            *(_entry(_glyph(key.absence, palette), key.label) for key in chart.absences),
        ]
        return _list(entries, palette)
    return ""


def _map_legend(chart: MapChart, palette: Palette) -> str:
    colours = class_colours(palette, chart.scale, [(one.lower, one.upper) for one in chart.classes])
    entries = [
        *(
            _entry(_swatch(f"background:{colour}", palette), one.label)
            for colour, one in zip(colours, chart.classes, strict=True)
        ),
        *(
            _entry(
                _swatch(_pattern(ABSENCE_STYLES[key.absence].pattern, palette), palette),
                f"{ABSENCE_STYLES[key.absence].glyph} {key.label}",
            )
            for key in chart.absences
        ),
        *(_entry(_origin(key.origin, palette), key.label) for key in chart.origins if chart.points),
    ]
    title = f'<div style="font-size:13px;color:{palette.muted}">{html.escape(chart.legend_title)}</div>'
    return title + _list(entries, palette)


def _list(entries: Iterable[str], palette: Palette) -> str:
    inside = "".join(entries)
    return f'<ul style="{_LIST};color:{palette.text}">{inside}</ul>' if inside else ""


def _entry(sign: str, label: str) -> str:
    return f'<li style="{_ENTRY}">{sign}<span>{html.escape(label)}</span></li>'


def _swatch(fill: str, palette: Palette) -> str:
    return f'<span aria-hidden="true" style="{_BOX};border:1px solid {palette.outline};{fill}"></span>'


def _origin(origin: Origin, palette: Palette) -> str:
    shape = (
        f"width:12px;height:12px;border:2.5px solid {palette.official};border-radius:50%"
        if origin == "official"
        else f"width:10px;height:10px;background:{palette.community};transform:rotate(45deg)"
    )
    return f'<span aria-hidden="true" style="{_BOX};{shape};margin:0 3px"></span>'


def _link(link: str, palette: Palette) -> str:
    line = f"border-top:2px {link} {palette.link}" if link != "none" else "border:0"
    return f'<span aria-hidden="true" style="{_BOX};height:2px;{line}"></span>'


def _glyph(absence: Absence, palette: Palette) -> str:
    style = f"{_BOX};width:14px;height:auto;text-align:center;color:{palette.muted}"
    return f'<span aria-hidden="true" style="{style}">{ABSENCE_STYLES[absence].glyph}</span>'


def _pattern(kind: PatternKind, palette: Palette) -> str:
    """The map's pattern as a CSS background."""
    ink, ground = palette.outline, palette.missing

    def stripes(degrees: int) -> str:
        return f"repeating-linear-gradient({degrees}deg,{ink} 0 1.2px,transparent 1.2px 5px)"

    drawing = {
        "hatch": stripes(45),
        "cross-hatch": f"{stripes(45)},{stripes(135)}",
        "bars": stripes(90),
        "level": stripes(0),
        "dots": f"radial-gradient({ink} 1.3px,transparent 1.6px) 0 0/5px 5px",
    }[kind]
    return f"background:{drawing};background-color:{ground}"
