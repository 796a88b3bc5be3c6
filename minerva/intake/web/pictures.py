"""Pictures: fetches the pictures of new records, and the key frames of their videos, where source and institution say
so, has the limited child hash them, and forgets them. What a record gets are hashes, qualities, MD5, and text that was
read; a picture is never on disk.

A picture that cannot be had or read costs its record nothing but the hashes; it is counted and logged by code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from minerva.images.decode import Decoder, Fingerprint
from minerva.images.distance import LEAST_QUALITY
from minerva.images.errors import MissingLibraryError, PictureError
from minerva.images.formats.picture import MAX_BYTES
from minerva.images.key_frames import fold, telling
from minerva.images.ocr import TextReader
from minerva.images.picture_child import why_not
from minerva.intake.errors import FetchError, GuardError, RetryLater
from minerva.intake.facts.field_map import FrameRule, PictureRule
from minerva.intake.mapping.image_hashes import found_columns, frame_columns
from minerva.intake.mapping.mapper import Draft
from minerva.intake.rows import ReadCounts
from minerva.intake.running.runner import Log
from minerva.intake.web.access import Access
from minerva.intake.web.body import PICTURE
from minerva.intake.web.fetch import Asked, joined
from minerva.records import Column

_Kept = TypeVar("_Kept")
Attributes = dict[str, "str | tuple[str, ...]"]

NONE, HASH, READ = "none", "hash", "read"
"""What an institution lets its inputs do with pictures."""
_REMEMBERED = 10_000
"""Addresses of which a run keeps what was found: each picture is asked for once."""
_LOGGED = 20
_LEAST_SCORE, _LONGEST_TEXT = 0.6, 4000
"""Lines that are kept of what was read, and characters of a record's pictures together."""


