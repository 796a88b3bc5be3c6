"""Mailboxes told beside a provider that is named alone, without its ending. Each address is a guess and says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from minerva.identifiers import hosts, mail_sent_to, mail_words
from minerva.identifiers.username_pieces import spoken

_MAIL = re.compile(r"mail(?![\w@.])")
"""What the names of _PROVIDERS end with; it begins with a plain text that the search skips to."""
_PROVIDERS = {
    "g": "gmail", "g ": "gmail", "g-": "gmail", "hot": "hotmail", "hot ": "hotmail", "proton": "protonmail",
    "proton ": "protonmail", "yahoo ": "yahoo", "aol ": "aol", "icloud ": "icloud", "outlook ": "outlook",
    "google ": "gmail",
}  # fmt: skip
_BEGINNINGS = tuple(_PROVIDERS)
_WITHIN = re.compile(r"(?<![\w@.\-])(?P<begin>[a-z]{1,7}[ \-]?)$")
_ARROWS = "→➡➜➔⇒»"
_SURE_SIGNS = ':=>"\u00ab\u201c\u201e' + _ARROWS
_BEHIND = re.compile(
    r"(?P<join>(?: me,)?"
    r"(?: (?:name|user|id|address|addy|adresse|account|both|is|es|est|ist|to|je|as|i|am|i'?m|suis"
    r"|heter|hedder|heisst|heißt|saya|moj|mein|sono|kullanici adim|se llama|si chiama|s'appelle|nazywa sie"
    r"|ko|po|ako|mio|meu|minha|adresim|hesabim|benim|mitt|min|saya adalah)"
    r"(?![a-z0-9_])){0,3}"
    rf" ?[:=>\-{_ARROWS}]{{0,2}} ?[\"\u00ab\u201c\u201e]?)"
    r"(?P<local>[a-z][a-z0-9._%+\-]{2,63})(?![\w@])"
)
_LETTERS_AND_DIGITS = r"[a-z](?:[._]?[a-z]){5,39}[0-9]{2,6}"
_FURTHER = re.compile(
    r"(?P<join>(?:'s best)?(?:[,:]? (?:me|at|my|name'?s?|is|de|siempre|pseudo|user|username|usuario|under|as|nick"
    rf"|account|address)(?![a-z0-9_])){{0,4}}[,:]? ?)(?P<local>{_LETTERS_AND_DIGITS})(?![\w@\-]|\.\w)"
)
"""A name with digits some words behind its provider: `al gmail de siempre: jenforyou45`."""
_IN_IT = re.compile(r"(?:no|sur|al|en|auf|su|on|via|por) $")
_BEFORE = re.compile(
    r"(?<![\w@.\-+%/])(?P<local>[a-z][a-z0-9._%+\-]{2,63})"
    r"(?:(?: ?[,\-])? (?:over )?(?:(?:on|sur|auf|en|su|no) (?:my )?|at (?:the|my) )| ?[(\[]"
    r"|(?P<points> ?(?:[\-=]>|[\u2192|/]|//) ?))$"
)
_IN_BRACKETS = re.compile(
    r"(?<![\w@.\-+%/])(?P<local>[a-z][a-z0-9._%+\-]{2,63}) ?[(\[](?:it'?s|that'?s|is|es|est|c'est|ist|e|jest)"
    r"(?: (?:an?|una?|un|ein|at|on|de|en|di|with|von|bei|chez|sur)){0,2} $"
)
"""A mailbox with its provider told behind it in brackets: `jen_4u (it's a gmail)`."""
_LEAST_TOLD = 6
_IS_FROM = re.compile(
    r"(?<![\w@.\-+%/])(?P<local>[a-z][a-z0-9._%+\-]{2,63})(?:[,;]? (?:it'?s|that'?s|is|es|est|c'est|ist|e|jest|это)"
    r"(?: (?:an?|una?|un|ein|at|on|de|en|di|from|with|von|bei|chez|sur|на)){0,2}| (?:de|di|von|bei|chez|w|na)) $"
)
"""A mailbox with its provider told behind it, as a clause or as where it is from: `mi correo jen_4u, es de gmail`."""
_ALONE_BEFORE = re.compile(r"(?<![\w@.\-+%/])(?P<local>[a-z][a-z0-9._%+\-]{2,63}) $")
"""A mailbox with nothing but a blank between it and its provider: `write to jen_4u gmail`, `jen_4u gmail com`."""
_TO = frozenset(["to", "at"])
_APART = re.compile(
    r"(?<![\w@.])(?:e-?mail|mail|mailbox|correo)(?: name| user)? ?[:=\-] ?"
    r"(?P<local>[a-z0-9][a-z0-9._%+\-]{1,62}[a-z0-9])(?![\w@])[\s,;|/(]{1,4}"
    r"(?:(?:mail )?(?:provider|domain)|proveedor|dominio|domaine)"
    r"(?: is| es| ist| est)? ?[:=\-] ?@?(?P<host>[a-z0-9][a-z0-9.\-]{1,60}[a-z0-9])(?![\w@])"
)
"""A mailbox and its host, each told by its own name: `Email: jen_4u Provider: gmail`."""
_APART_BETWEEN = re.compile(
    r"(?<![\w@.])(?:user(?: ?name)?|name|mailbox|inbox)(?: is| ?[:=\-]|(?= [a-z0-9._%+\-]+ ?[/|]))? ?"
    r"(?P<local>[a-z0-9][a-z0-9._%+\-]{1,62}[a-z0-9])(?![\w@])[\s,;|/(.]{1,6}(?:and )?(?:the |my )?"
    r"(?:provider|domain|host)(?: is| ?[:=\-])? ?(?P<host>[a-z0-9][a-z0-9.\-]{1,60}[a-z0-9])(?![\w@])"
    r"(?P<between>[^\n]{0,60}?(?<![a-z])between(?![a-z]))?"
)
"""The same where what stands between them is told too, or the host is a known provider's: `User: jen Domain:
mail.example (put @ between)`, `name: jen_4u, host: gmail.com`."""
_FIRM = re.compile(
    r"(?<![\w@.\-])(?P<my>(?:my|mi|mon|mein|meu|mio) )?(?P<host>yahoo|aol|icloud|proton|outlook)"
    rf"(?P<join>(?: (?:name|user|id|address|addy|is|es|est|ist|e)(?![a-z0-9_])){{0,2}} ?[:={_ARROWS}]{{0,2}} ?)"
    r"(?P<local>[a-z][a-z0-9._%+\-]{2,63})(?![\w@])"
)
"""Providers that are more than that: what follows must be told as a name there, by a sign or as someone's own."""
_ALONE = rf"(?: ?(?:[:={_ARROWS}]|(?:name|user|id|address|addy|is|es|est|ist|e)(?![a-z0-9_]))| mail(?![\w@.]))"
_YAHOO_ALONE, _AOL_ALONE, _ICLOUD_ALONE, _PROTON_ALONE = (
    re.compile(name + _ALONE) for name in ("yahoo", "aol", "icloud", "proton")
)
"""In what _FIRM finds and tells a name, or two of _PROVIDERS; they begin with a text that the search skips to."""
_NAME = re.compile(r"(?P<host>yahoo|aol|icloud|outlook)(?: (?:one|account|address))?(?![\w@]|\.\w)")
_GOOGLE = re.compile(r"(?P<host>google|g) (?:one|account|address)(?![\w@])")
_NAMED_AFTER = re.compile(
    r"(?<![\w@.\-+%/])(?P<local>[a-z][a-z0-9._%+\-]{2,63})[,;]? (?:and )?(?:it'?s |that'?s |is |on )?"
    r"(?:the|an?|my) $"
)
"""A mailbox before the name of its provider: `jen_4u, it's a yahoo`, `jen_4u, the google one`."""
_A_YAHOO, _AN_AOL, _AN_ICLOUD = (
    re.compile(rf"{name}(?:(?<= a {name})|(?<= an {name})|(?<=the {name})|(?<= my {name}))")
    for name in ("yahoo", "aol", "icloud")
)
_ENDS = re.compile(r"\s*(?:$|\n|[.!?;)]+(?:\s|$)|[\u2600-\u27bf\U0001f300-\U0001faff])")
_LEAST = 10
"""The shortest word that is taken for a mailbox because of its place alone: as long as two names together."""


