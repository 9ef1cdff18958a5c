"""From the words of a partner's file to codes: by code and by recorded name, never by guess."""

from data_access.importing.resolution.outcomes import Candidate, Outcome, Question, Resolved, Unknown
from data_access.importing.resolution.resolver import Resolver

__all__ = ["Candidate", "Outcome", "Question", "Resolved", "Resolver", "Unknown"]
