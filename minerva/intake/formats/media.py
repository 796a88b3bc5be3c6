"""Media: images, films, sounds, PDFs, archives and programs, known by their first bytes or inside a cell.

Nothing of them is kept: a file or answer that is one is refused, and a cell that carries one costs its row.
"""

from __future__ import annotations

import base64
import binascii
import re

PROBE_BYTES = 512
_ARCHIVES = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!"),
    *(b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"),
)
_MEDIA = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"8BPS", b"\xff\x0a", b"\x00\x00\x01\x00"),
    *(b"\x1aE\xdf\xa3", b"OggS", b"\xff\xfb", b"\x00\x00\x00\x0cJXL ", b"\x00\x00\x00\x0cjP  ", b"%PDF"),
    *(
        b"\x7fELF",
        b"\xca\xfe\xba\xbe",
        b"wOFF",
        b"wOF2",
        b"\x00asm",
        b"fLaC",
        b"\xd0\xcf\x11\xe0",
        b"\xd7\xcd\xc6\x9a",
        b"%!PS",
    ),
)
_LETTERS = (b"BM", b"MZ", b"ID3", b"FLV", b"RIFF", b"FORM")
"""Also how a heading may begin (`BMI;Name`): media only with a control byte among the first 16."""
_CONTROL = re.compile(rb"[\x00-\x08]")
_SHORTEST = 40
_RUN = re.compile(r"[A-Za-z0-9+/_-]{40,}")
_RAW = ("\x89PNG", "\u2030PNG", "\ufffdPNG\r\n", "ÿØÿ", "JFIF\x00", "GIF89a", "GIF87a", "Exif\x00\x00", "%PDF-1")
_BASE64 = (
    "iVBORw0KGgo",
    "/9j/",
    "R0lGOD",
    "UklGR",
    "Qk0",
    "SUkq",
    "TU0AK",
    "JVBERi0",
    "AAAAIGZ0eX",
    "AAAAHGZ0eX",
    "UEsDB",
)
_HEX = ("89504e470d0a", "ffd8ff", "474946383", "52494646", "255044462d")


def is_archive(start: bytes) -> bool:
    """True if the first bytes are those of a packed file."""
    return start.startswith(_ARCHIVES) or start[257:262] == b"ustar"


def is_media(start: bytes) -> bool:
    """True if the first bytes are those of an image, film, sound, PDF, archive or program."""
    if start.startswith(_LETTERS) and start[8:12] not in (b"WEBP", b"WAVE", b"AVI "):
        return _CONTROL.search(start[:16]) is not None
    return start.startswith(_MEDIA + _LETTERS) or is_archive(start) or start[4:8] == b"ftyp" or _is_svg(start)


def _is_svg(start: bytes) -> bool:
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(b"<svg") or (head.startswith((b"<?xml", b"<!doctype svg")) and b"<svg" in head)


def holds_media(text: str) -> bool:
    """True if a text carries an image or the like: raw, as a data URI, or as base64 or hex digits."""
    if len(text) < _SHORTEST:
        return False
    if any(mark in text for mark in _RAW):
        return True
    if ";base64," in text and re.search(r"data:(?:image|video|audio|application)/", text, re.IGNORECASE):
        return True
    for run in _RUN.finditer(text):
        word = run[0].replace("-", "+").replace("_", "/")
        if word.startswith(_BASE64) and _decodes_to_media(word):
            return True
        if word[:12].lower().startswith(_HEX) and re.fullmatch(r"[0-9a-fA-F]+", word[:64]):
            return True
    return False


def _decodes_to_media(word: str) -> bool:
    try:
        return is_media(base64.b64decode(word[: min(len(word), 64) // 4 * 4]))
    except (ValueError, binascii.Error):
        return False
