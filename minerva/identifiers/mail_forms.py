"""Where e-mail addresses stand in a text and how they are written: plain, in brackets, in words, spelled, glued.

Each place that may stand for the sign @ is looked at once, the host behind it first, as most such places have none.
Linear in the text: what is read around a place is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from minerva.identifiers import hosts, mail_guesses, mail_words
from minerva.identifiers.mail_hosts import GUESSED, LOOKALIKE, LOST, PLAIN_DOTS, Host, any_host, plain_host

_WINDOW = 80
_LOCAL_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789_%+-'."
_SIGNS = " \t\r\n()[]{}<>*|~-/\"'._=+^`:;,!?&#"
_VALID_LOCAL = re.compile(r"[a-z0-9_%+\-']+(?:\.[a-z0-9_%+\-']+)*")
_APART = frozenset("*~|/-_")
"""Signs that stand between all letters of an address, blanks aside."""
_SPELLED_LOCAL = re.compile(r"(?:(?<=\s)|^)(?P<local>(?:[a-z0-9._\-] ){2,40}[a-z0-9])$")
_SPELLED_HOST = re.compile(r"(?:[a-z0-9.\-] ){3,60}[a-z0-9](?![a-z0-9])")
_SMALL_LOCAL = re.compile(r"(?<![A-Za-z0-9._\-])[a-z0-9._\-]{1,64}(?=AT)")
_SMALL_HOST = re.compile(r"[a-z0-9\-]{1,63}(?:(?:DOT|\.)[a-z0-9\-]{2,63}){1,5}(?![A-Za-z0-9])")
_BACKWARDS = re.compile(r"(?<![a-z0-9])(?P<host>(?:moc|ten|gro|ur|ed|rf|se|ku\.oc)\.[a-z0-9.\-]{2,60})$")
_OPEN, _CLOSE = frozenset("([{<*|~-/\"'._=^`+"), frozenset(")]}>*|~-/\"'._=^`+")
_ALSO_WORDS = frozenset(["point", "pont", "punt", "prick", "period"])
"""Names of the dot that are English words: `at some point in`."""
_COM_WORDS = frozenset(["me.com", "live.com", "mail.com"])
_CALLED = re.compile(r"[^\W_]+(?:-[^\W_]+)?|@")
_AROUND_DOTS = "-_[](){}<>*|~/\"'.=+^ \t\r\n"
_PLAIN = frozenset(["", ",", "none"])
_BRACKETS = tuple("[({<")
_FEDERATED = re.compile(r"mastodon|mstdn|fosstodon|[a-z.\-]*\.social$")
_NUMBER = re.compile(r"[0-9]+(?:[.\-][0-9]+)*")
_ENDED = re.compile(r"^[\])}>]\s?(?=[\[({<]$)")
_BEGUN = re.compile(r"(?<=^[\])}>])\s?[\[({<]$")
"""The brackets around the neighbors of a word in brackets: `[jen] [at] [site]`."""
_IS_BEFORE = re.compile(r"(?: is|:) ?$")
_LAST_WORD = re.compile(r"([^\W\d_]{2,20})\s$")
_SURE_BEFORE = frozenset("\n.,:;!?)]}>*|/\"'-~=")


class Found(NamedTuple):
    """An address read from `text[start:end]` of the normalized text; `others`: addresses it may stand for instead."""

    start: int
    end: int
    address: str
    method: str
    others: tuple[str, ...] = ()


def find(text: str, folded: str) -> list[Found]:
    """The addresses of a text, by start, without overlaps; `folded` is the text in lower case without accents."""
    found: list[Found] = []
    search = (mail_words.ANCHOR if every_way else mail_words.anchor_of(folded)).search
    last = 0
    anchor = search(folded)
    while anchor is not None:
        each = _around(text, folded, anchor, last)
        if each is None:
            anchor = search(folded, anchor.start() + 1)
        else:
            found.append(each)
            last = each.end
            anchor = search(folded, last)
    if "AT" in text and mail_words.CAPITALS.search(text) is not None:
        taken = [(each.start, each.end) for each in found]
        for each in _in_capitals(text):
            if all(each.end <= start or end <= each.start for start, end in taken):
                found.append(each)
        found.sort()
    if "mail" in folded and mail_guesses.may_name_provider(folded):
        _add_guesses(folded, found)
    return found


def _add_guesses(folded: str, found: list[Found]) -> None:
    """Adds the addresses of providers told alone, where none is found."""
    starts = [each.start for each in found]
    guesses: list[Found] = []
    for start, end, address in mail_guesses.beside_providers(folded):
        place = bisect_right(starts, start)
        free = (place == 0 or found[place - 1].end <= start) and (place == len(starts) or end <= starts[place])
        if free and (not guesses or guesses[-1].end <= start):
            guesses.append(Found(start, end, address, "guessed"))
    if guesses:
        found.extend(guesses)
        found.sort()


def add_circled(text: str, folded: str, found: list[Found]) -> None:
    """Adds the addresses whose sign is an `a` in a circle, which stands as CIRCLED in both texts, where none is
    found. Between letters it may be one of theirs: there the host must be a known one."""
    for sign in _CIRCLED_SIGN.finditer(folded):
        begin, after = sign.span()
        each = _around(text, folded, sign, max((one.end for one in found if one.end <= begin), default=0))
        glued = folded[begin - 1 : begin].isalnum() or folded[after : after + 1].isalnum()
        if each is None or (glued and each.address.partition("@")[2] not in hosts.MAIL_PROVIDERS):
            continue
        if all(each.end <= one.start or one.end <= each.start for one in found):
            found.append(each)
            found.sort()


CIRCLED = "\u24d0"
_CIRCLED_SIGN = re.compile(CIRCLED)
every_way = False
"""Tests switch this on: then every text is searched for every way of writing the sign."""


def _around(text: str, folded: str, anchor: re.Match[str], last: int) -> Found | None:
    begin, after = anchor.span()
    word = anchor.group()
    if word == "@":
        return _at_sign(text, folded, begin, after, last)
    group = "code" if word[0] in "&%" else "glued" if word in mail_words.AT_GLUED or word == CIRCLED else "word"
    if group == "word" and begin > 0 and folded[begin - 1].isalnum():
        if word != "at" or not folded[after : after + 1].isalpha():
            return None
        group = "joined"
    right = _signs(folded, after)
    host = any_host(text, folded, right, loose=group == "code")
    if host is None:
        return None
    floor = max(last, begin - _WINDOW)
    left = begin - _trailing(folded, floor, begin)
    kind = _kind(group, " ".join(word.split()), folded[left:begin], folded[after:right])
    return None if kind is None else _with_local(text, folded, (floor, left), host, kind)


def _signs(folded: str, start: int) -> int:
    """The end of the signs and blanks from `start` on, eight at most."""
    window = folded[start : start + 8]
    return start + len(window) - len(window.lstrip(_SIGNS)) if window.isascii() else _beyond(folded, start, 1)


def _trailing(folded: str, floor: int, end: int) -> int:
    """How many signs and blanks stand before `end`, eight at most."""
    window = folded[max(floor, end - 8) : end]
    if window.isascii():
        return len(window) - len(window.rstrip(_SIGNS))
    return end - max(floor, _beyond(folded, end - 1, -1) + 1)


def _beyond(folded: str, position: int, step: int) -> int:
    for _ in range(8):
        char = folded[position : position + 1] if position >= 0 else ""
        if not char or char.isalnum() or char in "@$€%":
            break
        position += step
    return position


@lru_cache(maxsize=1024)
def _kind(group: str, word: str, left: str, right: str) -> str | None:
    """How sure the way a word is written makes it that it means the sign: bracket, code, sure, word, weak, glued."""
    if group == "code":
        return "code" if not left.strip() and not right.strip() else None
    left, right = _ENDED.sub("", left), _BEGUN.sub("", right)
    signs_left, signs_right = left.strip(), right.strip()
    if group == "joined":
        return "glued" if not left and not right else None
    if signs_left or signs_right:
        if not _encloses(left.lstrip(), right.rstrip()):
            return None
        if group == "glued" or word in mail_words.AT_BRACKETED or word in mail_words.AT_SURE:
            small = word in ("a", "et", "ad", "chez", "ta", "dog")
            return "small bracket" if small else "bracket"
        return None
    if group == "glued":
        return "sure"
    if not left or not right:
        return "sure" if word in mail_words.AT_SURE and not word.isascii() else None
    if word in mail_words.AT_FAIR:
        return "fair"
    if word in mail_words.AT_BESIDE:
        return "beside " + word
    return "sure" if word in mail_words.AT_SURE else "word" if word == "at" else "weak"


def _encloses(left: str, right: str) -> bool:
    """Whether the signs on both sides of a word are there for the word."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right or " " in left or " " in right or left.strip(",;:!?.") == "" != left.strip(",;:!?"):
        return left == right != "" and len(left) > 1 and " " not in left
    opening, closing = left[-1], right[0]
    if opening.isascii() and closing.isascii():
        return opening in _OPEN and closing in _CLOSE
    return opening == closing


