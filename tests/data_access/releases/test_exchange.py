"""Out of a published source and in again, through the whole import by the mapping of the format itself: no change."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from data_access.database import reading, writing
from data_access.importing.desk.job import Outcome, run_import
from data_access.importing.mapping.presets import preset_mapping
from data_access.importing.mapping.schema import Source
from data_access.importing.readers import read
from data_access.people.current import CurrentUser, Held
from data_access.queries.catalogue import read_catalogue
from data_access.releases.consents import record_consent
from data_access.releases.exchange import FORMATS, OneSource, export_as
from data_access.releases.exporting import export_csv
from data_access.releases.incoming import Consent
from data_access.releases.problems import Unknown
from tests.conftest import settings_for
from tests.data_access.releases.partner import CODE, SERIES, STEWARD, engine_on, incoming, published, row, rows

ANYWHERE = CurrentUser("Steward", (Held("steward"),))
FIGURES = (
    *rows(50.0, 40.0, 60.25, se=1.5, lower=30.0, upper=70.5, note="two rounds"),
    row(37.5, "SEX=F", n=8, yes=3, row=5),
    replace(row(None, "URBANISATION=R", n=None, status="M", row=6), time_period="2025"),
    replace(row(41.0, "", n=None, row=7), time_period="2023-24", status="P", population=1000),
)


def brought_back(url: str, code: str, format_: str, folder: Path) -> Outcome:
    """What importing the export anew would do."""
    engine = engine_on(url)
    file = folder / f"{format_}.csv"
    with reading(engine) as session:
        facts = read_catalogue(session).sources[code]
        with file.open("w", encoding="utf-8", newline="") as out:
            assert export_as(session, code, format_, out).rows > 0
    source = Source(
        code=code,
        title=facts.title,
        publisher=facts.publisher,
        origin=facts.origin,
        countries=facts.countries,
        collection=facts.collection,
        sampling=facts.sampling,
        licence=facts.licence,
        licence_state=facts.licence_state,
        citation=facts.citation,
        consent="stated" if facts.origin == "community" else "not_applicable",
    )
    mapping = preset_mapping(read(file), source)
    assert mapping is not None
    remarks = {"header": "COMMENT_OBS", "because": "remarks as they were published"}
    asked = {**mapping.model_dump(mode="json", exclude_unset=True), "harmless": [remarks]}
    written = folder / "M.yaml"
    written.write_text(json.dumps(asked), encoding="utf-8")
    return run_import(file, written, settings=settings_for(url), by=ANYWHERE, dry=True)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_partners_figures_come_back_unchanged(own_url: str, tmp_path: Path, format_: str) -> None:
    published(engine_on(own_url), incoming(FIGURES))
    outcome = brought_back(own_url, CODE, format_, tmp_path)
    assert [one for one in outcome.findings if one.kind == "refused"] == []
    assert outcome.dry is not None
    assert (outcome.dry.added, outcome.dry.changed, outcome.dry.gone, outcome.dry.same) == ((), (), (), 6)
    assert "37.5" not in (tmp_path / f"{format_}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("code", ["KEN_KMDHS_2025_26", "VNM_PAPI"])
def test_an_official_source_comes_back_unchanged(own_file: Path, tmp_path: Path, format_: str, code: str) -> None:
    url = f"sqlite:///{own_file}"
    outcome = brought_back(url, code, format_, tmp_path)
    assert [one for one in outcome.findings if one.kind == "refused"] == []
    assert outcome.dry is not None
    assert (outcome.dry.added, outcome.dry.changed, outcome.dry.gone) == ((), (), ())
    assert outcome.dry.same > 300


def test_what_readers_may_not_see_is_not_written(own_file: Path) -> None:
    engine = engine_on(f"sqlite:///{own_file}")
    published(engine, incoming(FIGURES))
    with writing(engine) as session:
        record_consent(session, CODE, Consent("Partner", "private"), STEWARD)
    with reading(engine) as session:
        for format_ in FORMATS:
            out = StringIO()
            with pytest.raises(Unknown):
                export_as(session, CODE, format_, out)
            with pytest.raises(OneSource, match="name one source"):
                export_as(session, SERIES, format_, out)
            assert out.getvalue() == ""


def test_of_a_source_for_aggregates_only_no_format_holds_a_single_site(own_file: Path) -> None:
    engine = engine_on(f"sqlite:///{own_file}")
    with reading(engine) as session:
        site = next(a.code for a in read_catalogue(session).areas.values() if a.country == "KEN" and a.kind == "place")
    published(engine, incoming((*rows(50.0), row(70.0, area=site, row=9))))

    def written() -> list[str]:
        with reading(engine) as session:
            outs = {name: StringIO() for name in ("csv", *FORMATS)}
            export_csv(session, CODE, outs["csv"])
            for name in FORMATS:
                export_as(session, CODE, name, outs[name])
        return [name for name, out in outs.items() if site in out.getvalue()]

    assert written() == ["csv", *FORMATS]
    with writing(engine) as session:
        assert record_consent(session, CODE, Consent("Partner", "aggregate_only"), STEWARD) == 1
    assert written() == []


def test_an_invented_figure_says_so_in_its_remark(own_file: Path) -> None:
    with reading(engine_on(f"sqlite:///{own_file}")) as session:
        code = next(one.code for one in read_catalogue(session).sources.values() if one.illustrative)
        for format_ in FORMATS:
            out = StringIO()
            count = export_as(session, code, format_, out).rows
            assert out.getvalue().count("invented, for illustration only") >= count > 0
