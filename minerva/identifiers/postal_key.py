"""One key for all ways of writing a postal address: `<number> <direction> <street> <type> <unit> <postcode>`."""

from __future__ import annotations

import re

from minerva.identifiers.characters import folded
from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.postal_scripts import in_order
from minerva.identifiers.postcode import FORMS
from minerva.identifiers.tables import table

_WORDS = table("postal_words")


_LEADING: dict[str, str] = {folded(word): short for word, short in _WORDS["leading"].items()}
_BEHIND: dict[str, str] = {folded(word): full for word, full in _WORDS["behind_full"].items()}
"""Short types behind a name that stands before its number, in full: `nám.` of Prague, `g.` of Vilnius."""
_UNIT_WORDS: dict[str, str] = {folded(word): short for word, short in _WORDS["unit_words"].items()}
_FIRST = frozenset(folded(word) for word in _WORDS["romance_first"])
_STREET_WORDS_OF_UNITS = frozenset(["lower", "upper", "rear", "level", "building", "row"])
"""Words of units that also begin names of streets."""
_BOX = late(r"\bbox (\d+)")
_VALUE = (
    r"(?:[0-9]{1,4}-[0-9]{1,4}(?!\w)|[0-9]{1,5}(?:-?[a-z](?!\w))?(?!\w)|[a-z][0-9]{0,4}(?!\w)|[a-z]-[0-9]{1,4}(?!\w))"
)
_UNIT_NAMES = alternation(map(folded, [*_WORDS["unit"], *_UNIT_WORDS, "door", "shop"]))
_UNIT = late(
    rf"(?:(?<=[^\w])|^)(?:(?P<word>{_UNIT_NAMES})(?![^\W\d_])\.? ?(?:(?:no?|nr)\.? ?)?[:#]? ?(?P<value>{_VALUE})"
    rf"|door (?P<only>[a-z0-9]{{1,12}})(?!\w)|#(?P<sign>{_VALUE})"
    rf"|(?P<floor>[0-9]{{1,2}})(?:[.º°ªoa]{{1,2}}|st|nd|rd|th|er|eme|e)\.? ?"
    rf"(?:(?:{alternation(map(folded, _WORDS['ordinals']))})(?![^\W\d_])\.?"
    rf"|(?P<door>{alternation(map(folded, _WORDS['doors']))})(?![^\W\d_])\.?"
    r"|[ ,]{1,2}(?P<letter>[a-z0-9]{1,2})[ºª°]?(?![\w])|(?<=[ºª°] )(?P<glued>[a-z])(?!\w)|(?=,|$))"
    r"|(?P<other>bajo|atico|principal|r/c|res-do-chao|ground floor|first floor|second floor|third floor"
    r"|top floor)(?!\w)(?: (?P<side>[a-z])(?!\w))?)"
)
_FLOORS = {"ground floor": "0", "first floor": "1", "second floor": "2", "third floor": "3"}
_FRONT = late(
    rf"(?:(?:{alternation(_WORDS['front'])})\.? ?(?:no\.? ?)?#?{_VALUE}|[0-9]{{1,2}}/f|(?:ground|first|second|third|top"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)) (?:floor|flat))"
    r"(?:, ?| / |/| - | (?=[0-9]))"
)
_FLOOR_AND_FLAT = late(rf"^({alternation(_WORDS['front'])}) ([0-9]{{1,3}})/([0-9]{{1,2}}), ")
_CODES = late(
    rf"(?:(?<![\w\-])|(?<=[ ,][a-z]-)|(?<=[ ,][a-z][a-z]-))(?:(?P<gb>{FORMS['GB'].lower()})"
    rf"|(?P<ca>{FORMS['CA'].lower()})"
    rf"|(?P<ie>{FORMS['IE'].lower()})|(?P<nl>[1-9][0-9]{{3}} ?[a-z]{{2}})"
    r"|(?P<parts>[0-9]{5}-[0-9]{3}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3})|(?P<five>[0-9]{5})(?:-[0-9]{4})?"
    r"|(?P<six>[0-9]{6})|(?P<two>[0-9]{3} [0-9]{2}))(?![\w\-])"
)
_PROVINCE = late(r"(?:^|[ ,])(?:ab|bc|mb|nb|nl|ns|nt|nu|on|pe|qc|sk|yt),?$")
_STATE_FOUR = late(
    r"[ ,](?:nsw|vic|qld|sa|wa|tas|act|nt|new south wales|victoria|queensland|tasmania|south australia"
    r"|western australia),? (?P<code>[0-9]{4})$"
)
_FOUR = late(
    r"(?<=[\w.])(?:,|(?<=[0-9])|(?<=[0-9][a-z])) ?(?:[a-z]{1,2}[\- ])?(?<![0-9])(?P<code>[0-9]{4}),? (?=[^\W\d_])"
)
_LAST_FOUR = late(r"^[0-9]\S* .*[^\W\d_].* (?P<code>[0-9]{4})$")
"""Four digits at the end of a key, which begins with the house number."""
_UNIT_LAST = late(rf"(?<!\w)(?:{_UNIT_NAMES})\.? ?#?$")
_FINNISH = late(r"(?<= )(?P<number>[0-9]{1,4}) (?P<stairs>[a-h]) (?P<flat>[0-9]{1,3})(?=,|$)")
_CODE_FIRST = late(r"^(?P<code>[0-9]{4,6}),? [^\d,]+, (?:[ivx]+\. ?(?:ker(?:\.|ulet))?, )?(?=.*[0-9])")
_HUNGARIAN = late(rf"(?:{alternation(map(folded, _WORDS['hungarian']))})(?:$|[ \d])")
_NUMBER_FIRST = late(
    r"^(?P<number>[0-9]{1,6})(?:(?P<letter>(?:hs|huis|iv|i{1,3}|[a-zא-ת])(?!\w))|[ \-]?(?P<bis>bis|ter"
    r"|quater)(?=,? )|(?P<range>[\-/&][0-9]{1,6}[a-z]?(?!\w)|(?:-[0-9]{1,4}){2,3}(?!\w)))?(?!\w),? (?P<street>.+)$"
)
_NUMBER_LAST = late(
    r"(?<![\w/\-.])(?P<number>[0-9]{1,5})(?P<letter>[a-z](?!\w)| [a-z](?=,|$| -)|[\-/][a-z](?!\w)|-(?:hs|i{1,3}"
    r"|iv)(?!\w)| (?:hs|huis|i{1,3}|iv)(?=,|$)| ?(?:bis|ter)(?!\w))?"
    r"(?P<range> ?- ?[0-9]{1,4}[a-z]?(?!\w))?(?P<slash>(?: ?/ ?(?:[0-9]{1,4}[a-z]?"
    r"|[a-z][0-9]{1,3})(?!\w)){1,2})?(?![\w])(?!\.? (?:maja|de [^\W\d_])|-[^\W\d_])"
)
_LABEL = late(r"(?:(?:^|[ ,]+)(?:no|nr|num|numero|numara|n|br|c|д|дом|буд)[.:º°]{0,2} ?:?|[ ,]*#)$")
_SUFFIX = late(r" (north|south|east|west)$")
_GRID = late(
    r"(?:[a-z]+\.? [0-9]{1,3}[a-z]? ?(?:#|n[o°º])|[0-9]{1,3}-[0-9]{1,3} (?:calle|carrera|transversal|diagonal) [0-9])"
)
"""Streets by number, as Colombia names them: what stands behind the sign is a house."""
_BLOCK = late(r"^(?:(?:no|blk|block)\.? ?#?|# ?)(?=[0-9]{1,5}[a-z]?,? [^\W_])")
_ORDINAL_STREET = late(
    r"^(?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th)) (?P<street>(?:[a-z] )?(?:cross|main)(?: (?:road|rd))?)(?!\w)"
)
"""Streets of India that are counted and told without a house."""
_NUMBERED = late(rf"^(?P<name>[^,]{{1,60}} (?:{alternation(_WORDS['english'])}))\.? (?P<number>[0-9]{{1,2}})(?![\w\-])")
"""A street whose number stands behind its type, as in Singapore."""
_ICELANDIC = late(
    rf"^.*[0-9]\S*?,? (?:is-)?(?P<code>[1-9][0-9]{{2}}) (?:{alternation(map(folded, _WORDS['icelandic_towns']))})$"
)
_JAPANESE = late(r"^[0-9\-]{3,15} [^\x00-\x7f].* (?P<code>[0-9]{3}-[0-9]{4})$")
_MAX_LENGTH = 300


