"""Ranking schools by crops of a uniform, with what was said of it: over the gallery of pictures of this search head.

It lies in <folder>/schools/<tenant>, where `python -m minerva.schools build` puts it. Crops are decoded in a limited
child and forgotten; nothing that is computed from one is given back or stored.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from minerva.image_banks.incoming import slot_of
from minerva.school_queries.ranking import Ranked
from minerva.schools.errors import GalleryError, QueryError
from minerva.schools.gallery import Gallery
from minerva.schools.identify import Query, identify
from minerva.tenancy.asking import BadRequest, Store, Unavailable

PARTS = ("crest", "tie", "garment", "photo")
_HELD: dict[str, tuple[float, Gallery, dict[str, int]]] = {}
"""Memory of this process: folder -> (when it was built, the gallery, place of each school)."""
_MOST_HELD = 2
_GARMENT = ((0.5, "the same garment color"), (1.2, "nearly the same garment color"), (2.0, "a like garment color"))
"""Distance up to which a garment is called so."""
_LIKE = {
    "crest": ((0.85, "the same crest, or nearly"), (0.55, "much like its crest"), (0.45, "somewhat like its crest")),
    "photo": ((0.55, "something in the photo much like its crest"), (0.45, "something in it somewhat like its crest")),
    "tie": ((0.9, "the same tie colors"), (0.7, "like tie colors")),
}
"""Likeness from which a part is called so; what is below is _UNLIKE."""
_UNLIKE = {"crest": "little like its crest", "photo": "nothing in the photo like its crest", "tie": "other tie colors"}


class Looked(NamedTuple):
    """What was found by pictures; emblems are those of the schools, as PNG in base64; notes say what took no part; held
    are the ids of all that were compared."""

    ranked: list[Ranked]
    emblems: dict[str, str]
    rows: dict[str, dict[str, Any]]
    searched: int
    notes: list[str]
    held: frozenset[str]


def by_pictures(store: Store, tenant: str, crops: Mapping[str, bytes], describe: str, top: int) -> Looked:
    """Raises Unavailable where this search head has no gallery or no library, BadRequest for crops that are none."""
    gallery, places = _gallery(store, tenant)
    from minerva.images.picture_child import why_not

    missing = why_not()
    if missing:
        raise Unavailable(missing)
    asked = Query(crops.get("crest"), crops.get("tie"), crops.get("garment"), crops.get("photo"), describe)
    try:
        with slot_of(store):
            answer = identify(gallery, asked, top)
    except QueryError as error:
        raise BadRequest(f"the crops are refused: {error}") from None
    ranked = [
        Ranked(str(row["id"]), float(row["score"]), float(row["confidence"]), _signals(row["signals"]))
        for row in answer.schools
    ]
    emblems = {}
    for each in ranked:
        emblem = gallery.emblem(places[each.school_id])
        if emblem:
            emblems[each.school_id] = base64.b64encode(emblem).decode()
    rows = {each.school_id: gallery.schools[places[each.school_id]] for each in ranked}
    notes = [f"{part}: {why}" for part, why in answer.missing.items()]
    return Looked(ranked, emblems, rows, gallery.size, notes, frozenset(places))


def emblem_of(store: Store, tenant: str, school_ids: list[str]) -> dict[str, str]:
    """The emblems of some schools, where this search head has them."""
    try:
        gallery, places = _gallery(store, tenant)
        found = {each: gallery.emblem(places[each]) for each in school_ids if each in places}
    except (Unavailable, GalleryError, ImportError):
        return {}
    return {each: base64.b64encode(emblem).decode() for each, emblem in found.items() if emblem}


def folder_of(store: Store, tenant: str) -> Path:
    """Where the gallery of pictures of an institution lies on this search head. Raises Unavailable where none can."""
    if store.folder is None:
        raise Unavailable("this search head keeps no gallery of pictures: ask by words")
    return store.folder / "schools" / tenant


def _gallery(store: Store, tenant: str) -> tuple[Gallery, dict[str, int]]:
    folder = folder_of(store, tenant)
    try:
        built = os.stat(folder / "gallery.json").st_mtime
        held = _HELD.get(str(folder))
        if held is None or held[0] != built:
            gallery = Gallery(folder)
            places = {str(facts["id"]): place for place, facts in enumerate(gallery.schools)}
            while len(_HELD) >= _MOST_HELD and str(folder) not in _HELD:
                _HELD.pop(next(iter(_HELD)))
            held = _HELD[str(folder)] = (built, gallery, places)
    except (OSError, GalleryError):
        raise Unavailable(
            "this search head has no gallery of pictures for your institution: ask by words, or add pictures "
            "on the page Schools, or by python -m minerva.schools build"
        ) from None
    return held[1], held[2]


def _signals(signals: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for name, seen in signals.items():
        if not seen:
            continue
        if name == "words":
            found.append({"signal": name, "score": seen["score"], "reasons": seen.get("reasons", [])})
        else:
            value = seen["distance" if name == "garment" else "similarity"]
            found.append({"signal": name, "score": value, "reasons": [_in_words(name, value)]})
    return found


def _in_words(name: str, value: float) -> str:
    """How near a part is, with its number for who compares two answers."""
    if name == "garment":
        how = next((words for most, words in _GARMENT if value <= most), "another garment color")
        return f"{how} ({value:.1f} apart)"
    words = next((words for least, words in _LIKE[name] if value >= least), _UNLIKE[name])
    return f"{words} ({value:.2f} of 1)"