def _at_sign(text: str, folded: str, begin: int, after: int, last: int) -> Found | None:
    floor = max(last, begin - _WINDOW)
    if folded[after : after + 1] == "@":
        after += 1
    next_char = folded[after : after + 1]
    before = folded[begin - 1] if begin > floor else ""
    if next_char.isalnum() and before not in " \t\r\n([{<*|":
        host = plain_host(text, folded, after) or any_host(text, folded, after, loose=False)
        if host is None:
            return _backwards(folded, floor, begin, after)
        return _with_local(text, folded, (floor, begin), host, "plain")
    if before and before in _LOCAL_SIGNS and next_char in " \t\r\n" and folded[after + 1 : after + 2].isalnum():
        host = any_host(text, folded, after + 1, loose=True)
        return None if host is None else _with_local(text, folded, (floor, begin), host, "spaced")
    if next_char in ("(", "[") and before and before in _LOCAL_SIGNS:
        remark = mail_guesses.REMARK.match(folded, after)
        host = any_host(text, folded, remark.end(), loose=False) if remark is not None else None
        if host is not None:
            return _with_local(text, folded, (floor, begin), host, "bracket")
    right = _signs(folded, after)
    left = begin - _trailing(folded, floor, begin)
    signs_left, signs_right = folded[left:begin], folded[after:right]
    if signs_left.strip() or signs_right.strip():
        if before == next_char and before in _APART:
            spelled = _spelled(folded, floor, begin, after, before)
            if spelled is not None:
                return spelled
        if not _encloses(signs_left.strip(), signs_right.strip()):
            return None
        host = any_host(text, folded, right, loose=True)
        return None if host is None else _with_local(text, folded, (floor, left), host, "bracket")
    spelled = _spelled(folded, floor, begin, after, " ")
    if spelled is not None:
        return spelled
    host = any_host(text, folded, right, loose=True)
    return None if host is None else _with_local(text, folded, (floor, left), host, "spaced")