def key_of(text: str) -> str:
    """The parts of an address in one order, empty if it has no street with a number and no box."""
    if len(text) > _MAX_LENGTH:
        return ""
    text = re.sub(
        r"\s+", " ", re.sub(r",? ?\n", ", ", folded(in_order(text))).replace("ß", "ss").replace("’", "'")
    ).strip(" .,")
    text = _in_usual_words(text)
    text = re.sub(r"(?<=[a-z\-])str(?:\.|(?= \d)|$)", "strasse", text)
    box = _BOX.search(text)
    if box is not None:
        return f"box {box.group(1)} {next(iter(re.findall(r'[0-9]{5}(?![0-9])', text[box.end() :])), '')}".strip()
    units: list[str] = []
    text, code = _without_code(_without_front(text, units))
    text = _without_units(text, units)
    number, street = _number_and_street(text, units)
    if not number or not street:
        return ""
    return " ".join(" ".join([number, street, " ".join(_in_order(units)), code]).split())


def _in_usual_words(text: str) -> str:
    """The text with what stands around the numbers of Malaysia, Singapore and Thailand as elsewhere."""
    text = _BLOCK.sub("", text)
    text = re.sub(r",? ?(?<!\w)s ?\(([0-9]{6})\)", r", singapore \1", text)
    if "soi " in text:
        text = re.sub(r"^([0-9]{1,4})/([0-9]{1,4})(?=,? [^\W\d_])", r"\1-\2", text)
        text = re.sub(r"(?<=[0-9] )soi ([a-z]{3,20}) ([0-9]{1,3})(?!\w)", r"\1 soi \2", text)
    return text


