"""How texts name a platform, and what may stand between its name and a username: the expressions for it.

A platform is named by its words in any script, with endings of languages that decline names (`в телегу`,
`telegramie`); names in disguise are in platform_disguises.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import is_normal
from minerva.identifiers.mail_words import AT_GLUED, AT_SURE, SIGNS
from minerva.identifiers.platforms import HEARTS, ORDINARY_HALVES, PLATFORMS, UNDER
from minerva.identifiers.reading import Reading

NAME = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,78}"
_LETTERS = re.compile(r"[^\W\d_]+")


def _words_by_key() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(word for platform in PLATFORMS for word in (*platform.words, *platform.signed)):
        if word.isascii():
            first, _, second = word.partition(" ")
            cut = second in ORDINARY_HALVES and len(first) >= 3 and not first.startswith("th")
            longest = first if cut else max(_LETTERS.findall(word), key=len)
            for key in {longest, word.replace(" ", "")}:
                found[key] = (*found.get(key, ()), word)
    return found


WORDS_BY_KEY = _words_by_key()
KEYS = frozenset(WORDS_BY_KEY)
"""A word of letters out of each name of a platform: a text without any of them names none in plain ASCII letters."""
OTHER = tuple(dict.fromkeys(word for platform in PLATFORMS for word in platform.words if not word.isascii()))
_NORMAL = tuple(word for word in OTHER if is_normal(word.encode("utf-8")))
"""Those of OTHER that a text in Latin and Cyrillic letters (`Reading.normal`) can hold, as it has no other letters."""


def _by_root(words: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Words with those that hold them: a text without the first holds none of the others."""
    roots = [word for word in words if not any(other in word for other in words if other != word)]
    of_root: dict[str, list[str]] = {root: [] for root in roots}
    for word in words:
        of_root[next(root for root in roots if root in word)].append(word)
    return tuple((root, tuple(found)) for root, found in of_root.items())


_OTHER_BY_ROOT, _NORMAL_BY_ROOT = _by_root(OTHER), _by_root(_NORMAL)

