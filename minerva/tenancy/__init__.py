"""Tenancy: what the search commands ask of stored entities, behind the policy; rebuild/ makes and stores them."""

from __future__ import annotations