_QQ = re.compile(
    r"(?<![a-z0-9])qq ?(?:\u90ae\u7bb1|\u90f5\u7bb1|\u90ae\u4ef6)(?:\u5730\u5740)?[\u662f\u4e3a\u70ba:\uff1a]?\s?"
    r"(?P<number>[1-9][0-9]{4,10})(?![\w@])"
)
"""A number at QQ, which is the mailbox there: `QQ\u90ae\u7bb1\u662f2837465019`."""


def at_qq(folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of numbers told as mailboxes at QQ."""
    for match in _QQ.finditer(folded):
        yield *match.span(), f"{match['number']}@qq.com"


def ends(folded: str, end: int) -> bool:
    """Whether a clause ends at `end`."""
    return _ENDS.match(folded, end) is not None


def is_name(local: str) -> bool:
    """Whether a word could be a mailbox by its length and is none of those that stand there in prose."""
    return len(local) >= _LEAST and local not in mail_words.PROSE and local not in mail_words.LABELS


def is_marked(local: str) -> bool:
    """Whether a word looks like a mailbox by itself: three letters, and a digit or sign within."""
    letters = sum(char.isalpha() for char in local)
    if ".." in local or not 3 <= letters < len(local):
        return False
    return not local.replace("-", "").isalpha() and not hosts.is_host(local)


def may_name_provider(folded: str) -> bool:
    """Whether a provider whose name ends with `mail` can be named alone."""
    if "gmail" in folded or "hotmail" in folded or "proton" in folded:
        return _MAIL.search(folded) is not None
    # "outlook mail", "icloud mail"
    return "k mail" in folded or "d mail" in folded or "google mail" in folded


_OUTLOOK = re.compile(rf"outlook(?: (?:is|es|est|ist|e)(?![a-z0-9_])| ?[:={_ARROWS}])")


def may_name_outlook(folded: str) -> bool:
    """Whether a mailbox can be told behind the name of the provider, which is also a word for what is expected."""
    return _OUTLOOK.search(folded) is not None


def may_name_yahoo(folded: str) -> bool:
    """Whether the provider can be named alone: by someone's own word for it, or as what a mailbox is one of."""
    return _YAHOO_ALONE.search(folded) is not None or _A_YAHOO.search(folded) is not None


def may_tell(folded: str) -> bool:
    """Whether a mailbox and its host can be told each by its own name, or a provider alone in a rare way."""
    return (
        "g mail" in folded
        or "g-mail" in folded
        or "hot mail" in folded
        or ("aol" in folded and (_AOL_ALONE.search(folded) or _AN_AOL.search(folded)) is not None)
        or ("icloud" in folded and (_ICLOUD_ALONE.search(folded) or _AN_ICLOUD.search(folded)) is not None)
        or ("proton" in folded and _PROTON_ALONE.search(folded) is not None)
        or (" one" in folded and _GOOGLE.search(folded) is not None)
        or _names_a_host(folded)
    )


def _names_a_host(folded: str) -> bool:
    """Whether a word for a mailbox, and one for its provider, may be in a text."""
    return (
        "provider" in folded or "domain" in folded or "proveedor" in folded or "dominio" in folded or "host" in folded
    ) and ("mail" in folded or "correo" in folded or "between" in folded or "name" in folded or "user" in folded)


def beside_providers(folded: str, is_taken: Callable[[int], bool], is_told: bool) -> Iterator[tuple[int, int, str]]:
    """(start, end, address) of mailboxes told beside a provider that has neither sign nor top-level domain:
    `gmail: jen_4u`, `jen_4u on gmail`. None of them is sure. `is_taken`: whether a place is one of an address;
    `is_told`: whether `may_tell` may be true."""
    if is_told and _names_a_host(folded):
        yield from _told_apart(folded)
    if (
        "yahoo" in folded or "aol" in folded or "icloud" in folded or "proton" in folded or "outlook" in folded
    ):  # fmt: skip
        yield from _behind_firms(folded)
    if is_told or "yahoo" in folded:
        yield from _named_after(folded)
    for mail in _MAIL.finditer(folded):
        middle, after = mail.span()
        if not folded.endswith(_BEGINNINGS, 0, middle) or is_taken(middle):
            continue
        begin = _WITHIN.search(folded, max(0, middle - 8), middle)
        if begin is None or begin.group("begin") not in _PROVIDERS:
            continue
        start, host = begin.start("begin"), _PROVIDERS[begin.group("begin")] + ".com"
        behind = _BEHIND.match(folded, after)
        if behind is not None and behind.group("join").strip():
            local = behind.group("local").rstrip(".-%+")
            end = behind.start("local") + len(local)
            told = any(sign in behind.group("join") for sign in _SURE_SIGNS)
            said = spoken(folded, end, sure=told)
            if said is not None:
                local, end = local + said[0], said[1]
            is_alone = local.isalpha() and is_name(local) and (ends(folded, end) or folded.startswith(" (", end))
            is_own = _is_own(local) and (told or local.count(".") > 1)
            is_alone = (is_alone and (told or _is_ones_own(folded, start, behind.group("join"), local))) or (
                told and _is_told_word(folded, local, end) and _is_labelled(folded, start)
            )
            if is_marked(local) or is_own or is_alone:
                yield start, end, f"{local}@{host}"
                continue
        further = _FURTHER.match(folded, after)
        if further is not None and (further.group("join") != " " or _IN_IT.search(folded, max(0, start - 6), start)):
            yield start, further.end(), f"{further.group('local')}@{host}"
            continue
        floor = max(0, start - 90)
        before = _BEFORE.search(folded[floor:start])
        closed = (
            folded[start - 1 : start] not in ("(", "[")
            or folded[after : after + 1] in (")", "]")
            or (folded.startswith((" account)", " account]"), after))
        )
        if (
            before is not None
            and closed
            and (not before.group("points") or ends(folded, after))
            and (
                is_marked(before.group("local"))
                or (
                    folded[start - 1] in "(["
                    and _is_shown(folded, floor + before.start("local"), before.group("local"))
                )
            )
        ):
            yield floor + before.start("local"), after, f"{before.group('local').rstrip('.-%+')}@{host}"
            continue
        after_name = _IS_FROM.search(folded[floor:start]) if folded[start - 1 : start] == " " else None
        if after_name is not None and is_marked(after_name.group("local")) and ends(folded, after):
            first = floor + after_name.start("local")
            if not mail_words.LABELS.isdisjoint(mail_words.WORD.findall(folded, max(0, first - 30), first)[-3:]):
                yield first, after, f"{after_name.group('local').rstrip('.-%+')}@{host}"
                continue
        in_brackets = _IN_BRACKETS.search(folded[floor:start]) if folded[after : after + 1] in (")", "]") else None
        if in_brackets is not None and _is_told(folded, floor + in_brackets.start("local"), in_brackets):
            yield floor + in_brackets.start("local"), after + 1, f"{in_brackets.group('local').rstrip('.-%+')}@{host}"
            continue
        alone = _ALONE_BEFORE.search(folded[floor:start]) if folded[start - 1 : start] == " " else None
        if alone is not None and alone.group("local") not in mail_words.LABELS:
            first, local = floor + alone.start("local"), alone.group("local").rstrip(".-%+")
            has_top = folded.startswith(" com", after)
            end = after + 4 if has_top else after
            if (ends(folded, end) or _GOES_ON.match(folded, end)) and _is_meant(folded, first, local, has_top):
                yield first, end, f"{local}@{host}"


_LABELLED = re.compile(r"(?<![^\W_])(?P<label>[^\W_]+(?:-[^\W_]+)?)(?: me)? ?: ?$")


def _is_labelled(folded: str, start: int) -> bool:
    """Whether a word for an address and a colon stand before a provider: `Contact: Gmail: jenforyou`."""
    label = _LABELLED.search(folded, max(0, start - 24), start)
    return label is not None and label.group("label") in mail_words.LABELS


def _is_told_word(folded: str, local: str, end: int) -> bool:
    """Whether a word of letters alone that ends a line is long enough for a mailbox and no usual word of sentences
    about mail."""
    return len(local) >= _LEAST_TOLD and mail_sent_to.is_no_state(local) and ends(folded, end)


_MY = re.compile(r"(?<![^\W_])(?:my|mi|mon|mein|meu|mio) $")
_IS = re.compile(r" (?:is|es|est|ist) $")


def _is_ones_own(folded: str, start: int, join: str, local: str) -> bool:
    """Whether a long word of letters behind a provider at `start` is told as someone's name there: `my gmail is
    jenforyouall`."""
    if _IS.search(join) is None or not mail_sent_to.is_no_state(local):
        return False
    return _MY.search(folded, max(0, start - 6), start) is not None or _opens(folded, start)


def _is_shown(folded: str, start: int, local: str) -> bool:
    """Whether a word with a provider in brackets behind it has the sign before it: `@ jenforyou (google mail)`."""
    return folded[max(0, start - 2) : start].strip() == "@" and is_name(local) and mail_sent_to.is_own(local)


def _named_after(folded: str) -> Iterator[tuple[int, int, str]]:
    """Mailboxes with their provider named behind them."""
    for name in chain(_NAME.finditer(folded), _GOOGLE.finditer(folded)):
        begin, end = name.span()
        told = _NAMED_AFTER.search(folded, max(0, begin - 90), begin) if ends(folded, end) else None
        if told is None:
            continue
        local, start = told.group("local").rstrip(".-%+"), told.start("local")
        labels = mail_words.WORD.findall(folded, max(0, start - 30), start)[-3:]
        if is_marked(local) and (_WITH_DIGITS.fullmatch(local) or not mail_words.LABELS.isdisjoint(labels)):
            host = name.group("host")
            yield start, end, f"{local}@{host if host in mail_words.PROVIDERS else 'gmail'}.com"


def _is_told(folded: str, start: int, match: re.Match[str]) -> bool:
    """Whether a word with a provider in brackets behind it, which begins at `start`, is announced and no usual word."""
    local = match.group("local").rstrip(".-%+")
    labels = mail_words.WORD.findall(folded, max(0, start - 30), start)[-3:]
    if mail_words.LABELS.isdisjoint(labels) and not mail_sent_to.is_told_before(folded, start, True):
        return False
    return is_marked(local) or (len(local) >= _LEAST_TOLD and local.isalpha() and mail_sent_to.is_own(local))


def _is_meant(folded: str, start: int, local: str, has_top: bool) -> bool:
    """Whether a word with a provider right behind it, `has_top` with its top-level domain, is a mailbox."""
    before = mail_words.WORD.findall(folded, max(0, start - 30), start)[-3:]
    announced = bool(before) and (before[-1] in _TO or not mail_words.LABELS.isdisjoint(before))
    if is_marked(local):
        return announced or has_top or (_WITH_DIGITS.fullmatch(local) is not None and _opens(folded, start))
    return has_top and announced and is_name(local)


def _opens(folded: str, start: int) -> bool:
    """Whether a clause begins at `start`."""
    before = folded[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in "\n.!?:;)"


_GOES_ON = re.compile(r" [\-\u2013\u2014(] ?|,")
_WITH_DIGITS = re.compile(_LETTERS_AND_DIGITS)
"""Letters and digits behind, as few words but names have them."""
_FIRM_TOPS = frozenset(["com", "net", "org", "info", "io", "co", "html", "php"])


def _is_own(local: str) -> bool:
    """Whether a mailbox name that could be a host too is rather none: `willow.reiki.az`, but not `www.mail.az`."""
    labels = local.split(".")
    return hosts.is_host(local) and labels[-1] not in _FIRM_TOPS and labels[0] not in ("www", "mail", "m")


_HOST_OF = {"proton": "proton.me"}


def _behind_firms(folded: str) -> Iterator[tuple[int, int, str]]:
    """Mailboxes told behind the bare name of a firm: `yahoo: jen_4u`, `my aol is jen underscore 4u`."""
    for match in _FIRM.finditer(folded):
        join, local = match.group("join"), match.group("local").rstrip(".-%+")
        end = match.start("local") + len(local)
        said = spoken(folded, end)
        if said is not None:
            local, end = local + said[0], said[1]
        has_sign, is_outlook = any(sign in join for sign in _SURE_SIGNS), match.group("host") == "outlook"
        told = (has_sign and not is_outlook) or (match.group("my") is not None and join.strip() != "")
        labelled = has_sign and _is_labelled(folded, match.start())
        if ((told or labelled) and is_marked(local)) or (labelled and _is_told_word(folded, local, end)):
            yield match.start("host"), end, f"{local}@{_HOST_OF.get(match.group('host'), match.group('host') + '.com')}"


def _told_apart(folded: str) -> Iterator[tuple[int, int, str]]:
    """Addresses whose mailbox and host are told each by its own name."""
    for match in chain(_APART.finditer(folded), _APART_BETWEEN.finditer(folded)):
        local, host = match.group("local"), match.group("host")
        named = host in mail_words.PROVIDERS and "mail" in folded and (is_marked(local) or is_name(local))
        if match.re is _APART_BETWEEN and not (match.group("between") or host in hosts.MAIL_PROVIDERS or named):
            continue
        host = f"{host}.com" if host in mail_words.PROVIDERS else host
        if hosts.is_host(host) and ".." not in local and local not in mail_words.PROSE:
            yield match.start("local"), match.end("host"), f"{local}@{host}"
