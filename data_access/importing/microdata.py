"""Reading the answers of single people that ship with the product, and keeping what they say as estimates."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from data_access.importing.catalogue import ids, table_of
from data_access.importing.intersections import StudiedAs, remove_studies, store, study
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import ILLUSTRATIVE_FOLDER, SAMPLE_DATA
from data_access.measures.errors import MeasureRefused
from data_access.models import Category, Country, Dimension, Release, Series, Source

MICRODATA_FOLDER = f"{ILLUSTRATIVE_FOLDER}/microdata"
STUDY_VERSION = "furthest-behind-1"
"""How answers are studied; raised when the measures change, so that the studies are made again."""
DESIGN_COLUMNS = ("STRATUM", "PSU", "WEIGHT", "OUTCOME")


@dataclass(frozen=True)
class MicrodataSidecar:
    """What is stated beside a file of answers: of which source, country, series, period and people, and its columns."""

    source: str
    country: str
    series: str
    time_period: str
    group: str
    illustrative: bool
    circumstances: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class ShippedMicrodata:
    """A file of answers: one line a person, ``STRATUM,PSU,WEIGHT,OUTCOME`` and one column a circumstance."""

    sidecar: MicrodataSidecar
    file: Path

    def columns(self) -> dict[str, Sequence[Hashable]]:
        """One value a person by column: weight and outcome as numbers, everything else as text.

        Raises FileProblem when the file is not the one the sidecar describes, or a number cannot be read.
        """
        try:
            content = self.file.read_bytes()
        except OSError:
            raise FileProblem(self.file, "the file cannot be read.", "Restore the shipped file.") from None
        if hashlib.sha256(content).hexdigest() != self.sidecar.sha256:
            raise FileProblem(self.file, "the file is not the one its sidecar describes.", "Restore the shipped file.")
        header, *lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        wanted = [*DESIGN_COLUMNS, *self.sidecar.circumstances]
        if header != wanted:
            raise FileProblem(self.file, "the header is not the expected one.", f"Write {','.join(wanted)}", row=1)
        if len(lines) != self.sidecar.rows:
            raise FileProblem(
                self.file, f"{len(lines)} rows instead of {self.sidecar.rows}.", "Restore the shipped file."
            )
        found: dict[str, Sequence[Hashable]] = {}
        for name, values in zip(wanted, zip(*lines, strict=True), strict=True):
            found[name] = self._numbers(name, values) if name in ("WEIGHT", "OUTCOME") else values
        return found

    def _numbers(self, column: str, texts: Sequence[str]) -> list[float]:
        found = []
        for row, text in enumerate(texts, 2):
            try:
                found.append(float(text))
            except ValueError:
                raise FileProblem(
                    self.file, "is not a number.", "Write digits with a point.", row=row, column=column, value=text
                ) from None
        return found


def shipped_microdata(root: Path = SAMPLE_DATA) -> list[ShippedMicrodata]:
    """Every file of answers that ships with the product, all of them invented, in name order."""
    return [
        ShippedMicrodata(_sidecar(path), path.with_suffix(".csv"))
        for path in sorted((root / MICRODATA_FOLDER).glob("*.toml"))
    ]


def fill_intersections(session: Session, root: Path = SAMPLE_DATA, *, illustrative: bool) -> None:
    """Make the studies of who is furthest behind hold what the shipped answers say, for the sources that are held.

    Studies of sources that came any other way stay. Raises FileProblem for a file that cannot be read or studied.
    """
    releases = table_of(Release)
    newest = dict(
        session.execute(
            select(releases.c.source_id, func.max(releases.c.id))
            .where(releases.c.mapping_version.like("shipped-%"))
            .group_by(releases.c.source_id)
        ).all()
    )
    remove_studies(session, *newest)
    if not illustrative:
        return
    sources = {code: id_ for code, id_ in ids(session, Source).items() if id_ in newest}
    countries, series = ids(session, Country, "iso3"), ids(session, Series)
    known, favourable, units = _categories(session), _of_series(session, "favourable"), _of_series(session, "unit")
    for shipped in shipped_microdata(root):
        said = shipped.sidecar
        if said.source not in sources:
            continue
        if said.series not in series or said.country not in countries:
            raise FileProblem(shipped.file, f"{said.country} or {said.series} is not known.", "Correct the sidecar.")
        if units[said.series] != "PT":
            raise FileProblem(shipped.file, f"{said.series} is no percentage.", "Name a series whose unit is PT.")
        microdata = shipped.columns()
        for name in said.circumstances:
            _refuse_unknown(shipped.file, name, microdata[name], known)
        try:
            found = study(
                microdata,
                outcome="OUTCOME",
                circumstances=said.circumstances,
                weight="WEIGHT",
                stratum="STRATUM",
                psu="PSU",
                barrier=favourable[said.series] is False,
            )
        except MeasureRefused as refused:
            raise FileProblem(shipped.file, f"cannot be studied: {refused}", "Mend the file.") from refused
        source_id = sources[said.source]
        of = StudiedAs(
            country_id=countries[said.country],
            series_id=series[said.series],
            source_id=source_id,
            release_id=newest[source_id],
            illustrative=said.illustrative,
            time_period=said.time_period,
            group_key=said.group,
        )
        store(session, found, of)


def _categories(session: Session) -> set[tuple[str, str]]:
    dimensions, categories = table_of(Dimension), table_of(Category)
    pairs = select(dimensions.c.code, categories.c.code).join(categories, categories.c.dimension_id == dimensions.c.id)
    return {(dimension, category) for dimension, category in session.execute(pairs)}


def _of_series(session: Session, column: str) -> dict[str, Any]:
    series = table_of(Series)
    return dict(session.execute(select(series.c.code, series.c[column])).all())


def _refuse_unknown(file: Path, dimension: str, values: Sequence[Hashable], known: set[tuple[str, str]]) -> None:
    for row, value in enumerate(values, 2):
        if (dimension, str(value)) not in known:
            raise FileProblem(
                file,
                "is no known category.",
                "Use a code of categories.csv.",
                row=row,
                column=dimension,
                value=str(value),
            )


def _sidecar(path: Path) -> MicrodataSidecar:
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileProblem(path, f"the sidecar cannot be read: {error}.", "Restore the shipped file.") from None
    missing = [field.name for field in fields(MicrodataSidecar) if field.name not in facts]
    if missing:
        raise FileProblem(path, f"the sidecar lacks {', '.join(missing)}.", "Add them.")
    return MicrodataSidecar(**{field.name: facts[field.name] for field in fields(MicrodataSidecar)})
