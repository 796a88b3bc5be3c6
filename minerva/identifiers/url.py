"""URLs and domains, plain and defanged (`hxxps://site[.]example`, `site (dot) example`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from minerva.identifiers import hosts, mail_forms, sureness
from minerva.identifiers.bare_hosts import is_sure
from minerva.identifiers.email import Email, all_emails, emails_of, mail_evidence, mail_spans, search_in
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.lockstep import Search, alone
from minerva.identifiers.platforms import PLATFORM_HOSTS
from minerva.identifiers.reading import Reading, reads_as_it_is
from minerva.identifiers.said_hosts import said_hosts, said_in
from minerva.identifiers.spans import meets

_SCHEME = r"h(?:tt|xx|\*\*)ps?(?:\[:\]|:)(?://|\[//\]|\[/\]\[/\])"
_BEFORE = rf"(?:(?<![A-Za-z0-9_])(?P<scheme>{_SCHEME})|(?<![\w]))"
_BEHIND = r"(?P<port>:[0-9]{1,5}(?![0-9]))?(?P<path>[/?#][^\s<>\"'`{}|\\^]*)?"
URL = re.compile(rf"{_BEFORE}(?P<host>{hosts.HOST}){_BEHIND}", re.IGNORECASE)
_ANY_URL = re.compile(rf"{_BEFORE}(?P<host>{hosts.ANY_HOST}){_BEHIND}", re.IGNORECASE)
_INSIDE_URL = re.compile(URL.pattern, re.IGNORECASE | re.ASCII)
"""Hosts of ASCII letters between letters of other scripts, which are written without blanks."""
_SCHEME_ONLY = re.compile(rf"^{_SCHEME}", re.IGNORECASE)
_TRACKING = re.compile(r"^(?:utm_[a-z]+|fbclid|gclid|igshid|mc_[a-z]+|ref_src)=", re.IGNORECASE)
# Capitals are looked for in the words alone: the search for brackets is quicker then.
_BRACKET_DOT = re.compile(r"[\[({<] ?(?i:\.|dot|punto|point|ponto) ?[\])}>]")
_BRACKET_DOT_LENGTH = 9
_BLANK = re.compile(r"\s")
_LETTER_DOT = re.compile(r"\.[^\W\d_]")
_SAID_DOT = re.compile(r" (?:dot|punto|point|ponto|punkt) ", re.IGNORECASE)
_USUAL = re.compile(r"(?:https?://)?([A-Za-z0-9.\-]{4,253})((?:/[A-Za-z0-9_.~@+\-/]{0,1000})?)")
"""An address as most are written: what `normalize` changes of it is seen at once."""
_MAX_LENGTH = 2000
_OTHER_SCHEME = re.compile(r"(?<![A-Za-z])[a-z][a-z*]{2,8}(?<!file)://$", re.IGNORECASE)
"""A scheme of another protocol, or one that hides the real one (`meow://`)."""
_NEXT = re.compile(r"[,;|](?=h(?:tt|xx)ps?:)|[.,;:!?]?[\u3000-\u303f\uff00-\uffef]|[.,][\u4e00-\u9fff]")
"""Where a web address without a blank behind it ends."""


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
        host = hosts.without_www(hosts.to_ascii(host) or "")
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "no host with a known top-level domain")
        shown_port = f":{port}" if port not in (None, 80, 443) else ""
        query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
        path = re.sub(r"%[0-9a-fA-F]{2}", lambda match: match.group().upper(), parts.path).rstrip("/")
        return f"https://{host}{shown_port}{path}" + (f"?{query}" if query else "")

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        found = []
        for match, host, end in web_matches(reading):
            scheme, path = match.group("scheme", "path")
            if scheme is None and not host.startswith("www."):
                has_more = path is not None and len(path) > 1 and end > match.end("host")
                if not has_more:
                    continue
            start = match.start()
            written = match.string[start:end]
            value = usual_form(written)
            if value is None:
                try:
                    value = cls.normalize(written)
                except InvalidIdentifier:
                    continue
            found.append(_evidence("url:" + value, reading, start, end, field, 0.97 if scheme else 0.9))
        return iter(found)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("see http://www.Site.example/Jen?utm_source=x", "http://www.Site.example/Jen?utm_source=x",
                    "https://site.example/Jen"),
            Example("(hxxps://site[.]example/a)", "hxxps://site[.]example/a", "https://site.example/a"),
            Example("www.site.example.", "www.site.example", "https://site.example"),
        )  # fmt: skip


def addresses_in(text: str, kinds: Sequence[type[Kind]], region: str | None, field: str) -> list[Evidence]:
    """What `Email` and others of `kinds`, Url and Domain, find in a text, kind by kind: most texts show at once that
    they hold nothing but e-mail addresses."""
    return alone(search_addresses(text, kinds, region, field))


def search_addresses(text: str, kinds: Sequence[type[Kind]], region: str | None, field: str) -> Search[list[Evidence]]:
    """`addresses_in`."""
    # Such texts are read as they are.
    reading = None if reads_as_it_is(text) else Reading(text)
    if reading is None:
        shown, lowered = text, text.lower()
        mails = yield from mail_forms.search(text, lowered)
    else:
        reading.know(all_emails, (yield from search_in(reading)))
        shown, lowered, mails = reading.text, reading.lowered, emails_of(reading)
    yield mail_forms.HOSTS
    spans = [each[:2] for each in mails]
    has_host = shows_host(shown, spans)
    if not (has_host or said_in(shown, lowered, spans)):
        return mail_evidence(mails, text, field) if reading is None else list(Email.extract(reading, field=field))
    if reading is None:
        reading = Reading(text)
        reading.know(all_emails, mails)
        reading.know(_all_hosts, _hosts_outside(text, spans) if has_host else [])
    return [item for kind in kinds for item in kind.extract(reading, region=region, field=field)]


class Domain(Kind):
    """A host name in lower case without www. Hosts of platforms with profiles (instagram.com) are not emitted."""

    NAME = "domain"
    TITLE = "Domain"
    STRONG = False

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = hosts.refang(Reading(value).text.strip())
        written = re.split(r"[/?#:]", _SCHEME_ONLY.sub("", text), maxsplit=1)[0].rstrip(".")
        host = hosts.without_www(hosts.to_ascii(written) or "")
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "no host name with a known top-level domain")
        return host

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        found = []
        for match, host, end in web_matches(reading):
            value = hosts.without_www(host)
            if value in PLATFORM_HOSTS or not hosts.is_host(value):
                continue
            start, last = match.span("host")
            sure = match["scheme"] is not None or host != value
            found.append(_evidence("domain:" + value, reading, start, min(end, last), field, 0.97 if sure else 0.85))
        said = said_hosts(reading)
        if not said:
            return iter(found)
        taken = [(each.start, each.end) for each in found]
        for host, start, end in said:
            each = _evidence("domain:" + host, reading, start, end, field, 0.7)
            if not meets(taken, each.start, each.end):
                found.append(each)
        return iter(sorted(found, key=lambda each: each.start))

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("my site jen-salon.example today", "jen-salon.example", "jen-salon.example"),
            Example("https://www.site.example/a", "www.site.example", "site.example"),
            Example("site[.]example", "site[.]example", "site.example"),
        )


def usual_form(written: str) -> str | None:
    """What `Url.normalize` makes of an address that is written as most are; None of any other."""
    usual = _USUAL.fullmatch(written)
    if usual is None:
        return None
    host = hosts.without_www(usual[1])
    return f"https://{host}{usual[2].rstrip('/')}" if hosts.is_host(host) else None


_WebMatch = tuple["re.Match[str]", str, int]


def web_matches(reading: Reading) -> list[_WebMatch]:
    """(match, host as written in lower case, end) of each URL or bare host outside e-mail addresses."""
    return reading.once(_all_hosts)


def _all_hosts(reading: Reading) -> list[_WebMatch]:
    text = reading.text
    if not ("." in text or _has_bracket(text)):
        return []
    mails = mail_spans(reading)
    # Beyond ASCII `shows_host` takes more letters for those of a dot's name.
    return _hosts_outside(text, mails) if shows_host(text, mails) and reading.has_dot else []


def shows_host(text: str, mails: Sequence[tuple[int, int]]) -> bool:
    """Whether a dot stands before a letter or in brackets outside of `mails`, as one does in every host there."""
    place = 0
    for start, end in mails:
        # The letter behind a dot may be the first one of the address.
        if _LETTER_DOT.search(text, place, start + 1) is not None:
            return True
        place = end
    return _LETTER_DOT.search(text, place) is not None or (_has_bracket(text) and _shows_bracket_dot(text, mails))


def _shows_bracket_dot(text: str, mails: Sequence[tuple[int, int]]) -> bool:
    place = 0
    for start, end in mails:
        dot = _BRACKET_DOT.search(text, place, start + _BRACKET_DOT_LENGTH - 1)
        if dot is not None and dot.start() < start:
            return True
        place = end
    return _BRACKET_DOT.search(text, place) is not None


def _has_bracket(text: str) -> bool:
    return "(" in text or "[" in text or "{" in text or "<" in text


def has_bracket_dot(text: str) -> bool:
    return _has_bracket(text) and _BRACKET_DOT.search(text) is not None


def possible_hosts(text: str, mails: Sequence[tuple[int, int]]) -> Iterable[re.Match[str]]:
    """Matches of URL in a text of which `shows_host` is true. They never reach over a blank unless a dot in brackets
    does; those are left out whose dots, one of which stands before the letters of a top-level domain, are all in
    `mails`."""
    if has_bracket_dot(text):
        return URL.finditer(text)
    found: list[re.Match[str]] = []
    index = done = 0
    dot = _LETTER_DOT.search(text)
    while dot is not None:
        place = dot.start()
        while index < len(mails) and mails[index][1] <= place:
            index += 1
        if index < len(mails) and mails[index][0] <= place:
            dot = _LETTER_DOT.search(text, mails[index][1])
            continue
        if not (text[place - 1 : place].isalnum() or text[place - 1 : place] == "-"):
            dot = _LETTER_DOT.search(text, place + 1)
            continue
        start = place - len(text[done:place].rsplit(None, 1)[-1])
        blank = _BLANK.search(text, place)
        done = blank.start() if blank is not None else len(text)
        found += hosts_in_word(text, (start, done))
        dot = _LETTER_DOT.search(text, done)
    return found


def hosts_in_word(text: str, span: tuple[int, int]) -> Iterable[re.Match[str]]:
    """Matches in a word: with letters of other scripts, whole hosts in them, else ASCII hosts between them."""
    if text[slice(*span)].isascii():
        return URL.finditer(text, *span)
    found = [m for m in _ANY_URL.finditer(text, *span) if hosts.trimmed_host(m.group("host")) is not None]
    return found or _INSIDE_URL.finditer(text, *span)


def _hosts_outside(text: str, mails: list[tuple[int, int]]) -> list[_WebMatch]:
    found: list[_WebMatch] = []
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
        scheme, written, port, path = match.group("scheme", "host", "port", "path")
        cut = hosts.trimmed_host(written)
        if cut is None:
            continue
        host, length = cut
        whole = length == len(written)
        stop = match.start("host") + length
        if whole and (path or port):
            stop = start + len(_without_tail(match.group()))
        if scheme is None and not is_sure(host, match, whole):
            continue
        found.append((match, host, stop))
    return found


def _without_tail(url: str) -> str:
    """`url` without what belongs to the sentence around it."""
    # In ASCII only the scheme of the next address is found.
    behind = _NEXT.search(url, 8) if url.find(":", 8) > 0 or not url.isascii() else None
    url = url if behind is None else url[: behind.start()]
    end = len(url)
    surplus: dict[str, int] = {}
    while end:
        last = url[end - 1]
        if last in ")]":
            if last not in surplus:
                surplus[last] = url.count(last, 0, end) - url.count("(" if last == ")" else "[", 0, end)
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in ".,;:!?*_~":
            break
        end -= 1
    return url[:end]


def _evidence(identifier: str, reading: Reading, start: int, end: int, field: str, confidence: float) -> Evidence:
    first, last = reading.span(start, end) if reading.changed else (start, end)
    raw = reading.original[first:last]
    if _is_hidden(raw):
        method = "defanged"
    else:
        method = "unicode" if reading.changed and raw != reading.text[start:end] else "plain"
    sure = sureness.given(identifier.partition(":")[0], method, confidence)
    return evidence_of((identifier, raw, field, first, last, method, sure, ()))


def _is_hidden(raw: str) -> bool:
    """Whether an address or host is written so that no program follows it."""
    lowered = raw.lower()
    return (
        _has_bracket(raw)
        or "hxxp" in lowered
        or "h**p" in lowered
        or (" " in raw and _SAID_DOT.search(raw) is not None)
    )
