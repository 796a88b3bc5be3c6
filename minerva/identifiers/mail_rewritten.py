"""E-mail addresses of which a text says how they are read, written as they are read: letters and digits that are told
(mail_letters.py, mail_numbers.py), remarks and brackets within (`jen4u@(delete this)mail.example`), lines that end
within, stars between the letters, signs that are told where they go (`jen4u (insert @ here) mail.example`).

Linear in the text: what each way looks at is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from minerva.identifiers import lexicon, mail_letters, mail_numbers, mail_words
from minerva.identifiers.mail_boxes import JUST_THEN
from minerva.identifiers.spans import Changes, changed
from minerva.identifiers.tables import table

_DATA = table("mail_spelled")
Way = Callable[[str], Changes]


_IN_ANGLES = re.compile(r"<([a-z0-9._%+\-]{1,64})>")
_MARKUP = re.compile(r"<[a-z0-9._%+\-]{1,40}> ?[@a]")
_REMARK = re.compile(r"@([(\[{][^()\[\]{}@\n]{3,60}[)\]}] ?)(?=[a-z0-9\-]{2,40}\.[a-z])")
_GONE = re.compile(
    r"(?<=[a-z0-9._\-])[(\[{][^()\[\]{}@\n]{0,24}(?:borra|delete|enlev|entfern|ignore|quita|remove|rimuov|supprim)"
    r"[^()\[\]{}@\n]{0,24}[)\]}](?=[a-z0-9])"
)
_STARRED = re.compile(r"[a-z0-9]\*[a-z0-9](?:\*[a-z0-9.]){2,40}[a-z0-9.*]{0,12}")
_LINES = re.compile(r"@[a-z0-9\-]{0,24}\n[a-z0-9.\-]{1,24}(?:\n|$)|\n@[a-z0-9.\-]{0,24}(?:\n|$)")
_BLOCK = re.compile(
    r"(?:(?:(?<=\n)|^|(?<=: )(?=[^@\n]{1,30}\n[^@\n]))[a-z0-9._%+\-]{1,30}\n?"
    r"(?:[a-z0-9._%+\-]{0,24}\n){0,5}@?[a-z0-9.\-]{0,24}@?"
    r"|(?<= )[a-z0-9._%+\-]{1,30}@)"
    # Behind an ending no line goes on, but with a dot.
    r"(?:(?:(?<!\.uk)(?<!\.com)(?<!\.net)(?<!\.org)|(?=\n\.))\n[a-z0-9.\-]{1,24}){1,6}(?=\n|$)"
)
"""Lines of one word each, or the end of one and such lines."""
_DASHED = re.compile(r"(?<![\w\-])[a-z0-9](?:-[a-z0-9]){2,40}(?![\w\-])")
_DASHED_HOST = re.compile(r"@ ?[a-z0-9](?:-[a-z0-9]){2}")
_PUT_SIGN = re.compile(r"[(\[{<][a-z ]{0,24}@ ?[a-z]{0,12}[)\]}>]")
_BRACKETS_GO = re.compile(
    r"(?:in|inside|within|between) (?:the )?(?:brackets|parenthes[ie]s)|klammern|parentesi|parentes[ie]s|скобк"
)
_BRACKETED = re.compile(r"(?<=[a-z0-9._\-@])[(\[{][a-z ]{2,20}[)\]}](?=[a-z0-9._\-@])")


@cache
def _told_sign() -> re.Pattern[str]:
    """A sign in brackets that is told to go there: `(insert @ here)`; compiled when the first text asks for it."""
    dots = lexicon.spaced(sorted(mail_words.DOT_WORDS))
    ats = lexicon.spaced(sorted(word for word in mail_words.AT_SURE if word[0].isalpha()))
    sign = rf"(?P<at>@|at|{ats})|(?P<dot>\.|{dots})"
    article = r"(?:(?:an?|the|un|una|une|ein|eine|das|el|la|le|il|um|uma|o|een|het)\s)?"
    puts, here = (rf"(?:{lexicon.spaced(_DATA[key])})" for key in ("inserts", "here"))
    # The blank before the bracket is taken with it by what reads it.
    return re.compile(rf"[(\[{{<]\s?(?P<put>{puts}\s)?{article}(?:{sign})(?P<here>\s{here})?\s?[)\]}}>]\s?")


def ways_in(folded: str, words: frozenset[bytes] | None, is_found: bool) -> list[Way]:
    """What a text may need to be read so; `words` are those of mail_words.DIGITS_SAID and LETTERS_SAID that are in it,
    among others; `is_found`: whether something is found that is not read so."""
    found: list[Way] = []
    has_sign = "@" in folded
    if words is not None and not words.isdisjoint(mail_words.REMARKED) and _GONE.search(folded) is not None:
        found.append(_gone)
    if has_sign and "\n" in folded and _LINES.search(folded) is not None:
        found.append(_lines)
    if has_sign and "-" in folded and _DASHED_HOST.search(folded) is not None:
        found.append(_dashes)
    if has_sign and not is_found:
        if _REMARK.search(folded) is not None:
            found.append(_remarks)
        if "@ " in folded and _PUT_SIGN.search(folded) is not None:
            found.append(_told_signs)
        if "*" in folded and _STARRED.search(folded) is not None:
            found.append(_stars)
        if ")" in folded and _BRACKETED.search(folded) is not None and _BRACKETS_GO.search(folded) is not None:
            found.append(_brackets)
    if not is_found and "<" in folded and _MARKUP.search(folded) is not None:
        found.append(_markup)
    if (words is not None and not words.isdisjoint(mail_words.DIGITS_SAID)) or mail_numbers.may_hold(folded):
        found.append(mail_numbers.digits)
    if (words is not None and not words.isdisjoint(mail_words.LETTERS_SAID)) or mail_letters.may_hold(folded):
        found.append(mail_letters.letters)
    return found


def read_out(folded: str, ways: list[Way]) -> tuple[str, list[int], list[tuple[int, int]]] | None:
    """The text as it is read, where each of its characters stands in the one that is given, and the parts of that which
    are read otherwise; None if none are."""
    written, starts = folded, list(range(len(folded) + 1))
    parts: list[tuple[int, int]] = []
    for way in ways:
        changes = way(written)
        if changes:
            parts += [(starts[begin], starts[end]) for begin, end in changes]
            written, places = changed(written, changes)
            starts = [starts[place] for place in places]
    return (written, starts, parts) if parts else None


def _markup(folded: str) -> Changes:
    return {match.span(): f" {match[1]} " for match in _IN_ANGLES.finditer(folded)}


def _lines(folded: str) -> Changes:
    return _without("\n", _BLOCK, folded)


def _stars(folded: str) -> Changes:
    return _without("*", _STARRED, folded)


def _dashes(folded: str) -> Changes:
    """`j-e-n-4-u@m-a-i-l.example`"""
    return _without("-", _DASHED, folded)


def _without(sign: str, pattern: re.Pattern[str], folded: str) -> Changes:
    """Takes a sign out of what a pattern finds."""
    return {
        (place, place + 1): ""
        for match in pattern.finditer(folded)
        for place in range(*match.span())
        if folded[place] == sign
    }


def _remarks(folded: str) -> Changes:
    return {match.span(1): "" for match in _REMARK.finditer(folded)}


def _gone(folded: str) -> Changes:
    """`jen(delete this)4u@mail.example`"""
    return {match.span(): "" for match in _GONE.finditer(folded)}


def _brackets(folded: str) -> Changes:
    return {match.span(): "" for match in _BRACKETED.finditer(folded)}


def _told_signs(folded: str) -> Changes:
    found: Changes = {}
    for match in _told_sign().finditer(folded):
        if match["put"] or match["here"]:
            start = match.start() - folded[match.start() - 1 : match.start()].isspace()
            found[start, match.end()] = "@" if match["at"] else "."
    return found


def may_say_hyphens(folded: str) -> bool:
    """Whether a name of the hyphen may be in a text."""
    return (
        "dash" in folded or "hyphen" in folded or "hifen" in folded or "guion" in folded or "tiret" in folded
        or "trattino" in folded or "strich" in folded or "streep" in folded or "\u0442\u0438\u0440\u0435" in folded
        or "\u0434\u0435\u0444\u0438\u0441" in folded
    )  # fmt: skip


@cache
def _hyphen_in_host() -> re.Pattern[str]:
    """The sign, the beginning of a host and the name of the hyphen in it."""
    ats = lexicon.branches(sorted(word for word in mail_words.AT_SURE if word.isalpha()))
    hyphens = lexicon.spaced(sorted(word for word, sign in mail_words.SIGNS.items() if sign == "-"))
    dots = lexicon.spaced(sorted(mail_words.DOT_WORDS))
    return re.compile(
        rf"(?:@|(?<![^\W_])(?:{ats}|at)(?![^\W_]))[)\]]?\s?[a-z0-9]{{2,30}}(?P<hyphen>\s(?:{hyphens})\s)"
        rf"(?=[a-z0-9]{{2,30}}(?:\s?[.(\[]|\s(?:{dots})(?![^\W_])))"
    )


def hyphens_in_hosts(folded: str) -> Changes:
    """`jen arroba casa hifen verde ponto example`"""
    return {match.span("hyphen"): "-" for match in _hyphen_in_host().finditer(folded)}


@cache
def _then_sign() -> re.Pattern[str]:
    """A word that only says that a sign follows: `jen4u then at mail then dot example`."""
    signs = lexicon.spaced(sorted({"at", *mail_words.AT_SURE, *mail_words.DOT_WORDS} - {"."}))
    return re.compile(rf"(?: ?,)? (?:and )?(?:{JUST_THEN}|next) (?=(?:an? |the )?(?:{signs})(?![^\W_]))")


_BY_COMMAS = re.compile(r"(?<![\w,])[a-z0-9._%+\-]{2,40},at,[a-z0-9\-]{2,40}(?:,dot,[a-z]{2,10}){1,3}(?![\w,])")


_QUOTED_SIGN = re.compile('["\u00ab\u201c](?:at|dot|@|[.])["\u00bb\u201d]')
_QUOTED = re.compile('["\u00ab\u201c](?:[a-z0-9][a-z0-9._%+\\-]{0,40}|@|[.])["\u00bb\u201d]')
"""Each word in quotes, signs among them: `"jen4u" "at" "mail" "dot" "example"`."""


def said_signs(folded: str) -> Changes:
    """Words between that say no more than that a sign comes next, and commas in place of the blanks around signs."""
    found: Changes = {}
    if ",dot," in folded:
        for match in _BY_COMMAS.finditer(folded):
            found.update({(place, place + 1): " " for place in range(*match.span()) if folded[place] == ","})
    if _QUOTED_SIGN.search(folded) is not None:
        found.update({(place, place + 1): "" for match in _QUOTED.finditer(folded)
                      for place in (match.start(), match.end() - 1)})  # fmt: skip
    for match in _then_sign().finditer(folded):
        found[match.span()] = " "
    return found


_APART = re.compile(r"(?<![^\s:;,(\[\"'\u00ab])(?:[a-z0-9._\-] ){2,40}(?:[a-z0-9]|@)(?![a-z0-9])")
_LETTERS_APART = re.compile(r"[a-z] [a-z0-9._\-] [a-z0-9._\-] [a-z0-9]")
_WIDE = re.compile(" {2,6}")


def may_be_wide(folded: str) -> bool:
    """Whether letters stand apart with wider gaps around the sign: `j e n  @  m a i l`."""
    return "@  " in folded and _LETTERS_APART.search(folded) is not None


def letters_closed_up(folded: str) -> Changes:
    """The blanks behind each letter, and those that are more than one: `j e n   at   m a i l  . c o m`."""
    if _LETTERS_APART.search(folded) is None:
        return {}
    found: Changes = {match.span(): " " for match in _WIDE.finditer(folded)}
    for match in _APART.finditer(folded):
        for place in range(match.start() + 1, match.end(), 2):
            found[place, place + 1] = ""
    return found
