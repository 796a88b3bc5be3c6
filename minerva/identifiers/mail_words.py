"""How people write the signs @ . _ - of an e-mail address, read from data/mail_words.json, as regular expressions over
text in lower case without accents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from minerva.identifiers import hosts, lexicon
from minerva.identifiers.characters import folded, normalized
from minerva.identifiers.tables import table

_DATA = table("mail_words")
VERSION: int = _DATA["version"]


def plain(word: str) -> str:
    """A word as the text it is compared with: normalized, in lower case, without accents."""
    return folded(normalized(word)[0])


def _plain(words: Iterable[str]) -> list[str]:
    return sorted({plain(word) for word in words}, key=lambda word: (-len(word), word))


def _alternation(words: Iterable[str]) -> str:
    """`lexicon.spaced` with the words tried in their order, for names that can end where a longer one goes on."""
    return "|".join(map(re.escape, words)).replace(r"\ ", lexicon.BLANKS)


AT_SURE = frozenset(_plain(_DATA["at"]))
AT_GLUED = frozenset(_plain(_DATA["at_glued"]))
AT_WEAK = frozenset(_plain(_DATA["at_weak"]))
AT_FAIR = frozenset(_plain(_DATA["at_fair"]))
AT_BRACKETED = frozenset(_plain(_DATA["at_bracketed"]))
AT_BESIDE = {plain(word): frozenset(_plain(dots)) for word, dots in _DATA["at_beside"].items()}
"""Words of AT_WEAK that mean the sign beside these names of the dot."""
LABELS = frozenset(_plain(_DATA["labels"]))
ROLES = frozenset(_plain(_DATA["roles"]))
PROSE = frozenset(_plain(_DATA["prose"]))
PLACES = frozenset(_plain(_DATA["hosts"]))
SPELLED = {plain(written): host for written, host in _DATA["spelled"].items()}
for _name in ("gmail", "hotmail", "yahoo", "outlook", "icloud", "protonmail"):
    SPELLED["-".join(_name)] = _name
    for _place in range(1, len(_name)):
        for _gap in " -":
            # "gma il.com", "hot-mail.com"
            SPELLED.setdefault(_name[:_place] + _gap + _name[_place:], _name)
for _name in [*SPELLED]:
    if " " in _name:
        # "gee-mail (dot) com"
        SPELLED.setdefault(_name.replace(" ", "-"), SPELLED[_name])
TOPS = {plain(written): top for written, top in _DATA["tops"].items()}
SIGNS = {plain(word): sign for sign, words in _DATA["signs"].items() for word in words}
PROVIDERS = (
    "gmail", "googlemail", "yahoo", "hotmail", "outlook", "icloud", "aol", "protonmail", "gmx", "live", "ymail",
)  # fmt: skip
"""Names of mail hosts whose top-level domain may stand apart from them or without its dot."""

_DOTS = _plain(_DATA["dot"])
_GLUED_DOTS = _plain(_DATA["dot_glued"])
DOT_WORDS = frozenset((*_DOTS, *_GLUED_DOTS))
_DOT_WORD = lexicon.spaced([*_DOTS, *_GLUED_DOTS])
_BARE_DOT_WORD = lexicon.spaced(_DOTS)
_TOPS = r"(?:com|c0m|net|org|co|ru|de|fr|es|it|info|example)(?![a-z0-9])"
_WRAP = r"[^a-z0-9\s@&%,;:!?$€£#]"

_PROVIDER = _alternation([*PROVIDERS, "mail"])
_WORDS = sorted({*AT_SURE, *AT_WEAK, *AT_BRACKETED} - {"@t", "at"}, key=lambda word: (-len(word), word))
_NOT_LETTER = r"(?![^\W_])"
_FOREIGN_TOPS = _alternation(sorted((top for top in TOPS if not top.isascii() or "-" in top), key=len, reverse=True))
_SAID_GLUED = "(?:dot|p(?:un[ck]t|unto?|onto?|oint))"
"""Names of the dot that stand right behind a provider."""
# Each way begins with a letter or sign of its own and not with a condition, so that the search skips to those.
_COMMON = (
    r"@(?:t(?=[\s)\]}>])|rr[o0]b[a4](?![^\W_]))?|&(?:#0{0,4}64|#x0{0,4}40|commat);|%40|\\(?:u00|x)40"
    rf"|at(?:{_NOT_LETTER}|(?=(?:{_PROVIDER})(?:\.| |com|{_SAID_GLUED})))"
)
ANCHOR_COMMON = re.compile(_COMMON)
"""The sign, references to it, `at`, and `at` glued to a provider; a word may have letters right before it."""


def _anchor(words: Iterable[str], glued: Iterable[str]) -> re.Pattern[str]:
    """ANCHOR_COMMON and words, those of scripts without blanks apart."""
    ways = [f"(?:{_alternation(sorted(words, key=len, reverse=True))}){_NOT_LETTER}", _COMMON]
    return re.compile("|".join([*ways, *map(re.escape, sorted(glued, key=len, reverse=True))]))


ANCHOR = _anchor(_WORDS, AT_GLUED)
"""Every way to write the sign."""
_RARE: dict[bytes, tuple[str, ...]] = {}
"""A word of letters out of each name of the sign, with the names it is of."""
for _word in _WORDS:
    if _word.isascii() and _word != "la" and (_word in AT_FAIR or _word not in AT_WEAK | AT_BRACKETED):
        _key = max(re.findall(r"[a-z]+", _word), key=len).encode()
        _RARE[_key] = (*_RARE.get(_key, ()), _word)
_RARE[b"punct"] = ("la",)
"""Romanian `la` is a word of four other languages too: it is looked for beside the Romanian dot."""
_RARE[b"ponc"] = ("ag",)
"""Irish `ag`, which is a kind of firm in German."""
for _word, _dots in AT_BESIDE.items():
    if _word.isascii() and _word in ("et", "eta", "alias", "att"):
        # `et`, which is French and Latin for `and`, is looked for beside the dots of the languages that mean the sign.
        for _dot in _dots:
            _RARE[_dot.encode()] = (*_RARE.get(_dot.encode(), ()), _word)
for _word in ("a commercial", "a commerciale", "a comercial"):
    _key = _word.split()[1].encode()
    _RARE[_key] = (*_RARE.get(_key, ()), _word)
_RARE_KEYS = frozenset(_RARE)
SWAPS = frozenset(_DATA["swaps"])
NAMING = frozenset(
    [b"g", b"hot", b"aol", b"icloud", b"google", b"provider", b"domain", b"proveedor", b"dominio", b"domaine", b"host",
     b"moc", b"liamg", b"liamtoh", b"oohay", b"proton"]
)
"""Rare words beside which a mailbox may be told without a sign."""
_STANDS_FOR = _plain(_DATA["stands_for"])
STANDS_FOR = _alternation(_STANDS_FOR)
"""What stands between a sign and the one that it is put for: `# instead of @`."""
STANDS_FOR_ENDS = _alternation(sorted({word[-2:] for word in _STANDS_FOR if len(word) > 1}))
STANDS_FOR_GLUED = "".join(sorted({word[-1] for word in _STANDS_FOR if not word.isascii()}))
"""What these end with, and those of scripts without blanks."""
SWAPPING = frozenset(word.encode() for word in SWAPS)
DESCRIBING = frozenset(
    [b"mailbox", b"followed", b"suivi", b"seguido", b"seguito", b"gefolgt", b"servidor", b"serveur", b"serwer"]
)
"""Words of what mail_described.py and mail_halves.py read."""
COUNTING = frozenset([b"rot", b"base", b"ascii", b"decimal", b"dec", b"hex", b"hexa", b"hexadecimal"])
"""Words for the numbers of letters."""
_SPELLING = table("mail_spelled")
_USUAL = frozenset(_SPELLING["usual"])
def _last_words(phrases: Iterable[str]) -> frozenset[bytes]:
    """The last word in ASCII of each phrase, those that stand in many texts left out."""
    words = [phrase.split()[-1] for phrase in phrases]
    return frozenset(word.encode() for word in words if word.isascii() and word.isalpha() and word not in _USUAL)


DIGITS_SAID = _last_words(_SPELLING["as_digits"]) | {b"followed"}
LETTERS_SAID = _last_words(" ".join(_SPELLING["alphabets"].values()).split()) | {b"wie", b"comme"}
"""Words of what mail_rewritten.py reads: of remarks that a word is a digit, and words for letters, one of which each
name in them has, or that join them to the letter."""
MAILING = frozenset(
    [b"correo", b"correos", b"courriel", b"courriels", b"posta", b"poczta", b"poczty", b"poczte", b"skrzynka",
     b"skrzynce", b"schranka", b"schranku", b"btinternet", b"posteo", b"tutanota", b"fastmail", b"comcast",
     b"sbcglobal", b"wanadoo", b"virgilio", b"ziggo", b"telenet", b"bluewin", b"hanmail", b"daum", b"rediffmail",
     b"bigpond", b"optusnet", b"freenet", b"arcor", b"aol", b"proton", b"domain", b"gmx", b"yandex", b"naver", b"qq",
     b"seznam", b"laposte", b"libero"]
)
"""Words for mail in ASCII, besides those with `mail` in them, as far as they stand alone, and names of providers."""
_TELLING = MAILING | NAMING | SWAPPING | DESCRIBING | COUNTING | DIGITS_SAID | LETTERS_SAID
_TOPS_ABROAD = (".de", ".ru", ".it", ".fr", ".pl", ".nl", ".cz")
_PROVIDERS_ABROAD = frozenset([host for host in hosts.MAIL_PROVIDERS if host.endswith(_TOPS_ABROAD)])
"""Providers of countries where the sign is said as a preposition."""
_ABROAD = frozenset(
    [host.partition(".")[0].encode() for host in _PROVIDERS_ABROAD if host.partition(".")[0].isalpha()]
) - {b"free", b"live", b"mail", b"list", b"orange", b"inbox", b"home", b"yahoo", b"hotmail", b"outlook", b"gmail"}
"""What the names of most begin with, without usual words of ads."""
_LOOKED_FOR = _RARE_KEYS | _TELLING | _ABROAD
_SHORT = tuple(word for word in _WORDS if word in AT_WEAK | AT_BRACKETED)
_FOREIGN = tuple(word for word in _WORDS if not word.isascii())
_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
_TWO_LETTERS = tuple(word for word in AT_SURE if not word.isascii() and len(word) < 3)
_RARE_FOREIGN = re.compile(
    "|".join(
        [re.escape(word.split()[0][:3]) for word in _plain([*AT_SURE, *AT_GLUED]) if not word.isascii()
         and word not in _TWO_LETTERS]
        # Endings of many words too.
        + [rf"{word}(?<![^\W_]{word})(?![^\W_])" for word in _TWO_LETTERS]
    )
)  # fmt: skip
_WEAK_FOREIGN = re.compile(
    "|".join(rf"{re.escape(word)}(?![^\W_])" for word in (*AT_WEAK, *AT_BRACKETED) if not word.isascii())
)
_SMALL = lexicon.spaced(sorted((AT_BRACKETED | AT_WEAK) - {"at"}, key=lambda word: (-len(word), word)))
_IN_BRACKETS = re.compile(
    rf"[\[({{<*|~/\"'_\-]\s?(?:{_SMALL})(?:\s?[\])}}>*|~/\"'_\-]|\s(?:{_PROVIDER}))"
)

_WEAK_PROVIDER = re.compile(
    rf"(?:{_alternation(sorted(AT_WEAK - {'at'}, key=len, reverse=True))})\s{{1,3}}(?:{_PROVIDER}|t-online)"
)


_WEAK_HOST = re.compile(
    rf"(?:{_alternation(sorted(AT_WEAK - {'at'}, key=len, reverse=True))})"
    r"\s{1,3}([a-z0-9\-]{1,20}\.[a-z]{2,3})(?!\w)"
)
_FOREIGN_MAIL = tuple(word for word in _DATA["mail"] if not word.isascii())


def names_mail(folded: str) -> bool:
    """Whether a word for mail is in a text, besides `mail`."""
    if "correo" in folded or "courriel" in folded or "posta" in folded or "poczt" in folded or "skrzynk" in folded:
        return True
    if folded.isascii() or not (
        "@" in folded or "почт" in folded or "пошт" in folded or "邮" in folded or "메일" in folded or "郵" in folded
        or "τζιμ" in folded or "яндекс" in folded or "мейл" in folded or "рамблер" in folded
    ):
        return False
    return any(word in folded for word in _FOREIGN_MAIL) or any(name in folded for name in _FOREIGN_NAMES)


_FOREIGN_NAMES = ("яндекс", "гмейл", "джимейл", "рамблер", "τζιμ")
"""Providers in other scripts that are named alone."""


def letters_of(folded: str) -> list[bytes]:
    """The words of a text in letters of ASCII."""
    return folded.encode("utf-8", "surrogatepass").translate(_LETTERS).split()


_NO_KEYS: frozenset[bytes] = frozenset()


def anchor_of(folded: str) -> tuple[re.Pattern[str], frozenset[bytes] | None]:
    """A pattern that finds in a text all that ANCHOR finds, and those of NAMING, SWAPPING, DESCRIBING and COUNTING that
    are in it, None for none."""
    is_ascii = folded.isascii()
    # Without arguments it takes a third less time.
    encoded = folded.encode() if is_ascii else folded.encode("utf-8", "surrogatepass")
    words = encoded.translate(_LETTERS).split()
    if _LOOKED_FOR.isdisjoint(words):
        keys, told, is_abroad = _NO_KEYS, None, False
    else:
        keys = _LOOKED_FOR.intersection(words)
        told, is_abroad = keys & _TELLING or None, not keys.isdisjoint(_ABROAD)
        keys = keys - _TELLING - _ABROAD if told or is_abroad else keys
    short = _IN_BRACKETS.search(folded) is not None
    # One by one, which takes half the time of a loop.
    if (
        not short
        and "@" not in folded
        and (
            ("mail" in folded and ("gmail" in folded or "hotmail" in folded))
            or "yahoo" in folded or "outlook" in folded or "icloud" in folded or "gmx" in folded
            or "proton" in folded or "t-online" in folded or (told is not None and "aol" in folded)
        )
    ):
        short = _WEAK_PROVIDER.search(folded) is not None
    if is_abroad and not short:
        short = any(match.group(1) in _PROVIDERS_ABROAD for match in _WEAK_HOST.finditer(folded))
    foreign = not is_ascii and (
        _RARE_FOREIGN.search(folded) is not None or _WEAK_FOREIGN.search(folded) is not None
    )
    if not (keys or short or foreign):
        return ANCHOR_COMMON, told
    return ANCHOR if len(keys) > 1 else _anchor_of(next(iter(keys), b""), short, foreign), told


@lru_cache(maxsize=256)
def _anchor_of(key: bytes, short: bool, foreign: bool) -> re.Pattern[str]:
    words = {*_RARE.get(key, ()), *(_SHORT if short or foreign else ()), *(_FOREIGN if foreign else ())}
    return _anchor(words, AT_GLUED if foreign else ())


CAPITALS = re.compile(r"(?<=[a-z0-9])(?:AT|ARROBA)(?=[a-z0-9])")

_CODE_DOT = r"&#0{0,4}46;|&#x0{0,4}2e;|&period;|%2e|\\(?:u00|x)2e"
_WRAPPED_DOT = (
    rf"\s{{0,2}}{_WRAP}{{1,3}}\s?(?:[\[({{<]\s?)?(?:\.|,|(?:[dpт]|pn?t)(?=\s?[\])}}>])|{_DOT_WORD})"
    rf"\s?{_WRAP}{{1,3}}\s{{0,2}}[\[({{<]?|\s?#(?:{_BARE_DOT_WORD})#\s?"
)
_APART_DOT = rf",?\s{{1,3}}(?:{_BARE_DOT_WORD}),?\s{{1,3}}|\s{{1,3}}(?:dot|(?<=[a-z]\s)pt\s)(?={_TOPS})"
DRAWN = "[\u00b7\u2022\u2219\u30fb\u25cf\u26aa\u26ab\U0001f534\U0001f535\U0001f518\U0001f7e0-\U0001f7e4]"
"""Circles of every colour, which are drawn for a dot."""
_GLUED = _alternation(_GLUED_DOTS)
_GLUED_DOT = rf"\s?(?=[^\x00-\x7f])(?:{_GLUED})\s?"
_FOREIGN_DOT = rf"\s?(?=[^\x00-\x7f])(?:(?:{_GLUED})\s?|{DRAWN}\s?(?={_TOPS}))"
"""One look at the next character saves text in ASCII the names of all scripts."""
_COMMA = (
    rf",(?:\s?(?={_TOPS})|(?<=,com,)(?=(?:au|br|mx|ar|nz)(?![a-z0-9]))|(?<=,co,)(?=uk(?![a-z0-9]))"
    r"|(?<=proton,)(?=me(?![a-z0-9])))"
)
_DOTS_ALONE = rf"\.(?!\.)|\.{{2,3}}(?!\.|(?:{_BARE_DOT_WORD})\.)"
DOT = rf"{_DOTS_ALONE}|{_COMMA}|{_APART_DOT}|{_WRAPPED_DOT}|{_CODE_DOT}|{_FOREIGN_DOT}"
"""A dot between two labels of a host."""
_BEFORE_TOP = (
    r"(?=(?:com|net|org|co\s{0,2}\.\s{0,2}uk)(?![a-z0-9]))"
    r"|(?<= com)\.\s{1,2}(?=(?:au|br|mx|ar|nz)(?![a-z0-9]))|(?<= co)\.\s{1,2}(?=uk(?![a-z0-9]))"
)
LOOSE_DOT = rf"\s{{1,2}}\.\s{{0,2}}|\s?,\s?(?={_TOPS})|{DOT}|\.\s{{1,2}}{_BEFORE_TOP}"
"""A dot that may have blanks around it."""
LOOSEST_DOT = rf"\s?\.\s?|{LOOSE_DOT}"
_UNBROKEN = "[a-z0-9]+(?![a-z0-9])"
"""Nothing that may stand behind a label begins with one of its characters: a shorter one need not be tried."""
LABEL = rf"{_UNBROKEN}(?:(?:-(?!(?:{_BARE_DOT_WORD})-))+{_UNBROKEN})*"
JOINT = re.compile(
    rf"(?P<joint>,?\s{{1,3}}(?P<sign>{_alternation(sorted(SIGNS, key=len, reverse=True))}),?\s{{1,3}}|{_APART_DOT}"
    rf"|{_WRAPPED_DOT}|{_CODE_DOT}|{_GLUED_DOT}|{_WRAP}(?:under ?score|dash){_WRAP}"
    rf"|\s?[\[({{<]\s?(?P<wrapped>{_alternation(sorted(SIGNS, key=len, reverse=True))})\s?[\])}}>]\s?)$"
)
"""A sign between two parts of a mailbox name, written in words, at the end of a text."""
APART_TOP = re.compile(
    rf"(?P<host>{_PROVIDER})(?:\s{{1,2}}|\s?,\s?|[_\-/]|{_SAID_GLUED}\s?|\s?[^\x00-\x7f\w\s]{{0,2}}\s?)"
    rf"(?P<top>{_TOPS.replace('|co|', '|')})"
)
"""A provider whose top-level domain has lost its dot."""
LOST_DOT = re.compile(
    r"(?P<host>(?=[0-9\-]{0,40}[a-z])[a-z0-9][a-z0-9\-]{1,40})\s{1,2}"
    r"(?P<top>com(?:[\s.](?:br|mx|ar|au|tr|co|pe|ve|ua|pl|cn|hk|sg))?|net|org(?:[\s.](?:uk|br|au))?|edu)(?![\w@\-])"
)
"""A host that has lost the dot before its top-level domain, of those that are words of few languages."""
_SAID = _alternation(sorted(SPELLED, key=len, reverse=True))
TOP_IN_BRACKETS = re.compile(
    rf"(?P<host>{_PROVIDER}|{_SAID}|proton|libero|yandex|web|orange)\s?[(\[]\s?(?:[^\W_]{{1,8}} )?"
    rf"(?:\.|(?:{_BARE_DOT_WORD})\s)\s?"
    r"(?P<top>[a-z]{2,3}(?:\.[a-z]{2})?)\s?[)\]]"
)
"""A provider with its ending in brackets: `gmail (dot com)`, `yahoo (.fr)`."""
_AS_IT_SOUNDS = _alternation([word for word, host in SPELLED.items() if host in PROVIDERS and "-" not in word])
TWO_ENDS = re.compile(
    rf"(?P<host>{_PROVIDER}|{_AS_IT_SOUNDS})\s{{1,2}}(?P<ends>com?[\s.]{{1,2}}[a-z]{{2}})(?![\w@\-])"
)
"""A provider and two ends without a dot before them: `yahoo co uk`."""
SPELLED_HOST = re.compile(rf"(?P<host>{_SAID})(?:{LOOSEST_DOT})(?P<top>[^\W_]{{2,6}}{_NOT_LETTER}|{_FOREIGN_TOPS})")
_APART_ENDS = ("c o m", "n e t", "o r g", "[a-z] [a-z]")
_DOT_IN_BRACKETS = rf"\s?[\[({{<]\s?(?:\.|{_BARE_DOT_WORD})\s?[\])}}>]\s?"
LETTERS_APART = re.compile(
    rf"(?:(?P<letters>(?:[a-z0-9] ){{2,30}}[a-z0-9])|(?P<host>{_SAID}|{LABEL}))(?P<dot>\s?\.\s?|{_APART_DOT}"
    rf"|{_DOT_IN_BRACKETS})"
    rf"(?P<top>{'|'.join(_APART_ENDS)}|(?(letters)[a-z]{{2,6}}|(?!)))(?![a-z0-9]| [a-z0-9](?![a-z0-9]))"
)
"""A host with a blank behind every letter of it or of its end: `e x a m p l e dot com`, `mail dot c o m`."""
FOREIGN_HOST = re.compile(rf"(?P<host>[^\W_]{{2,40}}?)(?:{LOOSEST_DOT}|\s)(?P<top>[^\W_]{{1,6}}){_NOT_LETTER}")
"""A host with parts in another script (`яндекс ру`)."""
WITHOUT_TOP = re.compile(
    rf"(?:gmail|hotmail|yahoo|outlook|icloud|protonmail|aol|gmx|{_AS_IT_SOUNDS})(?![\w@])"
    r"(?! ?[.,](?:[^\W_]| ?(?:com|c0m|net|org|co|ru|info|example)(?![a-z0-9])))"
)
"""A provider told without its top-level domain (`jen_4u at gmail`), which is `com` for most, or TOP_OF it."""
TOP_OF = {"gmx": "de"}
PICTURES = re.compile("[\u200d\u2190-\u21ff\u2600-\u27bf\ufe0f\U0001f300-\U0001faff ]{1,16}")
CIRCLED = "\u24d0"
"""The `a` in a circle, which may stand for the sign."""
_PROVIDER_HOSTS = lexicon.spaced(sorted(hosts.MAIL_PROVIDERS, key=lambda host: (-len(host), host)))
FOR_SIGN = frozenset(
    "\U0001f300\U0001f4e7\U0001f4e9\U0001f4e8\U0001f48c\U0001f4ea\U0001f4eb\U0001f4ec\U0001f4ed\U0001f4ee\u2709"
    "\U0001f412\U0001f435\U0001f648\U0001f40c\U0001f436\U0001f415\U0001f429\U0001f41a\U0001f518\U0001f3af\u267b"
)
"""Pictures of mail, of what turns, and of what the sign is called after."""
POINTS = frozenset(
    "\u260e\U0001f446\U0001f447\U0001f448\U0001f449\U0001f310\U0001f4bb\U0001f4de\U0001f4f1\U0001f4f2\U0001f4fa"
    "\U0001f517\U0001f525\U0001f5a5\u25b6"
)
"""Pictures of what a site is looked at with, and of what points at it."""
DRAWN_SIGN = re.compile(
    rf"[\u2600-\u27bf\U0001f300-\U0001faff](?=\s?(?:(?:{_PROVIDER})(?![\w@])|(?:{_PROVIDER_HOSTS})(?![\w@])|[a-z0-9\-]{{1,63}}\s?{DRAWN}\s?{_TOPS}))"
)
"""A picture where the sign may stand: right before a provider or before a host whose dot is drawn."""
ANIMAL_SIGN = re.compile(
    rf"[{''.join(sorted(FOR_SIGN))}](?=\ufe0f?\s?[a-z0-9\-]{{2,40}}(?:\s?\.\s?|\s(?:{_BARE_DOT_WORD})\s)[a-z]{{2,7}}(?![\w@]))"
)
"""A picture that stands for the sign and for nothing else there, before a host of any name."""
_ODD_STARTS = {*PROVIDERS, "mail", *SPELLED}
ODD_STARTS = tuple(
    sorted(word for word in _ODD_STARTS if not any(word[:size] in _ODD_STARTS for size in range(1, len(word))))
)
"""What the hosts begin with that are known in odd spellings."""
ODD_THREE = frozenset(word[:3] for word in ODD_STARTS)
JOINT_ENDS = tuple(sorted({*SIGNS, *DOT_WORDS, ";"}))
"""What JOINT ends with, signs aside."""
UNDERSCORES = tuple(sorted(word for word, sign in SIGNS.items() if sign == "_"))
"""Names of the sign that no mailbox and no sentence holds by chance."""
DIGIT_WORDS = {
    word: str(digit)
    for words in (
        "zero one two three four five six seven eight nine",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "null eins zwei drei vier funf sechs sieben acht neun",
        "zero un deux trois quatre cinq six sept huit neuf",
        "zero uno due tre quattro cinque sei sette otto nove",
        "zero um dois tres quatro cinco seis sete oito nove",
    )
    for digit, word in enumerate(words.split())
}
"""Digits as said at the end of a mailbox name."""
NUMBER_WORDS = {
    word: str(number)
    for words, numbers in (
        ("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", range(10, 20)),
        ("twenty thirty forty fifty sixty seventy eighty ninety", range(20, 100, 10)),
    )
    for word, number in zip(words.split(), numbers)
}
"""Numbers of two digits likewise."""
SAID_NUMBERS = frozenset((*DIGIT_WORDS, *NUMBER_WORDS))
