"""What tells an e-mail address from prose: how sure its sign, host, mailbox name and the words before it are."""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers import hosts, mail_guesses, mail_inserts, mail_sent_to, mail_words
from minerva.identifiers.mail_hosts import GUESSED, LOST, PLAIN_DOTS, Host

_OPEN, _CLOSE = frozenset("([{<*|~-/\"'._=^`+"), frozenset(")]}>*|~-/\"'._=^`+")
TURNED = {")": "(", "]": "[", "}": "{", ">": "<"}
_CLOSING_OF = {
    "\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u2039": "\u203a", "\u203a": "\u2039", "\u201c": "\u201d",
    "\u3010": "\u3011", "\u300c": "\u300d", "\u300e": "\u300f",
}  # fmt: skip
"""Brackets and quotation marks beyond ASCII."""
ALSO_WORDS = frozenset(["point", "pont", "punt", "prick", "period", "full stop", "fullstop", "full-stop"])
"""Names of the dot that are English words: `at some point in`."""
COM_WORDS = frozenset(["me.com", "live.com", "mail.com"])
_WORDS = frozenset(["live", "mail", "gmx", "aol"])
"""Providers whose names may be a part of a word, or of a firm's name, that has `at` before it."""
_CLEAR = frozenset(
    ["gmail.com", "googlemail.com", "hotmail.com", "yahoo.com", "outlook.com", "icloud.com", "protonmail.com"]
)
"""Behind a sign without blanks nothing else than these providers is meant by their names."""
_LEAST_PLAIN = 6
"""Letters of a mailbox name before such a sign."""
_CALLED = re.compile(r"[^\W_]+(?:-[^\W_]+)?|@")
_AROUND_DOTS = "-_[](){}<>*|~/\"'.,=+^ \t\r\n"
_PLAIN = frozenset(["", ",", "none"])
_BRACKETS = tuple("[({<")
_NUMBER = re.compile(r"[0-9]+(?:[.\-][0-9]+)*")
_ENDED = re.compile(r"^[\])}>]\s?(?=[\[({<]$)")
_BEGUN = re.compile(r"(?<=^[\])}>])\s?[\[({<]$")
"""The brackets around the neighbors of a word in brackets: `[jen] [at] [site]`."""
_FEWEST_LETTERS = 4
_LEAST_AT_FIRM = 10
_PLAIN_TOPS = frozenset(["com", "net", "org"])
_CONTRACTED = re.compile(r".+(?:'(?:s|re|m|ll|t|ve|d)|n't)|(?:c|j|l|qu)'.+")
"""Words of sentences with an apostrophe: `it's a gmail`, `c'est at`, where `o'neil at gmail` is a name."""
_IS_BEFORE = re.compile(r"(?: is|:) ?$")
_SURE_BEFORE = frozenset("\n.,:;!?)]}>*|/\"'-~=&([")


@lru_cache(maxsize=1024)
def kind_of(group: str, word: str, left: str, right: str) -> str | None:
    """How sure the way a word is written makes it that it means the sign: bracket, code, sure, word, weak, paused..."""
    if group == "code":
        return "code" if not left.strip() and not right.strip() else None
    left, right = _ENDED.sub("", left), _BEGUN.sub("", right)
    signs_left, signs_right = left.strip(), right.strip()
    if group == "joined":
        return "glued" if not left and not right else None
    if _is_pause(left) and _is_pause(right) and (signs_left or signs_right):
        return "paused sure" if word in mail_words.AT_SURE else "paused" if word == "at" else None
    if signs_left or signs_right:
        if not encloses(left.lstrip(), right.rstrip()):
            # "jen_4u (bei gmx.de)"
            opened = signs_left in ("(", "[") and not signs_right and right and word in mail_words.AT_WEAK
            return "opened" if opened else None
        if group == "glued" or word in mail_words.AT_BRACKETED or word in mail_words.AT_SURE:
            if word in ("en", "em"):
                return "language bracket"
            if word == "a" and len(left) == len(right) == 1:
                return "tight bracket"
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
    return "sure" if word in mail_words.AT_SURE else "word" if word in ("at", "a t") else "weak"


def _is_pause(between: str) -> bool:
    """Whether nothing but a blank, and a comma before it, stands beside a word that is said."""
    return between[-1:].isspace() and between.strip() in ("", ",")


def encloses(left: str, right: str) -> bool:
    """Whether the signs on both sides of a word are there for the word."""
    left, right = left.rstrip(), right.lstrip()
    if left == right and left in ("#", "%"):
        return True
    if not left or not right or " " in left or " " in right or left.strip(",;:!?.") == "" != left.strip(",;:!?"):
        return left == right != "" and len(left) > 1 and " " not in left
    opening, closing = left[-1], right[0]
    if opening.isascii() and closing.isascii():
        # "jen_4u )at( mail.example": the brackets turned round.
        return (opening in _OPEN and closing in _CLOSE) or (opening in TURNED and closing == TURNED[opening])
    return closing == _CLOSING_OF.get(opening, opening)


