"""The tables, one file a concept group. Importing this package registers all of them."""

from data_access.models import protected as _protected  # noqa: F401  (registers the table, hands it to nobody)
from data_access.models.coverage_facts import BreakdownFact
from data_access.models.goals import Goal
from data_access.models.groups import Category, Dimension, GroupMember, PopulationGroup
from data_access.models.intersections import IntersectionGroup, IntersectionShare, IntersectionStudy
from data_access.models.observations import Coverage, Observation
from data_access.models.people import AuditEntry, RoleGrant, User
from data_access.models.places import Area, AreaName, AreaRegion, Country
from data_access.models.quality import GatewayAnswer, QualityAssessment, QualityScore
from data_access.models.releases import ChangeCounter, Release, ShippedState
from data_access.models.series import SdgIndicator, SdgTarget, Series
from data_access.models.sources import Organisation, Source, SourceCountry, SourceSeries
from data_access.models.staging import ReleaseStep, SourceConsent, StagedObservation

__all__ = [
    "Area",
    "AreaName",
    "AreaRegion",
    "AuditEntry",
    "BreakdownFact",
    "Category",
    "ChangeCounter",
    "Country",
    "Coverage",
    "Dimension",
    "GatewayAnswer",
    "Goal",
    "GroupMember",
    "IntersectionGroup",
    "IntersectionShare",
    "IntersectionStudy",
    "Observation",
    "Organisation",
    "PopulationGroup",
    "QualityAssessment",
    "QualityScore",
    "Release",
    "ReleaseStep",
    "RoleGrant",
    "SdgIndicator",
    "SdgTarget",
    "Series",
    "ShippedState",
    "Source",
    "SourceConsent",
    "SourceCountry",
    "SourceSeries",
    "StagedObservation",
    "User",
]
