"""Which words beside a platform are usernames: by their own signs, by what announces them, by what ends behind them."""

from __future__ import annotations

import re

from minerva.identifiers import hosts
from minerva.identifiers.ordinary_words import is_ordinary
from minerva.identifiers.platform_joins import ARROWS
from minerva.identifiers.platforms import PLATFORMS, Platform, platform_called
from minerva.identifiers.tables import table
from minerva.identifiers.username_around import (
    ENDS,
    ORDINARY,
    STATE_IN_OTHERS,
    end_of,
    ends_clause,
    has_mark,
    is_announced,
    is_asked_for,
    is_listed,
    is_long,
    is_own,
    is_repeated,
    is_said_one_word,
)
from minerva.identifiers.username_asked import asks
from minerva.identifiers.username_bare import (
    LEAST,
    LONG,
    is_bare_name,
    is_listed_word,
    is_unknown,
    is_unlisted,
    starts_clause,
)
from minerva.identifiers.username_labels import is_labelled

_SLANG_ENDS = (" gram", " 'gram", " app")
SLANG = frozenset(
    word for platform in PLATFORMS for word in platform.signed if word.endswith(_SLANG_ENDS)
)  # fmt: skip
_DECADE = re.compile(r"(?:19|20)?[0-9]0s")
STOP = frozenset(
    [
        "a", "about", "add", "after", "all", "also", "always", "am", "an", "and", "any", "are", "ask", "at",
        "available", "back", "be", "best", "both", "but", "by", "call", "can", "chat", "check", "contact", "dm",
        "direct", "do", "email", "follow", "followers", "for", "free", "from", "get", "girl", "give", "go", "gram",
        "good", "has", "have", "here", "hit", "hmu", "how", "i", "id", "if", "in", "inbox", "info", "is", "it",
        "just", "live", "link", "listed", "me", "message", "mp", "msg", "my", "name", "new", "no", "not", "now",
        "of", "on", "only", "or", "out", "page", "photos", "pics", "please", "pls", "post", "profile", "real",
        "see", "send", "text", "than", "that", "the", "then", "there", "this", "to", "too", "us", "use", "user",
        "username", "video", "videos", "vip", "want", "we", "what", "when", "whatsapp", "where", "who", "will",
        "with", "work", "works", "yes", "you", "your", "yours", "handle", "account", "app", "below", "above",
        "privado", "solo", "mi", "por", "para", "con", "es", "el", "la", "los", "las", "de", "un", "una", "y",
        "o", "si", "en", "bajo", "pic", "number", "group", "groups", "channel", "fans", "telegram", "instagram",
        "snapchat", "facebook", "twitter", "kik", "onlyfans", "tiktok", "insta", "snap", "ig", "fb", "tg",
        "skype", "discord", "line", "wechat", "signal", "viber", "http", "https", "www", "24hr", "24hrs", "24-7",
        "none", "n-a", "e.g", "i.e", "deleted", "private", "mention", "public", "verified", "coming", "soon", "same",
        "usuario", "premium", "mentions", "everyone", "its", "required", "optional", "string", "disabled", "null",
        "undefined", "unavailable", "yok", "brak", "nessuno", "nessuna", "keine", "keins", "kein", "ninguno", "ninguna",
        "aucun", "aucune", "nincs", "geen", "ingen", "nimic", "bez", "gone", "nenhum", "font-face", "media", "import",
        "sous", "sotto", "unter", "onder", "como", "comme", "come", "als",
        "keyframes", "charset", "supports", "override", "deprecated", "param", "return", "property",
        *table("username_sentences")["nothing"],
    ]
)  # fmt: skip


def clean(platform: Platform, name: str) -> str:
    """A name as the platform compares it, without the signs of a sentence behind it."""
    return platform.plain(name.rstrip(".-"))