def _with_local(text: str, folded: str, before: tuple[int, int], host: Host, kind: str) -> Found | None:
    """The address of a host and the mailbox name that ends at `before[1]` and begins no sooner than `before[0]`."""
    floor, stop = before
    name, end, _ = host
    mapped = False
    window = folded[floor:stop]
    rest = window.rstrip(_LOCAL_SIGNS)
    if rest and not rest[-1].isascii() and rest[-1].isalpha():
        changed = window.translate(LOOKALIKE)
        shorter = changed.rstrip(_LOCAL_SIGNS)
        if len(shorter) < len(rest) and not shorter[-1:].isalpha():
            window, rest, mapped = changed, shorter, True
    size = len(window) - len(rest)
    if not size:
        return None
    local = window[len(rest) :]
    joined = False
    joins = kind not in ("plain", "glued") and (kind != "spaced" or _has_dot_word(host[2]))
    if joins and rest and _may_join(rest):
        joined, local, size = _joined(window, size)
    if local[0] in ".-'":
        shown = local.lstrip(".'" if kind == "plain" else ".-'")
        size -= len(local) - len(shown)
        local = shown
    local = local.rstrip(".'")
    if size > 64 or _VALID_LOCAL.fullmatch(local) is None:
        return None
    start = stop - size
    if kind == "plain":
        if folded[start - 1 : start] in (":", "/") and _in_web_address(folded, start):
            return None
        if folded[start - 1 : start] == "@" and _is_federated(name, folded, start):
            return None
        if local == "git" and folded[end : end + 1] == ":":
            return None
    longer = _said_apart(folded, floor, start, local) if kind not in ("plain", "spaced") and not joined else None
    told, begin = (local, start) if longer is None else (longer[1], longer[0])
    method = _method(kind, host, told, folded, begin, joined or longer is not None)
    if method is None:
        return None
    address = f"{local}@{name}"
    if longer is not None:
        return Found(longer[0], end, f"{longer[1]}@{name}", "joined", (address,))
    padded = "spam" in address or "remove" in address or "delete" in address
    cleaned = (
        mail_guesses.without_insert((local, text[start:stop]), (name, text[end - len(name) : end])) if padded else None
    )
    if cleaned is not None:
        # A reader leaves the part out, and other texts of the same person hold the address without it.
        return Found(start, end, cleaned, "cleaned", (address,))
    meant = mail_guesses.provider_meant(name)
    if meant is not None:
        return Found(start, end, f"{local}@{meant}", "lookalike", (address,))
    return Found(start, end, address, "lookalike" if mapped else method)


