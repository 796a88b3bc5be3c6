"""Banks: three ways of searching agree, changes are seen at once, and a kill or a rebuild loses nothing."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.paths import ROOT
from minerva.images import bank_file, bank_log, search_numpy, search_plain
from minerva.images.bank import Bank, build, change
from minerva.images.bank_log import Change
from minerva.images.distance import distance, parse_hash, tier
from minerva.images.errors import BankError, HashError

BITS = st.integers(0, 255)
HASHES = st.integers(0, 2**256 - 1)


def flipped(value: int, bits: set[int]) -> int:
    for bit in bits:
        value ^= 1 << bit
    return value


@given(value=HASHES, bits=st.sets(BITS))
def test_the_distance_is_the_number_of_flipped_bits(value: int, bits: set[int]) -> None:
    assert distance(value, flipped(value, bits)) == len(bits) == distance(flipped(value, bits), value)


def test_tiers_say_what_a_distance_means_and_nothing_of_plain_pictures() -> None:
    said = [tier(bits) for bits in (0, 31, 32, 50, 51, 70, 71, 256)]
    assert said == ["same", "same", "likely", "likely", "possible: look", "possible: look", "", ""]
    assert (tier(0, quality=49), tier(0, quality=50)) == ("", "same")


@pytest.mark.parametrize("text", ["", "a" * 63, "a" * 65, "g" * 64, "0x" + "a" * 62, " " + "a" * 64, "a" * 64 + "\n"])
def test_a_text_that_is_no_hash_is_refused(text: str) -> None:
    with pytest.raises(HashError, match="64 hexadecimal digits"):
        parse_hash(text)


def columns_of(values: list[int]) -> tuple[array[int], ...]:
    columns = tuple(array("Q") for _ in range(4))
    for value in values:
        for column, word in zip(columns, search_plain.columns_of(value), strict=True):
            column.append(word)
    return columns


@settings(max_examples=150, deadline=None)
@given(
    query=HASHES,
    offsets=st.lists(st.sets(BITS, max_size=80), max_size=40),
    others=st.lists(HASHES, max_size=20),
    radius=st.integers(0, 70),
)
def test_the_index_the_scan_and_the_plain_path_agree(
    query: int, offsets: list[set[int]], others: list[int], radius: int
) -> None:
    values = [flipped(query, bits) for bits in offsets] + others + [query ^ (2**256 - 1)]
    columns, queries = columns_of(values), [query, query ^ 1]
    truth = sorted(
        (number, row, distance(each, value))
        for number, each in enumerate(queries)
        for row, value in enumerate(values)
        if distance(each, value) <= radius
    )
    assert sorted(search_plain.near(columns, queries, radius)) == truth
    assert sorted(search_numpy.near_by_scan(columns, queries, radius)) == truth
    if radius <= search_numpy.INDEXED_RADIUS:
        slots = [(column, slot) for column in columns for slot in range(4)]
        starts = b"".join(search_numpy.index_starts(*each) for each in slots)
        rows = b"".join(search_numpy.index_rows(*each) for each in slots)
        assert sorted(search_numpy.near_by_index(columns, starts, rows, queries, radius)) == truth


def random_rows(size: int, seed: int = 1) -> list[tuple[int, str]]:
    draw = random.Random(seed)
    return [(draw.getrandbits(256), f"picture {number}") for number in range(size)]


def test_an_indexed_bank_finds_every_hash_31_bits_away_and_the_scan_every_one_70_away(tmp_path: Path) -> None:
    rows = random_rows(bank_file.WORTH_INDEX)
    assert build(tmp_path / "bank", iter(rows)) == len(rows)
    bank, draw = Bank(tmp_path / "bank"), random.Random(2)
    assert len(bank_file.open_file(tmp_path / "bank").starts) > 0
    for bits, radius in ((31, 31), (50, 50), (70, 70)):
        for value, name in draw.sample(rows, 20):
            query = flipped(value, set(draw.sample(range(256), bits)))
            assert [(each.id, each.distance) for each in bank.search([query], radius)] == [(name, bits)]
            assert list(bank.search([query], bits - 1)) == []


def test_a_bank_without_numpy_answers_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = random_rows(2000)
    build(tmp_path / "bank", rows)
    queries = [flipped(value, set(range(40))) for value, _ in rows[:60]]
    monkeypatch.setattr("minerva.images.bank.WORTH_NUMPY", 0)
    fast = list(Bank(tmp_path / "bank").search(queries))
    monkeypatch.setattr("minerva.images.bank.WORTH_NUMPY", 10**9)
    assert list(Bank(tmp_path / "bank").search(queries)) == fast
    assert len(fast) == 60


def ids(bank: Bank, value: int) -> list[str]:
    return [match.id for match in bank.search([value], 31)]


def test_changes_are_seen_at_once_by_a_bank_that_is_open(tmp_path: Path) -> None:
    path = tmp_path / "bank"
    build(path, [(5, "old"), (7, "old too")])
    bank = Bank(path)
    change(path, [Change("new", 5), Change("old", None)])
    assert (ids(bank, 5), ids(Bank(path), 5)) == (["new", "old too"], ["new", "old too"])
    change(path, [Change("old", 4), Change("new", None)])
    assert ids(bank, 5) == ["old", "old too"]
    build(path, [(5, "third")])
    assert ids(bank, 5) == ["third"]


def test_what_is_added_during_a_rebuild_stays(tmp_path: Path) -> None:
    path = tmp_path / "bank"
    build(path, [])
    change(path, [Change("before", 1)])

    def rows() -> list[tuple[int, str]]:
        change(path, [Change("during", 1)])
        return [(1, "before")]

    build(path, (row for each in (rows,) for row in each()))
    assert ids(Bank(path), 1) == ["before", "during"]
    assert sorted(each.suffix for each in tmp_path.iterdir()) == ["", ".lock", ".log"]


def test_a_torn_line_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "bank"
    build(path, [])
    change(path, [Change("whole", 1)])
    log = bank_log.log_path(path, bank_file.open_file(path).token)
    change(path, [Change("torn-123", 1)])
    log.write_bytes(log.read_bytes()[:-3])
    bank = Bank(path)
    assert ids(bank, 1) == ["whole"]
    change(path, [Change("next", 1)])
    assert ids(bank, 1) == ids(Bank(path), 1) == ["next", "whole"]


ADD_WITHOUT_END = """
import sys
from pathlib import Path
from minerva.images.bank import change
from minerva.images.bank_log import Change
for number in range(10**9):
    change(Path(sys.argv[1]), [Change(f"picture {number}", number)])
    print(number, flush=True)
