"""The badge beside a community figure: a shape and a word for each state, none for an official one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.fonts.coverage import drawable_characters
from dashboard.text.formats import provenance
from dashboard.text.recognition import (
    EVENT_MARKS,
    NOTHING_RECORDED,
    recognition_badge,
    recognition_codes,
    recognition_mark,
    recognition_of,
)
from data_access.models.recognition import RECOGNITIONS
from tests.dashboard.charts.conftest import FACILITY

COMMUNITY = replace(FACILITY, origin="community")


@pytest.mark.parametrize(
    ("event", "mark"),
    [
        ("shared", "▷ shared with a body"),
        ("assessed", "□ assessed"),
        ("accepted", "■ accepted for a purpose"),
        ("used", "★ used in a review or plan"),
        ("rejected", "▼ rejected"),
    ],
)
def test_every_state_has_a_shape_of_its_own_and_a_word(event: str, mark: str) -> None:
    assert recognition_mark(event) == mark


def test_the_shapes_differ_and_documents_can_draw_them() -> None:
    assert tuple(EVENT_MARKS) == RECOGNITIONS
    marks = [*EVENT_MARKS.values(), NOTHING_RECORDED]
    assert len(set(marks)) == len(marks)
    assert {ord(mark) for mark in marks} <= drawable_characters()


def test_what_several_bodies_did_is_told_of_each() -> None:
    assert recognition_badge(("accepted", "rejected")) == "■ accepted for a purpose; ▼ rejected"
    assert recognition_badge(("shared", "rejected", "rejected")) == "▷ shared with a body; ▼ rejected (2 bodies)"
    assert recognition_badge(()) == "▫ no recognition recorded here"


def test_an_official_figure_needs_nobodys_recognition() -> None:
    assert (recognition_of(FACILITY), recognition_codes(FACILITY)) == ("", "")
    assert provenance(FACILITY) == (
        "2025-26 · Kenya Mini Demographic and Health Survey 2025-26 · uncertainty unknown · n = 4,115"
    )


def test_a_community_figure_always_says_it() -> None:
    accepted = replace(COMMUNITY, recognised=("accepted", "rejected"))
    assert (recognition_codes(COMMUNITY), recognition_codes(accepted)) == ("none_recorded", "accepted; rejected")
    assert provenance(COMMUNITY).endswith(" · n = 4,115 · ▫ no recognition recorded here")
    assert provenance(accepted).endswith(" · n = 4,115 · ■ accepted for a purpose; ▼ rejected")
