"""How people write the dots and hosts of e-mail addresses, and pictures for the sign: regular expressions over text in
lower case without accents, of the names in mail_words.py."""

from __future__ import annotations

import re

from minerva.identifiers import hosts, lexicon
from minerva.identifiers.mail_words import (
    DOTS,
    GLUED_DOTS,
    PROVIDER_NAMES,
    PROVIDERS,
    SIGNS,
    SPELLED,
    TOPS,
)

_DOT_WORD = lexicon.spaced([*DOTS, *GLUED_DOTS])
_BARE_DOT_WORD = lexicon.spaced(DOTS)
_TOPS = r"(?:com|c0m|net|org|co|ru|de|fr|es|it|info|example)(?![a-z0-9])"
# Letters of other scripts as ranges: a class takes four fifths of the time of `[^\w...]|_`.
_WRAP = r"[^a-z0-9\s@&%,;:!?$€£#\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u3040-\ud7ff\uf900-\ufaff]"
NOT_LETTER = r"(?![^\W_])"
_FOREIGN_TOPS = lexicon.spaced([top for top in TOPS if not top.isascii() or "-" in top])
SAID_GLUED = "(?:dot|p(?:un[ck]t|unto?|onto?|oint))"
"""Names of the dot that stand right behind a provider."""
_CODE_DOT = r"&#0{0,4}46;|&#x0{0,4}2e;|&period;|%2e|\\(?:u00|x)2e"
_WRAPPED_DOT = (
    rf"\s{{0,2}}{_WRAP}{{1,3}}\s?(?:[\[({{<]\s?)?(?:\.|,|(?:[dpт]|pn?t)(?=\s?[\])}}>])|{_DOT_WORD})"
    rf"\s?{_WRAP}{{1,3}}\s{{0,2}}[\[({{<]?|\s?#(?:{_BARE_DOT_WORD})#\s?"
)
_APART_DOT = rf",?\s{{1,3}}(?:{_BARE_DOT_WORD}),?\s{{1,3}}|\s{{1,3}}(?:dot|(?<=[a-z]\s)pt\s)(?={_TOPS})"
DRAWN = "[\u00b7\u2022\u2219\u30fb\u25cf\u26aa\u26ab\U0001f534\U0001f535\U0001f518\U0001f7e0-\U0001f7e4]"
"""Circles of every colour, which are drawn for a dot."""
_GLUED = lexicon.branches(GLUED_DOTS)
_GLUED_DOT = rf"\s?(?=[^\x00-\x7f])(?:{_GLUED})\s?"
_FOREIGN_DOT = rf"\s?(?=[^\x00-\x7f])(?:(?:{_GLUED})\s?|{DRAWN}\s?(?={_TOPS}))"
"""One look at the next character saves text in ASCII the names of all scripts."""
_COMMA = (
    rf",(?:\s?(?={_TOPS})|(?<=,com,)(?=(?:au|br|mx|ar|nz|tr|pl|sg)(?![a-z0-9]))"
    r"|(?<=,co,)(?=(?:uk|nz|za|jp|in|kr|il|th|id)(?![a-z0-9]))"
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
    rf"(?P<joint>,?\s{{1,3}}(?:then\s(?:an?\s)?)?(?P<sign>{lexicon.spaced(SIGNS)}),?\s{{1,3}}(?:then\s)?|{_APART_DOT}"
    rf"|,?\s{{1,3}}then\s(?:an?\s)?(?:{_BARE_DOT_WORD}),?\s{{1,3}}(?:then\s)?"
    rf"|{_WRAPPED_DOT}|{_CODE_DOT}|{_GLUED_DOT}|{_WRAP}(?:under ?score|dash){_WRAP}"
    rf"|\s?[\[({{<]\s?(?P<wrapped>{lexicon.spaced(SIGNS)})\s?[\])}}>]\s?)$"
)
"""A sign between two parts of a mailbox name, written in words, at the end of a text."""
APART_TOP = re.compile(
    rf"(?P<host>{PROVIDER_NAMES})(?:\s{{1,2}}|\s?,\s?|[_\-/]|{SAID_GLUED}\s?|\s?[^\x00-\x7f\w\s]{{0,2}}\s?)"
    rf"(?P<top>{_TOPS.replace('|co|', '|')})"
)
"""A provider whose top-level domain has lost its dot."""
LOST_DOT = re.compile(
    r"(?P<host>(?=[0-9\-]{0,40}[a-z])[a-z0-9][a-z0-9\-]{1,40})\s{1,2}"
    r"(?P<top>com(?:[\s.](?:br|mx|ar|au|tr|co|pe|ve|ua|pl|cn|hk|sg))?|net|org(?:[\s.](?:uk|br|au))?|edu)(?![\w@\-])"
)
"""A host that has lost the dot before its top-level domain, of those that are words of few languages."""
_SAID = lexicon.spaced(SPELLED)
TOP_IN_BRACKETS = re.compile(
    rf"(?P<host>{PROVIDER_NAMES}|{_SAID}|proton|libero|yandex|web|orange)\s?[(\[]\s?(?:[^\W_]{{1,8}} )?"
    rf"(?:\.|(?:{_BARE_DOT_WORD})\s)\s?"
    r"(?P<top>[a-z]{2,3}(?:\.[a-z]{2})?)\s?[)\]]"
)
"""A provider with its ending in brackets: `gmail (dot com)`, `yahoo (.fr)`."""
_AS_IT_SOUNDS = lexicon.spaced(
    [word for word, host in SPELLED.items() if host in PROVIDERS and ("-" not in word or word == "g-mail")]
)
TWO_ENDS = re.compile(
    rf"(?P<host>{PROVIDER_NAMES}|{_AS_IT_SOUNDS})\s{{1,2}}(?P<ends>com?[\s.]{{1,2}}[a-z]{{2}})(?![\w@\-])"
)
"""A provider and two ends without a dot before them: `yahoo co uk`."""
SPELLED_HOST = re.compile(rf"(?P<host>{_SAID})(?:{LOOSEST_DOT})(?P<top>[^\W_]{{2,6}}{NOT_LETTER}|{_FOREIGN_TOPS})")
_APART_ENDS = ("c o m", "n e t", "o r g", "[a-z] [a-z]")
_DOT_IN_BRACKETS = rf"\s?[\[({{<]\s?(?:\.|{_BARE_DOT_WORD})\s?[\])}}>]\s?"
LETTERS_APART = re.compile(
    rf"(?:(?P<letters>(?:[a-z0-9] ){{2,30}}[a-z0-9])|(?P<host>{_SAID}|{LABEL}))(?P<dot>\s?\.\s?|{_APART_DOT}"
    rf"|{_DOT_IN_BRACKETS})"
    rf"(?P<top>{'|'.join(_APART_ENDS)}|(?(letters)[a-z]{{2,6}}|(?!)))(?![a-z0-9]| [a-z0-9](?![a-z0-9]))"
)
"""A host with a blank behind every letter of it or of its end: `e x a m p l e dot com`, `mail dot c o m`."""
FOREIGN_HOST = re.compile(rf"(?P<host>[^\W_]{{2,40}}?)(?:{LOOSEST_DOT}|\s)(?P<top>[^\W_]{{1,6}}){NOT_LETTER}")
"""A host with parts in another script (`яндекс ру`)."""
WITHOUT_TOP = re.compile(
    rf"(?:gmail|hotmail|yahoo|outlook|icloud|protonmail|aol|gmx|{_AS_IT_SOUNDS})(?![\w@])"
    r"(?! ?[.,](?:[^\W_]| ?(?:com|c0m|net|org|co|ru|info|example)(?![a-z0-9])))"
)
"""A provider told without its top-level domain (`jen_4u at gmail`), which is `com` for most, or TOP_OF it."""
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
    rf"[\u2600-\u27bf\U0001f300-\U0001faff](?=\s?(?:(?:{PROVIDER_NAMES})(?![\w@])|(?:{_PROVIDER_HOSTS})(?![\w@])|[a-z0-9\-]{{1,63}}\s?{DRAWN}\s?{_TOPS}))"
)
"""A picture where the sign may stand: right before a provider or before a host whose dot is drawn."""
ANIMAL_SIGN = re.compile(
    rf"[{''.join(sorted(FOR_SIGN))}](?=\ufe0f?\s?[a-z0-9\-]{{2,40}}(?:\s?\.\s?|\s(?:{_BARE_DOT_WORD})\s)[a-z]{{2,7}}(?![\w@]))"
)
"""A picture that stands for the sign and for nothing else there, before a host of any name."""
_ODD_STARTS = {*PROVIDERS, "mail", "proton", *SPELLED}
ODD_STARTS = tuple(
    sorted(word for word in _ODD_STARTS if not any(word[:size] in _ODD_STARTS for size in range(1, len(word))))
)
"""What the hosts begin with that are known in odd spellings."""
ODD_THREE = frozenset(word[:3] for word in ODD_STARTS)
SIGN_FOR_A = re.compile(
    r"(?<![\w@.\-])(?:(?:g|hot|y|proton|rocket|fast|hush|rediff|google)m@il|y@hoo)\.[a-z]{2,3}(?:\.[a-z]{2})?(?![\w@])"
)
"""A provider with the sign for a letter."""