_DOT_ALONE = (".",)
_OFFICES = mail_words.ROLES - mail_words.LABELS - {
    "help", "spa", "team", "service", "reception", "manager", "hello", "hola",
}  # fmt: skip
"""Those that stand for a mailbox before a sign with blanks around, unless whose they are is said before."""
_OF_WHOM = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "my",
        "your",
        "their",
        "this",
        "el",
        "la",
        "le",
        "die",
        "das",
        "der",
        "ein",
        "unser",
        "notre",
    ]
)


def method_of(kind: str, host: Host, local: str, folded: str, start: int, joined: bool) -> str | None:
    """How an address is written, None where the words are rather prose."""
    name, end, dots = host
    if kind == "opened" or (kind in ("weak", "fair") and dots is GUESSED):
        return _told_at(kind, host, local, folded, start)
    capital = kind == "capital"
    if capital:
        kind = "word"
    if dots is GUESSED:
        marked = (
            not local.isalpha()
            or (
                # "J-E-N at gmail"
                joined and kind == "word" and folded[start + 1 : start + 2] in ("-", ".", "_")
            )
            or (_IS_BEFORE.search(folded, max(0, start - 4), start) is not None and mail_sent_to.is_own(local))
        )
        if not marked and kind in ("word", "spaced") and name in ("gmail.com", "hotmail.com", "aol.com"):
            # "write: jenforyou @ gmail": a clause of its own; at a firm that people are at only what is announced.
            begins = _announced(folded, start) or (name != "aol.com" and _begins(folded, start))
            marked = mail_guesses.is_name(local) and begins and _pauses(folded, end) and mail_sent_to.is_own(local)
        if not marked and kind == "plain" and len(local) >= _LEAST_PLAIN:
            # "oaktiles@gmail, the usual ending"
            marked = name in _CLEAR and mail_sent_to.is_own(local)
        if not marked and kind in ("word", "spaced", "bracket") and _pauses(folded, end):
            # "at yahoo" is more often the firm.
            least = _LEAST_AT_FIRM if kind == "word" and not capital and name == "yahoo.com" else 0
            told = mail_sent_to.is_sent_to(local, folded, start, capital or kind != "word")
            marked = told and len(local) >= least
        sure = marked and local not in mail_words.LABELS and kind not in ("weak", "fair") and "'" not in local
        return "guessed" if sure else None
    if dots is LOST:
        return "guessed" if _is_sure_without_dot(kind, local, name, folded, (start, end)) else None
    if kind == "plain":
        if dots is PLAIN_DOTS:
            return "plain"
        said = _said(dots)
        return "words" if not said.isdisjoint(mail_words.DOT_WORDS) else "plain" if said <= _PLAIN else "brackets"
    if kind == "bracket":
        return "brackets"
    if kind == "code":
        # Where all letters are codes they are read as a whole (mail_encoded.py).
        return None if "%" in local else "coded"
    if kind in ("sure", "glued"):
        # "chatmail.com"
        is_word = kind == "glued" and local.isalpha() and name.partition(".")[0] in _WORDS
        return None if is_word else "words"
    if "'" in local and _CONTRACTED.fullmatch(local) is not None:
        return None
    marked = not local.isalpha()
    first = name.partition(".")[0]
    known = name in hosts.MAIL_PROVIDERS or first in mail_words.PROVIDERS
    if not (known or first.isalpha()):
        known = mail_inserts.provider_meant(name) is not None
    clear = known and name not in COM_WORDS and first != "live"
    if not known and _NUMBER.fullmatch(local) is not None and not _announced(folded, start):
        # "rated 4.5 @ site.example"
        return None
    # "info @ site.example"
    is_role = (
        kind == "spaced" and local in _OFFICES
        # "info@ site . example"
        and (dots == _DOT_ALONE or folded.startswith("@", start + len(local)))
        and _OF_WHOM.isdisjoint(folded[max(0, start - 8) : start].split()[-1:])
    )  # fmt: skip
    if (
        local in mail_words.PROSE
        and not is_role
        and not (clear and local in ("me", "jobs", "nice"))
        and not (
            # "resumes to jobs at mail dot example"
            kind == "word"
            and local in mail_words.ROLES
            and has_dot_word(dots)
            and mail_sent_to.is_told_before(folded, start, False)
        )
    ):
        return None
    if kind == "spaced" and (marked or clear or is_role):
        return "spaced"
    if kind == "word" and clear:
        return "words"
    said = _said(dots)
    words = not said.isdisjoint(mail_words.DOT_WORDS)
    if kind.startswith("beside "):
        if not said.isdisjoint(mail_words.AT_BESIDE[kind[7:]]):
            return None if local in mail_words.LABELS else "words"
        kind = "weak"
    if kind.startswith("paused"):
        if kind == "paused sure" and name in hosts.MAIL_PROVIDERS and local not in mail_words.LABELS:
            # "jenforyou, arroba, gmail.com"
            return "words"
        told = kind == "paused sure" or marked or joined or known or _has_pause(dots)
        return "words" if words and told and local not in mail_words.LABELS else None
    shown = words or any(dot.strip() not in ("", ".", ",", "none") for dot in dots)
    hidden = shown or capital
    announced = _announced(folded, start)
    if kind == "language bracket":
        # "oak-tiles (en) site.example" names a language.
        return "brackets" if any(dot.strip()[:1] in _BRACKETS for dot in dots) else None
    if kind == "tight bracket":
        # "oaktiles(a)mail.example", but not `read(a)site.name`.
        top = name[name.rfind(".") + 1 :]
        if len(local) >= _FEWEST_LETTERS and (top in _PLAIN_TOPS or top not in hosts.WORD_TLDS | hosts.FILE_ENDINGS):
            return "brackets"
        kind = "small bracket"
    if kind == "small bracket":
        told = marked or clear or announced or (hidden and local in mail_words.ROLES)
        return "brackets" if told or any(dot.strip()[:1] in _BRACKETS for dot in dots) else None
    if kind == "weak" or kind == "fair":
        if kind == "weak" and name not in hosts.MAIL_PROVIDERS:
            # "on gmail dot you know what"
            return None
        told = known or (kind == "fair" and (words or announced) and not local.replace("-", "").isalpha())
        told = told or (kind == "fair" and words and announced)
        if known and words and mail_guesses.is_name(local) and _begins(folded, start) and _pauses(folded, end):
            # "jenforyou85 bei gmx punkt de"
            return "words" if mail_sent_to.is_own(local) else None
        if told and kind == "fair" and words and clear and mail_sent_to.is_sent_to(local, folded, start, True):
            return "words"
        return "words" if told and (marked or announced) and local not in mail_words.LABELS else None
    if kind == "spaced":
        return "spaced" if hidden or announced or _is_set_apart(name, dots) else None
    if first in mail_words.PLACES or (
        said <= ALSO_WORDS
        and words
        and not (known or marked)
        # Twice it is no sentence's end: "at example full stop co full stop uk".
        and len(dots) < 2
        # "write to jenforyou at example full stop com"
        and not (name.endswith(_COMMON_ENDS) and mail_sent_to.is_told_before(folded, start, True))
    ):
        return None
    if kind == "word" and marked and not announced and sum(char.isalpha() for char in local) > 1:
        announced = mail_sent_to.is_asked_for(folded, start)
    if (announced and (marked or hidden)) or (hidden and (marked or joined)):
        return "words"
    if kind == "word" and dots == _COMMA and mail_guesses.is_name(local) and _begins(folded, start):
        # "jenforyou at example,com"
        return "words"
    if kind == "word" and "." in local and marked and _is_alone(folded, local, start, end):
        return "words"
    if known:
        return "words" if marked or hidden else None
    told = (hidden and local in mail_words.ROLES) or (shown and _begins(folded, start) and not _has_pause(dots))
    told = told or (words and mail_guesses.is_name(local) and mail_sent_to.is_asked_at(folded, start))
    return "words" if told else None


