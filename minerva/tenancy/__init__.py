"""Tenancy: stored entities behind the policy (entity_store.py) and what the search commands ask of them."""

from __future__ import annotations