ARROWS = "→➡➜➔⇒»👉☞⟶"
OF_ONE = "my|mi|mon|mein|mio|meu|mijn|mój|moj|мой|min"
"""`my` in the languages of texts."""
_SAME = (
    r"(?:(?:are|is|es|son|sind|sono) )?(?:both |all )?(?:the )?"
    r"(?:same(?: (?:user ?)?name| handle)?|el mismo|lo mismo|le même|gleich|lo stesso|o mesmo)"
)
_LINKS = (
    rf"{_SAME}|(?:es|é|è|is) (?:arroba|chiocciola)|are both|both are|both|(?:is |are )?at|is|it'?s|that'?s|it is|are"
    r"|es|ist|est|c'est|cest|to|e|è|é|jest|je suis|je|är|er|como|comme|als|as"
    r"|hei(?:ß|ss)t|hei(?:ß|ss)e? ich|bin ich|sono|soy|sou|jestem|(?:i|we) go by"
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
AT_SAID = re.compile(rf"(?<![^\W\d_])(?:{_AT_SAID})", re.IGNORECASE)
"""The sign @ in words of all languages: `insta arroba jen_4u`."""
_PROMPTS = (
    rf"only|add|{_AT_SAID}"
    r"|(?:channel|page|profile|account|handle|canal|perfil)(?= @)|an(?= ?@)"
    r"|dm|msg|search|find|yaz|yazın|yazin|pisz|пиши|ищи|搜尋|搜索|搜寻|搜|添加|加"
    r"|(?:(?:dot |точка |\. ?)?(?:com|ком) )?(?:slash|слэш|слеш|barra)"
)
"""What else may stand there, which is no sign of a name by itself: `telegram only @jen`, `telegramdan yaz: jen_4u`."""
_YES = r"(?:yes|yep|yeah|sure|sí|si|oui|ja|sim)(?![A-Za-z0-9_])"
JOIN = (
    rf"(?P<join>(?:, (?=(?:(?:{OF_ONE}|the|el) )?(?:user|usuario|name|nick|handle|id\b|nombre|pseudo|(?:be)?nutzername"
    rf"|gamertag|perfil es)|(?:it'?s|that'?s|i'?m|we're|(?:i|we) go by) |(?:{_AT_SAID}) "
    rf"|@?[a-z][a-z0-9.]*[_0-9]|@[a-z]{{5}}|[a-z]{{12}}|[a-z0-9.]{{2,30}} (?:{_UNDERSCORES}) [a-z0-9])"
    rf"|\. (?=(?:my )?(?:user ?name|handle|nick(?:name)?|usuario|pseudo)(?: (?:is|es|est)| ?:) )"
    rf"| ?[)\]](?= ?(?:[:@=]|-?>|at ?:|user|name |nick|handle|id\b))|\?(?= ?{_YES})"
    r"| ?[+&](?= ?(?:cash ?app|venmo|paypal|zelle|g?mail|whatsapp)\b))? ?"
    rf"(?:(?=[mм])(?:{OF_ONE}) (?=user|nick|handle|id\b|acc|usuario|pseudo|(?:be)?nutzername|gamertag"
    r"|name (?:on )?there))?"
    r"(?:(?:the |el )?(?:(?:page|profile|account) (?=name|id\b|handle|user)|channel (?=id is)|perfil(?= es)))?"
    r"(?:(?:us(?:er(?: ?name)?|uario)|n(?:ame|ick(?:name)?|ombre|utzername)|handle|id|acc(?:oun)?t|m(?:eu?|[ií]o)"
    r"|pseudo|tag|benutzername|gamertag)(?![A-Za-z0-9_])(?:'s(?= ))?"
    r"(?:(?: on)? there(?= ?[:=]| is)| (?:all[ií]|ah[ií]|dort|là|lì|lá|tam|там)(?= ?[:=]| (?:es|ist|est|è|é)))?"
    r"|ник|号"
    r"|アカウント|아이디|ไอดี|帳號|账号|帐号|號)?[はが는은是]? ?"
    rf"(?:(?P<prompt>{_PROMPTS})(?![A-Za-z0-9_])"
    rf"|(?P<link>(?=[^\x00-\x7f])(?P<under>{_under(False)})|(?=[^\W\d_])(?:{_LINKS}))(?![A-Za-z0-9_.\-]))?"
    r" ?(?:\.{2,4}(?= ?@?\w))?(?:[=:|~/;>\-]|[^\x00-\x7f\w\s]){0,5} ?"
    rf"(?:(?<=[:=>\-] )(?:{_AT_SAID})(?= ))?"
    r"[@(\[/]{0,2}@? ?(?:[\"']|\*{1,2})?)"
)
AFTER_WORD = re.compile(rf"{JOIN}(?P<name>{NAME})", re.IGNORECASE)
UNDER_NAME = re.compile(
    rf"(?P<join>(?P<under>{_under(True)}) ?[:=]? ?@?)(?<=[ @:=])(?P<name>{NAME})(?P<prompt>(?!))?(?P<link>(?!))?",
    re.IGNORECASE,
)
"""What AFTER_WORD reads as a name and is a word before one: `unter jen_4u`; apart from it, as its many words would
be tried behind every platform."""
UNDER_FIRST = frozenset(match.group() for words in UNDER if (match := re.match(NAME, words, re.IGNORECASE)) is not None)
"""What AFTER_WORD reads as a name where UNDER_NAME begins."""
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

_WHOLE_NAME = rf"(?=(?P<name>{NAME}))(?P=name)"
"""A name that is not tried again with fewer letters: what may follow begins with none of its signs."""
_DECLINED = r"[а-яё]{0,3}"
CYRILLIC = re.compile(r"[а-яёіїєґ]+")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_SIGN_WITHIN = r"(?:[^\x00-\x7f\w\s]{0,2}| )"
_ON = r"(?: {1,2}(?:(?:over )?on|at|in|en|em|auf|sur|su|via|у|в)(?: my| mi)?| {1,2}[\-/] ?| {0,2}[(\[] ?)"


_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"
"""Letters of scripts without blanks between words: Thai, Japanese, Chinese; and Korean, whose particles follow on."""
_BEFORE = r"(?<![\w@.])"
_BEFORE_IN_UNSPACED = rf"(?:{_BEFORE}|(?<=[{_UNSPACED}])|(?<=[{_UNSPACED}]\.))"
_BEHIND = r"(?!\w)"
_BEHIND_IN_UNSPACED = rf"(?![a-zA-Z0-9_])(?!(?![{_UNSPACED}])[^\W\d_])"
_BESIDE = re.compile(rf"[{_UNSPACED}][a-z]|[a-z][{_UNSPACED}]")
_ASCII_WORD = re.compile(r"[a-z]+")


_OWN = (
    rf"(?: ?(?:[,\-–—(=]|<-+) ?| (?=is|es|è|é|ist|est|c'est|to))(?:(?:that'?s|it'?s|is|es|è|é|ist|est|c'est|to) )?"
    rf"(?:(?:the|il|o) )?(?:{OF_ONE}|our) "
)
_OWN_ENDS = (
    r"(?: (?:user ?name|name|handle|id|acc(?:oun)?t|user|@))?[)\]]?"
    r"(?=\s*(?:$|[.,;!?)&/|\n])| (?:and|or|y|e|if|for)\b)"
)


@lru_cache(maxsize=2048)
def patterns(word: str, unspaced: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for the word before a name, a name with @ before it, and a name without.

    `unspaced`: whether letters of a script without blanks may touch the word.
    """
    called = re.escape(word).replace(r"\ ", r"[ .\-]?")
    before, behind = (
        (
            _BEFORE_IN_UNSPACED if unspaced else _BEFORE,
            rf"(?:'[a-z]{{1,4}})?{_BEHIND_IN_UNSPACED if unspaced else _BEHIND}",
        )
        if word.isascii()
        else ("", "")
    )
    if CYRILLIC.fullmatch(word) is not None:
        before, behind = r"(?<![^\W\d_])", _DECLINED if len(word) > 3 else ""
    elif _HAN.fullmatch(word) is not None:
        called = _SIGN_WITHIN.join(word)
    elif word[0].isascii() and not word.isascii():
        before = _BEFORE_IN_UNSPACED
    if word in _HEARTED_WORDS:
        called = f"(?:{called}|{word[0]} ?[{HEARTS}])"
    named = rf"(?:,? (?:same|also|both))?{_ON} ?(?P<word>{called})(?![\w])[)\]]?"
    return (
        re.compile(rf"{before}(?P<word>{called}){behind}{JOIN}(?P<name>{NAME})", re.IGNORECASE),
        re.compile(rf"@(?<![\w.@]@){_WHOLE_NAME}(?:{_ON}| {{1,2}}) ?(?P<word>{called})(?![\w])[)\]]?", re.IGNORECASE),
        re.compile(rf"(?<![\w.@/]){_WHOLE_NAME}{named}", re.IGNORECASE),
    )


@lru_cache(maxsize=1024)
def own_pattern(word: str) -> re.Pattern[str]:
    """The pattern for a name that is told as one's own on a platform: `jen_4u, that's my snap`."""
    called = re.escape(word).replace(r"\ ", r"[ .\-]?")
    return re.compile(rf"@?(?<![\w.@/])(?<![\w.@/]@){_WHOLE_NAME}{_OWN}(?P<word>{called}){_OWN_ENDS}", re.IGNORECASE)


def _find_words(reading: Reading) -> frozenset[str]:
    if reading.normal or _BESIDE.search(reading.folded) is None:
        return reading.words
    return reading.words | frozenset(_ASCII_WORD.findall(reading.folded))


def words_in(reading: Reading) -> frozenset[str]:
    """The words of a text, those in ASCII letters also where letters of a script without blanks touch them."""
    return reading.once(_find_words)


_SIGNED_HAN = re.compile(r"(?<=[\u4e00-\u9fff])(?:[^\x00-\x7f\w\s]{1,2}| )(?=[\u4e00-\u9fff])")


_HEARTED_WORDS = frozenset(["v信", "微信", "威信", "薇信"])
"""Names of WeChat whose second syllable is also written as a heart, which sounds the same (`v❤`)."""
_HEART = re.compile(f"[{HEARTS}]")
_HEARTED = re.compile(rf"[{HEARTS}](?:(?<=[v微威薇].)|(?<=[v微威薇] .))")


def _named(by_root: tuple[tuple[str, tuple[str, ...]], ...], lowered: str) -> tuple[str, ...]:
    return tuple([word for root, words in by_root if root in lowered for word in words if word in lowered])


def _find_others(reading: Reading) -> tuple[str, ...]:
    if reading.text.isascii():
        return ()
    lowered = reading.lowered
    if reading.normal:
        return _named(_NORMAL_BY_ROOT, lowered)
    if _SIGNED_HAN.search(lowered) is not None:
        lowered += _SIGNED_HAN.sub("", lowered)
    if _HEART.search(lowered) is not None:
        lowered += _HEARTED.sub("信", lowered).replace(" 信", "信")
    return _named(_OTHER_BY_ROOT, lowered)


def others_in(reading: Reading) -> tuple[str, ...]:
    """The words of platforms beyond ASCII that a text holds, signs and blanks between Chinese letters left out
    (`微❤信`, `微 信`)."""
    return reading.once(_find_others)
