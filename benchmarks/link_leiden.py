"""Weighted Leiden (Traag, Waltman, van Eck 2019) over records and identifiers: what community detection makes of hubs.

By igraph (GPL-2.0 or later; bench environment only). A link to an identifier that n records hold weighs 1 / (n - 1), so
the more share it the less it says; modularity at resolution 5.
"""

from __future__ import annotations

import importlib.util
import random
from collections import Counter
from collections.abc import Sequence

from minerva.linking.model import LinkRecord

RESOLUTION = 5.0


def is_here() -> bool:
    """True where igraph is installed."""
    return importlib.util.find_spec("igraph") is not None


def communities(records: Sequence[LinkRecord], seed: int = 1) -> list[int]:
    """Returns the community of each record."""
    import igraph

    held = Counter(value for record in records for value in record.identifiers)
    numbers = {value: len(records) + number for number, value in enumerate(each for each, n in held.items() if n > 1)}
    links = [
        (position, value) for position, record in enumerate(records) for value in record.identifiers if value in numbers
    ]
    graph = igraph.Graph(len(records) + len(numbers), [(position, numbers[value]) for position, value in links])
    igraph.set_random_number_generator(random.Random(seed))
    found = graph.community_leiden(
        "modularity", weights=[1 / (held[value] - 1) for _, value in links], resolution=RESOLUTION
    )
    labels: list[int] = found.membership[: len(records)]
    return labels
