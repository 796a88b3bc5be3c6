"""Body: the bytes of an answer, read raw and unpacked by our own bounded reader.

Caps: 32 MiB unpacked for a page, 200 times the packed size, one layer of gzip. Media and archives are recognized by
type and by magic bytes within the first 512 bytes, after which the caller closes the socket; nothing of them is kept.
An archive or workbook passes only where the facts promise one, and then it must begin as one.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minerva.intake.errors import BodyError, MediaRefused
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.media import PROBE_BYTES, is_media

MAX_BYTES = 32 * 1024 * 1024
MAX_RATIO = 200
_READ_BYTES = 65536
_RATIO_FLOOR_BYTES = 1024 * 1024

JSON_TYPES = ("application/json", "text/json", "text/plain")
_ANY_FILE = ("application/octet-stream", "binary/octet-stream", "application/download", "application/force-download")
"""What file servers say of everything; the first bytes then decide alone."""
_HTML = ("text/html", "application/xhtml+xml")
_XML = ("application/xml", "text/xml", "text/plain", *_ANY_FILE)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DELIMITED = (
    *("text/csv", "text/plain", "application/csv", "text/comma-separated-values", "application/vnd.ms-excel"),
    *("text/x-csv", "application/x-csv", "text/tab-separated-values", "text/tsv", *_ANY_FILE),
)
_TYPES = {
    "csv": _DELIMITED,
    "tsv": _DELIMITED,
    "fixed": _DELIMITED,
    "lines": _DELIMITED,
    "json": JSON_TYPES,
    "geojson": (*JSON_TYPES, *_ANY_FILE),
    "jsonl": (*JSON_TYPES, "application/x-ndjson", "application/jsonl", "application/x-jsonlines", *_ANY_FILE),
    "xml": _XML,
    "rss": ("application/rss+xml", "application/atom+xml", "application/rdf+xml", *_XML),
    "html": (*_HTML, "text/plain"),
    "article": _HTML,
    "mail": ("message/rfc822", "text/plain", *_ANY_FILE),
    "xlsx": (_SHEET, "application/vnd.ms-excel", *_ANY_FILE),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", *_ANY_FILE),
}
_ARCHIVE_TYPES = {
    "zip": ("application/zip", "application/x-zip-compressed", "application/x-zip", *_ANY_FILE),
    "gzip": ("application/gzip", "application/x-gzip", *_ANY_FILE),
    "tar.gz": ("application/gzip", "application/x-gzip", "application/x-gtar", "application/x-tar", *_ANY_FILE),
    "bz2": ("application/x-bzip2", "application/bzip2", "application/x-bzip", *_ANY_FILE),
}
_BEGINS = {"zip": b"PK\x03\x04", "gzip": b"\x1f\x8b", "tar.gz": b"\x1f\x8b", "bz2": b"BZh"}
_TEXT_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Promise:
    """What an answer is to be: the types its header may say, and the bytes it must begin with (b"" for text)."""

    types: tuple[str, ...]
    begins: bytes | tuple[bytes, ...] = b""
    is_html: bool = False
    needs_content: bool = True

    def judge(self, start: bytes) -> None:
        """Raises MediaRefused or BodyError unless the first bytes of a body (at most 512) keep the promise."""
        if self.begins:
            if start.startswith(self.begins):
                return
            _refuse_empty(start)
            _refuse_html(start)
            raise MediaRefused("media", "the answer is another kind of file than the facts say")
        if is_media(start):
            raise MediaRefused("media", "the answer is media or an archive")
        if b"\x00" in start and not start.startswith(_TEXT_MARKS):
            raise MediaRefused("media", "the answer holds binary data")
        if self.needs_content:
            _refuse_empty(start)
        if not self.is_html:
            _refuse_html(start)


PICTURE = Promise(
    ("image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif", "image/bmp", *_ANY_FILE),
    (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM"),
)
"""Only for the addresses that a source's facts name as pictures: images/decode.py judges the bytes further."""
ANY_TEXT = Promise((*JSON_TYPES, *_HTML, "text/csv", ""), is_html=True, needs_content=False)
HTML_PAGE = Promise((*_HTML, "text/plain"), is_html=True)
JSON_PAGE = Promise(JSON_TYPES)


