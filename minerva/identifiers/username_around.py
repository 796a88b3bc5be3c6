"""What the words around a platform and a name say: that the name is asked for, someone's own, listed or one word."""

from __future__ import annotations

import re
from unicodedata import combining

from minerva.identifiers.phone_context import is_unspaced
from minerva.identifiers.platform_joins import OF_ONE
from minerva.identifiers.platforms import ORDINARY as ASKED_FOR_NO_NAME
from minerva.identifiers.platforms import Platform, platform_called
from minerva.identifiers.username_asked import asks, goes_on
from minerva.identifiers.username_bare import ENDING, STATE, is_listed_word, is_unlisted
from minerva.identifiers.username_one_word import is_said_one

_OWN = re.compile(
    rf"(?:{OF_ONE}) (?:(?:user ?name|name|nick|handle|pseudo|usuario|nome|nombre) (?:(?:on|de|en|sur|su|auf) )?)?$",
    re.IGNORECASE,
)
ORDINARY = frozenset(
    ["admin", "advertised", "always", "amigo", "announced", "anyone", "banned", "before", "blocked", "broken",
     "buddy", "contact", "different", "friend", "friends", "gone", "guest", "hidden", "host", "locked", "member",
     "mentioned", "mod", "moderator", "myself", "normal", "official", "online", "ours", "shop", "shown", "similar",
     "something", "speaker", "still", "store", "suspended", "taken", "unknown", "usual", "usually", "well", "siempre",
     "toujours", "immer", "sempre", "beforehand", "afterwards", "straightaway", "whatever", "marketplace",
     "screenshots", "livestream", "currently", "probably", "already", "needed", "possible", "required", "requested",
     "tagged", "anonymous", "newsletter", "smartphone", "smartphones", "everyone", "altogether", "underneath"]
) | ASKED_FOR_NO_NAME  # fmt: skip
"""What stands where a name would in `my username is taken`, `find me as always on ig`, `telegram me beforehand`."""
ENDS = re.compile(r"\s*(?:$|\n|[.!?;,)]+(?:\s|$)|[\u3002\uff01\uff0c\uff1b])|\.[\u0e00-\U0003ffff]")
"""The end of a clause."""
_PERSON = re.compile(r"[eo]rs?$")
"""How those for people and tools end: `discord username generators`."""
_ADDS = re.compile("[加号號]|แอด|ไอดี|아이디")
"""`add`, `number` and `id` in the name of a platform: what is said of nothing but someone's own."""
_IS_IN_OTHERS = frozenset([" è ", " é ", " ist ", " est ", " c'est ", " este ", " to "])
_IS = _IS_IN_OTHERS | {" is ", " es "}
STATE_IN_OTHERS = re.compile(r"(?:en|t|[aiu]t[aoei]|il[ei]|lich|isch|ig|é|nnel(?:le)?)$")
"""How words end that tell what is the matter with an account: `mein insta ist verschwunden`."""
_PHONE_BEFORE = re.compile(
    r"[0-9](?:[ ().\-]{0,3}[0-9]){6,14}\)?(?: ?[,;/|+&·•] ?|\s)(?:(?:and|or|y|o|e|et|ou|und) )?$"
)
_CALLED = re.compile(" (?:(?:page|profile|account) )?(?:is )?(?:called|named) ")
_NAME_OF_IT = re.compile(
    r",? (?:user ?name|name|handle|nick(?:name)?|id|(?:nom(?:br)?e de )?usu[aá]rio|(?:nome )?utente|pseudo"
    r"|(?:be)?nutzername|gebruikersnaam|gamertag) (?:(?:is|es|ist|est|é|è) )?"
)
_JOINT = r"(?: ?[,;/|&+·•] ?| {1,2})(?:(?:and|or|y|o|e|et|ou|und|oder) )?"
_NEXT_IN_LIST = re.compile(
    rf"{_JOINT}(?P<word>[^\W\d_][\w!@$]{{1,11}}) ?:? ?(?P<at>@?)(?P<name>[A-Za-z0-9_][A-Za-z0-9_.\-]{{4,39}})"
)
_LAST_IN_LIST = re.compile(
    rf"(?<![\w@.])(?P<word>[^\W\d_][\w!@$]{{1,11}})(?: me)? ?:? ?(?P<at>@?)"
    rf"(?P<name>[A-Za-z0-9_][A-Za-z0-9_.\-]{{4,39}}){_JOINT}$"
)
"""A platform and a name right behind and right before one in a list."""
_NO_LETTER = re.compile(r"[^a-z]")


def is_ordinary(name: str) -> bool:
    """Whether a lower-case word stands in prose where a name would."""
    return name in ORDINARY


def is_own(text: str, start: int) -> bool:
    """Whether the platform whose word begins at `start` is said to be one's own: `my snap`, `mon pseudo snap`."""
    return _OWN.search(text, max(0, start - 24), start) is not None


def ends_clause(text: str, end: int) -> bool:
    """Whether a clause ends at `end`."""
    return ENDS.match(text, end) is not None


