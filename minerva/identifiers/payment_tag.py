"""Names that money is sent to: Cash App cashtags, PayPal.me, Venmo and others (data/payment_services.json).

Zelle, PIX and most bank transfers go to a phone, an e-mail address or an account number and have no tag of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from minerva.identifiers import hosts
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.platform_names import LEET
from minerva.identifiers.reading import Reading
from minerva.identifiers.spans import without_overlaps


@dataclass(frozen=True)
class Service:
    """`words` are how people call it, `hosts` (with path) where tags live, `sign` what stands before a tag."""

    name: str
    title: str
    words: tuple[str, ...]
    hosts: tuple[str, ...]
    sign: str
    rule: re.Pattern[str]


def _load() -> tuple[Service, ...]:
    document = json.loads((Path(__file__).parent / "data" / "payment_services.json").read_text(encoding="utf-8"))
    return tuple(
        Service(
            row["name"], row["title"], tuple(row["words"]), tuple(row["hosts"]), row["sign"], re.compile(row["rule"])
        )
        for row in document["services"]
    )


SERVICES = _load()
SERVICE_BY_NAME = {service.name: service for service in SERVICES}
_BY_HOST = {host: service for service in SERVICES for host in service.hosts}
_BY_WORD = {re.sub(r"[ \-]", "", word): service for service in SERVICES for word in (*service.words, service.name)}
_OFTEN_DISGUISED = ("venmo", "paypal", "cashapp")
_LEET = {letter: LEET[letter] for letter in "aelos"}
_UNDISGUISED = {ord(sign): letter for letter, signs in _LEET.items() for sign in signs}
_DISGUISES = "|".join(
    r"[ .\-*]?".join(f"[{_LEET[char]}]" if char in _LEET else char for char in name) for name in _OFTEN_DISGUISED
)
"""`v3nm0`, `pay-pal`, `c a $ h a p p`: digits and signs for letters, and signs between them."""
_WORDS = alternation([word for service in SERVICES for word in service.words]).replace(r"\ ", r"[ \-]?")
_WORDS = f"{_WORDS}|{_DISGUISES}"
_TAG = r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,38}"
_LINK_HOSTS = alternation(list(_BY_HOST)).replace(r"\.", rf"(?:\.|{hosts.BRACKET_DOT}| dot )")
_LINK = re.compile(
    rf"(?<![\w.\-@])(?:h(?:tt|xx)ps?://)?(?:www\.)?(?P<host>{_LINK_HOSTS})"
    rf"(?:/| (?:forward )?slash )[$@]?(?P<tag>{_TAG})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?<![\w@.])(?P<word>{_WORDS})(?:'s)?"
    rf"(?P<join> ?(?:me|tag|name|id|user ?name|handle|is|at|to)?(?: is)? ?[:=~>\-]{{0,2}} ?"
    rf"(?:[(\[](?=[$@]|[a-z0-9][\w\-]{{4,30}}[)\]]))?)"
    rf"(?P<sign>(?:[$@] ?)?)(?P<tag>{_TAG})",
    re.IGNORECASE,
)
_CASHTAG = re.compile(r"(?<![\w$])\$(?P<tag>[A-Za-z][A-Za-z0-9_\-]{0,19})(?![\w$])")
_SHORT_CASHTAG = re.compile(r"(?<![\w$/])CA ?[:=\-]? ?$")
"""Cash App cut short, which is also a state, a country and an authority of certificates."""
_PAYING = frozenset(
    ["zelle", "venmo", "paypal", "chime", "cash", "cashapp", "deposit", "deposits", "tip", "tips", "payment",
     "payments"]
)  # fmt: skip
"""One of these must be told beside it."""
_PRICE_WORDS = _PAYING | {
    "dollar", "dollars", "bucks", "canadian", "price", "prices", "total", "hourly", "daily", "weekly", "monthly",
    "nightly", "balance", "donation", "donations", "rates", "money", "change", "amount", "budget", "value",
}  # fmt: skip
"""What is said of Canadian dollars."""
_SAID_CASHTAG = re.compile(
    r"(?<!\w)(?:dollar ?sign|signo de d[oó]lar(?:es)?|signe dollar) ?(?P<tag>[A-Za-z][A-Za-z0-9_\-]{2,19})(?![\w$])",
    re.IGNORECASE,
)
_CASH_WORDS = re.compile(r"c[a@4][s$5]h ?-?[a@4]pp|cash ?-?tag|\bca?pp\b", re.IGNORECASE)
_ON_SERVICE = re.compile(
    rf"@(?<![\w.@]@)(?P<tag>{_TAG})(?: (?:on|at|via|en|sur) (?:my )?| ?\()(?P<word>{_WORDS})(?![\w@])\)?", re.IGNORECASE
)
_GATES = frozenset(
    max(re.findall(r"[^\W\d_]+", name), key=len)
    for name in (
        *(name for service in SERVICES for name in (*service.words, *service.hosts)),
        *("".join(chars) for name in _OFTEN_DISGUISED for chars in product(*(_LEET.get(char, char) for char in name))),
    )
)
"""The longest word of each name, also of one with signs for letters: a text without them names no service."""
_APART_GATES = tuple(frozenset(letters) for letters in ("vnm", "pyp", "chp"))
"""Letters of each of _OFTEN_DISGUISED that no sign is written for."""
_STOP = frozenset(
    ["accepted", "account", "and", "available", "app", "are", "at", "only", "or", "ok", "okay", "zelle", "venmo",
     "paypal", "cashapp", "cash", "apple", "pay", "for", "friendly", "here", "is", "link", "me", "no", "not", "payment",
     "payments", "preferred", "ready", "required", "tag", "the", "too", "upfront", "with", "works", "you", "your",
     "name",
     "deposit", "deposits", "first", "to", "my", "in", "on", "please", "pls", "chime", "id", "username", "handle",
     "welcome", "fine", "also", "if", "u", "us", "dollar", "dollarsign"]
)  # fmt: skip
_HYPHENED_LINKS = frozenset(["paypal"])
"""Services whose tags have a hyphen only where a link or a sign tells them (`PayPal: co-op` is none)."""
_CODE = re.compile(r"[=(){};&|\[\]\"'<>`]")
_NEARBY = 40


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
            known = _called(qualifier or word)
            if known is None:
                for start, end, told, _, _ in _found(Reading(text)) if not qualifier else ():
                    if (start, end) == (0, len(text)):
                        return told
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
        return "$" in reading.text or _names_a_service(reading)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        found = sorted(_found(reading), key=lambda each: (each[0], -each[4]))
        for start, end, value, method, confidence in without_overlaps(found):
            yield cls.seen(reading, (start, end), value, field, method, confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("CashApp $JenSpa22 only", "CashApp $JenSpa22", "cashapp/jenspa22"),
            Example("https://cash.app/$jen4u", "https://cash.app/$jen4u", "cashapp/jen4u"),
            Example("deposit: paypal.me/JenExample", "paypal.me/JenExample", "paypal/jenexample"),
            Example("Venmo @Jen-Example-3", "Venmo @Jen-Example-3", "venmo/jen-example-3"),
            Example("my cash tag is $jen4u", "cash tag is $jen4u", "cashapp/jen4u"),
        )


def _host_service(link: re.Match[str]) -> Service | None:
    """The service of a match of _LINK."""
    return _BY_HOST.get(hosts.refang(link.group("host").lower().replace(" dot ", ".")))


def _called(word: str) -> Service | None:
    """The service that people call so."""
    plain = re.sub(r"[ .\-*]", "", word.strip().lower())
    return _BY_WORD.get(plain) or _BY_WORD.get(plain.translate(_UNDISGUISED))


def _names_a_service(reading: Reading) -> bool:
    """Whether a service may be named: by a word, with digits and signs for letters, or letter by letter."""
    words = reading.words
    return not _GATES.isdisjoint(words) or any([letters <= words for letters in _APART_GATES])  # noqa: C419 -- no generator, twice as fast


def _found(reading: Reading) -> Iterator[tuple[int, int, str, str, float]]:
    text = reading.text
    told = _names_a_service(reading)
    if told and ("/" in text or "slash" in reading.words):
        for match in _LINK.finditer(text):
            tag = match.group("tag").rstrip(".-_").lower()
            service = _host_service(match)
            if service is not None and service.rule.fullmatch(tag):
                yield match.start(), match.start("tag") + len(tag), f"{service.name}/{tag}", "profile_url", 0.97
    if told or "$" in text:
        for match in _NAMED.finditer(text):
            service = _called(match.group("word"))
            tag = match.group("tag").rstrip(".-").lower()
            end = match.start("tag") + len(tag)
            if (
                service is not None
                and service.rule.fullmatch(tag)
                and tag not in _STOP
                and _is_told(match, service, text, end)
            ):
                signed = match.group("sign").strip() == service.sign != ""
                yield match.start(), end, f"{service.name}/{tag}", "service_word", 0.97 if signed else 0.75
    if told and "@" in text:
        for match in _ON_SERVICE.finditer(text):
            service = _called(match.group("word"))
            tag = match.group("tag").rstrip(".-").lower()
            if service is not None and service.sign == "@" and service.rule.fullmatch(tag) and tag not in _STOP:
                yield match.start(), match.end(), f"{service.name}/{tag}", "service_word", 0.92
    if "dollar" in reading.words or "dolar" in reading.words:
        for match in _SAID_CASHTAG.finditer(text):
            around = text[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
            tag = match.group("tag").lower().rstrip("-_")
            if _is_name_like(match.group("tag")) and tag not in _STOP and _CASH_WORDS.search(around) is not None:
                yield match.start(), match.start("tag") + len(tag), f"cashapp/{tag}", "spoken_name", 0.8
    if "$" in text:
        for match in _CASHTAG.finditer(text):
            tag = match.group("tag").lower().rstrip("-_")
            around = text[max(0, match.start() - _NEARBY) : match.end() + _NEARBY]
            named = _CASH_WORDS.search(around) is not None
            short = not named and _is_short_told(reading, match)
            bare = (
                _is_tag_like(match.group("tag"))
                and _CODE.search(text[max(0, match.start() - 2) : match.end() + 2]) is None
            )
            if (named or short or bare) and tag not in _STOP and tag not in _BY_WORD:
                end = match.start("tag") + len(tag)
                yield match.start(), end, f"cashapp/{tag}", "cashtag", 0.95 if named else 0.6


def _is_short_told(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a dollar sign and a name stand behind a short form of Cash App among words of paying."""
    text, tag = reading.text, match.group("tag")
    return (
        len(tag) >= 5
        and tag.lower() not in _PRICE_WORDS
        and any(char.islower() for char in tag)
        and _SHORT_CASHTAG.search(text, max(0, match.start() - 5), match.start()) is not None
        and text[match.end() : match.end() + 1] != "/"
        and not _PAYING.isdisjoint(reading.words)
    )


