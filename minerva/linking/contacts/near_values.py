"""Values that say something where they are equal, and more where a function says that they are near each other:
perceptual hashes of images. No equal hash joins by itself, since a stock picture is in the ads of strangers.

PLUGGED holds the function of each kind, and Options.near names the kinds, so that what is stored without one is linked
anew; one without the other is an error. Values are hexadecimal; two are looked at when four digits at one place are
equal, or of 256 bits all those of one remainder by 16, or a piece of 32 bits that mirrored and turned copies share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from math import log2
from operator import methodcaller

from minerva.images.distance import LIKELY, SAME, distance, tier
from minerva.images.forms import NAMES, nearest_form, pieces_of_all_forms
from minerva.images.same_video import Shown, same_video
from minerva.linking.blocks import pairs_within
from minerva.linking.model import CROP, LinkRecord, Options
from minerva.linking.texts.templates import count_holders, step

Near = Callable[[str, str], float]
"""Two values of one kind, as they stand behind `kind:` -> how sure they are of one picture, 0 to 1; symmetric."""
PIECE = 4
"""Digits of a key. Of 64 (256 bits), 15 changed bits leave one of the sixteen pieces whole for sure. Cut twice, in rows
and in columns, 31 do in 99 of 100 cases (docs/decisions/near-images.md)."""
LEAST = 0.5
LIKELY_SURE = 0.5
"""How sure two pictures of the tier `likely` are one: they join where more than a city agrees."""


_SURE = {SAME: 1.0, LIKELY: LIKELY_SURE}
_PDQ = re.compile(r"[0-9a-f]{64}").fullmatch
"""Whether a value is a hash of a picture: what events hold may be anything."""
_WORDS = {SAME: "same image", LIKELY: "likely the same image"}


def pictures_near(one: str, other: str) -> float:
    """Returns 1 for hashes of one picture, mirrored or turned too, LIKELY_SURE for such as are likely of one, 0 for
    others and for hashes of files, of which only equal ones say something."""
    if not (_PDQ(one) and _PDQ(other)):
        return float(one == other)
    return _SURE.get(tier(nearest_form(int(one, 16), int(other, 16))[0]), 0.0)


_PLACE = re.compile(r"[0-9]{1,4}").fullmatch
FRAME, PICTURE = "image_frame:", "image:"
"""How the identifiers of key frames of a video begin, `hash/place`, and those of pictures."""
PLUGGED: dict[str, Near] = {"image": pictures_near}
"""Kind -> its function, which must be pure: the same values always give the same answer."""


COMPARED = frozenset({"image"})
"""Kinds of which equal values are compared, also where no function says that they are near."""
RARER = 0.2
"""Likeness that each doubling of a picture's holders takes: as many bits as of a template (see likeness.py)."""


def near_keys(record: LinkRecord) -> Iterator[str]:
    """Yields the keys of a record's pictures: two records that share one are worth comparing."""
    for identifier in record.identifiers:
        kind, _, value = identifier.partition(":")
        if kind in COMPARED or kind in PLUGGED:
            yield f"i:={identifier}"
        if kind in PLUGGED:
            yield from _pieces(kind, value)
        elif identifier.startswith(FRAME):
            yield from _pieces("image", value.partition("/")[0])
        elif identifier.startswith(CROP):
            yield from (f"i:image{place}:{value[place : place + PIECE]}" for place in range(0, len(value), PIECE))


def _pieces(kind: str, value: str) -> Iterator[str]:
    for place in range(0, len(value), PIECE):
        yield f"i:{kind}{place}:{value[place : place + PIECE]}"
    if _PDQ(value):
        bits = format(int(value, 16), "0256b")
        for place in range(16):
            yield f"i:{kind}c{place}:{int(bits[place::16], 2):04x}"
        yield from (f"i:{kind}f{place}:{piece:08x}" for place, piece in pieces_of_all_forms(int(value, 16)))


