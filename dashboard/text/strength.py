"""The strength of evidence in words: the grade, what was found, and what held it down."""

from __future__ import annotations

from datetime import date

from dashboard.text import _, ngettext
from dashboard.text.comparability import value_name
from dashboard.text.formats import number, points_text
from dashboard.text.quality import criterion_name, question_name
from data_access.figures import Figure
from data_access.measures.evidence_strength import (
    ADD_UP,
    AGES,
    MOST_UNSCORED,
    SAMPLE_SIZES,
    WIDTH_OF_SCALE,
    WIDTH_OF_VALUE,
    Component,
    ComponentName,
    DifferenceStrength,
    Grade,
    Strength,
)


def grade_meaning(grade: Grade) -> str:
    """What a grade lets one do with a finding."""
    return {
        "A": _("strong: nothing known speaks against it"),
        "B": _("good: it can carry an argument"),
        "C": _("limited: say what is missing whenever it is used"),
        "D": _("weak: do not rest an argument on it alone"),
    }[grade]


def component_name(name: ComponentName) -> str:
    return {
        "interval": _("Uncertainty"),
        "sample_size": _("Sample size"),
        "recency": _("Recency"),
        "sampling": _("Sampling"),
        "quality_assessment": _("Quality assessment"),
        "comparability": _("Comparability"),
    }[name]


def component_text(component: Component, figure: Figure | None = None) -> str:
    """What was found: "n 2,143", "from 2021", "probability sample". ``figure`` lends its unit and period."""
    code, amount = component.code, component.amount
    if component.name == "interval":
        return _interval_text(component, figure)
    if component.name == "sample_size":
        counted = "" if amount is None else _("n {n}").format(n=number(amount, 0))
        return {
            "unknown": _("sample size unknown"),
            "does_not_apply": _("everyone was to be counted"),
            "flagged": _("few cases, flagged by the source"),
            "small": _("{n}, which is small").format(n=counted),
        }.get(code, counted)
    if component.name == "recency":
        years = round(amount or 0)
        ago = ngettext("{count} year ago", "{count} years ago", years).format(count=years)
        period = figure.time_period if figure else ""
        if code == "recent" and period:
            return _("from {period}").format(period=period)
        return _("from {period}, {ago}").format(period=period, ago=ago) if period else ago
    if component.name == "sampling":
        return {
            "unknown": _("how people were chosen is not known"),
            "modelled": _("modelled from several sources"),
            "register": _("a register of its own members or clients"),
        }.get(code, value_name(code))
    if component.name == "quality_assessment":
        return _quality_text(component)
    return {
        "direct": _("directly comparable"),
        "close": _("closely comparable"),
        "indicative": _("comparison only indicative"),
        "not_comparable": _("not comparable"),
        "not_independent": _("both figures rest on the same people"),
    }[code]


def _interval_text(component: Component, figure: Figure | None) -> str:
    words = {
        "narrow": _("interval known and narrow"),
        "moderate": _("interval known, not narrow"),
        "wide": _("interval known, but wide"),
        "unknown": _("no known interval"),
    }[component.code]
    if component.amount is None or figure is None:
        return words
    return _("{words} ({width})").format(words=words, width=points_text(component.amount, figure.unit))


def _quality_text(component: Component) -> str:
    named = ", ".join(
        question_name(n).lower() if component.code.startswith("gateway") else criterion_name(n).lower()
        for n in component.named
    )
    words = {
        "does_not_apply": _("the checklist is for community data"),
        "not_assessed": _("quality not assessed yet"),
        "gateway_failed": _("failed the gateway of its quality assessment"),
        "gateway_open": _("the gateway of its quality assessment is open"),
        "unsound": _("quality assessment found no basis"),
        "weak": _("quality assessed, with weaknesses at the core"),
        "sound": _("quality assessed, sound at the core"),
        "strong": _("quality assessed, no weakness"),
    }[component.code]
    return _("{words} ({named})").format(words=words, named=named) if named else words


def difference_line(strength: DifferenceStrength, figures: tuple[Figure, Figure]) -> str:
    """The line beside a finding: "Evidence: B — interval known and narrow (8.2 points), n 2,143, from 2021, …".

    It tells of the weaker figure, with the class of comparison where there is one; no grade where none can be.
    """
    class_ = strength.comparability
    if strength.grade is None:
        return _("Evidence: no grade — the two figures are not comparable")
    weaker = strength.figures[strength.deciding]
    parts = [component_text(class_)] if class_ else []
    parts += [component_text(c, figures[strength.deciding]) for c in weaker.components if c.code != "does_not_apply"]
    return _("Evidence: {grade} — {parts}").format(grade=strength.grade, parts=", ".join(parts))


def held_down_text(strength: Strength | DifferenceStrength) -> str:
    """What kept the grade from being better, in few words: "no known interval, small sample"; empty for an A."""
    return ", ".join(dict.fromkeys(_in_few_words(c) for c in strength.held_down_by))


