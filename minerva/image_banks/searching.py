"""Looking hashes up: in the banks that the asker reads, in the pictures of the institution's own records, and many at
once against one bank. A match is a lead: it says that two files show the same picture, and nothing of who is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minerva.documents import PAGE, Document, find_all
from minerva.image_banks import files
from minerva.image_banks.banks import FALSE_POSITIVE, NAMES, banks_of, is_over, load, tier_of
from minerva.image_banks.feedback import said_of
from minerva.image_banks.hashes import entry_shown
from minerva.image_banks.reading import LENGTHS
from minerva.image_banks.shares import shared_matches
from minerva.images.bank import Bank
from minerva.images.distance import LEAST_QUALITY, TIERS, WIDEST, parse_hash
from minerva.images.errors import HashError
from minerva.policy import Action
from minerva.tenancy.asking import BadRequest, Body, Store, entities_of, entity_of, number_of

MOST_HASHES, MOST_AT_ONCE, MOST_MATCHES = 200, 2000, 500
MOST_OF_FRAMES = 400
"""Hashes of the frames of one video, with their variants, of one question."""
MOST_REVIEWED = 5000
"""Pictures of records that one review looks up."""
RECORDS = "records"
"""In place of a bank's id: the pictures of the institution's own records."""
_EXACT = tuple(kind for kind in LENGTHS if kind != "pdq")


@dataclass(frozen=True)
class Found:
    """The nearest hash of one entry to any that was asked for. `kind`: md5, sha1 or sha256 where it is equal."""

    entry: str
    hash: int
    query: int
    distance: int
    kind: str = ""


def image_search(body: Body, store: Store) -> dict[str, Any]:
    """{"hashes" (PDQ, one and its variants) | "frames" (such a list of each frame of a video), "md5", "sha1", "sha256",
    "quality", "bank_id" | "bank", "limit", "elsewhere"} -> {"matches", "records", "searched", "note", "shared",
    "elsewhere"}.

    matches: entries of banks, nearest first, each with bank, tier by that bank's thresholds, distance and `feedback`;
    `is_doubted` where a known false positive is as near. records: own pictures as near, with entities that hold them.
    `frame` is the place of the frame that was asked with, `of_frame` that of the frame in own records, from 1; 0 for
    none.
    shared, elsewhere: what banks of others say that are shared with the institution, see shares.py.
    """
    tenant = store.tenant_for(Action.READ, body)
    asked, frame_of = _asked_in(body)
    note = ""
    limit = number_of(body, "limit", 100, 1, MOST_MATCHES)
    quality = number_of(body, "quality", 100, 0, 100)
    exact = {kind: _exact(body, kind) for kind in _EXACT if kind in body}
    if not asked and not exact:
        raise BadRequest("expected hashes, md5, sha1 or sha256")
    if asked and quality < LEAST_QUALITY:
        asked, note = [], f"the picture is plain (quality below {LEAST_QUALITY}): only equal files are looked for"
    named = "bank_id" in body or "bank" in body
    banks = [load(body, store, tenant)] if named else banks_of(store, tenant)
    banks = [row for row in banks if not is_over(row, store.context.now)]
    matches = []
    for row in banks:
        near = _nearest(files.opened(store, files.of_bank(store, row)), asked, int(row[NAMES[-1]]))
        matches += _told(store, row, [*near, *_equal(store, row, exact)])
    for each in matches:
        each["frame"] = frame_of.get(each["query"], 0)
    records = [] if named else _of_records(store, tenant, asked, frame_of)
    if not named:
        held = [files.of_bank(store, row) for row in _all(store, tenant)]
        files.clear(store, tenant, [*held, files.of_records(store, tenant)])

    def in_bank(row: Document) -> Sequence[Mapping[str, Any]]:
        near = _nearest(files.opened(store, files.of_bank(store, row)), asked, int(row[NAMES[-1]]))
        found = [*near, *_equal(store, row, exact)]
        entries = _entries(store, row, {each.entry for each in found})
        return [
            {"label": str(entries[each.entry].get("label", "")), "distance": each.distance,
             "tier": tier_of(row, each.distance)}
            for each in found if each.entry in entries
        ]  # fmt: skip

    others = {"shared": [], "elsewhere": False} if named else shared_matches(body, store, tenant, in_bank)
    searched = [{"bank_id": row["bank_id"], "name": row["name"], "hashes": row["hashes"]} for row in banks]
    return {
        "matches": _in_order(_doubted(matches, lambda each: str(each["frame"])))[:limit], "records": records[:limit],
        "searched": searched, "note": note, "total": len(matches), **others,
    }  # fmt: skip


def image_match(body: Body, store: Store) -> dict[str, Any]:
    """{"hashes": at most 2000 PDQ hashes, "bank" | "bank_id", "radius"} -> {"bank", "found": [{"query", "distance",
    "tier", "hash", "entry_id", "label"}]}: the nearest entry of each that has one within the bank's thresholds."""
    tenant = store.tenant_for(Action.READ, body)
    row = load(body, store, tenant)
    asked = _hashes_of(body, MOST_AT_ONCE)
    radius = min(number_of(body, "radius", WIDEST, 0, WIDEST), int(row[NAMES[-1]]))
    found: dict[int, Any] = {}
    if asked and not is_over(row, store.context.now):
        for each in files.opened(store, files.of_bank(store, row)).search(asked, radius):
            found.setdefault(each.query, each)
    entries = _entries(store, row, {each.id for each in found.values()})
    told = [
        {
            "query": f"{asked[number]:064x}", "distance": each.distance, "tier": tier_of(row, each.distance),
            "hash": f"{each.hash:064x}", "entry_id": each.id, "label": str(entries[each.id].get("label", "")),
        }
        for number, each in sorted(found.items()) if each.id in entries
    ]  # fmt: skip
    return {"bank": {"bank_id": row["bank_id"], "name": row["name"], "what": row["what"]}, "found": told}


