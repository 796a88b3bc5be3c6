"""The name beside a platform's word: behind it, before it, with a remark between, or spelled letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import platform_places
from minerva.identifiers.platform_joins import (
    ARROWS,
    REMARK,
    UNDER_FIRST,
    UNDER_NAME,
    after_word,
    at_said,
    says_at,
    spelled_name,
)
from minerva.identifiers.platform_names import (
    bare_name_pattern,
    own_pattern,
    signed_name_pattern,
    word_pattern,
)
from minerva.identifiers.platforms import PLATFORM_BY_WORD, PLATFORM_HOSTS, Platform, platform_called
from minerva.identifiers.reading import Reading
from minerva.identifiers.told import Told, words_of
from minerva.identifiers.username_around import ends_clause, goes_on_in_letters, has_mark
from minerva.identifiers.username_bare import LONG, is_bare_name, is_listed_word, is_unknown
from minerva.identifiers.username_labels import ends_label, is_said_to_be
from minerva.identifiers.username_one_word import apart, together
from minerva.identifiers.username_pieces import (
    CUT,
    NEXT_LETTER,
    is_turned,
    pictured,
    said_digits,
    spoken,
    stretched,
    unspelled,
)
from minerva.identifiers.username_shared import same_behind, second_name, shared_before, shared_behind
from minerva.identifiers.username_verdicts import (
    STOP,
    clean,
    is_full_name,
    is_marked,
    is_one_word,
    is_slang,
    is_sure,
    is_told,
    may_be,
)

_TAG = re.compile(r"#[0-9]{4}(?![0-9])")
_LIVE = re.compile(r":[A-Za-z0-9_.:\-]{3,40}")


def in_letters(reading: Reading, word: str) -> Iterator[Told]:
    """Usernames beside a platform's word in ASCII letters."""
    places = platform_places.places(reading, word)
    if places is None:
        return
    text = words_of(reading)
    platform = PLATFORM_BY_WORD[word.replace(" ", "")]
    word_first = word_pattern(word, not reading.normal)
    said_at = says_at(reading)
    joined = after_word(said_at)
    match = platform_places.next_match(word_first, text, places.starts, 0)
    while match is not None:
        behind, found = joined.match(text, match.end()) or _behind_word(joined, match), []
        if behind is not None:
            found = [*read_behind(text, match.start(), match.group("word"), platform, behind, said_at)]
            yield from found
        # "viber or signal: signal username x": what is no name may be a platform again.
        position = match.start() + 1 if behind is None else behind.end() if found else behind.start("name")
        match = platform_places.next_match(word_first, text, places.starts, position)
    for match in signed_name_pattern(word).finditer(text) if "@" in text else ():
        yield from _read_before(text, match, platform, True)
    for match in bare_name_pattern(word).finditer(text) if places.may_follow else ():
        name = match.group("name").rstrip(".-")
        # "check-ins on snap", "retrouvez-moi sur snap": a hyphen is no sign of a name there.
        is_signed = is_marked(name) and has_mark(name)
        if is_signed or _is_alone(platform, match) or is_said_to_be(platform, match):
            yield from _read_before(text, match, platform, False)
    for match in own_pattern(word).finditer(text) if places.may_be_own else ():
        if match.group().startswith("@") or is_marked(match.group("name")) or _is_alone(platform, match):
            yield from _read_before(text, match, platform, False)


def _behind_word(joined: re.Pattern[str], match: re.Match[str]) -> re.Match[str] | None:
    """What stands right behind a platform's word that has an ending: `kik'jen_4u'`."""
    end = match.end("word")
    return joined.match(match.string, end) if end < match.end() else None


