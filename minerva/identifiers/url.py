"""URLs and domains, plain and defanged (`hxxps://site[.]example`, `site (dot) example`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from minerva.identifiers import hosts
from minerva.identifiers.email import emails_of
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.platforms import PLATFORM_HOSTS
from minerva.identifiers.reading import Reading

_SCHEME = r"h(?:tt|xx)ps?(?:\[:\]|:)(?://|\[//\])"
URL = re.compile(
    rf"(?<![\w])(?P<scheme>{_SCHEME})?(?P<host>{hosts.HOST})(?P<port>:[0-9]{{1,5}}(?![0-9]))?"
    rf"(?P<path>[/?#][^\s<>\"'`{{}}|\\^]*)?",
    re.IGNORECASE,
)
_SCHEME_ONLY = re.compile(rf"^{_SCHEME}", re.IGNORECASE)
_WORD_DOT_HOST = re.compile(
    rf"(?<![\w.\-@])({hosts.LABEL}) (?:dot|punto) (com|net|org|info|biz|co|example)(?![\w\-])", re.IGNORECASE
)
_TRACKING = re.compile(r"^(?:utm_[a-z]+|fbclid|gclid|igshid|mc_[a-z]+|ref_src)=", re.IGNORECASE)
_BRACKET_DOT = re.compile(r"[\[({<] ?(?:\.|dot|punto|point|ponto) ?[\])}>]", re.IGNORECASE)
_NO_BLANKS = re.compile(r"\S+")
_AT_BEFORE = re.compile(r"(?:@ ?|[\[({<] ?(?:at|a|arroba) ?[\])}>] ?| (?:at|arroba) )$", re.IGNORECASE)
_MAX_LENGTH = 2000


class Url(Kind):
    """`https://host/path?query`: scheme always https, host in lower case without www., no fragment, no tracking."""

    NAME = "url"
    TITLE = "Web address"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = hosts.refang(Reading(value).text.strip())
        text = _SCHEME_ONLY.sub("https://", text)
        if not text.startswith("https://"):
            if re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:(?![0-9])", text):
                raise InvalidIdentifier(cls.NAME, "expected an http or https address")
            text = "https://" + text
        if len(text) > _MAX_LENGTH or re.search(r"[\s<>\"\x00-\x1f]", text):
            raise InvalidIdentifier(cls.NAME, "blanks, quotes or more than 2000 characters")
        try:
            parts = urlsplit(text)
            port = parts.port
            host = (parts.hostname or "").rstrip(".")
        except ValueError:
            raise InvalidIdentifier(cls.NAME, "not a web address") from None
        if parts.username is not None:
            raise InvalidIdentifier(cls.NAME, "a user name stands before the host")
        host = _without_www(host)
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "no host with a known top-level domain")
        shown_port = f":{port}" if port not in (None, 80, 443) else ""
        query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
        path = re.sub(r"%[0-9a-fA-F]{2}", lambda match: match.group().upper(), parts.path).rstrip("/")
        return f"https://{host}{shown_port}{path}" + (f"?{query}" if query else "")

    @classmethod
    def format(cls, value: str) -> str:
        return value

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for match, host, end in _web_matches(reading):
            path = match.group("path")
            has_more = path is not None and len(path) > 1 and end > match.end("host")
            if match.group("scheme") is None and not has_more and not host.startswith("www."):
                continue
            try:
                value = cls.normalize(match.string[match.start() : end])
            except InvalidIdentifier:
                continue
            yield _evidence(cls, value, reading, match.start(), end, field, 0.97 if match.group("scheme") else 0.9)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("see http://www.Site.example/Jen?utm_source=x", "http://www.Site.example/Jen?utm_source=x",
                    "https://site.example/Jen"),
            Example("(hxxps://site[.]example/a)", "hxxps://site[.]example/a", "https://site.example/a"),
            Example("www.site.example.", "www.site.example", "https://site.example"),
        )  # fmt: skip


class Domain(Kind):
    """A host name in lower case without www. Hosts of platforms with profiles (instagram.com) are not emitted."""

    NAME = "domain"
    TITLE = "Domain"
    STRONG = False

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = hosts.refang(Reading(value).text.strip())
        host = _without_www(re.split(r"[/?#:]", _SCHEME_ONLY.sub("", text), maxsplit=1)[0].rstrip(".").lower())
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "no host name with a known top-level domain")
        return host

    @classmethod
    def format(cls, value: str) -> str:
        return value

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        text = reading.text
        for match, host, end in _web_matches(reading):
            value = _without_www(host)
            if value in PLATFORM_HOSTS or not hosts.is_host(value):
                continue
            start = match.start("host")
            end = min(end, match.start("host") + len(match.group("host")))
            sure = match.group("scheme") is not None or host != value
            yield _evidence(cls, value, reading, start, end, field, 0.97 if sure else 0.85)
        if " dot " not in reading.lowered and " punto " not in reading.lowered:
            return
        for match in _WORD_DOT_HOST.finditer(text):
            host = f"{match.group(1)}.{match.group(2)}".lower()
            if hosts.is_host(host) and _AT_BEFORE.search(text, 0, match.start()) is None and host not in PLATFORM_HOSTS:
                yield _evidence(cls, host, reading, match.start(), match.end(), field, 0.7)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("my site jen-salon.example today", "jen-salon.example", "jen-salon.example"),
            Example("https://www.site.example/a", "www.site.example", "site.example"),
            Example("site[.]example", "site[.]example", "site.example"),
        )


def _without_www(host: str) -> str:
    """`host` in lower case without `www.`, unless nothing but a top-level domain would be left."""
    host = host.lower()
    while host.startswith("www.") and host.count(".") >= 2:
        host = host[4:]
    return host


_WebMatch = tuple["re.Match[str]", str, int]


def _web_matches(reading: Reading) -> list[_WebMatch]:
    """(match, host as written in lower case, end) of each URL or bare host outside e-mail addresses."""
    return reading.once(_all_hosts) if reading.has_dot else []


def _all_hosts(reading: Reading) -> list[_WebMatch]:
    return list(_hosts_outside(reading.text, [(found.start, found.end) for found in emails_of(reading)]))


def possible_hosts(text: str) -> Iterator[re.Match[str]]:
    """Matches of URL, which never reach over a blank unless a dot in brackets does."""
    if _BRACKET_DOT.search(text) is not None:
        yield from URL.finditer(text)
        return
    for word in _NO_BLANKS.finditer(text):
        if "." in word.group():
            yield from URL.finditer(text, *word.span())


def _hosts_outside(text: str, mails: list[tuple[int, int]]) -> Iterator[_WebMatch]:
    index = 0
    for match in possible_hosts(text):
        start, end = match.span()
        while index < len(mails) and mails[index][1] <= start:
            index += 1
        if index < len(mails) and mails[index][0] < end:
            continue
        if text[max(0, start - 1) : start] in ("@", ".", "-", "/", "\\") or text[end : end + 1] == "@":
            continue
        cut = hosts.trimmed_host(match.group("host"))
        if cut is None:
            continue
        host, length = cut
        whole = length == len(match.group("host"))
        stop = match.start("host") + length
        if whole and (match.group("path") or match.group("port")):
            stop = start + len(_without_tail(match.group()))
        if match.group("scheme") is None and not _is_sure(host, match, whole):
            continue
        yield match, host, stop


def _is_sure(host: str, match: re.Match[str], whole: bool) -> bool:
    """Whether a host without scheme is a host and no file name, sentence or abbreviation."""
    if host.startswith("www."):
        return True
    labels = host.split(".")
    has_path = whole and match.group("path") is not None
    hidden = "[" in match.group("host") or "(" in match.group("host")
    if hidden or (has_path and labels[-1] not in hosts.FILE_ENDINGS):
        return True
    if labels[-1] in hosts.FILE_ENDINGS or (len(labels) == 2 and len(labels[0]) < 2):
        return False
    if labels[-1] in hosts.WORD_TLDS and labels[-1] != "com":
        return len(labels) > 2 and labels[-2] + "." + labels[-1] not in hosts.SUFFIXES and len(labels[-2]) > 2
    return not all(label.isdigit() for label in labels[:-1])


def _without_tail(url: str) -> str:
    """`url` without the punctuation that belongs to the sentence around it."""
    while url:
        last = url[-1]
        if last in ".,;:!?*_~" or (last in ")]" and url.count(last) > url.count("(" if last == ")" else "[")):
            url = url[:-1]
        else:
            break
    return url


def _evidence(
    kind: type[Kind], value: str, reading: Reading, start: int, end: int, field: str, confidence: float
) -> Evidence:
    first, last = reading.span(start, end)
    raw = reading.original[first:last]
    hidden = re.search(r"[\[({<]| (?:dot|punto) |hxxp", raw, re.IGNORECASE) is not None
    method = "defanged" if hidden else "unicode" if reading.was_changed(start, end) else "plain"
    return Evidence(f"{kind.NAME}:{value}", raw, field, first, last, method, confidence)
