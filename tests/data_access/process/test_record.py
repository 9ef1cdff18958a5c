"""The living record: entries made, changed, withdrawn and imported, with who may, what is kept and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.database import change_count, reading, writing
from data_access.dialects import make_engine
from data_access.importing.catalogue import table_of
from data_access.importing.workbook import Sheet, Workbook
from data_access.models import Commitment, CommitmentArea, CommitmentGroup, PublicBody, TaskForce, Voice
from data_access.models.recorded import EntryRevision
from data_access.people.audit import acts_upon
from data_access.people.current import CurrentUser, Held
from data_access.process.drafts import publish_entries, save_entry_draft, try_entries
from data_access.process.kinds import KINDS
from data_access.process.shipped import remove_illustrative_entries
from data_access.process.templates import dictionary, template_csv
from data_access.process.writing import EntryRefused, NotYours, record_entry, withdraw_entry
from data_access.releases.problems import NotADraft, Refused, SecondPersonNeeded

STEWARD = CurrentUser("Steward of Nepal", (Held("steward", "NPL"),))
REVIEWER = CurrentUser("Reviewer of Nepal", (Held("steward", "NPL"), Held("reviewer", "NPL")))
MEMBER = CurrentUser("Member", (Held("member", "NPL", "Example union"),))
BODY = {
    "code": "T-BODY",
    "country": "NPL",
    "kind": "ministry",
    "name": "Example ministry of testing",
    "illustrative": "yes",
}
COMMITMENT = {
    "code": "T-C1",
    "country": "NPL",
    "body": "T-BODY",
    "wording": "Count people with disabilities in every survey",
    "groups": "DISABILITY_STATUS=PD; SEX=F",
    "areas": "NP-P1; NP-P2",
    "illustrative": "yes",
}
VOICE = {
    "code": "T-V1",
    "country": "NPL",
    "kind": "need",
    "statement": "The health post has no ramp",
    "community": "wheelchair users",
    "consented_on": "2025-02-01",
    "consent_form": "spoken",
    "consent_scope": "everywhere",
    "illustrative": "yes",
}


@pytest.fixture
def engine(own_file: Path) -> Engine:
    return make_engine(f"sqlite:///{own_file}")


def write(engine: Engine, kind: str, cells: Mapping[str, str], by: CurrentUser = STEWARD) -> str:
    with writing(engine) as session:
        return record_entry(session, kind, cells, by)


def problems(engine: Engine, kind: str, cells: Mapping[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        write(engine, kind, cells)
    return [(problem.heading, problem.what) for problem in refused.value.problems]


def areas_of_nepal(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        asked = "SELECT code FROM area WHERE kind = 'admin1' AND code LIKE 'NP%' ORDER BY code LIMIT 2"
        return [code for (code,) in connection.execute(sa.text(asked))]


def test_an_entry_is_kept_with_its_lists_its_history_and_its_act(engine: Engine) -> None:
    first, second = areas_of_nepal(engine)
    write(engine, "public_body", BODY)
    with reading(engine) as session:
        before = change_count(session)
    assert write(engine, "commitment", COMMITMENT | {"areas": f"{first}; {second}"}) == "T-C1"
    write(engine, "commitment", {"code": "T-C1", "wording": "Count everybody", "groups": "SEX=F"})
    with reading(engine) as session:
        assert change_count(session) == before + 2
        commitment, groups, areas = table_of(Commitment), table_of(CommitmentGroup), table_of(CommitmentArea)
        kept = session.execute(sa.select(commitment).where(commitment.c.code == "T-C1")).one()
        assert (kept.wording, kept.illustrative, kept.standing) == ("Count everybody", True, "stands")
        asked = sa.select(groups.c.group_key).where(groups.c.commitment_id == kept.id)
        assert list(session.scalars(asked)) == ["SEX=F"]
        assert len(session.execute(sa.select(areas).where(areas.c.commitment_id == kept.id)).all()) == 2
        revision = table_of(EntryRevision)
        history = session.execute(
            sa.select(revision.c.number, revision.c.act, revision.c.actor, revision.c.content)
            .where(revision.c.code == "T-C1")
            .order_by(revision.c.number)
        ).all()
        assert [(r.number, r.act, r.actor, r.content["wording"]) for r in history] == [
            (1, "record", "Steward of Nepal", "Count people with disabilities in every survey"),
            (2, "record", "Steward of Nepal", "Count everybody"),
        ]
        assert [(a.act, a.actor, a.role, dict(a.particulars)) for a in acts_upon(session, "commitment T-C1")] == [
            ("record", "Steward of Nepal", "steward", {"new": True}),
            ("record", "Steward of Nepal", "steward", {"new": False}),
        ]


def test_the_same_entry_again_changes_nothing(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    write(engine, "public_body", BODY)
    with reading(engine) as session:
        assert len(acts_upon(session, "public_body T-BODY")) == 1


def test_a_code_is_made_where_none_is_given(engine: Engine) -> None:
    cells = {key: value for key, value in BODY.items() if key != "code"}
    assert write(engine, "public_body", cells | {"name": "Example a"}).startswith("NPL-PB-")


def test_every_wrong_cell_is_named_at_once(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    assert problems(
        engine,
        "commitment",
        {
            "country": "KEN",
            "body": "T-BODY",
            "wording": "Call +977 9841 234567",
            "group": "SEX=X",
            "deadline": "2025-13-01",
            "goal_value": "many",
            "minister": "somebody",
        },
    ) == [
        ("minister", "is no column of commitment."),
        ("deadline", "is no date."),
        ("group", "names SEX=X, which is no group here."),
        ("goal_value", "is no number."),
        ("wording", "holds an e-mail address, a phone or identity number, or the coordinates of a place."),
        ("stated_in", "is empty."),
        ("body", "is invented, and this entry is not."),
        ("body", "belongs to NPL."),
    ]


@pytest.mark.parametrize(
    ("kind", "cells", "expected"),
    [
        ("dialogue", {"time_zone": "Asia/Nowhere"}, ("time_zone", "is no time zone.")),
        ("dialogue", {"starts": "5 March"}, ("starts", "is no day or time.")),
        ("voice", {"consented_on": ""}, ("consented_on", "is empty.")),
        ("public_body", {"name": "Ministry of Health"}, ("name", "is an invented body under a name of its own.")),
        ("public_body", {"kind": "palace"}, ("kind", "is not one of the choices.")),
        ("public_body", {"code": "t body"}, ("code", "is no code.")),
    ],
)
def test_rules_of_single_cells(engine: Engine, kind: str, cells: dict[str, str], expected: tuple[str, str]) -> None:
    good = {
        "dialogue": {
            "code": "T-D",
            "country": "NPL",
            "title": "Example",
            "level": "national",
            "starts": "2025-03-05T10:00",
            "time_zone": "Asia/Kathmandu",
            "illustrative": "yes",
        },
        "voice": VOICE,
        "public_body": BODY,
    }[kind]
    assert problems(engine, kind, good | cells) == [expected]


def test_nothing_invented_is_said_of_a_real_source(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    event = {"source": "NPL_CBS_SDG", "body": "T-BODY", "event": "shared", "happened_on": "2025", "illustrative": "yes"}
    assert problems(engine, "recognition_event", event) == [("source", "is real, and this entry is invented.")]


def test_who_may_write_what_and_where(engine: Engine) -> None:
    with pytest.raises(NotYours, match="Member may not write public_body entries for NPL: that takes the role of a"):
        write(engine, "public_body", BODY, MEMBER)
    with pytest.raises(NotYours, match="for KEN"):
        write(engine, "public_body", BODY | {"country": "KEN"}, STEWARD)
    entry = {"country": "NPL", "organisation": "Example union", "what": "survey", "illustrative": "yes"}
    assert write(engine, "stock_take_entry", entry, MEMBER).startswith("NPL-STE-")
    with pytest.raises(NotYours):
        write(engine, "stock_take_entry", entry | {"organisation": "Example rival"}, MEMBER)


def test_a_withdrawn_voice_leaves_no_word_behind(engine: Engine) -> None:
    write(engine, "voice", VOICE)
    write(engine, "voice", {"code": "T-V1", "statement": "The health post has no ramp and no rail"})
    with writing(engine) as session:
        withdraw_entry(session, "voice", "T-V1", "consent was taken back", STEWARD)
    with reading(engine) as session:
        voice = table_of(Voice)
        kept = session.execute(sa.select(voice).where(voice.c.code == "T-V1")).one()
        assert (kept.standing, kept.why_withdrawn, kept.statement, kept.community) == (
            "withdrawn",
            "consent was taken back",
            "",
            "",
        )
        revision = table_of(EntryRevision)
        contents = list(session.scalars(sa.select(revision.c.content).where(revision.c.code == "T-V1")))
        assert len(contents) == 3
        assert {content["statement"] + content["community"] for content in contents} == {""}
    assert problems(engine, "voice", VOICE) == [("code", "was withdrawn and does not come back.")]


def workbook(*rows: tuple[str, ...], kind: str = "public_body") -> Workbook:
    header = ("Code", "Country", "Kind", "Name", "Illustrative")
    return Workbook("bodies.xlsx", "xlsx", "ab" * 32, (Sheet(kind, (("Bodies of Nepal",) + ("",) * 4, header, *rows)),))


FIRST = ("T-B1", "NPL", "ministry", "Example one", "yes")


def test_a_file_is_tried_kept_and_published_by_another(engine: Engine) -> None:
    write(engine, "public_body", dict(zip(("code", "country", "kind", "name", "illustrative"), FIRST, strict=True)))
    file = workbook((*FIRST[:3], "Example one renamed", "yes"), ("T-B2", "NPL", "ministry", "Example two", "yes"))
    with reading(engine) as session:
        tried = try_entries(session, file, STEWARD)
    assert [(c.code, c.new, dict(c.cells).get("name")) for c in tried.changes] == [
        ("T-B1", False, ("Example one", "Example one renamed")),
        ("T-B2", True, ("", "Example two")),
    ]
    assert (tried.added, tried.same, tried.findings) == (1, 0, ())
    with writing(engine) as session:
        code = save_entry_draft(session, file, STEWARD)
    with pytest.raises(SecondPersonNeeded), writing(engine) as session:
        publish_entries(session, code, STEWARD)
    with writing(engine) as session:
        assert publish_entries(session, code, REVIEWER) == 2
    with pytest.raises(NotADraft), writing(engine) as session:
        publish_entries(session, code, REVIEWER)
    with reading(engine) as session:
        bodies = table_of(PublicBody)
        assert set(session.scalars(sa.select(bodies.c.name).where(bodies.c.code.like("T-B%")))) == {
            "Example one renamed",
            "Example two",
        }


def test_a_file_with_one_bad_row_is_refused_whole(engine: Engine) -> None:
    file = workbook(FIRST, ("T-B2", "NPX", "palace", "Example two", "yes"), FIRST)
    with pytest.raises(Refused) as refused, writing(engine) as session:
        save_entry_draft(session, file, STEWARD)
    assert [(f.sheet, f.row, f.column, f.value, f.what) for f in refused.value.findings] == [
        ("public_body", 4, "country", "NPX", "public_body: is no country here."),
        ("public_body", 4, "kind", "palace", "public_body: is not one of the choices."),
        ("public_body", 5, "code", "T-B1", "public_body T-B1 stands in row 3 of public_body already."),
    ]


def test_switching_examples_off_takes_every_example_out(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    write(engine, "commitment", COMMITMENT | {"areas": ""})
    real = {"country": "NPL", "code": "T-TF", "name": "Coalition in Nepal", "stated_in": "a document"}
    write(engine, "task_force", real)
    with writing(engine) as session:
        remove_illustrative_entries(session)
    with reading(engine) as session:
        for model in (PublicBody, Commitment, CommitmentGroup):
            table = table_of(model)
            left = sa.select(sa.func.count()).select_from(table)
            assert session.scalar(left if "illustrative" not in table.c else left.where(table.c.illustrative)) == 0
        tasks = table_of(TaskForce)
        assert session.scalar(sa.select(tasks.c.name).where(tasks.c.code == "T-TF")) == "Coalition in Nepal"


def test_the_template_is_the_kind(engine: Engine) -> None:
    assert template_csv(KINDS["public_body"]) == "code,country,kind,name,name_local,illustrative,stated_in\n"
    assert list(dictionary([KINDS["public_body"]])) == [
        (
            "public_body",
            "code",
            "required",
            "a name of your own for the entry: capital letters, digits, - . _; the same code again changes the entry",
        ),
        ("public_body", "country", "required", "code of a country"),
        (
            "public_body",
            "kind",
            "required",
            "ministry | statistical_office | local_government | commission | parliament | other",
        ),
        ("public_body", "name", "required", "words"),
        ("public_body", "name_local", "", "words"),
        ("public_body", "illustrative", "", "yes for an invented example, else no or empty"),
        (
            "public_body",
            "stated_in",
            "",
            "the document it comes from, or who says so; only invented examples have none",
        ),
    ]
