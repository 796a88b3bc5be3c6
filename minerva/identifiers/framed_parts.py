"""North American numbers whose groups have other words between, told by the signs around these or by words for the
order: `702 (as always) 555 (my lucky one) 0134`, `first half: 904 55, second half: 5 01 76`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import Hit, Token, whole_of
from minerva.identifiers.plans import Dialing

_DIGITS = late("[0-9]+")
_BRACKET, _DASH, _LINE, _STAR, _ANGLE = b"(-_*<"
_ASIDE = r"(?:\([^0-9() ]{1,20} [^0-9()]{1,40}\)|<[^0-9<>]{1,40}>|_[^0-9_]{1,40}_|\*[^0-9*]{1,40}\*| - [^0-9]{1,30} - )"
"""Other words between the groups of a number, in signs around them; a word alone in brackets names what it follows:
`312 (king) 555 (queen)`."""
_AREA, _LAST = "[2-9](?:[ .-]?[0-9]){2}", "[0-9](?:[ .-]?[0-9]){3}"
_CLAUSE = r"\((?:[^0-9() ]{1,20} ){2,10}[^0-9()]{1,20}\)"
"""Three words at least."""
_ENDS_FIRST = late(
    r"(?<![^\W_])(?:end(?:s|ing)? (?:in|with)|last (?:four|4|digits)(?: digits)?(?: are| is|:)?) ([0-9]{4})(?![0-9])"
    r"[^0-9]{1,40}"
    r"(?:(?:start|begin)(?:s|ning|ing)?(?: off)? (?:in|with)|first (?:six|6|digits)(?: digits)?(?: are| is|:)?)"
    r" ([2-9][0-9]{2})[ .\-]?([2-9][0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
"""`it ends in 0185 and starts with 615 555`, `the last four are 0185, the first six 615 555`."""
_IN_HALVES = late(
    r"(?<![^\W_])(?:first|1st) (?:half|part)[^0-9]{0,24}((?:[0-9][ .\-]?){3,7})(?![0-9])[^0-9]{0,160}"
    r"(?:second|2nd|other) (?:half|part)[^0-9]{0,24}((?:[0-9][ .\-]?){2,6}[0-9])(?![0-9])",
    re.IGNORECASE,
)
"""`first half: 904 55, second half: 5 01 76`."""
_FRAMED_BYTES = late(
    # as many bytes as the characters can be
    rb"[0-9](?:\)[^0-9()]{1,120}\([0-9]"
    rb"| ?(?:\([^0-9()]{3,244}\)|<[^0-9<>]{1,160}>|_[^0-9_]{1,160}_|\*[^0-9*]{1,160}\*|- [^0-9]{1,120} -)[ \n]?[2-9])"
)
_FRAMED = late(
    r"(?<![0-9])(?:\(([2-9][0-9]{2})\)[^0-9()]{1,30}\(([2-9][0-9]{2})\)[^0-9()]{1,30}\(([0-9]{4})\)"
    rf"|({_AREA}) ?{_ASIDE} ?({_AREA}) ?{_ASIDE} ?({_LAST})(?![0-9]| ?[(\[])"
    rf"|([2-9][0-9]{{2}}) ?{_CLAUSE}[ \n]?([2-9][0-9]{{2}}) ?{_CLAUSE}[ \n]?([0-9]{{4}})(?![0-9]))"
)
"""Groups of a North American number with other words between, each in brackets, or signs around all words."""


def may_hold(left: bytes) -> bool:
    """Whether a text (UTF-8) can hold groups with signs around the words between; words alone are not asked for."""
    # Signs around both words, or brackets around all groups; that there are none of a sign is sooner seen than counted.
    return (
        (_BRACKET in left and left.count(b"(") > 1)
        or (_DASH in left and left.count(b"-") > 3)
        or (_LINE in left and left.count(b"_") > 3)
        or (_STAR in left and left.count(b"*") > 3)
        or (_ANGLE in left and left.count(b"<") > 1)
    ) and _FRAMED_BYTES.search(left) is not None


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are told so."""
    found: list[Hit] = []
    for match in _FRAMED.finditer(text):
        tokens = [
            Token("".join(_DIGITS.findall(match[each])), *match.span(each)) for each in range(1, 10) if match[each]
        ]
        found += whole_of(tokens, text, rules)
    for pattern, order in ((_ENDS_FIRST, (2, 3, 1)), (_IN_HALVES, (1, 2))):
        for match in pattern.finditer(text):
            found += _in_one(text, match, order, rules)
    return found


def _in_one(text: str, match: re.Match[str], order: Sequence[int], rules: Dialing) -> list[Hit]:
    """The number that the groups of a match are, in some order."""
    digits = "".join([digit for each in order for digit in _DIGITS.findall(match[each])])
    first, last = min(match.start(each) for each in order), max(match.end(each) for each in order)
    return whole_of([Token(digits, first, last)], text, rules)
