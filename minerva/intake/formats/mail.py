"""Mail: one message (RFC 5322) as one row: who, when, what about, and its text. Runs in the limited child.

What is attached is hashed and dropped: type, size and SHA-256 stand in the row, neither its bytes nor its name. Nothing
that a message names is fetched; markup is read as text.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator
from datetime import timezone
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.pages import text_of
from minerva.intake.rows import Row

MAX_TEXT_CHARS = 200_000
_MOST_PARTS = 500
_MOST_ADDRESSES = 200
_CUT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def mail_rows(content: bytes, facts: ReadFacts, name: str) -> Iterator[Row]:
    """One row: id, subject, from, from_name, to, cc, reply_to, date (UTC), text, in_reply_to, list_id, attachments.

    `id` is the Message-ID, or a hash of the message where it has none. Raises FileError (`mail`) for no message.
    """
    message = BytesParser(policy=policy.compat32).parsebytes(content)
    senders = _addresses(message, "from")
    if not senders and not message.get("date") and not message.get("subject"):
        raise FileError("mail", f"{name}: holds no header of a message")
    plain, html, attached = _parts(message, name)
    text = plain.strip() or _text_of_html(html)
    own = _header(message, "message-id").strip("<> ")
    row: dict[str, Any] = {
        "id": own or f"sha256:{hashlib.sha256(content).hexdigest()}",
        "subject": _header(message, "subject"),
        "from": senders[0][1] if senders else "",
        "from_name": senders[0][0] if senders else "",
        **{
            key: [address for _, address in _addresses(message, header)]
            for key, header in (("to", "to"), ("cc", "cc"), ("reply_to", "reply-to"))
        },
        "date": _moment(_header(message, "date")),
        "text": text[:MAX_TEXT_CHARS],
        "in_reply_to": _header(message, "in-reply-to").strip("<> "),
        "list_id": _header(message, "list-id"),
        "attachments": attached,
    }
    yield cleaned_row(name, row, facts)


def _header(message: Message, name: str) -> str:
    """A header with its encoded words read, on one line; what cannot be read stays as it is."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        text = str(policy.default.header_factory(name, _unfolded(str(value))))
    except (ValueError, IndexError, AttributeError, TypeError, LookupError, MessageError):
        text = str(value)
    return " ".join(_CUT.sub(" ", text).split())[:2000]


def _unfolded(value: str) -> str:
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").splitlines())


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    given = [_unfolded(str(value))[:20_000] for value in message.get_all(name, [])[:20]]
    found = []
    for label, address in getaddresses(given)[:_MOST_ADDRESSES]:
        if "@" in address:
            probe = EmailMessage()
            probe["subject"] = " ".join(_CUT.sub(" ", label).split())[:500]
            found.append((str(probe["subject"]), address.strip()[:320]))
    return found


def _moment(text: str) -> str:
    """The date as ISO in UTC, "" where it is none that exists or has no zone."""
    try:
        moment = parsedate_to_datetime(text)
        return "" if moment.tzinfo is None else moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _parts(message: Message, name: str) -> tuple[str, str, list[dict[str, Any]]]:
    """The plain text, the markup, and what is known of the attachments. Forwarded messages are read as parts."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[dict[str, Any]] = []
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            raise FileError("mail_bomb", f"{name}: has more than {_MOST_PARTS} parts")
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        body = part.get_payload(decode=True)
        content = body if isinstance(body, bytes) else b""
        is_shown = part.get_content_disposition() != "attachment" and not part.get_filename()
        if kind in ("text/plain", "text/html") and is_shown:
            (plain if kind == "text/plain" else html).append(_decoded(content, part))
        elif content:
            digest = hashlib.sha256(content).hexdigest()
            attached.append({"type": kind, "size": len(content), "sha256": digest})
    return "\n".join(plain), "\n".join(html), attached


def _decoded(content: bytes, part: Message) -> str:
    for codec in (str(part.get_content_charset() or "utf-8"), "utf-8", "cp1252"):
        try:
            return content.decode(codec)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _text_of_html(html: str) -> str:
    if not html.strip():
        return ""
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of texts that look like an address: it opens none
        page = BeautifulSoup(html, "html.parser")
    for element in page(("script", "style", "head", "template", "svg")):
        element.decompose()
    for block in page(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote")):
        block.append("\n")
    return text_of(page)
