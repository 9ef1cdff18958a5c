"""Bars of the countries as SVG: shape and words as well as colour, every part with its number."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard import store
from dashboard.text import _
from dashboard.theme import DARK, FONTS, LIGHT, Palette
from dashboard.views.commitment_days import Days
from dashboard.views.comparison import compared, counts_of, part_names, state_names
from dashboard.views.results import any_invented

WIDTH, LABEL, ROW, BAR = 720, 150, 34, 20
_FILLS = ("full", "official", "community", "hatch", "empty")
_PROMISE_FILLS = ("full", "grey", "hatch", "empty", "dots")


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its parts in order, and whether what it counts is invented."""

    label: str
    parts: tuple[int, ...]
    illustrative: bool = False


@store.remembered(8)
def gaps_chart(days: Days, appearance: str) -> str:
    """What is known of whom in each country, as shares of the figures that are expected."""
    known = store.catalogue()
    bars = tuple(Bar(_(known.countries[one.country].name), counts_of(one)) for one in compared(days))
    return bars_svg(
        _("Expected figures by what is known: {parts}").format(parts=", ".join(state_names()).lower()),
        bars,
        tuple(zip(state_names(), _FILLS, strict=True)),
        _palette(appearance),
        shares=True,
    )


@store.remembered(8)
def promises_chart(days: Days, appearance: str) -> str:
    """How many commitments stand how in each country; invented ones in bars of their own."""
    known, bars = store.catalogue(), []
    for one in compared(days):
        name = _(known.countries[one.country].name)
        bars.append(Bar(name, one.real.parts))
        if any_invented():
            bars.append(Bar(_("illustrative"), one.invented.parts, illustrative=True))
    return bars_svg(
        _("Commitments by how they stand: {parts}").format(parts=", ".join(part_names()).lower()),
        tuple(bars),
        tuple(zip(part_names(), _PROMISE_FILLS, strict=True)),
        _palette(appearance),
        shares=False,
    )


def picture(svg: str) -> str:
    """The chart as an HTML image: its words are its text alternative, and the table below has its numbers."""
    title = svg.partition("<title>")[2].partition("</title>")[0]
    coded = b64encode(svg.encode()).decode()
    image = f'<img alt="{title}" src="data:image/svg+xml;base64,{coded}" style="width:100%;min-width:540px">'
    around = f'role="region" tabindex="0" aria-label="{title}" style="overflow-x:auto;max-width:{WIDTH}px"'
    return f"<div {around}>{image}</div>"


def _palette(appearance: str) -> Palette:
    return DARK if appearance == "dark" else LIGHT


def bars_svg(
    title: str, bars: Sequence[Bar], keys: Sequence[tuple[str, str]], palette: Palette, *, shares: bool
) -> str:
    """Horizontal bars, of equal length where ``shares``, else to one scale; ``keys`` name the parts and their fills."""
    longest = max((sum(bar.parts) for bar in bars), default=0) or 1
    drawn = []
    for position, bar in enumerate(bars):
        top = ROW * (position + 1) + 6
        whole = sum(bar.parts)
        room = WIDTH - LABEL - 10
        style = ' font-style="italic"' if bar.illustrative else ""
        drawn.append(f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end"{style}>{escape(bar.label)}</text>')
        if not whole:
            drawn.append(f'<text x="{LABEL}" y="{top + 15}" fill="{palette.muted}">{escape(_("none recorded"))}</text>')
        left = float(LABEL)
        for part, (_name, fill) in zip(bar.parts, keys, strict=True):
            wide = room * part / (whole if shares else longest) if part else 0.0
            if part:
                drawn.append(_part(left, top, wide, str(part), fill, palette, dashed=bar.illustrative))
            left += wide
    height = ROW * (len(bars) + 1) + 16
    if any(bar.illustrative and any(bar.parts) for bar in bars):
        drawn.append(f'<text x="8" y="{height + 8}" fill="{palette.warning}">{escape(_warning())}</text>')
        height += 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="{FONTS}" font-size="13" fill="{palette.text}" '
        f'style="background:{palette.background}">'
        f"<title>{escape(title)}</title>{_patterns(palette)}{_key_line(keys, palette)}{''.join(drawn)}</svg>"
    )


def _warning() -> str:
    return _("ILLUSTRATIVE: dashed bars count invented commitments. Not evidence.")


def _key_line(keys: Sequence[tuple[str, str]], palette: Palette) -> str:
    parts, left = [], 8.0
    for name, fill in keys:
        parts.append(_part(left, 4, 22, "", fill, palette, dashed=False))
        parts.append(f'<text x="{left + 28:.0f}" y="19">{escape(name)}</text>')
        left += 44 + 7.2 * len(name)
    return "".join(parts)


def _part(left: float, top: float, wide: float, text: str, fill: str, palette: Palette, *, dashed: bool) -> str:
    paints = {
        "full": palette.text,
        "official": palette.official,
        "community": palette.community,
        "grey": palette.link,
        "hatch": f"url(#hatch-{palette.name})",
        "dots": f"url(#dots-{palette.name})",
        "empty": palette.background,
    }
    line = ' stroke-dasharray="4 3"' if dashed else ""
    box = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(wide - 1, 1):.1f}" height="{BAR}" fill="{paints[fill]}" '
        f'stroke="{palette.outline}"{line}/>'
    )
    if not text or wide < 9 * len(text) + 6:
        return box
    solid = fill in ("full", "official", "community", "grey")
    ink = palette.background if solid else palette.text
    behind = "" if solid else _ground(left + wide / 2, top, len(text), palette)
    middle = f'x="{left + wide / 2:.1f}" y="{top + 15:.1f}" text-anchor="middle"'
    return f'{box}{behind}<text {middle} fill="{ink}">{text}</text>'


def _ground(middle: float, top: float, letters: int, palette: Palette) -> str:
    """A plain ground under a number that stands on a pattern."""
    wide = 9 * letters + 4
    return (
        f'<rect x="{middle - wide / 2:.1f}" y="{top + 3:.1f}" width="{wide}" height="14" fill="{palette.background}"/>'
    )


def _patterns(palette: Palette) -> str:
    return (
        f'<defs><pattern id="hatch-{palette.name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{palette.background}"/>'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{palette.outline}" stroke-width="3"/></pattern>'
        f'<pattern id="dots-{palette.name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{palette.background}"/>'
        f'<circle cx="3" cy="3" r="1.3" fill="{palette.outline}"/></pattern></defs>'
    )