def _in_few_words(component: Component) -> str:
    few = {
        "moderate": _("interval not narrow"),
        "wide": _("wide interval"),
        "medium": _("sample of middle size"),
        "small": _("small sample"),
        "flagged": _("few cases"),
        "fairly_recent": _("not quite recent"),
        "ageing": _("over {years} years old").format(years=AGES[1]),
        "old": _("over {years} years old").format(years=AGES[2]),
        "gateway_failed": _("failed the gateway"),
        "gateway_open": _("gateway open"),
        "unsound": _("quality unsound"),
        "weak": _("weak quality assessment"),
        "sound": _("quality with reservations"),
    }
    return few.get(component.code) or component_text(component)


def graded(sentence: str, strength: DifferenceStrength | None) -> str:
    """A sentence of a document with its grade behind it: "… Evidence C."; as it stands where nothing can be graded."""
    if strength is None:
        return sentence
    if strength.grade is None:
        return _("{sentence} Evidence: no grade.").format(sentence=sentence)
    return _("{sentence} Evidence {grade}.").format(sentence=sentence, grade=strength.grade)


def grades_explained() -> str:
    """What the grades of a document mean, in one sentence."""
    return _(
        "Evidence is graded from A (strong) to D (weak) by a fixed rule from interval, sample size, age, sampling, "
        "quality assessment and comparability; without a known interval no grade is better than C."
    )


def component_line(component: Component, figure: Figure | None = None) -> str:
    """One component with what it allows: "Uncertainty: no known interval → at best C"."""
    words = component_text(component, figure)
    if component.code == "does_not_apply":
        limit = _("not asked of this figure")
    elif component.allows is None:
        limit = _("no grade")
    else:
        limit = _("at best {grade}").format(grade=component.allows)
    return _("{name}: {words} → {limit}").format(name=component_name(component.name), words=words, limit=limit)


def components_line(strength: Strength, figure: Figure) -> str:
    """Every component of one figure in a line: "C — Uncertainty: no known interval → at best C; …"."""
    parts = [component_line(component, figure) for component in strength.components]
    if strength.adds_up:
        parts.append(adds_up_text())
    return f"{strength.grade} — {'; '.join(parts)}"


def adds_up_text() -> str:
    return _("Each of these alone would allow C; together they make it D, because weaknesses add up.")


def rule_rows() -> list[tuple[str, ...]]:
    """The whole rule: for each component what allows A, B, C and what makes it D."""
    scale, value = WIDTH_OF_SCALE, WIDTH_OF_VALUE
    none = "–"

    def row(name: ComponentName, *limits: str) -> tuple[str, ...]:
        return (component_name(name), *limits)

    return [
        row(
            "interval",
            _("known; at most {points} points wide ({share} % of other values)").format(
                points=round(scale[0] * 100), share=round(value[0] * 100)
            ),
            _("at most {points} points ({share} %)").format(points=round(scale[1] * 100), share=round(value[1] * 100)),
            _("wider, or not known"),
            none,
        ),
        row(
            "sample_size",
            _("{n} or more, or a census").format(n=SAMPLE_SIZES[0]),
            _("{n} or more").format(n=SAMPLE_SIZES[1]),
            _("fewer, or not known"),
            _("flagged by its source for few cases"),
        ),
        row(
            "recency",
            _("up to {years} years old").format(years=AGES[0]),
            _("up to {years} years").format(years=AGES[1]),
            _("up to {years} years").format(years=AGES[2]),
            _("older"),
        ),
        row(
            "sampling",
            _("probability sample or census"),
            _("official register, or modelled"),
            _("purposive, scorecard, mapping, own register, or not known"),
            none,
        ),
        row(
            "quality_assessment",
            _("gateway passed, every criterion 2 or 3; not asked of official figures"),
            _("gateway passed, core criteria 2 or 3, no 0, at most {count} without a score").format(
                count=MOST_UNSCORED
            ),
            _("not assessed, gateway open, or a core criterion at 1 or without a score"),
            _("gateway failed, or a core criterion at 0"),
        ),
        row(
            "comparability",
            _("direct"),
            _("close"),
            _("indicative, or both figures rest on the same people"),
            _("not comparable: no grade"),
        ),
    ]


def rule_text(day: date) -> str:
    """How the components become one grade, and the day against which recency was judged."""
    return _(
        "The grade is the lowest that any component allows. {count} kinds of weakness that each allow no better than C "
        "make it D; uncertainty and sample size are one kind. A difference takes the weaker of its two figures and its "
        "comparability. What is not known never counts as good. Nobody can set or change a grade: it is computed anew "
        "each time it is shown, here as of {day}."
    ).format(count=ADD_UP, day=day.isoformat())
