"""The mailbox name that ends before a host, written in any way, and the address of both. What is read before it is
bounded by the caller.
"""

from __future__ import annotations

import re

from minerva.identifiers import hosts, lexicon, mail_inserts, mail_letters, mail_words
from minerva.identifiers.kept import keep
from minerva.identifiers.mail_boxes import (
    LOCAL_SIGNS,
    UNDERSCORE_LAST,
    bracketed_digits,
    is_two_digits,
    joined_letters,
    joined_name,
    letters_apart,
    letters_by_sign,
    may_join,
    may_say_underscore,
    parts_apart,
    said_apart,
    said_digits,
    tells_of_digits,
)
from minerva.identifiers.mail_handles import in_web_address, is_federated, is_site
from minerva.identifiers.mail_hosts import GUESSED, LOOKALIKE, LOST, PLAIN_DOTS, Host
from minerva.identifiers.mail_said import counted_name
from minerva.identifiers.mail_unlike import Found, found_of
from minerva.identifiers.mail_verdicts import has_dot_word, method_of

_FEWEST_DIGITS = 5
"""No provider gives out shorter names of digits alone."""
_FEWEST_SPELLED = 5
_LEAST_SAID = 8
_NEAR_SIGN = 12
"""Fewer characters around an address do not say what is to be taken away from it."""
_CLOSING = frozenset(")]}>")
_UNSURE = frozenset(["weak", "fair", "besi"])
"""What the kinds of prepositions begin with."""
_PART_SIGNS = frozenset([".", "_", ". ", "_ ", " .", " _"])
"""The last two characters before a part of a mailbox name, where signs stand with blanks around."""


