"""Scores of an institution's businesses: stored by its nightly search, read by its people, with labels that they give.

What is scored and how stands in minerva/risk; here it meets the policy, the audit and the store.
"""

from minerva.risk_scores.exporting import risk_export
from minerva.risk_scores.labels import risk_label
from minerva.risk_scores.models import risk_labels, risk_model, risk_models
from minerva.risk_scores.reading import risk_compare, risk_score, risk_scores
from minerva.risk_scores.saving import risk_holding, risk_rose, risk_save
from minerva.tenancy.answering import Operations

OPERATIONS: Operations = {
    "risk_scores": risk_scores,
    "risk_score": risk_score,
    "risk_compare": risk_compare,
    "risk_export": risk_export,
    "risk_label": risk_label,
    "risk_labels": risk_labels,
    "risk_model": risk_model,
    "risk_models": risk_models,
    "risk_holding": risk_holding,
    "risk_rose": risk_rose,
    "risk_save": risk_save,
}

__all__ = ["OPERATIONS"]
