"""Usernames told in pieces: with signs in words, in every language of data/mail_words.json, with parts or letters that
stand apart, or with pictures within."""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import lexicon, mail_words
from minerva.identifiers.characters import folded

_PIECE = re.compile(r"(?P<blank>[ ])(?P<piece>[A-Za-z]{1,2}|[0-9]{1,4}|_)(?![A-Za-z0-9_])")
_PIECES = frozenset("bcdefghjklmnopqrstuvwxyz") | {"xo", "ox", "xx", "oo", "uu", "_"}
CUT = re.compile(r"[A-Za-z0-9](?:-[A-Za-z0-9_]){4,}|[A-Za-z0-9](?:\.[A-Za-z0-9_]){4,}")
"""A name whose letters are parted by hyphens or dots: `j-e-n-4-u`."""
NEXT_LETTER = r"(?:(?: [._\-] |[ .\-*~])[A-Za-z0-9_])"
"""What stands between letters apart, with a dot or an underscore of the name itself, and the next letter."""
_BETWEEN = re.compile(r"(?<=[A-Za-z0-9_])[ .\-*~](?=[A-Za-z0-9_])")


def unspelled(chain: str) -> str:
    """The letters that stand apart, with the dots and underscores that have blanks around."""
    return _BETWEEN.sub("", chain).replace(" ", "")


def stretched(text: str, end: int) -> tuple[str, int] | None:
    """(what belongs to a name that stands in pieces, its end): `jen 4 u`, but not `jen 24 years` or `jen a friend`."""
    pieces: list[str] = []
    position = end
    while len(pieces) < 6:
        match = _PIECE.match(text, position)
        if match is None or (match.group("piece").isalpha() and match.group("piece").lower() not in _PIECES):
            break
        pieces.append(match.group("piece"))
        position = match.end()
    while pieces and len(pieces[-1]) > 2:
        position -= len(pieces.pop()) + 1
    if len(pieces) >= 2 or (pieces and pieces[0].lower() in ("xo", "xx", "xox")):
        return "".join(pieces), position
    return None


_SIGN_OF: dict[str, str] = {word: sign for word, sign in mail_words.SIGNS.items() if sign != "+"}
_SIGN_OF.update(dict.fromkeys(mail_words.DOT_WORDS, "."))
_ORDINARY = frozenset(
    ["bodka", "cham", "cratima", "dian", "full stop", "full-stop", "fullstop", "jut", "liniuta", "minus", "period",
     "piste", "pkt", "pont", "prick", "prik", "pto", "punct", "punt", "stip", "streepje", "titik", "traco", "пункт",
     "тире"]
) & _SIGN_OF.keys()  # fmt: skip
"""Words of prose too, which say a sign where a name is announced by one."""
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")
_GLUED = lexicon.alternation([word for word in _SIGN_OF if _UNSPACED.fullmatch(word) is not None])


def _pattern(words: set[str], part: str) -> re.Pattern[str]:
    said = lexicon.branches(sorted(words))
    return re.compile(
        rf"(?: (?P<sign>{said})(?= )| ?[(\[{{] ?(?P<wrapped>{said}) ?[)\]}}]"
        rf"|(?=[^\x00-\x7f]| [^\x00-\x7f]) ?(?P<glued>{_GLUED})){part}"
    )


@cache
def _spoken(sure: bool) -> re.Pattern[str]:
    """A sign in words and the part of a name behind it; compiled when the first text asks for it, as few do."""
    return _pattern(_SIGN_OF.keys() - (frozenset() if sure else _ORDINARY), r"(?: ?(?P<part>[a-z0-9]{1,40})(?![^\W_]))")


@cache
def _within() -> re.Pattern[str]:
    """A sign in words within a name."""
    return _pattern(_SIGN_OF.keys() - _ORDINARY, " ?(?=[a-z0-9])")


_DIGITS = re.compile(r"[a-z0-9]{1,6}(?: [a-z0-9]{1,6}){1,3}")
_STARTS = frozenset("([{")
_FIRST_TWO = frozenset(word[:2] for word in _SIGN_OF)
_WINDOW = 64


