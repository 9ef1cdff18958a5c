"""Who says so: the facts about a source that a mapping begins with, as fields instead of lines."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import store
from dashboard.desk.intake import Intake
from dashboard.desk.mapping_text import facts_of, with_facts
from dashboard.text import _

TEXTS = ("code", "title", "publisher", "licence", "citation")


def facts_form(intake: Intake) -> None:
    """Draw the fields; what is saved is written into the mapping."""
    facts = facts_of(intake.mapping)
    if facts is None:
        return
    opened = st.expander(_("Who says so: source, owner, licence, consent"), key="desk-facts-open")
    with opened, st.form("desk-facts", border=False, enter_to_submit=False):
        said = _fields(facts)
        if st.form_submit_button(_("Write into the mapping"), key="desk-facts-save"):
            intake.mapping = with_facts(intake.mapping, said)
            st.rerun()


def _fields(facts: dict[str, Any]) -> dict[str, object]:
    labels = {
        "code": _("Short code (capital letters, digits and _)"),
        "title": _("Title as published"),
        "publisher": _("Publisher: whose figures these are"),
        "licence": _("Licence under which they were given"),
        "citation": _("How they are to be cited"),
    }
    said: dict[str, object] = {}
    left, right = st.columns(2)
    with left:
        for name in TEXTS:
            said[name] = st.text_input(labels[name], str(facts.get(name) or ""), key=_key(name, facts))
        known = store.catalogue().countries
        names = {code: country.name for code, country in known.items()}
        given = [code for code in facts.get("countries") or [] if code in names]
        said["countries"] = st.multiselect(
            _("Countries"), list(names), given, format_func=names.__getitem__, key=_key("countries", facts)
        )
    with right:
        for name, label, words in _choices():
            options = list(words)
            at = options.index(facts[name]) if facts.get(name) in words else 0
            said[name] = st.selectbox(label, options, at, format_func=words.__getitem__, key=_key(name, facts))
    return said


def _key(name: str, facts: dict[str, Any]) -> str:
    """A field begins anew when the mapping says something else."""
    return f"desk-fact-{name}-{facts.get(name)}"


def _choices() -> list[tuple[str, str, dict[str, str]]]:
    return [
        ("origin", _("Whose figures"), {"community": _("a community's"), "official": _("official")}),
        (
            "collection",
            _("How they were collected"),
            {
                "community_survey": _("community survey"),
                "community_mapping": _("community mapping"),
                "community_scorecard": _("community scorecard"),
                "citizen_survey": _("citizen survey"),
                "household_survey": _("household survey"),
                "census": _("census"),
                "administrative": _("administrative records"),
                "modelled_estimates": _("modelled estimates"),
            },
        ),
        (
            "sampling",
            _("How people were chosen"),
            {
                "purposive": _("chosen on purpose"),
                "probability": _("by chance (probability sample)"),
                "census": _("everybody"),
                "mapping": _("everything that was found (mapping)"),
                "administrative": _("whoever is in the records"),
                "scorecard": _("whoever came together (scorecard)"),
            },
        ),
        (
            "licence_state",
            _("What the licence asks"),
            {
                "unverified": _("not verified yet"),
                "attribution": _("to name the source"),
                "share-alike": _("to name the source and share alike"),
            },
        ),
        (
            "consent",
            _("Did the people agree?"),
            {"unknown": _("not known"), "stated": _("yes, it is stated"), "not_applicable": _("not needed (official)")},
        ),
        (
            "sharing",
            _("What may be shared"),
            {
                "private": _("nothing (private)"),
                "aggregate_only": _("figures for areas, not for single sites"),
                "public": _("everything in it"),
            },
        ),
    ]