def with_local(text: str, folded: str, before: tuple[int, int], host: Host, kind: str) -> Found | None:
    """The address of a host and the mailbox name that ends at `before[1]` and begins no sooner than `before[0]`."""
    floor, stop = before
    name, end, dots = host
    if name[1:2] == "." or (dots is not PLAIN_DOTS and ("-" in name or ".mail." in name)):
        name = mail_inserts.without_hyphen(name)
        host = name, end, dots
    elif dots is not PLAIN_DOTS and name not in hosts.MAIL_PROVIDERS and kind[:4] not in _UNSURE:
        name = mail_inserts.unstretched(name)
        host = name, end, dots
    mapped = False
    if "piste" in folded[floor:stop]:
        floor = _behind_write(text, folded, floor, stop)
    window = folded[floor:stop]
    rest = window.rstrip(LOCAL_SIGNS)
    if rest and not rest[-1].isascii() and rest[-1].isalpha():
        changed = window.translate(LOOKALIKE)
        shorter = changed.rstrip(LOCAL_SIGNS)
        if len(shorter) < len(rest) and not shorter[-1:].isalpha():
            window, rest, mapped = changed, shorter, True
    size = len(window) - len(rest)
    if not size:
        # "jen семь два at mail.example"
        said = _said_digits(folded, before, host, kind) if rest[-1:].isalpha() else None
        if said is not None:
            return said
        foreign = mail_inserts.FOREIGN_BEHIND.search(window) if rest[-1:] in _LAST_FOREIGN else None
        if foreign is not None:
            each = with_local(text, folded, (floor, floor + foreign.start()), host, kind)
            return None if each is None else each._replace(end=end, method="cleaned")
        counted = bracketed_digits(folded, floor, stop) if rest[-1:] in _CLOSING else None
        return None if counted is None else counted_name(folded, counted, host, kind)
    local = window[len(rest) :]
    if local == "between":
        # "first name, last name, dot between, at mail dot example"
        return None
    if kind == "spaced" and rest[-1:] == " " and mail_inserts.is_insert(local):
        # "jen REMOVETHIS @ mail.example"
        capitals = text[stop - size : stop].isupper()
        each = with_local(text, folded, (floor, stop - size - 1), host, "bracket") if capitals else None
        named = each is not None and each.address.partition("@")[0] not in mail_words.LABELS
        return each._replace(method="cleaned") if each is not None and named else None
    if size < 5 and rest and (size == 1 or (rest[-3:-2] == " " and local.isdigit())):
        spelled = letters_apart(window) if rest[-1] == " " and rest[-3:-2].isspace() else None
        if spelled is not None:
            spelled = joined_letters(window, spelled)
            begin = floor + spelled[0]
            # Nobody writes prose so.
            is_sure = len(spelled[1]) >= _FEWEST_SPELLED and dots is not GUESSED and dots is not LOST
            if not is_sure and method_of(kind, host, spelled[1], folded, begin, True) is None:
                return None
            return Found(begin, end, f"{spelled[1]}@{name}", "spelled")
        parted = letters_by_sign(window) if kind != "plain" or rest[-1] in _BETWEEN_LETTERS else None
        if parted is not None and method_of(kind, host, parted[1], folded, floor + parted[0], True) is not None:
            return Found(floor + parted[0], end, f"{parted[1]}@{name}", "spelled")
        if size == 1 and rest[-1] in _BETWEEN_LETTERS and rest[-2:-1].isalnum():
            # The last letter of a name that is told letter by letter: `o*a*k@mail.example`.
            return None
        if rest[-1] == "/" and kind != "plain":
            # "n/a at mail dot example"
            return None
    joined = False
    joins = (
        kind != "glued"
        and (dots is not PLAIN_DOTS if kind == "plain" else True)
        and (
            kind not in ("plain", "spaced")
            or has_dot_word(dots)
            or dots is GUESSED
            or " " in dots[0]
            or rest.endswith(_SAID_DOTS)
        )
    )
    # No index from the end, which would take twice the time.
    if rest and (
        may_join(rest) if joins
        else (folded[stop - size - 3] in UNDERSCORE_LAST or folded[stop - size - 2] in _CLOSING)
        and may_say_underscore(rest)
    ):  # fmt: skip
        joined, local, size = joined_name(window, size)
        if "-" in local and _SPELLED_PARTS.fullmatch(local) is not None:
            # "P-R-U dot S"
            local = local.replace("-", "")
    if kind != "plain" and dots is not PLAIN_DOTS and dots[0][:1] == dots[0][-1:] == "-":
        # "jen-dot-4u-at-mail-dot-example"
        local = local.replace(dots[0], ".").replace("-underscore-", "_")
    if local[0] in ".-'":
        shown = local.lstrip(".'" if kind == "plain" else ".-'")
        size -= len(local) - len(shown)
        local = shown
    if local and local[-1] in ".'":
        if kind[:4] in _UNSURE and text[stop + 1 : stop + 2].isupper():
            # "each. Sur gmail"
            return None
        local = local.rstrip(".'")
    if not joined and local[:1].isdigit() and "." in local:
        number = number_before(folded, floor, stop - size, local)
        local, size = local[number:], size - number
    # It holds nothing but LOCAL_SIGNS, and none of its ends is a dot.
    if size > 64 or not local or ".." in local:
        return None
    start = stop - size
    if kind == "plain":
        sign = folded[start - 1 : start]
        if sign == "@" and is_federated(name, folded, start):
            return None
        if (sign == ":" or sign == "/") and in_web_address(folded, start):
            return None
        if is_site(local, name):
            return None
        if local == "git" and folded[end : end + 1] == ":":
            return None
    longer = None
    if kind == "tight bracket" and local.isdigit():
        # "note 3(a)"
        return None
    if kind != "plain" and not joined:
        if local in lexicon.MEANINGS and local.isalpha():
            longer = said_digits(folded, floor, start + len(local), end)
            if longer is not None and kind in ("word", "spaced") and tells_of_digits(folded, end):
                kind = "sure"
        if kind != "spaced" and (
            local.isdigit() or local in mail_words.SAID_NUMBERS or ("-" in local and is_two_digits(local))
        ):
            apart = said_apart(folded, floor, start, local)
            longer = longer if apart is None or (longer is not None and longer[0] < apart[0]) else apart
        if longer is None and folded[max(0, start - 2) : start] in _PART_SIGNS:
            longer = parts_apart(text, folded, floor, start, local, "" if dots is PLAIN_DOTS else dots[0])
        if (
            longer is None
            and len(local) < _FEWEST_DIGITS
            and local.isdigit()
            and (kind != "spaced" or name in hosts.MAIL_PROVIDERS)
        ):
            # "the number 4 at gmail.com"
            return None
        if longer is None and local[1:2] in _JOINTS and _LETTERS_JOINED.fullmatch(local) is not None:
            longer = start, local.translate(_WITHOUT_JOINTS)
            if kind in ("word", "spaced") and len(longer[1]) >= _FEWEST_SPELLED and dots not in (GUESSED, LOST):
                # Nobody writes prose so.
                kind = "sure"
        elif (
            longer is not None
            and longer[1][1:2] in _JOINTS
            and (_LETTERS_JOINED.fullmatch(longer[1].rstrip("0123456789")) is not None)
        ):
            # "o-a-k-s then the number 6 at"
            longer = longer[0], longer[1].translate(_WITHOUT_JOINTS)
        if local in TEMPLATES and (longer is None or not longer[1].isalpha()):
            # "first name at mail.example"
            return None
    if longer is None and kind != "plain" and folded[start - 1 : start] in _BEFORE_LETTER and (
        mail_letters.is_last_of_row(folded, start, local)
    ):  # fmt: skip
        return None
    told, begin = (local, start) if longer is None else (longer[1], longer[0])
    if kind != "plain" or dots is not PLAIN_DOTS:
        method = method_of(kind, host, told, folded, begin, joined or longer is not None)
        if method is None:
            return None
    else:
        method = "words" if joined else "plain"
    address = f"{local}@{name}"
    if longer is not None:
        return Found(longer[0], end, f"{longer[1]}@{name}", "joined", (address,))
    as_written = kind == "plain" and dots is PLAIN_DOTS
    has_capitals = as_written and text[start:end] != address
    if (
        as_written
        and not has_capitals
        and name in hosts.MAIL_PROVIDERS
        and (local.isalnum() or not mail_inserts.may_hold_insert(local))
    ):
        # Most addresses: none of what follows can be in them.
        return found_of((start, end, address, "lookalike" if mapped else method, ()))
    if local in _BEFORE_A and name.startswith(BEHIND_A):
        # "jen4u at gm@il.com"
        return None
    mapped = mapped or (has_capitals and "xn--" not in name and not text[end - len(name) : end].isascii())
    cleaned = None
    if mail_inserts.may_hold_insert(address):
        cleaned = mail_inserts.without_insert((local, text[start:stop]), (name, text[end - len(name) : end]))
    if (
        has_capitals and cleaned is None and len(text) - end + start > _LEAST_SAID
        and mail_inserts.may_be_told(text[start:end])
    ):  # fmt: skip
        # A name in Punycode (`xn--`) is longer than the host that is written.
        begin = folded.rfind("@", stop, end) + 1
        cleaned = mail_inserts.without_told(text, folded, (start, stop), (begin, end), name)
        if cleaned is None:
            whole = mail_inserts.without_capitals(text, folded, start, end)
            if whole is not None and whole[0] != "@" and hosts.is_host(whole.partition("@")[2]):
                cleaned = whole
    if cleaned is not None:
        # The signs behind the name, of which `local` is free: `oakCATNIPtiles.@mail.example`.
        mailbox, sign, host_told = cleaned.partition("@")
        cleaned = mailbox.rstrip(".'") + sign + host_told
        # A reader leaves the part out, and other texts of the same person hold the address without it.
        return Found(start, end, cleaned, "cleaned", (address,))
    meant = mail_inserts.provider_meant(name)
    if meant is not None:
        return Found(start, end, f"{local}@{meant}", "lookalike", (address,))
    return found_of((start, end, address, "lookalike" if mapped else method, ()))


