"""Tenancy: who may see what (policy.py), and stored entities behind that policy (entity_store.py)."""

from __future__ import annotations
