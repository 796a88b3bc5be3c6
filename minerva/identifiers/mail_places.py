"""Where addresses stand that were found in a text made of another, and which of those found there they replace."""

from __future__ import annotations

from minerva.identifiers.mail_boxes import VALID_LOCAL
from minerva.identifiers.mail_unlike import Found
from minerva.identifiers.spans import meets


def in_original(found: list[Found], starts: list[int], parts: list[tuple[int, int]], method: str) -> list[Found]:
    """The addresses of a text that was made of another, of which each character is from one of `starts`, that have a
    part in one of the `parts` which were changed, with their places there."""
    told = []
    spans = sorted(parts)
    for each in found:
        start, end = starts[each.start], starts[each.end - 1] + 1
        if meets(spans, start, end):
            told.append(each._replace(start=start, end=end, method=method, others=()))
    return told


def in_place_of_parts(found: list[Found], whole: list[Found]) -> list[Found]:
    """`found` with addresses in place of the parts of them that are found."""
    if not whole:
        return found
    spans = [(each.start, each.end) for each in whole]
    return sorted([each for each in found if not meets(spans, each.start, each.end)] + whole)


def addresses(found: list[Found]) -> list[Found]:
    """`found` without what has no mailbox name: one too long, or with dots in a row (`jen..4u, then the usual
    @gmail.com`). Those written plainly have one."""
    return [each for each in found if each.method == "plain" or _has_mailbox(each.address)]


def _has_mailbox(address: str) -> bool:
    local = address.partition("@")[0]
    return len(local) <= _LONGEST and VALID_LOCAL.fullmatch(local) is not None


_LONGEST = 64
