"""Knowledge gaps of a country: the matrix, its gaps in order, its counts, and the one sentence that sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from dashboard import store
from dashboard.text import _, ngettext
from dashboard.text.formats import short_title
from dashboard.views.knowledge_gaps_words import column_in_sentence, column_name, goal_topic
from data_access.database import engine_for, reading
from data_access.measures.coverage_matrix import STATES, State, states
from data_access.models.groups import group_key, members
from data_access.prepare import named_problems
from data_access.queries.absence import Reasoned
from data_access.queries.catalogue import AreaKind, Catalogue
from data_access.queries.knowledge_gaps import Evidence, only_real, read_area_evidence, read_evidence, why_unknown
from data_access.queries.knowledge_gaps_expected import Expectation, dimensions_of, read_expected

OLDER_THAN = 5
"""Years after which a figure counts as outdated, unless the reader chooses otherwise."""
MOST_COLUMNS = 60
_FIRST = ("DISABILITY_STATUS=PD", "DISABILITY_STATUS=PD|SEX=F", "SEX=F", "INCOME_WEALTH_QUANTILE=Q1", "URBANISATION=R")
_AT_ALL = ("ETHNICITY=*", "MIGRATION=*", "AGE=*")


@dataclass(frozen=True, eq=False)
class Matrix:
    """Everything about the cells of a country but their words. ``expected`` and ``gap`` are arrays like the states."""

    country: str
    oldest: int
    evidence: Evidence
    states: NDArray[np.int8]
    expected: NDArray[np.bool_]
    gap: NDArray[np.bool_]

    def state(self, row: int, column: int) -> State:
        return STATES[int(self.states[row, column])]


@dataclass(frozen=True)
class GapSentence:
    """A sentence that claims no more than is known; ``sources`` are the official sources it speaks of, ``day`` theirs.

    ``text`` names the sources and the day already; ``view`` opens the matrix at what it says.
    """

    text: str
    sources: tuple[str, ...]
    day: str
    view: dict[str, str]


@dataclass(frozen=True)
class TopGap:
    """A group of which nothing current is known on ``missing`` of ``of`` indicators of a goal."""

    group: str
    goal: int
    missing: int
    of: int
    sentence: str
    view: dict[str, str]


@dataclass(frozen=True)
class MatrixCounts:
    """The cells in which a figure is expected and possible, by what is known; ``gaps`` are outdated or neither."""

    expected: int
    both: int
    official: int
    community: int
    outdated: int
    neither: int

    @property
    def gaps(self) -> int:
        return self.outdated + self.neither


def this_year() -> int:
    """The year it is, in universal time."""
    return datetime.now(UTC).year


def ask(question: Callable[[Session], Evidence]) -> Evidence:
    """Put one question to the database."""
    settings = store.settings()
    with named_problems(settings), reading(engine_for(settings.database_url)) as session:
        return question(session)


@store.remembered(4)
def real_catalogue(of_areas: bool = False) -> Catalogue:
    """The catalogue without what is invented: what reasons for absence are read from."""
    return only_real(store.catalogue(), of_areas=of_areas)


@store.remembered(64)
def rows_of(country: str) -> tuple[str, ...]:
    """The series asked about: all held for the country, and those that stand for an SDG indicator elsewhere."""
    known = store.catalogue()
    held = {series for c, series in known.holdings_of if c == country}
    anywhere = {
        series
        for _c, series in known.holdings_of
        if known.series[series].sdg_indicator
        and known.series[series].sdg_relation in ("exact", "proxy")
        and not known.series[series].illustrative
    }
    return tuple(sorted(held | anywhere, key=lambda code: (target_order(known.series[code].sdg_target), code)))


@store.remembered(64)
def columns_of(country: str) -> tuple[str, ...]:
    """The groups asked about: those the framework names, the country's own, and those its record speaks of."""
    known = store.catalogue()
    spoken_of = [
        *((one.country, one.group) for one in store.record().plans.values()),
        *((one.country, one.group) for one in store.record().stock_take.values()),
        *((one.country, one.group) for one in store.record().voices.values()),
    ]
    own = [*_own_categories(country), *(_without_age(group) for c, group in spoken_of if c == country and group)]
    groups = [*_FIRST, *own, *_AT_ALL]
    told = {dimensions_of(g)[0] for g in groups if g and not g.endswith("=*") and "|" not in g}
    kept = [g for g in dict.fromkeys(groups) if g and _known(known, g)]
    return tuple(g for g in kept if not g.endswith("=*") or g == "AGE=*" or g[:-2] not in told)[:MOST_COLUMNS]


