"""Addresses of China, Taiwan, Hong Kong, Japan and Korea in their own scripts, read from the largest place to the room.

A street or a block is searched for first, and the places before it are read from the few characters that stand there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.tables import table

_WORDS = table("postal_scripts")


class Place(NamedTuple):
    """An address: where it stands, how sure it is, and its parts in the order of a key: `88 建国路, fl 5`."""

    start: int
    end: int
    confidence: float
    ordered: str


_HAN = "\u4e00-\u9fff々"
_KANA = "\u3041-\u3096\u30a1-\u30faー"
_COUNT = "(?:[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_LONGEST_RUN = 34
_CHINESE_TOWNS = alternation(_WORDS["chinese_towns"])
_CHINESE = late(
    rf"[路街道巷弄同](?P<section>{_COUNT}段)?(?P<lane>[0-9]{{1,4}}巷)?(?P<alley>[0-9]{{1,3}}弄)? ?"
    r"(?P<house>[1-9][0-9]{0,4}(?:[\-之][0-9]{1,3})?) ?[号號](?![线線楼樓门門馆館店车車])(?P<behind>之[0-9]{1,2})?"
    rf"(?P<units>院?(?: ?[{_HAN}]{{2,10}}?(?:大厦|大廈|广场|廣場|中心|公寓|大楼|大樓))?"
    r"(?: ?[0-9A-Z]{1,3}(?:号楼|號樓|栋|棟|幢|座))?"
    rf"(?: ?[0-9]{{1,2}}单元)?(?: ?{_COUNT}(?:楼|樓|层|層|F(?!\w)))?(?:之[0-9]{{1,2}})?"
    rf"(?: ?(?:[0-9]{{1,5}}[A-Z]?|[A-Z])(?:室|房))?)"
)
_RUN = late(rf"[{_HAN}](?:[{_HAN}]| (?=[{_HAN}])){{0,{_LONGEST_RUN}}}$")
_CHINESE_PLACE = late(
    rf" ?(?:(?P<bare>{_CHINESE_TOWNS})(?![省市])|(?:{alternation(_WORDS['hong_kong'])})"
    rf"|[{_HAN}]{{1,7}}?[{_HAN}](?:省|市|自治州|[区區县縣镇鎮乡鄉]))"
)
_CHINESE_START = late(rf"(?:{alternation([*_WORDS['chinese_towns'], *_WORDS['hong_kong']])})")
_LEAD = late(rf"(?:{alternation(_WORDS['chinese_lead'])})")
_PROSE = late(rf"[{_WORDS['chinese_prose']}]")
_FLOOR = late(rf"({_COUNT}) ?(?:楼|樓|层|層|F|階)")
_ROOM = late(r"([0-9]{1,5}[A-Z]?|[A-Z])(?:室|房|号室)")
_BUILDING = late(r"([0-9A-Z]{1,3})(?:号楼|號樓|栋|棟|幢|座)")
_PREFECTURES = alternation(_WORDS["prefectures"])
_JAPANESE_GATE = late("[市区][^0-9\\n]{1,15}[0-9一二三四五六七八九十]")
_JAPANESE = late(
    rf"(?P<postcode>〒? ?[0-9]{{3}}-[0-9]{{4}} ?)?(?:(?P<prefecture>{_PREFECTURES})[{_HAN}ヶケのノ]{{1,6}}?[市区郡]"
    rf"|[{_HAN}]{{1,5}}市[{_HAN}]{{1,4}}区|(?P<ward>[{_HAN}]{{2,4}}[市区]))"
    rf"(?:(?<=郡)[{_HAN}ヶケのノ]{{1,5}}?[町村]|(?<=市)[{_HAN}]{{1,4}}?区)?(?P<area>[{_HAN}{_KANA}]{{1,10}}?)"
    rf"(?:(?P<block>[1-9][0-9]{{0,3}}(?:-[0-9]{{1,4}}){{1,2}})(?![0-9\-]| ?[時分円名歳年月人日試勝敗])"
    rf"|(?P<part>{_COUNT})丁目 ?(?P<rest>[0-9]{{1,4}}(?:(?:番地?の?|-) ?[0-9]{{1,4}})?)(?:番地?|号)?)"
    rf"(?P<units>(?: ?[{_HAN}{_KANA}A-Za-z]{{1,15}}(?:ビル|マンション|タワー|ハイツ|コーポ))?"
    r"(?: ?[0-9]{1,3} ?(?:F(?!\w)|階))?(?: ?[0-9]{1,5}号室)?)"
)
_KOREAN_TOWNS = alternation(_WORDS["korean_towns"])
_KOREAN = late(
    rf"(?<![가-힣])(?P<town>(?:{_KOREAN_TOWNS})(?:특별자치시|특별자치도|특별시|광역시|시|도)? )?"
    r"(?P<places>(?:[가-힣]{1,4}(?:시|군|구|읍|면) ){0,3})"
    r"(?P<street>[가-힣0-9]{1,8}(?:대로|로|길)(?: ?[0-9]{1,3}(?:번길|길))?) ?(?P<house>[1-9][0-9]{0,3}(?:-[0-9]{1,3})?)"
    r"(?![0-9\-.,:/]{0,3}[0-9]| ?(?:번|호선|분|시|명|개|원|만|살|년|월|일|차|회|위|미터|미|%|km|m))"
    r"(?P<units>(?:,? ?[가-힣A-Za-z]{2,10}(?:빌딩|타워|아파트))?(?:,? ?[0-9]{1,4}동)?(?:,? ?(?:지하 ?)?[0-9]{1,2}층)?"
    r"(?:,? ?[0-9]{1,4}호(?!선))?)(?:,? ?\(?[가-힣0-9]{2,6}동\))?(?:,? ?\(?(?P<code>[0-9]{5})\)?(?![0-9\-]))?"
)
_KOREAN_FLOOR = late(r"(지하 ?)?([0-9]{1,2})층")
_KOREAN_ROOM = late(r"([0-9]{1,4})호")
_KOREAN_BUILDING = late(r"([0-9]{1,4})동(?!\))")
_NOT_DISTRICTS = frozenset(_WORDS["not_districts"])
_HAN_DIGITS = "〇一二三四五六七八九"


def east_asian(text: str) -> Iterator[Place]:
    """Every address in the text that is written in Chinese characters, kana or Hangul."""
    yield from _chinese(text)
    if _JAPANESE_GATE.search(text) is not None:
        yield from _japanese(text)
    yield from _korean(text)


def _number(written: str) -> str:
    """A number up to 99, in digits: `十二` is `12`."""
    if written[0].isdigit():
        return written
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return "".join(str(_HAN_DIGITS.index(each)) for each in written)
    return str(10 * (_HAN_DIGITS.find(tens[:1]) if tens else 1) + (_HAN_DIGITS.index(ones) if ones else 0))


def _units(text: str) -> str:
    """Building, floor and room as the key's words."""
    building, floor, room = _BUILDING.search(text), _FLOOR.search(text), _ROOM.search(text)
    return units_told(building and building.group(1), floor and _number(floor.group(1)), room and room.group(1))


