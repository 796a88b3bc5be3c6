"""No text breaks the extractors: no exception, spans that give back the raw text, values that are normal forms."""

from __future__ import annotations

import random
from collections.abc import Sequence

from minerva.identifiers import KIND_BY_NAME, KINDS, extract
from minerva.identifiers.annotate import SEARCHABLE
from minerva.identifiers.errors import InvalidIdentifier
from proofs.model import Outcome, Proof

PIECES = (
    "415", "555", "0123", "07700 900123", "+44 20 7946 0123", "(415) 555-0123", "00", "+", "1", "0", "7", "12", "2024",
    " ", " ", " ", "-", ".", ".", "/", "(", ")", "[", "]", "{", "}", "*", "_", "~", "|", ":", ",", ";", "'", '"', "#",
    "$", "€", "%", "&", "=", "\\", "\n", "\t", "\x00", "five", "five5five", "FOUR", "one", "oh", "double", "cinco",
    "zéro", "neuf", "acht", "sette", "девять", "семь", "一三八", "零", "ศูนย์", "หนึ่ง", "dash", "and", "twenty", "hundred",
    "@", "@", " at ", " dot ", "(at)", "[dot]", "arroba", "punto", "собака", "AT", "DOT", "jen", "jen_4u", "mail",
    "example", ".com", ".example", "gmail", "co.uk", "http://", "hxxps://", "www.", "t.me/", "instagram.com/", "ig:",
    "snap", "tele gram", "wa.me/", "tel:", "x12", "ext 4", "id ", "ref#", "O", "l", "S", "З", "о", "٤", "४", "４", "4️⃣",
    "①", "𝟒", "🔟", "🌸", "❤️", "\u200b", "\u200f", "\u202e", "\ufeff", "\u0301",
    "İ", "ı", "ſ", "ŉ", "ß", "ﬁ", "㎏", "é", "/134", "\ud800", "\udfff",
    "\U0010ffff", "\U000e0041", "backwards", "underscore", "guion bajo", "ät", "艾特", "点", "アット", "골뱅이", "닷컴",
    "g mail", "gmail com", "at gmail", "яндекс", "ру", "moc.", "&#64;", "%40", "AT", "@@", "münchen.de", "пример.рф",
    "plus", "then", "hundred", "soixante", "dix", "сорок", "п'ять", "sì", "dot", " - ", "tg://resolve?domain=",
    "skype:", "live:", "u/", ".tumblr.com", "@mastodon.social", "IG/", "& snap", "$120", "/hr", "60 min", "USD",
    "Mon-Fri", "9-5pm", "24/7", "123 N. Main Street", "Hauptstr. 5", "rue de la Paix", "Dallas, TX 75201",
    "D-10115 Berlin", "〒100-0001",
    "plate", "Kennzeichen", "B-XY 123", "24 years old", "DOB 05/03/1990", "addr1", "xmr", "T", "paypal.me/", "venmo @",
    "hxxps[:]//", "meow://", ".co.uk", "bc1q", "0x", "IBAN", "GB29", "SW1A 1AA", "CashApp", "$jen", "1A1zP1",
)  # fmt: skip
REGIONS = (None, "US", "GB", "DE", "BR", "AR", "TH", "IN", "nowhere")
POOL = 20_000
LONGEST = 90


def pool(chance: random.Random) -> str:
    """A long text to cut inputs from: pieces, digits, and characters of every plane."""
    parts: list[str] = []
    for _ in range(POOL // 4):
        draw = chance.random()
        if draw < 0.7:
            parts.append(chance.choice(PIECES))
        elif draw < 0.8:
            parts.append(str(chance.randrange(10 ** chance.randrange(1, 14))))
        elif draw < 0.9:
            parts.append(chr(chance.randrange(0x20, 0x3000)))
        else:
            parts.append(chr(chance.randrange(0x110000)))
    return "".join(parts)


def complaint(text: str, region: str | None, kinds: Sequence[str] | None) -> str | None:
    """What is wrong with the answer to a text, None if nothing is."""
    try:
        found = extract(text, kinds=kinds, region=region)
        last = 0
        for item in found:
            if item.kind not in KIND_BY_NAME or any(name.partition(":")[0] != item.kind for name in item.alternatives):
                return f"kinds of {item!r}"
            if text[item.start : item.end] != item.raw or not item.raw or not 0 < item.confidence <= 1:
                return f"span or confidence of {item!r}"
            if item.start < last:
                return f"order of {item!r}"
            last = item.start
            kind = KIND_BY_NAME[item.kind]
            if kind.normalize(item.value) != item.value or kind.normalize(kind.format(item.value)) != item.value:
                return f"normal form of {item!r}"
    except Exception as error:
        # Whatever is raised is the finding; the input goes with it.
        return f"{type(error).__name__}: {error}"
    return None


def refused_or_stable(text: str, region: str | None, chance: random.Random) -> str | None:
    """What is wrong with one kind's normal form of a text as a whole, None if nothing is."""
    kind = chance.choice(KINDS)
    try:
        normal = kind.normalize(text, region=region)
        if kind.normalize(normal) != normal or kind.normalize(kind.format(normal)) != normal:
            return f"{kind.NAME}: normal form {normal!r}"
    except InvalidIdentifier:
        return None
    except Exception as error:
        return f"{kind.NAME}: {type(error).__name__}: {error}"
    return None


def run(seed: int, batch: int, size: int) -> Outcome:
    """Tries `size` inputs of up to LONGEST characters."""
    chance = random.Random(f"{seed}:{batch}")
    failures: list[str] = []
    source = pool(chance)
    for number in range(size):
        if number % 5_000 == 4_999:
            source = pool(chance)
        start = chance.randrange(len(source))
        text = source[start : start + int(LONGEST * chance.random() ** 2) + 1]
        region = chance.choice(REGIONS)
        if number % 4 == 0:
            wrong = refused_or_stable(text.strip(), region, chance)
        else:
            # One in four is searched for every kind, one for a single kind, whose way into the search is its own.
            kinds = (None, SEARCHABLE, (chance.choice(SEARCHABLE),))[number % 4 - 1]
            wrong = complaint(text, region, kinds)
        if wrong is not None:
            failures.append(f"{text!r} in {region}: {wrong}")
    return Outcome(size, failures)


PROOF = Proof(
    name="identifiers_fuzz",
    claim="no input makes an extractor fail: spans lie in the original, values are normal forms, "
    "normalize(format(value)) gives the value back",
    unit="inputs",
    target=1_000_000,
    batch=50_000,
    slice=10_000,
    run=run,
)
