"""Which words beside a platform are usernames: by their own signs, by what announces them, by what ends behind them."""

from __future__ import annotations

import re

from minerva.identifiers import hosts
from minerva.identifiers.platform_names import ARROWS, OF_ONE
from minerva.identifiers.platforms import PLATFORMS, Platform, platform_called
from minerva.identifiers.username_bare import ENDING, LONG, STATE, is_bare_name, is_unknown, starts_clause

_OWN = re.compile(rf"(?:{OF_ONE}) $", re.IGNORECASE)
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
        "usuario", "premium", "mentions", "everyone",
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


def has_mark(name: str) -> bool:
    """Whether a digit, an underscore or a dot within makes a word look like a username."""
    return any(char.isdigit() or char in "_." for char in name)


def is_told(platform: Platform, word: str, join: str, name: str, behind: re.Match[str], start: int) -> bool:
    """Whether the words around a name say that it is one: `snap jen4u` does, `snap judgment` does not."""
    sure = is_sure(join)
    if not any(char.isalpha() for char in name):
        # Numbers are names on few platforms; elsewhere a number behind a platform's word is a phone.
        return join != "" and platform.name in ("qq", "icq")
    marked, link = has_mark(name), behind.group("link")
    if word.lower() in _TWO_LETTERS and not sure:
        return False
    if is_slang(word) and join == ", " and "_" in name:
        return _is_long(name) and ends_clause(behind.string, behind.end("name"))
    if is_slang(word) and (link or join in (" ", ": ", ":", " - ", " : ")):
        return (marked and _is_long(name) and name[0].isalpha()) or (":" in join and is_unknown(name))
    if word.lower() == "face":
        # Facebook in Spanish and Portuguese, as in `Face: jen.marlow`, and a word of all prose.
        return (join.strip() == ":" or bool(link)) and _FACE_NAME.fullmatch(name) is not None
    if word.lower() in platform.signed:
        said = word.isupper() and (" is " in join or " it" in join)
        if re.fullmatch(r" ?[:\-]? ?@", join) is not None:
            return True
        colon = join.strip() == ":" and _ARTICLE.search(behind.string, max(0, start - 5), start) is None
        listed = colon or (join == " " and word == "OF")
        alone = word in ("TT", "OF", "YT") and join == " " and is_marked(name) and starts_clause(behind.string, start)
        if alone and ends_clause(behind.string, behind.end("name")):
            return True
        return ((said or colon) and marked) or (listed and _is_listed(platform, name, behind, start))
    if join[-1:] in ("'", '"'):
        own = _OWN.search(behind.string, max(0, start - 12), start) is not None
        # A program writes the whole name: `discord: "bot_token"`.
        if marked and (own or link or (sure and len(word) <= 5)):
            return _is_long(name) and behind.string[behind.end("name") : behind.end("name") + 1] == join[-1:]
        return bool(link) and _is_asked_for(name, behind, start)
    if behind.group("prompt"):
        return marked or "@" in join
    if behind.group("under"):
        may_be_one = marked or _is_asked_for(name, behind, start)
        return may_be_one and name[0].isalpha() and _is_long(name) and not hosts.is_host(name)
    if join.strip(" ,-") in _JUST and _is_alone(platform, join, behind, start):
        return True
    if join.startswith(",") and not join.strip(", @"):
        signed = "_" in name[1:-1] or ("@" in join and (marked or (_is_long(name) and name not in _ORDINARY)))
        return signed and not hosts.is_host(name) and not _has_own_platform(behind)
    if join[:1] in (")", "]"):
        return (marked or "@" in join) and _is_long(name) and not hosts.is_host(name)
    if link and "both" in join and not _is_second(behind.string, start):
        return False
    if sure:
        return True
    if not join and word.isascii():
        return False
    if live_name(name):
        return True
    if _ITS.search(join) is not None:
        # "on insta its oak.tiles", but not "on insta its easier"; "at 5pm_sharp" is a time.
        return marked and _is_long(name) and name[0].isalpha() and not hosts.is_host(name)
    named = _NAMED.search(join) is not None
    if not marked and (
        _is_announced(word, join, name, behind, start)
        or (link and _is_asked_for(name, behind, start))
        or (join == " " and _is_listed(platform, name, behind, start))
        or _is_said_one_word(name, behind, start)
        or (link and "same" in join and _is_repeated(name, behind, start))
    ):
        return True
    if join in _IS and len(name) >= LONG and name.islower() and is_unknown(name) and name not in _ORDINARY:
        # "insta is goblinvendor & mail ..."
        return True
    if link and join.startswith(",") and not named and platform.name != "facebook":
        # "on disc0rd, name is tankpanda", but not "name is Martha" or "name is probably wrong".
        told, end = behind.group("name"), behind.end("name")
        return marked or (len(told) >= 5 and not told[0].isupper() and _ENDS.match(behind.string, end) is not None)
    if link and (named or (_OWN.search(behind.string, max(0, start - 12), start) is not None and "-" in name)):
        return marked or name not in _ORDINARY
    return marked


