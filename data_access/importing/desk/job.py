"""One import from file to draft: read, understand, weigh, keep. It runs in a process of its own, and may be ended.

``python -m data_access.importing.desk.job`` takes a request as JSON on its standard input and says on its output, a
line of JSON each, which step it is at and at last what came of it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from sqlmodel import Session

from data_access.database import engine_for, reading, writing
from data_access.importing.desk.answers_file import opened, recorded_mapping
from data_access.importing.desk.confirmed import CONFIRMED, about_names, confirm
from data_access.importing.estimates.private_folder import sweep
from data_access.importing.findings import Batch, Finding, write_csv
from data_access.importing.intersections import Waiting
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import Sidecar
from data_access.importing.tidy import TidyRow
from data_access.importing.truths import Truth
from data_access.importing.workbook import Workbook
from data_access.people.current import CurrentUser, Held, NotAllowed
from data_access.prepare import named_problems
from data_access.problems import DatabaseProblem
from data_access.queries.catalogue import read_catalogue
from data_access.releases.drafts import Draft, save_draft
from data_access.releases.incoming import Consent, Incoming
from data_access.releases.problems import Refused, ReleaseProblem
from data_access.releases.trying import DryRun, dry_run
from data_access.releases.weighing import weigh
from data_access.settings import SettingProblem, Settings, read_settings

Answers = Mapping[str, Mapping[str, str]]
"""A steward's answers: what was asked about (area, series …) → the file's text → the code."""
Progress = Callable[[str], None]
"""Told each step as it begins: reading, understanding, weighing, keeping."""
PROBLEMS = (FileProblem, ReleaseProblem, NotAllowed, DatabaseProblem, SettingProblem)
"""What an import may end with: each says in a sentence what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A workbook in the product's own terms: who says so, what they agreed to, the figures, and what was found."""

    source: Sidecar
    consent: Consent | None
    rows: Sequence[TidyRow]
    findings: tuple[Finding, ...]
    studies: tuple[Waiting, ...] = ()
    truths: tuple[Truth, ...] = ()
    batches: Callable[[], Iterable[Finding | Batch]] | None = None
    """All findings, also those that ``findings`` only counts; None where it lists all."""


@dataclass(frozen=True)
class Parts:
    """The parts of the product that a file passes through: what reads it, and what understands it by its mapping."""

    read: Callable[[Path], Workbook]
    understand: Callable[[Session, Workbook, str, Answers], Understood]


@dataclass(frozen=True)
class Outcome:
    """What came of an import: a draft, or a dry run, or neither where findings stand in the way."""

    findings: tuple[Finding, ...]
    dry: DryRun | None = None
    draft: Draft | None = None

    @property
    def refused(self) -> bool:
        """Whether something must be mended or answered first."""
        return any(one.kind != "remark" for one in self.findings)


def understand(session: Session, workbook: Workbook, mapping_text: str, answers: Answers) -> Understood:
    """Map, resolve and check a workbook by the product's own parts. Reads only.

    Raises Refused for a mapping that says what no mapping can.
    """
    from data_access.importing.checks.figures import check_figures
    from data_access.importing.checks.table import frame_of
    from data_access.importing.desk.answers_file import estimates, of_tables
    from data_access.importing.mapping.adapter import FromCatalogues
    from data_access.importing.mapping.apply import harmonise
    from data_access.importing.mapping.excusing import identifiers
    from data_access.importing.mapping.reading import MappingRefused, load_mapping
    from data_access.importing.mapping.settling import settle
    from data_access.importing.mapping.total_words import with_total_words
    from data_access.importing.resolution.outcomes import AnswerProblem
    from data_access.importing.resolution.resolver import Resolver

    try:
        mapping = load_mapping(mapping_text)
    except MappingRefused as refused:
        raise Refused(workbook.file, refused.findings) from None
    countries = mapping.source.countries
    known = read_catalogue(session)
    settled = settle(mapping, mapping_text, known, about_names(answers))
    one = countries[0] if len(countries) == 1 else ""
    try:
        resolver = Resolver.of(session, country=one, vintage=settled.vintage, answers=settled.answers)
    except AnswerProblem as problem:
        raise FileProblem(workbook.file, str(problem), "Answer the question anew.") from None
    resolve = FromCatalogues(resolver)
    tables = of_tables(workbook, mapping)
    made = harmonise(tables, settled.mapping, resolve)
    found = identifiers(tables, mapping)
    rows: Sequence[TidyRow] = made.rows
    estimated = estimates(session, workbook, settled.mapping, resolve, known) if mapping.microdata else None
    if estimated is not None:
        rows = (*rows, *estimated.rows)
        found = [*found, *estimated.findings]
    of_columns, checked = list(found), None
    if rows:
        frame = with_total_words(frame_of(rows), tables, mapping, known.areas)
        checked = check_figures(frame, known, file=workbook.file)
        found += checked.findings()

    def batches() -> Iterable[Finding | Batch]:
        every = chain(settled.findings, made.batches(), of_columns, checked.batches() if checked else ())
        if CONFIRMED not in answers:
            return every
        return confirm(chain.from_iterable((one,) if isinstance(one, Finding) else one for one in every), answers)

    facts = mapping.source.model_dump()
    sharing = facts.pop("sharing")
    agreed = facts["consent"] == "stated" or sharing != "public"
    return Understood(
        Sidecar(**{**facts, "countries": list(countries)}, rows=len(rows), sha256=workbook.sha256),
        Consent(mapping.source.publisher, sharing) if agreed else None,
        rows,
        confirm((*settled.findings, *made.findings, *found), answers),
        estimated.studies if estimated is not None else (),
        estimated.truths if estimated is not None else (),
        batches,
    )


