"""Who is furthest behind, from the answers of single people: computed in memory, kept as estimates.

Answers of single people (microdata) never reach the database. What does is checked here first: a group of the tree
that tells too much about few people is hidden, and with it whatever it could be subtracted from.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from math import ceil
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, delete, insert, select
from sqlmodel import Session

from data_access.disclosure.cells import Cell
from data_access.disclosure.primary import Counted, reasons
from data_access.disclosure.reading import SMALLEST_CELL
from data_access.importing.catalogue import ids, table_of
from data_access.measures.errors import MeasureUndefined
from data_access.measures.furthest_behind.dissimilarity import SEED, Contribution, contributions, d_index, null_of_d
from data_access.measures.furthest_behind.errors import TooFewToSplit
from data_access.measures.furthest_behind.people import Condition, People
from data_access.measures.furthest_behind.split_sample import first_half, split_sample
from data_access.measures.furthest_behind.too_small import groups_below
from data_access.measures.furthest_behind.tree import Tree, grow
from data_access.measures.survey.design import Design
from data_access.measures.survey.estimation import proportion
from data_access.measures.survey.results import NoEstimate, SurveyEstimate
from data_access.models import Country, IntersectionGroup, IntersectionShare, IntersectionStudy, Series

DRAWS = 1_000
"""Times the outcomes are dealt out again to see what chance alone does: 30 ms for 2,000 people."""
FINE_DIMENSIONS = frozenset({"ETHNICITY", "RELIGION"})
"""Circumstances with many small groups, for which smaller leaves are allowed; castes are kept in ETHNICITY."""

Said = list[list[str | list[str]]]
"""Conditions as they are stored: [[dimension, [categories]], …]."""
Note = Literal["", "too_few_to_split", "no_one", "withheld"]
"""Why the group furthest behind could not be estimated in the second half of the sample."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the tree as it may be shown; hidden (``status`` Q) it has its conditions and nothing else."""

    number: int
    conditions: Said
    split_by: str
    n: int | None
    share: float | None
    mean: float | None
    lower: float | None = None
    upper: float | None = None
    status: str = "A"


@dataclass(frozen=True, slots=True)
class Check:
    """The group furthest behind as the half of the sample that did not choose it has it; None with a ``note`` why."""

    conditions: Said
    n: int | None
    mean: float | None
    lower: float | None
    upper: float | None
    note: Note


@dataclass(frozen=True, slots=True)
class Study:
    """What may be kept of one survey's answers, shares and means in per cent; see ``IntersectionStudy``."""

    barrier: bool
    circumstances: tuple[str, ...]
    n: int
    mean: float
    dissimilarity: float | None
    dissimilarity_by_chance: float | None
    dissimilarity_at_most_by_chance: float | None
    opportunity: float | None
    smallest_leaf: int
    check: Check
    too_small: tuple[tuple[Said, int | None], ...]
    contributions: tuple[tuple[str, float], ...]
    groups: tuple[Group, ...]
    design: str
    seed: int


@dataclass(frozen=True, slots=True)
class StudiedAs:
    """Of what a study speaks, in ids of the database: where, what, whom, when, and from which release of a source."""

    country_id: int
    series_id: int
    source_id: int
    release_id: int
    illustrative: bool
    time_period: str
    group_key: str = ""