def promised(reading: ReadFacts) -> Promise:
    """What the answers of a source are to be by its facts."""
    if reading.unpack != "none":
        return Promise(_ARCHIVE_TYPES[reading.unpack], _BEGINS[reading.unpack])
    types = _TYPES[reading.format]
    if reading.format in ("xlsx", "ods"):
        return Promise(types, _BEGINS["zip"])
    return Promise(types, is_html=reading.format in ("html", "article"))


def check_type(content_type: str, allowed: tuple[str, ...]) -> None:
    """Raises MediaRefused unless the Content-Type is in the allow-list or an own type of it (`application/x+json`).

    An HTML page in place of data is told apart (code `html`): it is what maintenance and log-in pages are.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind in allowed:
        return
    suffix = kind.rpartition("+")[2] if kind.startswith("application/") and "+" in kind else ""
    if suffix in ("json", "xml") and f"application/{suffix}" in allowed:
        return
    if kind in _HTML:
        raise MediaRefused("html", "the answer is a web page where data was promised")
    family = kind.partition("/")[0]
    raise MediaRefused(
        "media" if family in ("image", "video", "audio") else "content_type", "the answer's type is not allowed"
    )


def _refuse_html(start: bytes) -> None:
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        raise MediaRefused("html", "the answer is a web page where data was promised")


def _refuse_empty(start: bytes) -> None:
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BodyError("empty", "the answer is empty")


def read_body(
    read: Callable[[int], bytes], encoding: str, *, max_bytes: int = MAX_BYTES, promise: Promise = ANY_TEXT
) -> bytes:
    """The unpacked body; see `body_parts`."""
    return b"".join(body_parts(read, encoding, max_bytes=max_bytes, promise=promise))


def body_parts(
    read: Callable[[int], bytes], encoding: str, *, max_bytes: int, promise: Promise = ANY_TEXT
) -> Iterator[bytes]:
    """The unpacked body in parts, the first given only after it was judged. `read(n)`: at most n raw bytes, b"" at end.

    Raises MediaRefused (codes `media`, `html`), BodyError (`encoding`, `too_large`, `ratio`, `gzip`, `empty`).
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        parts = _plain_parts(read)
    elif encoding in ("gzip", "x-gzip"):
        parts = _gzip_parts(read)
    else:
        raise BodyError("encoding", "the answer is packed in another way than one layer of gzip")
    size, start, judged = 0, b"", False
    for part in parts:
        size += len(part)
        if size > max_bytes:
            raise BodyError("too_large", f"the answer is larger than {max_bytes} bytes")
        if judged:
            yield part
            continue
        start += part
        if len(start) >= PROBE_BYTES:
            promise.judge(start[:PROBE_BYTES])
            judged = True
            yield start
    if not judged:
        promise.judge(start)
        yield start


def _plain_parts(read: Callable[[int], bytes]) -> Iterator[bytes]:
    size = PROBE_BYTES
    while True:
        part = read(size)
        if not part:
            return
        yield part
        size = _READ_BYTES


def _gzip_parts(read: Callable[[int], bytes]) -> Iterator[bytes]:
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    packed = size = 0
    request = PROBE_BYTES
    while not unpack.eof:
        raw = unpack.unconsumed_tail
        if not raw:
            raw = read(request)
            if not raw:
                raise BodyError("gzip", "the packed answer ends too early")
            packed += len(raw)
            request = _READ_BYTES
        try:
            part = unpack.decompress(raw, _READ_BYTES)
        except zlib.error:
            raise BodyError("gzip", "the answer is not valid gzip") from None
        size += len(part)
        if size > _RATIO_FLOOR_BYTES and size > packed * MAX_RATIO:
            raise BodyError("ratio", f"the answer grows more than {MAX_RATIO} times when unpacked")
        if part:
            yield part
    if unpack.unused_data or read(1):
        raise BodyError("gzip", "bytes follow the packed answer")