def _has_dot_word(dots: tuple[str, ...]) -> bool:
    """Whether a dot of a host is said in words."""
    return not _said(dots).isdisjoint(mail_words.DOT_WORDS)


def _may_join(rest: str) -> bool:
    """Whether what stands before a part of a mailbox name may end with a sign in words or brackets."""
    return rest.rstrip(_SIGNS).endswith(mail_words.JOINT_ENDS) or "." in rest[-4:] or rest[-1] == ";"


def _in_web_address(folded: str, start: int) -> bool:
    """Whether a plain address is the user, the password or a part of the path of a web address."""
    word = folded[max(0, start - 80) : start].split(" ")[-1]
    return "://" in word and (folded[start - 1] == ":" or word.endswith("://"))


def _is_federated(name: str, folded: str, start: int) -> bool:
    """Whether `@jen@host`, whose name begins at `start`, is told as a name of the fediverse and not as an address."""
    alone = not folded[start - 2 : start - 1].isalnum() if start > 1 else True
    return _FEDERATED.match(name) is not None or (alone and name not in hosts.MAIL_PROVIDERS)


def _joined(window: str, size: int) -> tuple[bool, str, int]:
    """(whether it is joined, mailbox name, how much of the window's end it takes) with signs in words."""
    end = len(window)
    local = window[end - size :]
    joined = False
    for _ in range(4):
        joint = mail_words.JOINT.search(window, max(0, end - size - 24), end - size)
        if joint is None:
            break
        rest = window[: joint.start()]
        part = rest[len(rest.rstrip(_LOCAL_SIGNS)) :]
        if not part or part in mail_words.LABELS or part in mail_words.PROSE:
            break
        written = joint.group("joint")
        sign = mail_words.SIGNS.get(" ".join((joint.group("sign") or joint.group("wrapped") or "").split()), "")
        if not sign:
            sign = "_" if "score" in written else "-" if "dash" in written else "."
        local = part + sign + local
        joined = True
        size = end - joint.start() + len(part)
    return joined, local, size


