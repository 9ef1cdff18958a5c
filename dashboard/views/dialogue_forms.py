"""Forms for entries of the record, made from the list of fields each kind has."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import plain
from dashboard.text import _
from dashboard.text.groups import category_name, dimension_name, series_label
from dashboard.text.record import choice_text, heading_text
from data_access.process.kinds import KINDS, EntryField, Several

DONE = "record-done"
_LONG = ("wording", "summary", "what", "remark")
_EXAMPLES = {"date": "2024-03-05", "moment": "2024-03-05T10:00", "period": "2019-21"}


def entry_form(kind: str, given: Mapping[str, str], *, key: str) -> None:
    """Draw the form of one entry; ``given`` are cells that the place of the form already says, its country among them.

    Sent, it says every problem of every cell at once, or is recorded and shown. ``key`` is unique on its page.
    """
    shape = KINDS[kind]
    country = given.get("country", "")
    cells = {heading: cell for heading, cell in given.items() if heading in shape.headings}
    with st.form(f"form-{key}", border=False):
        for field in shape.fields:
            if field.heading not in given and field.heading != "code":
                cells[field.heading] = _ask(field, country, f"{key}-{field.heading}")
        for one in shape.several:
            if one.heading not in given:
                cells[one.heading] = _ask_several(one, country, f"{key}-{one.heading}")
        sent = st.form_submit_button(_("Record"), type="primary")
    if not sent:
        return
    try:
        code = recording.record(kind, cells)
    except recording.NotRecorded as problem:
        st.error(
            "\n".join([_("Not recorded:"), *(f"- {plain(one.sentence)}" for one in problem.problems)]),
            icon=":material/error:",
        )
        return
    st.session_state[DONE] = _("Recorded as {code}.").format(code=code)
    st.rerun()


def say_what_was_recorded() -> None:
    """The word of the last act, once."""
    if done := st.session_state.pop(DONE, ""):
        st.success(plain(done), icon=":material/check:")


def _ask(field: EntryField, country: str, key: str) -> str:
    label = heading_text(field.heading) + (" *" if field.required else "")
    if field.reads == "yes_no":
        return _yes_no(field, label, key)
    if field.reads == "choice":
        offered = list(field.choices) if field.required else ["", *field.choices]
        return st.selectbox(label, offered, format_func=lambda c: choice_text(field.heading, c), key=key) or ""
    if field.reads == "code":
        return _one_of(label, field.refers, country, key, required=field.required)
    if field.reads == "group":
        return "|".join(_categories(label, key))
    if field.heading in _LONG:
        return st.text_area(label, key=key)
    return st.text_input(label, key=key, placeholder=_EXAMPLES.get(field.reads, ""))


def _yes_no(field: EntryField, label: str, key: str) -> str:
    if field.heading == "illustrative":
        return "yes" if st.checkbox(label, key=key) else "no"
    words = {"": _("Neither"), "yes": _("Yes"), "no": _("No")}
    return st.selectbox(label, list(words), format_func=words.__getitem__, key=key) or ""


def _ask_several(one: Several, country: str, key: str) -> str:
    label = heading_text(one.heading)
    if not one.refers:
        return "; ".join(_categories(label, key))
    offered = offered_codes(one.refers, country)
    return "; ".join(st.multiselect(label, list(offered), format_func=offered.__getitem__, key=key))


def _categories(label: str, key: str) -> list[str]:
    known = store.catalogue()
    offered = {
        f"{dimension}={code}": f"{dimension_name(known, dimension)}: {category_name(category)}"
        for (dimension, code), category in known.categories.items()
    }
    return st.multiselect(label, list(offered), format_func=offered.__getitem__, key=key)


def _one_of(label: str, table: str, country: str, key: str, *, required: bool) -> str:
    offered = offered_codes(table, country)
    chosen = st.selectbox(
        label,
        list(offered),
        format_func=offered.__getitem__,
        index=None,
        key=key,
        placeholder=_("Choose") if required else _("None"),
    )
    return chosen or ""


def offered_codes(table: str, country: str) -> Mapping[str, str]:
    """What a cell of codes may name in a country: code → name."""
    known, record = store.catalogue(), store.record()
    match table:
        case "country":
            return {code: _(one.name) for code, one in known.countries.items()}
        case "area":
            return {a.code: _(a.name) for a in known.areas.values() if a.country == country}
        case "series":
            return {one.code: series_label(one) for one in known.series.values()}
        case "source":
            return {s.code: s.title for s in known.sources.values() if country in s.countries}
        case "sdg_target":
            return {one.sdg_target: one.sdg_target for one in known.series.values() if one.sdg_target}
        case "public_body":
            return {b.code: b.name for b in record.bodies.values() if b.country == country}
        case "dialogue":
            return {d.code: d.title for d in record.dialogues.values() if d.country == country}
        case "demand":
            places = record.dialogues
            return {
                d.code: d.wording
                for d in record.demands.values()
                if d.dialogue in places and places[d.dialogue].country == country
            }
        case "commitment":
            return {c.code: c.wording for c in record.commitments.values() if c.country == country}
        case "voice":
            return {v.code: v.statement for v in record.voices.values() if v.country == country}
        case _:
            return {code: code for code in record.of_kind.get(table, {})}