def _told_at(kind: str, host: Host, local: str, folded: str, start: int) -> str | None:
    """How an address is written that is told as one at a provider, in a bracket behind it or without its ending: `Mail:
    jenforyou en gmail`, `jen_4u (bei gmx.de)`."""
    name, end, dots = host
    clear = name in hosts.MAIL_PROVIDERS and name not in COM_WORDS
    told = _TOLD.search(folded, max(0, start - 24), start)
    is_label = told is not None and told.group(1) in mail_words.LABELS
    named = mail_guesses.is_marked(local) or (
        told is not None and mail_guesses.is_name(local) and mail_sent_to.is_own(local)
    )
    if not (clear and named) or local in mail_words.LABELS or "'" in local:
        return None
    if kind == "fair" and mail_guesses.is_marked(local) and _pauses(folded, end):
        # "jen_4u chez g mail"
        return "guessed"
    if kind == "opened":
        closes = folded[end : end + 1] in (")", "]")
        return ("guessed" if dots is GUESSED else "brackets") if closes else None
    is_told = is_label or (
        # "stuur iets naar jen.4u bij gmail"
        mail_guesses.is_marked(local)
        and (_announced(folded, start) or mail_sent_to.is_told_before(folded, start, True))
    )
    return "guessed" if is_told and _pauses(folded, end) else None


