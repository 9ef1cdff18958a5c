"""Voices beside the numbers: what communities said, as far as they agreed to it, and the figure it is about."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.navigation import link
from dashboard.selection import Selection
from dashboard.text import _, ngettext
from dashboard.text.formats import provenance, shown
from dashboard.text.groups import group_name, series_name
from dashboard.text.record import marked_entry
from dashboard.theme import ORIGIN_GLYPHS
from dashboard.views.commitment_figures import figures_by_place, whole_group
from data_access.figures import Figure
from data_access.queries.entries import VoiceFacts
from data_access.queries.voices import voices_for

AT_ONCE = 3


@store.remembered(128)
def voices_of(selection: Selection) -> tuple[VoiceFacts, ...]:
    """The voices of a country that may stand on a screen: those of the chosen indicator, then of its target, first."""
    known = store.catalogue()
    target = known.series[selection.series].sdg_target if selection.series in known.series else ""
    found = (one for one in voices_for(store.record(), "screen").values() if one.country == selection.country)
    return tuple(
        sorted(found, key=lambda one: (one.series != selection.series, not target or one.target != target, one.code))
    )


def draw_voices(selection: Selection) -> None:
    """Draw the voices, each beside the figures of the same group."""
    found = voices_of(selection)
    if not found:
        st.markdown(_("No voice is recorded here that its community has agreed to show."))
        return
    st.caption(
        _(
            "Needs and statements, each shown with the community's consent and without anybody's name. They stand "
            "beside the figures of the same group; they are not measured by them."
        )
    )
    for voice in found[:AT_ONCE]:
        _draw(voice)
    if len(found) > AT_ONCE:
        left = len(found) - AT_ONCE
        label = ngettext("{count} more voice", "{count} more voices", left).format(count=left)
        more = st.expander(label, on_change="rerun", key="voices-more")
        if more.open:
            with more:
                for voice in found[AT_ONCE:]:
                    _draw(voice)


def _draw(voice: VoiceFacts) -> None:
    with st.container(key=f"{'illustrative-' if voice.illustrative else ''}voice-{voice.code}"):
        said, beside = st.columns(2)
        with said:
            st.html(quoted(voice))
        with beside:
            words, view = beside_it(voice)
            st.markdown(words)
            if view:
                page = "gaps" if "year" in dict(view) else "knowledge_gaps"
                label = _("See the figures") if page == "gaps" else _("See what is not known")
                link(page, label, dict(view))


@store.remembered(256)
def quoted(voice: VoiceFacts) -> str:
    """The words in their language with their translation, who says them, and how far the consent reaches, as HTML."""
    known = store.catalogue()
    parts = [
        voice.community,
        group_name(known, voice.group) if voice.group else "",
        {"need": _("a need raised"), "statement": _("a statement")}[voice.kind],
        voice.raised_on,
        _consent(voice),
        voice.stated_in,
    ]
    who = " · ".join(part for part in parts if part)
    if voice.illustrative:
        who = marked_entry(who, illustrative=True)
    translation = (
        f'<p style="margin:.3rem 0">{escape(_("In translation: “{words}”").format(words=voice.translation))}</p>'
        if voice.translation
        else ""
    )
    return (
        f'<blockquote lang="{escape(voice.language)}" style="margin:0;font-size:1.05rem">“{escape(voice.statement)}”'
        f'</blockquote>{translation}<p style="margin:.3rem 0;font-size:.85rem">{escape(who)}</p>'
    )


def _consent(voice: VoiceFacts) -> str:
    form = {
        "written": _("written consent"),
        "spoken": _("spoken consent"),
        "group_agreement": _("consent of the group"),
    }[voice.consent_form]
    scope = {
        "everywhere": _("may be shown everywhere"),
        "not_in_documents": _("not to be put into documents"),
        "dialogue_only": _("for the dialogue only"),
    }[voice.consent_scope]
    return _("{form}, {day}, {scope}").format(form=form, day=voice.consented_on, scope=scope)


@store.remembered(256)
def beside_it(voice: VoiceFacts) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The newest figure of each side for the same series (or target), group and place as Markdown, and where it is.

    Where none is held, that is said, and the address is of the knowledge gaps; empty where the voice names no group,
    series or target.
    """
    known = store.catalogue()
    for series in _series_of(voice):
        figures = _newest(voice, series)
        if figures:
            universe = store.availability(voice.country, series).universe
            name = _("{series} · {group} · {area}").format(
                series=series_name(known.series[series]),
                group=group_name(known, figures[0].group, universe),
                area=_(figures[0].area_name),
            )
            lines = [f"**{plain(name)}**", "", *(f"- {ORIGIN_GLYPHS[f.origin]} {_told(f)}" for f in figures)]
            first = figures[0]
            view = {"country": voice.country, "indicator": series, "group": first.group, "year": first.time_period}
            return "\n".join(lines), tuple(view.items())
    if not (voice.series or voice.target):
        return plain(_("It names no indicator and no target; no figure is set beside it.")), ()
    nobody = _("No figure of this group is held here for what it speaks of: that is a gap in what is known.")
    named = {"country": voice.country, "indicator": voice.series, "group": voice.group}
    return plain(nobody), tuple((key, value) for key, value in named.items() if value)


def _told(figure: Figure) -> str:
    return f"{plain(shown(figure))} — {plain(provenance(figure))}"


def _series_of(voice: VoiceFacts) -> tuple[str, ...]:
    """The series it speaks of; where it names only a target, the country's series of that target."""
    known = store.catalogue()
    if voice.series:
        return (voice.series,) if voice.series in known.series else ()
    if not voice.target:
        return ()
    return tuple(
        sorted(
            series
            for country, series in known.holdings_of
            if country == voice.country and known.series[series].sdg_target == voice.target
        )
    )


def _newest(voice: VoiceFacts, series: str) -> tuple[Figure, ...]:
    """The newest official and community figure of the group, in its area or else in the whole country."""
    if (voice.country, series) not in store.catalogue().holdings_of:
        return ()
    held = figures_by_place(voice.country, series)
    group = whole_group(voice.country, series, voice.group)
    for area in dict.fromkeys((voice.area or voice.country, voice.country)):
        valued = [f for f in held.get((group, area), ()) if f.value is not None]
        newest = {f.origin: f for f in valued}
        if newest:
            return tuple(newest[origin] for origin in ("official", "community") if origin in newest)
    return ()
