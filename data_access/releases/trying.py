"""The dry run: what a file would add, change, leave as it is and take away, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.importing.findings import Finding
from data_access.models import Area, Observation, Organisation, PopulationGroup, Series, Source
from data_access.models.groups import breakdown, members
from data_access.people.current import CurrentUser, may, require
from data_access.releases.incoming import Incoming
from data_access.releases.weighing import Weighed, Worth, weigh, worth

Place = tuple[str, str, str, str]
"""Area, series, group and time period, by their codes."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that would differ: ``old`` as readers see it now, ``new`` as they would; ``row`` of the file."""

    place: Place
    old: Worth | None
    new: Worth | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure that would be withheld, as only the steward of its source may see it."""

    place: Place
    true: Worth
    kind: Literal["primary", "complementary"]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class DryRun:
    """What would happen; nothing was written.

    ``suppressed`` how many figures would be withheld; ``hidden`` which, with their true values, for a steward of the
    source alone (empty for others). ``left_out`` rows about single sites that the owner's consent leaves out.
    ``findings`` everything found, ``refused`` what must be mended or answered before the file can be kept.
    """

    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    gone: tuple[Change, ...]
    same: int
    suppressed: int
    hidden: tuple[Hidden, ...]
    left_out: int
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> tuple[Finding, ...]:
        """Findings that stand in the way."""
        return tuple(one for one in self.findings if one.kind != "remark")


def dry_run(session: Session, incoming: Incoming, by: CurrentUser) -> DryRun:
    """Say what ``incoming`` would change. Reads only, so that any session will do.

    With refused rows there is nothing to compare: the findings are all there is. Raises NotAllowed, and NotSafe where
    the release would give people away.
    """
    require_for(session, incoming, by)
    weighed = weigh(session, incoming)
    if any(one.kind == "refused" for one in weighed.findings):
        return DryRun((), (), (), 0, 0, (), weighed.left_out, weighed.findings)
    current = _current(session, incoming.source.code)
    added, changed, same = [], [], 0
    for row, new in weighed.worths():
        place = (row.area, row.series, row.group, row.time_period)
        old = current.pop(place, None)
        if old is None:
            added.append(Change(place, None, new, row.row))
        elif old == new:
            same += 1
        else:
            changed.append(Change(place, old, new, row.row))
    lies_in = dict(session.execute(select(table_of(Area).c.code, table_of(Area).c.country_id)).all())
    about = {(lies_in[r.area], r.series, breakdown(members(r.group)), r.time_period) for r, _new in weighed.worths()}
    gone = [
        Change(place, old, None, None)
        for place, old in sorted(current.items())
        if (lies_in[place[0]], place[1], breakdown(members(place[2])), place[3]) in about  # as settling will have it
    ]
    hidden = _hidden(weighed)
    trusted = all(may(by, "see_withheld", c, incoming.source.publisher) for c in incoming.source.countries)
    return DryRun(
        tuple(added),
        tuple(changed),
        tuple(gone),
        same,
        len(hidden),
        hidden if trusted else (),
        weighed.left_out,
        weighed.findings,
    )


def require_for(session: Session, incoming: Incoming, by: CurrentUser) -> str:
    """The role under which ``by`` may import this: for all its countries, its publisher, and who owns its code already.

    Raises NotAllowed.
    """
    source, organisation = table_of(Source).c, table_of(Organisation).c
    owner = session.scalar(
        select(organisation.name)
        .join(table_of(Source), source.organisation_id == organisation.id)
        .where(source.code == incoming.source.code)
    )
    organisations = {incoming.source.publisher, *([owner] if owner else [])}
    return require(by, incoming.act, incoming.source.countries, organisations)


def _hidden(weighed: Weighed) -> tuple[Hidden, ...]:
    found = []
    for i, withheld in sorted(weighed.decision.withheld.items()):
        row = weighed.rows[i]
        if weighed.suppresses(i):
            place = (row.area, row.series, row.group, row.time_period)
            found.append(Hidden(place, worth(row), withheld.kind, withheld.reasons))
    return tuple(found)


def _current(session: Session, source_code: str) -> dict[Place, Worth]:
    observed, source = table_of(Observation).c, table_of(Source).c
    area, series, group = table_of(Area).c, table_of(Series).c, table_of(PopulationGroup).c
    asked = (
        select(area.code, series.code, group.key, observed.time_period, *(observed[name] for name in Worth._fields))
        .select_from(table_of(Observation))
        .join(table_of(Source), source.id == observed.source_id)
        .join(table_of(Area), area.id == observed.area_id)
        .join(table_of(Series), series.id == observed.series_id)
        .join(table_of(PopulationGroup), group.id == observed.group_id)
        .where(source.code == source_code, observed.revision == 0)
    )
    return {tuple(row[:4]): Worth(*row[4:]) for row in session.execute(asked)}