def study(
    microdata: Mapping[str, Sequence[Hashable]],
    *,
    outcome: str,
    circumstances: Sequence[str],
    weight: str,
    stratum: str | None = None,
    psu: str | None = None,
    barrier: bool = False,
    single_psu: Literal["refuse", "centre"] = "refuse",
    hidden: Collection[Cell] = (),
    draws: int = DRAWS,
    seed: int = SEED,
) -> Study:
    """Everything about who is furthest behind that may be kept of ``microdata``: columns by name, one value a person.

    ``outcome`` 1 or 0, ``weight`` 0 or more, ``circumstances`` named as dimensions and holding category codes. Where
    the outcome is a ``barrier`` (what people should not have), the highest leaf is furthest behind, and the D-index
    and the opportunity index are those of not meeting it. Everyone's mean has its design-based interval; groups have
    none, as the data chose them, but for the one that the second half of the sample estimates. ``hidden`` are cells
    that the estimates from the same answers do not show: no group shows them either.

    Raises what the measures raise: ValueMissing, ValueOutOfRange, LengthsDiffer, LabelMissing, NoCircumstances,
    TooManyCircumstances, SinglePsuStratum, and MeasureUndefined where fewer than 10 people answered, or 1 or 2 of
    them have or lack the outcome.
    """
    answers = np.asarray(microdata[outcome], dtype=np.float64)
    weights = np.asarray(microdata[weight], dtype=np.float64)
    described = {name: microdata[name] for name in circumstances}
    people = People.of(answers, weights, described)
    if tells_too_much(people, np.ones(people.outcome.size, dtype=np.bool_)):
        raise MeasureUndefined(
            "tree", f"{people.n} people, or those with or without the outcome, are too few to tell of"
        )
    strata = None if stratum is None else microdata[stratum]
    units = None if psu is None else microdata[psu]
    design = Design.of(weights, stratum=strata, psu=units, single_psu=single_psu)
    fine = not FINE_DIMENSIONS.isdisjoint(circumstances)
    tree = grow(people, fine_groups=fine)
    chance = People.of(1 - answers, weights, described) if barrier else people
    index = null = None
    added: tuple[Contribution, ...] = ()
    if chance.outcome[chance.weight > 0].any():  # else nobody has it, and the indices are undefined
        index, null, added = d_index(chance), null_of_d(chance, draws=draws, seed=seed), contributions(chance)
    try:
        split = split_sample(
            people, stratum=strata, psu=units, single_psu=single_psu, barrier=barrier, fine_groups=fine, seed=seed
        )
        asked = ~first_half(design, seed)[design.psu]
        check = _checked(people, asked, split.conditions, split.estimate, hidden)
    except TooFewToSplit:
        check = Check([], None, None, None, None, "too_few_to_split")
    groups = _groups(people, tree, design, hidden)
    if any(group.status == "Q" and sorted(group.conditions) == sorted(check.conditions) for group in groups):
        check = Check(check.conditions, None, None, None, None, "withheld")
    return Study(
        barrier=barrier,
        circumstances=tuple(circumstances),
        n=people.n,
        mean=100 * tree.root.mean,
        dissimilarity=None if index is None else 100 * index.d,
        dissimilarity_by_chance=None if null is None else 100 * null.mean,
        dissimilarity_at_most_by_chance=None if null is None else 100 * null.upper,
        opportunity=None if index is None else 100 * index.hoi,
        smallest_leaf=ceil(tree.smallest_leaf),
        check=check,
        too_small=_too_small(people, tree, hidden),
        contributions=tuple((one.circumstance, 100 * one.share) for one in added if one.share is not None),
        groups=groups,
        design=_design(weights, design, stratum is not None, psu is not None),
        seed=seed,
    )


