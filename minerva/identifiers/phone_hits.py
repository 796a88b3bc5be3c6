"""Numbers found in one text: what the runs of its tokens give, and which of several that overlap stand."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import TypeVar

from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_tokens import Hit, Run, numbers_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.spans import meets

_Place = TypeVar("_Place", Hit, Span)


def of_runs(runs: Iterable[Run], text: str, rules: Dialing) -> list[Hit]:
    """The numbers of runs, by their order."""
    if not rules.trunked:
        return [hit for run in runs for hit in numbers_of(run, text, rules)]
    return [hit for run in runs for hit in _from_trunk(run, text, rules) or numbers_of(run, text, rules)]


def _from_trunk(run: Run, text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a run from its first group with a trunk prefix on, where one begins with it: `22,50 \u2702
    06.3.8.1.0...` has a price before it. Digits in words stand alone, so that a whole number comes first there."""
    in_words = run.method == "words"
    if not (in_words or run.method == "separators") or run.count < 3 or run.plus or run.digits[0] == "0":
        return []
    tokens = run.tokens
    if in_words:
        whole = numbers_of(run, text, rules)
        if whole and whole[-1][1] >= run.end:
            return whole
    for place, token in enumerate(tokens):
        if place and token.digits[0] == "0" and (in_words or len(token.digits) > 1):
            found = numbers_of(Run(tokens[place:], run.method), text, rules)
            return found if found and found[0][0] <= token.start else []
    return []


def outside(hits: list[_Place], spans: list[Span]) -> list[_Place]:
    """The hits, or spans, that have no part in one of some spans, sorted."""
    return [hit for hit in hits if not meets(spans, hit[0], hit[1])] if spans else hits


def apart(hits: list[Hit]) -> list[Hit]:
    """Hits by start without overlaps: of two that overlap the surer one, of equally sure ones the longer."""
    taken: list[Hit] = []
    last = -1
    for hit in hits:
        if hit[0] < last:
            break
        last = hit[1]
    else:
        return hits
    for hit in sorted(hits, key=itemgetter(0)):
        if not taken or hit[0] >= taken[-1][1]:
            taken.append(hit)
        elif _sureness(hit) > _sureness(taken[-1]):
            taken[-1] = hit
    return taken


def _sureness(hit: Hit) -> tuple[float, int]:
    start, end, _, _, confidence = hit
    return confidence, end - start
