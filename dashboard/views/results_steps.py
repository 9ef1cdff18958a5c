"""Drawing the results chain: a line a number that opens to its list, lessons beside it, the countries together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from math import ceil

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.text import _
from dashboard.text.formats import number
from dashboard.text.record import ladder_text, stage_text
from dashboard.views.results import EVERYWHERE, any_invented, chain, lessons, milestones, real_and_invented
from dashboard.views.results_lists import SHOWN_AT_ONCE, entry_table, shortened
from dashboard.views.results_tables import CELL, STRIPES, address, framed_table
from dashboard.views.results_text import counted_text, definition, not_known, number_name, real_and_illustrative
from data_access.measures.results_chain import STEP_OF
from data_access.measures.results_listed import Listed
from data_access.measures.results_window import Window
from data_access.models.commitments import LADDER, STAGES


@dataclass(frozen=True)
class NumberLine:
    """One number of a country in words: its line, what it counts, and what is not known of it."""

    code: str
    label: str
    definition: str
    unknown: tuple[str, ...]


@store.remembered(256)
def number_lines(window: Window, now: datetime, country: str, step: int) -> tuple[NumberLine, ...]:
    """The numbers of a step, of one country and of all together."""
    found = chain(window, now)
    lines = []
    for code, of_step in STEP_OF.items():
        if of_step == step:
            real, invented = real_and_invented(found.numbers[code], country)
            here = real_and_illustrative(code, real, invented, any_invented=any_invented())
            label = f"{number_name(code)}: **{plain(here)}**"
            if country != EVERYWHERE:
                both = real_and_invented(found.numbers[code], EVERYWHERE)
                everywhere = real_and_illustrative(code, *both, any_invented=any_invented())
                label += f" · {_('all countries')}: {plain(everywhere)}"
            said = (not_known(code, real, illustrative=False), not_known(code, invented, illustrative=True))
            lines.append(NumberLine(code, label, definition(code), tuple(one for one in said if one)))
    return tuple(lines)


def draw_step(window: Window, now: datetime, country: str, step: int, opened: set[str]) -> list[str]:
    """Draw a step with its lessons beside it; returns the codes of the numbers whose lists are open."""
    open_now = []
    numbers, right = st.columns([3, 2], gap="large")
    with numbers:
        for line in number_lines(window, now, country, step):
            found = st.expander(line.label, expanded=line.code in opened, on_change="rerun", key=f"number-{line.code}")
            for sentence in line.unknown:
                st.caption(plain(sentence))
            if found.open:
                open_now.append(line.code)
                with found:
                    st.caption(plain(line.definition))
                    _draw_lists(window, now, country, line.code)
    with right:
        learnt = beside(window, country, step)
        st.html(learnt or f"<p>{escape(_('No lesson, good practice or milestone is recorded for this step.'))}</p>")
    return open_now


def _draw_lists(window: Window, now: datetime, country: str, code: str) -> None:
    """The entries that are counted (of a number out of others, all of those), then what could not be counted."""
    parts = real_and_invented(chain(window, now).numbers[code], country)
    if not any(part.counted or part.among or part.unplaced or part.unknown for part in parts):
        st.markdown(_("Nothing is recorded."))
    for part, sort in zip(parts, ("real", "illustrative"), strict=True):
        listed, left_out = part.among or part.once, (*part.unplaced, *part.unknown)
        if sort == "illustrative" and (listed or left_out):
            illustrative_badge(f"**{_('Illustrative: every entry of this list is invented.')}**", f"list-{code}")
        for name, entries in ((number_name(code), listed), (_("Not counted"), left_out)):
            if entries:
                caption = name if sort == "real" else _("{name}, illustrative").format(name=name)
                shown = _turned_to(entries, f"{code}-{sort}-{name}")
                st.html(entry_table(caption, shown, countries=country == EVERYWHERE))


def _turned_to(found: tuple[Listed, ...], key: str) -> tuple[Listed, ...]:
    """The entries of the page of the list that is turned to."""
    pages = ceil(len(found) / SHOWN_AT_ONCE)
    if pages <= 1:
        return found
    turned = int(st.number_input(_("Page of the list"), min_value=1, max_value=pages, key=f"page-{key}"))
    first = (turned - 1) * SHOWN_AT_ONCE
    shown = found[first : first + SHOWN_AT_ONCE]
    st.caption(
        _("Entries {first} to {last} of {all}; the file of lists below has all of them.").format(
            first=number(first + 1, 0), last=number(first + len(shown), 0), all=number(len(found), 0)
        )
    )
    return shown


@store.remembered(256)
def beside(window: Window, country: str, step: int) -> str:
    """Lessons, good practices and milestones of the step that may fall in the period, as HTML; empty without any."""
    names = {"lesson": _("Lesson"), "good_practice": _("Good practice")}
    found = [
        (one.illustrative, names[one.kind], one.what, one.country, one.noted_on, one.stated_in)
        for one in lessons(window, country, step)
    ]
    for one in milestones(window, country, step):
        text = " — ".join(filter(None, (one.title, one.what)))
        found.append((one.illustrative, _("Milestone"), text, one.country, one.happened_on, one.stated_in))
    paragraphs = []
    for illustrative, name, text, of_country, on, stated_in in found:
        whose = _(store.catalogue().countries[of_country].name) if of_country else _("The whole coalition")
        stated = " · ".join(filter(None, (whose, on, shortened(stated_in))))
        style = f"{STRIPES};padding:.35rem .75rem;margin:0 0 .8rem" if illustrative else "margin:0 0 .8rem"
        name = _("{name}, illustrative").format(name=name) if illustrative else name
        paragraphs.append(
            f'<p style="{style}"><strong>{escape(name)}.</strong> {escape(text)}<br>'
            f'<small style="opacity:.8;overflow-wrap:anywhere">{escape(stated)}</small></p>'
        )
    return "".join(paragraphs)


@store.remembered(32)
def side_by_side(window: Window, now: datetime) -> str:
    """Every number of every country and of all of them, as an HTML table; each opens its list."""
    found, known = chain(window, now), store.catalogue()
    columns = [(code, _(country.name)) for code, country in known.countries.items()] + [(EVERYWHERE, _("All"))]
    head = "".join(f'<th scope="col" style="{CELL}">{escape(name)}</th>' for _code, name in columns)
    rows = []
    for code in STEP_OF:
        cells = []
        for country, name in columns:
            real, invented = real_and_invented(found.numbers[code], country)
            lines = [escape(counted_text(code, real))]
            if any_invented():
                lines.append(f"<em>{escape(_('{count} illustrative').format(count=counted_text(code, invented)))}</em>")
            view = {"country": country, "number": code, "from": window.first, "to": window.last}
            if not country:
                view = view | {"country": next(iter(known.countries), ""), "all": "yes"}
            link = address("results", view)
            label = escape(f"{number_name(code)}, {name}")
            opens = f'<a href="{escape(link)}" style="color:inherit" aria-label="{label}: {lines[0]}">{lines[0]}</a>'
            cells.append(f'<td style="{CELL}">{"<br>".join((opens, *lines[1:]))}</td>')
        rows.append(
            f'<tr><th scope="row" style="{CELL};min-width:11rem">{escape(number_name(code))}</th>{"".join(cells)}</tr>'
        )
    first = f'<th scope="col" style="{CELL}">{escape(_("Number"))}</th>'
    return framed_table(_("The numbers of each country; each opens its list"), first + head, "".join(rows))


@store.remembered(64)
def stages_and_levels(window: Window, now: datetime, country: str) -> tuple[tuple[str, ...], ...]:
    """How often communities took part, stage by stage and rung by rung: real, and illustrative where any is held."""
    record = store.record()
    parts = real_and_invented(chain(window, now).numbers["participation"], country)
    tallies = []
    for part in parts:
        tally: dict[tuple[str, str], int] = {}
        for listed in part.counted:
            one = record.participation[listed.code]
            tally[one.stage, one.level] = tally.get((one.stage, one.level), 0) + 1
        tallies.append(tally)
    header = (_("Stage"), *(ladder_text(level) for level in LADDER))
    if not any(tallies):
        return ()

    def cell(stage: str, level: str) -> str:
        real, invented = (tally.get((stage, level), 0) for tally in tallies)
        if not any_invented():
            return number(real, 0)
        return _("{real} real, {invented} illustrative").format(real=number(real, 0), invented=number(invented, 0))

    return (header, *((stage_text(stage), *(cell(stage, level) for level in LADDER)) for stage in STAGES))