def _own_categories(country: str) -> list[str]:
    """Marginalised categories other than ages that some source of the country tells apart."""
    known = store.catalogue()
    wanted = [
        group_key({c.dimension: c.code})
        for c in known.categories.values()
        if c.marginalised and c.dimension not in ("AGE", "DISABILITY_TYPE")
    ]
    held = {d for h in known.holdings if h.country == country for d in h.breakdown.split("|")}
    asked = [group for group in wanted if dimensions_of(group)[0] in held]
    rows = tuple(sorted({series for c, series in known.holdings_of if c == country}))
    if not asked or not rows:
        return []
    found = ask(
        lambda session: read_evidence(session, known, read_expected(), country=country, series=rows, groups=asked)
    )
    any_year = (found.official > 0) | (found.community > 0) | (found.illustrative > 0)
    return [group for column, group in enumerate(asked) if any_year[:, column].any()]


def _without_age(group: str) -> str:
    kept = {dimension: code for dimension, code in members(group).items() if dimension != "AGE"}
    return group_key(kept)


def _known(known: Catalogue, group: str) -> bool:
    return group.endswith("=*") or all(part in known.categories for part in members(group).items())


@store.remembered(64)
def matrix_of(country: str, older: int = OLDER_THAN) -> Matrix:
    """The matrix of a country; figures of more than ``older`` years ago count as outdated (0: none does)."""
    known, expected = store.catalogue(), read_expected()
    rows, columns = rows_of(country), columns_of(country)
    found = ask(lambda session: read_evidence(session, known, expected, country=country, series=rows, groups=columns))
    oldest = this_year() - older if older else 1
    return assembled(country, oldest, found)


def assembled(country: str, oldest: int, found: Evidence) -> Matrix:
    """The matrix from what was found."""
    known, expected = store.catalogue(), read_expected()
    wanted = np.array(
        [[expected.expectation(known.series[s], g) is not None for g in found.columns] for s in found.series],
        dtype=np.bool_,
    ).reshape(len(found.series), len(found.columns))
    wanted &= found.possible
    state = states(found.official, found.community, oldest)
    lacking = (state == STATES.index("neither")) | (state == STATES.index("outdated"))
    return Matrix(country, oldest, found, state, wanted, wanted & lacking)


@store.remembered(32)
def area_matrix(country: str, series: tuple[str, ...], groups: tuple[str, ...], older: int) -> Matrix:
    """What is known in each area of level 1: of one group by several series, or of several groups by one."""
    known = store.catalogue()
    areas = tuple(area.code for area in known.areas_of(country, "admin1"))
    found = ask(
        lambda session: read_area_evidence(
            session, known, read_expected(), country=country, series=series, groups=groups, areas=areas
        )
    )
    oldest = this_year() - older if older else 1
    state = states(found.official, found.community, oldest)
    nothing = np.zeros(state.shape, dtype=np.bool_)
    return Matrix(country, oldest, found, state, nothing, nothing)


def expectation(series: str, group: str) -> Expectation | None:
    """Why a breakdown is expected, None when it is not."""
    return read_expected().expectation(store.catalogue().series[series], group)


def why_impossible(series: str, group: str) -> str:
    """Why a series cannot be broken down so, in the words of the file; empty where its own definition says it."""
    found = read_expected().cannot(store.catalogue().series[series], group)
    return found.words if found else ""


@store.remembered(8192)
def reason_of(country: str, series: str, group: str, kind: AreaKind = "country") -> Reasoned:
    """Why nobody has a figure of a group, of the country or of areas of a kind, as recorded of real sources."""
    real = real_catalogue(kind != "country")
    return why_unknown(real, country=country, series=series, group=group, kind=kind)


@store.remembered(64)
def official_sources(country: str) -> tuple[str, ...]:
    """The real official sources with figures for the country, by their codes."""
    real = real_catalogue()
    codes = {h.source for h in real.holdings if h.country == country and real.sources[h.source].origin == "official"}
    return tuple(sorted(codes))