def _is_told(match: re.Match[str], service: Service, text: str, end: int) -> bool:
    """Whether what follows a service's name is a tag: it has the service's sign, or a colon and looks like a name."""
    if text[end : end + 1] in ("@", "/") or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum()):
        return False
    if match.group("sign") != "":
        return match.group("sign").strip() == service.sign or service.sign == ""
    tag = match.group("tag")
    if not any(char.isalpha() for char in tag) or ("-" in tag.rstrip("-") and service.name in _HYPHENED_LINKS):
        return False
    if match.group("join")[-1:] in ("(", "["):
        return _is_told_in_brackets(tag, text[max(0, match.start() - 4 * _NEARBY) : end + 4 * _NEARBY].lower())
    marked = any(char.isdigit() or char in "_-" for char in tag)
    told = any(char in match.group("join") for char in ":=>~")
    named = re.search(r"\b(?:tag|name|id|user ?name|handle)\b", match.group("join"), re.IGNORECASE) is not None
    said = re.search(r"\bis\b", match.group("join"), re.IGNORECASE) is not None
    if said and match.group("word").lower().endswith("tag"):
        return tag[0].isalpha() and _is_name_like(tag)
    if not told and not named and (said or match.group("join") in (" ", " me ")):
        around = text[max(0, match.start() - 4 * _NEARBY) : end + 4 * _NEARBY].lower()
        is_name = any(map(str.isdigit, tag)) or (said and marked) or _is_snake(tag) or _is_signed_nearby(tag, around)
        return tag[0].isalpha() and len(tag) >= 5 and is_name
    return ((told or named) and (marked or len(tag) >= 5)) or (marked and "-" in match.group("join"))


