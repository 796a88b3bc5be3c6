"""Splink on the records of link_scale: a table of one column per field, ordinary settings, weights learned by EM.

Five blocking rules, Jaro-Winkler on names, equality with term frequencies elsewhere, clusters at 0.9. A column holds
one value, so a second identifier of one kind goes into a second column, which only widens what Splink blocks on.
"""

from __future__ import annotations

from collections.abc import Sequence

from minerva.linking.model import LinkRecord

KINDS = ("phone", "email", "username", "url")


def link_with_splink(records: Sequence[LinkRecord]) -> list[str]:
    """Returns the cluster of each record."""
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    columns: dict[str, list[str | None]] = {name: [] for name in ("unique_id", "first", "last", "city", *KINDS)}
    for record in records:
        first, _, last = record.name.partition(" ")
        columns["unique_id"].append(record.record_id)
        columns["first"].append(first or None)
        columns["last"].append(last or None)
        columns["city"].append(record.city or None)
        by_kind = {value.partition(":")[0]: value for value in reversed(record.identifiers)}
        for kind in KINDS:
            columns[kind].append(by_kind.get(kind))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("first", [0.92, 0.8]),
            cl.JaroWinklerAtThresholds("last", [0.92, 0.8]),
            cl.ExactMatch("city"),
            *(cl.ExactMatch(kind).configure(term_frequency_adjustments=True) for kind in KINDS),
        ],
        blocking_rules_to_generate_predictions=[
            *(block_on(kind) for kind in ("phone", "email", "username")),
            block_on("last", "city"),
            block_on("first", "city"),
        ],
    )
    api = DuckDBAPI()
    linker = Linker(api.register(pa.table(columns)), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("phone"), block_on("email"), block_on("username")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("email"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("last", "city"))
    pairs = linker.inference.predict(threshold_match_probability=0.9)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.9)
    found = {row["unique_id"]: str(row["cluster_id"]) for row in clusters.as_record_list()}
    return [found[record.record_id] for record in records]