def in_other_letters(reading: Reading, word: str) -> Iterator[Told]:
    """Usernames behind a platform's word beyond ASCII."""
    text, platform, said_at = words_of(reading), PLATFORM_BY_WORD[word.replace(" ", "")], says_at(reading)
    joined = after_word(said_at)
    end = 0
    for match in word_pattern(word, False).finditer(text):
        behind = joined.match(text, match.end()) or _behind_word(joined, match)
        if behind is not None and match.start() >= end:
            end = behind.end()
            yield from read_behind(text, match.start(), match.group("word"), platform, behind, said_at)
    for match in signed_name_pattern(word).finditer(text) if "@" in text else ():
        yield from _read_before(text, match, platform, True)
    for match in bare_name_pattern(word).finditer(text) if "_" in text or "." in text else ():
        if is_marked(match.group("name")) and has_mark(match.group("name").rstrip(".-")):
            yield from _read_before(text, match, platform, False)


_NEXT_IS_ITS_OWN = re.compile(r" ?[:=] ?@?[a-z0-9_.]{0,30}[_0-9.][a-z0-9]", re.IGNORECASE)


_PORTUGUESE = re.compile(
    r"(?<!\w)(?:voc[eê]|vc|meu|minha|sou|somos|n[aã]o|com|uma|procur[aeo]m?|segue|sigam?|sigo|chamam?|chame|pelo|pela"
    r"|dos|das|ao|pra|é|em|gente|perfil|no face|me acha|add no)(?!\w)",
    re.IGNORECASE,
)
"""Words of the language in which `no insta` is `on insta`."""
_IS_IN_ROW = re.compile(r" {0,2}[/\-]")
_NEXT_NAME = re.compile(r" {0,2}[:=\-]? ?@?[a-z0-9_.]{0,30}[_0-9.][a-z0-9]", re.IGNORECASE)


_LONGEST_COMMON = 5
"""Letters of the most words that are also places: `@home · tt`."""


def _is_alone(platform: Platform, match: re.Match[str]) -> bool:
    """Whether a word of no language and a platform stand alone: `goblinvendor on discord`."""
    return is_bare_name(platform.name, match.group("name"), match.string, *match.span())


def _read_before(text: str, match: re.Match[str], platform: Platform, sure: bool) -> Iterator[Told]:
    """The name before a platform's word; `sure`: it has the sign before it."""
    name = clean(platform, match.group("name"))
    word = match.group("word")
    in_brackets = text[match.start("word") - 1] in "([" and len(word) == 2
    if match.groupdict().get("no") and _PORTUGUESE.search(text, max(0, match.start() - 80), match.end() + 40) is None:
        # English "call 555 jen_4u no insta" says that there is none.
        return
    is_parted = (
        text[match.start("word") - 2 : match.start("word")] == "\u00b7 "
        and ends_label(text, match.end())
        and (has_mark(name) or (len(name) > _LONGEST_COMMON and not is_listed_word(name)))
    )
    is_sign = sure and (word.isupper() or in_brackets or is_parted)
    is_named = word.lower() not in platform.signed or is_sign or is_slang(word)
    if not is_named or not may_be(platform, name):
        return
    if (
        sure
        and _NEXT_IS_ITS_OWN.match(text, match.end()) is not None
        and match.group()[len(name) + 1 :].split()[1:] == []
    ):
        # "@jen_4u sc: jen.spa": what stands behind the platform is its name.
        return
    if not sure and _IS_IN_ROW.match(match.group()[len(name) :]) and _NEXT_NAME.match(text, match.end()) is not None:
        # "TT jen_4u / SC jen.spa"
        return
    confidence = 0.92 if sure else 0.65 if has_mark(name) else 0.6
    yield Told(match.start(), match.end(), f"{platform.name}/{name}", "name_on_platform", confidence)
    if sure or has_mark(name):
        yield from shared_behind(text, name, platform, match.start(), match.end())
    yield from same_behind(text, name, platform, match.start(), match.end())


