"""Tables of words whose rows open the page they belong to, with stripes under every invented row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

CELL = "border-bottom:1px solid rgba(127,127,127,.35);padding:.3rem .6rem .3rem 0;vertical-align:top;text-align:left"
STRIPES = (
    "background:repeating-linear-gradient(135deg,rgba(194,80,10,.14) 0 8px,rgba(194,80,10,.03) 8px 16px);"
    "border-left:4px solid #c2500a"
)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A row of words; the first cell is its heading and, where ``page`` is named, the link that opens it."""

    cells: tuple[str, ...]
    page: str = ""
    view: Mapping[str, str] = field(default_factory=dict)
    illustrative: bool = False


def address(page: str, view: Mapping[str, str]) -> str:
    """The address of a page within the product; codes that are empty are left out."""
    return f"{page}?{urlencode({key: value for key, value in view.items() if value})}" if page else ""


def opening_table(caption: str, header: Sequence[str], rows: Sequence[OpeningRow]) -> str:
    """The rows as an HTML table. No text in it is read as markup."""
    head = "".join(f'<th scope="col" style="{CELL}">{escape(cell)}</th>' for cell in header)
    return framed_table(caption, head, "".join(_row(row) for row in rows))


def _row(row: OpeningRow) -> str:
    first = linked(row.cells[0], address(row.page, row.view))
    style = f' style="{STRIPES}"' if row.illustrative else ""
    inset = ";padding-left:.5rem" if row.illustrative else ""
    rest = "".join(f'<td style="{CELL}">{escape(cell)}</td>' for cell in row.cells[1:])
    return f'<tr{style}><th scope="row" style="{CELL};font-weight:600{inset}">{first}</th>{rest}</tr>'


def linked(text: str, link: str) -> str:
    """The text as HTML, a link where there is one."""
    return f'<a href="{escape(link)}" style="color:inherit">{escape(text)}</a>' if link else escape(text)


def framed_table(caption: str, head: str, body: str) -> str:
    """An HTML table of finished rows that scrolls sideways within itself and can be scrolled by keyboard."""
    return (
        f'<div role="region" tabindex="0" aria-label="{escape(caption)}" style="overflow-x:auto">'
        f'<table style="border-collapse:collapse;width:100%;font-size:.9rem">'
        f'<caption style="text-align:left;font-weight:600;padding-bottom:.3rem">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
