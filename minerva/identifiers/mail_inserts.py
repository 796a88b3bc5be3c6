"""Parts that a writer puts into an e-mail address against spam and a reader takes out again; hyphens, digits and
further letters put into the name of a provider.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers import hosts, lexicon, mail_words
from minerva.identifiers.spans import without
from minerva.identifiers.tables import table

_DATA = table("mail_inserts")
VERSION: int = _DATA["version"]
_AGAINST = "|".join(mail_words.plain_words(_DATA["against"]))


def _insert(gap: str) -> str:
    """What a writer puts in and a reader takes out again, its words with `gap` between."""
    return (
        rf"(?:{_AGAINST.replace(' ', gap)}){gap}(?:spam|спама?)(?:{gap}(?:please|pls|plz|thanks|bitte|por favor))?"
        rf"|(?:das|dies|questo|esto|isto|ceci){gap}(?:hier{gap}|qui{gap}|aqui{gap}|ici{gap})?"
        r"(?:loschen|löschen|entfernen|cancellare|togliere|borrar|quitar|apagar|tirar|supprimer|enlever)"
        rf"|(?:i{gap}am|im|i'm){gap}(?:not{gap}a{gap}(?:ro)?bot|human|a{gap}human|real)"
        rf"|(?:bitte{gap})?(?:remove|delete|quitar?|borrar?|enlever|entfernen|remova|retire|elimina|togli|usuń|verwijder)"
        rf"(?:{gap}(?:this|that|the|me|these|caps|esto|isto|ceci|moi|cela|das|dit|to|questo))?"
        rf"(?:{gap}(?:bit|part|text|words?|thing|stuff|first|parte|partie|teil|bitte))?"
    )


_INSERT = _insert(r"[._\-]?")
_REMARK = rf"[(\[](?:{_insert('[ ._-]?')})[)\]]"
_UNUSED = ".invalid"
"""What RFC 2606 keeps for hosts that are certain not to exist, put behind an address for others to take off."""
_INSERTED = re.compile(rf"(?:^|(?<=[._\-+]))(?:{_INSERT})(?:[._\-+]|$)")
_CAPITALS = re.compile(
    rf"(?:{_AGAINST.upper().replace(' ', '_?')})[_\-]?(?:SPAM|СПАМА?)|REMOVE_?(?:THIS|ME)?|DELETE_?(?:THIS|ME)?"
)
_LABEL = re.compile(rf"(?:^|(?<=\.))(?:{_INSERT})\.")
REMARK = re.compile(rf"{_REMARK} ?")
"""A remark between the sign and the host: `jen@(no spam)mail.example`."""
REMARK_BEFORE = re.compile(rf" ?{_REMARK} ?$")
"""A remark between the mailbox name and the sign: `jen(no-spam)@mail.example`."""
INSERT_BEHIND = re.compile(rf"[_\-]{{1,2}}(?:{_INSERT})[._\-]{{1,2}}")
"""A part between the sign and the host that no host can begin with: `jen@_remove_me_mail.example`."""
_BEFORE_PROVIDER = re.compile(rf"(?:{_INSERT})-?")


LIKE_INSERT = re.compile("spam|remove|delete|quitar|borrar|enlever|entfernen")
"""What the name of each such part holds."""


def may_hold_insert(address: str) -> bool:
    """Whether `without_insert` can find something in an address."""
    return LIKE_INSERT.search(address) is not None or address.endswith(_UNUSED)


def is_insert(local: str) -> bool:
    """Whether what stands before a sign is nothing but such a part."""
    return may_hold_insert(local) and not _INSERTED.sub("", local)


def without_insert(mailbox: tuple[str, str], host: tuple[str, str]) -> str | None:
    """The address without a part such as NOSPAM that its writer wants left out; None where there is none.

    `mailbox` and `host` are (in lower case, as it stands in the text).
    """
    local, written = mailbox
    shorter = _INSERTED.sub("", local).rstrip("._-+")
    if shorter == local:
        shorter = _without_capitals(local, written)
    name = _LABEL.sub("", host[0])
    if name.endswith(_UNUSED) and hosts.is_host(name[: -len(_UNUSED)]):
        name = name[: -len(_UNUSED)]
    before = _BEFORE_PROVIDER.match(name)
    if before is not None and name[before.end() :] in hosts.MAIL_PROVIDERS:
        # Elsewhere it may be a firm's own name.
        name = name[before.end() :]
    if name == host[0] == host[1].lower():
        name = _without_capitals(*host)
    if (shorter, name) == (local, host[0]) or len(shorter) < 2 or not hosts.is_host(name):
        return None
    return f"{shorter}@{name}"


def _without_capitals(lowered: str, written: str) -> str:
    """`lowered` without what _CAPITALS finds in it as it is `written`, unless all of that is in capitals."""
    found = None if written.isupper() or len(written) != len(lowered) else _CAPITALS.search(written)
    # Cut out of the folded form: the written one may hold accents.
    return lowered if found is None else lowered[: found.start()] + lowered[found.end() :]


_TAKE = rf"(?<![a-zа-я])(?:{'|'.join(map(re.escape, map(mail_words.plain, _DATA['take_away'])))})(?![a-zа-я])"
_TAKE_AWAY = re.compile(_TAKE)
_TAKE_BEFORE = re.compile(rf"{_TAKE}[^\n@]{{0,16}}$")
_TAKE_BEHIND = re.compile(rf"[^\w\s]{{0,2}} ?(?:[^\W\d_]{{1,12}} ?)?{_TAKE}\s?(?:$|[\n)\].,;!\"'])")
_STOPS = re.compile(
    r"\s?(?:$|[\n)\].,;!\"'\u00bb-]|(?:from|before|to|first|please|pls|part|del?|da|dal|vom|aus|im|avant|pour|para|antes"
    r"|prima|per|для|из|перед)(?![^\W_]))"
)
OF_CAPITALS = re.compile(lexicon.branches(mail_words.plain_words(_DATA["capitals"])))
"""A word for capitals."""
_CAPITALS_WITHIN = re.compile("[A-Z][A-Z]{2}")
"""Begins with one letter, so that the search skips to it."""
_RUN = re.compile(r"[._\-+]?(?P<word>(?:[A-Z]{3,}|[A-Z]{2}(?=[_\-][A-Z]{2}))(?:[_\-][A-Z]{2,}){0,3})(?![A-Z])[._\-+]?")
_NEAR, _BESIDE = 80, 40
"""How far from an address, and from a part of it that is repeated, what is said of the part is looked for."""
FOREIGN_BEHIND = re.compile(r"[._\-]?(?:нет|без|не|анти|стоп|ни)[._\-]?спама?[._\-]?$")
"""Such a part in another script at the end of a mailbox name."""


def may_be_told(written: str) -> bool:
    """Whether an address with capitals, as it stands in a text, may hold what `without_told` finds."""
    return not written.istitle() and _CAPITALS_WITHIN.search(written) is not None


def without_told(text: str, folded: str, mailbox: tuple[int, int], host: tuple[int, int], name: str) -> str | None:
    """The address, written with its sign alone between, without a part in capitals of which the text says that it is
    to be taken away: `jen-CATNIP@mail.example (remove CATNIP)`; None if it says so of none. `mailbox` and `host` are
    where its mailbox name and its host stand, `name` is what the host is."""
    (start, stop), (begin, end) = mailbox, host
    if text[start:end].isupper():
        return None
    for first, last in ((start, stop), (begin, end)):
        run = _RUN.search(text, first, last)
        if run is None or not _is_to_go(text, folded, run.group("word"), (start, end)):
            continue
        local = _without_run(text, folded, (start, stop), run.group("word"))
        host_part = _without_run(text, folded, (begin, end), run.group("word"))
        local = folded[start:stop] if local is None else local
        name = name if host_part is None else host_part.lstrip(".-")
        if len(local) > 1 and hosts.is_host(name):
            return f"{local}@{name}"
    return None


def _without_run(text: str, folded: str, part: tuple[int, int], word: str) -> str | None:
    """A part of an address without a word in capitals; None if it holds none of it."""
    first, last = part
    run = _RUN.search(text, first, last)
    if run is None or run.group("word") != word:
        return None
    sign = "." if run.start() > first and run.end() < last and run.group()[0] == run.group()[-1] == "." else ""
    return folded[first : run.start()] + sign + folded[run.end() : last]


def _is_to_go(text: str, folded: str, word: str, address: tuple[int, int]) -> bool:
    """Whether the text around an address says of a part of it in capitals that it is to be taken away."""
    start, end = address
    for place in (text.find(word, end, end + _NEAR), text.find(word, max(0, start - _NEAR), start)):
        behind = place + len(word)
        if place >= 0 and (
            (_TAKE_BEFORE.search(folded, max(0, place - _BESIDE), place) and _STOPS.match(folded, behind)) is not None
            or _TAKE_BEHIND.match(folded, behind, behind + _BESIDE) is not None
        ):
            return True
    said = folded[end : end + _BESIDE]
    return OF_CAPITALS.search(said) is not None and _TAKE_AWAY.search(said) is not None


_IN_SMALL = re.compile("(?:(?<=[a-z0-9])|(?<=[ @]))[A-Z]{3,14}(?=[a-z0-9@._-])")
_MOST_BESIDE = 64


def without_capitals(text: str, folded: str, start: int, end: int) -> str | None:
    """An address in small letters, `text[start:end]`, without the parts in capitals that a reader takes out: one and
    the same several times, or any with a word behind the address that says so (`jenCARROTs@mail.example (remove the
    vegetable)`); None without any."""
    written = text[start:end]
    runs = list(_IN_SMALL.finditer(text, start, end))
    if not runs or sum(map(str.isupper, written)) != sum([len(run[0]) for run in runs]):
        return None
    names = {run[0] for run in runs}
    verb = _TAKE_AWAY.search(folded, end, end + _MOST_BESIDE)
    said = verb is not None and (
        runs[0][0].lower() in folded[verb.end() : end + _MOST_BESIDE] or _THE.match(folded, verb.end()) is not None
    )
    # What is left of a name are three letters and more.
    rest = sum(map(str.islower, written))
    if len(names) > 1 or rest < _LEAST_LEFT or not (said or len(runs) > 1):
        return None
    return without(folded[start:end], [(run.start() - start, run.end() - start) for run in runs], "")


_LEAST_LEFT = 6
_THE = re.compile(
    r"\s(?:the|that|this|it|le|la|les|l'|ce|cette|el|los|las|ese|esa|das|den|die|dem|il|lo|gli|o|a|os|as|esse|essa|het|de|den"
    r"|det)[\s']"
)
_SKELETON = str.maketrans("ilasoe", "114503")
_BY_SKELETON = {name.translate(_SKELETON): name for name in sorted(hosts.MAIL_PROVIDERS, reverse=True)}


_SPELLED = re.compile(r"[a-z0-9](?:-[a-z0-9]){3,40}")


def without_hyphen(host: str) -> str:
    """The mail provider that a host with a hyphen, or dots, in its name means (`hot-mail.com`, `g.mail.com`,
    `g.m.a.i.l.com`), else the host itself, one that is spelled with hyphens without them."""
    if host[1:2] == host[3:4] == ".":
        name, _, top = host.rpartition(".")
        meant = f"{name.replace('.', '')}.{top}"
        return meant if meant in hosts.MAIL_PROVIDERS else host
    first, _, rest = host.partition(".")
    if _SPELLED.fullmatch(first) is not None:
        # "e-x-a-m-p-l-e.net"
        first = first.replace("-", "")
        host = f"{first}.{rest}"
    meant = f"{mail_words.SPELLED.get(first, first)}.{rest}"
    if meant not in hosts.MAIL_PROVIDERS:
        meant = first.replace("-", "") + (rest if rest == "mail.com" else "." + rest)
    return meant if meant in hosts.MAIL_PROVIDERS else host


@lru_cache(maxsize=1024)
def provider_meant(host: str) -> str | None:
    """The mail provider a host with digits for letters means (`gma1l.com`), or one with hyphens between its letters
    (`g-m-a-i-l.com`); None if it means none or is one."""
    if host in hosts.MAIL_PROVIDERS or host.replace(".", "").isalpha():
        return None
    if _SPELLED.fullmatch(host.partition(".")[0]) is not None:
        whole = without_hyphen(host)
        return whole if whole in hosts.MAIL_PROVIDERS else None
    return _BY_SKELETON.get(host.translate(_SKELETON))


_TWICE = re.compile(r"(.)\1+")
_LEAST_STRETCHED = 4
_BY_ONCE = {
    _TWICE.sub(r"\1", name): name for name in sorted(hosts.MAIL_PROVIDERS) if name.find(".") >= _LEAST_STRETCHED
}


@lru_cache(maxsize=1024)
def unstretched(host: str) -> str:
    """The mail provider that a host means some of whose letters are written more often (`hottmaill.com`), else the host
    itself."""
    if host in hosts.MAIL_PROVIDERS:
        return host
    meant = _BY_ONCE.get(_TWICE.sub(r"\1", host), host)
    return meant if len(meant) < len(host) else host
