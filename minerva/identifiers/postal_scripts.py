"""Addresses in scripts without capitals and in Vietnamese: where they stand, and the order in which a key tells them.

Only what is certain counts: a type word, a number and a place or a postcode. Chinese, Japanese and Korean are read in
postal_east.
"""

from __future__ import annotations

from collections.abc import Iterator

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.postal_east import Place, east_asian, units_told
from minerva.identifiers.tables import table

_WORDS = table("postal_scripts")
_EAST = late("[\u3041-\u9fff\uac00-\ud7a3]")
_THAI_GATE = late("ซอย|ซ\\.|ถนน|ถ\\.")
_THAI_LETTERS = "\u0e01-\u0e3a\u0e40-\u0e4e"
_THAI_PLACE = alternation(_WORDS["thai_places"])
_THAI = late(
    rf"(?:ชั้น ?(?P<floor_before>[0-9]{{1,2}}),? )?(?:ห้อง ?(?P<room_before>[0-9]{{1,5}}),? )?"
    rf"(?<![\w/.\-])(?P<house>[1-9][0-9]{{0,3}}(?:[/\-][0-9]{{1,4}})?),? (?:(?:หมู่|ม\.) ?[0-9]{{1,2}} )?"
    rf"(?P<type>ซอย|ซ\.|ถนน|ถ\.) ?(?P<name>[{_THAI_LETTERS}]{{2,25}})(?: ?(?P<number>[0-9]{{1,3}})(?![0-9/]))?"
    rf"(?:,? (?:ถนน|ถ\.) ?[{_THAI_LETTERS}]{{2,25}})?"
    rf"(?:,? ชั้น ?(?P<floor>[0-9]{{1,2}}))?(?:,? ห้อง ?(?P<room>[0-9]{{1,5}}))?"
    rf"(?P<places>(?:,? (?:{_THAI_PLACE})[{_THAI_LETTERS}]{{0,25}}ฯ?(?: [{_THAI_LETTERS}]{{2,20}})?){{0,4}})"
    r"(?:,? (?P<code>[1-9][0-9]{4})(?![0-9\-]))?"
)
_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ\u1ea0-\u1ef9"
_VIETNAMESE_WORD = rf"(?:[{_UPPER}][^\W\d_]{{0,7}}|[0-9]{{1,2}}/[0-9]{{1,2}})"
_VIETNAMESE_GATE = late(r"[\u1ea0-\u1ef9]|(?i:quận|quan|phường|phuong|đường|duong|phố|tp\.?|q\.|p\.) ?[\w]")
_VIETNAMESE = late(
    r"(?:(?i:tầng|tang) ?(?P<floor>[0-9]{1,2}),? )?(?:(?i:số|so)(?: nhà)? )?(?<![\w/.\-$])"
    r"(?P<house>[1-9][0-9]{0,3}[A-Z]?(?:/[0-9]{1,4}[A-Z]?){0,3}),? "
    rf"(?P<type>(?i:đường|duong|phố|đ\.) ?)?(?P<name>{_VIETNAMESE_WORD}(?: {_VIETNAMESE_WORD}){{1,4}})"
    rf"(?P<places>(?:,? (?:(?i:phường|phuong|quận|quan|huyện|thành phố|thanh pho|thị xã)|P\.?|Q\.?|TP\.?|Tp\.?|H\.)"
    rf" ?(?:[0-9]{{1,2}}(?![\w:/])|[{_UPPER}][\w.]{{1,8}}(?: {_VIETNAMESE_WORD}){{0,3}})"
    rf"|,? (?:{alternation(_WORDS['vietnamese_towns'])})(?!\w)){{1,4}})(?:,? (?P<code>[0-9]{{6}})(?!\w))?"
)
_HEBREW_GATE = late(rf"(?:{alternation(_WORDS['hebrew'])}) ?[\u05d0-\u05ea]")
_HEBREW_WORD = "[\u05d0-\u05ea][\u05d0-\u05ea'\"׳״\\-]{0,14}"
_HEBREW_TOWN = alternation(_WORDS["hebrew_towns"])
_HEBREW = late(
    rf"(?<![\w])[בהל]?(?P<type>{alternation(_WORDS['hebrew'])}) ?(?P<name>{_HEBREW_WORD}(?: {_HEBREW_WORD}){{0,3}}?)"
    rf",? (?:מס(?:'|׳|פר) ?)?(?P<house>[1-9][0-9]{{0,2}}(?:-[0-9]{{1,3}}|[א-ת](?!\w)| ?/ ?[0-9]{{1,3}})?)"
    r"(?![\w:%₪.\-]{0,3}[0-9])(?! ?(?:₪|%|ש[\"״]ח|שקל|דקות|שעות|שנים))"
    r"(?:,? קומה (?P<floor>[0-9]{1,2}))?(?:,? דירה (?P<room>[0-9]{1,4}))?"
    rf"(?:(?P<town>,? ב?(?:{_HEBREW_TOWN})(?![\u05d0-\u05ea])"
    rf"|, {_HEBREW_WORD}(?: {_HEBREW_WORD}){{0,2}}(?= ?(?:[.,\n;]|$)))|(?=,? [0-9]{{7}}(?!\w)))"
    r"(?:,? (?P<code>[0-9]{7})(?!\w))?"
)
_ARABIC_GATE = late(rf"(?:{alternation(_WORDS['arabic'])}) ")
_ARABIC_WORD = "[\u0621-\u064a]{2,15}"
_ARABIC_TYPE = alternation(_WORDS["arabic"])
_ARABIC_TOWN = rf"(?:[،,] ?|[ ]?- ?)(?P<town>{_ARABIC_WORD}(?: {_ARABIC_WORD}){{0,2}})(?= ?(?:[.،,\n;؛\-]|$))"
_ARABIC_LAST = late(
    rf"(?<![\w])(?P<type>{_ARABIC_TYPE}) (?P<name>{_ARABIC_WORD}(?: {_ARABIC_WORD}){{0,3}}?)[،,]? "
    rf"(?:(?:مبنى |عمارة )?رقم |مبنى |عمارة )?(?P<house>[1-9][0-9]{{0,4}})(?![\w:%.\-]{{0,3}}[0-9])"
    rf"(?! ?(?:{alternation(_WORDS['arabic_counted'])}))"
    rf"(?:[،,]? (?:الدور|الطابق) (?P<floor>[0-9]{{1,2}}))?(?:[،,]? شقة (?P<room>[0-9]{{1,4}}))?{_ARABIC_TOWN}"
    r"(?:[،,]? (?P<code>[0-9]{5})(?!\w))?"
)
_ARABIC_FIRST = late(
    rf"(?<![\w.:/\-])(?P<house>[1-9][0-9]{{0,3}})[،,]? (?P<type>{_ARABIC_TYPE}) "
    rf"(?P<name>{_ARABIC_WORD}(?: {_ARABIC_WORD}){{0,3}})(?:[،,] (?:الدور|الطابق) (?P<floor>[0-9]{{1,2}}))?"
    rf"(?:[،,] شقة (?P<room>[0-9]{{1,4}}))?{_ARABIC_TOWN}(?:[،,]? (?P<code>[0-9]{{5}})(?!\w))?"
)
_PARTS = late("(?i:phường|phuong|quận|quan |p\\.|q\\.)")
_VIETNAMESE_COUNTED = frozenset(_WORDS["vietnamese_counted"])
_COUNTED = frozenset(table("postal_words")["counted"])
_NOT_TOWNS = frozenset(_WORDS["not_towns"])
_ALEF = str.maketrans("أإآى", "اااي")
_MARKS = late("[\u05b0-\u05c7\u064b-\u0652\u0640]")
_SCRIPTS = late("[\u05d0-\u05ea\u0621-\u064a\u0e01-\u0e4e\u3041-\u9fff\uac00-\ud7a3]")


