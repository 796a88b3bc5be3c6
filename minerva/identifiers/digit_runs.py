"""Runs of digits with odd signs between them, or with their area code told apart.

Which part of a run is a phone is decided by the numbering plan (phone_tokens.py). Everything is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minerva.identifiers import digit_gaps, id_labels, phone_context
from minerva.identifiers.characters import folded
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.lookalike_runs import LOOKALIKE, SIGN_BYTES
from minerva.identifiers.phone_shapes import BEFORE, CLUSTER, FEWEST, FULL, SHAPE, TO_BLANKS
from minerva.identifiers.phone_tokens import Row, Run, Token, token_of
from minerva.identifiers.word_roles import ONE_DIGIT

_GROUP = late(r"[0-9]+")
_ODD = late(r"[0-9](?:[\W_]{0,7}[0-9]){6,40}")
_MOST = 41
_WIDEST = 7
"""Signs between two digits of a run."""
_TOO_WIDE = b" " * (_WIDEST + 1)
_DIGIT_BYTES = bytes(48 if 48 <= code <= 57 else code for code in range(256))
_SEPARATORS = bytes(code for code in range(256) if code > 127 or not (chr(code).isalnum() or chr(code) in "$%:"))
_UNLIKE_SEPARATORS = bytes(code for code in _SEPARATORS if chr(code) not in LOOKALIKE)
_TIGHT_SEPARATORS = bytes(code for code in _SEPARATORS if code != 32)
_COLON = ord(":")
_COLONS = re.compile(
    # A colon first, as few texts have many; most of those have no digits around.
    rb":(?=:? ?[0-9])(?:(?<=[0-9]:)|(?<=[0-9] :))(?:(?<=[0-9]{2}:):?[0-9]{2,4}::?[0-9]{2,4}::?[0-9]"
    rb"|(?<=[0-9]{3}:):?[0-9]{3}::?[0-9]{3}"
    rb"|(?<=[0-9]:):?[0-9]::?[0-9](?: ?::? ?[0-9]){3}|(?<=[0-9] :):? [0-9]{1,4} ::? [0-9]{1,4}(?![0-9]))"
)


FAR, NEAR, DENSE = range(3)


def gathered(encoded: bytes, found: bool) -> int:
    """How digits stand together in a text (UTF-8), separators aside: DENSE seven of them, NEAR seven of them and signs
    like them, FAR neither, where lookalike_runs.may_hold says no too; where numbers were `found` already never FAR, and
    DENSE only if no blanks stand between the digits."""
    if _COLON in encoded and _COLONS.search(encoded) is not None:
        return DENSE
    # `find`, as `in` of bytes takes three times as long.
    if found:
        return DENSE if encoded.translate(_DIGIT_BYTES, _TIGHT_SEPARATORS).find(CLUSTER) >= 0 else NEAR
    if encoded.translate(SIGN_BYTES, _UNLIKE_SEPARATORS).find(CLUSTER) < 0:
        return FAR
    return DENSE if encoded.translate(_DIGIT_BYTES, _SEPARATORS).find(CLUSTER) >= 0 else NEAR


def _odd_spans(text: str, kinds: bytes) -> Iterable[tuple[int, int]]:
    """The spans of all matches of _ODD, found sooner in ASCII; parameters as for `odd_runs`."""
    if not text.isascii():
        return [match.span() for match in _ODD.finditer(text)]
    spans = []
    match = _no_letters(kinds)
    while match is not None:
        start, end = match.span()
        digits = kinds.count(b"9", start, end)
        if digits >= FEWEST:
            last = kinds.rfind(b"9", start, end) + 1
            signs = last - start - digits
            if digits >= _MOST or (signs > _WIDEST and kinds[start:last].translate(TO_BLANKS).find(_TOO_WIDE) >= 0):
                spans += [odd.span() for odd in _ODD.finditer(text, start - BEFORE, last - BEFORE)]
            else:
                spans.append((start - BEFORE, last - BEFORE))
        match = _no_letters(kinds, end)
    return spans


# A digit first, so that the search skips from digit to digit.
_no_letters = re.compile(rb"9[^a]{6,}").search


def odd_runs(text: str, kinds: bytes, taken: list[tuple[int, int]]) -> Iterator[Run]:
    """Runs of seven digits or more with odd signs between (`415*555*0123`), outside the spans that are `taken`
    (sorted). Runs over line ends are read as `split`. `kinds` is the text by phone_shapes.KINDS behind blanks."""
    done = 0
    may_have_plus = "+" in text
    index = 0
    for start, end in _odd_spans(text, kinds):
        if start < done:
            continue
        full = end - start >= _MOST and sum(map(text[start:end].count, "0123456789")) == _MOST
        reach = len(text) if full else end
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        near = index < len(taken) and taken[index][0] < reach
        if near and not full and taken[index][0] <= start and end <= taken[index][1]:
            done = end
            continue
        if not (near or full or may_have_plus):
            written = text[start:end].encode("utf-8", "surrogatepass")
            shape = written.translate(SHAPE)
            row = _rows.get(shape) or _row(shape)
            if row[0] != _CUT and not (row[0] and _is_id(text, start)):
                done = end
                if row[0]:
                    yield Row(text, (start, end), written.translate(None, _NOT_DIGITS).decode(), row)
                continue
        tokens: list[Token] = []
        gaps: list[str] = []
        last = -1
        for group in _GROUP.finditer(text, start, reach):
            first, behind = group.span()
            gap = ""
            if last >= 0:
                gap = text[last:first]
                if full and len(gap) > 7:
                    break
            blocked = False
            if near:
                while index < len(taken) and taken[index][1] <= first:
                    index += 1
                blocked = index < len(taken) and taken[index][0] < behind
            plus = may_have_plus and not (tokens and gap.strip(" ") in _PLUSES) and phone_context.has_plus(text, first)
            if tokens and (blocked or plus or digit_gaps.gap_kind(gap) == digit_gaps.APART):
                yield from _odd_tokens(text, tokens, gaps)
                tokens, gaps = [], []
            if blocked:
                last = -1
            else:
                if tokens:
                    gaps.append(gap)
                tokens.append(token_of((group[0], first, behind, plus, False)))
                last = behind
            done = behind
        yield from _odd_tokens(text, tokens, gaps)


def _is_id(text: str, start: int) -> bool:
    """Whether the first group of a run, long enough to be one, is an id."""
    return text[start : start + _FEWEST_OF_ID].isdigit() and id_labels.follows_id(text, start)


_PLUSES = frozenset(["+", "+++"])
"""What stands between groups and begins no number."""
_FEWEST_OF_ID = 6
_NOT_DIGITS = bytes(code for code in range(256) if not 48 <= code <= 57)
_CUT = "cut"
_rows: dict[bytes, tuple[str, int]] = {}
"""How groups that look alike (each digit as 9, in UTF-8) are read in one run, "" for those that are none, and how many
they are; _CUT for those with a gap that ends a run."""
_MOST_ROWS = 4096


def _row(shape: bytes) -> tuple[str, int]:
    written = shape.decode("utf-8", "surrogatepass")
    spans = [match.span() for match in _GROUP.finditer(written)]
    groups, gaps = [written[start:end] for start, end in spans], _GROUP.split(written)[1:-1]
    method = _CUT
    if not (digit_gaps.ends_run(gaps) or digit_gaps.spelled_behind(gaps, groups)):
        pieces = list(digit_gaps.parts(gaps))
        methods = {
            digit_gaps.method_of(written[spans[first][0] : spans[last][1]], groups[first : last + 1], gaps[first:last])
            for first, last in pieces
        }
        if pieces == [(0, len(gaps))] or methods <= {""}:
            method = "".join(methods)
    return keep(_rows, shape, (_CUT if method == digit_gaps.IF_TOLD else method, len(groups)), _MOST_ROWS)


def _odd_tokens(text: str, tokens: list[Token], gaps: list[str]) -> Iterator[Run]:
    if digit_gaps.is_in_lines(tokens, gaps) or digit_gaps.is_in_lines_behind_plus(tokens, gaps):
        yield Run(tokens, "split")
        return
    if "\n" not in gaps or len(set(gaps)) == 1 or digit_gaps.is_wrapped(tokens, gaps):
        yield from _in_one_line(text, tokens, gaps)
        return
    # A line that ends is no odd sign among others, but where they stand at the beginnings of all lines.
    first = 0
    for place, gap in enumerate([*gaps, "\n"], 1):
        if gap == "\n":
            yield from _in_one_line(text, tokens[first:place], gaps[first : place - 1])
            first = place


def _in_one_line(text: str, tokens: list[Token], gaps: list[str]) -> Iterator[Run]:
    ended = digit_gaps.sentence_end(gaps) or digit_gaps.spelled_behind(gaps, [token.digits for token in tokens])
    if not ended and gaps and _is_id(text, tokens[0].start):
        ended = 1
    if ended:
        tokens, gaps = tokens[ended:], gaps[ended:]
    if gaps and tokens[0].plus and text[tokens[-1].end : tokens[-1].end + 1] == "+" and set(gaps) == {"+"}:
        # `+415+555+0123+`
        tokens[0] = tokens[0]._replace(plus=False)
    for first, last in digit_gaps.parts(gaps) if gaps else ():
        some, between = tokens[first : last + 1], gaps[first:last]
        method = digit_gaps.method_of(text[some[0].start : some[-1].end], [each.digits for each in some], between)
        if method == digit_gaps.IF_TOLD and not digit_gaps.is_told(text, some, between):
            some = digit_gaps.last_of(some, between)
            method = "separators" if some else ""
        if method:
            yield Run(some, method if method != digit_gaps.IF_TOLD else "split" if "\n" in between else "separators")


_AREA = r"([2-9][0-9]{2}|[2-9]([ .\-])[0-9]\2[0-9])"
_LOCAL = r"([2-9][0-9]{2}[ .\-]?[0-9]{4}|[2-9]([ .\-])[0-9](?:\4[0-9]){5})"
"""Three and seven digits in a row, in the usual groups or each apart; of _AREA_BEFORE, where they are the first and the
third group."""
PLACED = "(?: (?:in front|before it|first|to use))?"
"""Where an area code is said to stand."""
_TOLD = rf"(?:area code|prefix|\(area){PLACED}[ :]{{0,2}}(?:is )?"
"""What names an area code."""
_AREA_BEHIND = late(
    rf"(?<![0-9])([2-9][0-9]{{2}})[ .\-]?([0-9]{{4}})(?![0-9]).{{0,100}}?(?:{_TOLD}[(\[]? ?"
    r"([2-9][0-9]{2})[)\]]?(?![0-9])|(?<![0-9])([2-9][0-9]{2}) (?:area code|prefix))",
    re.IGNORECASE,
)
_AREA_BEFORE = late(rf"{_TOLD}[(\[]? ?{_AREA}(?![0-9]).{{1,100}}?(?<![0-9$]){_LOCAL}(?![0-9])", re.IGNORECASE)
_AREA_IN_WORDS = late(
    rf"(?<![0-9])([2-9][0-9]{{2}}(?:[ .\-]?[0-9]{{2}}){{2}})(?![0-9]).{{0,100}}?{_TOLD}"
    r"([^\W\d_]+)[ \-]([^\W\d_]+)[ \-]([^\W\d_]+)",
    re.IGNORECASE,
)
_DDD_BEHIND = late(
    r"(?<![0-9])(9?[2-9][0-9]{3})[ .\-]?([0-9]{4})(?![0-9]).{0,100}?(?<![^\W_])ddd[ :]{0,2}(?:(?:é|e|is) )?\(?"
    r"([1-9][0-9])(?![0-9])",
    re.IGNORECASE,
)


def area_apart_runs(text: str) -> Iterator[Run]:
    """Numbers of North America and Brazil whose area code is named apart: `555-0149, area code (312)`."""
    for pattern in (_AREA_BEHIND, _DDD_BEHIND):
        for match in pattern.finditer(text):
            first, second, *areas = match.groups()
            yield Run([Token("".join(filter(None, areas)) + first + second, *match.span())], "split")
    for match in _AREA_IN_WORDS.finditer(text):
        area = "".join([ONE_DIGIT.get(folded(word), "?") for word in match.groups()[1:]])
        if area.isdigit():
            yield Run([Token(area + "".join(_GROUP.findall(match[1])), *match.span())], "split")
    for match in _AREA_BEFORE.finditer(text):
        digits = "".join(_GROUP.findall(match[1] + match[3]))
        yield Run([Token(digits, match.start(1), match.end(3))], "split")


_CROSSED = late(
    r"(?:(?<![^\W_])|(?<=[Cc]all)|(?<=[Tt]ext))[xX]?(?:[0-9](?:[xX][0-9]){9,14}|[2-9][0-9]{2}[xX][2-9][0-9]{2}[xX][0-9]{4})[xX]?"
    r"(?![^\W_]| ?(?:mm|cm|in)\b)"
)
_BETWEEN_ALL = late(
    # A letter of hexadecimal digits is none of those: dumps of bytes repeat themselves.
    r"(?<![^\W_])[0-9]((?![xX])([~*_|]?)[g-zG-Z]\2)[0-9](?:\1[0-9]){8,13}(?![^\W_])"
)
_BETWEEN_ANY = late(r"(?<![^\W_])[0-9]{1,4}(?:[a-zA-Z]{1,3}[0-9]{1,4}){3,13}[a-zA-Z]{0,3}(?![^\W_])")
_LEAVE_OUT = late(
    rb"(?:remov|ignor|delet|drop|skip|without|leav|take|strip|omit|minus|cross|not count|quit|sin|saque|tira|sem|enlev"
    rb"|retir|sans|ohne|weglass|streich|toglie|togli|senza|zonder|bez)[^.\n]{0,24}"
    rb"(?:letter|letra|lettre|buchstaben|lettere|liter)"
    rb"|(?:letters?|letras|lettres|lettere|buchstaben) (?:out|away|off|weg|raus)"
    rb"|(?:only|just|solo|nur|seulement|juste|so)(?: \w{2,4}){0,2}"
    rb" (?:numbers|digits|numeros|zahlen|ziffern|chiffres|numeri)"
    rb"|(?:numbers|digits) only",
    re.IGNORECASE,
)
"""What says that of digits with letters between the letters are none of the number; in UTF-8, without accents."""
_WITH_X = late(rb"[0-9][xX][0-9]")
_BY_X = late(r"(?:^[xX])?[0-9]+(?:[xX]$)?")


_FEW_LETTERS = late(rb"9a{1,3}9{1,4}a{1,3}9{1,4}a{1,3}9")


def may_be_crossed(encoded: bytes, kinds: bytes) -> bool:
    """Whether an x stands between two digits of a text, or the same letter between many; `kinds` is the text by
    phone_shapes.KINDS."""
    at = kinds.find(b"9a")
    if at >= 0 and _FEW_LETTERS.search(kinds, at) is not None and _LEAVE_OUT.search(encoded) is not None:
        return True
    at = kinds.find(b"9a9", at) if at >= 0 else -1
    if at >= 0:
        if (encoded.find(b"x") >= 0 or encoded.find(b"X") >= 0) and _WITH_X.search(encoded) is not None:
            return True
        if kinds.find(b"9a9a9a9a9a9", at) >= 0:
            return True
    # Signs around the letter.
    return kinds.find(b"9*a*9*a*9") >= 0


def crossed_runs(text: str, in_north_america: bool) -> Iterator[Run]:
    """Runs of digits with an x between each two, or between the groups of a North American number: `514x555x0143`;
    or with the same letter between each two, or with any where the text says that letters are left out. Other groups
    are measures."""
    for match in _CROSSED.finditer(text):
        start = match.start()
        groups = list(_BY_X.finditer(match[0]))
        if in_north_america or len(groups) >= FULL - 1:
            yield Run([Token(each[0].strip("xX"), start + each.start(), start + each.end()) for each in groups],
                      "separators")  # fmt: skip
    is_told = _LEAVE_OUT.search(text.encode("utf-8", "surrogatepass")) is not None
    for pattern in (_BETWEEN_ALL, _BETWEEN_ANY) if is_told else (_BETWEEN_ALL,):
        for match in pattern.finditer(text):
            tokens = [
                token_of((digit[0], *digit.span(), False, False)) for digit in _GROUP.finditer(text, *match.span())
            ]
            # Letters behind the last digit are left out as well.
            tokens[-1] = tokens[-1]._replace(end=match.end())
            yield Run(tokens, "separators")
