"""Cleaning: one cell of a source as clean text. Nothing here knows a field's meaning."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=\s]{16,}", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{1024,}={0,2}")
_WRAPPED_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{48,128}[ \n]{1,2}){8,}[A-Za-z0-9+/_-]*={0,2}")
"""As mail and certificates break it; eight words of such a length stand one after another in no language."""
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})[^<>]{0,4000}>|<!--[^<>]{0,4000}-->")
_BLOCKS = frozenset((
    "address", "blockquote", "br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "section", "table", "tr", "ul",
))  # fmt: skip
_HIDDEN = frozenset(("script", "style", "template"))
_BLANKS = re.compile(r"\s+")
_REPAIR_ROUNDS = 3


def clean_text(value: Any, mojibake: Sequence[str] = ()) -> str:
    """A scalar as text: line breaks as LF, no control or direction marks, no embedded binary, ends stripped.

    None is "", truth values are `true`/`false`. `mojibake` names codecs that UTF-8 was once wrongly read with.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else str(value)
    if not text.isascii() and mojibake:
        text = repair_mojibake(text, mojibake)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text)
    if len(text) > 64:
        # A picture inside a text must not reach an index (docs: media is hashed and dropped).
        text = _DATA_URI.sub("[removed]", text)
        text = _WRAPPED_BASE64.sub("[removed]", _BASE64.sub("[removed]", text))
    return text.strip()


def one_line(text: str) -> str:
    """Text with every run of blanks and line breaks as one space."""
    return _BLANKS.sub(" ", text).strip()


def without_markup(text: str) -> str:
    """The text of a piece of a web page: a line for each block, entities as characters, no script and no style."""
    if "<" not in text and "&" not in text:
        return text
    parts: list[str] = []
    at, hidden = 0, ""
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if not hidden:
            parts += [text[at : tag.start()], "\n" if name in _BLOCKS else ""]
            hidden = name if name in _HIDDEN and not tag["end"] else ""
        elif tag["end"] and name == hidden:
            hidden = ""
        at = tag.end()
    parts.append("" if hidden else text[at:])
    lines = (one_line(line) for line in html.unescape("".join(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def repair_mojibake(text: str, codecs: Sequence[str]) -> str:
    """Text whose UTF-8 bytes were read with a wrong codec, once or several times over, read rightly.

    `‚Äô` read back through mac_roman is a right quotation mark. Text that does not make the round trip is returned as
    it is; a text that makes it by chance would need a sequence like `Ã©` that is meant literally.
    """
    for _ in range(_REPAIR_ROUNDS):
        for codec in codecs:
            repaired = _read_back(text, codec)
            if repaired != text:
                text = repaired
                break
        else:
            return text
    return text


def _read_back(text: str, codec: str) -> str:
    if text.isascii():
        return text
    try:
        return text.encode(codec).decode("utf-8")
    except UnicodeError:
        return text
