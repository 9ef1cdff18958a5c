"""Comparability and the statements of two sources, in words."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.text import _, ngettext
from dashboard.text.formats import number, points_text
from data_access.measures.comparability import Facet, Grade, Reason
from data_access.measures.statements import StatementCode
from data_access.queries.pairs import Pair


def grade_text(grade: Grade) -> str:
    """The class of a pair."""
    return {
        "direct": _("Directly comparable"),
        "close": _("Closely comparable"),
        "indicative": _("Indicative only"),
        "not_comparable": _("Not comparable"),
    }[grade]


def facet_text(facet: Facet) -> str:
    return {
        "unit": _("unit"),
        "scale_kind": _("kind of scale"),
        "concept": _("what is measured"),
        "group": _("population group"),
        "scale_range": _("range of the scale"),
        "direction": _("direction"),
        "series": _("series"),
        "definition": _("definition"),
        "numerator": _("numerator"),
        "denominator": _("denominator"),
        "age_range": _("age range"),
        "group_basis": _("how group membership was established"),
        "disability_method": _("how disability was asked"),
        "area": _("area"),
        "area_vintage": _("boundaries"),
        "mode": _("how people were asked"),
        "period": _("period"),
        "sampling": _("sample"),
        "source": _("survey"),
        "population": _("population"),
    }[facet]


def reason_text(reason: Reason) -> str:
    """One reason: "period: 2007 (official), 2010–2017 (community)"."""
    name = facet_text(reason.facet)
    if reason.kind == "not_stated" and not reason.official and not reason.community:
        return _("{facet}: not stated by either source").format(facet=name)
    if reason.kind == "not_stated":
        silent = _("official source") if not reason.official else _("community source")
        return _("{facet}: not stated by the {source}").format(facet=name, source=silent)
    if reason.kind == "overlaps":
        return _("{facet}: both figures rest on the same people").format(facet=name)
    return _("{facet}: {official} (official), {community} (community)").format(
        facet=name, official=value_name(reason.official), community=value_name(reason.community)
    )


def value_name(value: str | None) -> str:
    """A recorded fact in words: "probability" → "probability sample"; texts of the sources stay as they are."""
    return {
        None: _("not stated"),
        "probability": _("probability sample"),
        "purposive": _("purposive sample"),
        "census": _("census"),
        "mapping": _("community mapping"),
        "administrative": _("administrative records"),
        "scorecard": _("scorecard"),
        "face_to_face": _("face to face"),
        "registers": _("registers"),
        "focus_group": _("focus group"),
        "phone": _("by phone"),
        "self_completed": _("self-completed"),
    }.get(value, value or _("not stated"))


def statement_text(pair: Pair) -> str:
    """What may be said of a pair and nothing stronger."""
    if pair.official is None:
        return _("No official figure is held here for this group and area.")
    if pair.comparability is None:
        return _("The community figure is withheld.")
    if pair.gap is None:
        return _("Not comparable: the two figures stand side by side and no difference is drawn.")
    unit = pair.community.unit
    direction = _("higher") if pair.gap > 0 else _("lower")
    size = _("The community figure is {points} {direction}.").format(
        points=points_text(pair.gap, unit), direction=direction
    )
    if pair.gap == 0:
        size = _("Both figures are the same.")
    if pair.statement is None:
        return f"{size} {_('Uncertainty unknown.')}"
    words = _STATEMENTS[pair.statement.code]().format(margin=number(pair.statement.margin, 0))
    parts = [size, words]
    if pair.gap_lower is not None and pair.gap_upper is not None:
        parts.append(
            _("95 % interval of the difference: {lower} to {upper} points.").format(
                lower=_signed(pair.gap_lower), upper=_signed(pair.gap_upper)
            )
        )
    if pair.statement.comparisons > 1:
        parts.append(
            ngettext(
                "Corrected for {count} comparison.", "Corrected for {count} comparisons.", pair.statement.comparisons
            ).format(count=pair.statement.comparisons)
        )
    return " ".join(parts)


_STATEMENTS: dict[StatementCode, Callable[[], str]] = {
    "materially_different": lambda: _("Materially different: the whole interval lies beyond {margin} points."),
    "different_size_uncertain": lambda: _("Different; the size of the difference is uncertain."),
    "different_within_margin": lambda: _("Different, but within the margin of {margin} points."),
    "consistent_within_margin": lambda: _("Consistent within the margin of {margin} points."),
    "inconclusive": lambda: _("Inconclusive: these samples cannot tell."),
    "one_sided": lambda: _(
        "The official source publishes no interval: the uncertainty counted here is that of the community figure alone."
    ),
    "uncertainty_unknown": lambda: _("Uncertainty unknown: two numbers and no more."),
    "not_independent": lambda: _("Both figures rest on the same people: no interval can be given."),
}


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value), 1)}"
