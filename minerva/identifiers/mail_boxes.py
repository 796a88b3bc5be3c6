"""Where a mailbox name begins that is not written whole: with its signs in words, with its digits, parts or letters
apart."""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import lexicon, mail_guesses, mail_patterns, mail_sent_to, mail_words
from minerva.identifiers.mail_numbers import number_of
from minerva.identifiers.mail_verdicts import ALSO_WORDS, may_begin
from minerva.identifiers.tables import table

_DATA = table("mail_boxes")
SIGNS = " \t\r\n()[]{}<>*|~-/\"'._=+^`:;,!?&#"
"""What may stand around a word for the sign."""
_BLANKS = " \t\r\n)]}>"
LOCAL_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789_%+-'."
VALID_LOCAL = re.compile(r"[a-z0-9_%+\-']+(?:\.[a-z0-9_%+\-']+)*")
_LAST_WORD = re.compile(r"(?<![a-z0-9._%+\-'])([^\W\d_]{2,20})\s$")
JUST_THEN = "then|luego|despues|puis|dann|poi|depois|потом|затем|далее|дальше|далі|потім|potem"
"""Words that say no more than that something follows."""
THEN = (
    rf"(?:(?:and|y|et|und|e|i|en|och) )?(?:{JUST_THEN}|followed by|plus|add|\+|seguido de|ensuite|suivi de"
    r"|danach|gefolgt von|seguito da|daarna|dan|gevolgd door|sedan|derefter|apoi|pak)"
)
"""What stands between parts that are told one after another."""
_PART = re.compile(r"(?<![a-z0-9._%+\-'])(?P<part>[a-z0-9]{1,30})(?: (?P<sign>[._]) ?)$")
_PART_BEFORE_BLANK = re.compile(r"(?<![a-z0-9._%+\-'])(?P<part>[a-z0-9]{1,30})(?P<sign>\.) $")
_MOST_PARTS = 4
_JOINT_LAST = frozenset(end[-2:] for end in mail_words.JOINT_ENDS)
"""The last two letters of each name of a sign between parts."""
_BEFORE_LETTERS = r"(?:(?<=[\s:;=>(\[\"|])|(?<=[^\x00-\u052f])|^)"
"""What a name with its letters apart begins behind, also in scripts without blanks."""
_LETTERS = re.compile(rf"{_BEFORE_LETTERS}(?P<local>(?:[a-z0-9._\-] ){{2,40}}(?:[a-z0-9]|[0-9]{{2,4}}))$")
_LETTERS_WIDE = re.compile(rf"{_BEFORE_LETTERS}(?P<local>(?:[a-z0-9._\-]  ){{1,40}}[a-z0-9])$")
_BEFORE_A = re.compile(
    r"(?<![^\W_])(?:cv|curriculum|escrib\w{1,4}|env[io]\w{1,5}|mand\w{1,3}|scriv\w{1,6}|inviat?[aeo]?|invia(?:re|mi)"
    r"|ecri\w{1,4}|candidatures?|correo|escrev\w{1,3}|respond\w{1,3}|repond\w{1,3}|contesta\w{0,3}) $"
)
"""What stands before the word `a` (to) in Romance languages."""


_WORD_BEFORE = re.compile(r"(?<![\w.@\-])([a-z][a-z0-9._]{2,30}) (?:(?:and )?then )?$")


def letters_apart(window: str) -> tuple[int, str] | None:
    """(start, mailbox name) of a name with a blank, or two, behind every letter at the end of a text."""
    is_wide = window[-3:-1] == "  "
    match = (_LETTERS_WIDE if is_wide else _LETTERS).search(window)
    if match is None:
        return None
    start, written = match.start(), match.group("local")
    if not is_wide and written.startswith("a ") and _BEFORE_A.search(window, max(0, start - 24), start) is not None:
        start, written = start + 2, written[2:]
    local = written.replace(" ", "").strip(".-")
    if local.isdigit():
        # "jen 4 2": what stands before digits alone is a part of the name.
        before = _WORD_BEFORE.search(window, max(0, start - 40), start)
        if before is not None and before[1] not in mail_words.LABELS and before[1] not in mail_words.PROSE:
            start, local = before.start(), before[1] + local
    return (start, local) if VALID_LOCAL.fullmatch(local) is not None else None


