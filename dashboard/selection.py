"""The URL is the view: what has been chosen, kept as codes in the address and across pages.

A code in the URL that is unknown, or that has no figures here, falls back to a choice that has, with a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard import store
from dashboard.text import _
from dashboard.text.groups import group_name, series_label
from data_access.queries.availability import Availability
from data_access.queries.catalogue import Catalogue


@dataclass(frozen=True)
class Selection:
    """What the reader is looking at, in codes; ``group`` is a group key, ``period`` a time period."""

    country: str
    series: str
    group: str
    period: str


def choose() -> Selection:
    """Draw the one chooser (country · indicator · group · year) and return what is chosen."""
    known = store.catalogue()
    with st.container(key="chooser"):
        first, second, third, fourth = st.columns([2, 5, 3, 2])
        with first:
            country = choose_code(
                _("Country"),
                "country",
                list(known.countries),
                lambda c: _(known.countries[c].name),
                default=newest_country(known),
            )
        with second:
            series = _choose_series(known, country)
        available = store.availability(country, series)
        with third:
            group = _choose_group(known, country, series, available)
        with fourth:
            periods = available.periods(group)
            period = choose_code(_("Year"), "year", periods, str, default=first_period(known, available, group))
    return Selection(country, series, group, period)


def choose_code(
    label: str,
    key: str,
    codes: Sequence[str],
    label_of: Callable[[str], str],
    *,
    default: str,
    unavailable: Callable[[str], str] | None = None,
) -> str:
    """A select box whose value is a code, the same in ``?key=code`` whatever the language on screen.

    ``unavailable(code)`` gives the reason why a listed code cannot be chosen (empty when it can): such a code stays
    in the list with its reason, and choosing it (or finding it in the URL) leads back to the last good choice with
    a notice.
    """
    why_not = unavailable or (lambda code: "")
    last = f"{key}:last"
    from_url = st.query_params.get(key)
    if from_url is not None and from_url != st.session_state.get(f"{key}:url"):
        st.session_state[key] = from_url  # first load, or the browser's back and forward
    wanted = st.session_state.get(key, st.session_state.get(last, default))
    if wanted not in codes or why_not(wanted):
        previous = st.session_state.get(last, default)
        fallback = previous if previous in codes and not why_not(previous) else default
        if wanted != "" and fallback and wanted != st.session_state.get(f"{key}:default"):
            listed = wanted in codes
            _notice(
                label, label_of(wanted) if listed else wanted, why_not(wanted) if listed else "", label_of(fallback)
            )
        wanted = fallback
    st.session_state[key] = wanted
    if not codes:
        st.selectbox(label, [_("No figures")], disabled=True, key=f"{key}:none")
        return ""

    def shown(code: str) -> str:
        reason = why_not(code)
        return f"{label_of(code)} — {reason}" if reason else label_of(code)

    value = st.selectbox(label, codes, key=key, format_func=shown)
    st.session_state[last] = value
    st.session_state[f"{key}:default"] = default
    if from_url != value:
        st.query_params[key] = value
    st.session_state[f"{key}:url"] = value
    return value


def _notice(label: str, wanted: str, reason: str, fallback: str) -> None:
    text = _("{label}: “{wanted}” cannot be shown here; showing {fallback} instead.").format(
        label=label, wanted=wanted[:60].replace("`", ""), fallback=fallback
    )
    st.session_state.setdefault("notices", []).append(f"{text} {reason}".strip())


def notices() -> list[str]:
    """Take the notices that have gathered since they were last shown."""
    found: list[str] = st.session_state.pop("notices", [])
    return found


def newest_country(known: Catalogue) -> str:
    """The country whose figures are newest: where a first look begins."""
    newest = dict.fromkeys(known.countries, 0)
    for holding in known.holdings:
        if holding.year > newest[holding.country]:
            newest[holding.country] = holding.year
    return max(newest, key=lambda c: (newest[c], c), default="")


@dataclass(frozen=True)
class Options:
    """The entries of a select box: codes in order, their labels, and why some cannot be chosen."""

    codes: tuple[str, ...]
    labels: Mapping[str, str]
    missing: Mapping[str, str]


def _choose_series(known: Catalogue, country: str) -> str:
    options = _series_options(country)
    return choose_code(
        _("Indicator"),
        "indicator",
        options.codes,
        options.labels.__getitem__,
        default=first_series(known, country),
        unavailable=lambda code: options.missing.get(code, ""),
    )


@store.remembered(64)
def _series_options(country: str) -> Options:
    """Every series: those held for the country first, by SDG target; the others with the reason they are not."""
    known = store.catalogue()
    held = {series for c, series in known.holdings_of if c == country}
    order = sorted(known.series.values(), key=lambda s: (s.code not in held, _sdg_order(s.sdg_target), s.name))
    reason = _("no figures held for {country}").format(country=_(known.countries[country].name))
    return Options(
        tuple(s.code for s in order),
        {s.code: series_label(s) for s in order},
        {s.code: reason for s in order if s.code not in held},
    )


def first_period(known: Catalogue, available: Availability, group: str) -> str:
    """The newest period with a real official figure of the group, else with a real one, else with any."""
    held = [h for h in available.holdings if h.group == group and h.n_with_value]
    newest = max(
        held,
        key=lambda h: (
            not known.sources[h.source].illustrative,
            known.sources[h.source].origin == "official",
            h.year,
            h.time_period,
        ),
        default=None,
    )
    return newest.time_period if newest else ""


def first_series(known: Catalogue, country: str) -> str:
    """The series a first look begins with: the widest gap between groups that is also known by area."""
    gaps = store.widest_gaps(country)

    def by_area(series: str) -> bool:
        return any(h.area_kind != "country" for h in known.holdings_of[country, series])

    order = sorted(gaps, key=lambda gap: (gap.between != "groups", not by_area(gap.series), -gap.points))
    return order[0].series if order else next((s for c, s in known.holdings_of if c == country), "")


def _choose_group(known: Catalogue, country: str, series: str, available: Availability) -> str:
    groups = list(available.groups)
    elsewhere = sorted(
        {
            dimension
            for (c, s), holdings in known.holdings_of.items()
            if s == series and c != country
            for holding in holdings
            for dimension in holding.breakdown.split("|")
            if dimension
        }
        - {dimension for h in known.holdings_of.get((country, series), ()) for dimension in h.breakdown.split("|")}
    )
    not_broken_down = [f"{dimension}=*" for dimension in elsewhere]

    def label_of(code: str) -> str:
        if code.endswith("=*"):
            return _("By {dimension}").format(dimension=_(known.dimensions[code[:-2]].name).lower())
        return group_name(known, code, available.universe)

    def missing(code: str) -> str:
        if code.endswith("=*"):
            return _("not broken down in the sources held for this country")
        if not available.periods(code):
            return _("withheld or not published")
        return ""

    total = available.universe if available.universe in groups else (groups[0] if groups else "")
    return choose_code(
        _("Group"),
        "group",
        [*groups, *not_broken_down],
        label_of,
        default=total,
        unavailable=missing,
    )


def _sdg_order(target: str) -> tuple[int, str]:
    goal, _dot, part = target.partition(".")
    return int(goal), part.zfill(3)


def remember(selection: Selection) -> None:
    """Keep the choice for the page that runs next."""
    st.session_state["selection"] = selection


def chosen() -> Selection:
    """What the chooser at the top of this page holds."""
    selection: Selection = st.session_state["selection"]
    return selection