def spoken(text: str, end: int, sure: bool = False) -> tuple[str, int] | None:
    """(what belongs to a name whose signs are said in words, its end): `jen underscore 4u`.

    `sure`: whether a sign before the name says that it is one, so that a word of prose may be a sign too.
    """
    first = text[end : end + 1]
    if first == " ":
        begins = text[end + 1 : end + 3]
        if begins.isascii() and begins.lower() not in _FIRST_TWO and begins[:1] not in _STARTS:
            return None
    elif first not in _STARTS and first < "\u0e00":
        return None
    pattern = _spoken(sure)
    said, position = "", end
    while len(said) < 40:
        window = folded(text[position : position + _WINDOW])
        match = pattern.match(window)
        if match is None:
            break
        said += sign_of(match)
        # "jen underscore underscore 4u"
        behind = match.start("part") - 1
        if window[behind : behind + 1] == " " and pattern.match(window, behind) is not None:
            position += behind
            continue
        part = text[position + match.start("part") : position + match.end("part")]
        if not part.isascii():
            return None
        said += part
        position += match.end("part")
    return (said, position) if said[-1:].isalnum() else None


def sign_of(match: re.Match[str]) -> str:
    """The sign that a match of one of the patterns says."""
    word: str = match.group("sign") or match.group("wrapped") or match.group("glued")
    return _SIGN_OF[word]


def with_signs(words: str) -> str:
    """Words in lower case with the signs that they say: `low underscore tide` becomes `low_tide`."""
    return _within().sub(sign_of, words)


def said_digits(text: str, end: int) -> tuple[str, int] | None:
    """(a dot and digits, their end) that are said behind a name: `jen dot zero seven`."""
    window = folded(text[end : end + _WINDOW])
    match = _spoken(sure=False).match(window)
    chain = _DIGITS.match(window, match.start("part")) if match is not None and sign_of(match) == "." else None
    if chain is None:
        return None
    digits, position = "", chain.start()
    for word in chain.group().split(" "):
        if word not in mail_words.DIGIT_WORDS:
            break
        digits += mail_words.DIGIT_WORDS[word]
        position += len(word) + 1
    return (f".{digits}", end + position - 1) if len(digits) > 1 else None


_PICTURE = r"[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?"
_PICTURED = re.compile(rf"(?P<picture>{_PICTURE})[A-Za-z0-9_.]{{1,20}}(?:(?P=picture)[A-Za-z0-9_.]{{1,20}}){{0,6}}")
_LEFT_OUT = re.compile(
    r" ?[(\[,\-] ?(?:please |pls |bitte )?(?:(?:leave|take) out|remove|delete|ignore|without|w/o|minus|skip|drop|no|sin"
    r"|quita|ohne|sans|enl[eè]ve|senza|togli|sem|tira|zonder|bez|без|utan|uden|uten)"
    r"(?: (?:the|all|la|las|los|el|die|les|le|i|gli|os|as|de))?"
    r" (?:\w{0,8}stars?|emojis?|hearts?|pictures?|pics|smileys?|symbols?|icons?|flowers?|estrellas?|corazones|sterne?n?"
    r"|herzen|[ée]toiles|c[oœ]eurs|stelle|cuori|estrelas|cora[cç][oõ]es|gwiazdek|звезд\w*|зв[её]зд\w*|смайлов)",
    re.IGNORECASE,
)


def pictured(text: str, start: int, end: int) -> tuple[str, int] | None:
    """(what belongs to a name that one picture cuts, its end): `oak🌟tiles🌟4u`. A picture that stands there once, or
    behind what is a name by itself, may be its end: then the text must say that it is to be left out."""
    if text[end : end + 1] < "\u2600":
        return None
    match = _PICTURED.match(text, end)
    if match is None or text[match.end() : match.end() + 1] in ("@", ":", "/", "-"):
        return None
    parts = match.group().split(match.group("picture"))[1:]
    is_sure = len(parts) > 1 and text[start:end].isalpha() and not text[match.end() : match.end() + 1].isalnum()
    if not is_sure and _LEFT_OUT.match(text, match.end()) is None:
        return None
    return "".join(parts).rstrip("."), match.end()


_TURNED = re.compile(
    r"\s?[(\[,;\-]\s?[^()\[\]\n,;.:]{0,30}?"
    rf"(?:{lexicon.alternation(list(lexicon.REVERSED))})\w{{0,4}}"
    r"(?: (?:a esquerda|reading|lesen|gelesen|geschrieben|escrito|scritto|gelezen))?(?=\s?(?:$|[)\].,;!\n]))",
    re.IGNORECASE,
)


def is_turned(text: str, end: int) -> bool:
    """Whether the text says behind a name that it is written backwards: `wj_41neerg (read it backwards)`."""
    return _TURNED.match(text, end) is not None
