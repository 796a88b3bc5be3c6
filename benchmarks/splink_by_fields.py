"""Splink on a set of link_quality, set up from the columns that the set has, with ordinary settings and no labels.

`link_splink` is set up for people with contacts and cannot learn where a column is empty. Here names compare by
Jaro-Winkler (first and other words apart where names are mostly of two words, as people's are), addresses by
Levenshtein, the rest by equality with term frequencies; candidates share a contact, a postcode, an address or a name;
EM learns from two blockings; clusters at 0.9.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.link_splink import KINDS
from minerva.linking.model import LinkRecord

FILLED = 0.02
"""A column with values in fewer of the records is left out."""
NAMED = ("first", "last", "name")
ALONE = (*KINDS, "local_phone", "postcode", "address", "name")
TOGETHER = (("last", "city"), ("first", "city"), ("first", "last"))


def columns_of(records: Sequence[LinkRecord]) -> dict[str, list[str | None]]:
    """Returns the table: unique_id and every column that is filled enough, None for no value."""
    words = statistics.median([len(record.name.split()) for record in records if record.name] or [0])
    left_out = {"name"} if words <= 2 else {"first", "last"}
    table: dict[str, list[str | None]] = {name: [] for name in {*NAMED, "city", *ALONE} - left_out}
    for record in records:
        name = record.name.casefold()
        first, _, last = name.partition(" ")
        by_kind = {value.partition(":")[0]: value for value in reversed(record.identifiers)}
        row = {**by_kind, "first": first, "last": last, "city": record.city.casefold(), "postcode": record.postcode}
        row.update(address=record.address.casefold(), name=name)
        for field, column in table.items():
            column.append(row.get(field) or None)
    held = {name: column for name, column in table.items() if len(records) - column.count(None) > FILLED * len(records)}
    varied = {name: column for name, column in held.items() if len({*column} - {None}) > 1}
    return {"unique_id": [record.record_id for record in records], **dict(sorted(varied.items()))}


def link_by_fields(records: Sequence[LinkRecord]) -> dict[str, str]:
    """Returns record -> cluster. Raises what Splink says when it cannot learn from the set."""
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    columns = columns_of(records)
    alone = [(name,) for name in ALONE if name in columns]
    rules = [*alone, *(pair for pair in TOGETHER if columns.keys() >= {*pair})]
    compared: list[Any] = []
    for name in [*columns][1:]:
        if name in NAMED:
            compared.append(cl.JaroWinklerAtThresholds(name, [0.92, 0.8]))
        elif name == "address":
            compared.append(cl.LevenshteinAtThresholds(name, [2, 5]))
        else:
            compared.append(cl.ExactMatch(name).configure(term_frequency_adjustments=True))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=compared,
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
    )
    linker = Linker(DuckDBAPI().register(pa.table(columns)), settings)
    sure = [rule for rule in rules if rule not in (("postcode",), ("name",))]
    linker.training.estimate_probability_two_random_records_match([block_on(*rule) for rule in sure], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    # One blocking leaves its own columns unlearned; the other, of other columns, learns them.
    second = next((rule for rule in reversed(rules) if not {*rule} & {*rules[0]}), None)
    if second is None:
        raise ValueError("it has columns for one blocking alone")
    for rule in (rules[0], second):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    pairs = linker.inference.predict(threshold_match_probability=0.9)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.9)
    return {row["unique_id"]: str(row["cluster_id"]) for row in clusters.as_record_list()}
