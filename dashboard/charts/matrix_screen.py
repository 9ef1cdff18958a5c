"""The matrix on screen: an HTML table with row and column headings, each cell a mark, a word and a link."""

from __future__ import annotations

from html import escape

from dashboard.charts.matrix import MatrixCell, MatrixChart, MatrixRow, Shown
from dashboard.theme import Palette


def matrix_html(chart: MatrixChart, palette: Palette) -> str:
    """``chart`` as an HTML fragment. It scrolls within itself and can be scrolled by keyboard."""
    head = "".join(f'<th scope="col"><span>{escape(label)}</span></th>' for label in chart.columns)
    body = "".join(_row(row, palette) for row in chart.rows)
    return (
        f"{_style(palette)}"
        f'<div class="known-of" role="region" tabindex="0" aria-label="{escape(chart.title, quote=True)}">'
        f'<table><caption>{escape(chart.alt)}</caption><thead><tr><th scope="col" class="corner">'
        f"{escape(chart.corner)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>{_legend(chart, palette)}"
    )


def _row(row: MatrixRow, palette: Palette) -> str:
    note = f"<small>{escape(row.note)}</small>" if row.note else ""
    cells = "".join(_cell(cell, palette) for cell in row.cells)
    return f'<tr><th scope="row">{escape(row.label)}{note}</th>{cells}</tr>'


def _cell(cell: MatrixCell, palette: Palette) -> str:
    classes = " ".join(
        name for name, here in (("gap", cell.gap), ("invented", cell.illustrative), ("chosen", cell.chosen)) if here
    )
    inside = f'{_mark(cell.shown, palette)}<span class="word">{escape(cell.word)}</span>'
    detail = escape(cell.detail, quote=True)
    if cell.address:
        current = ' aria-current="true"' if cell.chosen else ""
        inside = f'<a href="{escape(cell.address, quote=True)}" target="_self" title="{detail}"{current}>{inside}</a>'
    else:
        inside = f'<span title="{detail}">{inside}</span>'
    return f'<td class="{classes}">{inside}</td>'


def _mark(shown: Shown, palette: Palette) -> str:
    circle = f'<i class="circle" style="border-color:{palette.official}"></i>'
    diamond = f'<i class="diamond" style="background:{palette.community}"></i>'
    marks = {
        "official": circle,
        "community": diamond,
        "both": circle + diamond,
        "outdated": f'<i class="circle old" style="border-color:{palette.muted}"></i>',
        "neither": f'<i class="bar" style="background:{palette.text}"></i>',
        "out_of_scope": "",
    }
    return f'<span class="mark" aria-hidden="true">{marks[shown]}</span>'


def _legend(chart: MatrixChart, palette: Palette) -> str:
    entries = "".join(f"<li>{_mark(key.shown, palette)}<span>{escape(key.label)}</span></li>" for key in chart.keys)
    if chart.invented:
        entries += f'<li><span class="mark swatch invented"></span><span>{escape(chart.invented)}</span></li>'
    return f'<ul class="known-of-keys">{entries}</ul>' if entries else ""


def _style(palette: Palette) -> str:
    return f"""<style>
.known-of {{ overflow: auto; max-height: 70vh; color: {palette.text}; }}
.known-of table {{ border-collapse: separate; border-spacing: 0; font-size: 12px; line-height: 1.25; }}
.known-of caption {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.known-of th, .known-of td {{ border: 0; border-bottom: 1px solid {palette.rule}; padding: 0; }}
.known-of thead th {{ position: sticky; top: 0; z-index: 2; background: {palette.background}; vertical-align: bottom;
  font-weight: 600; padding: 4px; min-width: 72px; max-width: 92px; text-align: center; hyphens: auto; }}
.known-of .corner, .known-of tbody th {{ position: sticky; left: 0; z-index: 1; background: {palette.background};
  text-align: left; font-weight: 400; min-width: 9rem; max-width: 18rem; padding: 4px 8px 4px 0; }}
.known-of .corner {{ z-index: 3; color: {palette.muted}; }}
.known-of tbody th small {{ display: block; color: {palette.muted}; font-size: 11px; }}
.known-of td > a, .known-of td > span {{ display: flex; flex-direction: column; align-items: center; gap: 2px;
  justify-content: center; min-height: 38px; padding: 3px; color: inherit; text-decoration: none; }}
.known-of td > a:hover .word {{ text-decoration: underline; }}
.known-of td > a:focus-visible {{ outline: 3px solid {palette.official}; outline-offset: -3px; }}
.known-of .word {{ font-size: 11px; color: {palette.muted}; text-align: center; }}
.known-of .gap .word {{ color: {palette.text}; font-weight: 600; }}
.known-of .gap {{ background: {palette.context}; }}
.known-of .chosen {{ box-shadow: inset 0 0 0 2px {palette.text}; }}
.known-of .invented, .known-of-keys .invented {{ background-image: repeating-linear-gradient(135deg,
  color-mix(in srgb, {palette.community} 26%, transparent) 0 5px, transparent 5px 10px); }}
.known-of .mark, .known-of-keys .mark {{ display: inline-flex; gap: 4px; align-items: center; justify-content: center;
  min-height: 14px; min-width: 16px; }}
.known-of i, .known-of-keys i {{ display: inline-block; box-sizing: border-box; }}
.known-of .circle, .known-of-keys .circle {{ width: 12px; height: 12px; border: 2.5px solid; border-radius: 50%; }}
.known-of .old, .known-of-keys .old {{ border-style: dotted; }}
.known-of .diamond, .known-of-keys .diamond {{ width: 10px; height: 10px; transform: rotate(45deg); }}
.known-of .bar, .known-of-keys .bar {{ width: 12px; height: 2px; }}
.known-of-keys {{ display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 8px 0 0; padding: 0;
  font-size: 13px; color: {palette.text}; }}
.known-of-keys li {{ display: inline-flex; gap: 6px; align-items: center; margin: 0; }}
.known-of-keys .swatch {{ width: 22px; border: 1px solid {palette.outline}; }}
</style>"""
