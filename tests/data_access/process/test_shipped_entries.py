"""The entries that ship: all of them load, real and invented stay apart, and the thread of the walk holds."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.dialects import make_engine
from data_access.importing.catalogue import table_of
from data_access.importing.shipped import ILLUSTRATIVE_FOLDER, SAMPLE_DATA
from data_access.models import commitments, dialogues, plans, recognition, stock_taking
from data_access.prepare import prepare
from data_access.process.kinds import KINDS
from data_access.process.shipped import FOLDER
from tests.conftest import settings_for

REAL = {
    "task_force": 6,
    "task_force_member": 65,
    "stock_take_entry": 14,
    "participation": 5,
    "milestone": 13,
    "lesson": 6,
}
INVENTED = {
    "stock_take_entry": 11,
    "voice": 21,
    "public_body": 21,
    "public_body_name": 2,
    "recognition_event": 30,
    "dialogue": 14,
    "dialogue_participants": 55,
    "agenda_item": 37,
    "demand": 20,
    "commitment": 26,
    "commitment_status": 65,
    "commitment_response": 9,
    "policy": 7,
    "participation": 20,
    "milestone": 9,
    "lesson": 6,
    "data_generation_plan": 10,
    "returned_finding": 7,
    "concern": 6,
    "official_reply": 7,
}
FOLDERS = {False: SAMPLE_DATA / FOLDER, True: SAMPLE_DATA / ILLUSTRATIVE_FOLDER / FOLDER}
EXAMPLE = {"en": "Example:", "bn": "উদাহরণ:", "hi": "उदाहरण:", "ne": "उदाहरण:", "sw": "Mfano:", "vi": "Ví dụ:"}
CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("stock_take_entry", "access"): stock_taking.ACCESS,
    ("stock_take_entry", "status"): stock_taking.WORK_STATUSES,
    ("voice", "kind"): stock_taking.VOICE_KINDS,
    ("voice", "consent_form"): stock_taking.CONSENT_FORMS,
    ("voice", "consent_scope"): stock_taking.CONSENT_SCOPES,
    ("public_body", "kind"): recognition.BODY_KINDS,
    ("recognition_event", "event"): recognition.RECOGNITIONS,
    ("dialogue", "level"): dialogues.LEVELS,
    ("dialogue_participants", "seat"): dialogues.SEATS,
    ("commitment", "deadline_calendar"): commitments.CALENDARS,
    ("commitment_status", "status"): commitments.STATUSES,
    ("commitment_response", "response"): commitments.RESPONSES,
    ("participation", "stage"): commitments.STAGES,
    ("participation", "level"): commitments.LADDER,
    ("lesson", "kind"): ("lesson", "good_practice"),
    ("data_generation_plan", "entry_point"): plans.ENTRY_POINTS,
    ("data_generation_plan", "cost_band"): plans.COST_BANDS,
    ("data_generation_plan", "state"): plans.PLAN_STATES,
    ("concern", "kind"): plans.CONCERNS,
    ("concern", "state"): plans.CONCERN_STATES,
}
REVISED = "KEN-ILL-C2"
"""The commitment whose baseline stands as it was agreed, though the figure says something else now."""


def rows(name: str, *, invented: bool) -> list[dict[str, str]]:
    """The rows of a file of entries."""
    with (FOLDERS[invented] / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kept(engine: Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def counts(engine: Engine, *, invented: bool) -> dict[str, int]:
    """How many entries of each kind the database holds; kinds without any are left out."""
    found = {}
    with engine.connect() as connection:
        for kind in KINDS.values():
            table = table_of(kind.model)
            wanted = sa.select(sa.func.count()).select_from(table).where(table.c.illustrative.is_(invented))
            if number := connection.scalar(wanted):
                found[kind.name] = number
    return found


@pytest.fixture(scope="module")
def apart(filled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The filled database after invented entries were switched off."""
    file = Path(shutil.copy(filled_file, tmp_path_factory.mktemp("apart") / "apart.db"))
    prepare(settings_for(f"sqlite:///{file}", VOICES_COUNT_ILLUSTRATIVE="off"))
    engine = make_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def test_every_row_loads(filled: Engine) -> None:
    assert counts(filled, invented=False) == REAL == {name: len(rows(name, invented=False)) for name in REAL}
    assert counts(filled, invented=True) == INVENTED == {name: len(rows(name, invented=True)) for name in INVENTED}


