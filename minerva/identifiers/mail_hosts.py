"""Hosts of e-mail addresses: as usual, with their dots in words or brackets, said, in letters of another script."""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import hosts, mail_patterns, mail_words
from minerva.identifiers.kept import keep

_PLAIN_HOST = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,62}\.){1,8}[a-z][a-z0-9\-]{1,62}")


_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]+$)")
"""Where the next sentence begins without a dot or a blank: `mail.example.comCall`."""
LOOKALIKE = str.maketrans("аеорсухіѕјԁһӏոοαᴀɑɡ", "aeopcyxisjdhlnoaaag")
_LETTER_SIGNS = (str.maketrans("|!$€", "lise"), str.maketrans("|!$€", "ilse"))
"""Signs written for letters of a provider's name: `hotma|l`, `hotmai|`."""
_EXAMPLES = frozenset(["example.com", "example.net", "example.org"])
"""What RFC 2606 keeps for examples: nobody owns a look-alike of them."""
_MAY_GO_ON = frozenset("([{< &%_,.")
_OPENING = frozenset("([{<")
"""What opens around a dot behind a provider, which then is none: `yahoo.com[.]au`."""
_GOES_ON = re.compile(rf"(?:{mail_patterns.DOT})[a-z0-9]")
_BEGINS_DOT = frozenset(
    [word[:2] for word in (*mail_words.DOTS, *mail_words.GLUED_DOTS)]
    + ["dp", "pt", "pn", "co", "c0", "ne", "or", "ru", "de", "fr", "es", "it", "in", "ex"]
)
"""The first two letters of each name of the dot, and of the endings before which a comma or a blank is one."""


class _MayGoOn(dict[str, bool]):
    """False of the up to four characters behind a host that nothing _GOES_ON finds begins with; answers are kept."""

    def __missing__(self, behind: str) -> bool:
        rest = behind.lstrip(".,")
        two = rest[1:3]
        is_over = len(behind) - len(rest) < 2 and (
            (not rest and len(behind) == 1)
            or (rest[:1] in (" ", "\n") and two.isascii() and (two[:1].isdigit() or (len(two) == 2 and two.isalpha())))
        )
        return keep(self, behind, not is_over or two in _BEGINS_DOT, 4096)


may_go_on = _MayGoOn().__getitem__
PLAIN_DOTS = (".",)
_LEAST_SAID = 5
_LONGEST_DOT = 1
"""Characters of a dot without signs around it."""
_BLANK_BEHIND = frozenset(f"{before}.{behind}" for before in ("", " ", "  ") for behind in (" ", "  ", "\n"))
_NO_DOTS = ("none",)
_PLAIN_TOPS = frozenset(["com", "net", "org"])
_BEFORE_LAST = frozenset([".co", "com"])
"""What ends a host that has another end behind it."""
GUESSED = ("none", "guessed")
LOST = ("none", "lost")
APART = ("dot",)
Host = tuple[str, int, tuple[str, ...]]
"""A host behind a sign, its end, and its dots as they are written: `none` if there are none."""


def _host_pattern(dot: str, most: int) -> re.Pattern[str]:
    """Labels (odd groups) with the dots between (even groups)."""
    again = ""
    for _ in range(most - 1):
        # Each within the one before: where one is missing, none behind it is tried.
        again = f"(?:({dot})({mail_patterns.LABEL}){again})?"
    return re.compile(f"({mail_patterns.LABEL})({dot})({mail_patterns.LABEL}){again}")


_TIGHT_HOST = _host_pattern(mail_patterns.DOT, 5)


@cache
def _loose_host() -> re.Pattern[str]:
    """A host with blanks around its dots; compiled when the first text asks for it, as is the next."""
    return _host_pattern(mail_patterns.LOOSE_DOT, 5)


@cache
def _loosest_host() -> re.Pattern[str]:
    return _host_pattern(mail_patterns.LOOSEST_DOT, 2)