def image_review(body: Body, store: Store) -> dict[str, Any]:
    """{"limit", "reviewed"} -> {"matches", "pictures", "banks", "left_out"}: pictures of own records that are near an
    entry of a bank and of which nobody has said whether that is true, nearest first; all of them with "reviewed": true.
    `banks`: how many there were to look them up in.

    Each is as in `image_search`, with `image`, the record's hash, `frame`, its place if it is a frame of the record's
    video and no picture, and `entities`.
    """
    tenant = store.tenant_for(Action.READ, body)
    limit, with_reviewed = number_of(body, "limit", 100, 1, MOST_MATCHES), body.get("reviewed") is True
    held: dict[int, list[str]] = {}
    for value, identifier in files.of_records(store, tenant).rows(0):
        held.setdefault(value, []).append(identifier)
    images = list(held)
    matches = []
    banks = [row for row in banks_of(store, tenant) if not is_over(row, store.context.now) and row["hashes"]]
    for row in banks:
        bank = files.opened(store, files.of_bank(store, row))
        near = [
            Found(each.id, each.hash, images[each.query], each.distance)
            for each in bank.search(images[:MOST_REVIEWED], int(row[NAMES[-1]]))
        ]
        matches += _told(store, row, near)
    matches = [each for each in _doubted(matches, lambda each: each["query"]) if with_reviewed or not each["feedback"]]
    matches = _in_order(matches)[:limit]
    for each in matches:
        each["image"] = each.pop("query")
        identifiers = held[int(each["image"], 16)]
        each["frame"] = min(map(files.place_of, identifiers))
        each["entities"] = [one for identifier in identifiers for one in _holders(store, tenant, identifier)]
    left_out = max(0, len(images) - MOST_REVIEWED)
    return {"matches": matches, "pictures": len(images), "banks": len(banks), "left_out": left_out}


def _nearest(bank: Bank, asked: Sequence[int], radius: int) -> Iterator[Found]:
    """Of each entry the hash that is nearest to any that was asked for."""
    best: dict[str, Found] = {}
    for each in bank.search(asked, radius) if asked else ():
        held = best.get(each.id)
        if held is None or each.distance < held.distance:
            best[each.id] = Found(each.id, each.hash, asked[each.query], each.distance)
    return iter(best.values())


def _equal(store: Store, row: Document, exact: Mapping[str, str]) -> Iterator[Found]:
    for kind, value in exact.items():
        query = {"tenant_id": row["tenant_id"], "bank_id": row["bank_id"], kind: value}
        for each in store.collections["image_hashes"].find(query, limit=10):
            yield Found(str(each["entry_id"]), int(each.get("pdq") or "0", 16), 0, 0, kind)


def _told(store: Store, row: Document, found: Sequence[Found]) -> list[dict[str, Any]]:
    """Matches of one bank as they are given out; an entry that is there no more is left out."""
    nearest: dict[tuple[str, int], Found] = {}
    for each in found:
        nearest.setdefault((each.entry, 0 if each.kind else each.query), each)
    entries, said = _entries(store, row, {each.entry for each in found}), said_of(store, row)
    equal = {each.entry for each in found if each.kind}
    bank = {"bank_id": row["bank_id"], "bank": row["name"], "what": row["what"], "level": row["level"]}
    return [
        {
            **bank, **entry_shown(entries[each.entry]), "distance": each.distance, "exact": each.kind,
            "tier": tier_of(row, each.distance), "query": f"{each.query:064x}" if each.query else "",
            "feedback": said.get((each.entry, f"{each.query:064x}"), []) if each.query else
            [one for key, held in said.items() if key[0] == each.entry for one in held],
        }
        for each in nearest.values() if each.entry in entries and (each.kind or each.entry not in equal)
    ]  # fmt: skip


