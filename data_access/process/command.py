"""Entries of the record from a shell: ``python -m data_access.process.command import FILE.xlsx`` and the other acts.

0 when done, 1 when something stood in the way (said in a sentence), 2 when the command itself was not understood.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.engine import Engine

from data_access.database import engine_for, reading, writing
from data_access.importing import readers
from data_access.importing.desk.job import PROBLEMS
from data_access.importing.findings import Finding
from data_access.importing.findings import as_csv as findings_csv
from data_access.importing.problems import FileProblem
from data_access.people.audit import acts_upon
from data_access.people.current import command_line_user
from data_access.prepare import named_problems
from data_access.process.drafts import (
    TriedEntries,
    discard_entries,
    drafts,
    publish_entries,
    save_entry_draft,
    try_entries,
)
from data_access.process.kinds import KINDS
from data_access.process.states import history_of
from data_access.process.templates import codes_of, standing_entries, template_csv, template_xlsx
from data_access.process.voices import read_voice, voices_waiting
from data_access.process.withdrawing import withdraw_entry
from data_access.releases.problems import Refused
from data_access.settings import Settings, read_settings

MOST_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one act and say what came of it."""
    asked = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        act: Callable[[argparse.Namespace, Settings], int] = asked.act
        with named_problems(settings):
            return act(asked, settings)
    except Refused as refused:
        say_findings(refused.findings)
        print("Nothing was kept.")
        return 1
    except PROBLEMS as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem.filename or 'A file'}: {problem.strerror}.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py entries", description="Entries of the record, in files.")
    acts = parser.add_subparsers(required=True, metavar="act")

    def add(name: str, act: Callable[[argparse.Namespace, Settings], int], help_: str) -> argparse.ArgumentParser:
        one = acts.add_parser(name, help=help_, description=help_, allow_abbrev=False)
        one.set_defaults(act=act)
        return one

    for name, act, help_ in (
        ("template", _template, "write empty sheets to fill in, and what may stand in them"),
        ("export", _export, "write what stands, as a filled template"),
    ):
        one = add(name, act, help_)
        one.add_argument(
            "kinds", nargs="*", choices=[[], *KINDS], metavar="KIND", help=f"all, or of: {', '.join(KINDS)}"
        )
        one.add_argument("--country", default="", metavar="ISO3", help="only this country's entries and codes")
        one.add_argument("--to", type=Path, required=True, metavar="FILE", help="an .xlsx, or of one kind a .csv")
    one = add("import", _import, "keep a file of entries as a draft, which changes nothing until it is published")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--kind", choices=list(KINDS), default="", metavar="KIND", help="what the whole file holds")
    one.add_argument("--dry-run", dest="dry", action="store_true", help="only say what would change")
    one.add_argument("--findings", type=Path, metavar="FILE", help="write everything that was found there, as CSV")
    for name, act, help_ in (
        ("publish", _publish, "write the entries of a draft that somebody else brought"),
        ("discard", _discard, "let a draft go"),
        ("read", _read, "say that you have read a voice that somebody else entered, so that it is shown"),
    ):
        add(name, act, help_).add_argument("code")
    one = add("withdraw", _withdraw, "take an entry away from readers for good; of a voice every word goes")
    one.add_argument("kind", choices=list(KINDS), metavar="KIND")
    one.add_argument("code", metavar="CODE")
    one.add_argument("--why", required=True, help="the reason, without names of people")
    one = add("history", _history, "list the drafts and what waits, or every state of a kind's entries or of one")
    one.add_argument("kind", nargs="?", choices=[*KINDS], default=None, metavar="KIND")
    one.add_argument("code", nargs="?", default="", metavar="CODE")
    return parser


def _engine(settings: Settings) -> Engine:
    return engine_for(settings.database_url)


def _template(asked: argparse.Namespace, settings: Settings) -> int:
    return _write(asked, settings, filled=False)


def _export(asked: argparse.Namespace, settings: Settings) -> int:
    return _write(asked, settings, filled=True)


def _write(asked: argparse.Namespace, settings: Settings, *, filled: bool) -> int:
    kinds = asked.kinds or list(KINDS)
    with reading(_engine(settings)) as session:
        known = codes_of(session, asked.country) if asked.country else ()
        entries = standing_entries(session, kinds, asked.country) if filled else {name: [] for name in kinds}
    if asked.country and not any(what == "country" for what, _, _ in known):
        print(f"{asked.country} is no country here.", file=sys.stderr)
        return 1
    if asked.to.suffix.lower() == ".csv":
        if len(kinds) != 1:
            print("A CSV holds one kind: name it, or write an .xlsx.", file=sys.stderr)
            return 1
        asked.to.write_text(template_csv(KINDS[kinds[0]], entries[kinds[0]]), encoding="utf-8-sig")
    else:
        asked.to.write_bytes(template_xlsx(entries, known))
    print(f"{asked.to}: {sum(map(len, entries.values())):,} entries of {len(kinds)} kinds.")
    return 0