def plain_host(text: str, folded: str, start: int) -> Host | None:
    """A host written as usual."""
    match = _PLAIN_HOST.match(folded, start, start + 254)
    if match is None:
        return None
    name, end = match.group(), match.end()
    written = text[start:end]
    if not written.isascii():
        return _international(text, folded, start)
    after = folded[end : end + 1]
    if after.isalnum():
        if after.isascii():
            return None
    elif name in hosts.MAIL_PROVIDERS and folded[end : end + 2].lstrip(" ")[:1] not in _OPENING:
        return name, end, PLAIN_DOTS
    has_capitals = written != name
    if has_capitals:
        if "DOT" in written and (said := _with_dots(written)) is not None:
            return said, end, PLAIN_DOTS
        glued = _GLUED.search(text, start, end)
        if glued is not None and hosts.is_host(folded[start : glued.start()]) and not hosts.is_host(name):
            return folded[start : glued.start()], glued.start(), PLAIN_DOTS
    if after in _MAY_GO_ON and (
        (may_go_on(folded[end : end + 4]) and _GOES_ON.match(folded, end) is not None) or name[-1] == "-"
    ):
        # What looks whole may go on in words: `mail.example dot com`.
        longer = _TIGHT_HOST.match(folded, start, start + 254)
        if longer is not None and longer.end() > end:
            return None
    while True:
        if hosts.is_host(name) and not (has_capitals and _is_next_sentence(text, start, start + len(name))):
            return name, start + len(name), PLAIN_DOTS
        cut = max(name.rfind("."), name.rfind("-"))
        if cut < 3:
            return None
        name = name[:cut]


def _with_dots(written: str) -> str | None:
    """A host with capitals for some of its dots: `oaksDOTcom.au`."""
    name = _SAID_IN_CAPITALS.sub(".", written).lower()
    return name if name != written.lower() and hosts.is_host(name) else None


_SAID_IN_CAPITALS = re.compile(r"(?<=[a-z0-9])DOT(?=[a-z0-9])")


def _is_next_sentence(text: str, start: int, end: int) -> bool:
    """Whether the last label of a host is the first word of the next sentence: `mail.example.Call`."""
    before, _, label = text[start:end].rpartition(".")
    return label[:1].isupper() and label[1:].islower() and before.islower() and hosts.is_host(before)


def _international(text: str, folded: str, start: int) -> Host | None:
    """A host with letters beyond ASCII: a provider with accents or look-alikes for disguise, else a name of its own."""
    disguised = folded[start : start + 80].translate(LOOKALIKE)
    match = _PLAIN_HOST.match(disguised)
    if match is not None and (match.group() in hosts.MAIL_PROVIDERS or match.group() in _EXAMPLES):
        return match.group(), start + match.end(), PLAIN_DOTS
    whole = hosts.ANY_HOST_PATTERN.match(text, start, start + 254)
    own = hosts.trimmed_host(whole.group()) if whole is not None else None
    if own is not None and not text[start : start + own[1]].isascii():
        return own[0], start + own[1], PLAIN_DOTS
    if match is None or match.group() == folded[start : start + match.end()] or not hosts.is_host(match.group()):
        return None
    return match.group(), start + match.end(), PLAIN_DOTS


def any_host(text: str, folded: str, start: int, loose: bool) -> Host | None:
    """A host from `start` on, its dots written in any way; labels that cannot belong to it are left out."""
    match = (_loose_host() if loose else _TIGHT_HOST).match(folded, start, start + 254)
    if match is not None:
        parts = match.groups()
        count = match.lastindex or 3
        while count >= 3:
            labels = list(parts[0:count:2])
            if "dot" in labels and max(map(len, parts[1:count:2])) > _LONGEST_DOT:
                # "outlook.....dot.....com"
                labels = [label for label in labels if label != "dot"]
                if len(labels) < 2:
                    break
            labels[-1] = mail_words.TOPS.get(labels[-1], labels[-1])
            name = ".".join(labels)
            if parts[1] != "." and labels[0] in mail_words.SPELLED:
                # "g-mail (dot) com" is said; a host written plainly may be its own.
                meant = ".".join([mail_words.SPELLED[labels[0]], *labels[1:]])
                name = meant if meant in hosts.MAIL_PROVIDERS else name
            if hosts.is_host(name):
                end = match.end(count)
                after = folded[end : end + 1]
                dot = parts[count - 2]
                if dot == ".":
                    is_over = _is_next_sentence(text, start, end)
                elif count > 3 and "," in dot and "," not in parts[1]:
                    # "mail.example, it is", "example dot org... no, dot net": a pause that no earlier dot has.
                    is_over = True
                elif len(dot) < _LEAST_SAID and dot in _BLANK_BEHIND:
                    is_over = text[start].islower() and text[match.start(count)].isupper()
                else:
                    is_over = False
                if not is_over and not (after.isascii() and after.isalnum()):
                    if "DOT" in text[start:end]:
                        name = _with_dots(text[start:end]) or name
                    if (
                        after == " "
                        and name[-3:] in _BEFORE_LAST
                        and f"{name}.{folded[end + 1 : end + 3]}" in (hosts.MAIL_PROVIDERS)
                        and not folded[end + 3 : end + 4].isalnum()
                    ):
                        # "yahoo dot co uk"
                        return f"{name}.{folded[end + 1 : end + 3]}", end + 3, parts[1:count:2]
                    return name, end, parts[1:count:2]
            count -= 2
    may_be_apart = folded[start + 1 : start + 4 : 2] == "  " or (
        match is not None and len(match.group(match.lastindex or 1)) == 1
    )
    host = _apart_host(folded, start) if may_be_apart else None
    if host is None and (
        (folded[start : start + 3] in mail_patterns.ODD_THREE and folded.startswith(mail_patterns.ODD_STARTS, start))
        or not folded[start : start + 40].isascii()
    ):
        host = _odd_host(text, folded, start, may_be_apart)
    return _without_last_dot(folded, start) if host is None else host


