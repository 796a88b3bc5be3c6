"""URLs and domains, plain and defanged (`hxxps://site[.]example`, `site (dot) example`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from urllib.parse import urlsplit

from minerva.identifiers import hosts
from minerva.identifiers.email import mail_spans
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.platforms import PLATFORM_HOSTS
from minerva.identifiers.reading import Reading
from minerva.identifiers.spans import starts_outside

_SCHEME = r"h(?:tt|xx|\*\*)ps?(?:\[:\]|:)(?://|\[//\]|\[/\]\[/\])"
_BEFORE = rf"(?:(?<![A-Za-z0-9_])(?P<scheme>{_SCHEME})|(?<![\w]))"
_BEHIND = r"(?P<port>:[0-9]{1,5}(?![0-9]))?(?P<path>[/?#][^\s<>\"'`{}|\\^]*)?"
URL = re.compile(rf"{_BEFORE}(?P<host>{hosts.HOST}){_BEHIND}", re.IGNORECASE)
_ANY_URL = re.compile(rf"{_BEFORE}(?P<host>{hosts.ANY_HOST}){_BEHIND}", re.IGNORECASE)
_INSIDE_URL = re.compile(URL.pattern, re.IGNORECASE | re.ASCII)
"""Hosts of ASCII letters between letters of other scripts, which are written without blanks."""
_SCHEME_ONLY = re.compile(rf"^{_SCHEME}", re.IGNORECASE)
_WORD_DOT = r"(?: (?:dot|punto|point|ponto|punkt) |-(?:dot|punto)-|_(?:dot|punto)_)"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9]|-(?!(?:dot|punto)-)){0,62}"
_WORD_DOT_HOST = re.compile(
    rf"(?<![\w.\-@])(?:(?:www|w w w)(?:{_WORD_DOT}| ?\. ?))?{_LABEL}(?:{_WORD_DOT}{_LABEL}){{0,2}}{_WORD_DOT}"
    r"(?:com|net|org|info|biz|co|example)(?![\w\-])",
    re.IGNORECASE,
)
_SPACED_HOST = re.compile(
    rf"(?<![\w.\-@])(?:www ?\. ?{hosts.LABEL} ?\. ?[a-z]{{2,6}}"
    rf"|{hosts.LABEL} \. (?:com|net|org|info|biz|example|co ?\. ?uk))(?![\w\-])",
    re.IGNORECASE,
)
_ANY_WORD_DOT = re.compile(_WORD_DOT, re.IGNORECASE)
_WORD_TOP = re.compile(r"[ _\-](?:dot|punto|point|ponto|punkt)[ _\-](?:com|net|org|info|biz|co|example)", re.IGNORECASE)
"""In every match of _WORD_DOT_HOST."""
_SPACED_TOP = re.compile(r" \. (?:com|net|org|info|biz|co|example)|www(?: \.|\. )", re.IGNORECASE)
"""In every match of _SPACED_HOST that a pattern without blanks does not find."""
_TRACKING = re.compile(r"^(?:utm_[a-z]+|fbclid|gclid|igshid|mc_[a-z]+|ref_src)=", re.IGNORECASE)
_BRACKET_DOT = re.compile(r"[\[({<] ?(?:\.|dot|punto|point|ponto) ?[\])}>]", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_LETTER_DOT = re.compile(r"\.[^\W\d_]")
_AT_BEFORE = re.compile(r"(?:@ ?|[\[({<] ?(?:at|a|arroba) ?[\])}>] ?| (?:at|arroba) )$", re.IGNORECASE)
_HIDDEN = re.compile(r"[\[({<]| (?:dot|punto|point|ponto|punkt) |hxxp|h\*\*p", re.IGNORECASE)
_MAX_LENGTH = 2000
_OTHER_SCHEME = re.compile(r"(?<![A-Za-z])[a-z][a-z*]{2,8}(?<!file)://$", re.IGNORECASE)
"""A scheme of another protocol, or one that hides the real one (`meow://`)."""
_NEXT = re.compile(r"[,;|](?=h(?:tt|xx)ps?:)|[.,;:!?]?[\u3000-\u303f\uff00-\uffef]|[.,][\u4e00-\u9fff]")
"""Where a web address without a blank behind it ends."""
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne"])
_IN_CODE = frozenset(
    ["this", "self", "obj", "object", "item", "items", "window", "document", "data", "req", "res", "request", "event",
     "props", "state", "cls", "std", "user", "row", "node", "args", "config", "options", "context"]
)  # fmt: skip


class Url(Kind):
    """`https://host/path?query`: scheme always https, host in lower case without www., no fragment, no tracking."""

    NAME = "url"
    TITLE = "Web address"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = hosts.refang(Reading(value).text.strip())
        # A dot may stand in brackets within brackets; so few signs are looked through again soon.
        while len(text) <= _MAX_LENGTH and (again := hosts.refang(text)) != text:
            text = again
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
        host = _without_www(hosts.to_ascii(host) or "")
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "no host with a known top-level domain")
        shown_port = f":{port}" if port not in (None, 80, 443) else ""
        query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
        path = re.sub(r"%[0-9a-fA-F]{2}", lambda match: match.group().upper(), parts.path).rstrip("/")
        return f"https://{host}{shown_port}{path}" + (f"?{query}" if query else "")

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for match, host, end in web_matches(reading):
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
        written = re.split(r"[/?#:]", _SCHEME_ONLY.sub("", text), maxsplit=1)[0].rstrip(".")
        host = _without_www(hosts.to_ascii(written) or "")
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "no host name with a known top-level domain")
        return host

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        found = []
        for match, host, end in web_matches(reading):
            value = _without_www(host)
            if value in PLATFORM_HOSTS or not hosts.is_host(value):
                continue
            start = match.start("host")
            end = min(end, match.start("host") + len(match.group("host")))
            sure = match.group("scheme") is not None or host != value
            found.append(_evidence(cls, value, reading, start, end, field, 0.97 if sure else 0.85))
        said = _said_hosts(reading)
        if not said:
            return iter(found)
        taken = [(each.start, each.end) for each in found]
        for host, start, end in said:
            each = _evidence(cls, host, reading, start, end, field, 0.7)
            if all(each.end <= first or last <= each.start for first, last in taken):
                found.append(each)
        return iter(sorted(found, key=lambda each: each.start))

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


def _said_hosts(reading: Reading) -> list[tuple[str, int, int]]:
    """(host, start, end) of hosts outside e-mail addresses with their dots in words or blanks around them."""
    lowered = reading.lowered
    patterns: list[re.Pattern[str]] = []
    for word in _WORD_DOTS:
        if word in lowered:
            if _stands(_WORD_TOP, reading):
                patterns.append(_WORD_DOT_HOST)
            break
    if (" ." in lowered or "www. " in lowered) and _stands(_SPACED_TOP, reading):
        patterns.append(_SPACED_HOST)
    found = []
    for pattern in patterns:
        for match in pattern.finditer(reading.text):
            start, end = match.span()
            host = _without_www(re.sub(r" ?\. ?", ".", _ANY_WORD_DOT.sub(".", match.group())).replace("w w w.", "www."))
            mailed = _AT_BEFORE.search(reading.text, max(0, start - 20), start) is not None or any(
                first < end and start < last for first, last in mail_spans(reading)
            )
            if not mailed and hosts.is_host(host) and host not in PLATFORM_HOSTS:
                found.append((host, start, end))
    return found


def _stands(top: re.Pattern[str], reading: Reading) -> bool:
    """Whether a dot and what it stands before, as `top` finds them, are in the text and in no e-mail address."""
    text = reading.text
    if top.search(text) is None:
        return False
    return next(starts_outside(top.finditer(text), mail_spans(reading)), None) is not None


_WORD_DOTS = frozenset(["dot", "punto", "point", "ponto", "punkt"])
_WebMatch = tuple["re.Match[str]", str, int]


def web_matches(reading: Reading) -> list[_WebMatch]:
    """(match, host as written in lower case, end) of each URL or bare host outside e-mail addresses."""
    return reading.once(_all_hosts) if reading.has_dot else []


def _all_hosts(reading: Reading) -> list[_WebMatch]:
    return list(_hosts_outside(reading.text, mail_spans(reading)))


def has_bracket_dot(text: str) -> bool:
    return _BRACKET_DOT.search(text) is not None


def possible_hosts(text: str, mails: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Matches of URL, which never reach over a blank unless a dot in brackets does; those are left out whose dots, one
    of which stands before the letters of a top-level domain, are all in `mails`."""
    dots = starts_outside(_LETTER_DOT.finditer(text), mails)
    if has_bracket_dot(text):
        if next(chain(dots, starts_outside(_BRACKET_DOT.finditer(text), mails)), None) is not None:
            yield from URL.finditer(text)
        return
    done = 0
    for place in dots:
        if place < done or not (text[place - 1 : place].isalnum() or text[place - 1 : place] == "-"):
            continue
        start = place - len(text[done:place].rsplit(None, 1)[-1])
        blank = _BLANK.search(text, place)
        done = blank.start() if blank is not None else len(text)
        yield from hosts_in_word(text, (start, done))


