"""From a dry run to a tombstone: what readers see at each step, on SQLite and on PostgreSQL."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import sqlalchemy as sa

from data_access.database import change_count, reading, writing
from data_access.importing.findings import Finding
from data_access.people.current import CurrentUser, Held, NotAllowed
from data_access.prepare import prepare
from data_access.queries.catalogue import read_catalogue
from data_access.releases.consents import record_consent
from data_access.releases.drafts import discard, save_draft
from data_access.releases.exporting import export_csv
from data_access.releases.history import acts, history, versions
from data_access.releases.incoming import Consent
from data_access.releases.problems import (
    ConsentForbids,
    FactsDiffer,
    NotADraft,
    NotTheNewest,
    ReasonNeeded,
    Refused,
    SecondPersonNeeded,
    Stale,
    Unknown,
    Withdrawn,
)
from data_access.releases.publication import publish
from data_access.releases.settling import Loaded
from data_access.releases.trying import dry_run
from data_access.releases.weighing import Worth
from data_access.releases.withdrawal import Gone, tombstones, withdraw
from tests.conftest import count, settings_for
from tests.data_access.releases.partner import (
    CODE,
    GROUPS,
    REVIEWER,
    SERIES,
    SOURCE,
    STEWARD,
    draft,
    engine_on,
    every_row,
    incoming,
    published,
    row,
    rows,
    shown,
)

FIRST, SECOND = incoming(rows(50.0, 40.0, 60.0)), incoming(rows(50.0, 45.0))


def test_a_dry_run_tells_everything_and_writes_nothing(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, FIRST)
    before = every_row(engine)
    small = incoming((*rows(50.0, 45.0), row(37.5, "SEX=F", n=8, yes=3, row=5)))
    with reading(engine) as session:
        tried = dry_run(session, small, STEWARD)
        unknowing = dry_run(session, small, CurrentUser("Admin", (Held("administrator"),)))
    assert every_row(engine) == before
    place = ("KEN", SERIES, GROUPS[1], "2025")
    change = tried.changed[0]
    assert (change.place, change.row) == (place, 3)
    assert change.old == Worth(40.0, None, None, None, 200, None, "A", "")
    assert change.new == Worth(45.0, None, None, None, 200, None, "A", "")
    assert (len(tried.added), len(tried.changed), tried.same, len(tried.gone)) == (1, 1, 1, 1)
    assert tried.added[0].new is not None
    assert (tried.added[0].new.value, tried.added[0].new.n, tried.added[0].new.status) == (None, None, "Q")
    assert [(one.place[2], one.true.value, one.kind) for one in tried.hidden] == [("SEX=F", 37.5, "primary")]
    assert (unknowing.suppressed, unknowing.hidden) == (1, ())


def test_every_row_that_cannot_be_is_a_finding_and_nothing_is_kept(own_url: str) -> None:
    engine = engine_on(own_url)
    before = every_row(engine)
    bad = incoming(
        (
            row(101.0),
            row(1.0, row=3),
            row(1.0, "SEX=X", row=4),
            row(1.0, area="KEN-99", row=5),
            row(1.0, area="NPL", row=6),
            row(None, "SEX=M", row=7),
            row(5.0, "SEX=F", lower=6.0, upper=7.0, row=8),
            row(float("nan"), "URBANISATION=R", row=9),
            replace(row(1.0, row=10), series="NONE"),
            replace(row(1.0, row=11), time_period="soon"),
            row(1.0, "URBANISATION=U", n=-1, row=12),
        )
    )
    with reading(engine) as session:
        found = dry_run(session, bad, STEWARD).refused
    assert [(one.row, one.rule) for one in found] == [
        (2, "percentage"),
        (3, "duplicate"),
        (4, "group"),
        (5, "area"),
        (6, "country"),
        (7, "status"),
        (8, "interval"),
        (9, "finite"),
        (10, "series"),
        (11, "period"),
        (12, "n"),
    ]
    with pytest.raises(Refused, match=r"survey\.csv: 11 to mend and 0 questions") as refused:
        draft(engine, bad)
    assert refused.value.findings == found
    asked = Finding("question", "area", "survey.csv", "which?", "Answer.")
    with pytest.raises(Refused, match="0 to mend and 1 questions"):
        draft(engine, incoming(rows(1.0), findings=(asked,)))
    assert every_row(engine) == before


def test_a_draft_is_seen_by_nobody_and_the_same_file_is_kept_once(own_url: str) -> None:
    engine = engine_on(own_url)
    with reading(engine) as session:
        known = read_catalogue(session)
    first = draft(engine, FIRST)
    assert (first.release, first.kept, first.rows, first.suppressed) == (f"{CODE}-1", True, 3, 0)
    with reading(engine) as session:
        now = read_catalogue(session)
    assert (now.change, now.sources, now.releases, now.holdings) == (
        known.change,
        known.sources,
        known.releases,
        known.holdings,
    )
    assert shown(engine) == {}
    before = every_row(engine)
    again = draft(engine, FIRST)
    assert (again.release, again.kept, again.step) == (f"{CODE}-1", False, "draft")
    assert every_row(engine) == before
    assert draft(engine, replace(FIRST, mapping="version: 1 # read otherwise")).release == f"{CODE}-2"


def test_small_figures_are_withheld_before_anything_is_stored_and_stay_so(own_url: str) -> None:
    engine = engine_on(own_url)
    small = incoming((*rows(50.0), row(37.5, "SEX=F", n=8, yes=3, row=5)))
    done = draft(engine, small)
    assert done.suppressed == 1
    with engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT value, n, status FROM staged_observation ORDER BY row")).all()
        assert kept == [(50.0, 200, "A"), (None, None, "Q")]
        truth = "SELECT value, n FROM protected_value p JOIN release r ON r.id = p.release_id WHERE r.code = :code"
        assert connection.execute(sa.text(truth), {"code": done.release}).all() == [(37.5, 8)]
    with writing(engine) as session:
        publish(session, done.release, REVIEWER)
    assert shown(engine) == {"": 50.0, "SEX=F": None}
    with writing(engine) as session:
        withdraw(session, CODE, REVIEWER, "consent revoked")
    with engine.connect() as connection:
        assert connection.execute(sa.text(truth), {"code": done.release}).all() == []


def test_one_or_two_who_said_yes_are_withheld_though_the_share_is_weighted(own_url: str) -> None:
    engine = engine_on(own_url)
    assert draft(engine, incoming((row(3.33),))).suppressed == 0
    assert draft(engine, incoming((row(3.33, yes=2),))).suppressed == 1


def test_publishing_revising_and_the_history_of_a_figure(own_url: str) -> None:
    engine = engine_on(own_url)
    with reading(engine) as session:
        before = change_count(session)
    assert published(engine, FIRST).loaded == Loaded(new=3, revised=0, same=0, gone=0)
    assert shown(engine) == {"": 50.0, GROUPS[1]: 40.0, GROUPS[2]: 60.0}
    assert published(engine, SECOND).loaded == Loaded(new=0, revised=1, same=1, gone=1)
    assert shown(engine) == {"": 50.0, GROUPS[1]: 45.0}
    assert count(engine, "staged_observation") == 0
    with reading(engine) as session:
        assert change_count(session) == before + 2
        found = versions(session, CODE, ("KEN", SERIES, GROUPS[1], "2025"))
        assert [(v.value, v.release, v.superseded_by) for v in found] == [
            (45.0, f"{CODE}-2", ""),
            (40.0, f"{CODE}-1", f"{CODE}-2"),
        ]
        assert [(line.step, line.imported_by, line.published_by) for line in history(session, CODE)] == [
            ("published", "Steward", "Reviewer")
        ] * 2
        done = acts(session, CODE)
    assert [(one.actor, one.role, one.act, one.upon) for one in done] == [
        ("Steward", "steward", "import", f"{CODE}-1"),
        ("Reviewer", "reviewer", "publish", f"{CODE}-1"),
        ("Steward", "steward", "import", f"{CODE}-2"),
        ("Reviewer", "reviewer", "revise", f"{CODE}-2"),
    ]
    assert done[3].particulars == {"new": 0, "revised": 1, "same": 1, "gone": 1, "unreviewed": False}
    with engine.connect() as connection:
        held = "SELECT sum(n) FROM coverage c JOIN source s ON s.id = c.source_id WHERE s.code = :code"
        assert connection.scalar(sa.text(held), {"code": CODE}) == 2
    assert draft(engine, SECOND).step == "published"
    assert published(engine, FIRST).loaded == Loaded(new=1, revised=1, same=1, gone=0)  # an earlier file may come back


def test_nobody_publishes_what_they_imported_unless_it_is_allowed_and_said(own_url: str) -> None:
    engine = engine_on(own_url)
    code = draft(engine, FIRST).release
    renamed = CurrentUser("Another name", STEWARD.roles, user_id=None)
    before = every_row(engine)
    with pytest.raises(SecondPersonNeeded, match="was imported by Steward"), writing(engine) as session:
        publish(session, code, STEWARD)
    assert every_row(engine) == before
    with writing(engine) as session:
        assert publish(session, code, STEWARD, own_allowed=True).unreviewed
    with reading(engine) as session:
        assert [line.unreviewed for line in history(session, CODE)] == [True]
    with pytest.raises(NotADraft), writing(engine) as session:
        publish(session, code, renamed)


def test_every_act_takes_its_role_there(own_url: str) -> None:
    engine = engine_on(own_url)
    code = draft(engine, FIRST).release
    before = every_row(engine)
    strangers = (
        CurrentUser("Reader", (Held("reader"), Held("member"), Held("counterpart"))),
        CurrentUser("Elsewhere", (Held("steward", "NPL"), Held("reviewer", "NPL"), Held("administrator", "NPL"))),
        CurrentUser("Other", (Held("steward", "KEN", "Other"),)),
    )
    for stranger in strangers:
        for act in (
            lambda s, by: dry_run(s, FIRST, by),
            lambda s, by: save_draft(s, SECOND, by),
            lambda s, by: publish(s, code, by, own_allowed=True),
            lambda s, by: withdraw(s, CODE, by, "why"),
            lambda s, by: discard(s, code, by),
            lambda s, by: record_consent(s, CODE, Consent("Partner", "private"), by),
        ):
            with pytest.raises(NotAllowed, match=f"{stranger.name} may not"), writing(engine) as session:
                act(session, stranger)
    assert every_row(engine) == before


def test_a_steward_cannot_take_over_another_organisations_source(own_url: str) -> None:
    engine = engine_on(own_url)
    draft(engine, FIRST)
    thief = CurrentUser("Thief", (Held("steward", "KEN", "Thieves"),))
    with pytest.raises(NotAllowed), writing(engine) as session:
        save_draft(session, replace(SECOND, source=replace(SOURCE, publisher="Thieves")), thief)


def test_a_draft_made_before_another_was_published_must_be_made_anew(own_url: str) -> None:
    engine = engine_on(own_url)
    stale, other = draft(engine, FIRST).release, draft(engine, SECOND).release
    with writing(engine) as session:
        publish(session, other, REVIEWER)
    with pytest.raises(Stale, match="Import the file again"), writing(engine) as session:
        publish(session, stale, REVIEWER)
    assert shown(engine) == {"": 50.0, GROUPS[1]: 45.0}
    assert draft(engine, FIRST).release == f"{CODE}-3"


def test_a_draft_changes_no_fact_of_what_is_published_until_it_is(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, FIRST)
    renamed = replace(SECOND, source=replace(SECOND.source, title="Renamed"))
    code = draft(engine, renamed).release
    with reading(engine) as session:
        assert read_catalogue(session).sources[CODE].title == "A partner's survey"
    with writing(engine) as session:
        publish(session, code, REVIEWER)
    with reading(engine) as session:
        assert read_catalogue(session).sources[CODE].title == "Renamed"
    invented = replace(FIRST, source=replace(FIRST.source, illustrative=True))
    with pytest.raises(FactsDiffer):
        draft(engine, invented)


def test_a_discarded_draft_leaves_a_line_and_may_come_again(own_url: str) -> None:
    engine = engine_on(own_url)
    code = draft(engine, FIRST).release
    with writing(engine) as session:
        assert discard(session, code, STEWARD) == 3
    assert count(engine, "staged_observation") == 0
    with pytest.raises(NotADraft), writing(engine) as session:
        publish(session, code, REVIEWER)
    again = draft(engine, FIRST)
    assert (again.release, again.kept) == (code, True)
    with writing(engine) as session:
        assert publish(session, code, REVIEWER).loaded.new == 3


def test_a_withdrawn_source_is_gone_everywhere_and_a_tombstone_stays(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, FIRST)
    published(engine, SECOND)
    waiting = draft(engine, incoming(rows(1.0))).release
    with reading(engine) as session:
        before = change_count(session)
        stale = read_catalogue(session)
    with pytest.raises(ReasonNeeded), writing(engine) as session:
        withdraw(session, CODE, REVIEWER, "  ")
    with writing(engine) as session:
        assert withdraw(session, CODE, REVIEWER, "consent revoked") == Gone(CODE, 4)
    with reading(engine) as session:
        assert change_count(session) == before + 1
        assert CODE not in read_catalogue(session).sources
        assert versions(session, CODE, ("KEN", SERIES, "", "2025")) == []
        with pytest.raises(Unknown):
            export_csv(session, CODE, io.StringIO())
        assert [(t.source, t.title, t.release, t.why) for t in tombstones(session)] == [
            (CODE, "A partner's survey", f"{CODE}-{n}", "consent revoked") for n in (3, 2, 1)
        ]
    with engine.connect() as connection:
        for table in ("observation", "coverage", "staged_observation", "protected_value"):
            left = f"SELECT count(*) FROM {table} t JOIN source s ON s.id = t.source_id WHERE s.code = :code"
            assert connection.scalar(sa.text(left), {"code": CODE}) == 0
        kept = sa.text("SELECT mapping, answers, source_facts, consent FROM release_step")
        assert {tuple(map(str, line)) for line in connection.execute(kept)} == {("", "{}", "{}", "{}")}
    assert CODE in stale.sources  # a page may still hold the catalogue of a moment ago: the rows are gone all the same
    for again in (lambda s: save_draft(s, FIRST, STEWARD), lambda s: publish(s, waiting, REVIEWER)):
        with pytest.raises(Withdrawn), writing(engine) as session:
            again(session)


def test_behind_a_withdrawn_release_the_earlier_one_is_current_again(own_url: str) -> None:
    engine = engine_on(own_url)
    first, second = published(engine, FIRST), published(engine, SECOND)
    with pytest.raises(NotTheNewest), writing(engine) as session:
        withdraw(session, first.release, REVIEWER, "wrong round")
    with writing(engine) as session:
        assert withdraw(session, second.release, REVIEWER, "wrong round") == Gone(second.release, 1)
    assert shown(engine) == {"": 50.0, GROUPS[1]: 40.0, GROUPS[2]: 60.0}
    with pytest.raises(Withdrawn):
        draft(engine, SECOND)
    with writing(engine) as session:
        withdraw(session, first.release, REVIEWER, "and that one")
    assert shown(engine) == {}
    with reading(engine) as session:
        assert CODE not in read_catalogue(session).sources


def test_what_shipped_with_the_product_can_be_withdrawn_and_does_not_come_back(own_url: str) -> None:
    engine = engine_on(own_url)
    everywhere = CurrentUser("Admin", (Held("administrator"),))
    with writing(engine) as session:
        assert withdraw(session, "KEN_KMDHS_2025_26", everywhere, "asked to").rows > 100
        session.execute(sa.text("UPDATE shipped_state SET fingerprint = 'older'"))
    prepare(settings_for(own_url))
    with reading(engine) as session:
        assert "KEN_KMDHS_2025_26" not in read_catalogue(session).sources
    assert count(engine, "observation WHERE source_id IN (SELECT id FROM source WHERE state = 'withdrawn')") == 0


def test_what_a_partner_published_over_a_shipped_source_stays_when_the_product_fills_again(own_url: str) -> None:
    engine = engine_on(own_url)
    steward = CurrentUser("Steward", (Held("steward"),))
    with reading(engine) as session:
        facts = read_catalogue(session).sources["KEN_KMDHS_2025_26"]
    source = replace(SOURCE, code=facts.code, origin="official", publisher=facts.publisher, collection=facts.collection)
    mine = incoming(rows(50.0), source=source, consent=None)
    with writing(engine) as session:
        publish(session, save_draft(session, mine, steward).release, REVIEWER)
        session.execute(sa.text("UPDATE shipped_state SET fingerprint = 'older'"))
    prepare(settings_for(own_url))
    held = "observation WHERE revision = 0 AND source_id = (SELECT id FROM source WHERE code = 'KEN_KMDHS_2025_26')"
    assert count(engine, held) == 366  # the partner's figure beside the 365 of other periods and series


def test_next_years_file_leaves_last_years_figures_alone(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, incoming(rows(50.0, 60.0)))
    later = tuple(replace(one, time_period="2026", value=(one.value or 0) + 1) for one in rows(50.0, 60.0))
    with reading(engine) as session:
        tried = dry_run(session, incoming(later), STEWARD)
    assert (len(tried.added), tried.changed, tried.gone) == (2, (), ())
    assert published(engine, incoming(later)).loaded == Loaded(new=2, revised=0, same=0, gone=0)
    assert published(engine, incoming(later[:1])).loaded == Loaded(new=0, revised=0, same=1, gone=0)  # nor by group
    ours = f"source_id = (SELECT id FROM source WHERE code = '{CODE}')"
    held = f"SELECT time_period, value FROM observation WHERE revision = 0 AND {ours}"
    with engine.connect() as connection:
        assert sorted(tuple(row) for row in connection.execute(sa.text(held))) == [
            ("2025", 50.0),
            ("2025", 60.0),
            ("2026", 51.0),
            ("2026", 61.0),
        ]


def test_consent_decides_what_is_public(own_url: str) -> None:
    engine = engine_on(own_url)
    with reading(engine) as session:
        site = next(a.code for a in read_catalogue(session).areas.values() if a.country == "KEN" and a.kind == "place")
    with_site = (*rows(50.0), row(70.0, area=site, row=9))
    unknown = draft(engine, incoming(with_site, consent=None)).release
    with pytest.raises(ConsentForbids, match="not recorded"), writing(engine) as session:
        publish(session, unknown, REVIEWER)
    private = draft(engine, incoming(with_site, "private", consent=Consent("Partner", "private"))).release
    with pytest.raises(ConsentForbids, match="private"), writing(engine) as session:
        publish(session, private, REVIEWER)
    aggregate = draft(engine, incoming(with_site, "aggregate", consent=Consent("Partner", "aggregate_only")))
    assert (aggregate.rows, aggregate.left_out) == (1, 1)
    with writing(engine) as session:
        record_consent(session, CODE, Consent("Partner", "public"), STEWARD)
        publish(session, unknown, REVIEWER)
    assert shown(engine) == {"": 50.0, site: 70.0} or set(shown(engine).values()) == {50.0, 70.0}
    with writing(engine) as session:
        assert record_consent(session, CODE, Consent("Partner", "aggregate_only"), STEWARD) == 1
    assert shown(engine) == {"": 50.0}
    with writing(engine) as session:
        record_consent(session, CODE, Consent("Partner", "private"), STEWARD)
    assert shown(engine) == {}
    with reading(engine) as session:
        assert CODE not in read_catalogue(session).sources
    with writing(engine) as session:
        record_consent(session, CODE, Consent("Partner", "public", revoked_on="2026-01-01"), STEWARD, "revoked")
    with reading(engine) as session:
        assert tombstones(session)[0].why == "revoked"


def test_an_export_has_what_readers_see_with_its_licence_and_runs_nothing(own_url: str) -> None:
    engine = engine_on(own_url)
    small = (*rows(50.0, note="=1+1"), row(37.5, "SEX=F", n=8, yes=3, row=5))
    published(engine, incoming(small))
    out = io.StringIO()
    with reading(engine) as session:
        assert export_csv(session, CODE, out).rows == 2
        series = io.StringIO()
        export_csv(session, SERIES, series)
    lines = out.getvalue().splitlines()
    assert lines[1] == (
        ",KEN,Kenya,FACILITY_BIRTH,PT,,2025,50.0,,,,200,,A,'=1+1,KEN_PARTNER,A partner's survey,Partner,community,"
        "CC-BY-4.0,KEN_PARTNER-1,2"
    )
    assert "37.5" not in out.getvalue()
    assert lines[1] in series.getvalue().splitlines()
    assert any(line.startswith('"invented, for illustration only",KEN') for line in series.getvalue().splitlines())


def test_of_a_figure_that_is_withheld_now_nothing_earlier_is_told(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, incoming((row(50.0),)))
    place = ("KEN", SERIES, "", "2025")
    with reading(engine) as session:
        assert [one.value for one in versions(session, CODE, place)] == [50.0]
    published(engine, incoming((row(None, status="Q", n=None),)))
    with reading(engine) as session:
        told = [(one.value, one.n, one.status) for one in versions(session, CODE, place)]
    assert told == [(None, None, "Q"), (None, None, "Q")]
