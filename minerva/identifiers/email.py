"""E-mail addresses, plain and hidden (`jen (at) mail [dot] example`, `jen arroba mail punto com`, `j @ m . com`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minerva.identifiers import hosts, mail_words
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading

_ATOM = r"[a-z0-9_%+\-']+"
_PLAIN = re.compile(r"(?<![a-z0-9_%+\-'.])(?P<local>[a-z0-9_%+\-'.]{1,64})@(?P<host>[a-z0-9.\-]{4,253})")
_LOCAL = re.compile(rf"(?<![\w.%+\-])(?P<local>{_ATOM}(?:(?:{mail_words.TIGHT_DOT}){_ATOM}){{0,4}})$")
_SPELLED_LOCAL = re.compile(r"(?:(?<= )|^)(?P<local>(?:[a-z0-9._\-] ){2,40}[a-z0-9])$")
_SPELLED_HOST = re.compile(r"(?:[a-z0-9.\-] ){3,60}[a-z0-9](?![a-z0-9])")
_LABEL = rf"[a-z0-9](?:(?:[a-z0-9]|-(?!(?:{mail_words.ANY_DOT_WORD})-)){{0,61}}[a-z0-9])?"
_TIGHT_HOST = re.compile(rf"{_LABEL}(?:(?:{mail_words.TIGHT_DOT}){_LABEL}){{1,6}}")
_LOOSE_HOST = re.compile(rf"{_LABEL}(?:(?:{mail_words.LOOSE_DOT}){_LABEL}){{1,6}}")
_TIGHT_PART = re.compile(rf"({mail_words.TIGHT_DOT})?({_LABEL})")
_LOOSE_PART = re.compile(rf"({mail_words.LOOSE_DOT})?({_LABEL})")
_ANY_DOT = re.compile(mail_words.TIGHT_DOT)
_PROVIDER_WITHOUT_DOT = re.compile(
    r"(gmail|yahoo|hotmail|outlook|icloud|aol|protonmail|gmx|live|mail)(?: | ?, ?)(com|net|de|fr|es|ru|me)(?![\w.])"
)
_SMALL_LOCAL = re.compile(r"(?<![A-Za-z0-9._\-])[a-z0-9._\-]{1,64}(?=AT)")
_SMALL_HOST = re.compile(r"[a-z0-9\-]{1,63}(?:(?:DOT|\.)[a-z0-9\-]{2,63}){1,5}(?![A-Za-z0-9])")
_VALID_LOCAL = re.compile(r"[a-z0-9_%+\-']+(?:\.[a-z0-9_%+\-']+)*")
_CONFIDENCE = {"plain": 0.98, "unicode": 0.95, "brackets": 0.95, "words": 0.88, "spaced": 0.8, "coded": 0.95,
               "lookalike": 0.8, "spelled": 0.8}  # fmt: skip
_WINDOW = 80
_LOOKALIKE = str.maketrans("аеорсухіѕјԁһӏոοαᴀ", "aeopcyxisjdhlnoaa")
_FOREIGN = re.compile(r"[аеорсухіѕјԁһӏոοα]")


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
        text = Reading(value).folded.strip()
        text = text[7:] if text.startswith("mailto:") else text
        local, at, host = text.partition("@")
        if not at or " " in text or "[" in text or "(" in text:
            for found in find_emails(text):
                if found.start == 0 and found.end == len(text):
                    return found.address
        if not at:
            raise InvalidIdentifier(cls.NAME, "expected name@host")
        host = hosts.refang(host)
        if not _VALID_LOCAL.fullmatch(local) or len(local) > 64:
            raise InvalidIdentifier(cls.NAME, "the part before '@' is not a mailbox name")
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "the part after '@' is not a host with a known top-level domain")
        return f"{local}@{host}"

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        found = []
        for start, end, address, method in emails_of(reading):
            first, last = reading.span(start, end)
            raw = reading.original[first:last]
            if method == "plain" and reading.changed and raw != reading.text[start:end]:
                method = "unicode"
            found.append(Evidence("email:" + address, raw, field, first, last, method, _CONFIDENCE[method]))
        return iter(found)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("write Jen.4u@mail.example.com.", "Jen.4u@mail.example.com", "jen.4u@mail.example.com"),
            Example("jen (at) example [dot] com", "jen (at) example [dot] com", "jen@example.com"),
            Example("mail me: jen_4u at example dot com", "jen_4u at example dot com", "jen_4u@example.com"),
            Example("jen arroba example punto com", "jen arroba example punto com", "jen@example.com"),
            Example("jen@example[.]com", "jen@example[.]com", "jen@example.com"),
            Example("jen_4u @ mail . example", "jen_4u @ mail . example", "jen_4u@mail.example"),
            Example("jenATexampleDOTcom", "jenATexampleDOTcom", "jen@example.com"),
            Example("пиши jen4u собака mail точка ru", "jen4u собака mail точка ru", "jen4u@mail.ru"),
            Example("j e n 4 u @ g m a i l . c o m", "j e n 4 u @ g m a i l . c o m", "jen4u@gmail.com"),
        )


def emails_of(reading: Reading) -> tuple[Found, ...]:
    """The addresses of a text, searched for once for all kinds."""
    return reading.once(all_emails)


def all_emails(reading: Reading) -> tuple[Found, ...]:
    text = reading.text
    if "@" not in text and not may_hide(reading):
        return ()
    found = tuple(find_emails(reading.folded))
    if "AT" in text and mail_words.CAPITALS.search(text) is not None:
        return tuple(sorted({*found, *_in_capitals(text)}))
    return found


def _in_capitals(text: str) -> Iterator[Found]:
    """Addresses whose signs are capitals among small letters: `jenATmailDOTcom`."""
    for match in mail_words.CAPITALS.finditer(text):
        local = _SMALL_LOCAL.search(text, max(0, match.start() - _WINDOW), match.end())
        host = _SMALL_HOST.match(text, match.end(), match.end() + 254)
        if local is None or host is None:
            continue
        name = host.group().replace("DOT", ".")
        if hosts.is_host(name) and _VALID_LOCAL.fullmatch(local.group()):
            yield Found(local.start(), host.end(), f"{local.group()}@{name}", "words")


def may_hide(reading: Reading) -> bool:
    """Whether a text without the sign can hold an address: the sign in words or code, and something like a dot."""
    lowered = reading.folded
    if " at " in lowered or "at)" in lowered or "at]" in lowered:
        return True
    if "&" in lowered or "%40" in lowered or mail_words.BRACKETED_A.search(lowered) is not None:
        return True
    if "AT" in reading.text and mail_words.CAPITALS.search(reading.text) is not None:
        return True
    return _has_rare_word(lowered) or any(gate in lowered for gate in _GATES)


def _has_rare_word(folded: str) -> bool:
    words = _RARE_ASCII if folded.isascii() else _RARE
    return any(word in folded for word in words)


_GATES = ("-at-", "_at_", "*at*", "}", "at>")
_RARE = tuple(sorted({word[:5] for word in mail_words.AT_WORDS}))
_RARE_ASCII = tuple(word for word in _RARE if word.isascii())
_NEAR = 4
"""How far from the core of a sign in brackets its edges stand."""


def find_emails(text: str) -> Iterator[Found]:
    """Addresses in folded text, in order, without overlaps. Linear: each anchor looks a bounded way around."""
    last = position = 0
    # Most texts name the sign by "@" or "at" at most, which one search finds sooner than all the ways to write it.
    core = None if _has_rare_word(text) else mail_words.CORE
    while True:
        if core is None:
            anchor = mail_words.AT.search(text, position)
        else:
            near = core.search(text, position)
            if near is None:
                return
            anchor = mail_words.AT.search(text, max(position, near.start() - _NEAR), near.end() + _NEAR)
            if anchor is None:
                position = near.end()
                continue
        if anchor is None:
            return
        position = anchor.start() + 1
        found = _around(text, anchor, last)
        if found is not None:
            yield found
            last = position = found.end


def _around(text: str, anchor: re.Match[str], last: int) -> Found | None:
    kind = anchor.lastgroup or ""
    begin, after = anchor.span()
    floor = max(last, begin - _WINDOW)
    if kind == "plain":
        blank_before = begin > floor and text[begin - 1] == " "
        blank_after = text[after : after + 1] == " "
        if blank_before or blank_after:
            spelled = _spelled(text, floor, begin, after)
            if spelled is not None:
                return spelled
            begin -= blank_before
            after += blank_after
            kind = "spaced"
    before = text[floor:begin]
    local_match = _LOCAL.search(before)
    mapped = False
    if local_match is None or _is_cut(before, local_match):
        if _FOREIGN.search(before[-20:]) is None:
            if local_match is None:
                return None
        else:
            before = before.translate(_LOOKALIKE)
            local_match = _LOCAL.search(before)
            mapped = True
            if local_match is None:
                return None
    host = _host(text, after, kind)
    if host is None:
        return None
    name, end, dots = host
    written = local_match.group("local")
    if kind in ("plain", "spaced") and " " in written:
        # "or dot jen@mail.example": with a plain sign the words before it are prose.
        written = written.rsplit(" ", 1)[-1]
    local = _ANY_DOT.sub(".", written).strip(".-'")
    if not local or _VALID_LOCAL.fullmatch(local) is None or len(local) > 64:
        return None
    start = floor + local_match.end("local") - len(written)
    start += len(written) - len(written.lstrip(".-'"))
    if kind == "plain" and text[start - 1 : start] == ":" and "://" in text[max(0, start - 40) : start].split(" ")[-1]:
        # The password of a web address.
        return None
    method = _method(kind, dots, local, name, text, start)
    if method is None:
        return None
    return Found(start, end, f"{local}@{name}", "lookalike" if mapped else method)


def _is_cut(before: str, match: re.Match[str]) -> bool:
    """Whether a letter that is no part of a mailbox name touches the name from the left."""
    start = match.start("local")
    return start > 0 and before[start - 1].isalpha()


def _host(text: str, start: int, kind: str) -> tuple[str, int, set[str]] | None:
    """(host, its end, how its dots are written) from `start` on: labels that cannot belong to it are left out."""
    loose = kind == "spaced"
    part = _LOOSE_PART if loose else _TIGHT_PART
    match = (_LOOSE_HOST if loose else _TIGHT_HOST).match(text, start, start + 254)
    if match is None:
        provider = _PROVIDER_WITHOUT_DOT.match(text, start) if kind != "plain" else None
        if provider is not None:
            return f"{provider.group(1)}.{provider.group(2)}", provider.end(), {"none"}
        loosely = _LOOSE_HOST.match(text, start, start + 40) if kind == "plain" else None
        if loosely is not None:
            name = ".".join(each.group(2) for each in _LOOSE_PART.finditer(text, start, loosely.end()))
            if name in hosts.MAIL_PROVIDERS:
                return name, loosely.end(), {"none"}
        window = text[start : start + 80]
        mapped = window.translate(_LOOKALIKE)
        if mapped == window:
            return None
        again = _TIGHT_HOST.match(mapped)
        if again is None or not hosts.is_host(again.group()):
            return None
        return again.group(), start + again.end(), {"."}
    parts = list(part.finditer(text, start, match.end()))
    while len(parts) >= 2:
        name = ".".join(each.group(2) for each in parts)
        end = parts[-1].end()
        if hosts.is_host(name) and not text[end : end + 1].isalnum():
            return name, end, {(each.group(1) or "").strip() for each in parts[1:]}
        parts.pop()
    return None


def _spelled(text: str, floor: int, begin: int, after: int) -> Found | None:
    """An address with a blank behind every letter."""
    local = _SPELLED_LOCAL.search(text[floor:begin].rstrip(" "))
    host = _SPELLED_HOST.match(text, after + 1, after + 130)
    if local is None or host is None:
        return None
    name = host.group().replace(" ", "")
    mailbox = local.group("local").replace(" ", "").strip(".-'")
    if not hosts.is_host(name) or not _VALID_LOCAL.fullmatch(mailbox):
        return None
    return Found(floor + local.start("local"), host.end(), f"{mailbox}@{name}", "spelled")


def _method(kind: str, dots: set[str], local: str, host: str, text: str, start: int) -> str | None:
    """How an address was written, None where the words are rather prose."""
    words = any(dot.strip("-_").isalpha() for dot in dots)
    hidden = words or any(dot not in ("", ".", ",") for dot in dots)
    if kind == "plain":
        return "words" if words else "brackets" if hidden else "plain"
    if kind == "code":
        return "coded"
    if kind == "bracket":
        return "brackets"
    if kind == "sure":
        return "words"
    marked = any(not char.isalpha() for char in local)
    known = host in hosts.MAIL_PROVIDERS
    if local in mail_words.PROSE and not known:
        return None
    announced = marked or known or _announced(text, start)
    if kind == "spaced":
        return "spaced" if hidden or announced else None
    if host.split(".")[0] in mail_words.PLACES or (dots <= _ALSO_WORDS and not (known or marked)):
        return None
    return "words" if known or hidden or (_announced(text, start) and marked) else None


_ALSO_WORDS = frozenset(["point", "pont", "punt", "prick"])
"""Names of the dot that are English words: `at some point in`."""


def _announced(text: str, start: int) -> bool:
    """Whether one of the words right before an address says that one follows."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)?|@", text[max(0, start - 40) : start])
    return not mail_words.LABELS.isdisjoint(words[-4:])
