"""The living record as pages read it: codes instead of ids, what stands, what has been read by a second person."""

from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy.engine import Engine

from data_access.database import reading, writing
from data_access.process.kinds import KINDS
from data_access.process.writing import withdraw_entry
from data_access.queries.entries import CommitmentFacts, StatusFacts
from data_access.queries.record import FACTS, LivingRecord, read_record
from tests.data_access.process.test_record import BODY, COMMITMENT, STEWARD, VOICE, engine, write

__all__ = ["engine"]


def read(engine: Engine) -> LivingRecord:
    with reading(engine) as session:
        return read_record(session)


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_of_a_template_is_handed_out(kind: str) -> None:
    assert {field.name for field in fields(FACTS[kind])} == set(KINDS[kind].headings)


def test_an_entry_is_read_as_it_was_written(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    write(
        engine,
        "commitment",
        COMMITMENT
        | {
            "series": "MPI_H",
            "group": "SEX=F",
            "baseline_value": "12.5",
            "baseline_period": "2019",
            "baseline_source": "NPL_CBS_SDG",
            "deadline": "2027-07-15",
            "deadline_stated": "end of 2083/84",
            "deadline_calendar": "nepali_fiscal_year",
        },
    )
    for code, status, since in (("T-S2", "agreed", "2025-03-01"), ("T-S1", "proposed", "2025-01-01")):
        cells = {"code": code, "commitment": "T-C1", "status": status, "since": since, "illustrative": "yes"}
        write(engine, "commitment_status", cells)
    found = read(engine)
    assert found.commitments["T-C1"] == CommitmentFacts(
        code="T-C1",
        illustrative=True,
        stated_in="",
        country="NPL",
        body="T-BODY",
        dialogue="",
        demand="",
        wording="Count people with disabilities in every survey",
        agreed_on="",
        deadline="2027-07-15",
        deadline_stated="end of 2083/84",
        deadline_calendar="nepali_fiscal_year",
        series="MPI_H",
        group="SEX=F",
        area="",
        baseline_value=12.5,
        baseline_period="2019",
        baseline_source="NPL_CBS_SDG",
        goal_value=None,
        groups=("DISABILITY_STATUS=PD", "SEX=F"),
        areas=("NP-P1", "NP-P2"),
    )
    said = {"commitment": "T-C1", "said_by": "", "remark": "", "evidence": "", "illustrative": True, "stated_in": ""}
    assert found.statuses_of["T-C1"] == (
        StatusFacts(code="T-S1", status="proposed", since="2025-01-01", **said),
        StatusFacts(code="T-S2", status="agreed", since="2025-03-01", **said),
    )


def test_a_voice_is_shown_only_after_a_second_person_has_read_it(engine: Engine) -> None:
    write(engine, "voice", VOICE)
    assert "T-V1" not in read(engine).voices


def test_a_withdrawn_entry_is_gone_and_what_led_to_it_says_nothing(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    dialogue = {
        "code": "T-D",
        "country": "NPL",
        "title": "Example",
        "level": "national",
        "starts": "2025-03-05",
        "time_zone": "Asia/Kathmandu",
        "illustrative": "yes",
    }
    write(engine, "dialogue", dialogue)
    write(engine, "commitment", COMMITMENT | {"dialogue": "T-D"})
    assert read(engine).commitments["T-C1"].dialogue == "T-D"
    with writing(engine) as session:
        withdraw_entry(session, "dialogue", "T-D", "it did not take place", STEWARD)
    found = read(engine)
    assert ("T-D" in found.dialogues, found.commitments["T-C1"].dialogue) == (False, "")


def test_a_renamed_body_is_called_as_it_was_then(engine: Engine) -> None:
    write(engine, "public_body", BODY)
    former = {"body": "T-BODY", "name": "Example ministry of trials", "until": "2024-06-30", "illustrative": "yes"}
    write(engine, "public_body_name", former)
    found = read(engine)
    assert found.body_name("T-BODY", "2024-06-30") == "Example ministry of trials"
    assert found.body_name("T-BODY", "2024-07-01") == "Example ministry of testing"
    assert found.body_name("T-BODY", "") == "Example ministry of testing"
