"""What a text says of how a mailbox name is written: that its words are one, that it has no dots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import NamedTuple

from minerva.identifiers import lexicon, mail_words
from minerva.identifiers.spans import Changes

_ONE = (
    r"(?:all |as |in )?(?:one|1|a single) word|all (?:joined|together|in one)|(?:no|without|w/o) (?:spaces?|gaps?)"
    r"|sin espacios?|t[ou]do (?:junto|seguido|pegado)|sem espacos?|sans espaces?|en un (?:seul )?mot|tout attache"
    r"|ohne leerzeichen|zusammen(?:geschrieben)?|senza spazi|tutto attaccato|bez (?:spacji|mezer|odstepow)"
    r"|без пробелов|слитно|all joined up|alles aaneen|aan elkaar|szokoz(?:ok)? nelkul|utan mellanslag|uden mellemrum"
    r"|uten mellomrom"
    r"|(?:remove|delete|drop|lose|mind|ignore|close) (?:the |all |all the )?(?:spaces?|gaps?)"
    r"|(?:quita|quitar|saca|borra|elimina) (?:los )?espacios"
    r"|(?:enlevez|retirez|supprimez|enlever) (?:les )?espaces|leerzeichen (?:weg|weglassen|entfernen|loschen)"
    r"|(?:togli|togliere|rimuovi|elimina) (?:gli )?spazi|(?:tire|tira|remova|retire) (?:os )?espacos"
    r"|(?:usun|usunac|bez) (?:spacje|odstepy)|(?:уберите|убрать|убери|удалите|удалить) пробелы|spaties (?:weg|weglaten)"
    r"|zonder spaties|(?:odstrante|smazte) mezery|ta bort mellanslag|bosluksuz|bosluklari (?:sil|kaldir)(?:in)?"
)
_NO_DOTS = (
    r"(?:no|without|w/o) (?:dots?|periods?)|sin puntos?|sem pontos?|sans points?|ohne punkte?|senza punti|без точек"
)
_SMALL = r"(?:all )?(?:in )?lower ?case|all (?:small|lower)(?: letters)?|no (?:caps|capitals)"
_DIGITS = (
    r"(?:as|in|with) (?:digits|numbers|numerals|figures)|(?:as )?(?:digits|numbers|numerals),? not (?:as )?words"
    r"|(?:en|con) (?:cifras?|numeros?|digitos?)|em (?:numeros?|algarismos?|digitos?)|en chiffres?"
    r"|(?:als|in) (?:ziffern|zahlen)|in (?:cifre|numeri)|цифрами|числами|cyframi|in cijfers|med siffror|med siffer"
)
_PLACE = "over"
_ENDS = (
    "word", "gap", "gaps",
    "space", "spaces", "joined", "together", "in one", "espacio", "espacios", "junto", "espaco", "espacos",
    "espace", "espaces", "mot", "attache", "leerzeichen", "zusammen", "geschrieben", "spazi", "attaccato",
    "spacji", "seguido", "pegado", "mezer", "odstepow", "joined up", "aaneen", "elkaar", "nelkul", "mellanslag",
    "mellemrum", "mellomrom", "пробелов", "слитно", "dot", "dots", "period", "periods", "punto", "puntos", "ponto",
    "pontos", "point", "points",
    "punkt", "punkte", "punti", "точек", "case", "small", "lower", "letters", "caps", "capitals",
    "digits", "numbers", "numerals", "figures", "words", "cifra", "cifras", "numero", "numeros", "digito", "digitos",
    "algarismo", "algarismos", "chiffre", "chiffres", "ziffern", "zahlen", "cifre", "numeri", "цифрами", "числами",
    "cyframi", "cijfers", "siffror", "siffer", _PLACE,
)  # fmt: skip
"""What remarks end with."""
LAST_THREE = frozenset(end[-3:] for end in _ENDS)
"""The last three letters of each: what `before_sign` need not be asked without."""
_BEFORE = re.compile(
    r"(?: (?:written|spelled|spelt|typed|said|escritos?|ecrits?|geschrieben|scritt[oi]))?"
    rf"(?P<all>(?:[\s,(\[\-]{{1,3}}(?:and )?(?:{_ONE}|{_NO_DOTS}|{_SMALL}|{_DIGITS}|{_PLACE})[)\]]?){{1,3}})$"
)
_BEHIND = re.compile(
    rf"\s?[,(\[\-]\s?(?:(?:{_SMALL}|numbers {_DIGITS}),? (?:and )?)?(?:{_ONE})(?![\w])"
    rf"|\s(?:{_ONE})(?=\s?(?:$|[\n.,;!)]))"
)
_BLANKS, _OPENING = " \t\r\n", ",([-"
_FIRST = (
    "all", "as ", "in ", "one", "1 w", "a s", "no ", "wit", "w/o", "sin", "tod", "tud", "sem", "san", "en ", "tou",
    "ohn", "zus", "sen", "tut", "bez", "без", "сли", "aan", "szo", "uta", "ude", "ute", "rem", "del", "dro", "los",
    "min", "ign", "clo", "qui", "sac", "bor", "eli", "enl", "ret", "sup", "lee", "tog", "rim", "tir", "usu", "убе",
    "убр", "уда", "spa", "zon", "ods", "sma", "ta ", "bos",
)  # fmt: skip
"""What the alternatives of _ONE begin with."""
_BETWEEN = (
    *_BLANKS, *_OPENING, *map("".join, product(_BLANKS, _OPENING)), *map("".join, product(_OPENING, _BLANKS)),
    *map("".join, product(_BLANKS, _OPENING, _BLANKS)),
)  # fmt: skip
NEXT_FOUR = frozenset((between + first)[:4] for between, first in product(_BETWEEN, _FIRST))
"""What `is_one_word_behind` need not be asked without."""
_HOLDS_ONE = re.compile(_ONE)
_HOLDS_NO_DOTS = re.compile(_NO_DOTS)
_HOLDS_DIGITS = re.compile(_DIGITS)
_BOUND = re.compile(r"[\n:;!?>=()\[\]\"|/*]|[.,]\s")
_WORD = re.compile(r"[^\W_][\w.+\-]*")
_MOST_WORDS, _MOST_PARTS = 4, 12
"""Of a name, without letters and digits that stand alone and with them."""
_WINDOW = 64
_SMALL_WORDS = frozenset(
    ["the", "a", "an", "for", "with", "via", "at", "my", "is", "its", "it's", "es", "ist", "est", "mi", "mein", "mon",
     "meu", "mio", "de", "con", "por", "para", "mit", "fur", "pour", "y", "e", "et", "und", "и", "мой", "моя", "на",
     "name", "names", "nombre", "nom", "nome", "vorname", "nachname", "surname"]
)  # fmt: skip
"""What no mailbox name begins with, besides the words of mail_words."""


_WITHIN = frozenset(
    ["and", "y", "et", "und", "e", "en", "og", "och", "i", "of", "de", "for", "the", "from", "von", "van", "aus", "by"]
)
"""What stands between the words of a name."""


def _is_whole_name(folded: str, words: list[re.Match[str]], end: int) -> bool:
    """Whether a clause that ends at `end` holds nothing but a name of two to four words in ASCII, a usual word of
    sentences or an article among them: `the oak room (one word) at`."""
    named = [word.group() for word in words]
    if not 2 <= len(named) <= _MOST_WORDS or folded[words[0].start() : end].split(" ") != named:
        return False
    rest = named[1:] if named[0] == "the" else named
    if len(rest) < 2 or not all(each.isascii() and each.isalpha() and len(each) > 1 for each in rest):
        return False
    if any(each in mail_words.LABELS or each in _SMALL_WORDS or each in mail_words.SIGNS for each in rest):
        return False
    # Its last word alone may be one of sentences.
    return not any(each in mail_words.PROSE or each in mail_words.DOT_WORDS for each in rest[:-1])


class Remark(NamedTuple):
    """Where remarks before a sign begin, and what they say."""

    start: int
    is_one_word: bool
    has_no_dots: bool
    has_digits: bool = False
    """Whether its numbers are digits."""


def before_sign(folded: str, floor: int, end: int) -> Remark | None:
    """The remarks that end at `end`: `jen example all one word no dots`."""
    if not folded.endswith(_ENDS, floor, end):
        return None
    match = _BEFORE.search(folded, max(floor, end - _WINDOW), end)
    if match is None:
        return None
    said = match.group("all")
    return Remark(
        match.start(),
        _HOLDS_ONE.search(said) is not None,
        _HOLDS_NO_DOTS.search(said) is not None,
        _HOLDS_DIGITS.search(said) is not None,
    )


@cache
def _sign_before() -> re.Pattern[str]:
    """The sign and what stands around it; compiled when the first text asks for it."""
    words = [word for word in mail_words.AT_SURE if word.isalpha()]
    names, alone = lexicon.branches(sorted(mail_words.AT_SURE)), lexicon.branches(sorted(words))
    return re.compile(rf"(?:@|[(\[{{<]\s?(?:at|{names})\s?[)\]}}>]|(?<![^\W_])(?:{alone})(?![^\W_]))\s?")


_BLANK_WITHIN = re.compile(r"(?<=\S)\s(?=\S)")
_MOST_HOST = 48


def may_close_up(folded: str) -> bool:
    """Whether a word for blanks may be in a text, of one of which it says that there are none."""
    return (
        "spac" in folded or "spaz" in folded or "leerz" in folded or "spati" in folded or "mezer" in folded
        or "nelkul" in folded or "mellan" in folded or "пробел" in folded
    )  # fmt: skip


def closed_up(folded: str) -> Changes:
    """The blanks of a host of which a text says that there are none: `jen [at] exa mple [dot] c o m (no spaces)`."""
    found: Changes = {}
    for said in islice(_BEHIND.finditer(folded), _MOST_PARTS):
        first = max(0, said.start() - _MOST_HOST)
        signs = list(_sign_before().finditer(folded, first, said.start()))
        if signs:
            for blank in _BLANK_WITHIN.finditer(folded, signs[-1].end(), said.start()):
                found[blank.span()] = ""
    return found


def is_one_word_behind(folded: str, end: int) -> bool:
    """Whether the text says right behind an address that its words are one: `... dot com (no spaces)`."""
    return _BEHIND.match(folded, end, end + 40) is not None


_SAID_BEFORE = re.compile(rf"(?<![^\W_])(?:{_ONE})(?: (?:and|et|y|und|e) [^\W\d_]{{2,8}} ac?cent[eio]?s?)? ?:\s$")
_ACCENTS = ("accent", "accents", "accenti", "acentos")


def is_one_word_before(folded: str, floor: int, end: int) -> bool:
    """Whether the text says right before the clause that ends at `end` that its words are one: `no spaces: oak tiles
    at`."""
    colon = folded.rfind(": ", floor, end)
    bare = colon - 1 if folded[colon - 1 : colon] == " " else colon
    if folded[bare - 3 : bare] not in LAST_THREE and not folded.endswith(_ACCENTS, 0, bare):
        return False
    return colon > 0 and _SAID_BEFORE.search(folded, max(0, colon - 40), colon + 2) is not None


def _ends_name(written: str) -> bool:
    """Whether a word is none of a mailbox name."""
    return written in mail_words.LABELS or written in mail_words.PROSE or written in _SMALL_WORDS


def _joins(before: list[re.Match[str]], written: str) -> bool:
    """Whether a small word stands within a name, of which a word or two are before: `oak and tiles`."""
    if written not in _WITHIN:
        return False
    named = 0
    for word in reversed(before):
        if _ends_name(word.group()):
            break
        named += 1
    return 1 <= named <= 2


def _as_written(parts: list[str]) -> Iterator[str]:
    """The parts of a name with its signs, and with digits where several words of them follow each other."""
    place = 0
    while place < len(parts):
        part = parts[place]
        two = " ".join(parts[place : place + 2])
        digits = place
        while digits < len(parts) and parts[digits] in mail_words.DIGIT_WORDS:
            digits += 1
        if place and two in mail_words.SIGNS:
            yield mail_words.SIGNS[two]
            place += 2
        elif place and digits - place > 1:
            yield "".join([mail_words.DIGIT_WORDS[word] for word in parts[place:digits]])
            place = digits
        else:
            yield mail_words.SIGNS.get(part, "." if part in mail_words.DOT_WORDS else part)
            place += 1


def name_before(folded: str, floor: int, remark: Remark) -> tuple[int, str] | None:
    """(start, mailbox name) of the words that end where a remark begins, as one if it says so; None where they have
    no clear beginning."""
    end = remark.start
    begin = max(floor, end - _WINDOW)
    bounds = [match.end() for match in _BOUND.finditer(folded, begin, end)]
    is_hard = is_bound = bool(bounds) or begin == 0
    words = list(_WORD.finditer(folded, bounds[-1] if bounds else begin, end))
    if remark.is_one_word and is_hard and _is_whole_name(folded, words, end):
        return words[0].start(), "".join(_as_written([word.group() for word in words]))
    taken: list[re.Match[str]] = []
    for word in reversed(words):
        written = word.group()
        last = taken[-1].start() if taken else end
        within = remark.is_one_word and is_hard and len(taken) == 1 and _joins(words[: words.index(word)], written)
        if not within and _ends_name(written) and not (remark.is_one_word and written in mail_words.DIGIT_WORDS):
            is_bound = True
            break
        longer = sum(len(each.group()) > 1 and each.group() not in mail_words.DIGIT_WORDS for each in taken)
        if folded[word.end() : last].strip(" ") or longer == _MOST_WORDS or len(taken) == _MOST_PARTS:
            return None
        if not written.isascii():
            return None
        taken.append(word)
        if not remark.is_one_word:
            is_bound = True
            break
    if not is_bound or all(word.group() in lexicon.MEANINGS for word in taken):
        return None
    parts = [word.group() for word in reversed(taken)]
    local = "".join(_as_written(parts))
    if remark.has_no_dots:
        local = local.replace(".", "")
    return taken[-1].start(), local.strip(".-")