@dataclass(frozen=True)
class Found:
    """What is kept of one picture: hashes with qualities, the plain one and that without its border; MD5; hashes of its
    parts; lines."""

    hashes: tuple[tuple[str, int], ...]
    md5: str
    crops: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class Pictures:
    """Adds to drafts what is in their pictures; `allowed` asks what the institution says, once and only if needed."""

    def __init__(
        self, rule: PictureRule | None, access: Access, allowed: Callable[[], str], log: Log,
        frames: FrameRule | None = None,
    ) -> None:  # fmt: skip
        self._rule, self._frames = rule, frames
        self._access = access
        self._allowed = allowed
        self._log = log
        self._may: str | None = None
        self._decoder: Decoder | None = None
        self._frame_decoder: Decoder | None = None
        self._reader: TextReader | None = None
        self._known: dict[str, Found | None] = {}
        self._lost = 0
        self.met = ReadCounts()

    def close(self) -> None:
        """Ends the children."""
        for child in (self._decoder, self._frame_decoder, self._reader):
            if child is not None:
                child.close()

    def __call__(self, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """The drafts with what was found. Raises VaultError if the institution cannot be asked."""
        if not any(map(self._has_any, drafts)) or not self._is_allowed():
            return drafts
        return [self._looked_at(draft) if self._has_any(draft) else draft for draft in drafts]

    def _has_any(self, draft: Draft) -> bool:
        return bool((self._rule and draft.pictures) or (self._frames and draft.frames))

    def _is_allowed(self) -> bool:
        if self._may is None:
            self._may = self._allowed()
            if self._may not in (HASH, READ):
                self._stop("INFO", "the institution does not let inputs fetch pictures")
            elif why_not():
                self._stop("WARN", why_not())
            elif self._rule is not None and self._rule.read and self._may == READ:
                self._start_reader()
        return self._may in (HASH, READ)

    def _stop(self, level: str, reason: str) -> None:
        self._may = NONE
        self._log(level, "pictures_left", reason=reason)

    def _start_reader(self) -> None:
        try:
            self._reader = TextReader()
        except MissingLibraryError as error:
            self._log("WARN", "text_left", reason=str(error))

    def _looked_at(self, draft: Draft) -> Draft:
        attributes, columns, text = self._of_pictures(draft.pictures[: self._rule.most if self._rule else 0])
        of_frames, more = self._of_frames(draft.frames[: self._frames.most if self._frames else 0])
        if not attributes and not of_frames:
            return draft
        texts = {"attributes.image_text": text} if text else {}
        return draft.with_pictures({**attributes, **of_frames}, [*columns, *more], texts)

    def _of_pictures(self, urls: Sequence[str]) -> tuple[Attributes, list[Column], str]:
        found = [each for url in urls for each in [self._found(url)] if each is not None]
        if not found:
            return {}, [], ""
        hashes = dict(pair for each in found for pair in each.hashes)
        attributes: Attributes = {
            "image_pdq": tuple(hashes),
            "image_quality": tuple(map(str, hashes.values())),
            "image_md5": tuple(dict.fromkeys(each.md5 for each in found)),
        }
        text = "\n".join(line for each in found for line in each.lines)[:_LONGEST_TEXT]
        if text:
            attributes["image_text"] = text
        return attributes, found_columns(hashes, (crop for each in found for crop in each.crops)), text

    def _of_frames(self, urls: Sequence[str]) -> tuple[Attributes, list[Column]]:
        """What is kept of the key frames of one video; a frame that cannot be had leaves its place empty,
        and of black frames and title cards nothing is kept."""
        asked = (
            (place, self._fetched(url, self._hash_frame)) for place, url in enumerate(urls, 1) if self._may != NONE
        )
        folded = fold((place, found) for place, found in asked if found is not None)
        frames = [each for each in folded if not each.is_plain]
        if not frames:
            return {}, []
        self.met.add("video_frames", len(frames))
        attributes: Attributes = {
            "frame_pdq": tuple(each.pdq for each in frames),
            "frame_quality": tuple(str(each.quality) for each in frames),
            "frame_place": tuple(str(each.place) for each in frames),
        }
        return attributes, frame_columns((each.pdq, each.place) for each in telling(frames))

    def _found(self, url: str) -> Found | None:
        if self._may == NONE:
            return None
        if url in self._known:
            return self._known[url]
        found = self._fetched(url, lambda data: _kept(self._hash(data), self._read(data)))
        if len(self._known) < _REMEMBERED:
            self._known[url] = found
        self.met.add("pictures" if found is not None else "pictures_lost")
        return found

    def _fetched(self, url: str, keep: Callable[[bytes], _Kept]) -> _Kept | None:
        try:
            asked = Asked(joined(f"{self._access.base_url}/", url), accept="image/*")
            data = self._access.fetch(asked, promise=PICTURE, max_bytes=MAX_BYTES).body
            return keep(data)
        except RetryLater:
            self._stop("WARN", "asked to wait longer than this run may")
        except MissingLibraryError as error:
            self._stop("WARN", str(error))
        except (FetchError, PictureError) as error:
            self._lose(error.code)
        except GuardError:
            self._lose("address_refused")
        return None

    def _hash(self, data: bytes) -> Fingerprint:
        if self._decoder is None:
            self._decoder = Decoder(self._rule.crops if self._rule is not None else "none")
        return self._decoder.fingerprint(data)

    def _hash_frame(self, data: bytes) -> Fingerprint:
        if self._frame_decoder is None:
            self._frame_decoder = Decoder(evenness=True)
        return self._frame_decoder.fingerprint(data)

    def _read(self, data: bytes) -> tuple[str, ...]:
        if self._reader is None:
            return ()
        try:
            return tuple(line.text for line in self._reader.read(data) if line.score >= _LEAST_SCORE)
        except PictureError as error:
            self._log("WARN", "text_lost", reason=error.code)
            return ()

    def _lose(self, code: str) -> None:
        self._lost += 1
        if self._lost <= _LOGGED:
            self._log("WARN", "picture_lost", reason=code)


def _kept(fingerprint: Fingerprint, lines: tuple[str, ...]) -> Found:
    parts = [fingerprint.whole] + [part for part in [fingerprint.trimmed] if part is not None]
    crops = fingerprint.crops if max(part.quality for part in parts) >= LEAST_QUALITY else ()
    return Found(tuple((part.pdq, part.quality) for part in parts), fingerprint.md5, crops, lines)
