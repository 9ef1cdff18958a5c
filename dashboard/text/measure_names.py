"""Inequality measures by name: what each is called, its formula, what it comes out in and what it needs to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from dashboard.text import _

Unit = Literal["absolute", "squared", "ratio", "share", "thousandth", "index"]
"""What a measure comes out in: the indicator's unit, its square, a ratio, per cent, thousandths, a bare index."""


def measure_name(code: str) -> str:
    """ "between-group standard deviation"."""
    return _NAMES[code]()


def short_name(code: str) -> str:
    """ "BGSD": the name the literature uses, the same in every language."""
    return _SHORT.get(code, code.upper())


def formula(code: str) -> str:
    """The formula in signs; y estimate, p population share, μ mean, r = y/μ, R mid-rank, S the scale, k groups."""
    return FORMULAS[code]


UNITS: dict[str, Unit] = {
    "d": "absolute",
    "r": "ratio",
    "bgv": "squared",
    "bgsd": "absolute",
    "cov": "share",
    "mld": "thousandth",
    "ti": "thousandth",
    "idisu": "share",
    "idisw": "share",
    **dict.fromkeys(("mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw"), "absolute"),
    "par": "absolute",
    "paf": "share",
    "aci": "absolute",
    "rci": "index",
    "rci_wagstaff": "index",
    "rci_erreygers": "index",
    "sii": "absolute",
    "rii": "ratio",
    "sii_linear": "absolute",
    "rii_linear": "ratio",
}

FITTED = frozenset({"aci", "rci", "rci_wagstaff", "rci_erreygers", "sii", "rii", "sii_linear", "rii_linear"})
"""Measures from a line through the ranking."""

RATIOS_OF_VALUES = frozenset(UNITS) - {"d", "bgv", "bgsd", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw"}
"""Measures that divide values or take them as shares: without meaning for a score, whose zero is a convention."""

BEST_NEEDED = frozenset({"mdbu", "mdbw", "par", "paf"})
"""Measures that must know whether more is better."""

FORMULAS: dict[str, str] = {
    "d": "y₁ − y₂",
    "r": "y₁ / y₂",
    "bgv": "Σ p(y − μ)²",
    "bgsd": "√(Σ p(y − μ)²)",
    "cov": "100 · BGSD / μ",
    "mld": "1000 · Σ p · ln(μ / y)",
    "ti": "1000 · Σ p · r · ln r",
    "idisu": "(100 / k) · Σ |y − μ| / μ",
    "idisw": "100 · Σ p|y − μ| / μ",
    "mdmu": "(1 / k) · Σ |y − μ|",
    "mdmw": "Σ p|y − μ|",
    "mdbu": "(1 / k) · Σ |y − y_best|",
    "mdbw": "Σ p|y − y_best|",
    "mdru": "(1 / k) · Σ |y − y_ref|",
    "mdrw": "Σ p|y − y_ref|",
    "par": "y_ref − μ",
    "paf": "100 · PAR / μ",
    "aci": "slope of 2σ²y on R, σ² = Σ p(R − ½)²",
    "rci": "slope of 2σ²y / μ on R",
    "rci_wagstaff": "RCI / (1 − μ / S)",
    "rci_erreygers": "4(μ / S) · RCI",
    "sii": "P(1) − P(0), P = logit⁻¹(a + b·R)",
    "rii": "P(1) / P(0), P = logit⁻¹(a + b·R)",
    "sii_linear": "L(1) − L(0), L = a + b·R",
    "rii_linear": "L(1) / L(0), L = a + b·R",
}

_SHORT = {
    "mld": "MLD",
    "ti": "TI",
    "rci_wagstaff": "RCI (Wagstaff)",
    "rci_erreygers": "RCI (Erreygers)",
    "sii_linear": "SII (linear)",
    "rii_linear": "RII (linear)",
}

_NAMES: dict[str, Callable[[], str]] = {
    "d": lambda: _("difference"),
    "r": lambda: _("ratio"),
    "bgv": lambda: _("between-group variance"),
    "bgsd": lambda: _("between-group standard deviation"),
    "cov": lambda: _("coefficient of variation"),
    "mld": lambda: _("mean log deviation, times 1000"),
    "ti": lambda: _("Theil index, times 1000"),
    "idisu": lambda: _("index of disparity, every group alike"),
    "idisw": lambda: _("index of disparity, by population"),
    "mdmu": lambda: _("mean difference from the average, every group alike"),
    "mdmw": lambda: _("mean difference from the average, by population"),
    "mdbu": lambda: _("mean difference from the best-off group, every group alike"),
    "mdbw": lambda: _("mean difference from the best-off group, by population"),
    "mdru": lambda: _("mean difference from a reference group, every group alike"),
    "mdrw": lambda: _("mean difference from a reference group, by population"),
    "par": lambda: _("population attributable risk"),
    "paf": lambda: _("population attributable fraction"),
    "aci": lambda: _("absolute concentration index"),
    "rci": lambda: _("relative concentration index"),
    "rci_wagstaff": lambda: _("relative concentration index, Wagstaff's correction"),
    "rci_erreygers": lambda: _("concentration index, Erreygers' correction"),
    "sii": lambda: _("slope index of inequality"),
    "rii": lambda: _("relative index of inequality"),
    "sii_linear": lambda: _("slope index of inequality, straight line"),
    "rii_linear": lambda: _("relative index of inequality, straight line"),
}