def joined_letters(window: str, last: tuple[int, str]) -> tuple[int, str]:
    """(start, mailbox name) of `letters_apart` with the parts before it that are told so too: `j e n dot 4 u`."""
    start, local = last
    for _ in range(_MOST_PARTS):
        joint = mail_patterns.JOINT.search(window, max(0, start - 24), start)
        before = None if joint is None else letters_apart(window[: joint.start()]) or _initial(window[: joint.start()])
        if joint is None or before is None:
            break
        said = " ".join((joint.group("sign") or joint.group("wrapped") or "").split())
        start, local = before[0], before[1] + mail_words.SIGNS.get(said, ".") + local
    return start, local


def _initial(window: str) -> tuple[int, str] | None:
    """(start, letter) of a single letter at the end of a text, if it can be the first of a name."""
    is_one = window[-1:].isalnum() and window[-1:].isascii() and _may_be_initial(window[:-1])
    return (len(window) - 1, window[-1]) if is_one else None


_LETTERS_BY_SIGN, _LETTERS_BEHIND_ONE = (
    re.compile(rf"(?<![\w@])(?P<local>[a-z0-9](?P<sign> ?[^\w\s@] ?)[a-z0-9](?:(?P=sign)[a-z0-9]){{{least},40}})$")
    for least in (2, 0)
)
"""Four letters and more, and two and more behind a sign that is said."""
_SIGN_SAID = re.compile(rf"(?<![^\W_])(?P<word>{lexicon.spaced(mail_words.SIGNS)}) ?[^\w\s@] ?$")
_LONGEST_SIGN = 24


def letters_by_sign(window: str) -> tuple[int, str] | None:
    """(start, mailbox name) of a name with the same sign behind every letter at the end of a text: `j/e/n/n/y`."""
    match = _LETTERS_BY_SIGN.search(window) or _LETTERS_BEHIND_ONE.search(window)
    # At the beginning of a window that was cut, letters may be missing.
    if match is None or (match.start() == 0 and len(window) > 64):
        return None
    sign, start = match.group("sign"), match.start()
    local = match.group("local").replace(sign, "")
    for _ in range(_MOST_PARTS):
        # "t, e, l, guion bajo, x, i, u"
        said = _SIGN_SAID.search(window, max(0, start - _LONGEST_SIGN), start)
        if said is None or not (window[: said.start()].endswith(sign) and window[: said.end()].endswith(sign)):
            break
        before = _LETTERS_BEHIND_ONE.search(window, 0, said.start() - len(sign))
        if before is None or before.group("sign") != sign or (before.start() == 0 and len(window) > 64):
            break
        start = before.start()
        local = before.group("local").replace(sign, "") + mail_words.SIGNS[" ".join(said.group("word").split())] + local
    return (start, local) if len(local) > 3 else None


def parts_apart(text: str, folded: str, floor: int, start: int, local: str, dot: str) -> tuple[int, str] | None:
    """(start, mailbox name) of a name with blanks around its dots or underscores: `jen . 4u`, where a sentence that
    ends there is less likely, as nothing stands before its only word and that has no capital of its own; `dot` is how
    that of its host is written, with blanks around or behind it too or not (`jen. 4u @ mail. example`)."""
    whole, begin, is_sentence = local, start, False
    is_spaced = dot.strip() == "." and len(dot) > 1
    part = _PART_BEFORE_BLANK if is_spaced and dot[0] == "." else _PART
    for _ in range(_MOST_PARTS):
        match = part.search(folded, max(floor, begin - 36), begin)
        if match is None or match.group("part") in mail_words.LABELS or match.group("part") in mail_words.PROSE:
            break
        whole = match.group("part") + match.group("sign") + whole
        is_sentence = is_sentence or match.group("sign") == "."
        begin = match.start()
    if begin == start or len(whole) > 64:
        return None
    if is_sentence and (
        (text[begin].isupper() and text[start].islower())
        or not (
            may_begin(folded, begin)
            or _is_told_part(folded, begin, start)
            or (is_spaced and mail_sent_to.is_told_before(folded, begin, True))
        )
    ):
        return None
    return begin, whole


def _is_told_part(folded: str, begin: int, start: int) -> bool:
    """Whether the parts of a name from `begin` to `start` hold letters and digits and are announced: `email me jen4u .
    oaks at`."""
    parts = folded[begin:start]
    if not (any(map(str.isdigit, parts)) and any(map(str.isalpha, parts))):
        return False
    return mail_sent_to.is_told_before(folded, begin, True)


_SURE_DOTS = mail_words.DOT_WORDS - ALSO_WORDS
_BEHIND_SAID = " )]}>"
UNDERSCORE_LAST = frozenset(word[-2] for word in mail_words.UNDERSCORES)
"""The last letter but one of each name of the sign `_`."""
UNDERSCORE_LAST_THREE = frozenset(word[-3:] for word in mail_words.UNDERSCORES)
_SMALL_WORDS = frozenset(_DATA["small"])
"""What stands before the name of a sign that is told of and not said: `the underscore`."""


