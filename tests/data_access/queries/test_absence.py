"""Why a figure is missing comes from what is recorded of the sources, and where nothing is, it says so."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from data_access.figures import Absence, Origin
from data_access.queries.absence import NOT_HELD, why_absent
from data_access.queries.catalogue import AreaKind, BreakdownFacts, Catalogue


def fact(source: str, aspect: str, collected: str, published: str) -> BreakdownFacts:
    return BreakdownFacts(source, aspect, collected, published, "a document", "a role", "2026-11-23")


def knowing(catalogue: Catalogue, *facts: BreakdownFacts, series: str = "*") -> Catalogue:
    return replace(catalogue, breakdown_facts=MappingProxyType({(f.source, series, f.aspect): f for f in facts}))


@pytest.mark.parametrize(
    ("country", "series", "group", "kind", "origin", "absence", "read_in"),
    [
        ("KEN", "FACILITY_BIRTH", "ETHNICITY=*", "country", "official", "not_held", []),
        ("KEN", "FACILITY_BIRTH", "", "admin1", "community", "not_collected", ["KEN_ILL_PURPOSIVE", "KEN_ILL_SURVEY"]),
        ("KEN", "KIBERA_PUPILS", "", "place", "community", "not_collected", ["KEN_MAPKIBERA_SCHOOLS"]),
        ("NPL", "READING_7_14", "ETHNICITY=dalit", "country", None, "not_published", ["NPL_CBS_SDG"]),
        ("VNM", "PAPI_TOTAL", "", "admin2", "community", "not_disaggregated", ["VNM_PAPI"]),
        ("IND", "STUNTING_U5", "INCOME_WEALTH_QUANTILE=Q1", "country", "official", "not_held", ["IND_NFHS5"]),
        ("IND", "NO_SUCH", "", "country", None, "not_held", []),
    ],
)
def test_what_is_recorded_decides(
    catalogue: Catalogue,
    country: str,
    series: str,
    group: str,
    kind: AreaKind,
    origin: Origin | None,
    absence: Absence,
    read_in: list[str],
) -> None:
    reasoned = why_absent(catalogue, country=country, series=series, group=group, kind=kind, origin=origin)
    assert reasoned.absence == absence
    assert sorted({f.source for f in reasoned.facts}) == read_in
    assert reasoned.elsewhere == (series == "STUNTING_U5")


def test_without_a_record_nothing_is_claimed(catalogue: Catalogue) -> None:
    asked = {"country": "KEN", "series": "FACILITY_BIRTH", "group": "", "kind": "admin1", "origin": "community"}
    assert why_absent(knowing(catalogue), **asked) == NOT_HELD  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("collected", "published", "absence"),
    [
        ("no", "no", "not_collected"),
        ("yes", "no", "not_disaggregated"),
        ("not_known", "no", "not_published"),
        ("yes", "yes", "not_held"),
        ("yes", "not_known", "not_held"),
        ("not_known", "not_known", "not_held"),
    ],
)
def test_each_fact_has_its_absence(catalogue: Catalogue, collected: str, published: str, absence: Absence) -> None:
    said = fact("VNM_PAPI", "ETHNICITY", collected, published)
    reasoned = why_absent(
        knowing(catalogue, said), country="VNM", series="PAPI_TOTAL", group="ETHNICITY=*", kind="country"
    )
    assert (reasoned.absence, reasoned.facts, reasoned.elsewhere) == (absence, (said,), published == "yes")


def test_of_two_sources_the_one_that_may_hold_it_decides(catalogue: Catalogue) -> None:
    asked = fact("KEN_ILL_SURVEY", "ETHNICITY", "yes", "no")
    not_asked = fact("KEN_ILL_PURPOSIVE", "ETHNICITY", "no", "no")
    both = {"country": "KEN", "series": "FACILITY_BIRTH", "group": "ETHNICITY=*", "kind": "country"}
    told = why_absent(knowing(catalogue, asked, not_asked), origin="community", **both)  # type: ignore[arg-type]
    assert (told.absence, told.facts) == ("not_disaggregated", (asked,))
    half = why_absent(knowing(catalogue, not_asked), origin="community", **both)  # type: ignore[arg-type]
    assert half == NOT_HELD


def test_what_is_recorded_for_a_series_goes_before_what_is_recorded_for_all(catalogue: Catalogue) -> None:
    of_all, of_one = fact("VNM_PAPI", "ETHNICITY", "no", "no"), fact("VNM_PAPI", "ETHNICITY", "yes", "no")
    facts = {("VNM_PAPI", "*", "ETHNICITY"): of_all, ("VNM_PAPI", "PAPI_TOTAL", "ETHNICITY"): of_one}
    known = replace(catalogue, breakdown_facts=MappingProxyType(facts))
    for series, absence in (("PAPI_TOTAL", "not_disaggregated"), ("PAPI_TRANSPARENCY", "not_collected")):
        found = why_absent(known, country="VNM", series=series, group="ETHNICITY=*", kind="country")
        assert found.absence == absence
