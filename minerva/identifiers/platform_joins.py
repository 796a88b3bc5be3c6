"""What may stand between a platform's word and the name behind it: signs, `is`, `as`, `under`, the sign @ in words."""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import lexicon
from minerva.identifiers.mail_words import AT_GLUED, AT_SURE, SIGNS
from minerva.identifiers.platforms import CALLED, NAME_WORDS, PROMPTS, UNDER
from minerva.identifiers.reading import Reading
from minerva.identifiers.username_pieces import NEXT_LETTER

NAME = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,78}"
ARROWS = "→➡➜➔⇒»👉☞⟶"
PICTURE = r"[^\x00-\x7f\w\s]\ufe0f?"
"""One picture, or another sign beyond ASCII."""
OF_ONE = "my|mi|mon|mein|mio|meu|mijn|mój|moj|мой|min"
"""`my` in the languages of texts."""
_SAME = (
    r"(?:(?:are|is|es|son|sind|sono) )?(?:both |all )?(?:the )?"
    r"(?:same(?: (?:user ?)?name| handle)?|el mismo|lo mismo|le même|gleich|lo stesso|o mesmo)"
)
_CALLED = lexicon.branches(CALLED)
_LINKS = (
    rf"{_SAME}|(?:es|é|è|is) (?:arroba|chiocciola)|are both|both are|both"
    rf"|(?:is |are )?(?:at|just)|(?:{_CALLED})|is|it'?s|that'?s|it is|are"
    r"|es|ist|est|c'est|cest|to|e(?! [a-z0-9_] [a-z0-9_](?![a-z0-9_]))|è|é|jest|je suis|je|är|er|como|comme|als|as"
    r"|hei(?:ß|ss)t|hei(?:ß|ss)e? ich|bin ich|lautet|sono|siamo|soy|somos|sou|jestem|sunt|este|heet(?: ik)?|ben ik|я"
    r"|being|(?:i|we) go by|c(?= [a-z0-9_.]{2})"
    r"|(?:i am|i'm|im|we are|we're)(?: under)?"
    r"|(?:estoy|estamos|salgo|aparezco|estou|sto)(?: como| come)?|(?:me )?(?:ll|ch)amo|mi chiamo|je m'appelle"
    r"|s[ei] (?:ll|ch|chi)ama|s'appelle|(?:you(?:'ll| can| will)?|u can) find me(?: as| under)?"
    r"|mi trov(?:i|ate)(?: come)?|me encuentras?(?: como)?|tu me trouves(?: sous)?|me achas?(?: como)?"
)
"""`is`, `it is`, `as` and `I am` of English, Spanish, German, French, Polish, Italian, Portuguese, Czech and Nordic."""


def _under(ascii_first: bool) -> str:
    words = [words for words in UNDER if words[0].isascii() == ascii_first]
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


_ACCENTED = {"a": "aáàâãäå", "c": "cčç", "e": "eéê", "i": "ií", "l": "lł", "n": "nň", "o": "oóôø", "z": "zž"}
_AT_WORDS = lexicon.branches([word for word in AT_SURE if word[0] != "@" and sum(map(str.isalpha, word)) >= 5])
_AT_WORDS = re.sub(f"[{''.join(_ACCENTED)}]", lambda match: f"[{_ACCENTED[match.group()]}]", _AT_WORDS)
_AT_SAID = rf"(?:{_AT_WORDS})|(?=[^\x00-\x7f])(?:{lexicon.alternation(sorted(AT_GLUED))})"
_UNDERSCORES = lexicon.branches([word for word, sign in SIGNS.items() if sign == "_"])
_LETTERS = re.compile(r"[^\W\d_]+")
_AT_ASCII = frozenset(max(_LETTERS.findall(word), key=len) for word in AT_SURE if word.isascii() and word[0] != "@")
_AT_FOREIGN = tuple(word for word in AT_SURE if not word.isascii())


@cache
def at_said() -> re.Pattern[str]:
    """The sign @ in words of all languages: `insta arroba jen_4u`."""
    return re.compile(rf"(?<![^\W\d_])(?:{_AT_SAID})", re.IGNORECASE)


def _find_at(reading: Reading) -> bool:
    if not _AT_ASCII.isdisjoint(reading.words) or not reading.normal:
        return True
    folded = reading.folded
    return not folded.isascii() and any([word in folded for word in _AT_FOREIGN])  # noqa: C419 -- half the time


def says_at(reading: Reading) -> bool:
    """Whether a text may say the sign @ in a word of those that are tried behind a platform."""
    return reading.once(_find_at)


