"""Pictures in a request: their bytes out of a body, and a slot of this process in which they are decoded."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minerva.image_banks.decoding_slots import SLOTS
from minerva.images.formats.picture import MAX_BYTES
from minerva.policy import tenants_of
from minerva.tenancy.asking import BadRequest, Busy, Store

LONGEST = -(-MAX_BYTES // 3) * 4
"""Characters of a picture of MAX_BYTES in base64."""


def bytes_of(part: str, text: Any) -> bytes:
    """The picture that a body brings in base64 under a name. Raises BadRequest."""
    if not isinstance(text, str) or not text:
        raise BadRequest(f"{part}: expected the bytes of one picture in base64")
    if len(text) > LONGEST:
        raise BadRequest(f"{part}: expected at most {MAX_BYTES // 1024**2} MiB")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest(f"{part}: expected the bytes of one picture in base64") from None


@contextmanager
def slot_of(store: Store) -> Iterator[None]:
    """A decoding slot of this process for the asker's institution. Raises Busy where there is none soon."""
    asker = min(tenants_of(store.subject, store.context), default=store.subject.user)
    with SLOTS.slot(asker) as held:
        if not held:
            raise Busy("other pictures are being decoded: ask again in a moment", 10)
        yield
