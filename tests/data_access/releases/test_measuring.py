"""What a mapping says of how a series is measured is known once the release is published."""

from __future__ import annotations

from data_access.database import reading
from data_access.queries.catalogue import read_catalogue
from data_access.queries.facts import SourceSeriesFacts
from tests.data_access.importing.mapping.parts import SOURCE_YAML
from tests.data_access.releases import partner

MAPPING = (
    SOURCE_YAML
    + """tables: [{values: [{letter: B}]}]
definitions:
  FACILITY_BIRTH:
    numerator: births in a health facility
    denominator: live births in the last 2 years
"""
)
DEFINED = SourceSeriesFacts("", "births in a health facility", "live births in the last 2 years", "", "", "")


def test_a_published_mapping_defines_its_series_and_a_later_one_says_it_anew(own_url: str) -> None:
    engine = partner.engine_on(own_url)
    partner.published(engine, partner.incoming(partner.rows(50.0), "a", mapping=MAPPING))
    with reading(engine) as session:
        assert read_catalogue(session).measured[partner.CODE, partner.SERIES] == DEFINED
    anew = MAPPING.replace("2 years", "5 years")
    partner.published(engine, partner.incoming(partner.rows(51.0), "b", mapping=anew))
    with reading(engine) as session:
        told = read_catalogue(session).measured
    assert told[partner.CODE, partner.SERIES].denominator == "live births in the last 5 years"
    assert [source for source, _ in told].count(partner.CODE) == 1