_NOTHING = "(?!)"
_ITS = "it'?s|i'?m|(?:my )?(?:user ?)?name(?:'s| is)|soy|sono|je suis|c'est|es"
"""What may stand behind a sign before a name that looks like one: `insta: it's jen_4u`."""
_NAME_WORDS = lexicon.branches(NAME_WORDS)
_PROMPTS = (
    r"only|add"
    r"|(?:channel|page|profile|account|handle|canal|perfil)(?= @)|an(?= ?@)"
    rf"|{lexicon.branches(PROMPTS)}"
    r"|(?:(?:dot |точка |\. ?)?(?:com|ком) )?(?:slash|слэш|слеш|barra)"
)
"""What else may stand there, which is no sign of a name by itself: `telegram only @jen`, `telegramdan yaz: jen_4u`."""
_YES = r"(?:yes|yep|yeah|sure|sí|si|oui|ja|sim)(?![A-Za-z0-9_])"


def _join(at: str) -> str:
    """What may stand between a platform and a name; `at`: the words for @."""
    return (
        rf"(?P<join>(?:, (?=(?:(?:{OF_ONE}|the|el) )?(?:user|usuario|name|nick|handle|id\b|nombre|pseudo"
        rf"|(?:be)?nutzername|gamertag|perfil es|(?:{_NAME_WORDS})(?![a-z]))"
        r"|(?:it'?s|that'?s|i'?m|we're|(?:i|we) go by) "
        rf"|(?:{at}) "
        rf"|@?[a-z][a-z0-9.]*[_0-9]|@[a-z]{{5}}|[a-z]{{12}}|[a-z0-9.]{{2,30}} (?:{_UNDERSCORES}) [a-z0-9])"
        rf"|\. (?=(?:my )?(?:user ?name|handle|nick(?:name)?|usuario|pseudo)(?: (?:is|es|est)| ?:) )"
        rf"| ?[)\]](?= ?(?:[:@=]|-?>|at ?:|user|name |nick|handle|id\b"
        r"|[a-z0-9_.]{8}|[a-z0-9_](?:[ .\-*~][a-z0-9_]){4}))"
        rf"|\?(?= ?(?:{_YES}|@[a-z]|it'?s ))|!{{1,3}}(?= (?:@[a-z]|[a-z][a-z0-9.]{{0,20}}[_0-9]))|\.(?= ?:)"
        r"| ?[+&](?= ?(?:cash ?app|venmo|paypal|zelle|g?mail|whatsapp)\b))? ?"
        rf"(?:(?=[mм])(?:{OF_ONE}) (?=user|nick|handle|id\b|acc|usuario|pseudo|(?:be)?nutzername|gamertag"
        r"|name (?:on )?there))?"
        r"(?:(?:the |el )?(?:(?:page|profile|account) (?=name|id\b|handle|user|is |called |named )"
        r"|channel (?=id is)|perfil(?= es)))?"
        r"(?:(?:us(?:er(?: ?name)?|uario)|n(?:ame|ick(?:name)?|ombre|utzername)|handle|id|acc(?:oun)?t|m(?:eu?|[ií]o)"
        rf"|pseudo|tag|benutzername|gamertag|un(?= ?[:=@])|@(?= is | ?[:=])|{_NAME_WORDS})(?![A-Za-z0-9_])(?:'s(?= ))?"
        r"(?:(?: on)? there(?= ?[:=]| is)| (?:all[ií]|ah[ií]|dort|là|lì|lá|tam|там)(?= ?[:=]| (?:es|ist|est|è|é)))?"
        r"|ник|号"
        r"|アカウント|아이디|ไอดี|帳號|账号|帐号|號)?[はが는은是]? ?"
        rf"(?:(?P<prompt>{at}|{_PROMPTS})(?![A-Za-z0-9_])"
        rf"|(?P<link>(?=[^\x00-\x7f])(?P<under>{_under(False)})|(?=[^\W\d_])(?:{_LINKS}))(?![A-Za-z0-9_.\-]))?"
        r" ?(?:\.{2,4}(?= ?@?\w))?(?:[=:|~/;>\-]|[^\x00-\x7f\w\s]){0,5} ?"
        rf"(?:(?<=[:=>\-] )(?:(?:{at})(?= )|(?:{_ITS}) (?=@[a-z]|[a-z][a-z0-9]{{0,20}}[_0-9][a-z0-9])))?"
        r"(?:(?<=[:>]|[^\x00-\x7f\w\s])\n(?=@[a-z0-9_.]{3,30}(?:$|[ ,]|\n(?!\s*(?:def|class|async|@)))"
        r"|[a-z][a-z0-9.]{0,30}_[a-z0-9_.]{1,20}(?:\n|$)))?"
        r"[@(\[/]{0,2}@? ?(?:[\"']|\*{1,2})?)"
    )


