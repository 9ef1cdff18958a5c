"""What goes wrong: cells of every kind that say anything, a kill in the middle, two at once, switches turned."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from data_access.database import engine_for, writing
from data_access.dialects import make_engine
from data_access.importing.catalogue import table_of
from data_access.importing.workbook import Sheet, Workbook
from data_access.people.current import CurrentUser, Held
from data_access.prepare import prepare
from data_access.process import drafts as drafts_module
from data_access.process.drafts import publish_entries, save_entry_draft
from data_access.process.kinds import KINDS
from data_access.process.writing import EntryRefused, record_entry
from data_access.releases.problems import NotADraft
from tests.conftest import ENGINES, imported_already, settings_for
from tests.data_access.process.test_record import BODY, STEWARD

ALL = CurrentUser("Everywhere", (Held("steward"), Held("reviewer")))
REVIEWER = CurrentUser("Reviewer", (Held("reviewer"),))
_WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "yes",
            "no",
            "NPL",
            "BGD-ILL-C1",
            "BGD-ILL-D1",
            "BGD_ILL_SURVEY",
            "SEX=F",
            "SEX=F|SEX=M",
            "2024-03-05",
            "2024",
            "2019-21",
            "5",
            "99999999999",
            "9" * 400,
            "nan",
            "inf",
            "1e999",
            "-1",
            "0",
            "\x00",
            "\ud800",
            "8.10",
            "NP-P1",
            "BGD-ILL-B1",
            "Asia/Dhaka",
            "x" * 300,
            "2024-03-05T10:00",
            "2024-13-41",
            "²",
            "१२",
            "en",
            ";;",
            "|",
        ]
    ),
)


@pytest.fixture(scope="module", params=ENGINES)
def one_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One database for all that is tried, each try undone."""
    if request.param == "postgresql":
        engine: Engine = request.getfixturevalue("filled_postgres")
        return engine
    file = tmp_path_factory.mktemp("fuzz") / "own.db"
    file.write_bytes(Path(request.getfixturevalue("filled_file")).read_bytes())
    return make_engine(f"sqlite:///{file}")


class _UndoneError(Exception):
    pass


@given(st.data())
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cells_that_say_anything_end_in_a_named_problem_or_an_entry(one_engine: Engine, data: st.DataObject) -> None:
    kind = KINDS[data.draw(st.sampled_from(list(KINDS)))]
    offered = {
        field.heading: st.sampled_from(field.choices) | _WORDS if field.choices else _WORDS for field in kind.fields
    }
    chosen = data.draw(st.sets(st.sampled_from(kind.headings)))
    cells = {heading: data.draw(offered.get(heading, _WORDS)) for heading in kind.headings if heading in chosen}
    cells |= {field.heading: data.draw(offered[field.heading]) for field in kind.fields if field.required}
    with pytest.raises(_UndoneError), writing(one_engine) as session:
        try:
            record_entry(session, kind.name, cells, ALL)
        except EntryRefused as refused:
            assert all(problem.what and problem.mend for problem in refused.problems)
        raise _UndoneError


