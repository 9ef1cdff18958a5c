"""The tables, one file a concept group. Importing this package registers all of them."""

from data_access.models import protected as _protected  # noqa: F401  (registers the table, hands it to nobody)
from data_access.models.commitments import (
    Commitment,
    CommitmentArea,
    CommitmentGroup,
    CommitmentResponse,
    CommitmentStatus,
    Lesson,
    Milestone,
    Participation,
    Policy,
)
from data_access.models.coverage_facts import BreakdownFact
from data_access.models.dialogues import (
    AgendaItem,
    Demand,
    DemandSource,
    DemandVoice,
    Dialogue,
    DialogueParticipants,
    OfficialReply,
)
from data_access.models.goals import Goal
from data_access.models.groups import Category, Dimension, GroupMember, PopulationGroup
from data_access.models.intersections import IntersectionGroup, IntersectionShare, IntersectionStudy
from data_access.models.observations import Coverage, NewestFigure, Observation
from data_access.models.people import AuditEntry, RoleGrant, User
from data_access.models.places import Area, AreaName, AreaRegion, Country
from data_access.models.plans import Concern, DataGenerationPlan, ReturnedFinding
from data_access.models.quality import GatewayAnswer, QualityAssessment, QualityScore
from data_access.models.recognition import PublicBody, PublicBodyName, RecognitionEvent
from data_access.models.recorded import EntryDraft, EntryRevision
from data_access.models.releases import ChangeCounter, FetchedAnswer, Release, ShippedState
from data_access.models.series import SdgIndicator, SdgTarget, Series
from data_access.models.sources import Organisation, Source, SourceCountry, SourceSeries
from data_access.models.staging import ReleaseStep, SourceConsent, StagedObservation
from data_access.models.stock_taking import StockTakeEntry, TaskForce, TaskForceMember, Voice

__all__ = [
    "AgendaItem",
    "Area",
    "AreaName",
    "AreaRegion",
    "AuditEntry",
    "BreakdownFact",
    "Category",
    "ChangeCounter",
    "Commitment",
    "CommitmentArea",
    "CommitmentGroup",
    "CommitmentResponse",
    "CommitmentStatus",
    "Concern",
    "Country",
    "Coverage",
    "DataGenerationPlan",
    "Demand",
    "DemandSource",
    "DemandVoice",
    "Dialogue",
    "DialogueParticipants",
    "Dimension",
    "EntryDraft",
    "EntryRevision",
    "FetchedAnswer",
    "GatewayAnswer",
    "Goal",
    "GroupMember",
    "IntersectionGroup",
    "IntersectionShare",
    "IntersectionStudy",
    "Lesson",
    "Milestone",
    "NewestFigure",
    "Observation",
    "OfficialReply",
    "Organisation",
    "Participation",
    "Policy",
    "PopulationGroup",
    "PublicBody",
    "PublicBodyName",
    "QualityAssessment",
    "QualityScore",
    "RecognitionEvent",
    "Release",
    "ReleaseStep",
    "ReturnedFinding",
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
    "StockTakeEntry",
    "TaskForce",
    "TaskForceMember",
    "User",
    "Voice",
]