_ENDS_SENTENCE = re.compile(r"(?P<number>[0-9](?:[0-9.\-]*[0-9])?)\.(?=[a-z])")
_GROUPS_BEFORE = re.compile(r"[0-9](?:[0-9 ().\-]{0,20})$")
_HOURS = re.compile(r"[0-9]{1,2}(?:\.[0-9]{2})?-[0-9]{1,2}(?:\.[0-9]{2})?")
_FEWEST_OF_PHONE, _FEWEST_IN_ONE = 7, 9
_CURRENCIES = frozenset("$\u20ac\u00a3\u00a5")


def number_before(folded: str, floor: int, start: int, local: str) -> int:
    """How much of what stands before a sign is the end of the sentence before, a number and its full stop: a phone,
    hours or a price. `415-555-0123.jen@mail.example`."""
    match = _ENDS_SENTENCE.match(local)
    if match is None:
        return 0
    number = match["number"]
    groups = _GROUPS_BEFORE.search(folded, max(floor, start - 24), start)
    digits = sum(map(str.isdigit, (groups[0] if groups is not None else "") + number))
    is_one = groups is None and number.isdigit()
    is_phone = digits >= (_FEWEST_IN_ONE if is_one else _FEWEST_OF_PHONE)
    is_price = folded[start - 1 : start] in _CURRENCIES
    return match.end() if is_phone or is_price or _HOURS.fullmatch(number) is not None else 0


_NEXT_LABEL = re.compile(
    rf"(?P<dot>\s?[\[({{<]\s?(?:\.|\b(?:{lexicon.spaced(sorted(mail_words.DOT_WORDS))}))\s?[\])}}>]\s?|,|\s?\.\s?"
    rf"|\s(?:{lexicon.spaced(sorted(mail_words.DOT_WORDS))})\s)(?P<top>[a-z]{{2}})(?![\w@\-])"
)
_TWO_LABELS = re.compile(r"\s?\.\s?[a-z]{2,4}\s?\.\s?[a-z]{2}(?!\w)")
_SPACED_BEGINS = frozenset([*".,([{<", *[word[:1] for word in mail_words.DOT_WORDS]])
_may_be_label: dict[str, bool] = {}
_MOST_KNOWN = 8192


def _begins_label(after: str) -> bool:
    """Whether five characters behind an address may begin what `with_whole_suffix` finds; answers are kept."""
    first, rest = after[:1], after[1:]
    if first == " ":
        may_be = rest[:1] in _SPACED_BEGINS
    elif first == ".":
        # Two letters behind it, with a blank or without.
        label = rest.lstrip(" ")
        may_be = label[:2].isalpha() and len(label) > 1 and not label[2:3].isalnum()
    else:
        may_be = first != "" and first in ",([{<"
    return keep(_may_be_label, after, may_be, _MOST_KNOWN)


