"""Sources: everything known about who says so."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.absence import fact_text
from dashboard.text.formats import origin_text
from dashboard.theme import ORIGIN_GLYPHS
from dashboard.views.communities import draw_what_came_of_it
from dashboard.views.concerns import draw_concerns
from dashboard.views.quality import draw_quality
from dashboard.views.recognition import draw_recognition
from data_access.queries.catalogue import Catalogue, SourceFacts


def sources_for(selection: Selection) -> tuple[list[SourceFacts], list[SourceFacts]]:
    """The sources of the chosen country and those of others: community before official, real before illustrative."""
    ordered = sorted(
        store.catalogue().sources.values(), key=lambda s: (s.illustrative, s.origin != "community", s.title)
    )
    here = [source for source in ordered if selection.country in source.countries]
    return here, [source for source in ordered if source not in here]


def draw_source(source: SourceFacts) -> None:
    """Draw one source with its method, licence, caveats, releases, what it holds, asked and publishes, its quality."""
    if source.illustrative:
        illustrative_badge(_("**Illustrative: every figure of this source is invented.**"), source.code)
    st.markdown(_description(source.code))
    draw_quality(source)
    draw_recognition(source)


def asked_source() -> SourceFacts | None:
    """The source named in the address; None, with a notice where it is not to be shown, for the list."""
    code = st.query_params.get("source", "")
    found = store.catalogue().sources.get(code)
    if code and found is None:
        st.info(_("The source in the address is not one that is shown here; here is the list."), icon=":material/info:")
    return found


def draw_whole(source: SourceFacts) -> None:
    """Draw one source with what came of it for the communities, and the way to correct or complain."""
    draw_source(source)
    draw_what_came_of_it(source)
    draw_concerns(source)


def draw_in_list(source: SourceFacts, selection: Selection) -> None:
    """Draw a source in the list, with the way to what came of it."""
    draw_source(source)
    words = (
        _("What came of it, and how to correct or complain")
        if source.origin == "community"
        else _("Correct or complain")
    )
    link("sources", words, {"country": selection.country, "source": source.code})


def none_here(selection: Selection) -> str:
    """Said where no source of the chosen country is held; empty where one is."""
    if any(selection.country in source.countries for source in store.catalogue().sources.values()):
        return ""
    return _("No source is held here for {country}: it is known by its areas alone.").format(
        country=_(store.catalogue().countries[selection.country].name)
    )


@store.remembered(256)
def _description(code: str) -> str:
    known = store.catalogue()
    source = known.sources[code]
    holdings = [h for h in known.holdings if h.source == source.code]
    releases = [r for r in known.releases.values() if r.source == source.code]
    facts = {
        _("Publisher"): source.publisher,
        _("Origin"): origin_text(source.origin),
        _("Countries"): ", ".join(_(known.countries[c].name) for c in source.countries),
        _("Collected by"): _words(source.collection),
        _("Sample"): _words(source.sampling),
        _("Mode"): _words(source.mode),
        _("Fieldwork"): " – ".join(x for x in dict.fromkeys((source.fieldwork_start, source.fieldwork_end)) if x),
        _("Size"): source.sample_size,
        _("Consent"): _words(source.consent),
        _("Licence"): f"{source.licence} · {_licence_state(source.licence_state)}",
        _("Citation"): source.citation,
        _("Obtained from"): source.obtained_from,
        _("Holds"): _("{figures} figures of {series} indicators").format(
            figures=f"{sum(h.n for h in holdings):,}", series=len({h.series for h in holdings})
        ),
        _("Releases"): "; ".join(
            f"{r.code} ({r.file}, {r.rows:,} rows, {r.loaded_at}, sha256 {r.sha256[:12]}…)" for r in releases
        ),
    }
    lines = [f"- **{label}:** {plain(value) if value else _('not known')}" for label, value in facts.items()]
    if source.caveats:
        lines.append(f"- **{_('Be careful')}:** {plain(source.caveats)}")
    return f"### {ORIGIN_GLYPHS[source.origin]} {plain(source.title)}\n" + "\n".join(
        [*lines, *_breakdowns(known, code)]
    )


def _breakdowns(known: Catalogue, code: str) -> list[str]:
    """What the source is recorded to have asked and published, with who read it where: why figures are missing."""
    facts = [fact for (source, _series, _aspect), fact in known.breakdown_facts.items() if source == code]
    said = "" if facts else f" {_('not recorded beyond the figures held')}"
    opening = f"- **{_('What it asked and by what it publishes')}:**{said}"
    return [opening, *(f"  - {plain(fact_text(known, fact))}" for fact in facts)]


def _licence_state(state: str) -> str:
    return {
        "attribution": _("reuse with attribution"),
        "share-alike": _("reuse with attribution, under the same licence"),
        "unverified": _("terms of the publisher not verified"),
    }[state]


def _words(code: str) -> str:
    return {
        "": "",
        "household_survey": _("household survey"),
        "census": _("census"),
        "administrative": _("administrative records"),
        "citizen_survey": _("citizen survey"),
        "community_mapping": _("community mapping"),
        "community_survey": _("community survey"),
        "community_scorecard": _("community scorecard"),
        "modelled_estimates": _("modelled estimates"),
        "probability": _("probability sample"),
        "purposive": _("purposive sample"),
        "mapping": _("everything the mappers found"),
        "scorecard": _("scorecard meetings"),
        "face_to_face": _("face to face"),
        "phone": _("by phone"),
        "self_completed": _("self-completed"),
        "focus_group": _("focus group"),
        "registers": _("registers"),
        "not_applicable": _("not applicable"),
        "stated": _("stated by the source"),
        "unknown": _("not known"),
    }[code]
