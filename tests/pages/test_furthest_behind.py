"""The section "Furthest behind" of the page Gaps: the finding with its check, or why there is none."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]


def words(app: AppTest) -> str:
    parts = [e.value for kind in (app.header, app.subheader, app.markdown, app.caption, app.info) for e in kind]
    return "\n".join(parts).replace("\\", "").replace("\u00a0", " ")


def test_it_names_the_group_checks_it_and_says_it_is_invented(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="KEN", indicator="FACILITY_BIRTH"))
    section = text[text.index("Furthest behind: the poorest fifth") - 400 :]
    assert (
        "the poorest fifth, those without education 39.4 % (12.2 % of people, n = 242), everyone 83.9 %; 2025." in text
    )
    assert "**[Illustrative, invented figures] Births in a health facility" in text
    assert "no say in choosing this group: 36.5 % (95 % interval 27.9–46.1, n = 111)." in text
    assert "ILLUSTRATIVE: contains invented figures" in section
    assert "- The second fifth to the richest fifth, urban areas: 95.5 % (40.1 % of people, n = 841)" in section
    assert "Known of the sample: weights, 7 strata, 126 sampling units." in section


def test_without_answers_it_says_why_and_what_there_is(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="NPL", indicator="MPI_H"))
    assert (
        "Who is furthest behind where several circumstances meet can only be found in the answers of single people "
        "(microdata); none have been studied for this indicator in Nepal. Nor is it broken down by any single "
        "circumstance here."
    ) in text


def test_published_crossings_are_named_instead(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="KEN", indicator="ALBINISM_NUMBER"))
    assert (
        "What there is instead: published figures by sex and residence together, to be chosen as group above." in text
    )


def test_invented_crossings_are_not_offered_as_published(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="NPL", indicator="MOBILE_OWN_15_49"))
    assert "What there is instead: published figures by sex, one at a time, above." in text


def test_single_circumstances_are_named_instead(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="VNM", indicator="ELECTRICITY_POP"))
    assert "What there is instead: published figures by " in text


def test_the_chart_lists_each_group_before_its_parts(open_page: OpenPage) -> None:
    from dashboard.selection import Selection
    from dashboard.views.intersections import studies_of, tree_chart

    open_page("gaps", country="BGD", indicator="ILL_CARE_FORGONE_COST")
    selection = Selection("BGD", "ILL_CARE_FORGONE_COST", "", "2021")
    chart = tree_chart(selection, studies_of(selection)[0])
    assert [(row.label, depth) for row, depth in zip(chart.rows, chart.depths, strict=True)] == [
        ("Everyone", 0),
        ("Wealth: poorest fifth or second fifth", 1),
        ("Education: no education", 2),
        ("Education: primary to more than secondary", 2),
        ("Wealth: poorest fifth", 3),
        ("Wealth: second fifth", 3),
        ("Wealth: middle fifth to richest fifth", 1),
        ("Education: no education", 2),
        ("Education: primary to more than secondary", 2),
        ("Wealth: middle fifth or fourth fifth", 3),
        ("Sex: women and girls", 4),
        ("Sex: men and boys", 4),
        ("Wealth: richest fifth", 3),
        ("Sex: women and girls", 4),
        ("Sex: men and boys", 4),
        (
            (
                "Checked in the half of the sample that had no say: the poorest fifth or the second fifth, those "
                "without education"
            ),
            0,
        ),
    ]
    furthest = chart.rows[2].marks[0]
    assert (furthest.text, furthest.emphasis, furthest.figure.group) == (
        "49.6\u00a0%",
        "strong",
        "EDUCATION_LEV=NONE|INCOME_WEALTH_QUANTILE=Q1+Q2",
    )
    check = chart.rows[-1].marks[0].figure
    assert [round(value or 0, 1) for value in (check.value, check.lower, check.upper)] == [47.4, 36.9, 58.1]
