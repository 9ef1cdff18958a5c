"""How values, intervals, periods and sample sizes are written for a reader."""

from __future__ import annotations

from dashboard.text import _
from dashboard.text.recognition import recognition_of
from data_access.figures import Absence, Figure
from data_access.queries.catalogue import SeriesFacts

NO_BREAK = "\u00a0"
_DECIMALS = {"PT": 1, "PER_1000": 1, "NUMBER": 0, "SCORE": 2, "INDEX": 3}


def number(value: float, decimals: int) -> str:
    """``value`` with digits and separators of the language in use."""
    return f"{value:,.{decimals}f}"


def value_text(value: float, unit: str) -> str:
    """A value with its unit: "70.3 %", "12.0 per 1,000", "20,519", "6.52 points", "0.171"."""
    written = number(value, _DECIMALS[unit])
    if unit == "PT":
        return f"{written}{NO_BREAK}%"
    if unit == "PER_1000":
        return _("{value} per 1,000").format(value=written)
    if unit == "SCORE":
        return _("score {value}").format(value=written)
    return written


def points_text(difference: float, unit: str) -> str:
    """The size of a difference in words: "29.6 points" for percentages; the sign is left to the sentence."""
    written = number(abs(difference), _DECIMALS[unit])
    if unit == "PT":
        return _("{value} points").format(value=written)
    if unit == "PER_1000":
        return _("{value} per 1,000").format(value=written)
    return written


def unit_text(series: SeriesFacts) -> str:
    """What an axis of this series counts."""
    if series.unit == "PT":
        return _("per cent")
    if series.unit == "PER_1000":
        return _("per 1,000")
    if series.unit == "NUMBER":
        return _("number")
    if series.unit == "SCORE" and series.value_min is not None and series.value_max is not None:
        return _("score on a scale from {worst} to {best}").format(
            worst=f"{series.value_min:g}", best=f"{series.value_max:g}"
        )
    return _("index")


def interval_text(figure: Figure) -> str:
    """ "28.5–40.0" or "uncertainty unknown"."""
    if figure.lower is None or figure.upper is None:
        return _("uncertainty unknown")
    decimals = _DECIMALS[figure.unit]
    return _("95 % interval {lower}–{upper}").format(
        lower=number(figure.lower, decimals), upper=number(figure.upper, decimals)
    )


def bounds_text(figure: Figure) -> str:
    """The interval without its name, for a column that has it: "28.5–40.0" or "uncertainty unknown"."""
    if figure.lower is None or figure.upper is None:
        return _("uncertainty unknown")
    decimals = _DECIMALS[figure.unit]
    return f"{number(figure.lower, decimals)}–{number(figure.upper, decimals)}"


def sample_text(figure: Figure) -> str:
    """ "n = 873" or "sample size unknown"."""
    if figure.n is None:
        return _("sample size unknown")
    return _("n = {n}").format(n=number(figure.n, 0))


def absence_text(absence: Absence) -> str:
    """What a missing value is called on screen, in print and in a spreadsheet."""
    return {
        "suppressed": _("Withheld to protect people"),
        "not_collected": _("Not collected"),
        "not_disaggregated": _("Not broken down this far"),
        "not_published": _("Not published"),
        "not_held": _("Not held here, reason unknown"),
    }[absence]


def absence_label(absence: Absence) -> str:
    """What a kind of absence is called in a legend, where each mark says more."""
    return _("Not held here") if absence == "not_held" else absence_text(absence)


def shown(figure: Figure) -> str:
    """The value of a figure, or why there is none."""
    if figure.value is None:
        return absence_text(figure.absence or "not_held")
    return value_text(figure.value, figure.unit)


def short_title(title: str) -> str:
    """The name of a source without its particulars: up to the first bracket or comma."""
    return title.split(" (")[0].split(", ")[0]


def origin_text(origin: str) -> str:
    return _("Official") if origin == "official" else _("Community")


def licence_text(figure: Figure) -> str:
    """The licence and what is known of it."""
    state = {
        "attribution": _("reuse with attribution"),
        "share-alike": _("reuse with attribution, under the same licence"),
        "unverified": _("terms of the publisher not verified"),
    }[figure.licence_state]
    return f"{figure.licence} ({state})"


def provenance(figure: Figure) -> str:
    """One line on where a figure comes from and how sure it is: period, source, interval, sample size; of a community
    figure also what official bodies made of its source."""
    parts = [
        figure.time_period,
        short_title(figure.source_title),
        interval_text(figure) if figure.value is not None else absence_text(figure.absence or "not_held"),
        sample_text(figure),
    ]
    if figure.status == "U":
        parts.append(_("low reliability (25–49 cases)"))
    if figure.origin == "community":
        parts.append(recognition_of(figure))
    if figure.illustrative:
        parts.insert(0, _("ILLUSTRATIVE"))
    return " · ".join(parts)


def area_kind_text(kind: str) -> str:
    """What the areas of a level are called."""
    return {
        "country": _("Country"),
        "admin1": _("Provinces, states or counties"),
        "admin2": _("Districts"),
        "survey_region": _("Survey regions"),
        "place": _("Places"),
    }[kind]