def may_say_underscore(rest: str) -> bool:
    """Whether what stands before a part of a mailbox name ends with the name of the sign `_`, which need not be asked
    where the third character from its end is none of UNDERSCORE_LAST and the second closes no bracket."""
    bare = rest.rstrip(_BEHIND_SAID)
    return len(bare) < len(rest) and bare[-3:] in UNDERSCORE_LAST_THREE and bare.endswith(mail_words.UNDERSCORES)


def may_join(rest: str) -> bool:
    """Whether what stands before a part of a mailbox name may end with a sign in words or brackets."""
    if "." in rest[-4:] or rest[-1] == ";":
        return True
    bare = rest.rstrip(SIGNS)
    if bare.endswith("then"):
        # "jen, then a hyphen, then 4u"
        bare = bare[:-4].rstrip(SIGNS)
    return (bare[-2:] in _JOINT_LAST or not bare.isascii()) and bare.endswith(mail_words.JOINT_ENDS)


def joined_name(window: str, size: int) -> tuple[bool, str, int]:
    """(whether it is joined, mailbox name, how much of the window's end it takes) with signs in words."""
    end = len(window)
    local = window[end - size :]
    joined = False
    for _ in range(4):
        joint = mail_patterns.JOINT.search(window, max(0, end - size - 24), end - size)
        if joint is None:
            break
        rest = window[: joint.start()]
        part = rest[len(rest.rstrip(LOCAL_SIGNS)) :]
        written = joint.group("joint")
        if ("..." in written or _PICTURE.search(written) is not None) and not any(map(str.isalnum, written)):
            # "no smoking... \U0001f4e7 jen(at)"
            break
        is_underscore = written.rstrip(_BLANKS).endswith(mail_words.UNDERSCORES)
        is_said = joined or is_underscore or written.strip(SIGNS) in _SURE_DOTS
        is_twice = False
        if part in mail_words.PROSE and any(map(str.isalpha, written)):
            # What stands twice in one name is no word of a sentence: `oak dash end dash tiles`.
            again = mail_patterns.JOINT.search(rest, max(0, len(rest) - len(part) - 24), len(rest) - len(part))
            is_twice = (
                again is not None
                and again.group("sign") == joint.group("sign")
                and (any(map(str.isalpha, again.group("joint"))))
            )
        if not part or part in mail_words.LABELS:
            break
        is_small = (
            not is_twice
            and part in (_SMALL_WORDS if is_said else mail_words.PROSE)
            # Nobody writes prose so: `e[dot]oaks[at]`.
            and not (len(part) == 1 and written.strip()[:1] in _OPENING)
        )
        if is_small and not (len(part) == 1 and _may_be_initial(rest[:-1])):
            break
        sign = mail_words.SIGNS.get(" ".join((joint.group("sign") or joint.group("wrapped") or "").split()), "")
        if not sign:
            sign = "_" if "score" in written else "-" if "dash" in written else "."
        local = part + sign + local
        joined = True
        size = end - joint.start() + len(part)
    return joined, local, size


_BEFORE_INITIAL = ("to ", ": ", "is ", "at ", " an ", " ve ", " na ", " la ", " naar ", " para ")
"""What stands before the first letter of a name: `write to a dot plover at`."""
_OTHER_SCRIPTS = "\u0370"
_OPENING = frozenset("([{<")


def _may_be_initial(before: str) -> bool:
    """Whether a single letter can be the first of a name by what stands before it, words of another script too."""
    return before.endswith(_BEFORE_INITIAL) or (before[-1:] == " " and before[-2:-1] >= _OTHER_SCRIPTS)


_PICTURE = re.compile("[\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]")
_ONE_PART = r"(?<![^\s\"'])(?P<part>[a-z0-9][a-z0-9._%+\-]{0,63})[\"']?"
_THEN = re.compile(
    rf"{_ONE_PART}(?P<next>,? (?:{THEN}))?"
    r"(?: (?:the|that|this|an?|el|la|le|das|der|ein|il|o|comes(?: the| an?)?)| l')?"
    r"(?: (?:sign|symbol|signo|simbolo|signe|symbole|zeichen|segno|sinal|znak|знак|значок|символ))?,? ?[\"']?$"
)
_THEN_BEFORE = re.compile(rf"{_ONE_PART},? (?:{THEN}) [\"']?$")
"""Parts of a mailbox name that are told one after another."""