def store(session: Session, found: Study, of: StudiedAs) -> int:
    """Write a study in place of the one that stands for the same country, series, source, period and people; its id."""
    studies = table_of(IntersectionStudy)
    once = ("country_id", "series_id", "source_id", "time_period", "group_key")
    _remove(session, *(studies.c[name] == getattr(of, name) for name in once))
    apart = ("circumstances", "too_small")
    alike = [field.name for field in fields(Study) if field.name in studies.c and field.name not in apart]
    check = found.check
    study_id = session.scalars(
        insert(studies)
        .values(
            **asdict(of),
            **{name: getattr(found, name) for name in alike},
            circumstances="|".join(found.circumstances),
            checked_conditions=check.conditions,
            checked_n=check.n,
            checked_mean=check.mean,
            checked_lower=check.lower,
            checked_upper=check.upper,
            checked_note=check.note,
            too_small=[{"conditions": conditions, "n": n} for conditions, n in found.too_small],
        )
        .returning(studies.c.id)
    ).one()
    groups = [{"study_id": study_id, **asdict(group)} for group in found.groups]
    session.execute(insert(table_of(IntersectionGroup)), groups)
    shares = [
        {"study_id": study_id, "dimension": dimension, "rank": rank, "contribution": contribution}
        for rank, (dimension, contribution) in enumerate(found.contributions, 1)
    ]
    if shares:
        session.execute(insert(table_of(IntersectionShare)), shares)
    return int(study_id)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A study that waits with its draft, by the codes of what it speaks of; see ``StudiedAs``."""

    country: str
    series: str
    time_period: str
    group_key: str
    study: Study


def stored_with_draft(waiting: Iterable[Waiting]) -> list[dict[str, Any]]:
    """Studies as a draft keeps them, in JSON."""
    return [asdict(one) for one in waiting]


def store_waiting(
    session: Session, kept: Iterable[Mapping[str, Any]], *, source_id: int, release_id: int, illustrative: bool
) -> int:
    """Let readers have the studies that a draft kept, as it is published; returns how many."""
    countries, series = ids(session, Country, "iso3"), ids(session, Series)
    number = 0
    for one in kept:
        as_kept = dict(one["study"])
        check, groups = Check(**as_kept.pop("check")), [Group(**each) for each in as_kept.pop("groups")]
        apart: dict[str, Any] = {
            "check": check,
            "groups": tuple(groups),
            "circumstances": tuple(as_kept.pop("circumstances")),
            "too_small": tuple((said, n) for said, n in as_kept.pop("too_small")),
            "contributions": tuple((dimension, share) for dimension, share in as_kept.pop("contributions")),
        }
        of = StudiedAs(
            country_id=countries[one["country"]],
            series_id=series[one["series"]],
            source_id=source_id,
            release_id=release_id,
            illustrative=illustrative,
            time_period=one["time_period"],
            group_key=one["group_key"],
        )
        store(session, Study(**as_kept, **apart), of)
        number += 1
    return number


def remove_studies_of_release(session: Session, release_id: int) -> None:
    """Take out what one release brought."""
    _remove(session, table_of(IntersectionStudy).c.release_id == release_id)


def remove_studies(session: Session, *source_ids: int) -> None:
    """Take out what was learnt from the answers of these sources."""
    _remove(session, table_of(IntersectionStudy).c.source_id.in_(source_ids))


def _remove(session: Session, *which: ColumnElement[bool]) -> None:
    studies = table_of(IntersectionStudy)
    chosen = select(studies.c.id).where(*which)
    for model in (IntersectionGroup, IntersectionShare):
        parts = table_of(model)
        session.execute(delete(parts).where(parts.c.study_id.in_(chosen)))
    session.execute(delete(studies).where(*which))


def tells_too_much(people: People, members: NDArray[np.bool_]) -> bool:
    """Whether a figure of these people (n,) is hidden for itself: fewer than 10, or 1 or 2 with or without the outcome.

    Answers of single people are held to the rule of community microdata, whoever asked. A weight of 0 is nobody.
    """
    counted = members & (people.weight > 0)
    n, with_outcome = int(counted.sum()), int(people.outcome[counted].sum())
    counts = Counted("community", "", "country", (), n=n, numerator=with_outcome)
    return bool(reasons(counts))


def _shows(conditions: Iterable[Condition], hidden: Collection[Cell]) -> bool:
    """Whether a group could give a hidden cell away: all that the cell crosses is divided here, and it lies within."""
    allowed = {one.circumstance: frozenset(map(str, one.categories)) for one in conditions}
    return any(
        one and all(dimension in allowed and code in allowed[dimension] for dimension, code in one) for one in hidden
    )


def _groups(people: People, tree: Tree, design: Design, unshown: Collection[Cell]) -> tuple[Group, ...]:
    """The groups, a hidden one without its numbers. The parts of a group add up to it, so both are hidden or none;
    and so is every group within them, from which a hidden part could be added up again."""
    telling = {
        node.number
        for node in tree.nodes()
        if tells_too_much(people, people.meeting(node.conditions)) or _shows(node.conditions, unshown)
    }
    everyone = proportion(design, people.outcome)
    found = []
    for node in tree.nodes():
        path = [node.number >> above for above in range(node.number.bit_length())]
        hidden = any(number in telling or number ^ 1 in telling for number in path if number > 1)
        said, split_by = _said(node.conditions), node.split or ""
        if hidden:
            found.append(Group(node.number, said, split_by, None, None, None, status="Q"))
            continue
        lower, upper = (everyone.lower, everyone.upper) if node.number == 1 else (None, None)
        found.append(
            Group(
                node.number,
                said,
                split_by,
                node.n,
                100 * node.share,
                100 * node.mean,
                None if lower is None else 100 * lower,
                None if upper is None else 100 * upper,
            )
        )
    return tuple(found)


def _checked(
    people: People,
    asked: NDArray[np.bool_],
    conditions: tuple[Condition, ...],
    estimate: SurveyEstimate | NoEstimate,
    unshown: Collection[Cell],
) -> Check:
    """The estimate in the half that was ``asked`` (n,), hidden where it or the rest of the group tells too much."""
    said = _said(conditions)
    if isinstance(estimate, NoEstimate):
        return Check(said, None, None, None, None, "no_one")
    members = people.meeting(conditions)
    if estimate.value is None or _shows(conditions, unshown):
        return Check(said, None, None, None, None, "withheld")
    if any(tells_too_much(people, members & half) for half in (asked, ~asked)):
        return Check(said, None, None, None, None, "withheld")
    lower, upper = estimate.lower, estimate.upper
    return Check(
        said,
        estimate.n,
        100 * estimate.value,
        None if lower is None else 100 * lower,
        None if upper is None else 100 * upper,
        "",
    )


def _too_small(people: People, tree: Tree, hidden: Collection[Cell]) -> tuple[tuple[Said, int | None], ...]:
    """The groups below the smallest leaf; where one has too few people to say how many, none of its circumstance does,
    as what is left of a larger group would tell it."""
    found = groups_below(people, tree.smallest_leaf)
    unsaid = {group.conditions[0].circumstance for group in found if group.n < SMALLEST_CELL}
    unsaid |= {dimension for one in hidden if len(one) == 1 for dimension, _ in one}
    return tuple(
        (_said(group.conditions), None if group.conditions[0].circumstance in unsaid else group.n) for group in found
    )


def _said(conditions: Sequence[Condition]) -> Said:
    return [[one.circumstance, [str(category) for category in one.categories]] for one in conditions]


def _design(weights: NDArray[np.float64], design: Design, stratified: bool, clustered: bool) -> str:
    """What was known of the sample, in codes: ``weights;strata=7;units=126``."""
    parts = ["weights"] if np.unique(weights[weights > 0]).size > 1 else []
    parts += [f"strata={len(design.strata)}"] if stratified else []
    parts += [f"units={design.stratum.size}"] if clustered else []
    return ";".join(parts)