_TOLD = re.compile(r"([^\W_]+(?:-[^\W_]+)?) ?: ?$")
"""A word and a colon before an address."""


def _pauses(folded: str, end: int) -> bool:
    """Whether a clause ends at `end`, or a comma stands there."""
    return mail_guesses.ends(folded, end) or folded[end : end + 1] == ","


def _is_sure_without_dot(kind: str, local: str, name: str, folded: str, place: tuple[int, int]) -> bool:
    """Whether an address that has lost the dot before its top-level domain is told as one: `com` is Portuguese for
    `with`, `net` and `org` are words, so it must be announced, or end its clause behind a sure sign."""
    if local in mail_words.PROSE or local in mail_words.LABELS or _CONTRACTED.fullmatch(local) is not None:
        return False
    start, end = place
    marked = not local.isalpha()
    if _announced(folded, start):
        return marked or kind not in ("weak", "fair", "small bracket")
    # "jenforyou @ sapo pt"
    at_provider = kind == "spaced" and name in hosts.MAIL_PROVIDERS
    if kind not in ("plain", "code", "bracket", "sure") and not (
        at_provider or (marked and kind in ("word", "spaced"))
    ):
        return False
    named = any(char.isalpha() for char in local)
    # "oak.tiles@example net (put the dot before net)"
    return named and (_pauses(folded, end) or (kind == "plain" and folded[end : end + 2] in _REMARK_BEHIND))


_REMARK_BEHIND = frozenset([" (", " ["])


def _is_set_apart(name: str, dots: tuple[str, ...]) -> bool:
    """Whether every dot has a blank before it, and one behind or none, and what follows the last is no word of a
    sentence: `oaktiles @ example . net`."""
    top = name[name.rfind(".") + 1 :]
    if name[: name.find(".")] in mail_words.PLACES or any(dot not in (" . ", " .") for dot in dots):
        return False
    return top == "com" or top not in hosts.WORD_TLDS


@lru_cache(maxsize=1024)
def _said(dots: tuple[str, ...]) -> frozenset[str]:
    """The dots of a host without the signs around them."""
    return frozenset([dot.strip(_AROUND_DOTS) for dot in dots])


def _has_pause(dots: tuple[str, ...]) -> bool:
    """Whether a comma stands beside a dot that is said: `at startup, dot com`."""
    return any("," in dot and dot.strip(", \t\r\n") != "" for dot in dots)


_BEFORE_ADDRESS = frozenset(
    ["to", "or", "is", "es", "est", "ist", "e", "jest", "sono", "na", "an", "ao", "para", "til", "naar", "ke", "на",
     "στο"]
)  # fmt: skip


def _begins(folded: str, start: int) -> bool:
    """Whether nothing before an address makes it a part of a sentence about a place: `the printers at staples`."""
    before = folded[max(0, start - 12) : start].rstrip(" \t")
    if not before or before[-1] in _SURE_BEFORE or not before[-1].isascii():
        return True
    last = before.split()[-1]
    # In Romanian alone it is no article: `Scrieți la oaktiles at example punct com`.
    return last in _BEFORE_ADDRESS or (last == "la" and mail_sent_to.is_told_before(folded, start, True))


_COMMON_ENDS = (".com", ".net", ".org")
_COMMA = (",",)


def _is_alone(folded: str, local: str, start: int, end: int) -> bool:
    """Whether a name with a dot, its sign and its host are a clause of their own: `jen.foryou at mail.example`."""
    top = local.rpartition(".")[2]
    is_file = top in hosts.FILE_ENDINGS or top in _FILES or top.isdigit()
    return not is_file and mail_guesses.is_marked(local) and _begins(folded, start) and _pauses(folded, end)


_FILES = frozenset(
    ["txt", "csv", "pdf", "html", "htm", "js", "json", "xml", "exe", "png", "jpg", "docx", "xlsx", "yml"]
)


def may_begin(folded: str, start: int) -> bool:
    """Whether an address can begin with a part of its own at `start`: nothing goes on there, or a word announces it."""
    before = folded[max(0, start - 24) : start].split()
    return _begins(folded, start) or (bool(before) and before[-1] in mail_words.LABELS)


def _announced(folded: str, start: int) -> bool:
    """Whether one of the words right before an address says that one follows."""
    return not mail_words.LABELS.isdisjoint(_CALLED.findall(folded, max(0, start - 40), start)[-4:])


def has_dot_word(dots: tuple[str, ...]) -> bool:
    """Whether a dot of a host is said in words."""
    return not _said(dots).isdisjoint(mail_words.DOT_WORDS)
