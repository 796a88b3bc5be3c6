"""Numbers of which only the last digits are written, behind a slash after a whole one: `0121 496 0241/0249`.

Linear in the text: one place right behind a number is looked at.
"""

from __future__ import annotations

from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import CONFIDENCE, Hit
from minerva.identifiers.plans import after_plus

_MORE = late(r" ?/ ?([0-9]{3,4})(?![^\W_]|[\-.,:] ?[0-9]| [0-9])")
_LAST_GROUP = late(r"(?<![0-9])[0-9]{3,4}$")
_MOST = 4
"""Further numbers of one row."""


def with_others(text: str, hits: list[Hit]) -> list[Hit]:
    """The numbers found in one candidate, by start, and those that share all but the last group with the last one."""
    start, end, number, method, _ = hits[-1]
    last = _LAST_GROUP.search(text, start, end)
    if method != "digits" or last is None:
        return hits
    size = len(last[0])
    found = list(hits)
    for _ in range(_MOST):
        more = _MORE.match(text, end)
        if more is None or len(more[1]) != size:
            break
        other = after_plus((number[1:-size] + more[1]).encode())
        if other and other != number:
            found.append((*more.span(1), other, "split", CONFIDENCE["split"]))
        end = more.end()
    return found
