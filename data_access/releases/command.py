"""The desk from a shell: ``python -m data_access.releases.command import FILE --mapping M.yaml`` and the other acts.

0 when done, 1 when something stood in the way (said in a sentence), 2 when the command itself was not understood.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for, reading, writing
from data_access.importing.desk.answers_given import read_answers, write_answered
from data_access.importing.desk.job import PROBLEMS, Outcome, run_import
from data_access.importing.stock_take.checking import speaks_of_stock_take
from data_access.people.current import command_line_user
from data_access.prepare import named_problems
from data_access.process.bringing import bring_list
from data_access.releases.consents import record_consent
from data_access.releases.drafts import discard
from data_access.releases.exchange import FORMATS, export_as
from data_access.releases.exporting import Exported, export_csv
from data_access.releases.history import acts, fetched, history
from data_access.releases.incoming import Consent
from data_access.releases.publication import publish
from data_access.releases.withdrawal import withdraw
from data_access.settings import Settings, read_settings

MOST_SHOWN = 20
"""Findings and changes printed; ``--findings`` writes all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one act and say what came of it."""
    asked = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        act: Callable[[argparse.Namespace, Settings], int] = asked.act
        with named_problems(settings):
            return act(asked, settings)
    except PROBLEMS as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem.filename or 'A file'}: {problem.strerror}.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py")
    acts_ = parser.add_subparsers(required=True)
    for name, act, dry in (("import", _import, False), ("check-file", _import, True)):
        one = acts_.add_parser(name)
        one.add_argument("file", type=Path)
        one.add_argument("--mapping", type=Path, required=True)
        one.add_argument("--findings", type=Path)
        one.add_argument("--csv", type=Path)
        one.add_argument("--form", type=Path)
        one.add_argument("--answers", type=Path)
        one.add_argument("--answers-into", type=Path)
        one.add_argument("--dry-run", dest="dry", action="store_true", default=dry)
        one.set_defaults(act=act)
    for name, act in (("publish", _publish), ("discard", _discard), ("history", _history)):
        one = acts_.add_parser(name)
        one.add_argument("code")
        one.set_defaults(act=act)
    one = acts_.add_parser("withdraw")
    one.add_argument("code")
    one.add_argument("--why", required=True)
    one.set_defaults(act=_withdraw)
    one = acts_.add_parser("consent")
    one.add_argument("code")
    one.add_argument("--owner", required=True)
    one.add_argument("--sharing", required=True, choices=("public", "aggregate_only", "private"))
    for option in ("--on", "--form", "--revoked-on", "--why"):
        one.add_argument(option, default="")
    one.set_defaults(act=_consent)
    one = acts_.add_parser("export")
    one.add_argument("code")
    one.add_argument("--format", choices=("csv", *FORMATS), default="csv")
    one.add_argument("--out", type=Path)
    one.set_defaults(act=_export)
    return parser


def _engine(settings: Settings) -> Engine:
    return engine_for(settings.database_url)


def _import(asked: argparse.Namespace, settings: Settings) -> int:
    if speaks_of_stock_take(asked.mapping):
        return bring_list(asked.file, asked.mapping, settings, asked.findings, asked.csv, dry=asked.dry)
    answers = read_answers(asked.answers) if asked.answers else {}
    outcome = run_import(
        asked.file,
        asked.mapping,
        settings=settings,
        by=command_line_user(),
        dry=asked.dry,
        form=asked.form,
        answers=answers,
        progress=lambda step: print(f"{step} …", file=sys.stderr),
        findings_to=asked.findings,
    )
    if asked.answers_into:
        write_answered(asked.mapping, answers, asked.answers_into)
    say_outcome(outcome)
    return int(outcome.refused)


def say_outcome(outcome: Outcome) -> None:
    """Print what was found and what would change, or became a draft."""
    for one in outcome.findings[:MOST_SHOWN]:
        where = ", ".join(
            part
            for part in (
                one.sheet,
                f"row {one.row}" if one.row else "",
                one.column,
                repr(one.value) if one.value else "",
            )
            if part
        )
        print(f"{one.kind}: {one.file}, {where}: {one.what} {one.mend}")
    if len(outcome.findings) > MOST_SHOWN:
        print(f"… and {len(outcome.findings) - MOST_SHOWN:,} more: --findings FILE writes all of them.")
    if dry := outcome.dry:
        counts = f"{len(dry.added):,} added, {len(dry.changed):,} changed, {dry.same:,} same, {len(dry.gone):,} gone"
        print(f"Would be: {counts}; {dry.suppressed:,} withheld, {dry.left_out:,} left out by consent.")
        for change in dry.changed[:MOST_SHOWN]:
            old, new = (what.value if what else None for what in (change.old, change.new))
            print(f"changed: {' '.join(filter(None, change.place))}: {old} → {new} (row {change.row})")
    if draft := outcome.draft:
        if draft.kept:
            print(f"{draft.release} is a draft: {draft.rows:,} figures, {draft.suppressed:,} withheld.")
        else:
            print(f"Nothing changed: this file stands already as {draft.release} ({draft.step}).")
    elif outcome.refused:
        print("Nothing was kept.")


def _publish(asked: argparse.Namespace, settings: Settings) -> int:
    with writing(_engine(settings)) as session:
        done = publish(session, asked.code, command_line_user(), own_allowed=settings.self_publish)
    one = done.loaded
    print(
        f"{done.release} is published: {one.new:,} new, {one.revised:,} revised, {one.same:,} same, {one.gone:,} gone."
    )
    if done.unreviewed:
        print("It is recorded as unreviewed.")
    return 0


def _withdraw(asked: argparse.Namespace, settings: Settings) -> int:
    with writing(_engine(settings)) as session:
        gone = withdraw(session, asked.code, command_line_user(), asked.why)
    print(f"{gone.code} is withdrawn: {gone.rows:,} rows are gone.")
    return 0


def _discard(asked: argparse.Namespace, settings: Settings) -> int:
    with writing(_engine(settings)) as session:
        rows = discard(session, asked.code, command_line_user())
    print(f"{asked.code} is discarded, with its {rows:,} figures.")
    return 0


def _consent(asked: argparse.Namespace, settings: Settings) -> int:
    agreed = Consent(asked.owner, asked.sharing, asked.on, asked.form)
    with writing(_engine(settings)) as session:
        gone = record_consent(
            session, asked.code, replace(agreed, revoked_on=asked.revoked_on), command_line_user(), asked.why
        )
    print(f"The consent for {asked.code} is recorded; {gone:,} rows are gone.")
    return 0


def _history(asked: argparse.Namespace, settings: Settings) -> int:
    with reading(_engine(settings)) as session:
        lines, done = history(session, asked.code), acts(session, asked.code)
        answers = fetched(session, asked.code)
    for line in lines:
        words = [f"{line.loaded_at:%Y-%m-%d}", line.code, line.step, f"{line.rows:,} rows", line.file]
        words += ["unreviewed"] if line.unreviewed else []
        words += [line.why] if line.why else []
        print("  ".join(words))
    for answer in answers:
        print(f"{answer.accessed_at:%Y-%m-%d}  {answer.series}  {answer.address}  {answer.sha256}  {answer.licence}")
    for one in done:
        print(f"{one.at:%Y-%m-%d %H:%M}  {one.actor} ({one.role})  {one.act}  {one.upon}  {dict(one.particulars)}")
    return 0


def _export(asked: argparse.Namespace, settings: Settings) -> int:
    def write(session: Session, out: IO[str]) -> Exported:
        if asked.format == "csv":
            return export_csv(session, asked.code, out)
        return export_as(session, asked.code, asked.format, out)

    with reading(_engine(settings)) as session:
        if asked.out is None:
            write(session, sys.stdout)
            return 0
        folder = asked.out.resolve().parent
        with tempfile.NamedTemporaryFile(
            "w", dir=folder, prefix=".export-", encoding="utf-8", newline="", delete=False
        ) as part:
            whole = Path(part.name)
            try:
                done = write(session, part.file)
            except BaseException:
                whole.unlink()
                raise
    whole.replace(asked.out)
    print(f"{asked.out}: {done.rows:,} rows.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