_ORDINARY = frozenset(
    ["admin", "advertised", "always", "amigo", "announced", "anyone", "banned", "before", "blocked", "broken",
     "buddy", "contact", "different", "friend", "friends", "gone", "guest", "hidden", "host", "locked", "member",
     "mentioned", "mod", "moderator", "myself", "normal", "official", "online", "ours", "shop", "shown", "similar",
     "something", "speaker", "still", "store", "suspended", "taken", "unknown", "usual", "usually", "well", "siempre",
     "toujours", "immer", "sempre", "beforehand", "afterwards", "straightaway", "whatever", "marketplace",
     "screenshots", "livestream", "currently", "probably", "already", "needed", "possible", "required", "requested",
     "tagged", "anonymous", "newsletter", "smartphone", "smartphones", "everyone", "altogether", "underneath"]
)  # fmt: skip
"""What stands where a name would in `my username is taken`, `find me as always on ig`, `telegram me beforehand`."""
_JUST = frozenset(
    ["", "me", "at", "me at", "is", "es", "user", "username", "id", "handle", "user is", "username is", "name is",
     "id is", "handle is"]
)  # fmt: skip
"""What may stand between a platform and a word of no language."""
_IS = frozenset([" is ", " es ", " ist ", " est ", " e ", " è ", " é "])
_FACE_NAME = re.compile(r"[a-z]{3,20}(?:\.[a-z]{4,20}){1,3}[0-9]{0,4}")
_TWO_LETTERS = frozenset(["i g", "f b", "t g", "s c"])
"""Short forms with a blank within, which two other letters may be: `vitamins F B 12mcg`."""
_ARTICLE = re.compile(r"(?<!\w)(?:an?|the) $", re.IGNORECASE)
"""What makes a word a word like others: `drop me a line: jen_4u at mail`."""
_ITS = re.compile(r" (?:it(?:'?s| is)|that'?s|at) ")
_PERSON = re.compile(r"[eo]rs?$")
"""How those for people and tools end: `discord username generators`."""
_ADDS = re.compile("[加号號]|แอด|ไอดี|아이디")
"""`add`, `number` and `id` in the name of a platform: what is said of nothing but someone's own."""
_PHONE_BEFORE = re.compile(
    r"[0-9](?:[ ().\-]{0,3}[0-9]){6,14}\)?(?: ?[,;/|+&·•] ?|\s)(?:(?:and|or|y|o|e|et|ou|und) )?$"
)
ASKED = (
    r"(?:(?:find|add|follow|look|search|hit|reach|message)(?: for)? me(?: up)?"
    r"|b[uú]scame|encu[eé]ntrame|agr[eé]game|s[ií]gueme|(?:ajoute|trouve|suive|cherche|retrouve)z?[- ]moi"
    r"|(?:finde?t?|sucht?|adde?) mich|mi trovi|cercami|trovami|aggiungimi|seguimi|me (?:acha|encontra|segue|adiciona))"
)
"""`find me` and its like of six languages, in any case."""
_ASKED_BEFORE = re.compile(rf"(?<!\w){ASKED} (?:(?:on|at|en|sur|auf|bei|su|no|in|em) )?(?:my )?$", re.IGNORECASE)
_GOES_ON = re.compile(r" (?:or|and|y|o|e|et|ou|und|oder|&|/) ")


_NAME_OF_IT = re.compile(r" (?:user ?name|name|handle|nick(?:name)?|id|usuario|pseudo|(?:be)?nutzername|gamertag) ")
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
    return name in _ORDINARY


def ends_clause(text: str, end: int) -> bool:
    """Whether a clause ends at `end`."""
    return _ENDS.match(text, end) is not None


