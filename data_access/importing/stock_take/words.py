"""What headers of who-does-what-where files usually mean, in English and in French. First drafts only: all is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from data_access.importing.resolution.names import comparable

_ORGANISATION = (
    r"(organi[sz]ations?|org|ngo|ong|agency|agence|implement\w+ (partner|organi[sz]ation|agency)"
    r"|implementer|partenaires? (d ?|de (la )?)?(execution|mise en oeuvre|mise en \w+)|executing agency)"
)
_PARTNER = (
    r"((program(me)?|lead|main|prime|reporting|cooperating) (partner|organi[sz]ation|agency)|partners?"
    r"|partenaires?|chef de file|organisation (rapporteuse|chef de file))"
)
_DONOR = (
    r"(donors?|donateurs?|funders?|bailleurs?( de fonds?)?|fund(ing|ed) (source|by|agency)|source of fund\w+"
    r"|source de financement|financement)"
)
_NAME = r"(names? |noms? (de |du |des )?(l |la |le )?)?"
_AFTER = r"( name| nom)?"
_SHORT = r"(acronyms?|acronymes?|sigles?|abbreviation|short name)"
_KIND = r"types?"

NAMED: tuple[tuple[str, Mapping[str, str]], ...] = tuple(
    (pattern, MappingProxyType(meaning))
    for pattern, meaning in (
        *((rf"({_KIND} )(of |de |d |du )?(l )?{who}|{who}{_AFTER} {_KIND}", {"means": f"{role}_type"})
          for role, who in (("donor", _DONOR), ("partner", _PARTNER), ("organisation", _ORGANISATION))),
        *((rf"{_SHORT} (of |de |d |du )?(the |l |la )?{who}|{who} {_SHORT}", {"means": f"{role}_acronym"})
          for role, who in (("donor", _DONOR), ("partner", _PARTNER), ("organisation", _ORGANISATION))),
        (rf"type ?{_ORGANISATION}", {"means": "organisation_type"}),
        (_SHORT, {"means": "organisation_acronym"}),
        *((rf"{_NAME}{who}{_AFTER}", {"means": role})
          for role, who in (("donor", _DONOR), ("partner", _PARTNER), ("organisation", _ORGANISATION))),
        (r"(sub ?-?(sector|cluster)|sous (secteur|cluster)|themes?|thematic( area)?|thematique|domaine)",
         {"means": "theme"}),
        (r"(sectors?|clusters?|secteurs?)( name| nom)?|secteur d intervention|(cluster|sector) (cluster|sector)",
         {"means": "sector"}),
        ((r"(activit(y|ies|e|es)|interventions?|what|quoi|project|projet|(project|activity) (title|name|description)"
          r"|(titre|nom) du projet|description de l activite|activites? (realisees?|prevues?))"),
         {"means": "activity"}),
        ((r"(target|population|beneficiary|vulnerable) groups?|groupes? (cibles?|vulnerables?|de population)"
         r"|(type|types|categorie) (of |de )?(beneficiar(y|ies)|beneficiaires?|population)|beneficiary type"
          r"|population (cible|type)|for whom|pour qui"), {"means": "population_group"}),
        (r"(country|pays)( name)?", {"means": "country"}),
        (r"(adm(in)? ?1|region|province|state|governorate|county|gouvernorat)s?( name| nom)?",
         {"means": "area", "level": "admin1"}),
        (r"(adm(in)? ?2|zone|department|departement|district|prefecture|cercle)s?( name| nom)?",
         {"means": "area", "level": "admin2"}),
        (r"(adm(in)? ?3|woreda|commune|sous prefecture|sub ?district|sub ?county|payam|municipality)s?( name)?",
         {"means": "area", "level": "admin3"}),
        (r"(adm(in)? ?4|kebele|ward|canton|boma|arrondissement)s?( name| nom)?", {"means": "area", "level": "admin4"}),
        (r"(village|localite|locality|site|camp|location|place|town|ville|quartier)s?( name| nom)?",
         {"means": "area", "level": "place"}),
        (r"(lat|latitude)", {"means": "latitude"}),
        (r"(lon|lng|long|longitude)", {"means": "longitude"}),
        ((r"(start|starting|begin\w*|from)( date| month)?|date (de )?(debut|demarrage)|(debut|du|depuis)"
          r"|(project|activity) start( date)?"), {"means": "period_from"}),
        (r"(end|ending|completion|to|until)( date| month)?|date (de )?fin|(fin|jusqu au)|(project|activity) end",
         {"means": "period_to"}),
        (r"(reporting )?(year|annee)", {"means": "year"}),
        (r"(reporting |report )?(months?|mois|periods?|periode|date|quarter|trimestre|when|quand)( de rapportage)?",
         {"means": "period"}),
        (r"((activity|project|implementation) )?(status|statut|etat)( (de l activite|du projet))?",
         {"means": "status"}),
        ((r"(data|donnees|datasets?|jeux? de donnees|information held|data (held|available|collected)"
          r"|donnees (disponibles|collectees|detenues))"), {"means": "data_held"}),
        (r"(data )?(access(ibility)?|acces)( aux donnees| to data)?", {"means": "access"}),
        (r"(url|link|lien|web ?site|site web|web)", {"means": "link"}),
        (r"(notes?|remarks?|remarques?|comments?|commentaires?|observations?)", {"means": "note"}),
        (r"((project|activity|record|row) )?(id|code|ref|reference)( (projet|project|activite))?",
         {"means": "reference"}),
    )
)  # fmt: skip
"""Patterns that a whole comparable header matches (first match wins), and what it then means."""

PCODE = re.compile(r"\b(p ?code?s?|pcod|code)\b|pcod[e]?s?$")
_STAGES = (
    (r"\b(reached|assisted|served|atteint\w*|touche\w*|assiste\w*|servi\w*)\b", "reached"),
    (r"\b(target\w*|planned|cible\w*|prevu\w*|vise\w*)\b", "targeted"),
    (r"\b(in need|pin|dans le besoin|besoin)\b", "in_need"),
    (r"\b(affected|affecte\w*)\b", "affected"),
)
_PEOPLE = re.compile(
    r"\b(people|persons?|individuals?|beneficiar\w+|personnes?|population|households?|hh|menages?|men|women|boys|girls"
    r"|male|males|female|females|hommes?|femmes?|garcons?|filles?|total|enfants?|children|elderly|adultes?|adults?)\b"
)
_SEXES = (
    (r"\b(women|girls|females?|femmes?|filles?|f)\b", "female"),
    (r"\b(men|boys|males?|hommes?|garcons?|m)\b", "male"),
)
_AGES = (
    (r"\b(boys|girls|children|enfants?|garcons?|filles?|u18|under 18|0 17)\b", "children"),
    (r"\b(men|women|adults?|adultes?|hommes?|femmes?|18 59)\b", "adults"),
    (r"\b(elderly|older|personnes? agees?|60)\b", "elderly"),
    (r"\b(under 5|u5|moins de 5 ans|0 59 mois|infants?)\b", "under 5"),
)
_GROUPS = (
    (r"\b(refugees?|refugies?)\b", "refugees"),
    (r"\b(idps?|displaced|deplaces?|pdi)\b", "idps"),
    (r"\b(returnees?|retournes?)\b", "returnees"),
    (r"\b(host|hotes?)\b", "host community"),
    (r"\b(disabilit\w+|disabled|handicap\w*|pwd|psh)\b", "people with disabilities"),
)


def meaning_of_header(header: str) -> dict[str, str]:
    """What a header seems to say of its column: ``means`` and what belongs to it; empty where it is not recognised."""
    for part in (header.rsplit(" / ", 1)[-1], header):
        plain = _worded(part)
        for pattern, meaning in NAMED:
            if re.fullmatch(pattern, plain):
                return dict(meaning)
        bare = comparable(PCODE.sub(" ", _parted(part)))
        if bare and bare != plain and PCODE.search(_parted(part)):
            for pattern, meaning in NAMED:
                if meaning["means"] == "area" and re.fullmatch(pattern, bare):
                    return {**meaning, "means": "area_code"}
    return {}


def meaning_of_count(header: str, stage: str = "") -> dict[str, str]:
    """What a column of numbers seems to count: reached or targeted people, by sex and age where the header says so."""
    plain = _worded(header)
    said = next((name for pattern, name in _STAGES if re.search(pattern, plain)), stage)
    if not said or not (_PEOPLE.search(plain) or stage == said or _only_stage(plain)):
        return {}
    found = {"means": "people", "stage": said}
    if sex := _first(plain, _SEXES):
        found["sex"] = sex
    if age := _first(plain, _AGES):
        found["age"] = age
    if group := _first(plain, _GROUPS):
        found["group"] = group
    if re.search(r"\b(households?|hh|menages?)\b", plain):
        found["unit"] = "households"
    return found


def _only_stage(plain: str) -> bool:
    return any(re.fullmatch(rf"(nb|nbr|nombre|number|no|n)? ?(de |of )?{pattern}", plain) for pattern, _ in _STAGES)


def _first(plain: str, words: Sequence[tuple[str, str]]) -> str:
    return next((name for pattern, name in words if re.search(pattern, plain)), "")


def _parted(header: str) -> str:
    """``"WoredaPcod"`` as ``"woreda pcod"``."""
    return _worded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))


def _worded(header: str) -> str:
    """``"Type d'organisation"`` as ``"type d organisation"``."""
    return comparable(re.sub(r"['\u2019]", " ", header))
