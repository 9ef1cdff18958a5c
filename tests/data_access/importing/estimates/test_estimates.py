"""Designs of every kind, answers that cannot be estimated from, and what leaves the job."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from data_access.disclosure.cells import cell
from data_access.disclosure.publication import protect
from data_access.disclosure.shares import Asked
from data_access.importing.estimates.answers import Answers, AnswersRefused
from data_access.importing.estimates.estimate import estimate
from data_access.importing.estimates.rows import hierarchies_of, key_of, questions_of, rows_of, study_of
from data_access.importing.estimates.wanted import AREAS, Breakdown, Outcome, Wanted
from data_access.measures.survey.design import Design
from data_access.measures.survey.errors import NoOneAsked, SinglePsuStratum, StratumTooSmall
from data_access.measures.survey.estimation import mean, proportion

SEX = Breakdown("SEX", "sex", {"1": "F", "2": "M"}, missing=("9",))
STATUS = Breakdown("DISABILITY_STATUS", "status", {"y": "PD", "n": "PWD"})
AREA = Breakdown(AREAS, "province", {"p1": "NP-P1", "p2": "NP-P2"})
OUTCOME = Outcome("school", yes=("1",), no=("0",), missing=("88",))


def people(n: int = 600) -> dict[str, list[Any]]:
    chance = random.Random(11)
    psu = [chance.randrange(30) for _ in range(n)]
    return {
        "school": [chance.choice(("1", "1", "0", "88", None)) for _ in range(n)],
        "income": [chance.choice((None, -99.0, 1e6 + 100 * chance.random())) for _ in range(n)],
        "sex": [chance.choice(("1", "2", "1", "2", "9")) for _ in range(n)],
        "status": [("y" if i % 40 == 0 else "n") for i in range(n)],
        "province": [f"p{1 + unit % 2}" for unit in psu],
        "weight": [chance.choice((0.0, 0.5, 1.0, 2.5)) for _ in range(n)],
        "psu": [str(unit) for unit in psu],
        "stratum": [str(unit % 5) for unit in psu],
        "units": [40.0 + unit % 5 for unit in psu],
    }


PEOPLE = people()
DESIGNED: dict[str, Any] = {"weight": "weight", "stratum": "stratum", "psu": "psu"}


def answers(**changed: list[Any]) -> Answers:
    return Answers(pa.table({**PEOPLE, **changed}), "survey.xlsx", "person")


def wanted(outcome: Outcome = OUTCOME, **settings: Any) -> Wanted:
    return Wanted("SCHOOL", "2026", "NP", outcome, **({"domains": ((SEX,),)} | settings))


@pytest.mark.parametrize(
    "design",
    [
        {},
        {"weight": "weight"},
        {"weight": "weight", "psu": "psu"},
        {"weight": "weight", "stratum": "stratum"},
        DESIGNED,
        DESIGNED | {"fpc": "units"},
    ],
)
def test_every_design_is_that_of_the_survey_measures(design: dict[str, str]) -> None:
    weight = PEOPLE["weight"] if "weight" in design else [1.0] * len(PEOPLE["sex"])
    given = {name: PEOPLE[name] for name in ("stratum", "psu") if name in design}
    population = PEOPLE["units"] if "fpc" in design else None
    known = Design.of(weight, population_psus=population, **given)
    y = [None if each in (None, "88") else float(each) for each in PEOPLE["school"]]
    income = [None if each == -99 else each for each in PEOPLE["income"]]
    share, number = estimate(answers(), [wanted(**design), wanted(Outcome("income", missing=("-99",)), **design)])
    for sex, code in (("F", "1"), ("M", "2")):
        domain = np.array([each == code for each in PEOPLE["sex"]])
        for found, expected in (
            (share.of(SEX=sex), proportion(known, y, domain)),
            (number.of(SEX=sex), mean(known, income, domain)),
        ):
            for name in ("value", "se", "lower", "upper"):
                assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-10), name
            assert found.deff == pytest.approx(expected.deff, rel=1e-7)
            assert (found.n, found.df, found.flags, found.assumed, found.interval) == (
                expected.n, expected.df, expected.flags, expected.assumed, expected.interval,
            )  # fmt: skip


@pytest.mark.parametrize("design", [{"weight": "weight"}, {"weight": "weight", "stratum": "stratum"}, DESIGNED])
@pytest.mark.parametrize("outcome", [OUTCOME, Outcome("income", missing=("-99",))])
def test_margins_added_up_from_crossings_are_those_computed_alone(design: dict[str, str], outcome: Outcome) -> None:
    crossed = estimate(answers(), [wanted(outcome, domains=((SEX,), (SEX, STATUS)), areas=AREA, **design)])[0]
    alone = [
        estimate(answers(), [wanted(outcome, domains=domains, areas=areas, **design)])[0]
        for domains, areas in (((), None), ((), AREA), (((SEX,),), None), (((STATUS, SEX),), None))
    ]
    looked_at = 0
    for expected in (one for each in alone for one in each.estimates):
        found = next(one for one in crossed.estimates if one.cell == expected.cell)
        for name in ("value", "se", "lower", "upper", "n", "df", "flags", "interval"):
            same, other = getattr(expected.figure, name), getattr(found.figure, name)
            assert other == (pytest.approx(same, rel=1e-9) if isinstance(same, float) else same), (found.cell, name)
        assert (found.yes, found.dominated) == (expected.yes, expected.dominated)
        looked_at += 1
    assert looked_at == 1 + 3 + 3 + 5
    assert all(crossed.counts[one] == counted for each in alone for one, counted in each.counts.items())


def test_a_stratum_with_one_unit() -> None:
    alone = answers(
        stratum=["alone" if unit == "7" else each for unit, each in zip(PEOPLE["psu"], PEOPLE["stratum"], strict=True)]
    )
    with pytest.raises(SinglePsuStratum, match="stratum alone"):
        estimate(alone, [wanted(**DESIGNED)])
    found = estimate(alone, [wanted(**DESIGNED, single_psu="centre")])[0].of()
    y = [None if each in (None, "88") else float(each) for each in PEOPLE["school"]]
    known = Design.of(
        PEOPLE["weight"], stratum=alone.table["stratum"].to_pylist(), psu=PEOPLE["psu"], single_psu="centre"
    )
    assert found.se == pytest.approx(proportion(known, y).se, rel=1e-10)
    assert found.assumed == ("single_psu_centred",)
    with pytest.raises(StratumTooSmall):
        estimate(answers(units=[2.0] * 600), [wanted(**DESIGNED, fpc="units")])


def test_every_problem_is_named_at_once() -> None:
    bad = answers(sex=["3", "x", *PEOPLE["sex"][2:]], school=["7", *PEOPLE["school"][1:]])
    with pytest.raises(AnswersRefused) as refused:
        estimate(bad, [wanted()])
    assert [(each.rule, each.column, each.value, each.file, each.sheet) for each in refused.value.findings] == [
        ("unknown_code", "sex", "3", "survey.xlsx", "person"),
        ("unknown_code", "sex", "x", "survey.xlsx", "person"),
        ("unknown_code", "school", "7", "survey.xlsx", "person"),
    ]
    with pytest.raises(AnswersRefused, match="sizes: the column is not there"):
        estimate(answers(), [wanted(weight="sizes")])
    with pytest.raises(AnswersRefused, match="1 of 600 rows have a weight that is negative"):
        estimate(answers(weight=[-1.0, *PEOPLE["weight"][1:]]), [wanted(weight="weight")])
    with pytest.raises(AnswersRefused, match="2 of 600 rows have no stratum"):
        estimate(answers(stratum=["", None, *PEOPLE["stratum"][2:]]), [wanted(**DESIGNED)])
    with pytest.raises(NoOneAsked):
        estimate(answers(school=["88"] * 600), [wanted()])


def test_rows_have_what_disclosure_control_counts() -> None:
    found = estimate(answers(), [wanted(**DESIGNED, areas=AREA)])
    rows = {(row.area, row.group): row for row in rows_of(found)}
    assert list(rows) == [
        ("NP", ""), ("NP-P1", ""), ("NP-P2", ""), ("NP", "SEX=F"), ("NP", "SEX=M"),
        ("NP-P1", "SEX=F"), ("NP-P1", "SEX=M"), ("NP-P2", "SEX=F"), ("NP-P2", "SEX=M"),
    ]  # fmt: skip
    asked = [
        (school == "1", sex, province)
        for school, sex, province, weight in zip(
            PEOPLE["school"], PEOPLE["sex"], PEOPLE["province"], PEOPLE["weight"], strict=True
        )
        if school in ("0", "1") and weight > 0
    ]
    women = [yes for yes, sex, province in asked if (sex, province) == ("1", "p1")]
    row, figure = rows["NP-P1", "SEX=F"], found[0].of(AREA="NP-P1", SEX="F")
    assert (row.n, row.yes, row.series, row.time_period) == (len(women), sum(women), "SCHOOL", "2026")
    assert figure.value is not None
    assert row.value == pytest.approx(100 * figure.value, rel=1e-11)
    unstated = [yes for yes, sex, _ in asked if sex == "9"]
    assert found[0].counts[cell({"SEX": "(not stated)"})] == Asked(len(unstated), sum(unstated))


def test_a_small_group_and_its_counterpart_are_withheld() -> None:
    few = ["y" if i in range(0, 600, 75) else "n" for i in range(600)]
    found = estimate(answers(status=few), [wanted(domains=((STATUS,), (SEX,)))])
    assert found[0].counts[cell({"DISABILITY_STATUS": "PD"})].n < 10
    prepared = protect(questions_of(found), hierarchies_of(found))
    rows = {row.group: row for row in rows_of(found, prepared)}
    for hidden in ("DISABILITY_STATUS=PD", "DISABILITY_STATUS=PWD"):
        row = rows[hidden]
        assert (row.status, row.value, row.se, row.lower, row.upper, row.n, row.yes) == ("Q", *[None] * 6)
    for shown in ("", "SEX=F", "SEX=M"):
        assert rows[shown].status == "A" and rows[shown].value is not None
    assert list(prepared) == [key_of(found[0])] == ["SCHOOL 2026"]


def test_few_answers_have_no_value_and_more_a_mark() -> None:
    found = estimate(answers(), [wanted(domains=((STATUS,),))])
    rows = {row.group: row for row in rows_of(found)}
    hidden = rows["DISABILITY_STATUS=PD"]
    assert hidden.n is not None and 0 < hidden.n < 25
    assert (hidden.value, hidden.status, hidden.note) == (None, "Q", "")
    assert "simple random sample" in rows[""].note


def test_margins_of_crossed_groups_are_counted_though_nobody_asked_for_them() -> None:
    found = estimate(answers(), [wanted(domains=((SEX, STATUS),))])[0]
    assert all(len(one.cell) in (0, 2) for one in found.estimates)
    for sex in ("F", "M", "(not stated)"):
        crossed = [found.counts.get(cell({"SEX": sex, "DISABILITY_STATUS": status})) for status in ("PD", "PWD")]
        assert found.counts[cell({"SEX": sex})].n == sum(each.n for each in crossed if each)


def test_who_is_furthest_behind() -> None:
    made = study_of(answers(), wanted(domains=((SEX,), (STATUS,)), weight="weight"), draws=20)
    assert made is not None
    people = zip(PEOPLE["school"], PEOPLE["weight"], PEOPLE["sex"], strict=True)
    answered = [sex for school, weight, sex in people if school in ("0", "1") and weight > 0]
    silent = answered.count("9")
    found = made.study
    assert (found.n, found.circumstances) == (len(answered) - silent, ("SEX", "DISABILITY_STATUS"))
    assert (made.silent, made.left_out) == (silent, ())
    stated = answers(school=[s if sex != "9" else None for s, sex in zip(PEOPLE["school"], PEOPLE["sex"], strict=True)])
    value = estimate(stated, [wanted(weight="weight")])[0].of().value
    assert value is not None and found.mean == pytest.approx(100 * value, rel=1e-10)


def test_a_mean_that_one_person_makes_is_withheld() -> None:
    ordinary = answers(income=[100.0 + i % 7 for i in range(600)])
    rich = answers(income=[1e9 if i == 0 else 100.0 + i % 7 for i in range(600)])
    assert PEOPLE["sex"][0] == "2", "the rich person is a man: his group and the total tell of him, women do not"
    for given, hidden in ((ordinary, set()), (rich, {"", "SEX=M"})):
        found = estimate(given, [wanted(Outcome("income"), scale=1.0)])
        rows = rows_of(found, protect(questions_of(found), hierarchies_of(found)))
        assert {row.group for row in rows if row.status == "Q"} == hidden


def test_one_dimension_is_read_in_one_way() -> None:
    with pytest.raises(ValueError, match="SEX is read in two ways"):
        wanted(domains=((SEX,), (Breakdown("SEX", "gender", {}),)))
    with pytest.raises(ValueError, match="cross each dimension once"):
        wanted(domains=((SEX, SEX),))