def told_in_turn(folded: str, floor: int, end: int) -> tuple[int, str] | None:
    """(start, mailbox name) of parts told one after another up to `end`: `jen then 4u then the`."""
    match, local, start = _THEN.search(folded, floor, end), "", end
    if match is not None and match.group("next") is None:
        # "use the at sign, then"
        part = match.group("part")
        match = match if mail_guesses.is_marked(part) or mail_guesses.is_name(part) else None
    while match is not None and len(local) < 64:
        part, start = str(match.group("part")), match.start()
        if part in mail_words.PROSE or part in mail_words.LABELS:
            return None
        local = mail_words.SIGNS.get(part, "." if part in mail_words.DOT_WORDS else part) + local
        match = _THEN_BEFORE.search(folded, floor, start)
    if local and folded[start - 1 : start] == " " and may_join(folded[floor:start]):
        # "jen dot 4u, then the at sign"
        first = folded[start:end].split(",")[0].split(" ")[0]
        joined, whole, size = joined_name(folded[floor : start + len(first)], len(first))
        if joined:
            start, local = start + len(first) - size, whole + local[len(first) :]
    return (start, local) if len(local) <= 64 and VALID_LOCAL.fullmatch(local) is not None else None


_COUNTED_OFF = re.compile(
    r"(?<![\w@.%+\-'])(?P<part>[a-z][a-z0-9_%+\-']{2,40}),? (?:(?:and )?then|plus|and|followed by|with)(?: the)?"
    r" (?:numbers?|numerals?|digits?) $"
)
"""A mailbox name before its digits: `jen then the number 4 at`."""


_COUNT_WORDS = frozenset(_DATA["counted"])
"""What stands between a name and its digits."""
_ARTICLES = frozenset(_DATA["articles"])


_JOINT_BEFORE = re.compile(r" (?:y|e|et|ed|und|i|en|och|and) $")
_THEN_DIGITS = re.compile(rf",? (?:{THEN})$")
"""What stands between a name and its digits that are told one after another."""
_SAID_LAST = re.compile(r"(?<![^\s(])([^\W_]{1,20})$")


def said_apart_before(folded: str, floor: int, end: int) -> tuple[int, str] | None:
    """`said_apart` of a name whose last digit ends at `end`."""
    last = _SAID_LAST.search(folded, floor, end)
    return None if last is None else said_apart(folded, floor, last.start(), last.group(1))


def _tens_said(word: str, digits: str) -> str | None:
    """The digits with those of a number of two digits before: `sixty`, `sixty six`; None if the word is none."""
    number = mail_words.NUMBER_WORDS.get(word)
    return None if number is None else number[0] + digits if number[1] == "0" and len(digits) == 1 else number + digits


_TENS = frozenset(word for _, word in lexicon.TENS)


def is_two_digits(word: str) -> bool:
    """Whether a word is a number of two digits with a hyphen in it: `forty-one`."""
    return word.partition("-")[0] in _TENS and number_of(word) is not None


def said_apart(folded: str, floor: int, start: int, local: str) -> tuple[int, str] | None:
    """(start, mailbox name) of a name whose digits stand apart from it: `jen 77 at`, `jen seven seven at`."""
    digits = local if local.isdigit() else mail_words.DIGIT_WORDS.get(local) or _tens_said(local, "") or ""
    if not digits and is_two_digits(local):
        digits = number_of(local) or ""
    if not digits or len(digits) > 4:
        return None
    counted_at: set[int] = set()
    counted = _COUNTED_OFF.search(folded, max(floor, start - 64), start)
    if counted is not None and counted.group("part") not in mail_words.PROSE:
        return counted.start("part"), counted.group("part") + digits
    while (match := _LAST_WORD.search(folded, max(floor, start - 24), start)) is not None:
        word = match.group(1)
        if word in mail_words.DIGIT_WORDS:
            digits = mail_words.DIGIT_WORDS[word] + digits
        elif word in mail_words.NUMBER_WORDS:
            digits = _tens_said(word, digits) or digits
        elif word not in _COUNT_WORDS and (word not in _ARTICLES or start not in counted_at):
            break
        start = match.start()
        if word in _COUNT_WORDS:
            counted_at.add(start)
    joint = _JOINT_BEFORE.search(folded, floor, start) if counted_at else None
    if joint is not None:
        # "jen y los n\u00fameros"
        start = joint.start() + 1
    return _with_digits(folded, floor, start, digits)


