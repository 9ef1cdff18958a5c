"""Cells, what they add up to, and categories that are parted in more than one way."""

from __future__ import annotations

import numpy as np

from data_access.disclosure.attack import Finding, Verdict, publishable
from data_access.disclosure.cells import Hierarchy, cell, margins, name_of, with_category
from data_access.disclosure.complementary import choose
from data_access.disclosure.table import build

AREAS = Hierarchy.of("area", {"": ("North", "South"), "North": ("N1", "N2")})
SEXES = Hierarchy.flat("sex", ("F", "M"))


def test_cells_are_named_alike_whatever_the_order_and_whatever_is_left_out() -> None:
    one = cell({"sex": "F", "area": "N1"})
    assert one == cell({"area": "N1", "sex": "F", "age": ""}) == (("area", "N1"), ("sex", "F"))
    assert (name_of(one), name_of(cell({}))) == ("area N1, sex F", "everybody")
    assert with_category(one, "sex", "") == cell({"area": "N1"})
    assert (AREAS.finest, sorted(AREAS.finest_of("North")), AREAS.codes) == (
        ("South", "N1", "N2"),
        ["N1", "N2"],
        {"", "North", "South", "N1", "N2"},
    )


def test_margins_add_up_on_every_level() -> None:
    counts = {("N1", "F"): 3, ("N1", "M"): 5, ("N2", "F"): 7, ("South", "M"): 11}
    inner = {cell({"area": area, "sex": sex}): float(count) for (area, sex), count in counts.items()}
    found = margins(inner, (AREAS, SEXES))
    by_area = {"": (10, 16, 26), "North": (10, 5, 15), "N1": (3, 5, 8), "N2": (7, 0, 7), "South": (0, 11, 11)}
    assert found == {
        cell({"area": area, "sex": sex}): float(count)
        for area, row in by_area.items()
        for sex, count in zip(("F", "M", ""), row, strict=True)
    }


def test_an_attacker_knows_both_ways_in_which_ages_are_parted() -> None:
    """Four are 14 to 17. By school they are what is left of the later ages, by law what is left of all: hiding the ages
    of 12 and 13 helps against the first sum, not against the second."""
    ages = Hierarchy(
        "age",
        (
            ("", ("school", "later")),
            ("", ("0-13", "14-17")),
            ("school", ("0-5", "6-11")),
            ("later", ("12-13", "14-17")),
            ("0-13", ("school", "12-13")),
        ),
    )
    counts = {"": 50.0, "school": 30.0, "later": 20.0, "0-5": 12.0, "6-11": 18.0, "12-13": 16.0, "14-17": 4.0}
    table = build({cell({"age": age}): count for age, count in (counts | {"0-13": 46.0}).items()}, (ages,))
    assert publishable(table, table.must_hide).pinned == (Finding("age 14-17", 4.0, 4.0),)
    hidden_for_school = table.must_hide | np.array([one == cell({"age": "12-13"}) for one in table.cells])
    assert publishable(table, hidden_for_school).pinned == (Finding("age 14-17", 4.0, 4.0),)
    choice = choose(table).hidden
    assert publishable(table, choice) == Verdict(int(choice.sum()), (), (), ())


def test_where_every_cell_is_small_all_are_hidden_and_nothing_else_can_be() -> None:
    table = build({cell({}): 9.0, cell({"sex": "F"}): 4.0, cell({"sex": "M"}): 5.0}, (SEXES,))
    for exact_up_to in (200, 0):
        assert choose(table, exact_up_to=exact_up_to).hidden.all()
    assert publishable(table, choose(table).hidden) == Verdict(3, (), (), ())