def _is_told_in_brackets(tag: str, around: str) -> bool:
    """Whether a word in brackets behind a service is a tag by its own signs; one with a hyphen (`non-profit`) only
    where the sign of a tag stands before the same letters nearby."""
    if _is_snake(tag) or (any(char.isdigit() for char in tag) and sum(char.isalpha() for char in tag) >= 4):
        return True
    return _is_signed_nearby(tag, around)


def _is_signed_nearby(tag: str, around: str) -> bool:
    """Whether the letters of a word with a hyphen stand behind the sign of a tag too: `$oakhut or venmo oak-hut`."""
    whole = tag.replace("-", "").lower()
    return "-" in tag and (f"${whole}" in around or f"@{whole}" in around)


_FIELDS = ("_id", "_name", "_tag", "_key", "_url", "_user", "_account", "_token", "_type", "_app")


def _is_snake(tag: str) -> bool:
    """Whether an underscore joins two words that are no field of a program: `kiln_kate`, not `user_id`."""
    return "_" in tag.strip("_") and not tag.lower().endswith(_FIELDS)


def _is_name_like(tag: str) -> bool:
    """Whether a word is rather a name than an ordinary word: long, with a digit or sign, or with capitals within."""
    capitals_within = not tag.isupper() and tag[1:] != tag[1:].lower()
    return len(tag) >= 8 or (len(tag) >= 5 and (capitals_within or not tag.isalpha()))


def _is_tag_like(tag: str) -> bool:
    """Whether a word behind a dollar sign is rather a cashtag than a price, a ticker or a variable."""
    digits = sum(char.isdigit() for char in tag)
    letters = [char for char in tag if char.isalpha()]
    return len(tag) >= 5 and 0 < digits <= 4 and len(letters) >= 3 and any(char.islower() for char in letters)
