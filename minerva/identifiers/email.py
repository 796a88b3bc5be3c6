"""E-mail addresses, plain and hidden (`jen (at) mail [dot] example`, `jen arroba mail punto com`, `j @ m . com`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from minerva.identifiers import (
    characters,
    hosts,
    mail_drawn,
    mail_encoded,
    mail_forms,
    mail_patterns,
    mail_words,
    sureness,
)
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.lockstep import Search, alone, in_groups, together
from minerva.identifiers.mail_boxes import VALID_LOCAL
from minerva.identifiers.mail_unlike import Found
from minerva.identifiers.reading import Reading, reads_as_it_is

_CONFIDENCE = {"plain": 0.98, "unicode": 0.95, "brackets": 0.95, "words": 0.88, "spaced": 0.8, "coded": 0.95,
               "lookalike": 0.8, "spelled": 0.8, "joined": 0.6, "reversed": 0.6, "guessed": 0.6,
               "cleaned": 0.6}  # fmt: skip
"""What is stated by rule."""


def _sure(method: str) -> float:
    return sureness.given("email", method, _CONFIDENCE[method])


class Email(Kind):
    """`local@host` in lower case. Plus tags and dots in the local part are kept: hosts differ in what they mean."""

    NAME = "email"
    TITLE = "E-mail address"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        reading = Reading(value)
        text = reading.folded.strip()
        text = text[7:] if text.startswith("mailto:") else text
        local, at, host = text.partition("@")
        if not at or " " in text or "[" in text or "(" in text:
            for found in emails_of(reading):
                if reading.folded[found.start : found.end] == text:
                    return found.address
        if not at:
            raise InvalidIdentifier(cls.NAME, "expected name@host")
        host = hosts.refang(host)
        if not VALID_LOCAL.fullmatch(local) or len(local) > 64:
            raise InvalidIdentifier(cls.NAME, "the part before '@' is not a mailbox name")
        if not hosts.is_host(host):
            raise InvalidIdentifier(cls.NAME, "the part after '@' is not a host with a known top-level domain")
        return f"{local}@{host}"

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        if not reading.changed:
            return iter(mail_evidence(emails_of(reading), reading.original, field))
        found = []
        for start, end, address, method, others in emails_of(reading):
            first, last = reading.span(start, end)
            raw = reading.original[first:last]
            if method == "plain" and raw != reading.text[start:end]:
                method = "unicode"
            alternatives = tuple("email:" + other for other in others)
            found.append(
                evidence_of(("email:" + address, raw, field, first, last, method, _sure(method), alternatives))
            )
        return iter(found)

    @classmethod
    def extract_each(
        cls, readings: Sequence[Reading], regions: Sequence[str | None], field: str
    ) -> list[Iterable[Evidence]]:
        unread = [reading for reading in readings if not reading.knows(all_emails)]
        for reading, mails in zip(unread, together(map(search_in, unread))):
            reading.know(all_emails, mails)
        return super().extract_each(readings, regions, field)

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


def emails_of(reading: Reading) -> list[Found]:
    """The addresses of a text, searched for once for all kinds."""
    return reading.once(all_emails)


def mail_spans(reading: Reading) -> list[tuple[int, int]]:
    """Where in `reading.text` the addresses stand, by start."""
    return reading.once(_all_spans)


def _all_spans(reading: Reading) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in emails_of(reading)]


def all_emails(reading: Reading) -> list[Found]:
    return alone(search_in(reading))


def search_in(reading: Reading) -> Search[list[Found]]:
    """`all_emails`."""
    yield mail_forms.READ
    has_references = mail_encoded.holds_references(reading.text)
    later: list[str] | None = [] if has_references or not reading.normal else None
    found = yield from mail_forms.search(reading.text, reading.folded, later=later)
    if has_references:
        found = mail_forms.with_references(reading.folded, found)
    if not reading.normal:
        whole = reading.resolved
        # Looked for one by one, which is a tenth of what an expression takes.
        if "\u24d0" in whole or "\u24b6" in whole or "\U0001f150" in whole or "\xa9" in whole or "\xae" in whole:
            _add_circled(reading, found)
        if not reading.folded.isascii():
            mail_drawn.add_drawn(reading.text, reading.folded, found)
    if not found and reading.changed and "@" in reading.text:
        found = [*_in_other_letters(reading)]
    if later and not found:
        yield mail_forms.TOLD_LAST
        found = mail_forms.told_last(reading.text, reading.folded)
    return found


_APART = re.compile(
    r"(?<![\w@.%+\-])(?P<local>[a-z0-9._%+\-]{3,64})(?P<sign> ?@ ?)"
    r"(?P<host>[a-z0-9\-]{2,60}(?: ?\. ?[a-z0-9\-]{2,60}){1,3})(?![\w@])"
)


def _in_other_letters(reading: Reading) -> Iterator[Found]:
    """Addresses with blanks around their sign, which nobody writes in the letters or with the signs of another script
    but to hide them: `\U0001d423\U0001d41e\U0001d427 @ \U0001d426\U0001d41a\U0001d422\U0001d425.example`."""
    for match in _APART.finditer(reading.folded):
        host = match["host"].replace(" ", "")
        first, last = reading.span(match.start("sign"), match.end("host"))
        is_plain = reading.original[first:last].isascii()
        local = match["local"].strip(".-")
        is_prose = local in mail_words.PROSE or local in mail_words.LABELS
        if not (is_plain or is_prose) and hosts.is_host(host) and VALID_LOCAL.fullmatch(local) is not None:
            yield Found(match.start(), match.end(), f"{local}@{host}", "spaced")


_CIRCLED = re.compile(
    "(?<![\u24b6-\u24e9])[\u24b6\u24d0\U0001f150](?![\u24b6-\u24e9])|(?<=[A-Za-z0-9])[\xa9\xae](?=[A-Za-z0-9])"
)
"""An `a` in a circle, alone: in a word of such letters it is one of them; another letter in one, within a word."""
_NEXT_CIRCLED = re.compile("(?<![\u24b6-\u24e9])[\u24b7\u24d1\U0001f151](?![\u24b6-\u24e9])")
"""A `b` in a circle: then the two count the things of a list."""


def _add_circled(reading: Reading, found: list[Found]) -> None:
    """Adds addresses with an `a` in a circle for the sign, which the normalized text shows as a plain letter."""
    whole = reading.resolved
    if _CIRCLED.search(whole) is None or _NEXT_CIRCLED.search(whole) is not None:
        return
    text, folded = list(reading.text), list(reading.folded)
    place = last = 0
    for match in _CIRCLED.finditer(whole):
        # Each character stands for its own part of the normalized text, whatever stands around it.
        place += len(characters.plain(whole[last : match.start()]))
        last = match.start()
        text[place] = folded[place] = mail_patterns.CIRCLED
    mail_drawn.add_circled("".join(text), "".join(folded), found, reading.folded)


def in_ascii(text: str, field: str) -> list[Evidence]:
    """`Email.extract` of an ASCII text, without a Reading."""
    return mail_evidence(mail_forms.find(text, text.lower()), text, field)


def in_texts(texts: Sequence[str], field: str) -> list[list[Evidence]]:
    """`Email.extract` of each text, in lockstep."""
    return in_groups((_evidence(text, field) for text in texts), texts)


def _evidence(text: str, field: str) -> Search[list[Evidence]]:
    if reads_as_it_is(text):
        return mail_evidence((yield from mail_forms.search(text, text.lower())), text, field)
    reading = Reading(text)
    reading.know(all_emails, (yield from search_in(reading)))
    return list(Email.extract(reading, field=field))


def mail_evidence(found: list[Found], text: str, field: str) -> list[Evidence]:
    """Evidence of addresses that stand in the text as they were found."""
    return [
        evidence_of(
            ("email:" + address, text[start:end], field, start, end, method, _sure(method),
             tuple(["email:" + other for other in others]) if others else ())
        )
        for start, end, address, method, others in found
    ]  # fmt: skip