def _without_code(text: str) -> tuple[str, str]:
    """The text up to its postcode, and the postcode as its country writes it."""
    first = _CODE_FIRST.match(text)
    if first is not None and (not text.isascii() or _HUNGARIAN.search(text) is not None):
        return text[first.end() :], first.group("code")
    for pattern in (_ICELANDIC, _JAPANESE):
        short = pattern.match(text)
        if short is not None:
            return re.sub(r"[ ,](?:is-)?$", "", text[: short.start("code")]).rstrip(" ,"), short.group("code")
    found = None
    for match in _CODES.finditer(text):
        if match.start() > 3:
            found = match
    if found is not None:
        name = found.lastgroup or "five"
        plain = found.group(name)
        before = text[: found.start()].rstrip(" ,-")
        before = re.sub(r"[ ,\-](?:d|f|i|e|nl|pl|cep|se|dk|s)$", "", before).rstrip(" ,-:")
        if name == "ca":
            before = _PROVINCE.sub("", before)
        if name in ("gb", "ca", "ie", "nl"):
            plain = plain.replace(" ", "")
            place = {"gb": len(plain) - 3, "ca": 3, "ie": 3, "nl": 4}[name]
            plain = f"{plain[:place]} {plain[place:]}"
        return before.rstrip(" ,"), plain
    for pattern in (_STATE_FOUR, _LAST_FOUR, _FOUR):
        match_of_four = pattern.search(text)
        if (
            match_of_four is not None
            and re.search(r"[0-9]", text[: match_of_four.start("code")])
            and not _UNIT_LAST.search(text[: match_of_four.start("code")])
        ):
            before = text[: match_of_four.start("code")].rstrip(" ,-")
            if pattern is _STATE_FOUR:
                before = text[: match_of_four.start()]
            return re.sub(r"[ ,](?:a|ch|b|dk|n|l)$", "", before).rstrip(" ,"), match_of_four.group("code")
    return text, ""


def _without_front(text: str, units: list[str]) -> str:
    """The text from its house number or its street on; a flat or a floor before it goes to the units."""
    text = _FLOOR_AND_FLAT.sub(r"\1 \2-\3, ", text)
    while (front := _FRONT.match(text)) is not None and text[front.end() :]:
        inner = _UNIT.search(front.group().rstrip(" ,/-"))
        if inner is not None:
            units.append(_unit(inner))
        text = text[front.end() :].lstrip()
    slash = re.match(r"([0-9]{1,4}[a-z]?)/(?=[0-9]+[a-z]?,? (?P<kind>[^\W\d_][\w.]*)(?P<more> [^\W\d_])?)", text)
    if slash is not None and (slash.group("kind").strip(".") not in _LEADING or not slash.group("more")):
        units.append(f"unit {slash.group(1)}")
        text = text[slash.end() :]
    return text


def _without_units(text: str, units: list[str]) -> str:
    """The text without flats, floors and doors, which go to the units in short words."""
    finnish = _FINNISH.search(text)
    if finnish is not None and not text[0].isdigit():
        units.append(f"apt {finnish.group('stairs')}{finnish.group('flat')}")
        text = text[: finnish.end("number")] + text[finnish.end() :]
    if _GRID.match(text):
        return text
    kept: list[str] = []
    end = 0
    for match in _UNIT.finditer(text):
        before = text[: match.start()]
        if not re.search(r"[0-9]", before) or not re.search(r"[^\W\d_]{2}", before):
            continue
        rest = text[match.end() :].lstrip(" .")
        if (
            match.group("word")
            and len(match.group("word")) <= 2
            and match.group("value").isalpha()
            and before.rstrip()[-1:].isalpha()
            and rest[:1].isalpha()
        ):
            continue
        units.append(_unit(match))
        kept.append(text[end : match.start()].rstrip(" ,-") + ",")
        end = match.end()
    text = "".join(kept) + text[end:] if kept else text
    return text.strip(" .,-")