def _said_apart(folded: str, floor: int, start: int, local: str) -> tuple[int, str] | None:
    """(start, mailbox name) of a name whose digits stand apart from it: `jen 77 at`, `jen seven seven at`."""
    digits = local if local.isdigit() else mail_words.DIGIT_WORDS.get(local, "")
    if not digits or len(digits) > 4:
        return None
    while True:
        match = _LAST_WORD.search(folded, max(floor, start - 24), start)
        if match is None:
            return None
        word = match.group(1)
        start = match.start()
        if word in mail_words.DIGIT_WORDS:
            digits = mail_words.DIGIT_WORDS[word] + digits
            continue
        if _VALID_LOCAL.fullmatch(word) is None or folded[:start].endswith("@"):
            return None
        if word in mail_words.LABELS or word in mail_words.PROSE:
            return None
        if start == floor or not _may_join(folded[floor:start]):
            return start, word + digits
        # "larch dot bay seven"
        end = start + len(word)
        _, whole, size = _joined(folded[floor:end], len(word))
        shown = whole.lstrip(".-'") + digits
        start = end - size + len(whole) + len(digits) - len(shown)
        return (start, shown) if len(shown) < 65 and _VALID_LOCAL.fullmatch(shown) is not None else None


def _backwards(folded: str, floor: int, begin: int, after: int) -> Found | None:
    """An address written from right to left: `moc.liamg@nej`."""
    match = _BACKWARDS.search(folded, floor, begin)
    if match is None:
        return None
    name = match.group("host")[::-1]
    rest = folded[after : after + 65]
    local = rest[: len(rest) - len(rest.lstrip(_LOCAL_SIGNS))].rstrip(".,-'")
    if not hosts.is_host(name) or _VALID_LOCAL.fullmatch(local) is None:
        return None
    return Found(match.start(), after + len(local), f"{local[::-1]}@{name}", "reversed")


def _in_capitals(text: str) -> Iterator[Found]:
    """Addresses whose signs are capitals among small letters: `jenATmailDOTcom`."""
    for match in mail_words.CAPITALS.finditer(text):
        local = _SMALL_LOCAL.search(text, max(0, match.start() - _WINDOW), match.end())
        host = _SMALL_HOST.match(text, match.end(), match.end() + 254)
        if local is None or host is None:
            continue
        name = host.group().replace("DOT", ".")
        if hosts.is_host(name) and _VALID_LOCAL.fullmatch(local.group()):
            yield Found(local.start(), host.end(), f"{local.group()}@{name}", "words")


def _spelled(folded: str, floor: int, begin: int, after: int, between: str) -> Found | None:
    """An address with a blank, or another sign, behind every letter."""
    before, behind = folded[floor:begin], folded[after + 1 : after + 131]
    if between != " ":
        before, behind = before.replace(between, " "), behind.replace(between, " ")
    local = _SPELLED_LOCAL.search(before.rstrip(" "))
    host = _SPELLED_HOST.match(behind)
    if local is None or host is None:
        return None
    name = host.group().replace(" ", "")
    mailbox = local.group("local").replace(" ", "").strip(".-'")
    if not hosts.is_host(name) or not _VALID_LOCAL.fullmatch(mailbox):
        return None
    return Found(floor + local.start("local"), after + 1 + host.end(), f"{mailbox}@{name}", "spelled")


