"""Which identifiers may be matched between institutions: those that point to one actor, in one normal form for all.

What many people share (an age, a place, a price, the domain of a provider) is refused: a match on it would say
something about many, and its tokens could be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minerva.identifiers import KIND_BY_NAME
from minerva.tenancy.asking import BadIdentifier, normal_identifier

IMAGE = "image"
"""Hash of an image file: MD5, SHA-1 or SHA-256, or a perceptual one of 64 hex digits. Never of a face."""
_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")


def _points_to_one(name: str) -> bool:
    """Whether a kind may be matched; asks that kind alone, since all of them take a second to import."""
    return name in KIND_BY_NAME and KIND_BY_NAME[name].STRONG and not KIND_BY_NAME[name].ATTRIBUTE


def strong_form(identifier: str, regions: Sequence[str] = ()) -> str:
    """`kind:value` in its normal form, a number as dialed in one of `regions`.

    Raises BadIdentifier for a weak kind and for what is none of its kind.
    """
    name, _, value = identifier.partition(":")
    if name == IMAGE:
        digest = value.strip().lower()
        if not _HASH.fullmatch(digest):
            raise BadIdentifier("identifier: an image is named by 32, 40 or 64 hexadecimal digits")
        return f"{IMAGE}:{digest}"
    if not _points_to_one(name):
        kinds = ", ".join([*filter(_points_to_one, KIND_BY_NAME), IMAGE])
        raise BadIdentifier(f"identifier: too many people share one of this kind; what can be matched is {kinds}")
    return normal_identifier(identifier, regions)


def is_strong(identifier: str) -> bool:
    """Whether a stored identifier, which is in its normal form already, may be matched."""
    name = identifier.partition(":")[0]
    return name == IMAGE or _points_to_one(name)
