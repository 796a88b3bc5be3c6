"""What linking is set beside on a register: a plain rule, Splink as it comes, dedupe taught by half of the truth."""

from __future__ import annotations

from benchmarks.link_dedupe import is_shown, link_with_dedupe
from benchmarks.link_quality import records_of
from benchmarks.link_worlds import LinkSet
from minerva.addresses.postcodes import normal_postcode
from minerva.names.romanize import latin_words


def baseline(chosen: LinkSet) -> dict[str, str]:
    """Joins rows of equal normalized name and postcode."""
    found: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    for row in chosen.rows:
        code = normal_postcode(row.get("postcode", ""))
        key = " ".join(latin_words(row["name"])), code
        found[row["record_id"]] = first.setdefault(key, row["record_id"]) if all(key) else row["record_id"]
    return found


def taught(chosen: LinkSet) -> dict[str, str]:
    """dedupe, which learns from half of the true entities (seed 1)."""
    return link_with_dedupe(records_of(chosen), chosen.truth)


def unseen(chosen: LinkSet) -> dict[str, str]:
    """Returns the half of the truth that dedupe does not learn from."""
    return {record: entity for record, entity in chosen.truth.items() if not is_shown(entity)}