@pytest.mark.parametrize("invented", [False, True])
def test_the_files_have_columns_of_their_template_without_the_mark_their_folder_gives(invented: bool) -> None:
    for path in FOLDERS[invented].glob("*.csv"):
        kind = KINDS[path.stem]
        headings = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert headings == [heading for heading in kind.headings if heading in headings], path
        assert {field.heading for field in kind.fields if field.required} <= set(headings), path
        assert "illustrative" not in headings, path


def test_switched_off_only_the_real_ones_remain(apart: Engine) -> None:
    assert counts(apart, invented=False) == REAL
    assert counts(apart, invented=True) == {}


def test_a_deployment_without_one_of_the_sources_still_starts(tmp_path: Path) -> None:
    prepare(settings_for(f"sqlite:///{tmp_path / 'x.db'}", VOICES_COUNT_LEAVE_OUT="BGD_ILL_SURVEY"))
    engine = make_engine(f"sqlite:///{tmp_path / 'x.db'}")
    codes = {code for (code,) in kept(engine, "SELECT code FROM demand")}
    assert {"BGD-ILL-DM1", "BGD-ILL-DM4", "KEN-ILL-DM1"} & codes == {"BGD-ILL-DM4", "KEN-ILL-DM1"}
    assert counts(engine, invented=False) == REAL


def test_real_and_invented_never_refer_to_each_other(filled: Engine) -> None:
    marked = {"source": "illustrative"} | {table_of(kind.model).name: "illustrative" for kind in KINDS.values()}
    for kind in KINDS.values():
        table = table_of(kind.model)
        for field in kind.fields:
            if field.refers in marked:
                mixed = (
                    f"SELECT a.code FROM {table.name} a JOIN {field.refers} b ON b.id = a.{field.column}"
                    " WHERE a.illustrative <> b.illustrative"
                )
                assert kept(filled, mixed) == [], field.heading
        for one in kind.several:
            if one.refers in marked:
                links = table_of(one.model).name
                mixed = (
                    f"SELECT a.code FROM {table.name} a JOIN {links} l ON l.{one.own} = a.id"
                    f" JOIN {one.refers} b ON b.id = l.{one.other} WHERE a.illustrative <> b.illustrative"
                )
                assert kept(filled, mixed) == [], one.heading


def test_what_is_invented_says_so_in_its_name() -> None:
    named = {
        "public_body": ("name",),
        "public_body_name": ("name",),
        "stock_take_entry": ("organisation", "partners", "donors"),
        "data_generation_plan": ("organisation",),
        "dialogue": ("title", "convened_by", "place", "summary"),
        "dialogue_participants": ("community",),
        "demand": ("asked_by",),
        "commitment_status": ("said_by",),
        "commitment_response": ("wording",),
        "participation": ("community",),
        "returned_finding": ("community", "what_they_said"),
        "voice": ("community", "translation"),
        "concern": ("wording", "answer"),
        "official_reply": ("wording",),
        "lesson": ("what",),
        "milestone": ("title",),
        "policy": ("title",),
        "recognition_event": ("document",),
    }
    for name, headings in named.items():
        for row in rows(name, invented=True):
            for heading in headings:
                assert row[heading] == "" or row[heading].startswith("Example"), (row["code"], heading)
    for row in rows("voice", invented=True):
        assert row["statement"].startswith(EXAMPLE[row["language"]]), row["code"]
        assert bool(row["translation"]) == (row["language"] != "en"), row["code"]
    assert {row["language"] for row in rows("voice", invented=True)} == set(EXAMPLE)


def test_what_is_real_names_its_document_and_the_day_it_was_read() -> None:
    for name in REAL:
        for row in rows(name, invented=False):
            assert "read 2026-11-23" in row["stated_in"], row["code"]
            assert (
                "https://" in row["stated_in"]
                or "http://" in row["stated_in"]
                or "no public address" in (row["stated_in"])
            ), row["code"]