GOOD = {
    "recognition_event": {"event": "rejected", "source": "BGD_ILL_SURVEY", "body": "T-B", "happened_on": "2025"},
    "dialogue_participants": {"dialogue": "T-D", "seat": "community", "number": "3", "women": "4"},
    "lesson": {"country": "BGD", "step": "6", "kind": "lesson", "what": "x"},
    "commitment": {"country": "BGD", "body": "T-B", "wording": "x", "baseline_period": "2019"},
    "commitment_response": {"commitment": "T-C", "body": "T-B", "response": "disputes", "responded_on": "2025"},
    "concern": {"source": "BGD_ILL_SURVEY", "kind": "question", "wording": "x", "raised_on": "2025", "state": "closed"},
}
BROKEN = {
    "recognition_event": ("reason", "is empty, though the source was rejected."),
    "dialogue_participants": ("women", "is more than all participants."),
    "lesson": ("step", "is none of the five steps."),
    "commitment": ("baseline_period", "stands without a baseline_value."),
    "commitment_response": ("wording", "is empty, though the commitment is disputed."),
    "concern": ("answer", "is empty, though the concern is no longer open."),
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_cells_must_say_together_is_told_before_it_is_broken(own_file: Path, kind: str) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    dialogue = {"title": "Example", "level": "national", "starts": "2025", "time_zone": "Asia/Dhaka"}
    with pytest.raises(EntryRefused) as refused, writing(engine) as session:
        for name, cells in {
            "public_body": {"code": "T-B", "country": "BGD", "kind": "ministry", "name": "Example b"},
            "dialogue": {"code": "T-D", "country": "BGD", **dialogue, "starts": "2025-01-01"},
            "commitment": {"code": "T-C", "country": "BGD", "body": "T-B", "wording": "x"},
        }.items():
            record_entry(session, name, cells | {"illustrative": "yes"}, ALL)
        record_entry(session, kind, GOOD[kind] | {"illustrative": "yes"}, ALL)
    assert [(one.heading, one.what) for one in refused.value.problems] == [BROKEN[kind]]


def bodies(count: int) -> Workbook:
    rows = [(f"T-{n}", "NPL", "ministry", f"Example {n}", "yes") for n in range(count)]
    sheets = (
        Sheet("public_body", (tuple(BODY), *rows)),
        Sheet(
            "commitment",
            (("code", "country", "body", "wording", "illustrative"), ("T-C", "NPL", "T-0", "Count", "yes")),
        ),
    )
    return Workbook("bodies.xlsx", "xlsx", "ab" * 32, sheets)


def written(engine: Engine) -> tuple[int, ...]:
    asked = (
        "SELECT count(*) FROM public_body WHERE code LIKE 'T-%'",
        "SELECT count(*) FROM commitment WHERE code = 'T-C'",
        "SELECT count(*) FROM entry_revision WHERE code LIKE 'T-%'",
        "SELECT count(*) FROM audit_entry WHERE upon LIKE 'public_body T-%'",
        "SELECT count(*) FROM entry_draft WHERE step = 'published'",
    )
    with engine.connect() as connection:
        return tuple(connection.scalar(sa.text(one)) or 0 for one in asked)


def publish_until_the_last_kind(url: str, code: str, reached: Event) -> None:
    """Publish, and stop where the bodies are written and the commitment is not."""
    engine, write = make_engine(url), drafts_module.write_many

    def pausing(session: object, kind: object, *rest: object, **more: object) -> int:
        if getattr(kind, "name", "") == "commitment":
            reached.set()
            signal.pause()
        return write(session, kind, *rest, **more)  # type: ignore[arg-type]

    drafts_module.write_many = pausing  # type: ignore[assignment]
    with writing(engine) as session:
        publish_entries(session, code, REVIEWER)


def test_a_kill_in_the_middle_of_a_publish_leaves_nothing_half(own_url: str) -> None:
    url = settings_for(own_url).database_url
    engine = engine_for(url)
    with writing(engine) as session:
        code = save_entry_draft(session, bodies(20), STEWARD)
    context = imported_already()
    reached = context.Event()
    child = context.Process(target=publish_until_the_last_kind, args=(url, code, reached))
    child.start()
    assert reached.wait(60)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(30)
    assert written(engine) == (0, 0, 0, 0, 0)
    with writing(engine) as session:
        assert publish_entries(session, code, REVIEWER) == 21
    assert written(engine) == (20, 1, 21, 20, 1)


def test_two_who_publish_at_once_publish_once(own_url: str) -> None:
    engine = engine_for(settings_for(own_url).database_url)
    with writing(engine) as session:
        code = save_entry_draft(session, bodies(50), STEWARD)
    came: list[object] = []

    def publish() -> None:
        try:
            with writing(engine) as session:
                came.append(publish_entries(session, code, REVIEWER))
        except NotADraft as problem:
            came.append(str(problem))

    both = [threading.Thread(target=publish) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert sorted(came, key=str) == sorted([51, f"{code} is published already."], key=str)
    assert written(engine) == (50, 1, 51, 50, 1)


def test_five_thousand_entries_in_seconds(own_file: Path) -> None:
    import time

    engine = make_engine(f"sqlite:///{own_file}")
    began = time.process_time()
    with writing(engine) as session:
        code = save_entry_draft(session, bodies(5000), STEWARD)
    with writing(engine) as session:
        publish_entries(session, code, REVIEWER)
    assert time.process_time() - began < 10


def test_examples_go_while_somebodys_entry_rests_on_them(own_url: str) -> None:
    engine = engine_for(settings_for(own_url).database_url)
    with engine.connect() as connection:
        series = connection.scalar(sa.text("SELECT code FROM series WHERE illustrative ORDER BY code LIMIT 1"))
    said = {"stated_in": "a document", "country": "BGD"}
    with writing(engine) as session:
        body = said | {"code": "T-B", "kind": "ministry", "name": "A ministry that nobody has"}
        record_entry(session, "public_body", body, ALL)
        figure = {"series": str(series), "baseline_value": "1", "baseline_period": "2019"}
        source = {"baseline_source": "BGD_ILL_SURVEY"}
        record_entry(
            session, "commitment", said | {"code": "T-C", "body": "T-B", "wording": "x"} | figure | source, ALL
        )
    off = settings_for(own_url, VOICES_COUNT_ILLUSTRATIVE="off")
    assert "BGD_ILL_SURVEY" in prepare(off).removed
    with engine.connect() as connection:
        for kind in KINDS.values():
            left = connection.scalar(sa.text(f"SELECT count(*) FROM {table_of(kind.model).name} WHERE illustrative"))
            assert left == 0, kind.name
        asked = "SELECT s.code, o.code FROM commitment c JOIN series s ON s.id = c.series_id"
        asked += " JOIN source o ON o.id = c.baseline_source_id WHERE c.code = 'T-C'"
        assert connection.execute(sa.text(asked)).all() == [(series, "BGD_ILL_SURVEY")]
    again = prepare(off)
    assert (again.loaded, again.removed) == (0, [])


def test_entries_of_a_source_that_is_left_out_go_with_it(own_url: str) -> None:
    engine = engine_for(settings_for(own_url).database_url)
    of = "JOIN source s ON s.id = e.{} WHERE s.code = 'BGD_ILL_SURVEY'"
    speak = (
        f"SELECT count(*) FROM recognition_event e {of.format('source_id')}",
        f"SELECT count(*) FROM commitment e {of.format('baseline_source_id')}",
    )
    with engine.connect() as connection:
        assert all(connection.scalar(sa.text(one)) for one in speak)
    prepare(settings_for(own_url, VOICES_COUNT_LEAVE_OUT="BGD_ILL_SURVEY"))
    with engine.connect() as connection:
        assert [connection.scalar(sa.text(one)) for one in speak] == [0, 0]
    prepare(settings_for(own_url))
    with engine.connect() as connection:
        assert all(connection.scalar(sa.text(one)) for one in speak)


def test_an_entry_changed_here_stays_as_it_was_left(own_file: Path) -> None:
    url = f"sqlite:///{own_file}"
    engine = make_engine(url)
    with writing(engine) as session:
        record_entry(session, "commitment", {"code": "BGD-ILL-C1", "wording": "As we have it"}, ALL)
    engine.dispose()
    prepare(settings_for(url, VOICES_COUNT_LEAVE_OUT="VNM_PAPI"))
    with make_engine(url).connect() as connection:
        asked = sa.text("SELECT wording FROM commitment WHERE code = 'BGD-ILL-C1'")
        assert connection.scalar(asked) == "As we have it"
