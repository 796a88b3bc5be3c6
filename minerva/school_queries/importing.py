"""Pictures of schools that an institution puts into its gallery on this search head, a few schools at a time.

Each picture is decoded in the limited child; a small clean copy of a crest is kept, of tie and garment their colors.
What is known of a school goes into its row, so that words find it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minerva.image_banks.incoming import bytes_of, slot_of
from minerva.images.picture_child import why_not
from minerva.policy import Action
from minerva.school_queries import gallery as rows
from minerva.school_queries.pictures import folder_of
from minerva.schools.build import FACTS_FILE, Files, fill_gallery
from minerva.schools.errors import GalleryError
from minerva.schools.gallery import Gallery, write_gallery
from minerva.schools.register import SCHOOL_ID, TEXTS, RowError, checked
from minerva.tenancy.asking import BadRequest, Body, Contradicts, Store, Unavailable, page_of

MOST_AT_ONCE = 50
PARTS = ("crest", "tie", "garment")


def schools_pictures(body: Body, store: Store) -> dict[str, Any]:
    """{"op": "get" | "add" | "remove"} -> {"schools", "crests", "ties", "garments": how many are held, "refused"}.

    add: "schools", at most 50 of {"school_id", "facts": a row without its id, "crest", "tie", "garment": base64}; a
    school that is there is replaced, and one with a name in its facts gets its row. refused: {"school_id", "file",
    "error"} of each picture that could not be used. remove: "school_ids", or "all": true; rows of schools stay.
    """
    operation = body.get("op", "get")
    if operation not in ("get", "add", "remove"):
        raise BadRequest("op: expected get, add or remove")
    tenant = store.tenant_for(Action.READ if operation == "get" else Action.JUDGE, body)
    folder = folder_of(store, tenant)
    refused: list[dict[str, Any]] = []
    if operation == "add":
        refused = _add(store, tenant, folder, body)
    elif operation == "remove":
        _remove(store, tenant, folder, body)
    else:
        store.trail.permit()
    return {**_counts(folder), "refused": refused}


def _add(store: Store, tenant: str, folder: Path, body: Body) -> list[dict[str, Any]]:
    given = body.get("schools")
    if not isinstance(given, list) or not 0 < len(given) <= MOST_AT_ONCE:
        raise BadRequest(f"schools: expected a list of 1 to {MOST_AT_ONCE}")
    schools: dict[str, Files] = {}
    named: list[dict[str, Any]] = []
    for each in given:
        school_id, files, row = _read(each)
        schools[school_id] = files
        named += [row] if row else []
    missing = why_not()
    if missing:
        raise Unavailable(missing)
    refused: list[dict[str, Any]] = []
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with slot_of(store), rows.changing(store, tenant):
        store.trail.permit(len(schools))
        if named:
            held = rows.rows_of(store, tenant)
            rows.put(store, tenant, [{**held.get(str(row["school_id"]), {}), **row} for row in named])
        try:
            fill_gallery(schools.items(), folder, refused.append, add=True)
        except GalleryError as error:
            raise Contradicts(str(error)) from None
    return [{"school_id": each["school"], "file": each["file"], "error": each["error"]} for each in refused]


def _remove(store: Store, tenant: str, folder: Path, body: Body) -> None:
    asked = {each for each in page_of(body, "school_ids") if isinstance(each, str)}
    if not asked and body.get("all") is not True:
        raise BadRequest("school_ids: expected a list of ids, or all: true")
    with rows.changing(store, tenant):
        store.trail.permit(len(asked))
        if (folder / "gallery.json").is_file():
            kept = () if body.get("all") is True else Gallery(folder).entries(without=asked)
            write_gallery(folder, kept)


def _counts(folder: Path) -> dict[str, int]:
    if not (folder / "gallery.json").is_file():
        return {"schools": 0, "crests": 0, "ties": 0, "garments": 0}
    held = Gallery(folder)
    return {"schools": held.size, **held.parts()}


def _read(given: Any) -> tuple[str, Files, dict[str, Any]]:
    """Id, files and row of one school of a request; an empty row where it has no name. Raises BadRequest."""
    if not isinstance(given, Mapping):
        raise BadRequest("schools: expected a list of objects")
    school_id, facts = given.get("school_id"), given.get("facts", {})
    if not isinstance(school_id, str) or not SCHOOL_ID.fullmatch(school_id):
        raise BadRequest("school_id: expected letters, digits, dots, hyphens and underscores, at most 100")
    if not isinstance(facts, Mapping):
        raise BadRequest("facts: expected an object")
    told = {
        key: ", ".join(map(str, each)) if key in TEXTS and isinstance(each, list) else each
        for key, each in facts.items()
    }
    try:
        row = checked({**told, "school_id": school_id}) if told.get("name") else {}
    except RowError as error:
        raise BadRequest(f"facts: {error}") from None
    kept = {key: value for key, value in row.items() if key != "school_id"}
    parts = {f"{part}.png": bytes_of(part, given[part]) for part in PARTS if given.get(part) is not None}
    files = {**parts, FACTS_FILE: json.dumps(kept).encode()}
    return school_id, {name: (lambda data=data: data) for name, data in files.items()}, row
