"""Says in one sentence what holds an entity together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from minerva.linking.model import Hub, Join, LinkRecord
from minerva.linking.strength import title_of


def explain(records: Sequence[LinkRecord], joins: Sequence[Join], hubs: Mapping[str, Hub]) -> str:
    """Returns e.g. "These 7 records: phone in 5, e-mail in 3; name and address in 2". Hubs are named as set aside."""
    if len(records) == 1:
        text = "One record: nothing it holds links it to another"
    else:
        joining = {join.identifier for join in joins if join.rule == "shared_identifier"}
        counts: Counter[str] = Counter()
        for record in records:
            counts.update({title_of(value) for value in record.identifiers if value in joining})
        parts = [f"{title} in {count}" for title, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        compared = {record for join in joins if join.rule == "name_address" for record in (join.a, join.b)}
        if compared:
            parts.append(f"name and address in {len(compared)}")
        text = f"These {len(records)} records: {', '.join(parts)}"
    aside = sorted({value for record in records for value in record.identifiers if value in hubs})
    if aside:
        text += f"; {len(aside)} shared contact{'s' if len(aside) > 1 else ''} set aside"
    return text