def in_scripts(text: str) -> Iterator[Place]:
    """Every address that is written in one of these scripts."""
    if text.isascii():
        if "uan " in text or "Q." in text:
            yield from _vietnamese(text)
        return
    if _SCRIPTS.search(text) is not None:
        if _EAST.search(text) is not None:
            yield from east_asian(text)
        if _THAI_GATE.search(text) is not None:
            yield from _thai(text)
        if _HEBREW_GATE.search(text) is not None:
            yield from _hebrew(text)
        if _ARABIC_GATE.search(text) is not None:
            yield from _arabic(text)
    if _VIETNAMESE_GATE.search(text) is not None:
        yield from _vietnamese(text)


def in_order(text: str) -> str:
    """The text in the order of a key, if it is an address of these scripts; else as it is."""
    first = next(in_scripts(text), None)
    return text if first is None else first.ordered


def _told(floor: str | None, room: str | None, code: str | None) -> str:
    return units_told(None, floor, room) + (f", {code}" if code else "")


def _thai(text: str) -> Iterator[Place]:
    for match in _THAI.finditer(text):
        if not match.group("places") and not match.group("code"):
            continue
        kind = "ซอย" if match.group("type").startswith("ซ") else "ถนน"
        street = f"{kind}{match.group('name')} {match.group('number') or ''}".rstrip()
        floor = match.group("floor") or match.group("floor_before")
        room = match.group("room") or match.group("room_before")
        house = match.group("house").replace("/", "-")
        yield Place(match.start(), match.end(), 0.8, f"{house} {street}{_told(floor, room, match.group('code'))}")