def _with_digits(folded: str, floor: int, start: int, digits: str) -> tuple[int, str] | None:
    """(start, mailbox name) of the name before digits that are said from `start` on."""
    end = start - len(folded[floor:start]) + len(folded[floor:start].rstrip(" "))
    then = _THEN_DIGITS.search(folded, max(floor, end - 24), end)
    end = end if then is None else then.start()
    name = folded[floor:end]
    word = name[len(name.rstrip(LOCAL_SIGNS)) :].lstrip(".-'")
    if not any(map(str.isalpha, word)) or VALID_LOCAL.fullmatch(word) is None or end == start:
        return None
    if word in mail_words.LABELS or word in mail_words.PROSE or len(digits) > _MOST_DIGITS:
        return None
    start = end - len(word)
    if folded[:start].endswith("@"):
        return None
    if start == floor or not may_join(folded[floor:start]):
        return start, word + digits
    # "larch dot bay seven"
    _, whole, size = joined_name(folded[floor:end], len(word))
    shown = whole.lstrip(".-'") + digits
    start = end - size + len(whole) + len(digits) - len(shown)
    return (start, shown) if len(shown) < 65 and VALID_LOCAL.fullmatch(shown) is not None else None


_MOST_DIGITS = 6
_LAST_SAID = re.compile(r"(?<![^\W_])[^\W\d_]{1,20}$")
_FAR = 56
"""How far behind an address it is looked for that words are digits."""


@cache
def _as_digits() -> re.Pattern[str]:
    """Phrases that say so; compiled when the first text asks for it."""
    return re.compile("|".join(rf"(?<![a-z]){re.escape(mail_words.plain(each))}" for each in _DATA["as_digits"]))


def tells_of_digits(folded: str, behind: int) -> bool:
    """Whether a text says from `behind` on that words are digits."""
    return _as_digits().search(folded, behind, behind + _FAR) is not None


def said_digits(folded: str, floor: int, end: int, behind: int) -> tuple[int, str] | None:
    """(start, mailbox name) of a name with digits said in words of one language up to `end`, where two say more than
    digits seldom do, or the text says so from `behind` on: `jen семь два at mail.example (цифрами)`."""
    begin, languages = end, frozenset[str]()
    words: list[dict[str, str]] = []
    while len(words) <= _MOST_DIGITS:
        stop = begin - len(folded[floor:begin]) + len(folded[floor:begin].rstrip(" ,-"))
        last = _LAST_SAID.search(folded, max(floor, stop - 24), stop) if stop < begin or not words else None
        meant = None if last is None else _digit_meanings(last.group())
        shared = languages & meant.keys() if words and meant else frozenset(meant or ())
        if last is None or meant is None or not shared:
            break
        begin, languages = last.start(), shared
        words.append(meant)
    if not words or (
        (len(words) < _FEWEST_SAID or lexicon.WEAK.issuperset(folded[begin:end].replace(",", " ").split()))
        and not tells_of_digits(folded, behind)
    ):
        return None
    language = next(each for each in words[-1] if each in languages)
    return _with_digits(folded, floor, begin, "".join([each[language] for each in reversed(words)]))


_FEWEST_SAID = 2
_NATIVE = "native"


def _digit_meanings(word: str) -> dict[str, str] | None:
    """The digits that a word means, by language; None if it is none of digits."""
    meant = {language: digits for language, digits in lexicon.MEANINGS.get(word, {}).items() if len(digits) == 1}
    if not meant and not word.isascii() and word in lexicon.NATIVE:
        return {_NATIVE: lexicon.NATIVE[word]}
    return meant or None


_BRACKETED_DIGITS = re.compile(
    r"(?<![a-z0-9._%+\-'])(?P<part>[a-z0-9][a-z0-9._%+\-']{1,40})"
    rf"(?P<digits>(?:[(\[{{](?:{'|'.join(mail_words.DIGIT_WORDS)}|[0-9])[)\]}}]){{1,6}})$"
)
_IN_BRACKETS = re.compile(r"[a-z0-9]+")


def bracketed_digits(folded: str, floor: int, end: int) -> tuple[int, str] | None:
    """(start, mailbox name) of a name whose digits stand behind it in brackets: `jen(two)(1)@`."""
    match = _BRACKETED_DIGITS.search(folded, floor, end)
    if match is None or VALID_LOCAL.fullmatch(match.group("part")) is None:
        return None
    digits = [mail_words.DIGIT_WORDS.get(each, each) for each in _IN_BRACKETS.findall(match.group("digits"))]
    return match.start(), match.group("part") + "".join(digits)
