"""The synthetic world: reproducible, only reserved contacts, truth for every row, and as hard as the field."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.world_difficulty import components_score, matcher_recall
from demo.world import LEVELS, UNTIL, World, build
from demo.world.build import SOURCES
from demo.world.contacts import MESSY_EMAILS, MESSY_HANDLES, MESSY_PHONES
from demo.world.levels import hard_regimes
from demo.world.places import MAIL_HOSTS
from demo.world.truth import count_pairs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def world() -> World:
    return build(records=1500, seed=11)


def as_text(world: World) -> str:
    return json.dumps({t: [i.row for i in rows] for t, rows in world.published.items()}, ensure_ascii=False)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(world: World) -> None:
    assert as_text(build(records=1500, seed=11)) == as_text(world)
    assert as_text(build(records=1500, seed=12)) != as_text(world)


def times(world: World) -> list[datetime]:
    """Returns when each advertisement was posted."""
    ads = [item.row for rows in world.published.values() for item in rows if item.source_id == "classified_ads"]
    return [datetime.fromisoformat(row["posted_at"]) for row in ads]


def test_a_world_ends_when_it_is_told_to_and_is_otherwise_the_same(world: World) -> None:
    until = datetime(2031, 5, 4, 3, 2, 1, tzinfo=UTC)
    moved = build(records=1500, seed=11, until=until)
    assert [time - until for time in times(moved)] == [time - UNTIL for time in times(world)]
    assert moved.truth("northfield") == world.truth("northfield")
    assert any((until - time).days == 0 for time in times(moved))


@pytest.mark.parametrize("count", [60, 1500, 4001])
def test_as_many_records_are_published_as_asked_for(count: int) -> None:
    assert sum(map(len, build(records=count).published.values())) == count


def test_every_source_of_every_tenant_has_rows(world: World) -> None:
    for tenant in world.published:
        assert all(world.rows(tenant, source_id) for source_id in SOURCES)


def test_keys_are_unique_within_a_source(world: World) -> None:
    for rows in world.published.values():
        keys = Counter((item.source_id, item.key) for item in rows)
        assert max(keys.values()) == 1


def test_phones_are_fictional_and_mail_is_at_example_domains(world: World) -> None:
    for item in (item for rows in world.published.values() for item in rows):
        assert all(re.fullmatch(r"\+1\d{3}555\d{4}", phone) for phone in item.phones)
        assert all(mail.partition("@")[2] in MAIL_HOSTS for mail in item.emails)


def test_some_operations_have_records_in_both_tenants(world: World) -> None:
    actors = [{item.actor_id for item in rows} for rows in world.published.values()]
    assert {actor for actor in actors[0] & actors[1] if actor.startswith("operation")}


def test_broken_rows_stand_among_the_good_ones_and_have_no_truth(world: World) -> None:
    for tenant, by_source in world.malformed.items():
        for source_id, broken in by_source.items():
            good = sum(item.source_id == source_id for item in world.published[tenant])
            assert len(world.rows(tenant, source_id)) == good + len(broken)
    assert any(broken for by_source in world.malformed.values() for broken in by_source.values())


@pytest.mark.parametrize("ways", [MESSY_PHONES, MESSY_EMAILS, MESSY_HANDLES], ids=["phones", "e-mails", "handles"])
def test_half_of_the_messy_ways_are_held_back_for_benchmarks(ways: tuple[object, ...]) -> None:
    held = sum(way.held_back for way in ways)  # type: ignore[attr-defined]
    assert held * 2 == len(ways)


@pytest.mark.parametrize("level", hard_regimes(), ids=lambda level: f"{level.operations_per_hub} per hub")
def test_the_hard_level_is_as_hard_as_the_field(level: object) -> None:
    hard = build(operations=600, level=level, held_back=True)  # type: ignore[arg-type]
    assert components_score(hard).f1 <= 0.05
    assert 0.30 <= matcher_recall(hard, 1500) <= 0.65


def test_levels_differ_in_how_plainly_contacts_are_written() -> None:
    assert LEVELS["easy"].plain > LEVELS["medium"].plain > LEVELS["hard"].plain


def test_the_world_shares_nothing_with_the_extractors() -> None:
    for path in sorted((ROOT / "demo" / "world").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not [name for name in names if name.split(".")[0] in ("minerva", "understudy", "assembly")], (
                path.name
            )


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        pytest.param({"1": "a", "2": "a", "3": "b"}, 1.0, 1.0, id="exact"),
        pytest.param({"1": "a", "2": "a", "3": "a"}, 1 / 3, 1.0, id="over-merged"),
        pytest.param({"1": "a", "2": "b", "3": "c"}, 1.0, 0.0, id="nothing joined"),
        pytest.param({"3": "b"}, 1.0, 0.0, id="records never found stand alone"),
    ],
)
def test_pairwise_scores(found: dict[str, str], precision: float, recall: float) -> None:
    score = count_pairs(found, {"1": "x", "2": "x", "3": "y"}).score()  # type: ignore[arg-type]
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)
