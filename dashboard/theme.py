"""The colours of the product on screen and in print: two palettes, the class ramps, the marks for what is missing.

Every mark and line keeps a contrast of at least 3:1 with its background, every text 4.5:1 (WCAG 2.2, 1.4.3 and
1.4.11); ``contrast`` computes it and the tests hold every pair to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data_access.figures import Absence, Origin

Scale = Literal["official", "community", "difference"]
PatternKind = Literal["hatch", "dots", "cross-hatch", "bars", "level"]

FONTS = "Source Sans, Noto Sans Bengali, Noto Sans Devanagari, sans-serif"


@dataclass(frozen=True)
class AbsenceStyle:
    """How a missing value is marked: a character in charts and tables, a pattern on maps and in legends."""

    glyph: str
    pattern: PatternKind


ABSENCE_STYLES: dict[Absence, AbsenceStyle] = {
    "suppressed": AbsenceStyle("×", "cross-hatch"),
    "not_collected": AbsenceStyle("–", "hatch"),
    "not_disaggregated": AbsenceStyle("…", "dots"),
    "not_published": AbsenceStyle("/", "bars"),
    "not_held": AbsenceStyle("?", "level"),
}

ORIGIN_GLYPHS: dict[Origin, str] = {"official": "○", "community": "◆"}
"""The signature as characters, where a medium has no shapes of its own."""


@dataclass(frozen=True)
class Palette:
    """The colours of one appearance, as ``#RRGGBB``.

    ``link`` joins the marks of a row, ``reference`` is the line they are held against, ``outline`` bounds areas,
    ``context`` fills the neighbours on a map, ``missing`` lies under the pattern of an absence.
    The ramps run from the lowest class to the highest; ``difference_*`` from just off zero to far from it.
    """

    name: Literal["light", "dark"]
    background: str
    text: str
    muted: str
    rule: str
    official: str
    community: str
    official_soft: str
    community_soft: str
    link: str
    reference: str
    outline: str
    context: str
    missing: str
    warning: str
    official_ramp: tuple[str, ...]
    community_ramp: tuple[str, ...]
    difference_official: tuple[str, ...]
    difference_community: tuple[str, ...]
    difference_even: str

    def origin(self, origin: Origin, soft: bool = False) -> str:
        """The colour of an origin; ``soft`` is the quieter one for marks that only give context."""
        if origin == "official":
            return self.official_soft if soft else self.official
        return self.community_soft if soft else self.community


LIGHT = Palette(
    name="light",
    background="#FBFAF7",
    text="#1E1E1C",
    muted="#5C5A55",
    rule="#D9D5CC",
    official="#3B5B7E",
    community="#C2500A",
    official_soft="#7890AB",
    community_soft="#CB7840",
    link="#77746D",
    reference="#1E1E1C",
    outline="#77746D",
    context="#ECE9E2",
    missing="#FBFAF7",
    warning="#8A3A00",
    official_ramp=("#DCE7F3", "#B3CBE6", "#8CADD0", "#6990B8", "#4A739C", "#305479", "#173552"),
    community_ramp=("#FFE6D6", "#FDC3A0", "#F39B68", "#DA7533", "#B9530E", "#8A3A00", "#561F00"),
    difference_official=("#C3D6EA", "#7FA3C9", "#41658E", "#1B3A5B"),
    difference_community=("#FCD2B6", "#EC935B", "#BB5510", "#6E2C00"),
    difference_even="#F1EEE7",
)

DARK = Palette(
    name="dark",
    background="#16181B",
    text="#ECEAE4",
    muted="#A8A59D",
    rule="#3A3D42",
    official="#8FB1D6",
    community="#F2914A",
    official_soft="#617D9C",
    community_soft="#B06A36",
    link="#8B8981",
    reference="#ECEAE4",
    outline="#8B8981",
    context="#24272B",
    missing="#16181B",
    warning="#FFB98A",
    official_ramp=("#203A56", "#345577", "#466C92", "#6690BB", "#86AEDA", "#AACBEE", "#D8E8FA"),
    community_ramp=("#5A2705", "#833B06", "#AA5010", "#D16B26", "#EF8D52", "#FFB48A", "#FFDFCB"),
    difference_official=("#2C4259", "#466C92", "#86AEDA", "#CDE1F6"),
    difference_community=("#57351F", "#A3551B", "#EF8D52", "#FFD3B8"),
    difference_even="#2D2F33",
)

PALETTES: dict[str, Palette] = {"light": LIGHT, "dark": DARK}


def class_colours(palette: Palette, scale: Scale, bounds: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    """One colour per class, lowest class first.

    ``bounds`` are the (lower, upper) limits of up to seven classes. Sequential scales spread over their ramp. For
    ``difference`` (community minus official) a class below zero is blue, one above zero orange, one that spans
    zero neutral, each darker (lighter in the dark palette) the further its class lies from zero; at most four
    classes on either side.

    Raises:
        ValueError: when there are more classes than colours that can be told apart.
    """
    if scale != "difference":
        ramp = palette.official_ramp if scale == "official" else palette.community_ramp
        return _spread(ramp, len(bounds))
    below = [bound for bound in bounds if bound[1] <= 0]
    above = [bound for bound in bounds if bound[0] >= 0 and bound[1] > 0]
    even = len(bounds) - len(below) - len(above)
    lows = _spread(palette.difference_official, len(below))[::-1]
    return (*lows, *(palette.difference_even,) * even, *_spread(palette.difference_community, len(above)))


def _spread(ramp: tuple[str, ...], count: int) -> tuple[str, ...]:
    """``count`` colours spread over ``ramp``; a few classes keep clear of its palest end."""
    if count > len(ramp):
        raise ValueError(f"{count} classes, but only {len(ramp)} colours can be told apart: use fewer classes")
    if count == 1:
        return (ramp[len(ramp) // 2],)
    first = 1 if count <= len(ramp) // 2 else 0
    last = len(ramp) - 1
    return tuple(ramp[round(first + step * (last - first) / (count - 1))] for step in range(count))


def rgb(colour: str) -> tuple[int, int, int]:
    """``#RRGGBB`` as red, green and blue from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definitions of contrast ratio and relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(palette: Palette, fill: str) -> str:
    """Of the palette's text and background colour, the one that reads better on ``fill``."""
    return max((palette.text, palette.background), key=lambda ink: contrast(ink, fill))


def _luminance(colour: str) -> float:
    channels = (channel / 255 for channel in rgb(colour))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