@cache
def _signed_host() -> re.Pattern[str]:
    """A name, a sign where its dot should be, and an ending. No sign that paths and pipes have: `git@web:de`."""
    signs = rf"(?:[;^~*'\"\u00b7\u2022]|{mail_patterns.DRAWN})"
    return re.compile(rf"([a-z0-9\-]{{2,20}})\s?{signs}\s?([a-z]{{2,3}})(?![\w@])")


def _provider_of(match: re.Match[str] | None, dots: tuple[str, ...]) -> Host | None:
    """The provider of which a name and an ending stand apart, written with those dots; None if they are none."""
    name = "" if match is None else f"{match[1]}.{match[2]}"
    return (name, match.end(), dots) if match is not None and name in hosts.MAIL_PROVIDERS else None


def provider_with_signs(folded: str, start: int) -> Host | None:
    """A provider with a sign in place of its dot (`sapo;pt`) or of letters (`hotmai|.com`)."""
    signed = _provider_of(_signed_host().match(folded, start, start + 32), _NO_DOTS)
    if signed is not None:
        return signed
    window = folded[start : start + 24]
    if not ("|" in window or "!" in window or "$" in window or "\u20ac" in window):
        return None
    for letters in _LETTER_SIGNS:
        meant = window.translate(letters)
        match = _PLAIN_HOST.match(meant) if meant != window else None
        if match is not None and match.group() in hosts.MAIL_PROVIDERS:
            return match.group(), start + match.end(), _NO_DOTS
    return None


_SECOND = frozenset(["co", "com"])
_LAST_LABEL = re.compile(rf"(?:{mail_patterns.LOOSEST_DOT})([a-z]{{2}}){mail_patterns.NOT_LETTER}")


def _apart_host(folded: str, start: int) -> Host | None:
    """A host with a blank behind every letter, or with such a top-level domain. Nobody writes prose so: its dot counts
    as one that is said."""
    match = mail_patterns.LETTERS_APART.match(folded, start, start + 100)
    if match is None:
        return None
    top = match.group("top").replace(" ", "")
    if match.group("dot").strip() == "." and top not in ("com", "net", "org"):
        # "the spa at 1 2 3 . in town"
        return None
    host = (match.group("letters") or "").replace(" ", "") or " ".join(match.group("host").split())
    name = f"{mail_words.SPELLED.get(host, host)}.{top}"
    if match.group("letters") is None and top not in _PLAIN_TOPS and name not in hosts.MAIL_PROVIDERS:
        return None
    return (name, match.end(), APART) if hosts.is_host(name) else None


_BLANK_BEHIND_DOT = re.compile(r"([a-z0-9\-]{2,20})\.\s{1,2}([a-z]{2,3})(?![\w.])")


def with_blank_behind_dot(folded: str, start: int) -> Host | None:
    """A provider with a blank behind its dot: `onet. pl`."""
    return _provider_of(_BLANK_BEHIND_DOT.match(folded, start, start + 40), _NO_DOTS)


def with_blank_before_top(text: str, folded: str, start: int) -> Host | None:
    """A host of which a common ending stands behind a blank: `example. com`; in capitals at its begin the ending is the
    next sentence's."""
    match = _BLANK_BEHIND_DOT.match(folded, start, start + 40)
    if match is None or match[2] not in _PLAIN_TOPS or text[match.start(2) : match.end(2)].istitle():
        return None
    return f"{match[1]}.{match[2]}", match.end(), _NO_DOTS