def wired() -> Parts:
    """The product's own parts, imported only when a file is at the door."""
    return Parts(import_module("data_access.importing.readers").read, understand)


def run_import(
    path: Path,
    mapping_path: Path,
    *,
    settings: Settings,
    by: CurrentUser,
    dry: bool = False,
    form: Path | None = None,
    answers: Answers | None = None,
    progress: Progress = lambda _step: None,
    parts: Parts | None = None,
    findings_to: Path | None = None,
) -> Outcome:
    """Take a file in as a draft, or only say what that would do (``dry``); ``form`` the XLSForm of answers in it.

    ``findings_to`` a file that gets all findings as CSV, none left out, while the outcome counts what is too many.
    Everything before the keeping reads only, and the keeping is one transaction. Raises what ``PROBLEMS`` names.
    """
    parts, answers = parts or wired(), answers or {}
    sweep()  # what an import that was killed has left
    mapping_text = _text(mapping_path)
    progress("reading")
    _sha256(path)
    workbook = opened(path, mapping_path, mapping_text, form, parts.read)
    _refuse_changed(path, workbook)
    engine = engine_for(settings.database_url)
    with named_problems(settings):
        progress("understanding")
        try:
            with reading(engine) as session:
                understood = parts.understand(session, workbook, mapping_text, answers)
        except Refused as refused:
            _write_findings(findings_to, refused.findings)
            return Outcome(refused.findings)
        _refuse_changed(path, workbook)
        mapping_text, left = _answered(mapping_text, answers)
        incoming = Incoming(
            understood.source,
            understood.rows,
            workbook.file,
            workbook.sha256,
            recorded_mapping(mapping_text, workbook),
            understood.findings,
            left,
            understood.consent,
            studies=understood.studies,
            truths=understood.truths,
        )
        if dry:
            progress("weighing")
            with reading(engine) as session:
                tried = dry_run(session, incoming, by)
                _write_all(findings_to, session, understood, incoming, tried.findings)
            return Outcome(tried.findings, dry=tried)
        progress("keeping")
        try:
            with writing(engine) as session:
                draft = save_draft(session, incoming, by)
        except Refused as refused:
            with reading(engine) as session:
                _write_all(findings_to, session, understood, incoming, refused.findings)
            return Outcome(refused.findings)
        _write_findings(findings_to, incoming.findings)
        return Outcome(incoming.findings, draft=draft)


def _answered(mapping_text: str, answers: Answers) -> tuple[str, Answers]:
    """The mapping as it is recorded: with the answers that say what texts mean; and the answers that are left."""
    if not any(about_names(answers).values()):
        return mapping_text, answers
    from data_access.importing.mapping.answering import with_answers

    return with_answers(mapping_text, answers), {about: of for about, of in answers.items() if about == CONFIRMED}


def _write_all(
    to: Path | None, session: Session, understood: Understood, incoming: Incoming, findings: Sequence[Finding]
) -> None:
    """All findings as CSV: those of reading, mapping and checks, and those that weighing has added."""
    if to is None:
        return
    added = findings[len(incoming.findings) :]
    further = weigh(session, incoming).further if any(one.kind == "refused" for one in added) else ()
    _write_findings(to, chain(understood.batches() if understood.batches else understood.findings, added, further))


def _write_findings(to: Path | None, findings: Iterable[Finding | Batch]) -> None:
    if to is not None:
        with to.open("w", encoding="utf-8", newline="") as out:
            write_csv(out, findings)


def _refuse_changed(path: Path, workbook: Workbook) -> None:
    if _sha256(path) != workbook.sha256:
        raise FileProblem(
            path, "the file changed while it was read.", "Close it where it is open, and import it again."
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(path, f"the mapping cannot be read ({error}).", "Check its name; save it as UTF-8.") from None


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileProblem(path, f"the file cannot be read ({error.strerror}).", "Check its name and place.") from None


def said(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON can hold it."""
    return {"refused": outcome.refused, **asdict(outcome)}


def answer_request(request: Mapping[str, Any], settings: Settings, say: Callable[[str], None], parts: Parts) -> int:
    """Carry out one request and ``say`` a line of JSON for each step and for what came of it; 0 unless it failed."""
    asked = request["user"]
    by = CurrentUser(asked["name"], tuple(Held(**held) for held in asked["roles"]), asked["user_id"])
    try:
        outcome = run_import(
            Path(request["file"]),
            Path(request["mapping"]),
            settings=settings,
            by=by,
            dry=request["dry"],
            form=Path(request["form"]) if request.get("form") else None,
            answers=request["answers"],
            progress=lambda step: say(json.dumps({"step": step})),
            parts=parts,
        )
    except PROBLEMS as problem:
        say(json.dumps({"problem": str(problem)}))
        return 1
    say(json.dumps({"outcome": said(outcome)}))
    return 0


def main() -> int:
    """Answer the request on the standard input."""
    return answer_request(
        json.loads(sys.stdin.readline()), read_settings(), lambda line: print(line, flush=True), wired()
    )


if __name__ == "__main__":
    sys.exit(main())
