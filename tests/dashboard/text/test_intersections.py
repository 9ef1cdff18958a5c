"""Who is furthest behind in words: whole sentences, people first, and never stronger than the estimates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from dashboard.text import intersections as words
from data_access.queries.catalogue import Catalogue
from data_access.queries.intersections import CheckedGroup, Having, Intersections, SmallGroup, read_intersections


@pytest.fixture(scope="module")
def studies(filled: Engine, catalogue: Catalogue) -> dict[str, Intersections]:
    asked = {"KEN": "FACILITY_BIRTH", "BGD": "ILL_CARE_FORGONE_COST", "NPL": "SKILLED_BIRTH"}
    with Session(filled) as session:
        return {
            country: read_intersections(session, catalogue, country=country, series=series)[0]
            for country, series in asked.items()
        }


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_finding_says_who_how_many_and_against_whom(
    catalogue: Catalogue, studies: dict[str, Intersections]
) -> None:
    said = words.finding(catalogue, catalogue.series["FACILITY_BIRTH"], studies["KEN"])
    assert plain(said) == (
        "Births in a health facility (institutional births): the poorest fifth, those without education 39.4 % "
        "(12.2 % of people, n = 242), everyone 83.9 %; 2025."
    )
    assert words.title(catalogue, studies["KEN"]) == "Furthest behind: the poorest fifth, those without education"


def test_where_a_group_is_hidden_it_is_not_claimed_that_none_is_further_behind(
    catalogue: Catalogue, studies: dict[str, Intersections]
) -> None:
    hidden = tuple(
        replace(group, n=None, share=None, mean=None) if group.number in (4, 5) else group
        for group in studies["KEN"].groups
    )
    assert words.title(catalogue, replace(studies["KEN"], groups=hidden)) == (
        "Furthest behind of the groups that may be shown: the second fifth to the richest fifth, rural areas, those "
        "without education or with primary education"
    )


def test_the_check_is_the_half_that_had_no_say(catalogue: Catalogue, studies: dict[str, Intersections]) -> None:
    assert plain(words.check(catalogue, studies["KEN"])) == (
        "In the half of the sample that had no say in choosing this group: 36.5 % (95 % interval 27.9–46.1, n = 111)."
    )
    assert plain(words.check(catalogue, studies["NPL"])) == (
        "Half of the sample, left to choose alone, names another group: the poorest fifth, those without education. "
        "The half that had no say in it: 40.1 % (95 % interval 30.7–50.3, n = 105). Which of the two is "
        "furthest behind is "
        "not certain."
    )


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("too_few_to_split", "Too few sampling units to let one half of the sample check the other."),
        ("no_one", "Nobody in the other half of the sample belongs to the group that the first half chose."),
        ("withheld", "What the other half of the sample says of it is withheld: too few people."),
    ],
)
def test_a_check_that_could_not_be_made_says_why(
    catalogue: Catalogue, studies: dict[str, Intersections], note: str, said: str
) -> None:
    without = replace(studies["KEN"], checked=CheckedGroup((), None, None, None, None, note))  # type: ignore[arg-type]
    assert words.check(catalogue, without) == said


def test_the_index_stands_beside_what_chance_makes_of_it(studies: dict[str, Intersections]) -> None:
    assert [plain(line) for line in words.inequality(studies["KEN"])] == [
        (
            "D-index 9.2 %: so much of what people have would have to go to other groups for all to have the "
            "same. Chance "
            "alone would make it 4.4 % on average, up to 4.9 % in 95 of 100 draws: it is more than chance. Sampling in "
            "clusters, which adds to chance, is not imitated."
        ),
        "Human opportunity index 76.2 %: the average of 83.9 %, less that share.",
    ]
    by_chance = replace(studies["KEN"], dissimilarity=4.9)
    assert "it is no more than that" in words.inequality(by_chance)[0]
    assert [plain(line) for line in words.inequality(studies["BGD"])] == [
        (
            "D-index 9.1 %: of all who are spared this, so many would have to change places with people of "
            "other groups. "
            "Chance alone would make it 5.9 % on average, up to 6.6 % in 95 of 100 draws: it is more than "
            "chance. Sampling "
            "in clusters, which adds to chance, is not imitated."
        ),
        "Human opportunity index 64.3 %: the average of 70.7 %, less that share.",
    ]
    undefined = replace(studies["KEN"], dissimilarity=None)
    assert words.inequality(undefined) == ("D-index: not defined, as nobody has what the indicator counts.",)


def test_shares_are_told_largest_first_and_not_as_causes(
    catalogue: Catalogue, studies: dict[str, Intersections]
) -> None:
    assert plain(words.contributions(catalogue, studies["KEN"])) == (
        "What it goes together with (Shapley shares): Wealth 42 %, Education 30 %, Residence 19 %, Age 5 %, "
        "Disability 3 %. This is not what causes it."
    )
    assert words.contributions(catalogue, replace(studies["KEN"], contributions=())) == ""


def test_what_is_too_small_to_be_seen_is_named(catalogue: Catalogue, studies: dict[str, Intersections]) -> None:
    assert words.smallest(catalogue, studies["KEN"]) == (
        "The smallest group the tree may show has 184 people asked; no category of these circumstances is below that."
    )
    assert words.smallest(catalogue, studies["NPL"]) == (
        "The smallest group the tree may show has 181 people asked. Below that, and so never shown as furthest behind "
        "however far behind they are: persons with disabilities (n = 113)."
    )
    unsaid = replace(studies["NPL"], too_small=(SmallGroup((Having("DISABILITY_STATUS", ("PD",)),), None),))
    assert words.smallest(catalogue, unsaid).endswith("persons with disabilities (too few to say how many).")


def test_groups_are_worded_as_people(catalogue: Catalogue, studies: dict[str, Intersections]) -> None:
    assert [plain(words.leaf_words(catalogue, studies["KEN"], leaf)) for leaf in studies["KEN"].leaves] == [
        "The poorest fifth, those without education: 39.4 % (12.2 % of people, n = 242)",
        "The poorest fifth, those with primary to more than secondary education: 73.7 % (9.8 % of people, n = 184)",
        (
            "The second fifth to the richest fifth, rural areas, those without education or with primary "
            "education: 84.7 % "
            "(16.6 % of people, n = 330)"
        ),
        (
            "The middle fifth or the fourth fifth, rural areas, those with secondary or more than secondary education: "
            "89.3 % (10.7 % of people, n = 208)"
        ),
        (
            "The second fifth or the richest fifth, rural areas, those with secondary or more than secondary "
            "education: "
            "94.5 % (10.6 % of people, n = 211)"
        ),
        "The second fifth to the richest fifth, urban areas: 95.5 % (40.1 % of people, n = 841)",
    ]
    hidden = replace(studies["KEN"].leaves[0], n=None, share=None, mean=None)
    assert words.leaf_words(catalogue, studies["KEN"], hidden) == (
        "The poorest fifth, those without education: withheld to protect people"
    )


def test_a_tree_that_does_not_divide_names_nobody(catalogue: Catalogue, studies: dict[str, Intersections]) -> None:
    root = replace(studies["KEN"].groups[0], split_by="")
    whole = replace(studies["KEN"], groups=(root,), checked=CheckedGroup((), 1008, 84.0, 80.0, 88.0, ""))
    assert words.title(catalogue, whole) == "No group of 184 people or more stands apart"
    assert words.finding(catalogue, catalogue.series["FACILITY_BIRTH"], whole) == (
        "Births in a health facility (institutional births): the circumstances asked about do not divide people into "
        "groups that differ enough to show."
    )
    assert words.check(catalogue, whole) == "Half of the sample, left to choose alone, tells no groups apart."


def test_what_was_known_of_the_sample(studies: dict[str, Intersections]) -> None:
    assert words.design(studies["KEN"]) == (
        "Known of the sample: weights, 7 strata, 126 sampling units. Seed of what is drawn at random: 123456."
    )
    assert words.design(replace(studies["KEN"], design=())) == (
        "Known of the sample: nothing: computed as a simple random sample. Seed of what is drawn at random: 123456."
    )