def _method(kind: str, host: Host, local: str, folded: str, start: int, joined: bool) -> str | None:
    """How an address is written, None where the words are rather prose."""
    name, end, dots = host
    if dots is GUESSED:
        marked = not local.isalpha() or _IS_BEFORE.search(folded, max(0, start - 4), start) is not None
        if not marked and kind in ("word", "spaced") and name in ("gmail.com", "hotmail.com"):
            # "write: jenforyou @ gmail": a clause of its own, and no firm that people are at.
            marked = mail_guesses.is_name(local) and _begins(folded, start) and mail_guesses.ends(folded, end)
        sure = marked and local not in mail_words.LABELS and kind not in ("weak", "fair") and "'" not in local
        return "guessed" if sure else None
    if dots is LOST:
        return "guessed" if _is_sure_without_dot(kind, local, folded, start, end) else None
    if kind == "plain":
        if dots is PLAIN_DOTS:
            return "plain"
        said = _said(dots)
        return "words" if not said.isdisjoint(mail_words.DOT_WORDS) else "plain" if said <= _PLAIN else "brackets"
    if kind in ("code", "bracket", "sure", "glued"):
        return "coded" if kind == "code" else "brackets" if kind == "bracket" else "words"
    marked = not local.isalpha()
    first = name.partition(".")[0]
    known = name in hosts.MAIL_PROVIDERS or first in mail_words.PROVIDERS
    clear = known and name not in _COM_WORDS and first != "live"
    if not known and _NUMBER.fullmatch(local) is not None and not _announced(folded, start):
        # "rated 4.5 @ site.example"
        return None
    if local in mail_words.PROSE and not (clear and local in ("me", "jobs", "nice")):
        return None
    if kind == "spaced" and (marked or clear):
        return "spaced"
    if kind == "word" and clear:
        return "words"
    said = _said(dots)
    words = not said.isdisjoint(mail_words.DOT_WORDS)
    if kind.startswith("beside "):
        if not said.isdisjoint(mail_words.AT_BESIDE[kind[7:]]):
            return None if local in mail_words.LABELS else "words"
        kind = "weak"
    hidden = words or any(dot.strip() not in ("", ".", ",", "none") for dot in dots)
    announced = _announced(folded, start)
    if kind == "small bracket":
        told = marked or clear or announced or (hidden and local in mail_words.ROLES)
        return "brackets" if told or any(dot.strip()[:1] in _BRACKETS for dot in dots) else None
    if kind == "weak" or kind == "fair":
        told = known or (kind == "fair" and words and not local.replace("-", "").isalpha())
        return "words" if told and (marked or announced) and local not in mail_words.LABELS else None
    if kind == "spaced":
        return "spaced" if hidden or announced else None
    if first in mail_words.PLACES or (said <= _ALSO_WORDS and words and not (known or marked)):
        return None
    if (announced and (marked or hidden)) or (hidden and (marked or joined)):
        return "words"
    if known:
        return "words" if marked or hidden else None
    return "words" if hidden and (local in mail_words.ROLES or _begins(folded, start)) else None


def _is_sure_without_dot(kind: str, local: str, folded: str, start: int, end: int) -> bool:
    """Whether an address that has lost the dot before its top-level domain is told as one: `com` is Portuguese for
    `with`, `net` and `org` are words, so it must be announced, or end its clause behind a sure sign."""
    if local in mail_words.PROSE or local in mail_words.LABELS:
        return False
    marked = not local.isalpha()
    if _announced(folded, start):
        return marked or kind not in ("weak", "fair", "small bracket")
    if kind not in ("plain", "code", "bracket", "sure") and not (marked and kind in ("word", "spaced")):
        return False
    named = any(char.isalpha() for char in local)
    return named and (mail_guesses.ends(folded, end) or folded[end : end + 1] == ",")


@lru_cache(maxsize=1024)
def _said(dots: tuple[str, ...]) -> frozenset[str]:
    """The dots of a host without the signs around them."""
    return frozenset([dot.strip(_AROUND_DOTS) for dot in dots])


def _begins(folded: str, start: int) -> bool:
    """Whether nothing before an address makes it a part of a sentence about a place: `the printers at staples`."""
    before = folded[max(0, start - 12) : start].rstrip(" \t")
    if not before or before[-1] in _SURE_BEFORE or not before[-1].isascii():
        return True
    return before.split()[-1] in ("to", "or", "is")


def _announced(folded: str, start: int) -> bool:
    """Whether one of the words right before an address says that one follows."""
    return not mail_words.LABELS.isdisjoint(_CALLED.findall(folded, max(0, start - 40), start)[-4:])
