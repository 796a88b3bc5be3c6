"""Clusters in batches: always the partition of a full rebuild, ids that stay, redirects that lead somewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.components import components
from minerva.linking.updates.incremental import Clusters, PlainClusters, clusters_of
from minerva.linking.updates.incremental_numpy import NumpyClusters
from minerva.linking.updates.link_batches import UnknownNodeError

NODES = 14


def plain(nodes: int, links: list[tuple[int, int]]) -> Clusters:
    return PlainClusters(nodes, links)


def fast(nodes: int, links: list[tuple[int, int]]) -> Clusters:
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    return NumpyClusters(nodes, ends[:, 0], ends[:, 1])


both = pytest.mark.parametrize("make", [plain, fast], ids=["plain", "numpy"])
node = st.integers(0, NODES - 1)
batch = st.lists(st.tuples(node, node), max_size=6)
step = st.tuples(st.sampled_from(["link", "unlink", "grow"]), batch)


def held_after(held: set[tuple[int, int]], action: str, links: list[tuple[int, int]]) -> set[tuple[int, int]]:
    named = {(min(pair), max(pair)) for pair in links}
    return held | named if action == "link" else held - named if action == "unlink" else held


@both
@settings(max_examples=300, deadline=None)
@given(first=batch, steps=st.lists(step, max_size=8))
def test_any_sequence_of_batches_is_the_partition_of_a_rebuild(
    make: Any, first: list[tuple[int, int]], steps: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    size, held = NODES, held_after(set(), "link", first)
    clusters = make(size, first)
    before = components(size, held)
    for action, links in steps:
        changes = None
        if action == "grow":
            clusters.grow(len(links))
            size += len(links)
        else:
            changes = getattr(clusters, action)(links)
        held = held_after(held, action, links)
        now = components(size, held)
        assert clusters.ids(range(size)) == now
        if changes:
            alive, were = set(now), set(before)
            assert changes.ended == {old: now[old] for old in were - alive}
            assert set(changes.begun) == alive - were - set(range(len(before), size))
        before = now


@both
def test_an_untouched_cluster_keeps_its_id_and_a_merge_keeps_the_older(make: Any) -> None:
    clusters = make(8, [(0, 1), (2, 3), (5, 6)])
    assert clusters.link([(3, 6)]).ended == {5: 2}
    assert clusters.ids([0, 1, 5, 6]) == [0, 0, 2, 2]


@both
def test_a_split_keeps_the_id_on_the_oldest_part_and_old_ids_still_lead_to_their_node(make: Any) -> None:
    clusters = make(6, [(0, 1), (2, 3), (4, 5)])
    clusters.link([(1, 2), (3, 4)])
    assert clusters.unlink([(1, 2)]).begun == [2]
    assert clusters.ids([0, 2, 4]) == [0, 2, 2]


@both
def test_a_hub_whose_links_are_all_taken_away_leaves_every_record_alone(make: Any) -> None:
    spokes = [(0, other) for other in range(1, 50)]
    clusters = make(50, spokes)
    assert clusters.unlink(spokes).begun == list(range(1, 50))
    assert clusters.ids(range(50)) == list(range(50))


@both
def test_a_link_to_an_unknown_node_is_refused_and_changes_nothing(make: Any) -> None:
    clusters = make(3, [(0, 1)])
    with pytest.raises(UnknownNodeError, match="there are 3"):
        clusters.link([(1, 2), (2, 3)])
    assert clusters.ids(range(3)) == [0, 0, 2]


def test_few_links_take_the_plain_path() -> None:
    assert isinstance(clusters_of(3, [(0, 1)]), PlainClusters)