def _in_order(units: list[str]) -> list[str]:
    """The units, each once, the doors last."""
    single = {unit for several in units for unit in re.split(r" (?=door )", several)}
    return sorted(single, key=lambda unit: (unit.startswith("door "), unit))


def _unit(match: re.Match[str]) -> str:
    """A unit as the key writes it: `apt 3`, `fl 2 door izda`."""
    if match.group("sign"):
        return f"unit {match.group('sign')}"
    if match.group("only"):
        return f"door {match.group('only')}"
    if match.group("floor") and match.group().endswith("ajto"):
        return f"apt {match.group('floor')}"
    if match.group("floor"):
        side = match.group("door") or match.group("letter") or match.group("glued")
        return f"fl {match.group('floor')}" + (f" door {side}" if side else "")
    if match.group("other"):
        name = match.group("other")
        side = match.group("side")
        return f"fl {_FLOORS.get(name, name.split()[0].replace('/', '')[0])}" + (f" door {side}" if side else "")
    word = match.group("word")
    return f"{_UNIT_WORDS.get(word, word)} {match.group('value')}"


def _number_and_street(text: str, units: list[str]) -> tuple[str, str]:
    """The house number and the words of the street; a number behind a slash goes to the units."""
    counted = _ORDINAL_STREET.match(text)
    if counted is not None:
        return counted.group("ordinal"), _street(counted.group("street"), number_first=True)
    first = _NUMBER_FIRST.match(text)
    if first is not None:
        street = re.split(r",| - ", first.group("street"))[0].strip(" .")
        extra = (
            first.group("letter")
            or first.group("bis")
            or (first.group("range") or "").replace("/", "-").replace("&", "-")
        )
        return first.group("number") + extra, _street(street, number_first=True)
    parts = re.split(r", ?| - ", text)
    place = next((index for index, part in enumerate(parts) if re.search(r"[0-9]", part)), None)
    if place is None:
        return "", ""
    part = parts[place]
    numbers = list(_NUMBER_LAST.finditer(part))
    if not numbers:
        return "", ""
    last = numbers[-1]
    number = last.group("number") + re.sub(r"[ \-/]", "", last.group("letter") or "")
    number += (last.group("range") or "").replace(" ", "")
    if last.group("slash"):
        units.append("apt " + "-".join(piece.strip() for piece in last.group("slash").split("/") if piece.strip()))
    street = _LABEL.sub("", part[: last.start()].rstrip(" ,")).strip(" ,.")
    if not re.search(r"[^\W\d_]{2}", street):
        street = parts[place - 1] if place else ""
    return number, _street(street, number_first=False)


def _street(street: str, *, number_first: bool) -> str:
    """The name of a street with its direction and its type in short forms."""
    # Imported here: most texts hold no address, and the room behind it loads its comparison too.
    from minerva.addresses.parse import parse_address

    numbered = _NUMBERED.match(street) if number_first else None
    if numbered is not None:
        return f"{_street(numbered.group('name'), number_first=True)} {numbered.group('number')}"
    street = re.sub(r"^c/ ?", "calle ", street)
    words = [word.strip(".,") for word in street.split()]
    words = [word for word in words if word]
    if not words:
        return ""
    if len(words) > 1 and not number_first:
        words[-1] = _BEHIND.get(words[-1], words[-1])
    kind = words[0]
    if kind in _LEADING and len(words) > 1:
        if number_first and kind in ("av", "bd", "pl"):
            kind = {"av": "avenue", "bd": "boulevard", "pl": "place"}[kind]
        return " ".join([_LEADING.get(kind, kind), *words[1:]]).strip()
    if not street.isascii():
        return " ".join(words)
    head = ""
    if words[0] in _STREET_WORDS_OF_UNITS and len(words) > 1:
        head = words.pop(0)
    kind = words[-1] if len(words) > 1 and words[-1] in ("st", "rd") and words[-2].isdigit() else ""
    if kind:
        words.pop()
    address = parse_address(_SUFFIX.sub(lambda match: match[0][:2], "1 " + " ".join(words)))
    if not address.street:
        return ""
    return " ".join(part for part in (address.direction, head, *address.street, address.street_type or kind) if part)
