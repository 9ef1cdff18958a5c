"""A file that is being brought in, kept in memory across reruns, reloads and tabs until it is put away."""

from __future__ import annotations

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from functools import cache

from dashboard import store
from dashboard.desk.looking import PROGRAM as LOOKING
from dashboard.desk.looking import Look, look_of
from dashboard.desk.preview import Preview, preview
from dashboard.desk.work import Work
from data_access.importing.desk.confirmed import about_names
from data_access.importing.findings import Finding
from data_access.people.current import CurrentUser
from data_access.releases.overview import DeskLine

ADDRESS = "file"
"""What names the file in the page's address, so that a reload finds it again."""
MOST, LONGEST = 8, 8 * 3600
"""Files kept at once, and seconds without a look after which one is put away."""
Tried = tuple[str, str]


@dataclass
class Intake:
    """One file on its way in, with what the steward has said about it so far."""

    name: str
    content: bytes
    by: CurrentUser
    token: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    form: tuple[str, bytes] | None = None
    """The XLSForm that came with people's answers: its name and content."""
    mapping: str = ""
    mapping_from: str | None = None
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    work: Work | None = None
    worked_on: Tried = ("", "")
    seen: float = field(default_factory=time.monotonic)
    _look: Look | None = None
    _looking: Work | None = None
    _findings: tuple[int, tuple[Finding, ...]] = (0, ())
    _preview: tuple[object, Preview] | None = None

    @property
    def looking(self) -> Work:
        """The first look at the file, under way or done."""
        if self._looking is None:
            self._looking = Work(self.name, self.content, "", self.by, dry=True, answers={}, program=LOOKING)
        return self._looking

    @property
    def look(self) -> Look | None:
        """What the first look found; None until it is done, or where the file cannot be read."""
        if self._look is None and self.looking.outcome is not None:
            self._look, self.looking.outcome = look_of(self.looking.outcome), None
        return self._look

    @property
    def running(self) -> Work | None:
        """The work that is under way, if any."""
        return next((w for w in (self._looking, self.work) if w is not None and w.running), None)

    @property
    def said(self) -> Tried:
        """What the steward says at present: mapping and answers."""
        form = "" if self.form is None else f"{self.form[0]} {hash(self.form[1])}"
        return self.mapping, json.dumps([self.answers, form], sort_keys=True)

    @property
    def preview(self) -> Preview:
        """What the mapping makes of the first rows, by what is said and known at present."""
        assert self.look is not None
        of = (self.said, store.state())
        if self._preview is None or self._preview[0] != of:
            self._preview = of, preview(self.look.book, self.mapping, about_names(self.answers))
        return self._preview[1]

    @property
    def stale(self) -> bool:
        """Whether mapping or answers were changed since the last try."""
        return self.worked_on != self.said

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the last try found."""
        work = self.work
        if work is None or work.outcome is None:
            return ()
        if self._findings[0] != id(work):
            found = (Finding(**{**one, "candidates": tuple(one["candidates"])}) for one in work.outcome["findings"])
            self._findings = id(work), tuple(found)
        return self._findings[1]

    @property
    def may_be_kept(self) -> bool:
        """Whether the last try, of what is said at present, found nothing in the way."""
        tried = self.work is not None and self.work.dry and self.work.outcome is not None
        return tried and not self.stale and all(one.kind == "remark" for one in self.findings)

    def start(self, *, dry: bool) -> None:
        """Try the file with what is said at present, or keep it as a draft."""
        self.worked_on = self.said
        self.work = Work(self.name, self.content, self.mapping, self.by, dry=dry, answers=self.answers, form=self.form)

    def end(self) -> None:
        """End whatever is under way."""
        for work in (self._looking, self.work):
            if work is not None:
                work.cancel()


class AtHand:
    """The files on their way in at this desk, by token; shared by all tabs of this server."""

    def __init__(self) -> None:
        self._intakes: dict[str, Intake] = {}
        self._lock = threading.Lock()

    def find(self, token: str) -> Intake | None:
        """The file of that token, None when it was put away."""
        with self._lock:
            found = self._intakes.get(token)
            if found is not None:
                found.seen = time.monotonic()
            return found

    def add(self, intake: Intake) -> None:
        """Take a file in hand; those not looked at for long, and the ones too many, are put away."""
        with self._lock:
            self._intakes[intake.token] = intake
            newest_first = sorted(self._intakes.values(), key=lambda one: -one.seen)
            old = [one for i, one in enumerate(newest_first) if i >= MOST or intake.seen - one.seen > LONGEST]
        for one in old:
            self.put_away(one.token)

    def put_away(self, token: str) -> None:
        """Let a file go, and end what is under way with it."""
        with self._lock:
            gone = self._intakes.pop(token, None)
        if gone is not None:
            gone.end()


@cache
def at_hand() -> AtHand:
    """The files on their way in at this desk."""
    return AtHand()


def earlier_mappings(lines: tuple[DeskLine, ...]) -> dict[str, DeskLine]:
    """The newest release of each source whose mapping is kept, by its code: what next year's round begins with."""
    newest: dict[str, DeskLine] = {}
    for line in lines:
        if line.mapping and line.step in ("published", "draft"):
            newest.setdefault(line.source, line)
    return {line.release: line for line in newest.values()}
