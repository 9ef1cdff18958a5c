"""The last step before readers: what a release may show is decided here, once, for every page, chart and export."""

from __future__ import annotations

from data_access.publishing.decision import Decision, Withheld, decide
from data_access.publishing.rows import Geography, Row, Scope

__all__ = ["Decision", "Geography", "Row", "Scope", "Withheld", "decide"]
