"""E-mail addresses with another sign in place of the @: one that the text says stands for it, one right before a
provider's whole host, brackets around that host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from minerva.identifiers import hosts, mail_guesses, mail_words
from minerva.identifiers.lexicon import branches
from minerva.identifiers.mail_placeholders import NAMED_SIGNS


@cache
def _said() -> re.Pattern[str]:
    """`(= is @)`, `# means @`, up to the sign; compiled when the first text asks for it."""
    return re.compile(
        rf"(?<![^\s(\[{{,;\"'\u2190\u2192\u203b])(?P<sign>[^\w\s@.])[\"']? ?(?:=|{mail_words.STANDS_FOR}) ?[\"']?@$"
    )


_ARTICLE = r"(?:the|el|la|le|l'|un|una|o|a|il|das|den|dem|ein)"
_AT_WORDS = "|".join(sorted((word for word in mail_words.AT_SURE if word.isalpha()), key=len, reverse=True))
_DOT_WORDS = "|".join(sorted((word for word in mail_words.DOT_WORDS if word.isalpha()), key=len, reverse=True))
_SIGN = r"[\"']?(?P<sign>[^\w\s@.,;:!?()])[\"']?"
_IS = rf"= ?[\"']?(?:@|at|{_AT_WORDS})(?![^\W_])"
MAY_BE = re.compile(_IS)
"""What _IS_AT ends with; it begins with a sign that the search skips to."""
_IS_AT = re.compile(rf"{_SIGN} ?{_IS}")
_IS_DOT = re.compile(rf"{_SIGN} ?= ?[\"']?(?:dot|\.|{_DOT_WORDS})(?![^\W_])")
"""`🌀 = at`, `# = dot`."""
_SWAP = re.compile(
    rf"(?:{'|'.join(sorted(mail_words.SWAPS))})(?: out)?(?: {_ARTICLE})? {_SIGN}"
    r"(?: sign| symbol)? (?:for|with|to|by|por|con|par|com|durch|mit) ?"
    rf"(?:{_ARTICLE} ?)?(?:(?:usual|real|right|proper|at|known)(?: at)? (?:sign|symbol|one)|@|{_AT_WORDS})(?![^\W_])"
)
"""`swap the # for the usual sign`."""
_GOES = rf"(?:@|(?<=the )at|{_AT_WORDS}|(?:(?:the|usual|real|right|proper|at|known) )?(?:sign|symbol))"
_WHERE = re.compile(
    rf"{_GOES}(?: \w+)? where (?:the|that|you see(?: the)?) "
    rf"(?:(?P<called>{branches(NAMED_SIGNS)})(?![^\W_])|{_SIGN})(?: \w+)?"
    rf"|[\"']?(?P<before>[^\w\s@.,;:!?()])[\"']? is where (?:the|an?) {_GOES}(?![^\W_])(?: \w+)?"
)
"""`with the usual sign where the # is`, `# is where the @ goes`."""
_WORD_IS_AT = re.compile(r"(?<![\w@.\-])(?P<sign>[a-z]{4,16})(?: sign)? ?(?:is|=|means|stands for) @$")
"""`monkeytail is @`, up to the sign."""
_NEAR, _MOST_SAID = 28, 8
MAY_SAY = re.compile(
    rf"@(?:(?<=(?:{mail_words.STANDS_FOR_ENDS}) @)|(?<== @)|(?<=[=\"'{mail_words.STANDS_FOR_GLUED}]@))"
)
"""Where _said may end; the sign stands first, so that the search skips to it."""
_NAMES = "gmail|googlemail|yahoo|ymail|hotmail|outlook|icloud|aol|gmx|protonmail|proton|live|msn|web|yandex|mail"
_BESIDE = re.compile(rf"[#*^~$&+|!=(\[{{](?={_NAMES})(?P<host>[a-z]{{3,12}}\.[a-z]{{2,3}}(?:\.[a-z]{{2}})?)(?!\w)")
"""A sign and a provider behind it, or a bracket that opens before it."""
_LOCAL = re.compile(r"(?<![\w@.\-+%/$#])(?P<local>[a-z][a-z0-9._%+\-]{2,63})(?P<blank> ?)$")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def with_signs_said(folded: str, may_swap: bool) -> str | None:
    """The text with the sign @ in place of another one that it says stands for it, so that nothing says it any more;
    None if it says so of none. `may_swap`: whether one of mail_words.SWAPS may be in it."""
    for place in islice(MAY_SAY.finditer(folded), _MOST_SAID):
        said = _said().search(folded, max(0, place.start() - _NEAR), place.end())
        if said is not None and folded.count(said.group("sign")) > 1:
            sign, (start, end) = said.group("sign"), said.span()
            return folded[:start].replace(sign, "@") + " " * (end - start) + folded[end:].replace(sign, "@")
        said = _WORD_IS_AT.search(folded, max(0, place.start() - _NEAR), place.end())
        if said is not None and folded[place.end() : place.end() + 1] not in _NAMES_GO_ON:
            signed = _with_word(folded, said)
            if signed is not None:
                return signed
    return _with_signs_in_words(folded, may_swap)


_NAMES_GO_ON = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


def _with_word(folded: str, said: re.Match[str]) -> str | None:
    """The text with the sign in place of a word that is said to be one, as often as it is found elsewhere."""
    word, (start, end) = said.group("sign"), said.span()
    if word in mail_words.LABELS or word in mail_words.PROSE:
        return None
    pattern = re.compile(rf"(?<= ){word}(?= )")
    if pattern.search(folded, end) is None and pattern.search(folded, 0, start) is None:
        return None
    padded = "@".center(len(word))
    return pattern.sub(padded, folded[:start]) + " " * (end - start) + pattern.sub(padded, folded[end:])


def _with_signs_in_words(folded: str, may_swap: bool) -> str | None:
    """The text with the signs @ and . in place of others that it says in words to stand for them."""
    said = _IS_AT.search(folded) if MAY_BE.search(folded) is not None else None
    said = _SWAP.search(folded) if said is None and may_swap else said
    sign = None if said is None else said.group("sign")
    if said is None and " where " in folded:
        said = _WHERE.search(folded)
        if said is not None:
            sign = said.group("sign") or said.group("before") or NAMED_SIGNS[said.group("called")]
    is_named = said is not None and said.re is _WHERE and said.group("called") is not None
    if said is None or sign is None or folded.count(sign) < (1 if is_named else 2):
        return None
    dot = _IS_DOT.search(folded)
    signed = folded
    for each in (said, dot):
        if each is not None:
            signed = signed[: each.start()] + " " * len(each.group()) + signed[each.end() :]
    signed = signed.replace(sign, "@")
    return signed if dot is None else signed.replace(dot.group("sign"), ".")


def may_stand_before_provider(folded: str) -> bool:
    """Whether `before_providers` can find something."""
    return ("mail." in folded or "yahoo." in folded or "outlook." in folded or "icloud." in folded) and _BESIDE.search(
        folded
    ) is not None


def before_providers(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of mailboxes right before a provider's host with a sign between that is no @:
    `jen_4u#gmail.com`, `jen_4u [gmail.com]`. None of them is sure."""
    for match in _BESIDE.finditer(folded):
        start, host = match.start(), match.group("host")
        local = _LOCAL.search(folded, max(0, start - 64), start)
        opening, end = folded[start], match.end()
        if local is None or host not in hosts.MAIL_PROVIDERS or (local.group("blank") and opening not in _CLOSING):
            continue
        if opening in _CLOSING:
            if folded[end : end + 1] != _CLOSING[opening] or not mail_guesses.ends(folded, end + 1):
                continue
            end += 1
        name = local.group("local")
        if (
            name in mail_words.PROSE
            or name in mail_words.LABELS
            or not (mail_guesses.is_marked(name) or (opening not in _CLOSING and mail_guesses.is_name(name)))
        ):
            continue
        yield local.start(), end, f"{name}@{host}"