def _is_announced(word: str, join: str, name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a word without a sign of a name is told as one by what stands right before it: `add` or `id` in a script
    of its own, `kik me`, a phone number whose list goes on. In Latin letters it must be long and end its clause."""
    if not name.isalpha() or name in _ORDINARY:
        return False
    if not word.isascii():
        return join == " " and len(name) >= 5 and _ADDS.search(word) is not None
    me = join == " me " or (join == " " and word[-3:].lower() == " me")
    own = join in (" is ", " es ")
    named = _NAME_OF_IT.fullmatch(join) is not None
    if not (me or own or named or join == " ") or len(name) < 10 or not behind.group("name").islower():
        return False
    text = behind.string
    if _ENDS.match(text, behind.end("name")) is None or ENDING.search(name) is not None:
        return False
    if own:
        # No account is a person: `my discord is pixelmender` tells a name.
        return _OWN.search(text, max(0, start - 12), start) is not None and STATE.search(name) is None
    if _PERSON.search(name) is not None:
        return False
    return me or named or _PHONE_BEFORE.search(text, max(0, start - 48), start) is not None


def _is_alone(platform: Platform, join: str, behind: re.Match[str], start: int) -> bool:
    """Whether a platform and a word of no language stand alone: `discord goblinvendor`, `kik me at oakandtiles`."""
    name = behind.group("name").rstrip(".-")
    if join.startswith(",") and len(name) < LONG:
        return False
    end = behind.start("name") + len(name)
    return join != "" and is_bare_name(platform.name, name, behind.string, start, end)


def _is_listed(platform: Platform, name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a word without a sign of a name stands in a list with a name on another platform that begins alike:
    `insta oakandtiles, tiktok oakandtiles.tx`."""
    if not name.isalpha() or not _is_long(name) or name in _ORDINARY:
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


def _is_asked_for(name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a text asks to be found by a name: `find me on snap as jenny`."""
    text, end = behind.string, behind.end("name")
    if behind.group("join")[-1:] in ("'", '"') and text[end : end + 1] == behind.group("join")[-1:]:
        end += 1
    return (
        _is_long(name)
        and name not in _ORDINARY
        and (_ENDS.match(text, end) is not None or _GOES_ON.match(text, end) is not None)
        and _ASKED_BEFORE.search(text, max(0, start - 32), start) is not None
    )


def _is_repeated(name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a name stands shortly before the words that say it is the same."""
    if not name.isalpha() or not _is_long(name) or name in _ORDINARY:
        return False
    before = behind.string[max(0, start - 80) : start].lower()
    return re.search(rf"(?<![a-z0-9_.\-]){name.lower()}(?![a-z0-9_])", before) is not None


def _is_said_one_word(name: str, behind: re.Match[str], start: int) -> bool:
    """Whether a text says that someone's own name is one word: `find me on ig jennyforyou all one word`."""
    text = behind.string
    return (
        _is_long(name)
        and name not in _ORDINARY
        and _ONE_WORD.match(text, behind.end("name")) is not None
        and (
            _OWN.search(text, max(0, start - 12), start) is not None
            or _ASKED_BEFORE.search(text, max(0, start - 32), start) is not None
        )
    )


_ONE_WORD = re.compile(r" ?[,(\[]? ?all (?:in )?(?:one|1) word(?![a-z])", re.IGNORECASE)
_NO_NAMES = frozenset(["lowercase", "uppercase", "together", "capitalized", "everything"])
"""What else may be said of a name of one word."""


def is_one_word(name: str, text: str, end: int) -> bool:
    """Whether a word of which the text says that it is one is a name, which ends its clause."""
    return name.islower() and len(name) >= 8 and name not in _ORDINARY | _NO_NAMES and ends_clause(text, end)


def _is_long(name: str) -> bool:
    """Whether a name has three letters and five characters."""
    return len(name) >= 5 and sum(char.isalpha() for char in name) >= 3


_ENDS = re.compile(r"\s*(?:$|\n|[.!?;,)]+(?:\s|$))")
"""The end of a clause."""
_NAMED = re.compile(r"\b(?:user ?name|handle|id|account|nick|usuario|pseudo|nutzername|benutzername|gamertag)\b")
_OWN_PLATFORM = re.compile(
    r"[ .,]{1,2}(?:on|at|in|en|em|auf|sur|su|via|op|no|na|pe|у|в|на)(?: my| mi)? (?P<word>[^\W\d_]\w{1,14})"
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