def read_behind(
    text: str, start: int, word: str, platform: Platform, behind: re.Match[str], said_at: bool, remark: bool = True
) -> Iterator[Told]:
    """The name behind a platform's word at `start`; `behind` holds the words between and the name.

    `said_at`: whether the text may say the sign @ in words; `remark`: whether words in brackets may stand between.
    """
    if len(word) == 1 and word.isascii() and _LETTER_BEFORE.search(text, max(0, start - 3), start) is not None:
        return
    cut = CUT.fullmatch(behind.group("name").rstrip(".-"))
    if cut is not None and sum(char.isalpha() for char in cut.group()) >= 4:
        name = platform.plain(cut.group()[::2])
        if may_be(platform, name):
            yield Told(start, behind.start("name") + len(cut.group()), f"{platform.name}/{name}", "spelled", 0.75)
        return
    if len(behind.group("name")) == 1:
        if behind.re is UNDER_NAME:
            yield from _read_apart(text, platform, start, behind.start("name"))
            return
        yield from _read_spelled(text, platform, start, behind.start("join"), said_at)
        return
    if behind.group("name").lower() in UNDER_FIRST:
        under = UNDER_NAME.match(text, behind.start("name"))
        found = [*read_behind(text, start, word, platform, under, said_at, remark=False)] if under is not None else []
        if found:
            yield from found
            return
    join = behind.group("join").lower()
    if said_at and len(join) > len(" kukac") and at_said().search(join) is not None:
        join += "@"
    if not join.isascii() and any([platform_called(char) is platform for char in join]):  # noqa: C419 -- sooner
        # "snap \U0001f47b oak-tiles": the platform's own picture.
        join += "@"
    name, end, said = _name_of(text, platform, behind)
    may_go_on = (behind.group("link") or is_sure(join) or join == " - ") and name.lower() not in STOP
    one = apart(text, behind.start("name"), end) if may_go_on else None
    joined = platform.plain(one[0]) if one is not None else ""
    if one is not None and may_be(platform, joined) and is_told(platform, word, join, f"{joined}_", behind, start):
        yield Told(start, one[1], f"{platform.name}/{joined}", "spaced_name", 0.8, f"{platform.name}/{name}")
        return
    if said is None and is_sure(join) and is_turned(text, end):
        yield from _read_turned(platform, name, start, end)
        return
    whole = name + said[0] if said is not None else name
    # A name with a sign in words is as good as one with the sign.
    told_name = name if said is None else whole if has_mark(whole) else f"{whole}_"
    told = (
        may_be(platform, whole)
        and whole.lower() not in PLATFORM_HOSTS
        and "://" not in join
        and not (join.strip() == "/" and text[start - 1 : start] == "/")
        and is_told(platform, word, join, told_name, behind, start, said and said[1])
        and not is_full_name(platform, text, behind.start("name"), end)
    )
    if not told:
        between = REMARK.match(text, behind.start("join")) if remark and word.lower() not in platform.signed else None
        again = after_word(said_at).match(text, between.end()) if between is not None else None
        if between is None or again is None:
            return
        bare = again.group("name").rstrip(".-")
        if between.group("turned"):
            yield from _read_turned(platform, bare, start, again.start("name") + len(bare))
            return
        whole_name = together(text, again.start("name"), between.group())
        if whole_name is not None and may_be(platform, platform.plain(whole_name[0])):
            value = f"{platform.name}/{platform.plain(whole_name[0])}"
            yield Told(start, whole_name[1], value, "spaced_name", 0.75)
            return
        if between.group("one"):
            end = again.start("name") + len(bare)
            if not again.group("join").strip(" :=-@") and may_be(platform, bare) and is_one_word(bare, text, end):
                yield Told(start, end, f"{platform.name}/{platform.plain(bare)}", "platform_word", 0.75)
            return
        named = again.group("join").startswith(",") and "name" in again.group("join")
        if not (named or is_sure(again.group("join"))) or _names_another(between.group("words") or ""):
            return
        if (between.group("words") or "").strip().lower() in _OFFICES and "@" not in again.group("join"):
            return
        looks_so = is_marked(bare) if between.group("words") else has_mark(bare)
        if (
            between.group("words") in _PAGES
            and len(bare) >= LONG
            and is_unknown(bare)
            and ends_clause(text, again.start("name") + len(bare))
        ):
            yield Told(start, again.start("name") + len(bare), f"{platform.name}/{bare}", "platform_word", 0.6)
            return
        if between.group("ours"):
            for each in read_behind(text, start, word, platform, again, said_at, remark=False):
                if has_mark(each.value) or is_unknown(each.value.partition("/")[2]):
                    yield each
            return
        if not between.group("best") or (looks_so and ends_clause(text, again.start("name") + len(bare))):
            yield from read_behind(text, start, word, platform, again, said_at, remark=False)
        return
    if text[end : end + 1] in ("@", "/") or (text[end : end + 1] == "." and _goes_on(text[end + 1 : end + 2])):
        return
    if goes_on_in_letters(text, end):
        return
    sure = is_sure(join)
    value = f"{platform.name}/{name}"
    if join[-1:] in ("(", "[") and text[end : end + 1] in (")", "]"):
        end += 1
    if said is not None:
        if platform.rule.fullmatch(platform.plain(name + said[0])):
            yield Told(start, said[1], value + platform.plain(said[0]), "spoken_name", 0.8, value)
            return
        if not may_be(platform, name) or not is_told(platform, word, join, name, behind, start):
            return
    longer = stretched(text, end) if sure else None
    if longer is not None:
        longer_name = clean(platform, name + longer[0])
        if platform.rule.fullmatch(longer_name):
            yield Told(start, longer[1], f"{platform.name}/{longer_name}", "spaced_name", 0.7, value)
            return
    confidence = 0.92 if sure else 0.75
    if (sure and name.isalpha() and len(word) < 4 and join.strip() == ":") or not (sure or has_mark(name)):
        # "TG: trigger" is told like "TG: jenny": a word without a sign of a name behind a short one.
        confidence = 0.6
    elif word.lower() == "face" or (word.lower() in platform.signed and join == " "):
        # "Face: jen.marlow", "TT jen_4u": a word of all prose, two letters of many things.
        confidence = 0.6
    yield Told(start, end, value, "platform_word", confidence)
    if has_mark(name):
        yield from second_name(text, name, platform, end)
    yield from shared_before(text, name, platform, start, end)
    yield from same_behind(text, name, platform, start, end)