def test_the_pilot_of_bangladesh_stands_as_the_coalition_describes_it(filled: Engine) -> None:
    assert kept(
        filled,
        "SELECT m.organisation, m.role, t.focus_target, t.started FROM task_force_member m"
        " JOIN task_force t ON t.id = m.task_force_id WHERE t.code = 'BGD-TF-PILOT' ORDER BY m.code",
    ) == [
        ("BRAC", "lead", "3.8", "2017"),
        ("Seven other international organisations (not named in this description)", "member", "3.8", "2017"),
        ("BRAC James P Grant School of Public Health", "research_partner", "3.8", "2017"),
        ("SDG Principal Coordinator", "government_partner", "3.8", "2017"),
        ("NGO Affairs Bureau", "government_partner", "3.8", "2017"),
    ]
    assert kept(filled, "SELECT started FROM task_force WHERE code = 'BGD-TF'") == [("2018",)]


def test_voices_are_no_more_precise_than_an_area_of_level_one(filled: Engine) -> None:
    kinds = kept(filled, "SELECT DISTINCT a.kind FROM voice v JOIN area a ON a.id = v.area_id")
    assert kinds == [("admin1",)]


@pytest.mark.parametrize(("name", "heading"), CHOICES)
def test_every_choice_occurs(name: str, heading: str) -> None:
    said = {row[heading] for row in rows(name, invented=True)}
    assert set(CHOICES[name, heading]) <= said


def test_every_country_has_each_kind_a_page_shows() -> None:
    everywhere = set(INVENTED) - {"public_body_name"}
    for name in everywhere:
        assert {row["code"][:3] for row in rows(name, invented=True)} >= {"BGD", "IND", "KEN", "NPL", "VNM"}, name


def test_baselines_are_the_figures_of_their_sources(filled: Engine) -> None:
    asked = """
        SELECT c.code, c.baseline_value, o.value, s.favourable, c.goal_value
        FROM commitment c JOIN series s ON s.id = c.series_id
        LEFT JOIN population_group g ON g.key = c.group_key
        LEFT JOIN observation o ON o.series_id = c.series_id AND o.source_id = c.baseline_source_id
            AND o.area_id = c.area_id AND o.group_id = g.id AND o.time_period = c.baseline_period
            AND o.superseded_by IS NULL
        WHERE c.baseline_value IS NOT NULL
    """
    found = kept(filled, asked)
    assert len(found) == 21
    assert {code for code, baseline, value, _, _ in found if baseline != value} == {REVISED}
    assert all(value is not None for _, _, value, _, _ in found)
    for code, baseline, _, favourable, goal in found:
        if goal is not None:
            assert (goal > baseline) == bool(favourable), code  # type: ignore[operator]


def test_official_replies_speak_of_figures_that_are_there(filled: Engine) -> None:
    asked = """
        SELECT count(*) FROM official_reply r JOIN population_group g ON g.key = r.group_key
        JOIN observation o ON o.series_id = r.series_id AND o.source_id = r.source_id AND o.area_id = r.area_id
            AND o.group_id = g.id AND o.time_period = r.time_period AND o.superseded_by IS NULL
        WHERE o.value IS NOT NULL
    """
    assert kept(filled, asked) == [(INVENTED["official_reply"],)]
    assert {row["confirms"] for row in rows("official_reply", invented=True)} == {"yes", "no", ""}


def test_nothing_rests_on_what_came_later(filled: Engine) -> None:
    late = {
        "baseline": "SELECT c.code FROM commitment c JOIN source s ON s.id = c.baseline_source_id"
        " WHERE c.agreed_on <> '' AND c.agreed_on < s.fieldwork_start",
        "source of a demand": "SELECT d.code FROM demand d JOIN demand_source l ON l.demand_id = d.id"
        " JOIN source s ON s.id = l.source_id JOIN dialogue e ON e.id = d.dialogue_id"
        " WHERE e.starts < s.fieldwork_start",
        "voice of a demand": "SELECT d.code FROM demand d JOIN demand_voice l ON l.demand_id = d.id"
        " JOIN voice v ON v.id = l.voice_id JOIN dialogue e ON e.id = d.dialogue_id WHERE e.starts < v.raised_on",
        "recognition": "SELECT r.code FROM recognition_event r JOIN source s ON s.id = r.source_id"
        " WHERE r.happened_on < s.fieldwork_start",
        "commitment": "SELECT c.code FROM commitment c JOIN dialogue e ON e.id = c.dialogue_id"
        " WHERE c.agreed_on <> '' AND c.agreed_on < substr(e.starts, 1, 10)",
        "status": "SELECT s.code FROM commitment_status s JOIN commitment c ON c.id = s.commitment_id"
        " WHERE s.status <> 'proposed' AND s.since < c.agreed_on",
    }
    assert {what: kept(filled, asked) for what, asked in late.items()} == {what: [] for what in late}


