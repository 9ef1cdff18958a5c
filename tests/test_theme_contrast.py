"""The settings in .streamlit/config.toml: every key exists, colours agree with the palettes, every text is readable."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit import config

from commands.environment import ROOT
from dashboard.theme import PALETTES, contrast, rgb

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
TEXT = 4.5  # WCAG 2.2, 1.4.3
MARK = 3.0  # WCAG 2.2, 1.4.11
HUES = ("red", "orange", "yellow", "green", "blue", "violet", "gray")
MODES = ("light", "dark")


def flat(settings: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key


def theme(mode: str) -> dict[str, Any]:
    return dict(SETTINGS["theme"][mode])


def mixed(colour: str, ground: str, share: float) -> str:
    """The colour that `share` of `colour` over `ground` gives."""
    parts = zip(rgb(colour), rgb(ground), strict=True)
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02X}" for over, under in parts)


def texts(mode: str) -> Iterator[tuple[str, str, str]]:
    """Every (what, text colour, background colour) that Streamlit 1.67 puts together from these settings."""
    colours = theme(mode)
    surfaces = {
        "page": colours["backgroundColor"],
        "widget": colours["secondaryBackgroundColor"],
        "sidebar": colours["sidebar"]["backgroundColor"],
        "sidebar widget": colours["sidebar"]["secondaryBackgroundColor"],
    }
    for name, surface in surfaces.items():
        yield f"text on {name}", colours["textColor"], surface
        yield f"placeholder on {name}", mixed(colours["textColor"], surface, 0.7), surface
        yield f"link on {name}", colours["linkColor"], surface
        yield f"selected tab on {name}", colours["primaryColor"], surface
        yield f"selected pill on {name}", colours["primaryColor"], mixed(colours["primaryColor"], surface, 0.1)
        for hue in HUES:
            yield f"{hue} text on {name}", colours[f"{hue}TextColor"], surface
    for hue in HUES:
        yield f"{hue} note", colours[f"{hue}TextColor"], colours[f"{hue}BackgroundColor"]
        yield f"text on {hue}", colours["textColor"], colours[f"{hue}BackgroundColor"]
    yield "code", colours["codeTextColor"], colours["codeBackgroundColor"]
    yield "table header", colours["dataframeHeaderTextColor"], colours["dataframeHeaderBackgroundColor"]


@pytest.mark.parametrize("key", list(flat(SETTINGS)))
def test_streamlit_knows_the_setting(key: str) -> None:
    assert key in config.get_config_options()


@pytest.mark.parametrize("mode", MODES)
def test_text_is_readable_on_its_background(mode: str) -> None:
    ratios = {what: round(contrast(text, ground), 2) for what, text, ground in texts(mode)}
    assert {what: ratio for what, ratio in ratios.items() if ratio < TEXT} == {}


def test_the_white_label_of_a_main_button_is_readable_in_the_light() -> None:
    """In the dark the style sheet makes these labels dark: Streamlit always writes them white."""
    assert contrast("#FFFFFF", theme("light")["primaryColor"]) >= TEXT
    assert contrast(PALETTES["dark"].background, theme("dark")["primaryColor"]) >= TEXT


@pytest.mark.parametrize("mode", MODES)
def test_marks_and_controls_stand_out_from_the_page(mode: str) -> None:
    page, colours = theme(mode)["backgroundColor"], theme(mode)
    marks = {colours["primaryColor"], *colours["chartCategoricalColors"], *(colours[f"{hue}Color"] for hue in HUES)}
    assert {mark: round(contrast(mark, page), 2) for mark in marks if contrast(mark, page) < MARK} == {}


@pytest.mark.parametrize("mode", MODES)
def test_the_colours_are_those_of_the_palettes(mode: str) -> None:
    palette, colours = PALETTES[mode], theme(mode)
    assert colours["backgroundColor"] == palette.background
    assert colours["textColor"] == palette.text
    assert colours["borderColor"] == palette.rule
    assert colours["primaryColor"] == palette.official
    assert colours["chartCategoricalColors"][:2] == [palette.official, palette.community]


@pytest.mark.parametrize("mode", MODES)
def test_chart_scales_have_the_ten_steps_streamlit_asks_for_and_run_one_way(mode: str) -> None:
    sequence = theme(mode)["chartSequentialColors"]
    from_page = [contrast(colour, theme(mode)["backgroundColor"]) for colour in sequence]
    assert (len(sequence), len(theme(mode)["chartDivergingColors"])) == (10, 10)
    assert from_page == sorted(from_page)


def test_both_modes_set_the_same_colours() -> None:
    assert sorted(flat(theme("light"))) == sorted(flat(theme("dark")))


def test_nothing_is_fetched_from_elsewhere() -> None:
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert re.findall(r"https?:|//", text) == []
    assert SETTINGS["browser"]["gatherUsageStats"] is False


def test_the_app_is_closed_to_what_it_does_not_expect() -> None:
    server = SETTINGS["server"]
    assert server["address"] == "127.0.0.1"
    assert server["allowedHosts"] == ["localhost", "127.0.0.1"]
    assert server["enableCORS"] is True
    assert server["enableXsrfProtection"] is True
    assert server["maxUploadSize"] == 20
    assert SETTINGS["client"]["showErrorDetails"] == "none"
