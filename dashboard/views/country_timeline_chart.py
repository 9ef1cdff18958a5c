"""The five steps as a picture: a lane for each step, a mark for each happening. The list below it says it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from dashboard.text import _

_RULE = "1px solid rgba(127,127,127,.35)"
_MOST_LABELS = 6


def lanes(marks: Sequence[tuple[str, int, bool]], today: date, names: Mapping[int, str]) -> str:
    """HTML of ``marks`` (day as far as known, step, invented): filled squares, hollow ones for what is invented.

    Hidden from screen readers, which have the list. Colours follow the text of the page, so that it reads in light
    and dark. A step of which nothing is recorded has an empty lane.
    """
    years = [_years(day) for day, _step, _invented in marks] + [_years(today.isoformat())]
    first, last = int(min(years)), int(max(years)) + 1

    def place(year: float) -> str:
        return f"{100 * (year - first) / (last - first):.2f}%"

    rows = "".join(
        f'<div style="display:flex;align-items:center;gap:.6rem"><b style="width:1rem">{step}</b>'
        f'<div style="position:relative;flex:1;height:1.7rem;border-bottom:{_RULE}">'
        + _upright(place(_years(today.isoformat())))
        + "".join(_square(place(_years(day)), hollow=invented) for day, of, invented in marks if of == step)
        + "</div></div>"
        for step in names
    )
    every = -(-(last - first) // _MOST_LABELS)
    labels = "".join(
        f'<span style="position:absolute;left:{place(year)}">{year}</span>' for year in range(first, last, every)
    )
    said = [f"{step} · {name}" for step, name in names.items()]
    key = _("■ recorded · the upright line is today")
    if any(invented for _day, _step, invented in marks):
        key = _("■ recorded · □ invented example · the upright line is today")
    legend = "".join(f"<span>{escape(words)}</span>" for words in [*said, key])
    return (
        f'<div aria-hidden="true" style="max-width:60rem;font-size:.85rem">{rows}'
        f'<div style="position:relative;height:1.4rem;margin-left:1.6rem">{labels}</div>'
        f'<div style="display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:.3rem 0 .8rem">{legend}</div></div>'
    )


def _upright(left: str) -> str:
    return f'<span style="position:absolute;left:{left};top:0;bottom:0;border-left:2px solid currentColor"></span>'


def _square(left: str, *, hollow: bool) -> str:
    fill = "transparent" if hollow else "currentColor"
    return (
        f'<span style="position:absolute;left:calc({left} - .3rem);top:.5rem;width:.6rem;height:.6rem;'
        f'border:1.5px solid currentColor;background:{fill}"></span>'
    )


def _years(day: str) -> float:
    """A day as years, in fractions; one known to its year or month only at the beginning of it."""
    year, month, of_month = (int(part) for part in (*day.split("-"), "1", "1")[:3])
    return year + (month - 1) / 12 + (of_month - 1) / 372