def test_the_edge_cases_of_commitments_are_there(filled: Engine) -> None:
    latest = """
        SELECT c.code, s.status, c.deadline, c.series_id IS NULL FROM commitment c
        JOIN commitment_status s ON s.commitment_id = c.id
        WHERE s.since = (SELECT max(since) FROM commitment_status WHERE commitment_id = c.id)
    """
    found = {code: (status, deadline, unmeasured) for code, status, deadline, unmeasured in kept(filled, latest)}
    assert len(found) == INVENTED["commitment"]
    assert {status for status, _, _ in found.values()} == set(commitments.STATUSES)
    assert {code for code, (_, _, unmeasured) in found.items() if unmeasured} == {
        "BGD-ILL-C3",
        "IND-ILL-C4",
        "KEN-ILL-C5",
        "NPL-ILL-C5",
        "VNM-ILL-C5",
    }
    finished = ("delivered", "dropped")
    overdue = {code for code, (s, day, _) in found.items() if s not in finished and "" < str(day) < "2026-11-23"}
    assert overdue == {"BGD-ILL-C2", "IND-ILL-C3", "KEN-ILL-C5", "NPL-ILL-C2", "VNM-ILL-C1"}
    nepali = "SELECT deadline_stated, deadline FROM commitment WHERE deadline_calendar = 'nepali_fiscal_year'"
    assert set(kept(filled, nepali)) == {
        ("fiscal year 2083/84", "2027-07-16"),
        ("fiscal year 2081/82", "2025-07-16"),
    }


def test_seats_include_a_group_too_small_to_tell_and_one_nobody_counted() -> None:
    numbers = {row["number"] for row in rows("dialogue_participants", invented=True) if row["seat"] == "community"}
    assert {"1", "2", ""} <= numbers


@pytest.mark.parametrize(
    ("commitment", "official_total", "later"),
    [("BGD-ILL-C1", False, [("2019", 53.8), ("2021", 46.1)]), ("BGD-ILL-C2", True, [("2021", 29.2)])],
)
def test_the_thread_from_a_hole_to_a_commitment_and_back(
    filled: Engine, commitment: str, official_total: bool, later: list[tuple[str, float]]
) -> None:
    ((series, group, group_id, area, source, demand, dialogue),) = kept(
        filled,
        "SELECT c.series_id, c.group_key, g.id, c.area_id, c.baseline_source_id, c.demand_id, c.dialogue_id"
        f" FROM commitment c JOIN population_group g ON g.key = c.group_key WHERE c.code = '{commitment}'",
    )
    official = (
        "SELECT count(*) FROM observation o JOIN source s ON s.id = o.source_id JOIN area a ON a.id = o.area_id"
        f" WHERE s.origin = 'official' AND o.series_id = {series} AND a.code = 'BGD'"
    )
    assert kept(filled, f"{official} AND o.group_id = {group_id}") == [(0,)]  # the hole
    assert (kept(filled, official) != [(0,)]) is official_total
    figures = (
        "SELECT time_period, value FROM observation WHERE superseded_by IS NULL"
        f" AND source_id = {source} AND series_id = {series} AND group_id = {group_id} AND area_id = {area}"
        " ORDER BY time_period"
    )
    assert kept(filled, figures) == later
    events = f"SELECT event FROM recognition_event WHERE source_id = {source} ORDER BY happened_on"
    assert kept(filled, events) == [("shared",), ("assessed",), ("accepted",), ("used",)]
    agenda = f"SELECT count(*) FROM agenda_item WHERE dialogue_id = {dialogue} AND series_id = {series}"
    assert kept(filled, f"{agenda} AND group_key = '{group}' AND area_id = {area}") == [(1,)]
    asked = f"SELECT dialogue_id, series_id, group_key FROM demand WHERE id = {demand}"
    assert kept(filled, asked) == [(dialogue, series, group)]
    rests = f"SELECT source_id FROM demand_source WHERE demand_id = {demand}"
    assert kept(filled, rests) == [(source,)]
