"""E-mail addresses, plain and with hidden at and dot (`jen (at) mail [dot] example`, `jen arroba mail punto com`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minerva.identifiers import hosts
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading

_AT = re.compile(
    r"(?P<plain>@)|(?P<bracket> ?[\[({<*|] ?(?:at|a|arroba|@) ?[\])}>*|] ?)|(?P<word> (?:at|arroba) )|(?P<spaced> ?@ )",
    re.IGNORECASE,
)
_GATE = re.compile(r"@|\bat\b|arroba|[\[({<] ?a ?[\])}>]", re.IGNORECASE)
_SHORT_AT = re.compile(r"[\[({<] ?a ?[\])}>]")
_DOT_WORDS = frozenset(["dot", "punto", "point", "ponto"])
_DOT_WORD = r" (?:dot|punto|point|ponto) "
_ANY_DOT = rf"(?:{hosts.DOT}|{_DOT_WORD})"
_ATOM = r"[a-zA-Z0-9_%+\-']+"
_LOCAL = re.compile(rf"(?<![\w.%+\-])(?P<local>{_ATOM}(?:{_ANY_DOT}{_ATOM}){{0,4}})$", re.IGNORECASE)
_HOST = re.compile(rf"{hosts.LABEL}(?:{_ANY_DOT}{hosts.LABEL}){{1,6}}", re.IGNORECASE)
_WORD_DOT = re.compile(_DOT_WORD, re.IGNORECASE)
_VALID_LOCAL = re.compile(r"[a-z0-9_%+\-']+(?:\.[a-z0-9_%+\-']+)*")
_CONFIDENCE = {"plain": 0.98, "unicode": 0.95, "brackets": 0.95, "words": 0.85, "spaced": 0.7}
_WINDOW = 80


class Found(NamedTuple):
    """An address read from `text[start:end]` of the normalized text."""

    start: int
    end: int
    address: str
    method: str


class Email(Kind):
    """`local@host` in lower case. Plus tags and dots in the local part are kept: hosts differ in what they mean."""

    NAME = "email"
    TITLE = "E-mail address"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip().lower()
        text = text[7:] if text.startswith("mailto:") else text
        local, at, host = text.partition("@")
        if not at:
            for found in find_emails(text):
                if found.start == 0 and found.end == len(text):
                    return found.address
            raise InvalidIdentifier(cls.NAME, "expected name@host")
        host = hosts.refang(host)
        if not _VALID_LOCAL.fullmatch(local) or len(local) > 64:
            raise InvalidIdentifier(cls.NAME, "the part before '@' is not a mailbox name")
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "the part after '@' is not a host with a known top-level domain")
        return f"{local}@{host}"

    @classmethod
    def format(cls, value: str) -> str:
        return value

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for found in emails_of(reading):
            method = found.method
            if method == "plain" and reading.was_changed(found.start, found.end):
                method = "unicode"
            start, end = reading.span(found.start, found.end)
            raw = reading.original[start:end]
            yield Evidence(f"{cls.NAME}:{found.address}", raw, field, start, end, method, _CONFIDENCE[method])

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("write Jen.4u@mail.example.com.", "Jen.4u@mail.example.com", "jen.4u@mail.example.com"),
            Example("jen (at) example [dot] com", "jen (at) example [dot] com", "jen@example.com"),
            Example("mail me: jen_4u at example dot com", "jen_4u at example dot com", "jen_4u@example.com"),
            Example("jen arroba example punto com", "jen arroba example punto com", "jen@example.com"),
            Example("jen@example[.]com", "jen@example[.]com", "jen@example.com"),
        )


def emails_of(reading: Reading) -> tuple[Found, ...]:
    """The addresses of a text, searched for once for all kinds."""
    return reading.once(all_emails)


def all_emails(reading: Reading) -> tuple[Found, ...]:
    lowered = reading.lowered
    words = reading.words
    if "@" not in lowered and "at" not in words and "arroba" not in lowered and _SHORT_AT.search(lowered) is None:
        return ()
    if not reading.has_dot and _DOT_WORDS.isdisjoint(words):
        return ()
    return tuple(find_emails(reading.text))


def find_emails(text: str) -> Iterator[Found]:
    """Addresses in normalized text, in order, without overlaps. Linear: each anchor looks 80 characters around."""
    if _GATE.search(text) is None:
        return
    last = 0
    position = 0
    while True:
        anchor = _AT.search(text, position)
        if anchor is None:
            return
        position = anchor.start() + 1
        found = _around(text, anchor, last)
        if found is not None:
            yield found
            last = position = found.end


def _around(text: str, anchor: re.Match[str], last: int) -> Found | None:
    floor = max(last, anchor.start() - _WINDOW)
    kind = anchor.lastgroup or ""
    before = text[floor : anchor.start()]
    if kind == "plain" and before.endswith(" "):
        before, kind = before.rstrip(" "), "spaced"
    after_start = anchor.end()
    host_match = _HOST.match(text, after_start, after_start + 254)
    if host_match is None:
        return None
    written = host_match.group()
    by_word = _WORD_DOT.search(written) is not None
    cut = hosts.trimmed_host(_WORD_DOT.sub(lambda m: "." + "\0" * (len(m.group()) - 1), written).replace("\0", ""))
    if cut is None:
        return None
    host = cut[0]
    end = after_start + _written_length(written, host.count(".") + 1)
    local_match = _LOCAL.search(before)
    if local_match is None:
        return None
    local_written = local_match.group("local")
    if kind in ("plain", "spaced") and not by_word and _WORD_DOT.search(local_written):
        # "or dot jen@mail.example": with a plain sign the words before it are prose.
        local_written = _WORD_DOT.split(local_written)[-1]
    local = hosts.refang(_WORD_DOT.sub(".", local_written)).lower().strip(".-'")
    if not _VALID_LOCAL.fullmatch(local) or len(local) > 64:
        return None
    start = floor + local_match.end("local") - len(local_written)
    start += len(local_written) - len(local_written.lstrip(".-'"))
    method = _method(kind, by_word, written, host, local, anchor.group())
    if method is None or not local or text[start : start + 1] == "":
        return None
    return Found(start, end, f"{local}@{host}", method)


def _written_length(written: str, labels: int) -> int:
    """How many characters of `written` the first `labels` labels take."""
    end = 0
    pieces = re.finditer(rf"(?:{_ANY_DOT})?({hosts.LABEL})", written, re.IGNORECASE)
    for count, piece in enumerate(pieces, 1):
        end = piece.end()
        if count == labels:
            break
    return end


def _method(kind: str, by_word: bool, written: str, host: str, local: str, anchor: str) -> str | None:
    hidden_dot = by_word or re.search(r"[\[({<]", written) is not None
    if kind == "plain":
        return "brackets" if hidden_dot and not by_word else "words" if by_word else "plain"
    if kind == "bracket":
        return "brackets"
    if kind == "word":
        sure = "arroba" in anchor.lower() or hidden_dot or host in hosts.MAIL_PROVIDERS
        return "words" if sure else None
    return "words" if by_word else "spaced"