@cache
def after_word(says_at: bool) -> re.Pattern[str]:
    """What stands behind a platform's word; `says_at`: whether the sign @ may be said in words, as in few texts. Its
    words are many and are tried at three places."""
    return re.compile(rf"{_join(_AT_SAID if says_at else _NOTHING)}(?P<name>{NAME})", re.IGNORECASE)


@cache
def spelled_name(says_at: bool) -> re.Pattern[str]:
    """A name with its letters apart behind a platform's word."""
    join = _join(_AT_SAID if says_at else _NOTHING)
    return re.compile(rf"{join}(?P<name>[A-Za-z0-9_]{NEXT_LETTER}{{2,40}}(?![A-Za-z0-9_]))", re.IGNORECASE)


UNDER_NAME = re.compile(
    rf"(?P<join>(?P<under>{_under(True)}) ?[:=]? ?@?)(?<=[ @:=])(?P<name>{NAME})(?P<prompt>(?!))?(?P<link>(?!))?",
    re.IGNORECASE,
)
"""What `after_word` reads as a name and is a word before one: `unter jen_4u`; apart from it, as its many words would
be tried behind every platform."""
UNDER_FIRST = frozenset(match.group() for words in UNDER if (match := re.match(NAME, words, re.IGNORECASE)) is not None)
"""What `after_word` reads as a name where UNDER_NAME begins."""
_OURS = "kita|kami|saya|aku|gue|kak|mbak|mas|mình|em|nhà em|shop|mea|meu|meo|noastr[aă]|naš|nasz|biz|bizim|ons|onze|vår"
"""`our` and `my` behind the name of a platform, or whom it belongs to, as Indonesian, Vietnamese and others say it."""
REMARK = re.compile(
    r" ?\([^()\n@]{1,24}\)"
    r"|(?P<best> (?:is|works|ist|es|est|è|geht|funciona) (?:the |my |am |lo |el |la |le |il )?"
    r"(?:best|fastest|quickest|easiest|better|faster|quicker|easier|preferred|besten|schnellsten|einfachsten"
    r"|mejor|m[aá]s r[aá]pido|m[aá]s f[aá]cil|mieux|plus (?:rapide|simple)|migliore|pi[uù] veloce|melhor)"
    r"(?: way| for me| option)?(?= ?[:=])"
    r"|(?P<words> (?:page|profile|acc(?:oun)?t|channel|group|support|manager|admin|hr|sales|desk|team|contact)"
    r"(?= ?[:=]| ?-? ?@)"
    r"|(?: (?!(?:and|or|y|o|e|et|ou|und|oder) )[a-z']{1,14}){1,3}(?= ?: ?@)"
    rf"| (?:me|us|if|for)(?: [a-z']{{1,14}}){{0,6}}(?= ?(?:[\-=>]>|[{ARROWS}]))))"
    r"|(?P<turned>,? (?:(?:written|spelled|spelt|read|escrito|geschrieben|scritto) )?"
    rf"(?:{lexicon.alternation([word for word in lexicon.REVERSED if ' ' not in word or len(word) > 5])})\w{{0,4}})"
    r"(?= ?[:=])"
    rf"|(?P<ours> (?:{_OURS})(?= ?[:=]))"
    r"| (?:these days|nowadays|now|only|mostly|at the moment|atm|too|as well|again|instead)"
    r"(?=, ?(?:my )?(?:user ?name|handle|nick|usuario)(?: is|:)? )"
    r"|(?P<one>,? (?:(?:handle|(?:user ?)?name|id) )?(?:(?:is|it'?s|es) )?(?:all )?(?:one|1) word)(?![a-z])"
    rf"|\? ?{_YES}(?=,? ?[:=@])"
    r"| ?[+&/] ?(?:(?:cash ?app|venmo|paypal|zelle|g?mail|whatsapp)(?: are)? (?:both|same)(?= ?:)"
    r"|(?:wa|whatsapp)(?= ?:? ?@))",
    re.IGNORECASE,
)
"""Words between a platform and a name: in brackets (`инста (vpn): jen_4u`), that it is the best way to write, what it
is for (`telegram sales desk: @jen_4u`, `kik me to chat -> jen_4u`), that the name is one word, the answer to whether
one is there (`telegram? yes: jen_4u`), or what else the name is on (`ig + cashapp both: jen_4u`, `tg/wa: @jen_4u`)."""