def candidate_values(
    records: Sequence[LinkRecord],
    options: Options,
    crowded: Collection[str] = (),
    groups: Sequence[int] = (),
    decided: Sequence[int] = (),
    kinds: Collection[str] | None = None,
) -> Iterator[tuple[int, int, float]]:
    """Yields (position, position, likeness) of records that hold equal values, or values near each other, once.

    likeness: how sure the two are one picture, 0 to 1, less the more holders it has (see `templates.holder_of`). A key
    of a crowd, of more than block_size records or text_crowd holders, is passed over. crowded, groups, decided: as in
    `pairs.candidate_pairs`. kinds: those of all identifiers of the records, if they are at hand. Raises ValueError
    where Options.near names other kinds than have a function.
    """
    if {*options.near} != {*PLUGGED}:
        raise ValueError(
            f"Options.near: expected the kinds that have a function in near_values.PLUGGED, {sorted(PLUGGED)}, not "
            f"{sorted(options.near)}: stored state would not show which of them it was linked with"
        )
    if kinds is not None and {*COMPARED, *PLUGGED, FRAME[:-1]}.isdisjoint(kinds):
        return
    keys: dict[int, frozenset[str]] = {}
    blocks: dict[str, list[int]] = {}
    is_compared = methodcaller("startswith", (CROP, FRAME, *(f"{kind}:" for kind in {*COMPARED, *PLUGGED})))
    for position, record in enumerate(records):
        if any(map(is_compared, record.identifiers)):
            keys[position] = found = frozenset(near_keys(record))
            for key in sorted(found):
                blocks.setdefault(key, []).append(position)
    holders = {}
    for key, members in blocks.items():
        if 2 <= len(members) <= options.block_size and key not in crowded:
            count = count_holders(records, members)
            if count < options.text_crowd:
                holders[key] = count
    for a, b in pairs_within(map(blocks.__getitem__, holders), groups, decided):
        likeness = _likeness(records[a], records[b]) - _commonness(keys[a] & keys[b], holders)
        if likeness >= LEAST:
            yield a, b, likeness


def _likeness(a: LinkRecord, b: LinkRecord) -> float:
    held = {*b.identifiers}
    found = float(any(value in held and value.partition(":")[0] in COMPARED for value in a.identifiers))
    for kind, near in PLUGGED.items():
        start = f"{kind}:"
        left, right = ([value for value in each.identifiers if value.startswith(start)] for each in (a, b))
        for one in left:
            for other in right:
                found = max(found, near(one[len(start) :], other[len(start) :]))
    if found < 1:
        found = max(found, _SURE.get(tier(nearest_crop(a, b)), 0.0))
    return found if found == 1 else max(found, _video(a, b)[0])


def nearest_crop(a: LinkRecord, b: LinkRecord) -> int:
    """Returns how many bits a picture of one record differs at least from a part of the other's, 256 for none."""
    return min(_from_crops(a, b), _from_crops(b, a))


def _from_crops(cropped: LinkRecord, whole: LinkRecord) -> int:
    crops = _hashes(cropped, CROP)
    if not crops:
        return 256
    return min((distance(crop, each) for each in _hashes(whole, PICTURE) for crop in crops), default=256)


def near_words(a: LinkRecord, b: LinkRecord) -> str:
    """Returns in words how near the nearest pictures of two records are, as in `same image (distance 4)` or `same
    image, mirrored left to right (distance 4)`."""
    found = [nearest_form(one, other) for one in _hashes(a, PICTURE) for other in _hashes(b, PICTURE)]
    nearest, form = min(found, default=(256, 0))
    how, part = NAMES[form] if form else "", nearest_crop(a, b)
    if part < nearest:
        nearest, how = part, "cropped"
    video = "" if tier(nearest) == SAME else _video(a, b)[1]
    if video:
        return video
    if tier(nearest) in _WORDS:
        return f"{_WORDS[tier(nearest)]}{', ' if how else ''}{how} (distance {nearest})"
    equal = any(value.startswith(PICTURE) for value in {*a.identifiers} & {*b.identifiers})
    return "same image (equal hashes)" if equal else "images near each other"


def _video(a: LinkRecord, b: LinkRecord) -> tuple[float, str]:
    """Returns how sure two records show one video, and in words."""
    one, other = _shown(a), _shown(b)
    return same_video(one, other) if one.frames or other.frames else (0.0, "")


def _shown(record: LinkRecord) -> Shown:
    placed = [value[len(FRAME) :].partition("/") for value in record.identifiers if value.startswith(FRAME)]
    frames = [(int(digits, 16), int(place)) for digits, _, place in placed if _PDQ(digits) and _PLACE(place)]
    return Shown(frames, _hashes(record, PICTURE))


def _hashes(record: LinkRecord, start: str) -> list[int]:
    """Returns the hashes of pictures that identifiers with such a beginning hold."""
    found = [value[len(start) :] for value in record.identifiers if value.startswith(start)]
    return [int(each, 16) for each in found if _PDQ(each)]


def _commonness(shared: Collection[str], holders: Mapping[str, int]) -> float:
    """Returns the likeness that the holders of what two records share take: of the middle one of the keys, of which one
    may be a crowd's by chance."""
    counts = sorted([holders.get(key, 0) for key in shared], key=lambda count: count or float("inf"))
    middle = counts[len(counts) // 2]
    return RARER * (log2(step(max(2, middle))) - 1) if middle else 1.0
