"""The worked example of docs/methods/disclosure-control.md, number by number."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np

from data_access.disclosure.attack import attack, publishable
from data_access.disclosure.cells import Cell, Hierarchy, category, cell, margins
from data_access.disclosure.complementary import choose
from data_access.disclosure.table import Flags, Table, build

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "disclosure-control.md"
REGIONS = Hierarchy.flat("region", ("North", "East", "South"))
GROUPS = Hierarchy.flat("group", ("Dalit", "other"))
COUNTS = {"North": (31.0, 149.0), "East": (4.0, 96.0), "South": (27.0, 193.0)}


def example(shown_before: tuple[Cell, ...] = ()) -> Table:
    inner = {
        cell({"region": region, "group": group}): count
        for (region, counts), (place, group) in product(COUNTS.items(), enumerate(GROUPS.finest))
        for count in (counts[place],)
    }
    return build(margins(inner, (REGIONS, GROUPS)), (REGIONS, GROUPS), shown_before=shown_before)


def as_printed(table: Table, hidden: Flags) -> list[str]:
    """The rows of the table as the page has them; a hidden figure is a Q."""
    at = {(category(one, "region"), category(one, "group")): place for place, one in enumerate(table.cells)}
    rows = []
    for region in (*REGIONS.finest, ""):
        places = [at[region, group] for group in (*GROUPS.finest, "")]
        shown = ["Q" if hidden[place] else f"{table.values[place]:g}" for place in places]
        rows.append(f"| {region or 'all'} | {' | '.join(shown)} |")
    return rows


def test_the_page_prints_what_the_engine_finds() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = example()
    east = table.cells.index(cell({"region": "East", "group": "Dalit"}))
    nothing, choice = np.zeros(len(table), dtype=np.bool_), choose(table).hidden
    for row in (*as_printed(table, nothing), *as_printed(table, choice)):
        assert row in page
    (found,) = publishable(table, table.must_hide).pinned
    assert (found.cell, found.least, found.most) == ("group Dalit, region East", 4.0, 4.0)
    assert "100 − 96 = 4" in page
    reader, informed = (attack(table, choice, attacker) for attacker in table.attackers)
    assert f"{reader.least[east]:g} to {reader.most[east]:g}" == "0 to 35"
    assert f"{informed.least[east]:g} to {informed.most[east]:g}" == "1 to 34"
    assert "from 0 to 35" in page and "from 1 to 34" in page

    later = example(shown_before=(cell({"region": "North", "group": "Dalit"}),))
    assert [each.cell for each in publishable(later, choice).pinned] == ["group Dalit, region East"]
    assert "62 − 31 − 27 = 4" in page
    for row in as_printed(later, choose(later).hidden):
        assert row in page