def is_marked(name: str) -> bool:
    """Whether a name without a sign before it looks like a username: letters with digits or an underscore."""
    letters = sum(char.isalpha() for char in name)
    return letters >= 3 and ("_" in name.strip("_") or letters < len(name.strip("._-"))) and len(name) >= 5


def may_be(platform: Platform, name: str) -> bool:
    """Whether a platform allows a name and it is no ordinary word of texts."""
    told = platform.rule.fullmatch(name) is not None and len(name) >= 3
    return told and name.lower() not in STOP and _DECADE.fullmatch(name) is None


def is_sure(join: str) -> bool:
    """Whether a sign between a platform and a word says that the word is a name."""
    return any(sign in join for sign in "@:=>" + ARROWS)


def is_told(
    platform: Platform, word: str, join: str, name: str, behind: re.Match[str], start: int, end: int | None = None
) -> bool:
    """Whether the words around a name say that it is one: `snap jen4u` does, `snap judgment` does not.

    `end`: where the name ends if it goes on in words.
    """
    sure = is_sure(join)
    if not any(char.isalpha() for char in name):
        # Numbers are names on few platforms; elsewhere a number behind a platform's word is a phone.
        return join != "" and platform.name in ("qq", "icq")
    marked, link = has_mark(name), behind.group("link")
    if word.lower() in _TWO_LETTERS and not sure:
        return False
    if is_slang(word) and join == ", " and marked and name[0].isalpha():
        return is_long(name) and ends_clause(behind.string, end or end_of(behind))
    if is_slang(word) and (link or join in (" ", ": ", ":", " - ", " : ")):
        return (marked and is_long(name) and name[0].isalpha()) or (":" in join and is_unknown(name))
    if word.lower() == "face":
        # Facebook in Spanish and Portuguese, as in `Face: jen.marlow`, and a word of all prose.
        is_name = (join.strip() == ":" or bool(link)) and _FACE_NAME.fullmatch(name) is not None
        return is_name or (name.isalpha() and _is_asked_as(name, behind, start))
    if join in (") ", "] ") and behind.string[start - 1 : start] in ("(", "[") and _is_row_of_brackets(behind):
        # "(ig) oakandtiles (yt) oakandtilesshop"
        return (marked or is_unlisted(name)) and is_long(name)
    if word.lower() in platform.signed and len(word) < 4 and _is_asked_as(name, behind, start):
        return True
    if is_labelled(platform, word, name, behind, start):
        return True
    if word.lower() in platform.signed:
        said = word.isupper() and (" is " in join or " it" in join)
        if re.fullmatch(r"(?: ?[)\]])? ?[:\-]? ?@", join) is not None:
            return True
        colon = join.strip() == ":" and _ARTICLE.search(behind.string, max(0, start - 5), start) is None
        listed = colon or (join == " " and word == "OF")
        alone = word in _CAPITALS and join == " " and is_marked(name) and _is_named_alone(behind.string, start)
        ends = ends_clause(behind.string, end_of(behind)) or _IN_ROW.match(behind.string, end_of(behind)) is not None
        if marked and is_long(name) and ((join == " " and asks(behind.string, start)) or _USER_NAME.fullmatch(join)):
            # "add me on steam jen_4u", "message me through YT, user name jen_4u"
            return True
        if alone and ends:
            return True
        return ((said or colon) and marked) or (listed and is_listed(platform, name, behind, start))
    if join[-1:] in ("'", '"'):
        own = is_own(behind.string, start)
        # A program writes the whole name: `discord: "bot_token"`.
        if marked and (own or link or ((sure or join[:1] == " ") and len(word) <= 5)):
            return is_long(name) and behind.string[behind.end("name") : behind.end("name") + 1] == join[-1:]
        return bool(link) and is_asked_for(name, behind, start)
    if behind.group("prompt"):
        return marked or "@" in join
    if behind.group("under"):
        may_be_one = marked or is_asked_for(name, behind, start) or _is_under(name, behind)
        return may_be_one and name[0].isalpha() and is_long(name) and not hosts.is_host(name)
    if join.strip(" ,-") in _JUST and _is_alone(platform, join, behind, start):
        return True
    if join.startswith(",") and not join.strip(", @"):
        signed = "_" in name[1:-1] or ("@" in join and (marked or (is_long(name) and name not in ORDINARY)))
        return signed and not hosts.is_host(name) and not _has_own_platform(behind)
    if join.startswith("."):
        return (marked or is_asked_for(name, behind, start)) and is_long(name) and not hosts.is_host(name)
    if join.startswith("!"):
        # "follow me on insta! jen_4u"
        asked = is_own(behind.string, start) or asks(behind.string, start)
        return asked and (marked or "@" in join) and is_long(name) and not hosts.is_host(name)
    if join[:1] in (")", "]"):
        if not join[1:].strip():
            return False
        is_name = marked or "@" in join or is_announced(word, join, name, behind, start)
        return is_name and is_long(name) and not hosts.is_host(name)
    if link and "both" in join and not _is_second(behind.string, start):
        return False
    if sure:
        # "Instagram: booking", but "Instagram: @booking"
        return marked or "@" in join or not is_prose(name)
    if not join and word.isascii():
        return False
    if live_name(name):
        return True
    if _ITS.search(join) is not None:
        # "on insta its oak.tiles", but not "on insta its easier"; "at 5pm_sharp" is a time.
        may_be_one = marked or (" me " in join and is_announced(word, join, name, behind, start))
        may_be_one = may_be_one or (" at " not in join and is_unlisted(name) and is_asked_for(name, behind, start))
        return may_be_one and is_long(name) and name[0].isalpha() and not hosts.is_host(name)
    if link == "c" and not is_own(behind.string, start):
        # Of `mon snap c jen_4u`, French for `my snap is`.
        return False
    named = _NAMED.search(join) is not None
    if not marked and (
        is_announced(word, join, name, behind, start)
        or (link and link != "e" and "we're" not in join and is_asked_for(name, behind, start))
        or (join == " " and is_listed(platform, name, behind, start))
        or is_said_one_word(name, behind, start)
        or (link and "same" in join and is_repeated(name, behind, start))
        or (join == " " and is_unlisted(name) and is_asked_for(name, behind, start))
        or (not link and _A_NAME.fullmatch(join) is not None and is_asked_for(name, behind, start))
        or (join in _AS and is_unlisted(name) and len(name) >= LONG and name not in ORDINARY and _is_on(behind, start))
    ):
        return True
    may_be_state = join not in _IS_IN_ENGLISH and STATE_IN_OTHERS.search(name) is not None
    is_name = len(name) >= LONG and name.islower() and is_unknown(name) and name not in ORDINARY
    if join in _IS and is_name and not may_be_state:
        # "insta is goblinvendor & mail ..."
        return True
    if link and join.startswith(",") and not named and platform.name != "facebook":
        # "on disc0rd, name is tankpanda", but not "name is Martha" or "name is probably wrong".
        told, end = behind.group("name").rstrip("."), behind.end("name")
        if "we're" in join:
            # "on snap, we're happy!"
            return marked or is_unknown(told) or is_said_one_word(name, behind, start)
        return marked or (len(told) >= 5 and not told[0].isupper() and ENDS.match(behind.string, end) is not None)
    if link and (named or (is_own(behind.string, start) and "-" in name)):
        return marked or name not in ORDINARY
    return marked


