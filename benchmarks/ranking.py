"""How well a ranking finds the few: AUC, what the highest tenth holds, how far stated chances are from the truth; and
chances that rise with it."""

from __future__ import annotations

from collections.abc import Sequence


def auc(pairs: Sequence[tuple[float, bool]]) -> float:
    """How often an illicit business stands above a benign one; ties count half."""
    ordered = sorted(pairs)
    ranks: dict[float, float] = {}
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks[ordered[at][0]] = (at + end + 1) / 2
        at = end
    positive = [ranks[value] for value, illicit in ordered if illicit]
    count = len(positive)
    return (sum(positive) - count * (count + 1) / 2) / (count * (len(ordered) - count))


def capture(pairs: Sequence[tuple[float, bool]], share: float = 0.1) -> float:
    """The share of illicit businesses among the highest tenth; ties at the edge count in part."""
    ordered = sorted(pairs, key=lambda pair: -pair[0])
    most = int(len(ordered) * share)
    edge = ordered[most - 1][0]
    above = [illicit for value, illicit in ordered if value > edge]
    tied = [illicit for value, illicit in ordered if value == edge]
    return (sum(above) + sum(tied) * (most - len(above)) / len(tied)) / sum(illicit for _, illicit in ordered)


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of the chance."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for chance, illicit in pairs:
        bins.setdefault(min(9, int(chance * 10)), []).append((chance, illicit))
    return sum(
        abs(sum(chance for chance, _ in held) - sum(illicit for _, illicit in held)) for held in bins.values()
    ) / len(pairs)


def never_falling(rows: Sequence[tuple[float, float]]) -> list[tuple[float, int]]:
    """(chance, how many rows it is of) for (chance, weight) in order: neighbors are one while a chance would fall."""
    made: list[tuple[float, float, int]] = []
    for chance, weight in rows:
        made.append((chance, weight, 1))
        while len(made) > 1 and made[-2][0] > made[-1][0]:
            last, before = made.pop(), made.pop()
            both = before[1] + last[1]
            made.append(((before[0] * before[1] + last[0] * last[1]) / both, both, before[2] + last[2]))
    return [(chance, count) for chance, _, count in made]
