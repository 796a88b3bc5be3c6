"""Hashing one picture, or the key frames of one video, that a request brings. Nothing of it is kept: the answer and the
audit hold no pixel."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from minerva.image_banks.incoming import LONGEST, bytes_of, slot_of
from minerva.images.decode import Decoder
from minerva.images.errors import MissingLibraryError, PictureError
from minerva.images.formats.picture import MAX_BYTES
from minerva.images.key_frames import MOST_FRAMES, fold
from minerva.policy import Action
from minerva.tenancy.asking import BadRequest, Body, Busy, Store, Unavailable

MOST_CHARACTERS = LONGEST + 6 * MOST_FRAMES
"""Of a picture of MAX_BYTES in base64, or of frames that have as much together, with what stands between them."""
MOST_SECONDS = 60.0
"""For the frames of one request: those behind are named as not looked at."""


def hash_picture(body: Body, store: Store) -> dict[str, Any]:
    """{"picture": base64, "turns": bool} -> {"pdq", "quality", "dihedral", "md5", "sha256", "format", "width",
    "height", "trimmed", "turned"}; `trimmed` where a border was found, `turned` where turns were ordered.

    {"frames": [base64], at most 100 key frames of one video in their order, 20 MiB together} -> {"frames", "refused"}:
    frames as above with `place` from 1, `folded` (how many more are near it) and `is_telling` (false for black frames
    and title cards); refused: {"place", "error"}. For analysts and programs of an institution. A picture is opened in
    a limited child alone; the audit has one row and no hash.
    """
    store.tenant_for(Action.JUDGE, body)
    turns = body.get("turns", False)
    if not isinstance(turns, bool):
        raise BadRequest("turns: expected true or false")
    try:
        if "frames" in body:
            return _of_video(_frames_of(body), turns, store)
        data = bytes_of("picture", body.get("picture"))
        with slot_of(store), Decoder(turns=turns) as decoder:
            found = decoder.fingerprint(data)
    except PictureError as error:
        raise BadRequest(f"the picture is refused: {error}") from None
    except MissingLibraryError as error:
        raise Unavailable(str(error)) from None
    store.trail.permit(1)
    return found.to_dict()


def _of_video(frames: Sequence[bytes], turns: bool, store: Store) -> dict[str, Any]:
    found, refused = [], []
    with Decoder(turns=turns, evenness=True) as decoder:
        until = time.monotonic() + MOST_SECONDS
        for place, data in enumerate(frames, 1):
            try:
                if time.monotonic() > until:
                    raise PictureError("late", f"not looked at: the frames before took {MOST_SECONDS:g} s")
                with slot_of(store):  # for each frame anew, so that another institution waits for one frame alone
                    found.append((place, decoder.fingerprint(data)))
            except PictureError as error:
                refused.append({"place": place, "error": str(error)})
            except Busy as error:
                if not found:
                    raise
                refused.append({"place": place, "error": str(error)})
    store.trail.permit(len(found))
    return {"frames": [each.to_dict() for each in fold(found)], "refused": refused}


def _frames_of(body: Body) -> list[bytes]:
    given = body["frames"]
    if "picture" in body or not isinstance(given, list) or not 0 < len(given) <= MOST_FRAMES:
        raise BadRequest(f"frames: expected a list of 1 to {MOST_FRAMES} pictures, and no picture beside it")
    if sum(len(each) for each in given if isinstance(each, str)) > LONGEST:
        raise BadRequest(f"frames: expected at most {MAX_BYTES // 1024**2} MiB together")
    return [bytes_of(f"frames[{place}]", each) for place, each in enumerate(given)]
