"""Judgements of analysts on joins: what they may say, what a judgement would change, and how it is kept."""

from __future__ import annotations
