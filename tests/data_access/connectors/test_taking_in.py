"""Pulled figures go the way of a partner's file: tried, kept as a draft, published by somebody else; on both engines.

The answers are written by hand from the published formats and never recorded; never run live.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from data_access.connectors.__main__ import main
from data_access.connectors.pages import PageStore
from data_access.connectors.taking_in import take_in
from data_access.connectors.who_gho import WhoGho
from data_access.connectors.world_bank import WorldBank
from data_access.database import reading, writing
from data_access.importing.desk.job import Outcome
from data_access.people.current import CurrentUser, Held, NotAllowed
from data_access.prepare import prepare
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from data_access.releases.history import acts, fetched, history
from data_access.releases.problems import SecondPersonNeeded
from data_access.releases.publication import publish
from data_access.settings import Settings
from tests.conftest import settings_for
from tests.data_access.connectors.conftest import NOW
from tests.data_access.connectors.test_services import bank_record, gho_record
from tests.data_access.releases.partner import engine_on, every_row

SOURCE = "WORLD_BANK_KEN"
STEWARD = CurrentUser("Steward", (Held("steward", "KEN"),))
REVIEWER = CurrentUser("Reviewer", (Held("reviewer", "KEN"),))


def bank(*records: dict[str, object], updated: str = "2026-01-01"):
    head = {"page": 1, "pages": 1, "per_page": 500, "total": len(records), "lastupdated": updated}
    return lambda request: httpx.Response(200, json=[head, list(records)])


FIRST = bank(bank_record(21.0, "2014"), bank_record(20.5, "2015"), bank_record(None, "2016"))
LATER = bank(bank_record(21.0, "2014"), bank_record(19.0, "2015"), bank_record(18.0, "2016"))


@pytest.fixture
def deployment(own_url: str, tmp_path: Path) -> Settings:
    return settings_for(own_url, VOICES_COUNT_FOLDER=str(tmp_path / "own"))


@pytest.fixture
def pull(deployment: Settings, web, tmp_path: Path):
    def pulled(answer, *, dry: bool = False, by: CurrentUser = STEWARD) -> Outcome:
        service = WorldBank(web(answer))
        fresh = PageStore(tmp_path / "pages" / str(len(list(tmp_path.glob("pages/*")))), now=lambda: NOW)
        fresh.folder.mkdir(parents=True)
        return take_in([service.pull("KEN", "NMR", store=fresh)], service, settings=deployment, by=by, dry=dry)

    return pulled


def shown(settings: Settings) -> dict[str, float | None]:
    with reading(engine_on(settings.database_url)) as session:
        known = read_catalogue(session)
        if SOURCE not in known.sources:
            return {}
        found = read_figures(session, known, country="KEN", series="NMR", sources=[SOURCE])
    return {one.time_period: one.value for one in found}


def test_a_dry_run_says_what_would_change_and_writes_nothing(deployment, pull):
    before = every_row(engine_on(deployment.database_url))
    outcome = pull(FIRST, dry=True)
    assert (len(outcome.dry.added), outcome.dry.changed, outcome.draft) == (2, (), None)
    assert [(one.rule, one.kind, one.what) for one in outcome.findings] == [
        ("left_out", "remark", "1 records were left out: no value.")
    ]
    assert every_row(engine_on(deployment.database_url)) == before
    assert not deployment.own_folder.exists()


def test_what_was_pulled_is_seen_when_somebody_else_publishes_it(deployment, pull):
    engine = engine_on(deployment.database_url)
    draft = pull(FIRST).draft
    assert (draft.release, draft.kept, draft.rows, draft.suppressed) == (f"{SOURCE}-1", True, 2, 0)
    assert shown(deployment) == {}
    with pytest.raises(SecondPersonNeeded), writing(engine) as session:
        publish(session, draft.release, STEWARD)
    with writing(engine) as session:
        assert publish(session, draft.release, REVIEWER).loaded.new == 2
    assert shown(deployment) == {"2014": 21.0, "2015": 20.5}
    with reading(engine) as session:
        source = read_catalogue(session).sources[SOURCE]
        assert (source.origin, source.publisher, source.licence) == ("official", "World Bank", "CC BY 4.0")
        assert [(one.act, one.actor, one.upon) for one in acts(session, SOURCE)] == [
            ("pull", "Steward", draft.release),
            ("publish", "Reviewer", draft.release),
        ]
    assert prepare(deployment).loaded == 0  # the next start has nothing to do with it
    assert shown(deployment) == {"2014": 21.0, "2015": 20.5}


def test_the_release_says_from_where_when_in_which_bytes_and_on_what_terms(deployment, pull):
    draft = pull(FIRST).draft
    raw = FIRST(None).content
    sha256 = hashlib.sha256(raw).hexdigest()
    engine = engine_on(deployment.database_url)
    with engine.connect() as connection:
        (line,) = connection.execute(sa.text("SELECT * FROM fetched_answer")).mappings()
        release = connection.scalar(sa.text(f"SELECT file_sha256 FROM release WHERE code = '{draft.release}'"))
    assert release == line["sha256"] == sha256
    assert (line["series"], line["service"], line["licence"]) == ("NMR", "world_bank", "CC BY 4.0")
    assert line["address"].startswith("https://api.worldbank.org/v2/country/KEN/indicator/SH.DYN.NMRT?format=json")
    assert line["licence_address"] == "https://datacatalog.worldbank.org/public-licenses"
    assert str(line["accessed_at"])[:19] == "2026-11-23 12:00:00"
    kept = deployment.own_folder / "pulled" / SOURCE / f"NMR-{sha256}.raw"
    assert kept.read_bytes() == raw
    assert json.loads(kept.with_suffix(".json").read_bytes())["left_out"] == {"no value": 1}
    with reading(engine) as session:
        (line,) = history(session, SOURCE)
        (answer,) = fetched(session, draft.release)
    assert (answer.series, answer.sha256, answer.accessed_at) == ("NMR", sha256, NOW.replace(tzinfo=None))
    assert (line.step, line.file, line.imported_by) == ("draft", "world_bank KEN NMR", "Steward")


def test_the_same_answer_twice_changes_nothing_and_the_same_figures_in_other_bytes_neither(deployment, pull):
    engine = engine_on(deployment.database_url)
    code = pull(FIRST).draft.release
    before = every_row(engine)
    again = pull(FIRST).draft
    assert (again.release, again.kept, again.step) == (code, False, "draft")
    with writing(engine) as session:
        publish(session, code, REVIEWER)
    published = every_row(engine)
    other_day = bank(bank_record(21.0, "2014"), bank_record(20.5, "2015"), updated="2026-02-02")
    for answer in (FIRST, other_day):
        outcome = pull(answer)
        assert (outcome.draft, outcome.dry.same, outcome.refused) == (None, 2, False)
    assert every_row(engine) == published != before


def test_a_later_answer_is_a_revision_with_the_old_value_behind_it(deployment, pull):
    engine = engine_on(deployment.database_url)
    for answer in (FIRST, LATER):
        code = pull(answer).draft.release
        with writing(engine) as session:
            loaded = publish(session, code, REVIEWER).loaded
    assert (loaded.new, loaded.revised, loaded.same, loaded.gone) == (1, 1, 1, 0)
    assert shown(deployment) == {"2014": 21.0, "2015": 19.0, "2016": 18.0}


def test_a_value_that_cannot_be_is_refused_and_what_lies_ahead_is_left_out(deployment, pull):
    before = every_row(engine_on(deployment.database_url))
    outcome = pull(bank(bank_record(1021.0, "2015"), bank_record(20.0, "2027")))
    assert outcome.refused
    assert outcome.draft is None
    assert [(one.kind, one.sheet) for one in outcome.findings if one.kind == "refused"] != []
    assert any("of a year to come" in one.what for one in outcome.findings)
    assert every_row(engine_on(deployment.database_url)) == before


def test_whoever_may_not_pull_for_a_country_keeps_nothing(deployment, pull):
    before = every_row(engine_on(deployment.database_url))
    with pytest.raises(NotAllowed, match="may not pull for KEN"):
        pull(FIRST, by=REVIEWER)
    assert every_row(engine_on(deployment.database_url)) == before


def test_a_series_that_is_nowhere_defined_comes_with_its_draft_and_not_with_a_dry_run(deployment, web, store):
    engine = engine_on(deployment.database_url)
    answer = {"value": [gho_record(55.0, IndicatorCode="UHC_INDEX_REPORTED", Dim1Type=None, Dim1=None)]}
    service = WhoGho(web(lambda request: httpx.Response(200, json=answer)))
    pulled = [service.pull("KEN", "UHC_INDEX", store=store)]
    before = every_row(engine)
    assert len(take_in(pulled, service, settings=deployment, by=STEWARD, dry=True).dry.added) == 1
    assert every_row(engine) == before
    assert take_in(pulled, service, settings=deployment, by=STEWARD).draft.rows == 1
    with reading(engine) as session:
        assert read_catalogue(session).series["UHC_INDEX"].unit == "SCORE"


def test_the_command_says_what_it_did_and_a_failure_leaves_everything(
    own_file: Path, web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{own_file}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("VOICES_COUNT_FOLDER", str(tmp_path / "own"))
    stores = [PageStore(tmp_path / f"pages{n}", now=lambda: NOW) for n in range(4)]

    def said(answer, store: PageStore, *words: str, code: int = 0) -> str:
        assert main(["world_bank", "KEN", "NMR", *words], web(answer), store) == code
        out, err = capsys.readouterr()
        return err if code else out

    out = said(FIRST, stores[0], "--dry-run")
    assert "Would be: 2 added, 0 changed, 0 same, 0 gone; 0 withheld, 0 left out by consent." in out
    assert f"{SOURCE}-1 is a draft: 2 figures, 0 withheld." in said(FIRST, stores[0])
    assert f"this file stands already as {SOURCE}-1 (draft)" in said(FIRST, stores[0])
    before = every_row(engine_on(url))

    def cut(request: httpx.Request) -> httpx.Response:
        raise httpx.RemoteProtocolError("peer closed connection", request=request)

    html = lambda request: httpx.Response(200, content=b"<html>maintenance</html>")  # noqa: E731
    changed = lambda request: httpx.Response(200, json={"results": []})  # noqa: E731
    assert "cannot be reached (RemoteProtocolError)" in said(cut, stores[1], code=1)
    assert "no JSON, it begins with '<html>maintenance</html>'" in said(html, stores[2], code=1)
    assert "it is no list of a head and records" in said(changed, stores[3], code=1)
    assert every_row(engine_on(url)) == before
    assert main(["world_bank", "MWI", "NMR"], web(bank(bank_record(1, countryiso3code="MWI"))), stores[1]) == 1
    assert "add it first: python3 manage.py country add MWI" in capsys.readouterr().err
    assert main(["--list"], web(FIRST), stores[0]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert "  NMR SH.DYN.NMRT" in listed
    assert [line.split()[1] for line in listed if "not verified:" in line] == ["MDG_0000000003"]