def _import(asked: argparse.Namespace, settings: Settings) -> int:
    workbook = readers.read(asked.file)
    if (
        not asked.kind
        and len(workbook.sheets) == 1
        and workbook.kind == "csv"
        and not _names_a_kind(workbook.sheets[0].name)
    ):
        raise FileProblem(asked.file, "the file is named after no kind of entry.", "Say which with --kind.")
    by = command_line_user()
    with reading(_engine(settings)) as session:
        tried = try_entries(session, workbook, by, asked.kind)
    if asked.findings:
        asked.findings.write_text(findings_csv(tried.findings), encoding="utf-8")
    if asked.dry or tried.refused:
        say_tried(tried)
        print("Nothing was kept.")
        return int(tried.refused)
    with writing(_engine(settings)) as session:
        code = save_entry_draft(session, workbook, by, asked.kind)
    say_tried(tried)
    print(f"{code} is a draft of {len(tried.entries):,} entries. Somebody else: entries publish {code}")
    return 0


def _names_a_kind(sheet: str) -> bool:
    return sheet.strip().lower().replace(" ", "_") in KINDS


def say_tried(tried: TriedEntries) -> None:
    """Print what was found and what would change."""
    say_findings(tried.findings)
    print(f"Would be: {tried.added:,} added, {tried.changed:,} changed, {tried.same:,} same.")
    for one in [change for change in tried.changes if not change.new][:MOST_SHOWN]:
        cells = "; ".join(
            f"{heading}: {old or '(empty)'} → {new or '(empty)'}" for heading, (old, new) in one.cells.items()
        )
        print(f"changed: {one.kind} {one.code}: {cells}")


def say_findings(findings: Sequence[Finding]) -> None:
    """Print the first findings, each in a line."""
    for one in findings[:MOST_SHOWN]:
        row = f"row {one.row}" if one.row else ""
        where = ", ".join(part for part in (one.sheet, row, one.column, repr(one.value) if one.value else "") if part)
        print(f"{one.kind}: {one.file}, {where}: {one.what} {one.mend}".rstrip())
    if len(findings) > MOST_SHOWN:
        print(f"… and {len(findings) - MOST_SHOWN:,} more: --findings FILE writes all of them.")


def _publish(asked: argparse.Namespace, settings: Settings) -> int:
    with writing(_engine(settings)) as session:
        changed = publish_entries(session, asked.code, command_line_user(), self_publish=settings.self_publish)
    print(f"{asked.code} is published: {changed:,} entries are new or changed.")
    return 0


def _discard(asked: argparse.Namespace, settings: Settings) -> int:
    with writing(_engine(settings)) as session:
        discard_entries(session, asked.code, command_line_user())
    print(f"{asked.code} is discarded.")
    return 0


def _read(asked: argparse.Namespace, settings: Settings) -> int:
    with writing(_engine(settings)) as session:
        read_voice(session, asked.code, command_line_user())
    print(f"{asked.code} has been read and is shown where its consent allows.")
    return 0


def _withdraw(asked: argparse.Namespace, settings: Settings) -> int:
    with writing(_engine(settings)) as session:
        withdraw_entry(session, asked.kind, asked.code, asked.why, command_line_user())
    print(f"{asked.kind} {asked.code} is withdrawn.")
    return 0


def _history(asked: argparse.Namespace, settings: Settings) -> int:
    with reading(_engine(settings)) as session:
        if asked.kind is None:
            for draft in drafts(session):
                words = [
                    f"{draft.imported_at:%Y-%m-%d %H:%M}",
                    draft.code,
                    draft.step,
                    f"{len(draft.entries):,} entries",
                ]
                words += [draft.file, draft.imported_by, draft.published_by, "unreviewed" if draft.unreviewed else ""]
                print("  ".join(filter(None, words)))
            for voice in voices_waiting(session, command_line_user()):
                print(f"waits to be read  voice {voice.code}  {voice.country}  entered by {voice.entered_by}")
            return 0
        before: dict[str, str] = {}
        for state in reversed(history_of(session, asked.kind, asked.code)):
            print(f"{state.at:%Y-%m-%d %H:%M}  {state.actor} ({state.role})  {state.act}  {state.kind} {state.code}")
            if asked.code:
                for heading, text in state.content.items():
                    if text != before.get(heading, ""):
                        print(f"    {heading}: {before.get(heading, '') or '(empty)'} → {text or '(empty)'}")
                before = dict(state.content)
        for act in acts_upon(session, f"{asked.kind} {asked.code}") if asked.code else ():
            if act.particulars.get("read"):
                print(f"{act.at:%Y-%m-%d %H:%M}  {act.actor} ({act.role})  read")
    return 0


if __name__ == "__main__":
    sys.exit(main())