_ENDS_TEXT = re.compile(r"\s*(?:\Z|[\n,;.!?)\]])")


def with_whole_suffix(folded: str, each: Found) -> Found | None:
    """An address with the last label of its host where that is written in another way than the others, as part of a
    suffix: `jen@oaks.com[.]au`, `jen (at) oaks. com. au`; None where its host was guessed and goes on."""
    end = each.end
    after = folded[end : end + 5]
    if not _may_be_label.get(after, after not in _may_be_label and _begins_label(after)):
        return each
    host = each.address.rpartition("@")[2]
    last = host.rpartition(".")[2]
    if not folded.endswith(last, each.start, end):
        return None if _TWO_LABELS.match(folded, end) is not None else each
    match = _NEXT_LABEL.match(folded, end)
    if match is None:
        return each
    top, dot = match["top"], match["dot"]
    if not hosts.is_suffix(f"{last}.{top}") or not hosts.is_host(f"{host}.{top}"):
        return each
    if dot == "," or (dot.strip() == "." and dot != "."):
        # A comma or full stop may end more than a label.
        written = folded[each.start : end].replace(" ,", ",")
        is_alike = dot in written.rpartition("@")[2] if dot == "," else ". " in written
        is_over = top not in hosts.WORD_TLDS and _ENDS_TEXT.match(folded, match.end()) is not None
        if not (is_alike or is_over):
            return each
    return each._replace(end=match.end(), address=f"{each.address}.{top}")


def _behind_write(text: str, folded: str, floor: int, stop: int) -> int:
    """Where a mailbox name can begin: behind Czech `pi\u0161te` and Slovak `p\xed\u0161te`, which say `write` and
    without their accents, as many write them, are the dot in Finnish."""
    start = folded.rfind("piste", floor, stop)
    end = start + len("piste")
    is_write = not text[start:end].isascii() or "zavinac" in folded[stop : stop + _NEAR_SIGN]
    return end if is_write else floor


def _said_digits(folded: str, before: tuple[int, int], host: Host, kind: str) -> Found | None:
    """The address of a host and a mailbox name of which the last digits are said in another script."""
    told = said_digits(folded, *before, host[1]) if kind != "plain" else None
    if kind in ("word", "spaced") and told is not None and tells_of_digits(folded, host[1]):
        kind = "sure"
    if told is None or method_of(kind, host, told[1], folded, told[0], True) is None:
        return None
    return Found(told[0], host[1], f"{told[1]}@{host[0]}", "joined")


_BEFORE_A, BEHIND_A = frozenset(["gm", "hotm", "ym", "protonm", "rocketm", "y"]), ("il.", "hoo.")
"""What stands around the `a` in the names of providers, for which the sign may stand."""
TEMPLATES = frozenset(
    [
        "firstname.lastname",
        "first.last",
        "firstname",
        "lastname",
        "firstinitial.lastname",
        "vorname.nachname",
        "vorname",
        "nachname",
        "prenom.nom",
        "prenom",
        "nombre.apellido",
        "nome.cognome",
        "nome.sobrenome",
        "imie.nazwisko",
        "voornaam.achternaam",
        "fornamn.efternamn",
        "yourname",
        "your.name",
        "surname",
        "name",
    ]
)
"""What stands for a name that the reader is to put in."""
_BEFORE_LETTER = frozenset(" -")
_BETWEEN_LETTERS = frozenset("*~|\u00b7\u2022\u2219")
"""What no mailbox name holds and may stand between the letters of one right before the sign itself."""
_LETTERS_JOINED = re.compile(r"[a-z0-9]([.\-_])[a-z0-9](?:\1[a-z0-9]){2,40}(?:\1[0-9]{1,4})?")
_SPELLED_PARTS = re.compile(
    r"(?=[a-z0-9.\-]{0,60}(?<![a-z0-9])[a-z0-9](?:-[a-z0-9]){2})[a-z0-9](?:-[a-z0-9])*(?:[._][a-z0-9](?:-[a-z0-9])*)+"
)
_JOINTS = frozenset(".-_")
_SAID_DOTS = (" dot ", " punto ", " ponto ", " punkt ", " punt ", " kropka ", " tecka ", " nokta ", " punct ")
"""What joins two parts of a name before a sign with blanks around, however its host is written."""
_LAST_FOREIGN = frozenset("ма")
"""What mail_inserts.FOREIGN_BEHIND ends with."""
_WITHOUT_JOINTS = str.maketrans("", "", ".-_")
"""`j-e-n-4-u at mail dot example`"""
