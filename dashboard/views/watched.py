"""What is looked for in every country, whether or not a source tells it apart."""

from __future__ import annotations

WATCHED = ("DISABILITY_STATUS", "ETHNICITY", "INCOME_WEALTH_QUANTILE", "SEX", "URBANISATION", "AGE", "EDUCATION_LEV")
"""Dimensions along which the 2030 Agenda asks for disaggregation (target 17.18), as far as the figures know them."""
