"""Why a figure is missing, in a sentence that names what was read, by whom and when."""

from __future__ import annotations

from dashboard.text import _
from dashboard.text.formats import absence_text, area_kind_text, short_title
from dashboard.text.groups import dimension_name
from data_access.models.places import AREA_KINDS
from data_access.queries.absence import OTHER_AREAS, Reasoned
from data_access.queries.catalogue import BreakdownFacts, Catalogue


def why_missing(known: Catalogue, reasoned: Reasoned) -> str:
    """The reason and every recorded fact behind it: "Not collected. NFHS-5: … (read in …, by …, on …)."."""
    if not reasoned.facts:
        return absence_words(reasoned)
    said = " ".join(fact_text(known, fact) for fact in reasoned.facts)
    return f"{absence_words(reasoned)}. {said}"


def absence_words(reasoned: Reasoned) -> str:
    """The reason in a few words, for a chart."""
    return _("Published elsewhere, not held here") if reasoned.elsewhere else absence_text(reasoned.absence)


def fact_text(known: Catalogue, fact: BreakdownFacts) -> str:
    """One recorded fact of one source with its evidence."""
    places = fact.aspect == OTHER_AREAS or fact.aspect in AREA_KINDS
    words = (_of_places() if places else _of_people()).get(
        (fact.collected, fact.published), _("{source}: nothing is known of {aspect}")
    )
    evidence = _("(read in: {document}; {role}, {day})").format(
        document=fact.stated_in, role=fact.recorded_by, day=fact.recorded_on
    )
    sentence = words.format(
        source=short_title(known.sources[fact.source].title), aspect=aspect_text(known, fact.aspect)
    )
    return f"{sentence} {evidence}."


def _of_places() -> dict[tuple[str, str], str]:
    return {
        ("no", "no"): _("{source} did not go to {aspect}"),
        ("yes", "no"): _("{source} went to {aspect} and publishes no figures for them"),
        ("yes", "yes"): _("{source} publishes figures for {aspect}"),
        ("not_known", "no"): _("{source} publishes no figures for {aspect}"),
        ("not_known", "yes"): _("{source} publishes figures for {aspect}"),
    }


def _of_people() -> dict[tuple[str, str], str]:
    return {
        ("no", "no"): _("{source} did not collect {aspect}"),
        ("yes", "no"): _("{source} collected {aspect} and did not publish figures by it"),
        ("yes", "yes"): _("{source} collected {aspect} and publishes by it"),
        ("yes", "not_known"): _(
            "{source} collected {aspect}; whether this indicator is published by it is not recorded"
        ),
        ("not_known", "no"): _("{source} publishes no figures by {aspect}"),
        ("not_known", "yes"): _("{source} publishes by {aspect}"),
    }


def aspect_text(known: Catalogue, aspect: str) -> str:
    """A dimension or a kind of area as it stands inside a sentence."""
    if aspect == OTHER_AREAS:
        return _("other areas")
    if aspect in known.dimensions:
        name = dimension_name(known, aspect)
        return name[:1].lower() + name[1:]
    if aspect in AREA_KINDS:
        return area_kind_text(aspect).lower()
    return aspect.replace("_", " ").lower()  # a dimension of which no figure is held
