"""What a deployment may choose: every variable, its default, and a named refusal of what cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access import settings as module
from data_access.settings import DEFAULT_DATABASE, ROOT, SettingProblem, Settings, read_settings

FILE = "sqlite:////srv/evidence.db"


@pytest.fixture(params=[False, True], ids=["laptop", "container"])
def in_a_container(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the mark that a container's file system bears is there; the rest of the file system is as it is."""
    found: bool = request.param
    real = Path.exists
    monkeypatch.setattr(module.Path, "exists", lambda path: found if str(path) == "/.dockerenv" else real(path))
    return found


def test_nothing_set_is_the_embedded_database_and_on_a_laptop_the_invented_rows(in_a_container: bool) -> None:
    assert read_settings({}) == Settings(
        database_url=f"sqlite:///{ROOT}/var/voices_count.db",
        illustrative=not in_a_container,
        left_out=frozenset(),
        public_url="",
        depiction="neutral",
    )
    assert read_settings({}).sqlite_file == DEFAULT_DATABASE


def test_everything_set() -> None:
    settings = read_settings(
        {
            "DATABASE_URL": " postgres://reader:secret@db/evidence ",
            "VOICES_COUNT_ILLUSTRATIVE": " ON ",
            "VOICES_COUNT_LEAVE_OUT": "VNM_PAPI, IND_NFHS5,,WB_WDI_2021",
            "PUBLIC_URL": "https://voices.example/app/",
            "VOICES_COUNT_BORDERS": "Official",
        }
    )
    assert settings == Settings(
        database_url="postgresql+psycopg://reader:secret@db/evidence",
        illustrative=True,
        left_out=frozenset({"VNM_PAPI", "IND_NFHS5", "WB_WDI_2021"}),
        public_url="https://voices.example/app",
        depiction="official",
    )
    assert settings.sqlite_file is None


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("postgres://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql+psycopg://a@b/c", "postgresql+psycopg://a@b/c"),
        (FILE, FILE),
        ("", f"sqlite:///{DEFAULT_DATABASE}"),
        ("   ", f"sqlite:///{DEFAULT_DATABASE}"),
    ],
)
def test_a_database_address_is_brought_into_the_form_the_driver_needs(written: str, used: str) -> None:
    assert read_settings({"DATABASE_URL": written}).database_url == used


@pytest.mark.parametrize(
    ("variables", "shown"),
    [
        ({"DATABASE_URL": FILE}, False),
        ({"DATABASE_URL": FILE, "VOICES_COUNT_ILLUSTRATIVE": "on"}, True),
        ({"DATABASE_URL": FILE, "VOICES_COUNT_ILLUSTRATIVE": "off"}, False),
        ({"DATABASE_URL": "postgresql://a@b/c"}, False),
        ({"container": "podman"}, False),
        ({"container": "podman", "VOICES_COUNT_ILLUSTRATIVE": "on"}, True),
        ({"VOICES_COUNT_ILLUSTRATIVE": "off"}, False),
    ],
    ids=str,
)
def test_invented_rows_are_shown_only_on_a_laptop_or_when_asked_for(variables: dict[str, str], shown: bool) -> None:
    assert read_settings(variables).illustrative is shown


@pytest.mark.parametrize(
    ("variable", "value", "problem"),
    [
        ("DATABASE_URL", "mysql://a:hunter2@b/c", "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "evidence.db", "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL must begin with sqlite:/// or postgresql://"),
        (
            "DATABASE_URL",
            "sqlite:///",
            "DATABASE_URL must name a file after sqlite:///, as every process opens it anew",
        ),
        (
            "DATABASE_URL",
            "sqlite:///:memory:",
            "DATABASE_URL must name a file after sqlite:///, as every process opens it anew",
        ),
        ("VOICES_COUNT_ILLUSTRATIVE", "maybe", "VOICES_COUNT_ILLUSTRATIVE='maybe' must be on or off"),
        ("VOICES_COUNT_ILLUSTRATIVE", "1", "VOICES_COUNT_ILLUSTRATIVE='1' must be on or off"),
        (
            "PUBLIC_URL",
            "voices.example",
            "PUBLIC_URL='voices.example' must begin with https:// (or http:// on a closed network)",
        ),
        ("VOICES_COUNT_BORDERS", "disputed", "VOICES_COUNT_BORDERS='disputed' must be neutral or official"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(variable: str, value: str, problem: str) -> None:
    with pytest.raises(SettingProblem) as refused:
        read_settings({variable: value})
    assert str(refused.value) == problem  # and so no password of a database address