def _goes_on(char: str) -> bool:
    """Whether a letter behind a dot goes on with a name: one of a script without blanks begins a sentence there."""
    return char.isalnum() and char < "\u0e00"


def _read_turned(platform: Platform, name: str, start: int, end: int) -> Iterator[Told]:
    """A name of which the text says that it is written backwards; as it stands it is none."""
    turned = clean(platform, name[::-1])
    if may_be(platform, turned):
        yield Told(start, end, f"{platform.name}/{turned}", "reversed", 0.7)


_PAGES = frozenset([" page", " profile", " account"])
_OFFICES = frozenset(["group", "channel", "support", "manager", "admin", "hr", "sales", "desk", "team"])
"""Behind these a colon may begin what an office says: `discord hr: reply_within_24h`."""
_PAYING = frozenset(["venmo", "paypal", "cashapp", "zelle", "revolut", "chime", "tag", "email", "mail"])


def _names_another(words: str) -> bool:
    """Whether one of the words between a platform and a name is what the name is on."""
    return any(word in _PAYING or platform_called(word) is not None for word in words.lower().split())


_SPACED = re.compile(r"(?: _ [A-Za-z0-9]{1,20}| \. [a-z0-9]{1,20}(?= _ |\s*(?:$|[\n,;!?)(|]))){1,4}(?![\w@])")
"""What goes on with a name whose signs stand apart: `jen _ 4u`, and where it ends `jen . 4u`; `sam . hello` is the
end of a sentence."""