def _vietnamese(text: str) -> Iterator[Place]:
    for match in _VIETNAMESE.finditer(text):
        name = match.group("name")
        if not match.group("type") and (_counts(name) or (name.isascii() and not _PARTS.search(match.group("places")))):
            continue
        house = match.group("house").replace("/", "-")
        told = _told(match.group("floor"), None, match.group("code"))
        yield Place(
            match.start(), match.end(), 0.8 if match.group("type") else 0.7, f"{house} {match.group('name')}{told}"
        )


def _counts(name: str) -> bool:
    """Whether a number before such words counts them: `2 Phòng Ngủ`, `3 Bedroom Flat`."""
    words = name.lower().split()
    return words[0] in _VIETNAMESE_COUNTED or any(word in _COUNTED or word.rstrip("s") in _COUNTED for word in words)


def _is_town(town: str | None) -> bool:
    """Whether what stands behind a comma may be a town, as no word for a price or a phone is."""
    return town is None or town.strip(" ,،-").split(" ")[0] not in _NOT_TOWNS


def _hebrew(text: str) -> Iterator[Place]:
    for match in _HEBREW.finditer(text):
        if not _is_town(match.group("town")):
            continue
        kind = match.group("type")
        street = match.group("name") if kind[0] == "ר" else f"{_WORDS['hebrew'][kind]} {match.group('name')}"
        house = match.group("house").replace(" ", "").replace("/", "-")
        told = _told(match.group("floor"), match.group("room"), match.group("code"))
        street = _MARKS.sub("", street).replace("׳", "'").replace("״", "").replace('"', "")
        start = match.start() if text[match.start()] == kind[0] else match.start() + 1
        yield Place(start, match.end(), 0.75, f"{house} {street}{told}")


def _arabic(text: str) -> Iterator[Place]:
    for pattern in (_ARABIC_LAST, _ARABIC_FIRST):
        for match in pattern.finditer(text):
            if not _is_town(match.group("town")):
                continue
            street = match.group("name")
            if match.group("type") not in ("شارع", "ش"):
                street = f"{match.group('type')} {street}"
            street = _MARKS.sub("", street).translate(_ALEF)
            told = _told(match.group("floor"), match.group("room"), match.group("code"))
            yield Place(match.start(), match.end(), 0.75, f"{match.group('house')} {street}{told}")
