"""Names that money is sent to: Cash App cashtags, PayPal.me, Venmo and others (payment_services.py).

Zelle, PIX and most bank transfers go to a phone, an e-mail address or an account number and have no tag of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from minerva.identifiers import hosts
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.payment_again import may_tell_again, told_again
from minerva.identifiers.payment_cashtags import SAYING, cashtags
from minerva.identifiers.payment_services import (
    OFTEN_DISGUISED,
    SERVICE_BY_HOST,
    SERVICE_BY_NAME,
    SERVICE_LEET,
    SERVICE_WORDS,
    SERVICES,
    STOP,
    Service,
    service_called,
)
from minerva.identifiers.payment_verdicts import AM_JOIN, BESIDE, is_told
from minerva.identifiers.platform_joins import ARROWS
from minerva.identifiers.reading import Reading
from minerva.identifiers.said_links import BEHIND_LINK, bare, last_letters, may_hold_link, said_links
from minerva.identifiers.spans import without_overlaps
from minerva.identifiers.told import Told, shared, words_of
from minerva.identifiers.username_bare import is_unknown
from minerva.identifiers.username_one_word import apart
from minerva.identifiers.username_pieces import spoken

_TAG = r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,38}"
_LINK_HOSTS = alternation(list(SERVICE_BY_HOST)).replace(r"\.", rf"(?:\.|{hosts.BRACKET_DOT}| \. ?| dot )")
_LINK_HOSTS = _LINK_HOSTS.replace("paypal", "pay ?pal")
_LINK = re.compile(
    rf"(?<![\w.\-@])(?:h(?:tt|xx)ps?://)?(?:www\.)?(?P<host>{_LINK_HOSTS})"
    rf"/[$@]?(?P<tag>{_TAG})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?<![\w@.])(?P<word>{SERVICE_WORDS})(?:'s)?"
    rf"(?P<join>(?:{AM_JOIN}| ?(?:is at|me at|(?:are )?both|me|tag|name|id|user ?name|user|handle|is|es|at"
    rf"|to|as|under)?(?: is)? ?)"
    rf"(?:[:=~>\-{ARROWS}]\ufe0f?){{0,2}} ?"
    rf"(?:[(\[]at[)\]] ?)?(?:[(\[](?=[$@]|[a-z0-9][\w\-]{{4,30}}[)\]]))?)"
    rf"(?P<sign>(?:[$@] ?)?)(?P<tag>{_TAG})",
    re.IGNORECASE,
)
_ON_SERVICE = re.compile(
    rf"@(?<![\w.@]@)(?P<tag>{_TAG})(?: (?:on|at|via|en|sur) (?:my )?| (?:is|es) (?:my|mi) | ?\()"
    rf"(?P<word>{SERVICE_WORDS})(?![\w@])\)?",
    re.IGNORECASE,
)
_BY_LETTERS = bare(SERVICE_BY_HOST)
_LASTS = last_letters(SERVICE_BY_HOST)
_BEHIND_LINK = re.compile(rf"{BEHIND_LINK}(?P<tag>{_TAG})", re.IGNORECASE)
_SHARED = "shared_tag"
"""The one way of telling a tag whose span overlaps the span of another."""
_SAME_BEHIND = re.compile(
    rf"[ ,;.(&/\-]{{1,3}}(?:and )?(?:(?P<word>{SERVICE_WORDS})(?: is)? (?:the )?same"
    rf"|(?:the )?same (?:name )?(?:on|for) (?:my )?(?P<on>{SERVICE_WORDS}))(?=\s*(?:$|[\n.,;!?)]))",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[0-9_]")
_GATES = frozenset(
    max(re.findall(r"[^\W\d_]+", name), key=len)
    for name in (
        *(name for service in SERVICES for name in (*service.words, *service.hosts)),
        *(
            "".join(chars)
            for name in OFTEN_DISGUISED
            for chars in product(*(SERVICE_LEET.get(char, char) for char in name))
        ),
    )
)
"""The longest word of each name, also of one with signs for letters: a text without them names no service."""
_APART_GATES = tuple(map(frozenset, ("vnm", "pyp", "chp", ("ven", "mo"), ("cas", "happ"), ("payp", "al"))))
"""Letters of each of OFTEN_DISGUISED that no sign is written for, and the halves of each."""


class PaymentTag(Kind):
    """`<service>/<tag>` in lower case without the sign before it: `cashapp/jen4u`."""

    NAME = "payment_tag"
    TITLE = "Payment tag"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        link = _LINK.fullmatch(text.rstrip("/"))
        service = _host_service(link) if link is not None else None
        if link is not None and service is not None:
            tag = link.group("tag")
        elif text.startswith("$") and not qualifier:
            service, tag = SERVICE_BY_NAME["cashapp"], text[1:]
        else:
            word, _, tag = ("", "", text) if qualifier else text.partition("/")
            known = service_called(qualifier or word)
            if known is None:
                reading = Reading(text)
                for told in told_again(reading, _found, [*_found(reading)]) if not qualifier else ():
                    if (told.start, told.end) == (0, len(text)):
                        return told.value
                raise InvalidIdentifier(cls.NAME, "expected $cashtag or <service>/<tag> with a known service")
            service = known
        plain = tag.strip().lstrip("$@").lower()
        if not service.rule.fullmatch(plain):
            raise InvalidIdentifier(cls.NAME, f"not a tag that {service.title} allows")
        return f"{service.name}/{plain}"

    @classmethod
    def format(cls, value: str) -> str:
        name, _, tag = value.partition("/")
        return f"{name}/{SERVICE_BY_NAME[name].sign}{tag}"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return "$" in reading.text or _names_a_service(reading) or may_tell_again(reading)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        found = [*_found(reading)]
        if _names_a_service(reading) or may_tell_again(reading):
            found = told_again(reading, _found, found)
        found.sort(key=_by_place)
        alone = without_overlaps(told for told in found if told.method != _SHARED)
        beside = [told for told in found if told.method == _SHARED]
        for told in sorted([*alone, *beside], key=_by_place):
            yield cls.seen(reading, (told.start, told.end), told.value, field, told.method, told.confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("CashApp $JenSpa22 only", "CashApp $JenSpa22", "cashapp/jenspa22"),
            Example("https://cash.app/$jen4u", "https://cash.app/$jen4u", "cashapp/jen4u"),
            Example("deposit: paypal.me/JenExample", "paypal.me/JenExample", "paypal/jenexample"),
            Example("Venmo @Jen-Example-3", "Venmo @Jen-Example-3", "venmo/jen-example-3"),
            Example("my cash tag is $jen4u", "cash tag is $jen4u", "cashapp/jen4u"),
        )


def _by_place(told: Told) -> tuple[int, float]:
    """The order of what is found: by start, of what starts together the surest first."""
    return told.start, -told.confidence


def _host_service(link: re.Match[str]) -> Service | None:
    """The service of a match of _LINK."""
    return SERVICE_BY_HOST.get(hosts.refang(link.group("host").lower().replace(" dot ", ".").replace(" ", "")))


def _names_a_service(reading: Reading) -> bool:
    """Whether a service may be named: by a word, with digits and signs for letters, or letter by letter."""
    words = reading.words
    return not _GATES.isdisjoint(words) or any([letters <= words for letters in _APART_GATES])  # noqa: C419 -- no generator, twice as fast


def _found(reading: Reading) -> Iterator[Told]:
    text = words_of(reading)
    told = _names_a_service(reading)
    if told and may_hold_link(reading.text, reading.words):
        yield from _said_links(reading)
    if told and "/" in text:
        for match in _LINK.finditer(text):
            tag = match.group("tag").rstrip(".-_").lower()
            service = _host_service(match)
            if service is not None and service.rule.fullmatch(tag):
                end = match.start("tag") + len(tag)
                yield Told(match.start(), end, f"{service.name}/{tag}", "profile_url", 0.97)
    if told:
        for match in _NAMED.finditer(text):
            service = service_called(match.group("word"))
            tag = match.group("tag").rstrip(".-").lower()
            end = match.start("tag") + len(tag)
            whole = _in_words(match, end)
            if service is not None and whole is not None and service.rule.fullmatch(whole[0]):
                yield Told(match.start(), whole[1], f"{service.name}/{whole[0]}", "spoken_name", 0.8)
            elif (
                service is not None
                and service.rule.fullmatch(tag)
                and tag not in STOP
                and is_told(match, service, text, end)
            ):
                signed = match.group("sign").strip() == service.sign != ""
                alone = match.group("join") == " " and tag.isalpha()
                confidence = 0.97 if signed else 0.6 if alone else 0.75
                yield Told(match.start(), end, f"{service.name}/{tag}", "service_word", confidence)
                if signed or _MARKED.search(tag) is not None or is_unknown(tag):
                    yield from _shared(text, tag, service, match.start(), end)
    if told and "@" in text:
        for match in _ON_SERVICE.finditer(text):
            service = service_called(match.group("word"))
            tag = match.group("tag").rstrip(".-").lower()
            if service is not None and service.sign == "@" and service.rule.fullmatch(tag) and tag not in STOP:
                yield Told(match.start(), match.end(), f"{service.name}/{tag}", "service_word", 0.92)
    if "$" in text or not SAYING.isdisjoint(reading.words):
        yield from cashtags(reading)


def _shared(text: str, tag: str, first: Service, start: int, end: int) -> Iterator[Told]:
    """The same tag of a service told beside: `venmo/cashapp: jen4u`, `venmo @jen4u, cashapp same`."""
    for beside in (BESIDE.search(text, max(0, start - 24), start), _SAME_BEHIND.match(text, end)):
        if beside is not None:
            other = service_called(beside.group(beside.lastgroup or ""))
            told = shared(tag, first, other, (min(start, beside.start()), max(end, beside.end())), _SHARED, 0.65)
            if told is not None:
                yield told


def _said_links(reading: Reading) -> Iterator[Told]:
    """Tags whose link is said in words: `paypal punto me barra jen4u`."""
    text = reading.text
    for link in said_links(reading, _BY_LETTERS, _LASTS):
        behind = _BEHIND_LINK.match(text, link.end)
        if behind is None:
            continue
        service, tag = SERVICE_BY_HOST[link.host], behind.group("tag").rstrip(".-_").lower()
        end = behind.start("tag") + len(tag)
        one = apart(text, behind.start("tag"), end)
        said = spoken(text, end) if one is None else None
        whole = one or (said and (tag + said[0], said[1])) or (tag, end)
        told = link.is_sure or one is not None or _MARKED.search(tag) is not None
        if told and service.rule.fullmatch(whole[0].lower()) and tag not in STOP:
            yield Told(link.start, whole[1], f"{service.name}/{whole[0].lower()}", "profile_url", 0.97)


_LETTERS = re.compile(r"[A-Za-z0-9](?: [A-Za-z0-9]){3,19}(?![A-Za-z0-9])")


def _in_words(match: re.Match[str], end: int) -> tuple[str, int] | None:
    """(tag, its end) of a tag whose signs are said in words or whose letters stand apart: `is at jen dash spa`."""
    join = match.group("join").strip().lower()
    if not (match.group("sign") or join[-1:] in (":", "=") or join in ("is", "es", "at", "is at", "tag", "name")):
        return None
    letters = _LETTERS.match(match.string, match.start("tag"))
    if letters is not None and sum(map(str.isalpha, letters.group())) >= 3:
        return letters.group().replace(" ", "").lower(), letters.end()
    if match.group("tag").lower() in STOP:
        return None
    one = apart(match.string, match.start("tag"), end)
    if one is not None:
        return one[0].lower(), one[1]
    said = spoken(match.string, end)
    return (match.string[match.start("tag") : end].lower() + said[0].lower(), said[1]) if said is not None else None
