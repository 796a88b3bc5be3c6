"""Names without any sign of one: long words in no dictionary (data/long_words.txt), as in `discord goblinvendor`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from minerva.identifiers.ordinary_words import is_ordinary

LEAST, LONG = 10, 12
"""Letters from which a word can be known as one of no language, and from which its clause may go on behind it."""
ENDING = re.compile(
    r"(?:ings?|[ts]ions?|ments?|ness|nesses|ity|ities|ful|less|[ai]bl[ey]|ly|ous|ives?|[ae]nces?|wards?|wise|ed"
    r"|ists?|isms?|als?|ics?|ships?|ology|graph(?:s|y)|ures?|where|times?|days?|hand|away|ever|thing|body"
    r"|mente|ci[oó]n|ciones|dades?|zion[ei]|ungen|ung|keit|lich|ções)$"
)
"""How ordinary words of ten letters and more mostly end."""
STATE = re.compile(r"(?:ents?|[aeiu]tes?|end|[ai]d[oa]s?|os[oa]s?|nt[aei]s?|uous|ent[oa]s?|ens?e)$")
"""How more words end that tell what is the matter with an account: `my discord is nonexistent`."""
_MORE = re.compile(
    r"(?:tors?|ogra(?:m|ms|phers?)|i[sz]er|[eo]rs"
    r"|[aei]ndo|[aei]r(?:l[aeo]s?|[mst]e|nos)?|[ei]r[sml][eo]s?|[aei]mos|[aei]ba[ns]?|[aei]ria[ns]?|ncias?|dad|eces"
    r"|ieron|aron|aste|iste|adora?s?|edora?s?|ica[sn]?|ico[ns]?|ivas?|ivos?|ales|iones)$"
)
"""How still more of English and Spanish end."""
TRADE = re.compile(
    r"(?:tors?|ogra(?:m|ms|phers?)|i[sz]er|ular|[aei]bil[ei]|evol[ei]|lich|isch|weise|mente|ment|ando|endo"
    r"|ow[aey]|owych|sk[aieo]e?|igen?|ungen|ende[nr]?|ants?|dad|dores|schaft(?:en)?|verein|[ae]nie"
    r"|people|persons?|wom[ae]n|folks?|children|parents)$"
)
"""How those of trades and tools end, and what texts in other languages hold where a name would stand."""
_DRAWN_OUT = re.compile(r"(.)\1\1|(..)\2\2")
"""`pleaseeee`, `hahahaha`."""
_PERSON, _LONGEST_OF_PERSONS = re.compile(r"[eo]rs?$"), 14
_PLATFORMS = re.compile(r"telegram|instagr|snapchat|facebook|whatsapp|discord|tiktok|onlyfans|youtube|twitter|channel")
_CHATS = frozenset(
    ["instagram", "snapchat", "telegram", "twitter", "facebook", "tiktok", "onlyfans", "fansly", "kik", "wechat",
     "kakaotalk", "line", "skype", "discord", "wickr", "vk"]
)  # fmt: skip
"""Platforms of which names are told so; what stands behind others is mostly of a trade of its own."""
_OTHER_LANGUAGES = frozenset(
    ["und", "ist", "nicht", "der", "das", "auf", "für", "het", "een", "niet", "van", "voor", "met", "est",
     "les", "des", "nous", "sur", "pour", "avec", "che", "per", "sono", "gli", "não", "uma", "você", "são",
     "och", "är", "att", "og", "på", "som", "ikke", "jeg", "bir", "için", "ile", "nie", "jest", "się", "dla",
     "että", "és", "nem", "egy"]
)  # fmt: skip
"""Words of languages whose long words are not listed."""
_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,5}(?!\w)")
_STARTS = re.compile(
    r"(?:^|[\n.!?;:,(\[|/•*·&+\-]|[^\x00-\x7f\w\s]"
    r"|(?<!\w)(?:and|or|y|o|e|my|mi|our|on|via|thru|add|dm|msg|message|hmu|follow|find|text|use|en|at|by|me|us|i'?m"
    r"|search|search for|look for|look up|called|named|busca|buscar|procura|procura por"
    r"|i am|as))\s?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:$|\n|[.!?;,)\]|]+(?:\s|$))|\s?[^\x00-\x7f\w\s]")
_GOES_ON = re.compile(r" (?:(?:for|or|and|to|if|y|o|para|hmu|dm|pls|please|text|call|only)\b|[&/\-] )")
_OR = re.compile(
    r" (?:or|and|&|/|y|e|et|und|ed|en|och|og|oder|ou|o) (?:(?:on|my|mi|mon|mein|il mio|meu|min|mijn) )?"
    r"(?:[a-z]{0,5}[0-9]|(?:call|text|e?mail|insta(?:gram)?|ig|tik ?tok|snap(?:chat)?|fb"
    r"|facebook|kik|twitter|telegram|tg|threads|youtube|discord|whatsapp)\b)",
    re.IGNORECASE,
)
_HUMPS = re.compile(r"[A-Z][a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,4}[A-Z]{0,3}")
_SHORT = re.compile(r"[A-Za-z]{2,5}(?![A-Za-z])")


@lru_cache(maxsize=1)
def _long_words() -> frozenset[str]:
    """The listed words. 93 kB, read when the first such word is met."""
    text = (Path(__file__).parent / "data" / "long_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_unknown(word: str) -> bool:
    """Whether a word in small letters is long and no ordinary one of seven languages."""
    if len(word) < LEAST or not (word.isascii() and word.isalpha() and word.islower()) or _DRAWN_OUT.search(word):
        return False
    if ENDING.search(word) or STATE.search(word) or _MORE.search(word):
        return False
    return not is_listed_word(word)


def is_listed_word(word: str) -> bool:
    """Whether a word in small letters is a long one of a dictionary, in the plural too, or names a platform."""
    known = _long_words()
    return word in known or (word.endswith("s") and word[:-1] in known) or _PLATFORMS.search(word) is not None


def is_unlisted(word: str) -> bool:
    """`is_unknown` without the endings of Spanish: for words of which a phrase says that they are names."""
    if len(word) < LEAST or not (word.isascii() and word.isalpha() and word.islower()) or _DRAWN_OUT.search(word):
        return False
    if ENDING.search(word) or STATE.search(word) or TRADE.search(word):
        return False
    if len(word) < _LONGEST_OF_PERSONS and _PERSON.search(word):
        return False
    return not is_listed_word(word)


def is_chat(platform: str) -> bool:
    """Whether names on a platform are told without any sign of one."""
    return platform in _CHATS


def starts_clause(text: str, start: int) -> bool:
    """Whether a clause starts at `start`, or a request to write or to look."""
    return _STARTS.search(text, max(0, start - 14), start) is not None


def _ends(text: str, end: int) -> bool:
    """Whether a clause ends at `end`, or another way to write follows: `tg oakandtiles or 415 555 0123`."""
    return _ENDS.match(text, end) is not None or _OR.match(text, end) is not None


def is_bare_tag(tag: str, text: str, start: int, end: int) -> bool:
    """Whether a word behind a payment service is a tag as a word beside a platform is a name."""
    return is_unknown(tag) and starts_clause(text, start) and _ends(text, end)


_SHORTEST = 6


def _is_short_name(name: str) -> bool:
    """Whether a word of fewer letters in small ones is no ordinary one and ends like none."""
    if not (_SHORTEST <= len(name) < LEAST and name.isascii() and name.isalpha() and name.islower()):
        return False
    return not (_DRAWN_OUT.search(name) or ENDING.search(name) or STATE.search(name) or is_ordinary(name))


def is_bare_name(platform: str, name: str, text: str, start: int, end: int) -> bool:
    """Whether a word beside a platform is a name: one of no language, with the platform a clause of its own.

    `text[start:end]` holds the platform and the name.
    """
    if platform not in _CHATS or not starts_clause(text, start):
        return False
    # Programs name their classes with capitals within, and a platform by its whole name: `Telegram InlineKeyboard`.
    capitals = _HUMPS.fullmatch(name) is not None and _SHORT.match(text, start) is not None
    shouted = name.isupper() and text[start - 1 : start] in ("", "\n") and text.startswith(name, start)
    if not (is_unknown(name.lower() if capitals or shouted else name) or _is_short_name(name)):
        return False
    if not (_ends(text, end) or (len(name) >= LONG and _GOES_ON.match(text, end) is not None)):
        return False
    # What stands alone in its line and is in capitals is no part of a sentence.
    before, behind = (0, 0) if shouted else (160, 80)
    return _OTHER_LANGUAGES.isdisjoint(map(str.lower, _WORD.findall(text, max(0, start - before), end + behind)))
