"""Every colour can be seen and told from its neighbours, whatever the reader's eyes or appearance."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from dashboard.theme import ABSENCE_STYLES, DARK, LIGHT, Palette, Scale, class_colours, contrast, ink_on, rgb
from data_access.figures import ABSENCES

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)

# Machado, Oliveira and Fernandes 2009, A Physiologically-based Model for Simulation of Color Vision Deficiency,
# table 1, severity 1.0: linear RGB as seen without the long, the middle and the short cones.
EYES = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def oklab(colour: str, eye: str) -> tuple[float, float, float]:
    """A colour as an eye sees it, in Ottosson's OKLab, where distances follow perception."""
    linear = [c / 12.92 if (c := v / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for v in rgb(colour)]
    r, g, b = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, linear, strict=True)))) for row in EYES[eye]
    )
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def classes(count: int, first: float = 0) -> list[tuple[float, float]]:
    return [(first + step, first + step + 1) for step in range(count)]


def test_the_contrast_formula_gives_the_published_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@BOTH
@pytest.mark.parametrize("part", ["official", "community", "official_soft", "community_soft", "link", "reference"])
def test_marks_and_lines_stand_out_three_to_one(palette: Palette, part: str) -> None:
    assert contrast(getattr(palette, part), palette.background) >= 3


@BOTH
def test_outlines_stand_out_from_the_page_and_from_neighbouring_countries(palette: Palette) -> None:
    assert contrast(palette.outline, palette.background) >= 3
    assert contrast(palette.outline, palette.context) >= 3


@BOTH
@pytest.mark.parametrize("part", ["text", "muted", "official", "community", "warning"])
def test_texts_stand_out_four_and_a_half_to_one(palette: Palette, part: str) -> None:
    assert contrast(getattr(palette, part), palette.background) >= 4.5


@BOTH
@pytest.mark.parametrize("scale", ["official", "community", "difference"])
def test_a_value_written_on_its_class_can_be_read(palette: Palette, scale: Scale) -> None:
    for fill in class_colours(palette, scale, classes(7, -3)):
        assert contrast(ink_on(palette, fill), fill) >= 4.5, fill


@BOTH
@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scale", ["official", "community", "difference"])
def test_neighbouring_classes_can_be_told_apart(palette: Palette, scale: Scale, eye: str) -> None:
    for lower, upper in pairwise(class_colours(palette, scale, classes(7, -3))):
        assert math.dist(oklab(lower, eye), oklab(upper, eye)) >= 0.06, (lower, upper)


@BOTH
@pytest.mark.parametrize("eye", EYES)
def test_the_two_origins_can_be_told_apart_by_colour_too(palette: Palette, eye: str) -> None:
    assert math.dist(oklab(palette.official, eye), oklab(palette.community, eye)) >= 0.08


def test_classes_spread_over_the_whole_ramp() -> None:
    ramp = LIGHT.official_ramp
    assert class_colours(LIGHT, "official", classes(7)) == ramp
    assert class_colours(LIGHT, "official", classes(5)) == (ramp[0], ramp[2], ramp[3], ramp[4], ramp[6])
    assert class_colours(LIGHT, "official", classes(2)) == (ramp[1], ramp[6])
    assert class_colours(LIGHT, "community", classes(1)) == (LIGHT.community_ramp[3],)


def test_differences_are_coloured_by_their_side_of_zero_however_the_classes_lie() -> None:
    blue, orange = LIGHT.difference_official, LIGHT.difference_community
    lopsided = [(-5.0, 0.0), (0.0, 5.0), (5.0, 10.0), (10.0, 20.0)]
    assert class_colours(LIGHT, "difference", lopsided) == (blue[2], orange[0], orange[2], orange[3])
    spanning = [(-10.0, -2.0), (-2.0, 2.0), (2.0, 10.0)]
    assert class_colours(LIGHT, "difference", spanning) == (blue[2], LIGHT.difference_even, orange[2])


def test_more_classes_than_colours_are_refused() -> None:
    with pytest.raises(ValueError, match="8 classes, but only 7 colours can be told apart"):
        class_colours(LIGHT, "official", classes(8))


def test_each_absence_has_its_own_glyph_and_pattern() -> None:
    assert set(ABSENCE_STYLES) == set(ABSENCES)
    assert len({style.glyph for style in ABSENCE_STYLES.values()}) == len(ABSENCES)
    assert len({style.pattern for style in ABSENCE_STYLES.values()}) == len(ABSENCES)
