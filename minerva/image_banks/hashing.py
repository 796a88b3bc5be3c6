"""Hashing one picture that a request brings. Nothing of it is kept: the answer and the audit hold no pixel."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minerva.images.decode import Decoder
from minerva.images.decoding_slots import SLOTS
from minerva.images.errors import MissingLibraryError, PictureError
from minerva.images.formats.picture import MAX_BYTES
from minerva.policy import Action
from minerva.tenancy.asking import BadRequest, Body, Busy, Store, Unavailable

MOST_CHARACTERS = -(-MAX_BYTES // 3) * 4
"""Of a picture of MAX_BYTES in base64."""


def hash_picture(body: Body, store: Store) -> dict[str, Any]:
    """{"picture": base64, "turns": bool} -> {"pdq", "quality", "dihedral", "md5", "sha256", "format", "width",
    "height", "trimmed", "turned"}; `trimmed` where a border was found, `turned` where turns were ordered.

    For analysts and programs of an institution. The picture is opened in a limited child alone; the audit has one row
    and no hash.
    """
    store.tenant_for(Action.JUDGE, body)
    turns = body.get("turns", False)
    if not isinstance(turns, bool):
        raise BadRequest("turns: expected true or false")
    data = _bytes_of(body.get("picture"))
    try:
        with slot_of(store), Decoder(turns=turns) as decoder:
            found = decoder.fingerprint(data)
    except PictureError as error:
        raise BadRequest(f"the picture is refused: {error}") from None
    except MissingLibraryError as error:
        raise Unavailable(str(error)) from None
    store.trail.permit(1)
    return found.to_dict()


@contextmanager
def slot_of(store: Store) -> Iterator[None]:
    """A decoding slot of this process for the asker. Raises Busy where there is none soon."""
    with SLOTS.slot(store.subject.user) as held:
        if not held:
            raise Busy("other pictures are being decoded: ask again in a moment", 10)
        yield


def _bytes_of(text: Any) -> bytes:
    if not isinstance(text, str) or not text:
        raise BadRequest("picture: expected the bytes of one picture in base64")
    if len(text) > MOST_CHARACTERS:
        raise BadRequest(f"picture: expected at most {MAX_BYTES // 1024 // 1024} MiB")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest("picture: expected the bytes of one picture in base64") from None
