"""Reading the figures that ship with the product: a CSV a source, and a sidecar that says who says so."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from data_access.importing.problems import FileProblem
from data_access.models.groups import members
from data_access.periods import years
from data_access.settings import ROOT

SAMPLE_DATA = ROOT / "sample_data"
FOLDERS = ("figures", "odbl")
ILLUSTRATIVE_FOLDER = "illustrative"
COLUMNS = (
    "REF_AREA",
    "SERIES",
    "GROUP",
    "TIME_PERIOD",
    "OBS_VALUE",
    "STD_ERR",
    "LOWER_BOUND",
    "UPPER_BOUND",
    "SAMPLE_SIZE",
    "POPULATION",
    "OBS_STATUS",
    "COMMENT_OBS",
)


@dataclass(frozen=True)
class Sidecar:
    """Who says so: the facts kept beside each shipped file."""

    code: str
    title: str
    publisher: str
    origin: str
    illustrative: bool
    countries: list[str]
    collection: str
    sampling: str
    mode: str
    fieldwork_start: str
    fieldwork_end: str
    sample_size: str
    licence: str
    licence_state: str
    citation: str
    obtained_from: str
    caveats: str
    consent: str
    recognition: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShippedRow:
    """One row of a shipped file, its texts turned into numbers; ``row`` counts from the header, which is 1."""

    row: int
    area: str
    series: str
    group: str
    time_period: str
    year: int
    value: float | None
    se: float | None
    lower: float | None
    upper: float | None
    n: int | None
    population: int | None
    status: str
    note: str


@dataclass(frozen=True)
class ShippedSource:
    """A source of the shipped figures: its sidecar and the file its rows lie in."""

    sidecar: Sidecar
    file: Path

    @property
    def name(self) -> str:
        """The file's path within ``sample_data``, as releases record it."""
        return self.file.relative_to(self.file.parents[1]).as_posix()

    def rows(self) -> Iterator[ShippedRow]:
        """The rows in file order.

        Raises FileProblem when the file is not the one the sidecar describes, or a cell cannot be read.
        """
        try:
            content = self.file.read_bytes()
        except OSError:
            raise FileProblem(self.file, "the file cannot be read.", "Restore the shipped file.") from None
        if hashlib.sha256(content).hexdigest() != self.sidecar.sha256:
            raise FileProblem(
                self.file,
                "the file is not the one its sidecar describes.",
                f"Restore the shipped file, or record its new sha256 and rows in {self.sidecar.code}.toml.",
            )
        reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise FileProblem(self.file, "the header is not the expected one.", f"Write {','.join(COLUMNS)}", row=1)
        count = 0
        for count, cells in enumerate(reader, 1):
            yield _row(self.file, count + 1, cells)
        if count != self.sidecar.rows:
            raise FileProblem(self.file, f"{count} rows instead of {self.sidecar.rows}.", "Restore the shipped file.")


def shipped_sources(root: Path = SAMPLE_DATA, *, illustrative: bool) -> list[ShippedSource]:
    """Every source that ships with the product, in code order; the invented ones only when asked for."""
    folders = (*FOLDERS, ILLUSTRATIVE_FOLDER) if illustrative else FOLDERS
    sidecars = [path for folder in folders for path in sorted((root / folder).glob("*.toml"))]
    return [ShippedSource(_sidecar(path), path.with_suffix(".csv")) for path in sidecars]


def catalogue_rows(name: str, root: Path = SAMPLE_DATA, *, illustrative: bool) -> list[dict[str, str]]:
    """The rows of a catalogue file, followed by those of its illustrative counterpart when asked for."""
    paths = [root / "catalogue" / f"{name}.csv"]
    if illustrative and (extra := root / ILLUSTRATIVE_FOLDER / f"{name}.csv").exists():
        paths.append(extra)
    found: list[dict[str, str]] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            found += [
                {**row, "illustrative": str(path.parent.name == ILLUSTRATIVE_FOLDER)} for row in csv.DictReader(file)
            ]
    return found


def own_rows(name: str, folder: Path) -> list[dict[str, str]]:
    """The rows a deployment's own folder adds to a catalogue; none where it has no such file."""
    path = folder / "catalogue" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [{**row, "illustrative": "False"} for row in csv.DictReader(file)]


def _sidecar(path: Path) -> Sidecar:
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileProblem(path, f"the sidecar cannot be read: {error}.", "Restore the shipped file.") from None
    missing = [field.name for field in fields(Sidecar) if field.name not in facts]
    if missing:
        raise FileProblem(
            path, f"the sidecar lacks {', '.join(missing)}.", "Add them; an unknown fact is an empty text."
        )
    return Sidecar(**{field.name: facts[field.name] for field in fields(Sidecar)})


def _row(file: Path, number: int, cells: dict[str, str]) -> ShippedRow:
    def figure(column: str) -> float | None:
        text = cells[column]
        if not text:
            return None
        try:
            read = float(text)
        except ValueError:
            read = math.nan
        if not math.isfinite(read):
            raise FileProblem(
                file, "is not a number.", "Write digits with a point.", row=number, column=column, value=text
            )
        return read

    def count(column: str) -> int | None:
        number_read = figure(column)
        return None if number_read is None else round(number_read)

    if len(cells) != len(COLUMNS) or None in cells.values():
        raise FileProblem(file, f"the row does not have {len(COLUMNS)} cells.", "Mend the row.", row=number)
    try:
        _, year = years(cells["TIME_PERIOD"])
        members(cells["GROUP"])
    except ValueError as error:
        raise FileProblem(file, str(error), "Mend the row.", row=number) from None
    return ShippedRow(
        row=number,
        area=cells["REF_AREA"],
        series=cells["SERIES"],
        group=cells["GROUP"],
        time_period=cells["TIME_PERIOD"],
        year=year,
        value=figure("OBS_VALUE"),
        se=figure("STD_ERR"),
        lower=figure("LOWER_BOUND"),
        upper=figure("UPPER_BOUND"),
        n=count("SAMPLE_SIZE"),
        population=count("POPULATION"),
        status=cells["OBS_STATUS"],
        note=cells["COMMENT_OBS"],
    )