_LEAST_ORDINARY = 4
"""Letters from which ordinary words are listed."""
_STATES = frozenset(table("username_sentences")["states"])

_LEAST_ENDING = 8
_STATE_ENDING = re.compile(
    r"(?:[aiu]bles?|[aei]bil[ei]|mente|(?:[lrn]|qu|iv)ement|[ae]mment|coming|lich|isch|weise|(?:at|iz|is|ag|ir|est)ed)$"
)
"""How words end that say how an account is told, and no letters that a name of the labelled texts ends with."""


def is_prose(word: str) -> bool:
    """Whether a word behind a colon is one of a dictionary, or tells of an account: `Telegram: disponible`."""
    small = word.lower()
    if len(small) < _LEAST_ORDINARY:
        return False
    if small in _STATES or is_ordinary(small) or (len(small) >= LEAST and is_listed_word(small)):
        return True
    return len(small) >= _LEAST_ENDING and _STATE_ENDING.search(small) is not None


_JUST = frozenset(
    ["", "me", "at", "me at", "is", "es", "user", "username", "id", "handle", "user is", "username is", "name is",
     "id is", "handle is"]
)  # fmt: skip
"""What may stand between a platform and a word of no language."""
_IS = frozenset(
    [
        " is ",
        " are ",
        " both are ",
        " are both ",
        " es ",
        " ist ",
        " est ",
        " c'est ",
        " c\u2019est ",
        " e ",
        " è ",
        " é ",
    ]
)