def has_mark(name: str) -> bool:
    """Whether a digit, an underscore or a dot within makes a word look like a username."""
    return any(char.isdigit() or char in "_." for char in name)


def goes_on_in_letters(text: str, end: int) -> bool:
    """Whether a letter that no name has stands right behind what looks like one, which is then cut: `caféluna`."""
    after = text[end : end + 1]
    return after > "\x7f" and (combining(after) > 0 or (after.isalpha() and not is_unspaced(after)))


def is_long(name: str) -> bool:
    """Whether a name has three letters and five characters."""
    return len(name) >= 5 and sum(char.isalpha() for char in name) >= 3


def end_of(behind: re.Match[str]) -> int:
    """Where a name ends, without the signs of a sentence behind it."""
    return behind.start("name") + len(behind.group("name").rstrip(".-"))


def is_announced(word: str, join: str, name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a word without a sign of a name is told as one by what stands right before it: `add` or `id` in a script
    of its own, `kik me`, a phone number whose list goes on. In Latin letters it must be long and end its clause."""
    if not name.isalpha() or name in ORDINARY:
        return False
    if not word.isascii():
        return join == " " and len(name) >= 5 and _ADDS.search(word) is not None
    me = join in (" me ", " me at ") or (join == " " and word[-3:].lower() == " me")
    own = join in _IS
    named = _NAME_OF_IT.fullmatch(join.lstrip(")]")) is not None or _CALLED.fullmatch(join) is not None
    if not (me or own or named or join == " ") or len(name) < 10 or not behind.group("name").islower():
        return False
    text = behind.string
    if ENDS.match(text, end_of(behind)) is None:
        return False
    if named and not join.startswith(",") and is_own(text, start):
        # "my tiktok name is jennydances": what is said to be someone's name may end like a word.
        return STATE.search(name) is None and not is_listed_word(name)
    if ENDING.search(name) is not None:
        return False
    if join == " me at ":
        # "kik me at oakbarkcandle", not "skype me at thanksgiving" or "at headquarters".
        return is_unlisted(name)
    if own:
        # No account is a person: `my discord is pixelmender` tells a name.
        others = join in _IS_IN_OTHERS and STATE_IN_OTHERS.search(name) is not None
        return is_own(text, start) and STATE.search(name) is None and not others
    if named and join.startswith(","):
        # "message me on insta, user name oakbaker", not "usuario verificado"
        return STATE.search(name) is None
    if _PERSON.search(name) is not None:
        return False
    return me or named or _PHONE_BEFORE.search(text, max(0, start - 48), start) is not None


def is_listed(platform: Platform, name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a word without a sign of a name stands in a list with a name on another platform that begins alike:
    `insta oakandtiles, tiktok oakandtiles.tx`."""
    if not name.isalpha() or not is_long(name) or name in ORDINARY:
        return False
    text = behind.string
    for other in (
        _NEXT_IN_LIST.match(text, behind.end("name")),
        _LAST_IN_LIST.search(text, max(0, start - 60), start),
    ):
        if other is not None and (other.group("at") or has_mark(other.group("name").rstrip(".-"))):
            known = platform_called(other.group("word"))
            letters = _NO_LETTER.sub("", other.group("name").lower())
            least = min(len(name), len(letters), 6)
            if known is not None and known is not platform and least >= 5 and name[:least] == letters[:least]:
                return True
    return False


_FOLLOWS = re.compile(r" \(|\s?[^\x00-\x7f\w\s]|\s\|")
"""A bracket, a picture or a bar behind a name that is asked for."""


def is_asked_for(name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a text asks to be found by a name: `find me on snap as jenny`."""
    text, end = behind.string, end_of(behind)
    if behind.group("join")[-1:] in ("'", '"') and text[end : end + 1] == behind.group("join")[-1:]:
        end += 1
    return (
        is_long(name)
        and name not in ORDINARY
        and (ENDS.match(text, end) is not None or _FOLLOWS.match(text, end) is not None or goes_on(text, end))
        and asks(text, start)
    )


def is_repeated(name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a name stands shortly before the words that say it is the same."""
    if not name.isalpha() or not is_long(name) or name in ORDINARY:
        return False
    before = behind.string[max(0, start - 80) : start].lower()
    return re.search(rf"(?<![a-z0-9_.\-]){name.lower()}(?![a-z0-9_])", before) is not None


_FIRST_PERSON = re.compile(
    r"\b(?:so[yu]|sono|bin|suis|jestem|i am|i'?m|we are|we're|go by|ll?amo|chi?amo|appelle|hei(?:ß|ss)e|find me|trov"
    r"|encuentra|acha|est(?:oy|amos|ou)|salgo|aparezco|sto)",
    re.IGNORECASE,
)
"""`I am` and what else says that a name is someone's own, of what may stand between a platform and a name."""


def is_said_one_word(name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a text says that someone's own name is one word: `find me on ig jennyforyou all one word`."""
    text = behind.string
    return (
        is_long(name)
        and name not in ORDINARY
        and is_said_one(text, behind.end("name"))
        and (_FIRST_PERSON.search(behind.group("link") or "") is not None or is_own(text, start) or asks(text, start))
    )