@store.remembered(64)
def _gaps_by_goal(country: str) -> tuple[tuple[str, int, int, int], ...]:
    """Group, goal, indicators without an official figure, and indicators: most missing first, simple groups first."""
    known = store.catalogue()
    matrix = matrix_of(country)
    real = real_catalogue()
    missing: Counter[tuple[int, int]] = Counter()
    of: Counter[tuple[int, int]] = Counter()
    for row, series in enumerate(matrix.evidence.series):
        if not any(real.sources[h.source].origin == "official" for h in real.holdings_of.get((country, series), ())):
            continue
        goal = int(known.series[series].sdg_target.split(".")[0])
        for column in np.flatnonzero(matrix.expected[row]):
            of[int(column), goal] += 1
            missing[int(column), goal] += int(matrix.evidence.official[row, column] == 0)
    groups = matrix.evidence.columns
    ordered = sorted(
        ((column, goal) for (column, goal), count in missing.items() if count),
        key=lambda key: (-missing[key], -missing[key] / of[key], len(dimensions_of(groups[key[0]])), key),
    )
    return tuple((groups[c], goal, missing[c, goal], of[c, goal]) for c, goal in ordered)


@store.remembered(256)
def top_gaps(country: str, n: int) -> tuple[TopGap, ...]:
    """The widest holes of a country: the group and goal with most indicators that no official source shows, a group
    once."""
    known = store.catalogue()
    found: dict[str, TopGap] = {}
    for group, goal, missing, of in _gaps_by_goal(country):
        if group not in found and len(found) < n:
            sentence = _("{group}: no official figure on {missing} of {of} {topic} indicators").format(
                group=column_name(known, group), missing=missing, of=of, topic=goal_topic(goal)
            )
            found[group] = TopGap(group, goal, missing, of, sentence, _view(country, group, goal))
    return tuple(found.values())


@store.remembered(64)
def knowledge_gap_sentence(country: str) -> GapSentence | None:
    """What the official sources loaded here do not show, at its widest; None where they show all that is expected.

    It counts the indicators of one goal that these sources have figures of and that the framework expects to be
    broken down so, and says "loaded here": what others hold is not known.
    """
    known = store.catalogue()
    gaps = _gaps_by_goal(country)
    sources = official_sources(country)
    if not gaps or not sources:
        return None
    group, goal, missing, of = gaps[0]
    day = max((r.loaded_at for r in known.releases.values() if r.source in sources), default="")
    sentence = ngettext(
        "The one official source loaded here for {country} ({list}; {day}) gives no figure for {group} on {missing} "
        "of the {of} {topic} indicators that are held here from it and could be broken down so.",
        "None of the {count} official sources loaded here for {country} ({list}; {day}) gives a figure for {group} "
        "on {missing} of the {of} {topic} indicators that are held here from them and could be broken down so.",
        len(sources),
    )
    text = sentence.format(
        count=len(sources),
        country=_(known.countries[country].name),
        list=", ".join(short_title(known.sources[code].title) for code in sources),
        day=day,
        group=column_in_sentence(known, group),
        missing=missing,
        of=of,
        topic=goal_topic(goal),
    )
    return GapSentence(text, sources, day, _view(country, group, goal))


@store.remembered(64)
def matrix_counts(country: str) -> MatrixCounts:
    """How many expected cells of a country are known by whom, for the indicators with real figures of the country."""
    matrix = matrix_of(country)
    real = real_catalogue()
    held = [bool(real.holdings_of.get((country, series))) for series in matrix.evidence.series]
    asked = matrix.expected & np.array(held, dtype=np.bool_).reshape(-1, 1)
    count = Counter(matrix.states[asked].tolist())
    return MatrixCounts(int(asked.sum()), **{state: count[number] for number, state in enumerate(STATES)})


def target_order(target: str) -> tuple[int, str]:
    """The place of an SDG target among all: 3.8 before 3.b before 10.2."""
    goal, _dot, part = target.partition(".")
    return int(goal), part.zfill(3)


def _view(country: str, group: str, goal: int) -> dict[str, str]:
    return {"country": country, "whom": group, "goal": str(goal), "only": "expected", "by": dimensions_of(group)[0]}