"""


def test_what_was_said_to_be_added_is_there_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "bank"
    build(path, [(2**256 - 1, "built")])
    with subprocess.Popen([sys.executable, "-c", ADD_WITHOUT_END, path], cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.3)
        child.kill()
        said = [int(line) for line in child.stdout.read().split(b"\n") if line]
    bank = Bank(path)
    assert said
    assert len(bank) in (said[-1] + 2, said[-1] + 3)
    assert all(f"picture {number}" in ids(bank, number) for number in (0, said[-1]))
    change(path, [Change("after", 2**256 - 1)])
    assert ids(bank, 2**256 - 1) == ["after", "built"]


@pytest.mark.parametrize("content", [b"", b"no bank", b'{"format": "minerva image bank 1"}'.ljust(600)])
def test_a_file_that_is_no_bank_is_refused_and_built_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bank"
    path.write_bytes(content)
    with pytest.raises(BankError, match="build it anew"):
        Bank(path)
    build(path, [(1, "one")])
    assert ids(Bank(path), 1) == ["one"]


def test_a_bank_that_is_cut_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bank"
    with pytest.raises(BankError, match="build it first"):
        Bank(path)
    build(path, random_rows(10))
    path.write_bytes(path.read_bytes()[:-64])
    with pytest.raises(BankError, match="another length"):
        Bank(path)


@pytest.mark.parametrize("name", ["", "two\nlines", "x" * 501])
def test_an_id_that_could_not_be_read_back_is_refused(tmp_path: Path, name: str) -> None:
    build(tmp_path / "bank", [])
    with pytest.raises(BankError, match="printable"):
        change(tmp_path / "bank", [Change(name, 1)])
    with pytest.raises(BankError, match="printable"):
        build(tmp_path / "bank", [(1, name)])
