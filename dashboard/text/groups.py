"""Groups, areas and series as a reader names them."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.text import _
from data_access.queries.catalogue import Catalogue, CategoryFacts, SeriesFacts

_PROPER = {"ETHNICITY"}


def category_name(category: CategoryFacts) -> str:
    return _(category.name)


def group_name(catalogue: Catalogue, group: str, universe: str = "") -> str:
    """ "Women and girls, rural", or "Everyone" for the total of a series."""
    apart = catalogue.told_apart(group, universe)
    if not apart:
        return _("Everyone")
    names = [category_name(c) for c in apart]
    return ", ".join([names[0], *(_lowered(name, c) for name, c in zip(names[1:], apart[1:], strict=True))])


def group_in_sentence(catalogue: Catalogue, group: str, universe: str = "") -> str:
    """The group's name as it stands inside a sentence: "the poorest fifth"; "everyone" for the total."""
    apart = catalogue.told_apart(group, universe)
    if not apart:
        return _("everyone")
    return ", ".join(_in_sentence(c) for c in apart)


def capitalised(text: str) -> str:
    """``text`` with its first letter large, to begin a sentence."""
    return text[:1].upper() + text[1:]


def _in_sentence(category: CategoryFacts) -> str:
    written: dict[tuple[str, str], Callable[[], str]] = {
        ("INCOME_WEALTH_QUANTILE", "Q1"): lambda: _("the poorest fifth"),
        ("INCOME_WEALTH_QUANTILE", "Q2"): lambda: _("the second fifth"),
        ("INCOME_WEALTH_QUANTILE", "Q3"): lambda: _("the middle fifth"),
        ("INCOME_WEALTH_QUANTILE", "Q4"): lambda: _("the fourth fifth"),
        ("INCOME_WEALTH_QUANTILE", "Q5"): lambda: _("the richest fifth"),
        ("URBANISATION", "R"): lambda: _("rural areas"),
        ("URBANISATION", "U"): lambda: _("urban areas"),
        ("EDUCATION_LEV", "NONE"): lambda: _("those without education"),
        ("EDUCATION_LEV", "PRIMARY"): lambda: _("those with primary education"),
        ("EDUCATION_LEV", "SECONDARY"): lambda: _("those with secondary education"),
        ("EDUCATION_LEV", "HIGHER"): lambda: _("those with more than secondary education"),
    }
    write = written.get((category.dimension, category.code))
    return write() if write else _lowered(category_name(category), category)


def universe_text(catalogue: Catalogue, universe: str) -> str:
    """Whom a series speaks of, for its subtitle: "15-49 years, women and girls"; empty when of everyone."""
    return ", ".join(_lowered(category_name(c), c) for c in catalogue.told_apart(universe, ""))


def dimension_name(catalogue: Catalogue, dimension: str) -> str:
    return _(catalogue.dimensions[dimension].name)


def series_name(series: SeriesFacts) -> str:
    return _(series.name)


def series_label(series: SeriesFacts) -> str:
    """A series in a list: its SDG target and its name; invented ones are marked."""
    label = f"{series.sdg_target} · {series_name(series)}"
    return _("{series} (illustrative)").format(series=label) if series.illustrative else label


def _lowered(name: str, category: CategoryFacts) -> str:
    return name if category.dimension in _PROPER else name[:1].lower() + name[1:]