def units_told(building: str | None, floor: str | None, room: str | None) -> str:
    """A building, a floor and a room, each if it is told, as postal_key reads them behind a street."""
    named = (("bldg", building), ("fl", floor), ("rm", room))
    return "".join(f", {name} {value}" for name, value in named if value)


def _chinese(text: str) -> Iterator[Place]:
    for match in _CHINESE.finditer(text):
        run = _RUN.search(text, max(0, match.start() - _LONGEST_RUN), match.start())
        if run is None:
            continue
        start = _chinese_start(text, run.start(), match.start())
        end, bare = start, False
        while (place := _CHINESE_PLACE.match(text, end, match.start())) is not None:
            if place.end() == match.start() or (place.group("bare") and end > start):
                break
            end, bare = place.end(), place.group("bare") is not None
        name = text[end : match.start() + 1].strip()
        if (
            end == start
            or not (3 if bare else 2) <= len(name) <= 8
            or _PROSE.search(text, start, match.start()) is not None
        ):
            continue
        if name.endswith("同") and not name.endswith("胡同"):
            continue
        section = match.group("section") or ""
        street = name + (f"{_number(section[:-1])}段" if section else "")
        street += (match.group("lane") or "") + (match.group("alley") or "")
        house = (match.group("house") + (match.group("behind") or "")).replace("之", "-")
        yield Place(start, match.end(), 0.8, f"{house} {_simple(street)}{_units(match.group('units'))}")


def _simple(street: str) -> str:
    return street.translate(_SIMPLE)


_SIMPLE = str.maketrans(_WORDS["simple"])
"""Traditional characters of street names that are written in both ways (`臺` and `台`)."""


def _chinese_start(text: str, start: int, end: int) -> int:
    """Where the first place begins: at a town that is known, or behind a word such as `地址`."""
    town = _CHINESE_START.search(text, start, end)
    if town is not None:
        return town.start()
    for match in _LEAD.finditer(text, start, end):
        start = match.end()
    return start + (text[start : start + 1] == " ")


def _japanese(text: str) -> Iterator[Place]:
    for match in _JAPANESE.finditer(text):
        if match.group("ward") and not (match.group("part") or match.group("postcode")):
            continue
        if match.group("area")[-1] in _WORDS["japanese_not_areas"]:
            continue
        house = match.group("block") or ""
        if not house:
            rest = match.group("rest").replace("番地", "番").replace("番の", "番").replace("番", "-").replace(" ", "")
            house = f"{_number(match.group('part'))}-{rest.rstrip('-')}"
        code = (match.group("postcode") or "").strip(" 〒")
        ordered = f"{house} {match.group('area')}{_units(match.group('units'))} {code}".rstrip()
        yield Place(match.start(), match.end(), 0.85 if match.group("prefecture") else 0.75, ordered)


def _korean(text: str) -> Iterator[Place]:
    for match in _KOREAN.finditer(text):
        places = match.group("places").split()
        if not match.group("town") and (not places or any(place in _NOT_DISTRICTS for place in places)):
            continue
        street = match.group("street")
        if not (places or match.group("code") or street.endswith("대로")):
            continue
        if street.endswith("으로") or len(street) < 2:
            continue
        units = match.group("units")
        building, floor, room = (p.search(units) for p in (_KOREAN_BUILDING, _KOREAN_FLOOR, _KOREAN_ROOM))
        told = units_told(
            building and building.group(1),
            floor and f"{'b' if floor.group(1) else ''}{floor.group(2)}",
            room and room.group(1),
        )
        ordered = f"{match.group('house')} {street.replace(' ', '')}{told}"
        code = match.group("code") or ""
        yield Place(match.start(), match.end(), 0.85 if match.group("town") else 0.7, f"{ordered} {code}".rstrip())
