"""Furthest behind: who is left out where several circumstances meet, in words and as a tree."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import store
from dashboard.charts import panel
from dashboard.charts.definitions import Emphasis, Mark, Reference, Row
from dashboard.charts.tree_chart import TreeChart
from dashboard.chrome import plain
from dashboard.selection import Selection, choose_code
from dashboard.text import _, language
from dashboard.text import intersections as words
from dashboard.text.formats import absence_text, interval_text, short_title, unit_text
from dashboard.text.groups import dimension_name, group_name, series_name
from dashboard.text.sentences import sourced
from dashboard.views import frame
from data_access.figures import Figure
from data_access.periods import years
from data_access.queries.catalogue import Catalogue
from data_access.queries.intersections import CheckedGroup, Conditions, Intersections, TreeGroup


def furthest_behind(selection: Selection) -> None:
    """Draw the section: the finding and how sure it is, the tree, its groups in words; or why there is none."""
    studies = studies_of(selection)
    if not studies:
        st.info(why_none(selection))
        return
    study = studies[0]
    if len(studies) > 1:
        codes = {study_code(one): one for one in studies}
        chosen = choose_code(
            _("Study"), "study", list(codes), lambda c: study_name(codes[c]), default=next(iter(codes))
        )
        study = codes[chosen]
    known = store.catalogue()
    chart = tree_chart(selection, study)
    found = words.finding(known, known.series[selection.series], study)
    checked = words.check(known, study)
    marked = _("[Illustrative, invented figures] {sentence}").format(sentence=found) if study.illustrative else found
    st.markdown(f"**{plain(marked)}**\n\n{plain(checked)}")
    panel.show(chart, sentence=sourced(f"{found} {checked}", chart.rows[0].marks[0].figure))
    groups = "\n".join(f"- {plain(words.leaf_words(known, study, leaf))}" for leaf in study.leaves)
    lines = (*words.inequality(study), words.contributions(known, study), words.smallest(known, study))
    opening = _("The groups in words, furthest behind first:")
    st.markdown("\n\n".join([opening, groups, *(plain(line) for line in lines if line)]))
    st.caption(plain(words.design(study)))


def studies_of(selection: Selection) -> tuple[Intersections, ...]:
    """The studies of the chosen series and country: real before invented, nearest to the chosen period first."""
    year = years(selection.period)[1] if selection.period else 0
    found = store.intersections(selection.country, selection.series)
    return tuple(sorted(found, key=lambda study: (study.illustrative, abs(study.year - year))))


def study_code(study: Intersections) -> str:
    """What tells a study from the others of its series and country, as it stands in the address."""
    return ".".join(filter(None, (study.source, study.time_period, study.group)))


def study_name(study: Intersections) -> str:
    """A study in a list: its period, its source and of whom it speaks."""
    who = group_name(store.catalogue(), study.group) if study.group else ""
    return " · ".join(filter(None, (study.time_period, short_title(study.source_title), who)))


def why_none(selection: Selection) -> str:
    """Why nobody is named, and what there is instead."""
    known = store.catalogue()
    available = store.availability(selection.country, selection.series)
    apart = {
        tuple(category.dimension for category in known.told_apart(h.group, available.universe))
        for h in available.holdings
        if h.n_with_value and not known.sources[h.source].illustrative
    }
    single = sorted({dimensions[0] for dimensions in apart if len(dimensions) == 1})
    crossed = sorted(dimensions for dimensions in apart if len(dimensions) > 1)
    sentence = _(
        "Who is furthest behind where several circumstances meet can only be found in the answers of single people "
        "(microdata); none have been studied for this indicator in {country}."
    ).format(country=_(known.countries[selection.country].name))
    if crossed:
        instead = _("What there is instead: published figures by {dimensions}, to be chosen as group above.").format(
            dimensions="; ".join(_crossed(known, dimensions) for dimensions in crossed)
        )
    elif single:
        instead = _("What there is instead: published figures by {dimensions}, one at a time, above.").format(
            dimensions=", ".join(dimension_name(known, dimension).lower() for dimension in single)
        )
    else:
        instead = _("Nor is it broken down by any single circumstance here.")
    return f"{sentence} {instead}"


def _crossed(known: Catalogue, dimensions: Sequence[str]) -> str:
    return _("{dimensions} together").format(
        dimensions=_(" and ").join(dimension_name(known, dimension).lower() for dimension in dimensions)
    )


@store.remembered(64)
def tree_chart(selection: Selection, study: Intersections) -> TreeChart:
    """The tree as a picture: a row a group, the part further behind first, and the check in a row of its own."""
    known = store.catalogue()
    series = known.series[study.series]
    groups = _in_order(study)
    position = {group.number: row for row, group in enumerate(groups)}
    rows = [_row(known, study, group) for group in groups]
    parents = [None if group.number == 1 else position[group.number // 2] for group in groups]
    if study.checked.mean is not None and study.checked.conditions:
        rows.append(_check_row(known, study))
        parents.append(None)
    shown = [mark.figure for row in rows for mark in row.marks]
    domain, ticks = frame.axis(shown, series)
    everyone = _("everyone {value}").format(value=words.percent(study.mean))
    country = _(known.countries[study.country].name)
    by = _("by {circumstances}").format(circumstances=words.circumstances(known, study))
    return TreeChart(
        id=f"furthest-{study.country}-{study.series}-{study_code(study)}".lower(),
        title=words.title(known, study),
        subtitle=frame.subtitle(known, series, study.group, country, study.time_period, by, unit_text(series)),
        alt=" ".join(
            (
                words.finding(known, series, study),
                words.check(known, study),
                *(f"{words.leaf_words(known, study, leaf)}." for leaf in study.leaves),
            )
        ),
        source_line=frame.source_line(shown),
        notes=_notes(study),
        illustrative=frame.illustrative_line(shown),
        view=frame.view_of("gaps", selection),
        language=language(),
        rows=tuple(rows),
        axis_title=f"{series_name(series)}, {unit_text(series)}",
        domain=domain,
        ticks=ticks,
        reference=Reference(study.mean, everyone),
        origins=frame.origin_keys(shown),
        absences=frame.absence_keys(figure.absence for figure in shown),
        parents=tuple(parents),
    )


def _in_order(study: Intersections) -> list[TreeGroup]:
    """Every group before its parts, and of two parts the one further behind first."""
    by_number = {group.number: group for group in study.groups}
    found, waiting = [], [1]
    while waiting:
        group = by_number[waiting.pop()]
        found.append(group)
        if group.split_by:
            lower, higher = 2 * group.number, 2 * group.number + 1
            waiting += [lower, higher] if study.barrier else [higher, lower]
    return found


def _row(known: Catalogue, study: Intersections, group: TreeGroup) -> Row:
    figure = _figure(known, study, group.conditions, group)
    parent = next((other for other in study.groups if other.number == group.number // 2), None)
    label = words.part_name(known, study, group, parent) if parent is not None else _("Everyone")
    share = words.share_words(group)
    emphasis: Emphasis = "soft" if group.split_by else "strong" if group == study.furthest else "normal"
    if emphasis == "soft" and group.mean is not None:
        share = f"{words.percent(group.mean)} · {share}"
    return Row(label, (_mark(figure, emphasis),), note=share)


def _check_row(known: Catalogue, study: Intersections) -> Row:
    """The group that half the sample chose, as the other half has it, with its interval."""
    checked = study.checked
    figure = _figure(known, study, checked.conditions, checked)
    who = words.group_words(known, study, checked.conditions)
    label = _("Checked in the half of the sample that had no say: {who}").format(who=who)
    return Row(label, (_mark(figure, "normal"),), note=_("n = {n}").format(n=checked.n))


def _mark(figure: Figure, emphasis: Emphasis) -> Mark:
    if figure.value is None:
        text = absence_text("suppressed")
        return Mark(
            figure, text, "", " · ".join((figure.time_period, short_title(figure.source_title), text)), emphasis
        )
    sure = interval_text(figure) if figure.has_interval else _("no interval: chosen from the data")
    n = _("n = {n}").format(n=figure.n)
    detail = " · ".join((figure.group_name, figure.time_period, short_title(figure.source_title), sure, n))
    return Mark(figure, words.percent(figure.value), "", detail, emphasis)


def _figure(
    known: Catalogue, study: Intersections, conditions: Conditions, estimate: TreeGroup | CheckedGroup
) -> Figure:
    """The estimate as a figure; its group key names several categories of a dimension joined by +."""
    members = {one.dimension: "+".join(one.categories) for one in conditions}
    hidden = estimate.mean is None
    return Figure(
        country=study.country,
        area=study.country,
        area_name=known.countries[study.country].name,
        series=study.series,
        series_name=known.series[study.series].name,
        unit=known.series[study.series].unit,
        group="|".join(f"{dimension}={members[dimension]}" for dimension in sorted(members)),
        group_name=words.group_words(known, study, conditions) if conditions else "",
        time_period=study.time_period,
        year=study.year,
        value=estimate.mean,
        lower=estimate.lower,
        upper=estimate.upper,
        se=None,
        n=estimate.n,
        population=None,
        status="Q" if hidden else "A",
        absence="suppressed" if hidden else None,
        note=_note(estimate),
        source=study.source,
        source_title=study.source_title,
        publisher=study.publisher,
        origin=study.origin,
        illustrative=study.illustrative,
        licence=study.licence,
        licence_state=study.licence_state,
        release=study.release,
        row=0,
        caveats=study.caveats,
    )


def _note(estimate: TreeGroup | CheckedGroup) -> str:
    if isinstance(estimate, CheckedGroup):
        return _("Group chosen by the other half of the sample; computed from microdata")
    if estimate.number == 1:
        return _("Computed from microdata")
    return _("Group found by a tree; computed from microdata")


def _notes(study: Intersections) -> tuple[str, ...]:
    """What has to be known to read the picture."""
    found = [
        _(
            "Groups carry no interval of their own: the data chose them because they differ, which flatters the "
            "difference. Judge by the check."
        ),
    ]
    if any(group.hidden for group in study.groups):
        found.append(
            _("Some figures are withheld, so that nobody can be recognised in them or worked out from others.")
        )
    return tuple(found)
