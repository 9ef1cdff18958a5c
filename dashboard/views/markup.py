"""Small tables of words as HTML: headings that screen readers tell, and text that is never markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_RULE = "border-bottom:1px solid rgba(127,127,127,.35);padding:.3rem .6rem .3rem 0;vertical-align:top;text-align:left"


def words_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """An HTML table with a caption, column headings and the first cell of each row as its heading.

    It scrolls sideways within itself where a window is too narrow, and can be scrolled by keyboard.
    """
    head = "".join(f'<th scope="col" style="{_RULE}">{escape(cell)}</th>' for cell in header)
    body = "".join(
        f'<tr><th scope="row" style="{_RULE};font-weight:600">{escape(row[0])}</th>'
        + "".join(f'<td style="{_RULE}">{escape(cell)}</td>' for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div role="region" tabindex="0" aria-label="{escape(caption)}" style="overflow-x:auto">'
        f'<table style="border-collapse:collapse;width:100%;font-size:.9rem">'
        f'<caption style="text-align:left;font-weight:600;padding-bottom:.3rem">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