def _entries(store: Store, row: Document, ids: Iterable[str]) -> dict[str, Document]:
    keys = [f"{row['tenant_id']}:{row['bank_id']}:{each}" for each in sorted(ids)]
    rows: list[Document | None] = []
    for at in range(0, len(keys), PAGE):
        rows += store.collections["image_hashes"].get_many(keys[at : at + PAGE])
    return {str(each["entry_id"]): each for each in rows if each is not None and each.get("tenant_id")}


def _doubted(matches: list[dict[str, Any]], picture: Callable[[dict[str, Any]], str]) -> list[dict[str, Any]]:
    """The matches; those at whose picture a known false positive is as near say so. picture: which one it is of."""
    nearest: dict[str, int] = {}
    for each in matches:
        if each["what"] == FALSE_POSITIVE:
            nearest[picture(each)] = min(each["distance"], nearest.get(picture(each), 257))
    for each in matches:
        is_near = nearest.get(picture(each), 257) <= each["distance"]
        each["is_doubted"] = is_near and each["what"] != FALSE_POSITIVE
    return matches


def _in_order(matches: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(matches, key=lambda each: (each["distance"], each["bank"], each["entry_id"]))


def _of_records(store: Store, tenant: str, asked: Sequence[int], frame_of: Mapping[str, int]) -> list[dict[str, Any]]:
    """Own pictures and frames near those asked for, with the entities that hold them, nearest first."""
    bank = files.opened(store, files.of_records(store, tenant))
    found = []
    for each in sorted(_nearest(bank, asked, WIDEST), key=lambda each: (each.distance, each.entry)):
        entities = _holders(store, tenant, each.entry)
        if entities:
            tier = next(name for bits, name in TIERS if each.distance <= bits)
            found.append(
                {
                    "image": files.digits_of(each.entry), "identifier": each.entry, "distance": each.distance,
                    "tier": tier, "entities": entities, "frame": frame_of.get(f"{each.query:064x}", 0),
                    "of_frame": files.place_of(each.entry),
                }
            )  # fmt: skip
        if len(found) == MOST_MATCHES:
            break
    return found


def _holders(store: Store, tenant: str, identifier: str) -> list[dict[str, Any]]:
    """The entities that hold a picture or frame, as far as the asker reads them: ids, sizes, names, identifiers."""
    found = []
    for row in store.load("members", [tenant], identifier):
        for entity_id in entities_of(row)[:20]:
            document = entity_of(store, [tenant], entity_id)
            if document is not None:
                found.append(
                    {
                        "entity_id": document["entity_id"], "size": document["size"],
                        "names": list(document.get("names", ()))[:3],
                        "identifiers": _contacts(document)[:5],
                        "sources": document.get("sources", {}), "record_types": document.get("record_types", {}),
                    }
                )  # fmt: skip
    return found


def _contacts(document: Document) -> list[str]:
    return [each for each in document.get("identifiers", ()) if not each.startswith((files.IMAGE, files.FRAME))]


def _all(store: Store, tenant: str) -> list[Document]:
    """Every bank of the institution, those too that the asker does not read: their files stay."""
    return find_all(store.collections["image_banks"], {"tenant_id": tenant, "kind": "bank"})


def _asked_in(body: Body) -> tuple[list[int], dict[str, int]]:
    """The hashes of a question, each once, and of which frame of a video each is, from 1. Raises BadRequest."""
    if "frames" not in body:
        return _hashes_of(body, MOST_HASHES), {}
    given = body["frames"]
    if "hashes" in body or not isinstance(given, list) or not all(isinstance(each, list) for each in given):
        raise BadRequest("frames: expected a list of lists of hashes, and no hashes beside it")
    if sum(map(len, given)) > MOST_OF_FRAMES:
        raise BadRequest(f"frames: expected at most {MOST_OF_FRAMES} hashes together")
    frame_of: dict[str, int] = {}
    for place, hashes in enumerate(given, 1):
        for value in _read(hashes, f"frames[{place - 1}]"):
            frame_of.setdefault(f"{value:064x}", place)
    return [int(each, 16) for each in frame_of], frame_of


def _hashes_of(body: Body, most: int) -> list[int]:
    """The PDQ hashes of a body, each once. Raises BadRequest."""
    given = body.get("hashes", [])
    if not isinstance(given, list) or len(given) > most:
        raise BadRequest(f"hashes: expected a list of at most {most}")
    return _read(given, "hashes", most)


def _read(given: Sequence[Any], name: str, most: int = MOST_OF_FRAMES) -> list[int]:
    if not all(isinstance(each, str) for each in given):
        raise BadRequest(f"{name}: expected a list of at most {most}")
    try:
        return list(dict.fromkeys(parse_hash(each) for each in given))
    except HashError as error:
        raise BadRequest(f"{name}: {error}") from None


def _exact(body: Body, kind: str) -> str:
    value = body[kind]
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-fA-F]{{{LENGTHS[kind]}}}", value):
        raise BadRequest(f"{kind}: expected {LENGTHS[kind]} hexadecimal digits")
    return value.lower()
