"""One question: which school is meant by a description, by crops of a uniform, or by both."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from minerva.image_banks.incoming import bytes_of
from minerva.policy import Action
from minerva.school_queries import gallery, pictures, queries, ranking
from minerva.school_queries.ranking import Ranked
from minerva.schools.description import MAX_CHARS, Description, parse
from minerva.tenancy.asking import BadRequest, Body, Store, Unavailable, number_of

MOST_FOUND = 100
MOST_BODY = 30_000_000
"""Characters of a request: a photo and three crops of it."""


def schools_identify(body: Body, store: Store) -> dict[str, Any]:
    """{"describe": text, "crest", "tie", "garment", "photo": base64, "top": 20} -> {"query", "found", "searched",
    "unpictured", "notes"}; see queries.school_queries. A school that was found by a crop has its own emblem, as
    `emblem`. `unpictured`: how many schools are held that crops could not be compared with, for want of a picture;
    confidence is lowered by their share.

    For analysts of an institution. The question is kept with its words and what was found. A crop is forgotten, and so
    is whatever is computed from it. Where crops cannot be compared here and something was said, words alone are, and
    `notes` say so; where nothing was said, 503 says what is missing.
    """
    tenant = queries.tenant_of(store, body, Action.JUDGE)
    top = number_of(body, "top", 20, 1, MOST_FOUND)
    text = _described(body)
    described = parse(text)
    crops = {part: bytes_of(part, body[part]) for part in pictures.PARTS if body.get(part) is not None}
    if described.is_empty() and not crops:
        raise BadRequest("describe: nothing in it tells schools apart; say garment, colors, tie, crest, words or place")
    unpictured = 0
    looked, notes = _looked(store, tenant, crops, text, top, needed=described.is_empty())
    if looked is not None:
        searched, notes = looked.searched, looked.notes
        unpictured = len(gallery.rows_of(store, tenant).keys() - looked.held)
        ranked = [_among_all(each, searched, unpictured) for each in looked.ranked]
        if unpictured:
            notes.append(
                f"{unpictured:,} of the {searched + unpictured:,} schools that your institution holds have no picture "
                "and were not compared: crops cannot find them, words alone can"
            )
    else:
        schools = gallery.rows_of(store, tenant)
        if not schools:
            notes.append("your institution holds no schools yet: add those of a register first")
        ranked, searched = ranking.by_words(described, schools, top), len(schools)
    store.trail.permit(len(ranked))
    given = [
        *(["words"] if text else []),
        *(crops if looked is not None else (f"{part}, which took no part" for part in crops)),
    ]
    row = queries.keep(store, tenant, {"described": text, "understood": understood(described), "given": given}, ranked)
    answer = queries.told(store, row)
    if looked is not None:
        for each in answer["found"]:
            school_id = each["school_id"]
            each["school"] = {**gallery.shown(looked.rows[school_id]), **each["school"]}
            each["emblem"] = looked.emblems.get(school_id, "")
    return {**answer, "searched": searched, "unpictured": unpictured, "notes": notes}


def understood(described: Description) -> dict[str, Any]:
    """What was understood of a description: its parts that say something."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in asdict(described).items() if value
    }


def _among_all(ranked: Ranked, searched: int, unpictured: int) -> Ranked:
    """With its confidence among all schools held: the one asked for may be any that was not compared."""
    return ranked._replace(confidence=ranked.confidence * searched / (searched + unpictured))


def _looked(
    store: Store, tenant: str, crops: dict[str, bytes], text: str, top: int, needed: bool
) -> tuple[pictures.Looked | None, list[str]]:
    if not crops:
        return None, []
    try:
        return pictures.by_pictures(store, tenant, crops, text, top), []
    except Unavailable as error:
        if needed:
            raise
        return None, [f"the crops took no part: {error}"]


def _described(body: Body) -> str:
    text = body.get("describe", "")
    if not isinstance(text, str) or len(text) > MAX_CHARS:
        raise BadRequest(f"describe: expected text of at most {MAX_CHARS} characters")
    return text.strip()
