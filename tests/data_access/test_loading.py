"""All shipped figures, each traceable to its file and row; revisions, withdrawals, and the one switch."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel

from data_access.database import change_count, engine_for
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import SAMPLE_DATA, shipped_sources
from data_access.prepare import prepare
from data_access.queries.catalogue import Catalogue
from tests.conftest import count, settings_for

FIGURES = {
    "VNM_PAPI": 10904,
    "NPL_CENSUS_2011": 9995,
    "IND_NFHS5": 6916,
    "VNM_GSO_2018": 4946,
    "KEN_CENSUS_2019": 3684,
    "IND_CENSUS_2011": 1917,
    "OPHI_GMPI_2024": 1635,
    "JMP_WASH_2021": 1530,
    "WB_WDI_2021": 632,
    "OPHI_GMPI_2024_TRENDS": 620,
    "NPL_CBS_SDG": 442,
    "KEN_KMDHS_2025_26": 365,
    "BGD_CENSUS_2011": 219,
    "KEN_MAPKIBERA_SCHOOLS": 19,
    "UNICEF_VIOLENT_DISCIPLINE_2016": 15,
    "KEN_OPENDATA_SCHOOLS_2007": 7,
}


def test_every_shipped_figure_is_held(filled: Engine, catalogue: Catalogue) -> None:
    with filled.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT s.code, count(*) FROM observation o JOIN source s ON s.id = o.source_id "
                "WHERE NOT s.illustrative GROUP BY s.code"
            )
        )
        held = {code: number for code, number in rows}  # noqa: C416
    assert held == FIGURES
    assert sum(held.values()) == 43846
    assert sum(not s.illustrative for s in catalogue.series.values()) == 188
    assert sum(a.kind != "place" for a in catalogue.areas.values()) == 336
    assert len(catalogue.sources) == 16 + 15


def test_statuses_and_intervals_are_as_published_and_what_would_expose_people_is_withheld(filled: Engine) -> None:
    with filled.connect() as connection:
        real = "FROM observation WHERE NOT illustrative"
        statuses = Counter(dict(connection.execute(sa.text(f"SELECT status, count(*) {real} GROUP BY status")).all()))
        intervals = connection.scalar(sa.text(f"SELECT count(*) {real} AND lower IS NOT NULL"))
    assert statuses == {"A": 43587, "M": 121, "Q": 106, "U": 32}
    assert intervals == 218


def test_the_shipped_files_are_the_ones_their_sidecars_describe() -> None:
    for source in shipped_sources(illustrative=True):
        assert hashlib.sha256(source.file.read_bytes()).hexdigest() == source.sidecar.sha256, source.sidecar.code


@pytest.fixture
def own_sample_data(tmp_path: Path) -> Path:
    """A copy of what ships, without the invented part, that a test may change."""
    return Path(
        shutil.copytree(SAMPLE_DATA, tmp_path / "sample_data", ignore=shutil.ignore_patterns("boundaries", "scripts"))
    )


def change_file(folder: Path, source: str, old: str, new: str) -> None:
    """Write another value into a shipped file and its hash and number of rows into the sidecar."""
    file = next(folder.glob(f"*/{source}.csv"))
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")
    sidecar = file.with_suffix(".toml")
    text = re.sub(r'sha256 = "\w+"', f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"', sidecar.read_text())
    rows = len(file.read_text(encoding="utf-8").splitlines()) - 1
    sidecar.write_text(re.sub(r"rows = \d+", f"rows = {rows}", text), encoding="utf-8")


def test_a_changed_file_becomes_a_release_and_the_old_values_stay(own_file: Path, own_sample_data: Path) -> None:
    settings = settings_for(f"sqlite:///{own_file}")
    engine = engine_for(settings.database_url)
    with Session(engine) as session:
        before = change_count(session)
    old = "KEN,FACILITY_BIRTH,INCOME_WEALTH_QUANTILE=Q1,2025-26,70.3,"
    change_file(own_sample_data, "KEN_KMDHS_2025_26", old, old.replace("70.3", "71.3"))
    done = prepare(settings, own_sample_data)
    assert (done.loaded, done.migrated) == (1, False)
    query = sa.text(
        "SELECT o.value, o.revision, r.code, s.code FROM observation o JOIN release r ON r.id = o.release_id "
        "LEFT JOIN release s ON s.id = o.superseded_by JOIN population_group g ON g.id = o.group_id "
        "JOIN series x ON x.id = o.series_id JOIN area a ON a.id = o.area_id "
        "WHERE x.code = 'FACILITY_BIRTH' AND g.key = 'INCOME_WEALTH_QUANTILE=Q1' AND a.code = 'KEN' "
        "AND NOT o.illustrative ORDER BY o.revision"
    )
    with engine.connect() as connection:
        assert connection.execute(query).all() == [
            (71.3, 0, "KEN_KMDHS_2025_26-2", None),
            (70.3, 1, "KEN_KMDHS_2025_26-1", "KEN_KMDHS_2025_26-2"),
        ]
    with Session(engine) as session:
        assert change_count(session) == before + 1


def test_a_row_that_is_gone_is_superseded_and_no_longer_counted(own_file: Path, own_sample_data: Path) -> None:
    settings = settings_for(f"sqlite:///{own_file}")
    file = own_sample_data / "figures" / "UNICEF_VIOLENT_DISCIPLINE_2016.csv"
    last = file.read_text(encoding="utf-8").splitlines()[-1] + "\n"
    change_file(own_sample_data, "UNICEF_VIOLENT_DISCIPLINE_2016", last, "")
    prepare(settings, own_sample_data)
    with engine_for(settings.database_url).connect() as connection:
        source = (
            "FROM observation o JOIN source s ON s.id = o.source_id WHERE s.code = 'UNICEF_VIOLENT_DISCIPLINE_2016'"
        )
        assert connection.scalar(sa.text(f"SELECT count(*) {source} AND revision = 0")) == 14
        assert connection.scalar(sa.text(f"SELECT count(*) {source} AND superseded_by IS NOT NULL")) == 1
        covered = "SELECT sum(c.n) FROM coverage c JOIN source s ON s.id = c.source_id WHERE s.code = :code"
        assert connection.scalar(sa.text(covered), {"code": "UNICEF_VIOLENT_DISCIPLINE_2016"}) == 14


def test_the_same_files_again_change_nothing(own_file: Path) -> None:
    before = own_file.read_bytes()
    done = prepare(settings_for(f"sqlite:///{own_file}"))
    assert (done.loaded, done.sources, done.removed) == (0, 0, [])
    assert own_file.read_bytes() == before


def test_a_file_that_is_not_the_one_described_is_refused_whole(own_file: Path, own_sample_data: Path) -> None:
    file = own_sample_data / "figures" / "KEN_KMDHS_2025_26.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("70.3", "71.3", 1), encoding="utf-8")
    sidecar = file.with_suffix(".toml")
    sidecar.write_text(re.sub(r'sha256 = "\w+"', f'sha256 = "{"0" * 64}"', sidecar.read_text()), encoding="utf-8")
    with pytest.raises(FileProblem, match=r"KEN_KMDHS_2025_26\.csv: the file is not the one its sidecar describes"):
        prepare(settings_for(f"sqlite:///{own_file}"), own_sample_data)
    assert count(engine_for(f"sqlite:///{own_file}"), "observation") == 44890


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            "KEN-XX,FACILITY_BIRTH,INCOME_WEALTH_QUANTILE=Q1,2025-26,70.3,",
            "column REF_AREA, value 'KEN-XX': is no known area",
        ),
        ("KEN,NO_SUCH,INCOME_WEALTH_QUANTILE=Q1,2025-26,70.3,", "column SERIES, value 'NO_SUCH': is no known series"),
        ("KEN,FACILITY_BIRTH,INCOME_WEALTH_QUANTILE=Q2,2025-26,70.3,", "stands already in row"),
    ],
)
def test_a_bad_cell_names_file_row_column_value_and_mend(
    own_file: Path, own_sample_data: Path, new: str, message: str
) -> None:
    change_file(own_sample_data, "KEN_KMDHS_2025_26", "KEN,FACILITY_BIRTH,INCOME_WEALTH_QUANTILE=Q1,2025-26,70.3,", new)
    with pytest.raises(FileProblem, match=rf"KEN_KMDHS_2025_26\.csv.*{message}"):
        prepare(settings_for(f"sqlite:///{own_file}"), own_sample_data)
    assert count(engine_for(f"sqlite:///{own_file}"), "observation") == 44890


@pytest.mark.postgres
def test_postgresql_holds_as_much(filled: Engine, filled_postgres: Engine) -> None:
    for table in SQLModel.metadata.tables:
        assert count(filled_postgres, table) == count(filled, table), table
