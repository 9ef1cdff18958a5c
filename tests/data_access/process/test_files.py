"""Files of entries: templates that come back unchanged, what is refused, kept, published, undone, and by whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from data_access.database import engine_for, reading, writing
from data_access.dialects import make_engine
from data_access.importing import readers
from data_access.importing.workbook import Cell, Sheet, Workbook
from data_access.people.current import CurrentUser, Held
from data_access.process import command
from data_access.process.drafts import (
    discard_entries,
    drafts,
    publish_entries,
    save_entry_draft,
    try_entries,
)
from data_access.process.kinds import KINDS
from data_access.process.problems import NothingNew, SecondReaderNeeded, WaitsAlready
from data_access.process.rights import NotYours
from data_access.process.templates import codes_of, standing_entries, template_csv, template_xlsx
from data_access.process.voices import read_voice, voices_waiting
from data_access.process.writing import EntryRefused, record_entry, withdraw_entry
from data_access.queries.record import LivingRecord, read_record
from data_access.queries.voices import voices_for
from data_access.releases.problems import Refused
from tests.conftest import settings_for
from tests.data_access.process.test_record import BODY, COMMITMENT, MEMBER, REVIEWER, STEWARD, VOICE, engine, write

__all__ = ["engine"]
ALL = CurrentUser("Everywhere", (Held("steward"), Held("reviewer")))
ONLY_REVIEWER = CurrentUser("Only reviewer", (Held("reviewer", "NPL"),))


def book(kind: str, headings: tuple[str, ...], *rows: tuple[Cell, ...], sha256: str = "ab" * 32) -> Workbook:
    return Workbook(f"{kind}.xlsx", "xlsx", sha256, (Sheet(kind, (headings, *rows)),))


def record_of(engine: Engine) -> LivingRecord:
    with reading(engine) as session:
        return read_record(session)


def kept(engine: Engine, file: Workbook, by: CurrentUser = STEWARD) -> str:
    with writing(engine) as session:
        return save_entry_draft(session, file, by)


def published(engine: Engine, file: Workbook) -> int:
    with writing(engine) as session:
        code = save_entry_draft(session, file, STEWARD)
    with writing(engine) as session:
        return publish_entries(session, code, ONLY_REVIEWER)


def found_in(engine: Engine, file: Workbook) -> list[tuple[str, str]]:
    with reading(engine) as session:
        return [(one.column, one.what) for one in try_entries(session, file, STEWARD).findings]


def test_what_stands_written_to_a_workbook_changes_nothing_when_it_comes_back(filled: Engine, tmp_path: Path) -> None:
    with reading(filled) as session:
        entries = standing_entries(session)
        file = tmp_path / "all.xlsx"
        file.write_bytes(template_xlsx(entries, codes_of(session, "NPL")))
        tried = try_entries(session, readers.read(file), ALL)
    assert (tried.findings, tried.changes, tried.same) == ((), (), sum(map(len, entries.values())))
    assert tried.same > 400


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_written_to_csv_changes_nothing_when_it_comes_back(
    filled: Engine, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"{kind}.csv"
    with reading(filled) as session:
        entries = standing_entries(session, [kind])[kind]
        file.write_text(template_csv(KINDS[kind], entries), encoding="utf-8-sig")
        tried = try_entries(session, readers.read(file), ALL)
    assert (tried.findings, tried.changes, tried.same) == ((), (), len(entries))


def test_an_export_of_a_country_has_its_entries_and_those_of_all(filled: Engine) -> None:
    with reading(filled) as session:
        found = standing_entries(session, ["milestone", "commitment"], "NPL")
    assert {one["country"] for one in found["milestone"]} == {"NPL", ""}
    assert {one["country"] for one in found["commitment"]} == {"NPL"}


def test_a_template_says_what_cells_may_say_and_lists_the_codes_of_a_country(filled: Engine, tmp_path: Path) -> None:
    with reading(filled) as session:
        file = tmp_path / "template.xlsx"
        file.write_bytes(template_xlsx({"demand": []}, codes_of(session, "NPL")))
    read = readers.read(file)
    assert [sheet.name for sheet in read.sheets] == ["demand", "Dictionary", "Codes"]
    assert read.sheet("demand").rows == (KINDS["demand"].headings,)
    assert ("demand", "sources", None, "codes of source, parted by ;") in read.sheet("Dictionary").rows
    codes = read.sheet("Codes").rows
    assert ("area", "NP-P1", "Koshi") in codes
    assert {str(code)[:2] for what, code, _ in codes if what == "area"} == {"NP"}
    assert {code for what, code, _ in codes if what == "country"} == {"NPL"}


def test_a_target_that_a_spreadsheet_made_a_number_is_asked_about(engine: Engine) -> None:
    headings = ("code", "country", "name", "focus_target", "stated_in")
    take = ("code", "country", "organisation", "what", "target", "stated_in")
    assert found_in(engine, book("task_force", headings, ("T-1", "NPL", "Coalition", 3.8, "a document"))) == []
    file = book("stock_take_entry", take, ("T-1", "NPL", "Example union", "survey", 8.1, "a document"))
    assert found_in(engine, file) == [
        ("target", "stock_take_entry: is no sdg target here."),
        ("target", "stock_take_entry: was kept as a number, so it may be target 8.1 or 8.10."),
    ]
    meant = book("stock_take_entry", take, ("T-1", "NPL", "Example union", "survey", "'8.10", "a document"))
    assert found_in(engine, meant) == []


def test_identifiers_anywhere_in_the_file_refuse_it(engine: Engine) -> None:
    headings = ("code", "country", "kind", "name", "illustrative", "remarks")
    rows = [(f"T-{n}", "NPL", "ministry", f"Example {n}", "yes", "") for n in range(6)]
    file = book("public_body", headings, *rows)
    other = Sheet("notes", (("contact",), ("somebody@example.org",)))
    assert found_in(engine, Workbook("b.xlsx", "xlsx", "ab" * 32, (*file.sheets, other))) == [
        ("contact", "The column holds e-mail addresses in 1 of 1 cells."),
        ("", "The sheet is named after no kind of entry."),
    ]


def test_long_words_are_what_a_voice_and_a_demand_are_made_of(engine: Engine) -> None:
    said = "We walk two hours to the health post, and the door has a step that no wheelchair can pass, number {}"
    headings = tuple(VOICE)
    rows = [tuple({**VOICE, "code": f"T-V{n}", "statement": said.format(n)}.values()) for n in range(8)]
    assert found_in(engine, book("voice", headings, *rows)) == []
    called = {**VOICE, "statement": "Call me at +977 9841 234567"}
    assert [column for column, _ in found_in(engine, book("voice", headings, tuple(called.values())))] == [
        "statement",
        "statement",
    ]


def test_the_same_file_waits_once_and_changes_nothing_twice(engine: Engine) -> None:
    file = book("public_body", tuple(BODY), tuple(BODY.values()))
    code = kept(engine, file)
    with pytest.raises(WaitsAlready, match=code):
        kept(engine, file)
    with writing(engine) as session:
        assert publish_entries(session, code, ONLY_REVIEWER) == 1
    with pytest.raises(NothingNew, match="all of its 1 entries stand so already"):
        kept(engine, file)
    with reading(engine) as session:
        assert [(one.step, one.entries[0]["cells"]) for one in drafts(session)] == [("published", {"code": "T-BODY"})]


def test_a_file_of_one_kind_may_rest_on_another_of_the_same_file(engine: Engine) -> None:
    sheets = (
        Sheet("commitment", (tuple(COMMITMENT), tuple(COMMITMENT.values()))),
        Sheet("public_body", (tuple(BODY), tuple(BODY.values()))),
    )
    assert published(engine, Workbook("both.xlsx", "xlsx", "cd" * 32, sheets)) == 2
    commitment = record_of(engine).commitments["T-C1"]
    assert (commitment.body, commitment.areas) == ("T-BODY", ("NP-P1", "NP-P2"))


def test_members_write_their_own_and_nobody_takes_what_is_anothers(engine: Engine) -> None:
    other = CurrentUser("Other member", (Held("member", "NPL", "Example rival"),))
    lesson = {
        "code": "T-L",
        "country": "NPL",
        "step": "1",
        "kind": "lesson",
        "what": "Ask early",
        "illustrative": "yes",
    }
    write(engine, "lesson", lesson, MEMBER)
    write(engine, "lesson", lesson | {"what": "Ask earlier"}, MEMBER)
    with pytest.raises(NotYours):
        write(engine, "lesson", lesson | {"what": "Ask late"}, other)
    entry = {"code": "T-E", "country": "NPL", "organisation": "Example union", "what": "survey", "illustrative": "yes"}
    write(engine, "stock_take_entry", entry, MEMBER)
    with pytest.raises(NotYours):
        write(engine, "stock_take_entry", entry | {"organisation": "Example rival"}, other)
    kenya = CurrentUser("Steward of Kenya", (Held("steward", "KEN"),))
    with pytest.raises(NotYours, match="for NPL"):
        write(engine, "lesson", lesson | {"country": "KEN"}, kenya)
    with pytest.raises(NotYours):
        write(engine, "lesson", lesson | {"code": "T-L2", "country": ""}, MEMBER)


def test_a_counterpart_answers_in_their_own_bodys_name(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    write(engine, "public_body", BODY | {"code": "T-B2", "name": "Example ministry of others"})
    write(engine, "commitment", COMMITMENT)
    counterpart = CurrentUser("Counterpart", (Held("counterpart", "NPL", "Example ministry of testing"),))
    said = {"commitment": "T-C1", "body": "T-BODY", "response": "confirms", "responded_on": "2025-03-01"}
    code = write(engine, "commitment_response", said | {"illustrative": "yes"}, counterpart)
    assert record_of(engine).responses_of["T-C1"][0].code == code
    with pytest.raises(NotYours):
        write(engine, "commitment_response", said | {"body": "T-B2", "illustrative": "yes"}, counterpart)
    with pytest.raises(NotYours):
        write(engine, "commitment", COMMITMENT | {"wording": "less"}, counterpart)


def test_an_entry_stays_as_real_as_it_was_made(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    with pytest.raises(EntryRefused, match="is not what the entry was made as"):
        write(engine, "public_body", BODY | {"illustrative": "no", "stated_in": "a document"})


def test_what_others_cannot_do_without_is_not_withdrawn_before_them(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    write(engine, "commitment", COMMITMENT)
    with pytest.raises(EntryRefused, match="is needed by 1 commitment"), writing(engine) as session:
        withdraw_entry(session, "public_body", "T-BODY", "entered twice", STEWARD)
    with writing(engine) as session:
        withdraw_entry(session, "commitment", "T-C1", "entered twice", STEWARD)
    with writing(engine) as session:
        withdraw_entry(session, "public_body", "T-BODY", "entered twice", STEWARD)
    assert "T-BODY" not in record_of(engine).bodies


def test_what_belongs_to_a_withdrawn_entry_goes_with_it(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    write(engine, "commitment", COMMITMENT)
    status = {"code": "T-S", "commitment": "T-C1", "status": "agreed", "since": "2025-01-01", "illustrative": "yes"}
    write(engine, "commitment_status", status)
    with writing(engine) as session:
        withdraw_entry(session, "commitment", "T-C1", "entered twice", STEWARD)
    assert "T-S" not in record_of(engine).of_kind["commitment_status"]


@pytest.mark.parametrize("why", ["", "  ", "asked by somebody@example.org"])
def test_a_withdrawal_says_why_and_names_nobody(engine: Engine, why: str) -> None:
    write(engine, "public_body", BODY)
    with pytest.raises(EntryRefused), writing(engine) as session:
        withdraw_entry(session, "public_body", "T-BODY", why, STEWARD)


def test_a_voice_is_read_by_another_and_again_after_each_change(engine: Engine) -> None:
    write(engine, "voice", VOICE)
    with pytest.raises(SecondReaderNeeded), writing(engine) as session:
        read_voice(session, "T-V1", STEWARD)
    with pytest.raises(EntryRefused, match="waits for you"), writing(engine) as session:
        read_voice(session, "T-V1", MEMBER)
    with reading(engine) as session:
        waits = {one.code: one for one in voices_waiting(session, ONLY_REVIEWER)}
    assert (waits["T-V1"].statement, waits["T-V1"].country) == (VOICE["statement"], "NPL")
    with writing(engine) as session:
        read_voice(session, "T-V1", ONLY_REVIEWER)
    assert record_of(engine).voices["T-V1"].statement == VOICE["statement"]
    write(engine, "voice", {"code": "T-V1", "statement": "The health post has no ramp at all"})
    assert "T-V1" not in record_of(engine).voices


@pytest.mark.parametrize(
    ("scope", "where"),
    [
        ("everywhere", ["screen", "document", "dialogue"]),
        ("not_in_documents", ["screen", "dialogue"]),
        ("dialogue_only", ["dialogue"]),
    ],
)
def test_a_voice_appears_where_its_consent_allows(engine: Engine, scope: str, where: list[str]) -> None:
    voice = VOICE | {"consent_scope": scope}
    assert published(engine, book("voice", tuple(voice), tuple(voice.values()))) == 1
    record = record_of(engine)
    assert [one for one in ("screen", "document", "dialogue") if "T-V1" in voices_for(record, one)] == where  # type: ignore[arg-type]


def test_self_published_voices_wait_still(engine: Engine) -> None:
    code = kept(engine, book("voice", tuple(VOICE), tuple(VOICE.values())), REVIEWER)
    with writing(engine) as session:
        assert publish_entries(session, code, REVIEWER, self_publish=True) == 1
    assert "T-V1" not in record_of(engine).voices
    with reading(engine) as session:
        assert drafts(session)[0].unreviewed


def test_no_word_of_a_withdrawn_voice_is_left_in_the_file(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    words = "Ourveryownwordsofthetest about the ramp"
    voice = VOICE | {"statement": words, "community": "Ourveryowncommunity", "stated_in": "Ourveryownplace"}
    write(engine, "voice", voice)
    waiting = kept(engine, book("voice", (*voice, "theme"), (*voice.values(), "Ourveryowntheme")))
    with writing(engine) as session:
        withdraw_entry(session, "voice", "T-V1", "consent was taken back", STEWARD)
    with pytest.raises(EntryRefused), writing(engine) as session:
        publish_entries(session, waiting, ONLY_REVIEWER)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    assert b"Ourveryown" not in own_file.read_bytes()


def test_whoever_brought_a_file_or_may_discard_there_lets_it_go(engine: Engine) -> None:
    code = kept(engine, book("public_body", tuple(BODY), tuple(BODY.values())))
    with pytest.raises(PermissionError), writing(engine) as session:
        discard_entries(session, code, CurrentUser("Steward of Kenya", (Held("steward", "KEN"),)))
    with writing(engine) as session:
        discard_entries(session, code, CurrentUser("Other steward", (Held("steward", "NPL"),)))
    with reading(engine) as session:
        assert [(one.step, one.entries[0]["cells"]) for one in drafts(session)] == [("discarded", {"code": "T-BODY"})]


def test_a_reviewer_of_another_country_publishes_nothing(engine: Engine) -> None:
    code = kept(engine, book("public_body", tuple(BODY), tuple(BODY.values())))
    with pytest.raises(PermissionError), writing(engine) as session:
        publish_entries(session, code, CurrentUser("Reviewer of Kenya", (Held("reviewer", "KEN"),)))
    assert "T-BODY" not in record_of(engine).bodies


def test_both_engines_keep_a_file_alike(own_url: str) -> None:
    engine = engine_for(settings_for(own_url).database_url)
    sheets = (
        Sheet("public_body", (tuple(BODY), tuple(BODY.values()))),
        Sheet("commitment", (tuple(COMMITMENT), tuple(COMMITMENT.values()))),
        Sheet("voice", (tuple(VOICE), tuple(VOICE.values()))),
    )
    assert published(engine, Workbook("all.xlsx", "xlsx", "ef" * 32, sheets)) == 3
    changed = COMMITMENT | {"wording": "Count everybody", "groups": "SEX=F"}
    assert published(engine, book("commitment", tuple(changed), tuple(changed.values()))) == 1
    with writing(engine) as session:
        withdraw_entry(session, "voice", "T-V1", "consent was taken back", STEWARD)
    record = record_of(engine)
    one = record.commitments["T-C1"]
    assert (one.wording, one.groups, one.areas) == ("Count everybody", ("SEX=F",), ("NP-P1", "NP-P2"))
    assert "T-V1" not in record.voices


def test_the_command_line_from_template_to_history(
    own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{own_file}")
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "on")
    monkeypatch.setenv("VOICES_COUNT_SELF_PUBLISH", "on")
    file = tmp_path / "public_body.csv"
    assert command.main(["template", "public_body", "--to", str(file)]) == 0
    with file.open("a", encoding="utf-8") as out:
        out.write("T-B,NPL,ministry,Example ministry of lines,,yes,\n")
    assert command.main(["import", str(file), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["Would be: 1 added, 0 changed, 0 same.", "Nothing was kept."]
    assert command.main(["import", str(file)]) == 0
    code = capsys.readouterr().out.split("\n")[1].split()[0]
    assert command.main(["publish", code]) == 0
    assert command.main(["withdraw", "public_body", "T-B", "--why", "entered twice"]) == 0
    capsys.readouterr()
    assert command.main(["history", "public_body", "T-B"]) == 0
    said = capsys.readouterr().out
    assert "name: (empty) → Example ministry of lines" in said
    assert "why_withdrawn: (empty) → entered twice" in said
    assert command.main(["publish", code]) == 1
    assert capsys.readouterr().err == f"{code} is published already.\n"
    assert command.main(["discard", "ENTRIES-99"]) == 1
    assert "is no file of entries" in capsys.readouterr().err
    file.write_text("code,country,kind,name\nT-C,NPX,palace,x\n", encoding="utf-8")
    assert command.main(["import", str(file)]) == 1
    assert "public_body.csv, public_body, row 2, country, 'NPX': public_body: is no country here." in (
        capsys.readouterr().out
    )


def test_a_refused_file_is_refused_whole_at_keeping_too(engine: Engine) -> None:
    with pytest.raises(Refused):
        kept(engine, book("public_body", tuple(BODY), tuple((BODY | {"kind": "palace"}).values())))


def test_a_code_is_not_given_twice(engine: Engine) -> None:
    cells = {key: value for key, value in BODY.items() if key != "code"}
    with writing(engine) as session:
        first = record_entry(session, "public_body", cells, STEWARD)
        second = record_entry(session, "public_body", cells, STEWARD)
    assert first != second
