"""What the shipped files withhold stays withheld from somebody who has all of them and can add, subtract and divide."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import product

import highspy
import numpy as np
import pytest

from data_access.importing.shipped import SAMPLE_DATA, shipped_sources
from data_access.publishing import decide
from data_access.publishing.shipped import scope_of
from data_access.publishing.storing import WITHHELD_NOTE
from sample_data.scripts.protect_figures import NOTE, rows_of

Cell = tuple[str, str, str]
"""Area, sex and kind; empty for everybody."""

FIGURES = SAMPLE_DATA / "figures"
EXACT_UP_TO = 100_000
"""Of fewer people than this, a percentage with three decimals gives the count away exactly."""


def file(name: str) -> list[dict[str, str]]:
    with (FIGURES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def areas(country: str, kind: str) -> dict[str, str]:
    with (SAMPLE_DATA / "catalogue" / "areas.csv").open(encoding="utf-8", newline="") as stream:
        return {r["code"]: r["parent"] for r in csv.DictReader(stream) if r["country"] == country and r["kind"] == kind}


def members(group: str) -> dict[str, str]:
    return dict(part.split("=") for part in group.split("|") if part)


class Reader:
    """Somebody with the published cells and the sums that must hold; each unknown cell is 0 or more."""

    def __init__(self, known: dict[Cell, float], sums: list[tuple[Cell, list[Cell]]]) -> None:
        self.cells = sorted({one for total, parts in sums for one in (total, *parts)})
        at = {one: i for i, one in enumerate(self.cells)}
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)  # as the product does: a process has one pool of threads
        for one in self.cells:
            value = known.get(one)
            self.solver.addVar(value or 0.0, highspy.kHighsInf if value is None else value)
        for total, parts in sums:
            columns = np.array([at[total], *(at[part] for part in parts)], dtype=np.int32)
            self.solver.addRow(0.0, 0.0, columns.size, columns, np.array([-1.0, *np.ones(len(parts))]))
        self.unknown = [one for one in self.cells if one not in known]
        self.at = at

    def bounds(self, one: Cell) -> tuple[float, float]:
        """The least and the most that the cell can be."""
        ends = []
        for sign in (1.0, -1.0):
            self.solver.changeColCost(self.at[one], sign)
            self.solver.run()
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(sign * self.solver.getInfo().objective_function_value)
            self.solver.changeColCost(self.at[one], 0.0)
        return ends[0], ends[1]


def kenya(series: str) -> tuple[dict[Cell, float], list[tuple[Cell, list[Cell]]]]:
    """A count by county and sex; the total includes intersex persons, whom no row names."""
    known = {}
    for row in file("KEN_CENSUS_2019"):
        groups = members(row["GROUP"])
        if row["SERIES"] == series and "URBANISATION" not in groups and row["OBS_VALUE"]:
            known[row["REF_AREA"], groups.get("SEX", ""), ""] = float(row["OBS_VALUE"])
    counties = list(areas("KEN", "admin1"))
    sums = [((area, "", ""), [(area, sex, "") for sex in ("F", "M", "I")]) for area in ("KEN", *counties)]
    sums += [(("KEN", sex, ""), [(county, sex, "") for county in counties]) for sex in ("F", "M", "")]
    return known, sums


def nepal() -> tuple[dict[Cell, float], list[tuple[Cell, list[Cell]]]]:
    """People with each kind of difficulty by district, province and sex, counts and shares of a published number."""
    known: dict[Cell, float] = {}
    kinds: set[str] = set()
    for row in file("NPL_CENSUS_2011"):
        groups = members(row["GROUP"])
        place = row["REF_AREA"], groups.get("SEX", "")
        kind = groups.get("DISABILITY_TYPE", groups.get("DISABILITY_STATUS", "PD"))
        if row["SERIES"] == "NPL_DISABILITY_NUMBER" and row["OBS_VALUE"]:
            known[*place, kind] = float(row["OBS_VALUE"])
        small = row["POPULATION"] and float(row["POPULATION"]) < EXACT_UP_TO
        if row["SERIES"] == "NPL_DISABILITY_PREV" and row["OBS_VALUE"] and small:
            known.setdefault((*place, kind), round(float(row["OBS_VALUE"]) * float(row["POPULATION"]) / 100))
        if row["SERIES"].startswith("NPL_DISABILITY") and row["POPULATION"]:
            known[*place, ""] = float(row["POPULATION"])
        if "DISABILITY_TYPE" in groups:
            kinds.add(kind)
    provinces, districts = areas("NPL", "admin1"), areas("NPL", "admin2")
    everywhere, sexes, every = ["NPL", *provinces, *districts], ["", "F", "M"], ["", "PD", "PWD", *sorted(kinds)]
    sums = [((a, s, "PD"), [(a, s, kind) for kind in sorted(kinds)]) for a, s in product(everywhere, sexes)]
    sums += [((a, s, ""), [(a, s, "PD"), (a, s, "PWD")]) for a, s in product(everywhere, sexes)]
    sums += [((a, "", kind), [(a, "F", kind), (a, "M", kind)]) for a, kind in product(everywhere, every)]
    for sex, kind in product(sexes, every):
        sums.append((("NPL", sex, kind), [(province, sex, kind) for province in provinces]))
        for province in provinces:
            inside = [(district, sex, kind) for district, above in districts.items() if above == province]
            sums.append(((province, sex, kind), inside))
    return known, sums


def withheld(name: str, series: str) -> Iterator[Cell]:
    for row in file(name):
        if row["SERIES"] == series and row["OBS_STATUS"] == "Q":
            groups = members(row["GROUP"])
            kind = groups.get("DISABILITY_TYPE", groups.get("DISABILITY_STATUS", ""))
            yield row["REF_AREA"], groups.get("SEX", ""), kind


@pytest.mark.parametrize(
    ("name", "series", "table", "count"),
    [
        ("KEN_CENSUS_2019", "ALBINISM_NUMBER", lambda: kenya("ALBINISM_NUMBER"), 4),
        ("KEN_CENSUS_2019", "STREET_PERSONS", lambda: kenya("STREET_PERSONS"), 20),
        ("NPL_CENSUS_2011", "NPL_DISABILITY_NUMBER", nepal, 41),
    ],
)
def test_no_withheld_count_can_be_recomputed(
    name: str,
    series: str,
    table: Callable[[], tuple[dict[Cell, float], list[tuple[Cell, list[Cell]]]]],
    count: int,
) -> None:
    hidden = set(withheld(name, series))
    assert len(hidden) == count
    known, sums = table()
    reader = Reader(known, sums)
    assert hidden <= set(reader.unknown)
    widths = {one: most - least for one in hidden for least, most in [reader.bounds(one)]}
    assert min(widths.values()) >= 3, {one: width for one, width in widths.items() if width < 3}


def test_no_share_gives_away_a_small_count() -> None:
    told = [
        (row["REF_AREA"], row["GROUP"])
        for row in file("NPL_CENSUS_2011")
        if "DISABILITY_TYPE" in row["GROUP"] and row["POPULATION"] and row["SERIES"] == "NPL_DISABILITY_PREV"
        if 0.5 < float(row["OBS_VALUE"]) * float(row["POPULATION"]) / 100 < 9.5
    ]
    assert told == []


@pytest.mark.parametrize("name", ["KEN_CENSUS_2019", "NPL_CENSUS_2011"])
def test_every_withheld_row_looks_the_same_and_tells_nothing(name: str) -> None:
    rows = [row for row in file(name) if row["OBS_STATUS"] == "Q"]
    numbers = ("OBS_VALUE", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "SAMPLE_SIZE", "POPULATION")
    assert {tuple(row[name] for name in numbers) for row in rows} == {("",) * 6}
    assert {row["COMMENT_OBS"] for row in rows} == {NOTE} == {WITHHELD_NOTE}


def test_protecting_again_changes_nothing() -> None:
    for source in shipped_sources(illustrative=False):
        if source.sidecar.code in ("KEN_CENSUS_2019", "NPL_CENSUS_2011"):
            rows = rows_of(source)
            decision = decide(rows, scope_of(source.sidecar))
            assert {i for i in decision.withheld if rows[i].status != "Q"} == set()