def hosts_in_word(text: str, span: tuple[int, int]) -> Iterator[re.Match[str]]:
    """Matches in a word: with letters of other scripts, whole hosts in them, else ASCII hosts between them."""
    if text[slice(*span)].isascii():
        yield from URL.finditer(text, *span)
        return
    found = [m for m in _ANY_URL.finditer(text, *span) if hosts.trimmed_host(m.group("host")) is not None]
    yield from found or _INSIDE_URL.finditer(text, *span)


def _hosts_outside(text: str, mails: list[tuple[int, int]]) -> Iterator[_WebMatch]:
    index = 0
    for match in possible_hosts(text, mails):
        start, end = match.span()
        while index < len(mails) and mails[index][1] <= start:
            index += 1
        if index < len(mails) and mails[index][0] < end:
            continue
        before = text[max(0, start - 1) : start]
        if before in ("@", ".", "-", "\\") or text[end : end + 1] == "@":
            continue
        if before == "/" and _OTHER_SCHEME.search(text, max(0, start - 12), start) is None:
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
    if whole and match.group("path") is not None and host in PLATFORM_HOSTS:
        return True
    if _is_code(match, whole):
        return False
    if host in hosts.PRODUCTS or all(len(label) == 1 for label in labels[:-1]):
        return False
    has_path = whole and match.group("path") is not None
    hidden = "[" in match.group("host") or "(" in match.group("host")
    if hidden or (has_path and labels[-1] not in hosts.FILE_ENDINGS):
        return True
    if labels[-1] in hosts.FILE_ENDINGS or (len(labels) == 2 and len(labels[0]) < 2):
        return False
    if labels[0] in _IN_CODE and labels[-1] not in ("com", "net", "org"):
        return False
    if labels[-1] in hosts.WORD_TLDS and labels[-1] != "com":
        if len(labels) < 3:
            return False
        return labels[-2] in _SECOND_LEVEL if hosts.is_suffix(f"{labels[-2]}.{labels[-1]}") else len(labels[-2]) > 2
    return not all(label.isdigit() for label in labels[:-1])


_TITLES = re.compile(r"[A-Z][a-z]+\.(?!Com$|Net$|Org$)[A-Z][a-z]+")


def _is_code(match: re.Match[str], whole: bool) -> bool:
    """Whether a host without scheme is rather a name in a program: `items.map(`, `optionValues.select`."""
    written = match.group("host")
    first = written.partition(".")[0]
    if whole and match.string[match.end("host") : match.end("host") + 2].startswith(("(", "::", "()")):
        return True
    if _TITLES.fullmatch(written) is not None:
        return True
    return first[:1].islower() and not first.islower() and not written.endswith((".com", ".net", ".org"))


def _without_tail(url: str) -> str:
    """`url` without what belongs to the sentence around it."""
    behind = _NEXT.search(url, 8)
    url = url if behind is None else url[: behind.start()]
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
    hidden = _HIDDEN.search(raw) is not None
    method = "defanged" if hidden else "unicode" if reading.was_changed(start, end) else "plain"
    return evidence_of((f"{kind.NAME}:{value}", raw, field, first, last, method, confidence, ()))
