"""One question: which school is meant by a description, by crops of a uniform, or by both."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from minerva.policy import Action
from minerva.school_queries import gallery, queries, ranking
from minerva.schools.description import MAX_CHARS, Description, parse
from minerva.tenancy.asking import BadRequest, Body, Store, number_of

PARTS = ("crest", "tie", "garment", "photo")
MOST_FOUND = 100
MOST_BODY = 30_000_000
"""Characters of a request: a photo and three crops of it."""


def schools_identify(body: Body, store: Store) -> dict[str, Any]:
    """{"describe": text, "top": 20} -> {"query", "found", "searched", "notes"}; see queries.school_queries.

    For analysts of an institution. The question is kept with its words and what was found.
    """
    tenant = queries.tenant_of(store, body, Action.JUDGE)
    top = number_of(body, "top", 20, 1, MOST_FOUND)
    text = _described(body)
    described = parse(text)
    if described.is_empty():
        raise BadRequest("describe: nothing in it tells schools apart; say garment, colors, tie, crest, words or place")
    schools = gallery.rows_of(store, tenant)
    notes = [] if schools else ["your institution holds no schools yet: add those of a register first"]
    ranked = ranking.by_words(described, schools, top)
    store.trail.permit(len(ranked))
    asked = {"described": text, "understood": understood(described), "given": ["words"]}
    row = queries.keep(store, tenant, asked, ranked)
    return {**queries.told(store, row), "searched": len(schools), "notes": notes}


def understood(described: Description) -> dict[str, Any]:
    """What was understood of a description: its parts that say something."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in asdict(described).items() if value
    }


def _described(body: Body) -> str:
    text = body.get("describe", "")
    if not isinstance(text, str) or len(text) > MAX_CHARS:
        raise BadRequest(f"describe: expected text of at most {MAX_CHARS} characters")
    return text.strip()