_BARE_PROVIDER = re.compile(r"([a-z0-9\-]{2,20})\s([a-z]{2,3})(?![\w@\-.])")


def _without_last_dot(folded: str, start: int) -> Host | None:
    """A host whose top-level domain stands behind a blank: `example com`."""
    lost = mail_patterns.LOST_DOT.match(folded, start, start + 64)
    if lost is None:
        # "sapo pt"
        return _provider_of(_BARE_PROVIDER.match(folded, start, start + 48), LOST)
    if lost.group("host") in mail_words.PLACES or lost.group("host") in mail_words.PROSE:
        return None
    name = f"{lost.group('host')}.{'.'.join(lost.group('top').split())}"
    return (name, lost.end(), LOST) if hosts.is_host(name) else None


def _is_next_word(text: str, start: int, top: str, name: str) -> bool:
    """Whether what stands at `start` behind a dot and a blank is rather the first word of the next sentence than the
    top-level domain of `name`: `at gmail. Call me`, `at hotmail. It is`."""
    if top in _PLAIN_TOPS or not top.isascii():
        return False
    return name not in hosts.MAIL_PROVIDERS or text[start : start + 2].istitle()


def _odd_host(text: str, folded: str, start: int, is_not_apart: bool) -> Host | None:
    """A host whose dot is missing, that is said, or that holds letters of another script; `is_not_apart`: whether
    its letters are known not to stand apart."""
    two = mail_patterns.TWO_ENDS.match(folded, start)
    if two is not None:
        name = f"{mail_words.SPELLED.get(two.group('host'), two.group('host'))}.{two.group('ends').replace(' ', '.')}"
        if name in hosts.MAIL_PROVIDERS:
            return name, two.end(), LOST
    apart = mail_patterns.APART_TOP.match(folded, start)
    if apart is not None:
        return f"{apart.group('host')}.{apart.group('top')}", apart.end(), _NO_DOTS
    if folded.startswith("proton me", start) and not folded[start + 9 : start + 10].isalnum():
        return "proton.me", start + 9, _NO_DOTS
    for pattern in (mail_patterns.SPELLED_HOST, mail_patterns.FOREIGN_HOST):
        match = pattern.match(folded, start, start + 90)
        if match is not None:
            host, top = " ".join(match.group("host").split()), match.group("top")
            name = f"{mail_words.SPELLED.get(host, host)}.{mail_words.TOPS.get(top, top)}"
            more = _LAST_LABEL.match(folded, match.end()) if top in _SECOND else None
            if more is not None and f"{name}.{more[1]}" in hosts.MAIL_PROVIDERS:
                # "hot mail dot co dot uk"
                return f"{name}.{more[1]}", more.end(), _NO_DOTS
            dot = folded[match.end("host") : match.start("top")]
            is_apart = dot.isspace()
            if dot[-1:].isspace() and _is_next_word(text, match.start("top"), top, name):
                continue
            if name.isascii() and hosts.is_host(name) and not (is_apart and (host.isascii() or top.isascii())):
                return name, match.end(), (dot,) if dot.strip(" \t\r\n,") in mail_words.DOT_WORDS else _NO_DOTS
    loosely = _loosest_host().match(folded, start, start + 40)
    if loosely is not None:
        name = ".".join(loosely.groups()[0 : loosely.lastindex : 2])
        top = loosely.start(loosely.lastindex or 3)
        is_next = text[top - 1].isspace() and _is_next_word(text, top, folded[top : loosely.end()], name)
        if name in hosts.MAIL_PROVIDERS and not is_next:
            return name, loosely.end(), _NO_DOTS
    apart_top = None if is_not_apart else _apart_host(folded, start)
    if apart_top is not None:
        return apart_top
    window = folded[start : start + 20]
    bracketed = (
        mail_patterns.TOP_IN_BRACKETS.match(folded, start, start + 48) if "(" in window or "[" in window else None
    )
    if bracketed is not None:
        name = f"{mail_words.SPELLED.get(bracketed['host'], bracketed['host'])}.{bracketed['top']}"
        if name in hosts.MAIL_PROVIDERS:
            return name, bracketed.end(), (" dot ",)
    alone = mail_patterns.WITHOUT_TOP.match(folded, start)
    if alone is not None:
        name = mail_words.SPELLED.get(alone.group(), alone.group())
        return f"{name}.{mail_words.TOP_OF.get(name, 'com')}", alone.end(), GUESSED
    return None if folded[start : start + 80].isascii() else _international(text, folded, start)
