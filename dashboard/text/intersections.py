"""Who is furthest behind, in words: groups by what their people have in common, and how sure the finding is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.text import _, ngettext
from dashboard.text.formats import NO_BREAK, number
from dashboard.text.groups import capitalised, category_name, dimension_name, group_in_sentence, series_name
from data_access.queries.catalogue import Catalogue, CategoryFacts, SeriesFacts
from data_access.queries.intersections import CheckedGroup, Conditions, Having, Intersections, TreeGroup

PROPER_NAMES = frozenset({"ETHNICITY"})
"""Dimensions whose categories are written with a capital letter inside a sentence too."""


def percent(value: float) -> str:
    """ "12.2 %"."""
    return f"{number(value, 1)}{NO_BREAK}%"


def group_words(known: Catalogue, study: Intersections, conditions: Conditions) -> str:
    """People as they stand inside a sentence: "the poorest fifth, those without education"; "everyone"."""
    if not conditions:
        return _("everyone")
    return ", ".join(_having(known, study, one, _phrase(known), spoken=True) for one in conditions)


def part_name(known: Catalogue, study: Intersections, part: TreeGroup, parent: TreeGroup) -> str:
    """What sets a part of a group apart from its other part: "Wealth: poorest fifth or second fifth"."""
    dividing = next(one for one in part.conditions if one.dimension == parent.split_by)
    return _("{dimension}: {categories}").format(
        dimension=dimension_name(known, dividing.dimension),
        categories=_having(known, study, dividing, _inside, spoken=False),
    )


def share_words(group: TreeGroup) -> str:
    """ "12.2 % of people, n = 242", of everyone only the number; empty for a hidden group."""
    if group.share is None or group.n is None:
        return ""
    n = _("n = {n}").format(n=number(group.n, 0))
    return n if group.number == 1 else _("{share} of people, {n}").format(share=percent(group.share), n=n)


def leaf_words(known: Catalogue, study: Intersections, leaf: TreeGroup) -> str:
    """A line of the tree in words: "The poorest fifth, …: 39.4 % (12.2 % of people, n = 242)"."""
    who = capitalised(group_words(known, study, leaf.conditions))
    if leaf.mean is None:
        return _("{who}: withheld to protect people").format(who=who)
    return _("{who}: {value} ({share})").format(who=who, value=percent(leaf.mean), share=share_words(leaf))


def title(known: Catalogue, study: Intersections) -> str:
    """The finding as the title of the picture."""
    furthest = study.furthest
    if furthest is None:
        return _("No group of {least} people or more stands apart").format(least=number(study.smallest_leaf, 0))
    some_hidden = any(leaf.hidden for leaf in study.leaves)
    sentence = (
        _("Furthest behind of the groups that may be shown: {who}") if some_hidden else _("Furthest behind: {who}")
    )
    return sentence.format(who=group_words(known, study, furthest.conditions))


def finding(known: Catalogue, series: SeriesFacts, study: Intersections) -> str:
    """Who is furthest behind, in one sentence with its numbers."""
    furthest = study.furthest
    if furthest is None or furthest.mean is None:
        sentence = _(
            "{series}: the circumstances asked about do not divide people into groups that differ enough to show."
        )
        return sentence.format(series=series_name(series))
    return _("{series}: {who} {value} ({share}), everyone {mean}; {period}.").format(
        series=series_name(series),
        who=group_words(known, study, furthest.conditions),
        value=percent(furthest.mean),
        share=share_words(furthest),
        mean=percent(study.mean),
        period=study.time_period,
    )


def check(known: Catalogue, study: Intersections) -> str:
    """What the half of the sample that had no say in the choice says of it."""
    checked = study.checked
    if checked.mean is None:
        return _NOTES[checked.note]()
    if not checked.conditions:
        return _("Half of the sample, left to choose alone, tells no groups apart.")
    estimate = checked_words(checked)
    if study.furthest is not None and set(checked.conditions) == set(study.furthest.conditions):
        return _("In the half of the sample that had no say in choosing this group: {estimate}.").format(
            estimate=estimate
        )
    return _(
        "Half of the sample, left to choose alone, names another group: {who}. The half that had no say in it: "
        "{estimate}. Which of the two is furthest behind is not certain."
    ).format(who=group_words(known, study, checked.conditions), estimate=estimate)


def checked_words(checked: CheckedGroup) -> str:
    """ "36.5 % (95 % interval 27.9–46.1, n = 111)"."""
    assert checked.mean is not None and checked.n is not None
    n = number(checked.n, 0)
    if checked.lower is None or checked.upper is None:
        return _("{value} (uncertainty unknown, n = {n})").format(value=percent(checked.mean), n=n)
    return _("{value} (95 % interval {lower}–{upper}, n = {n})").format(
        value=percent(checked.mean), lower=number(checked.lower, 1), upper=number(checked.upper, 1), n=n
    )


def inequality(study: Intersections) -> tuple[str, ...]:
    """How unequal it is over all circumstances together, beside what chance alone would make of it."""
    d, chance = study.dissimilarity, study.dissimilarity_by_chance
    most, opportunity = study.dissimilarity_at_most_by_chance, study.opportunity
    if d is None or chance is None or most is None or opportunity is None:
        return (_("D-index: not defined, as nobody has what the indicator counts."),)
    meaning = (
        _("D-index {d}: of all who are spared this, so many would have to change places with people of other groups.")
        if study.barrier
        else _("D-index {d}: so much of what people have would have to go to other groups for all to have the same.")
    )
    beside = (
        _("Chance alone would make it {chance} on average, up to {most} in 95 of 100 draws: it is more than chance.")
        if d > most
        else _(
            "Chance alone would make it {chance} on average, up to {most} in 95 of 100 draws: it is no more than that."
        )
    )
    clustered = _("Sampling in clusters, which adds to chance, is not imitated.")
    average = 100 - study.mean if study.barrier else study.mean
    return (
        f"{meaning.format(d=percent(d))} {beside.format(chance=percent(chance), most=percent(most))} {clustered}",
        _("Human opportunity index {index}: the average of {mean}, less that share.").format(
            index=percent(opportunity), mean=percent(average)
        ),
    )


def contributions(known: Catalogue, study: Intersections) -> str:
    """What each circumstance adds to the inequality, the largest first; empty where nothing is known of it."""
    if not study.contributions:
        return ""
    largest_first = sorted(study.contributions, key=lambda one: -one[1])
    listed = ", ".join(f"{dimension_name(known, d)} {number(share, 0)}{NO_BREAK}%" for d, share in largest_first)
    return _("What it goes together with (Shapley shares): {listed}. This is not what causes it.").format(listed=listed)


def smallest(known: Catalogue, study: Intersections) -> str:
    """The smallest group the tree may show, and which groups are below it."""
    least = number(study.smallest_leaf, 0)
    if not study.too_small:
        return _(
            "The smallest group the tree may show has {least} people asked; no category of these circumstances is "
            "below that."
        ).format(least=least)
    below = "; ".join(
        group_words(known, study, one.conditions)
        + (
            f" ({_('n = {n}').format(n=number(one.n, 0))})"
            if one.n is not None
            else f" ({_('too few to say how many')})"
        )
        for one in study.too_small
    )
    return _(
        "The smallest group the tree may show has {least} people asked. Below that, and so never shown as furthest "
        "behind however far behind they are: {below}."
    ).format(least=least, below=below)


def circumstances(known: Catalogue, study: Intersections) -> str:
    """ "wealth, education, residence": by what people were told apart."""
    return ", ".join(dimension_name(known, dimension).lower() for dimension in study.circumstances)


def design(study: Intersections) -> str:
    """What was known of the sample, and the number that reproduces what was drawn at random."""
    stated = dict(part.partition("=")[::2] for part in study.design)
    parts = []
    if "weights" in stated:
        parts.append(_("weights"))
    if "strata" in stated:
        parts.append(
            ngettext("{count} stratum", "{count} strata", int(stated["strata"])).format(count=stated["strata"])
        )
    if "units" in stated:
        parts.append(
            ngettext("{count} sampling unit", "{count} sampling units", int(stated["units"])).format(
                count=stated["units"]
            )
        )
    used = ", ".join(parts) or _("nothing: computed as a simple random sample")
    return _("Known of the sample: {used}. Seed of what is drawn at random: {seed}.").format(used=used, seed=study.seed)


def _having(
    known: Catalogue, study: Intersections, one: Having, name: Callable[[CategoryFacts], str], *, spoken: bool
) -> str:
    """The categories of one circumstance: "a", "a or b", "a, b or c", and "a to c" of those that follow each other."""
    chosen = _ranked(known, one.dimension, one.categories)
    if spoken and one.dimension == "EDUCATION_LEV" and len(chosen) > 1:
        levels = [category for category in chosen if category.code != "NONE"]
        without = len(levels) < len(chosen)
        pattern = (
            _("those without education or with {levels} education") if without else _("those with {levels} education")
        )
        return pattern.format(levels=_joined(known, study, levels, _inside))
    return _joined(known, study, chosen, name)


def _joined(
    known: Catalogue, study: Intersections, chosen: list[CategoryFacts], name: Callable[[CategoryFacts], str]
) -> str:
    dimension = chosen[0].dimension
    names = [name(category) for category in chosen]
    if len(names) == 1:
        return names[0]
    if len(chosen) > 2 and known.dimensions[dimension].ordered:
        every = _ranked(known, dimension, _categories_of(study, dimension))
        start = every.index(chosen[0])
        if every[start : start + len(chosen)] == chosen:
            return _("{first} to {last}").format(first=names[0], last=names[-1])
    return _("{several} or {last}").format(several=", ".join(names[:-1]), last=names[-1])


def _ranked(known: Catalogue, dimension: str, codes: Sequence[str]) -> list[CategoryFacts]:
    return sorted((known.categories[dimension, code] for code in codes), key=lambda category: category.rank)


def _categories_of(study: Intersections, dimension: str) -> list[str]:
    described = [group.conditions for group in study.groups] + [group.conditions for group in study.too_small]
    having = [one for conditions in (*described, study.checked.conditions) for one in conditions]
    return sorted({code for one in having if one.dimension == dimension for code in one.categories})


def _phrase(known: Catalogue) -> Callable[[CategoryFacts], str]:
    return lambda category: group_in_sentence(known, f"{category.dimension}={category.code}")


def _inside(category: CategoryFacts) -> str:
    name = category_name(category)
    return name if category.dimension in PROPER_NAMES else name[:1].lower() + name[1:]


_NOTES: dict[str, Callable[[], str]] = {
    "too_few_to_split": lambda: _("Too few sampling units to let one half of the sample check the other."),
    "no_one": lambda: _("Nobody in the other half of the sample belongs to the group that the first half chose."),
    "withheld": lambda: _("What the other half of the sample says of it is withheld: too few people."),
}