def _name_of(text: str, platform: Platform, behind: re.Match[str]) -> tuple[str, int, tuple[str, int] | None]:
    """(name, its end, what goes on in words) with what single platforms allow in a name."""
    name = clean(platform, behind.group("name"))
    end = behind.start("name") + len(name)
    live = _LIVE.match(text, end) if name == "live" and platform.name == "skype" else None
    tag = _TAG.match(text, end) if platform.name == "discord" else None
    if live is not None:
        name, end = clean(platform, name + live.group()), live.end()
    elif tag is not None:
        name, end = name + tag.group(), tag.end()
    told = is_sure(behind.group("join")) or behind.group("link")
    spaced = _SPACED.match(text, end) if told and text[end + 1 : end + 2] in ("_", ".") else None
    if spaced is not None:
        tail = spaced.group().replace(" ", "")
        may_be_tail = "_" in tail or any([char.isdigit() for char in tail])  # noqa: C419 -- sooner
        if may_be_tail and platform.rule.fullmatch(platform.plain(name + tail)):
            return name, end, (tail, spaced.end())
    said = spoken(text, end, name.isalnum() and is_sure(behind.group("join")))
    if said is not None and not platform.rule.fullmatch(platform.plain(name + said[0])):
        # "点" is an hour too: `微信: oaktiles 点 9`.
        said = spoken(text, end) if text[end : end + 2].lstrip() < "\u0e00" else None
    if said is not None and "-" in said[0] and not platform.rule.fullmatch(platform.plain(name + said[0])):
        # "kik: oak dash tiles": where no name has a hyphen, the dash that is said is an underscore.
        drawn = (said[0].replace("-", "_"), said[1])
        said = drawn if platform.rule.fullmatch(platform.plain(name + drawn[0])) else said
    if said is not None and platform.name == "signal" and not platform.rule.fullmatch(platform.plain(name + said[0])):
        # Names of Signal end in digits alone.
        return name, end, said_digits(text, end)
    return name, end, said or pictured(text, behind.start("name"), end)


def _read_spelled(text: str, platform: Platform, start: int, end_of_word: int, said_at: bool) -> Iterator[Told]:
    """A name spelled letter by letter behind a platform's word."""
    behind = spelled_name(said_at).match(text, end_of_word)
    if behind is None or text[behind.end() : behind.end() + 2].strip(" ") == "@":
        # The mailbox of an address: `x e n i a @ m a i l`.
        return
    join, chain = behind.group("join"), behind.group("name")
    is_said = any(sign in join for sign in "@:=-" + ARROWS)
    is_apart = _LETTERS_OF_ROW.fullmatch(text, start, end_of_word) is not None
    if is_apart and (not is_said or _LETTER_BEFORE.search(text, max(0, start - 3), start) is not None):
        # `p i x e l`, `e i g h t`: letters of a row are no platform.
        return
    least = 3 if is_said and not behind.group("link") else 5 if is_said or behind.group("link") else _MANY_APART
    name = platform.plain(unspelled(chain))
    if platform.rule.fullmatch(name) is None and " - " in chain:
        chain = chain.partition(" - ")[0]
        name = platform.plain(unspelled(chain))
    if len(name) >= least and platform.rule.fullmatch(name) and name.lower() not in STOP:
        yield Told(start, behind.start("name") + len(chain), f"{platform.name}/{name}", "spelled", 0.75)


def _read_apart(text: str, platform: Platform, start: int, begin: int) -> Iterator[Told]:
    """A name spelled letter by letter from `begin` on, behind a word that says that one follows."""
    chain = _APART.match(text, begin)
    name = platform.plain(unspelled(chain.group())) if chain is not None else ""
    if chain is not None and platform.rule.fullmatch(name) is not None and name.lower() not in STOP:
        yield Told(start, chain.end(), f"{platform.name}/{name}", "spelled", 0.75)


_APART = re.compile(rf"[A-Za-z0-9_]{NEXT_LETTER}{{4,40}}(?![A-Za-z0-9_])")
_MANY_APART = 6
"""So many letters apart are a name behind a blank alone."""
_LETTERS_OF_ROW = re.compile(r"[A-Za-z](?:[ .\-][A-Za-z])?")
_LETTER_BEFORE = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z0-9_][ .\-*~]$")
