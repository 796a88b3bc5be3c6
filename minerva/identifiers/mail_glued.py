"""E-mail addresses with words for their signs and no blank between, at a known provider: `jenarrobagmailpuntocom`,
`jenсобакаmailточкаru`; behind a word for mail at any host: `E-mail: jen4uatmaildotexample`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from minerva.identifiers import hosts, lexicon, mail_words
from minerva.identifiers.mail_boxes import LOCAL_SIGNS, VALID_LOCAL

_LEAST_SURE = 5
_LEAST_CLEAR = 5
_UNCLEAR = frozenset(
    ["orange", "inbox", "globo", "terra", "frontier", "rogers", "charter", "walla", "posteo", "scarlet"]
)
"""Names of providers that are words or parts of them: `greatterrapuntocom`."""
_SMALL = frozenset(["at", "a", "et", "ат", "эт", "bei", "chez"])


def _alone(words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word.isalpha()}, key=lambda word: (-len(word), word))


_HOSTS = frozenset(host.partition(".")[0] for host in hosts.MAIL_PROVIDERS)
_SURE_WORDS = [word for word in _alone([*mail_words.AT_SURE, *mail_words.AT_GLUED]) if len(word) >= _LEAST_SURE]
_NAMES = _alone([*_HOSTS, *mail_words.SPELLED])
_CLEAR = (
    frozenset(mail_words.PROVIDERS) - {"live"}
    | {name for name in _NAMES if len(mail_words.SPELLED.get(name, name)) >= _LEAST_CLEAR and name not in _UNCLEAR}
    | {"uol"}
)
_TOPS = _alone([*{host.split(".")[1] for host in hosts.MAIL_PROVIDERS}, *mail_words.TOPS])
_DOTS = _alone(mail_words.DOT_WORDS)
_DOT = rf"(?P<dot>\.|{'|'.join(_DOTS)})"
_END = rf"{_DOT}(?P<top>{'|'.join(_TOPS)})(?:(?P=dot)(?P<last>[a-z]{{2}}))?(?![^\W_])"


@cache
def _glued() -> re.Pattern[str]:
    """A sign, a provider and its ending; compiled when the first text asks for it, as few do."""
    return re.compile(
        rf"(?P<sign>{'|'.join(_SURE_WORDS)}|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
        rf"(?P<host>{lexicon.branches(_NAMES)}){_END}"
    )


_WINDOW = 64


def may_hold(folded: str) -> bool:
    """Whether words of the signs may be glued to a mailbox in a text that names a provider."""
    # One by one, which takes half the time of a loop.
    return (
        "rroba" in folded or "arob" in folded or "pun" in folded or "malpa" in folded or "sobak" in folded
        or "zavina" in folded or "kukac" in folded or "staart" in folded or "snabel" in folded or "raffe" in folded
        or "равлик" in folded or "dot" in folded
    )  # fmt: skip


def glued(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of each."""
    last = 0
    for match in _glued().finditer(folded):
        sign, name, top = match.group("sign", "host", "top")
        if sign in _SMALL and (name not in _CLEAR or match.group("dot") == "."):
            continue
        host = f"{mail_words.SPELLED.get(name, name)}.{mail_words.TOPS.get(top, top)}"
        host = f"{host}.{match.group('last')}" if match.group("last") else host
        window = folded[max(last, match.start() - _WINDOW) : match.start()]
        local = window[len(window.rstrip(LOCAL_SIGNS)) :].lstrip(".-'")
        if host not in hosts.MAIL_PROVIDERS or len(local) < 2 or VALID_LOCAL.fullmatch(local) is None:
            continue
        last = match.end()
        yield match.start() - len(local), last, f"{local}@{host}"
    if last == 0 and "dot" in folded:
        yield from _at_any_host(folded)


_AT_ANY_HOST = re.compile(r"(?<![^\s:>(])(?P<rest>[a-z0-9][a-z0-9._\-]{7,60}?)dot(?P<top>com|net|org|info)(?![\w@])")
_NEAR, _MOST_BEFORE, _LEAST_PART = 32, 4, 3


def _at_any_host(folded: str) -> Iterator[tuple[int, int, str]]:
    """The same at any host, behind a word for mail and where `at` stands once, as a second one leaves open which is the
    sign."""
    for match in _AT_ANY_HOST.finditer(folded):
        local, sign, host = match["rest"].partition("at")
        if not sign or "at" in host or "dot" in match["rest"] or not host.isalnum():
            continue
        if min(len(local), len(host)) < _LEAST_PART:
            continue
        before = mail_words.WORD.findall(folded, max(0, match.start() - _NEAR), match.start())[-_MOST_BEFORE:]
        if not mail_words.LABELS.isdisjoint(before) and VALID_LOCAL.fullmatch(local) is not None:
            yield match.start(), match.end(), f"{local}@{host}.{match['top']}"
