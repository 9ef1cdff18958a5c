"""The tables, one file a concept group. Importing this package registers all of them."""

from data_access.models.groups import Category, Dimension, GroupMember, PopulationGroup
from data_access.models.observations import Coverage, Observation
from data_access.models.places import Area, AreaName, AreaRegion, Country
from data_access.models.releases import ChangeCounter, Release, ShippedState
from data_access.models.series import SdgIndicator, SdgTarget, Series
from data_access.models.sources import Organisation, Source, SourceCountry, SourceSeries

__all__ = [
    "Area",
    "AreaName",
    "AreaRegion",
    "Category",
    "ChangeCounter",
    "Country",
    "Coverage",
    "Dimension",
    "GroupMember",
    "Observation",
    "Organisation",
    "PopulationGroup",
    "Release",
    "SdgIndicator",
    "SdgTarget",
    "Series",
    "ShippedState",
    "Source",
    "SourceCountry",
    "SourceSeries",
]