_AS = frozenset([" as ", " als ", " como ", " comme ", " come "])
_ON = re.compile(r"(?<!\w)(?:on|auf|en|sur|su) $", re.IGNORECASE)


def _is_on(behind: re.Match[str], start: int) -> bool:
    """Whether the platform at `start` is where something is, and the name behind it ends its clause."""
    text = behind.string
    return ends_clause(text, end_of(behind)) and _ON.search(text, max(0, start - 5), start) is not None


_IN_BRACKETS = re.compile(r"[(\[](?P<word>[^\W\d_]{2,12})[)\]]")
_NEAR = 48


def _is_row_of_brackets(behind: re.Match[str]) -> bool:
    """Whether another platform stands in brackets near a name behind one in brackets."""
    text, end = behind.string, end_of(behind)
    near = f"{text[max(0, behind.start() - _NEAR) : behind.start() - 1]} {text[end : end + _NEAR]}"
    return any(platform_called(match.group("word")) is not None for match in _IN_BRACKETS.finditer(near))


def _is_asked_as(name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a text asks to be found on a platform `as` or `under` a name."""
    is_as = behind.group("under") or behind.group("link") in ("as", "als", "como", "come")
    return bool(is_as) and is_asked_for(name, behind, start)


_IS_IN_ENGLISH = frozenset([" is ", " are ", " both are ", " are both "])


def _is_under(name: str, behind: re.Match[str]) -> bool:
    """Whether a word of no language ends a clause in English or German: `my videos are on only fans under
    oakandtilesjen`."""
    under = behind.group("under").lower()
    is_known = under.startswith(("under", "by the")) or (
        under.startswith("unter") and STATE_IN_OTHERS.search(name) is None
    )
    return is_known and len(name) >= LONG and is_unknown(name) and ends_clause(behind.string, behind.end("name"))


_IN_ROW = re.compile(r" ?[/|•·] ?\w")
"""What goes on with the next of a row: `IG jen_4u / TT jen.4u / SC jenny4`."""
_FACE_NAME = re.compile(r"[a-z]{3,20}(?:\.[a-z]{4,20}){1,3}[0-9]{0,4}")
_TWO_LETTERS = frozenset(["i g", "f b", "t g", "s c"])
"""Short forms with a blank within, which two other letters may be: `vitamins F B 12mcg`."""
_ARTICLE = re.compile(r"(?<!\w)(?:an?|the) $", re.IGNORECASE)
"""What makes a word a word like others: `drop me a line: jen_4u at mail`."""
_ITS = re.compile(r" (?:it(?:'?s| is)|that'?s|at) ")


def _is_alone(platform: Platform, join: str, behind: re.Match[str], start: int) -> bool:
    """Whether a platform and a word of no language stand alone: `discord goblinvendor`, `kik me at oakandtiles`."""
    name = behind.group("name").rstrip(".-")
    if join.startswith(",") and len(name) < LONG:
        return False
    end = behind.start("name") + len(name)
    return join != "" and is_bare_name(platform.name, name, behind.string, start, end)


_NO_NAMES = frozenset(["lowercase", "uppercase", "together", "capitalized", "everything"])
"""What else may be said of a name of one word."""


def is_one_word(name: str, text: str, end: int) -> bool:
    """Whether a word of which the text says that it is one is a name, which ends its clause."""
    return name.islower() and len(name) >= 8 and name not in ORDINARY | _NO_NAMES and ends_clause(text, end)


_NAMED = re.compile(r"\b(?:user ?name|handle|id|account|nick|usuario|pseudo|nutzername|benutzername|gamertag)\b")
_CAPITALS = frozenset(["TT", "OF", "YT", "LINE"])
_ON_IT = re.compile(r"(?<!\w)(?:sur|auf|su|pe|op|em|pelo|w|na) $", re.IGNORECASE)


def _is_named_alone(text: str, start: int) -> bool:
    """Whether a platform at `start` begins a clause, or someone is said to be on it."""
    return starts_clause(text, start) or _ON_IT.search(text, max(0, start - 6), start) is not None


_USER_NAME = re.compile(
    r", (?:user ?name|(?:nome )?(?:de )?(?:usu[aá]rio|utente)|pseudo|(?:be)?nutzername|gebruikersnaam) "
)
_A_NAME = re.compile(r", (?:[^\W\d_]{1,5} )?(?!prof|compt|cont|cuenta|kont|hesa)[^\W\d_]{3,16} ")
"""A comma and what a name is called, in `mi trovate su insta, nome oaktiles`."""
_OWN_PLATFORM = re.compile(
    r"[ .,]{1,2}(?:on|at|in|en|em|auf|bei|sur|su|via|op|no|na|pe|w|på|у|в|на)(?: my| mi)? (?P<word>[^\W\d_]\w{1,14})"
)


def _has_own_platform(behind: re.Match[str]) -> bool:
    """Whether another platform is told behind a name: `I am on insta, jen_4u on snap`."""
    other = _OWN_PLATFORM.match(behind.string, behind.end("name"))
    return other is not None and platform_called(other.group("word")) is not None


_FIRST_OF_TWO = re.compile(r"(?<![\w@.])(?P<word>[^\W\d_]{2,12}) ?(?:[/&+|,]|and|y|e|et|und|и)(?: on)?(?: my)? ?$")


def _is_second(text: str, start: int) -> bool:
    """Whether the platform at `start` is the second of two: `ig and snap both jen_4u`."""
    first = _FIRST_OF_TWO.search(text[max(0, start - 24) : start].lower())
    return first is not None and platform_called(first.group("word")) is not None


def is_slang(word: str) -> bool:
    """Whether a platform is called by what people say for it: `the gram`, `the bird app`."""
    return word.lower().endswith(_SLANG_ENDS) and word.lower() in SLANG


_NEXT_WORD = re.compile(r"[ .]{1,2}(?:\()?(?P<word>[^\W\d_]\w{1,14})")


def is_on_another(behind: re.Match[str]) -> bool:
    """Whether a platform is told behind a name: `ig jen_4u, jen4u on snap`, `@jen4u tiktok`."""
    other = _NEXT_WORD.match(behind.string, behind.end("name"))
    return _has_own_platform(behind) or (other is not None and platform_called(other.group("word")) is not None)


def live_name(name: str) -> bool:
    """Whether a name is one that Skype gave (`live:jen.4u`)."""
    return name.startswith("live:")


def is_full_name(platform: Platform, text: str, start: int, end: int) -> bool:
    """Whether a word is the first of a person's or firm's name, as Facebook shows them: `fb: Mara Stone`."""
    return platform.name == "facebook" and _FULL_NAME.match(text, start) is not None and text[start:end].isalpha()


_FULL_NAME = re.compile(r"[A-Z][a-z]{1,20} [A-Z][a-z]{1,20}(?![\w@.])")
