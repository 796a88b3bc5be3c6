"""Chains: what is whole verifies, the first break is named, two writers cannot fork, and the command says it all."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from minerva.audit import AuditError, Ledger, verify
from minerva.audit.__main__ import main
from minerva.audit.chain import token
from minerva.documents import Document, MemoryCollection
from tests.audit.chains import KEY, audit, rows_of


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    return audit(random.Random(1), 12)


def written(folder: Path, rows: list[dict[str, Any]]) -> str:
    path = folder / "audit.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_whole_audit_verifies_with_and_without_the_key(rows: list[dict[str, Any]]) -> None:
    verdict = verify(rows, KEY)
    assert (verdict.broken, verdict.sealed) == (None, True)
    assert sum(verdict.entries.values()) == 12 + 3
    assert verify(rows).broken is None


def test_the_first_of_two_breaks_is_named(rows: list[dict[str, Any]]) -> None:
    places = [place for place, row in enumerate(rows) if row["chain"] == "north" and row["kind"] == "entry"]
    for place in places[1:3]:
        rows[place]["entry"] = rows[place]["entry"].replace('"time"', '"tome"')
    broken = verify(rows, KEY).broken
    assert broken is not None
    assert (broken.row, broken.chain) == (places[1] + 1, "north")
    assert "was changed" in broken.sentence()


def test_an_audit_of_nothing_is_no_whole_audit() -> None:
    assert verify([]).broken is not None


def test_another_key_does_not_fit_the_seals(rows: list[dict[str, Any]]) -> None:
    broken = verify(rows, b"another").broken
    assert broken is not None
    assert "seal" in broken.what


def test_the_command_judges_a_file(
    rows: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "key"
    key.write_text(KEY.hex(), encoding="utf-8")
    assert main(["verify", written(tmp_path, rows), "--key-file", str(key)]) == 0
    assert "whole: 15 entries in 4 chains" in capsys.readouterr().out
    (tmp_path / "array.json").write_text(json.dumps(rows), encoding="utf-8")
    assert main(["verify", str(tmp_path / "array.json")]) == 0
    assert "whole: 15 entries" in capsys.readouterr().out
    del rows[2]
    assert main(["verify", written(tmp_path, rows)]) == 1
    assert "BROKEN: row 3, chain 0platform" in capsys.readouterr().out
    (tmp_path / "audit.jsonl").write_text("not json\n", encoding="utf-8")
    assert main(["verify", str(tmp_path / "audit.jsonl")]) == 1


def test_two_writers_with_stale_memories_make_one_chain() -> None:
    collection = MemoryCollection()
    one, two = Ledger(collection, KEY), Ledger(collection, KEY)
    for number in range(20):
        (one if number % 3 else two).append("north", {"time": number})
    verdict = verify(rows_of(collection), KEY)
    assert verdict.broken is None
    assert verdict.entries["north"] == 20


class Counted(MemoryCollection):
    """Counts searches: of a chain's entries each reads all."""

    searches = 0

    def find(
        self, query: Mapping[str, Any], *, sort: str = "", limit: int = 0, skip: int = 0, fields: Sequence[str] = ()
    ) -> list[Document]:
        self.searches += 1
        return super().find(query, sort=sort, limit=limit, skip=skip, fields=fields)


def test_writers_with_stale_memories_never_search_a_chain_that_has_begun() -> None:
    collection = Counted()
    writers = [Ledger(collection, KEY) for _ in range(3)]
    writers[0].append("north", {"time": 0})
    begun = collection.searches
    for number in range(60):
        writers[number % 3].append("north", {"time": number})
    assert collection.searches == begun
    assert verify(rows_of(collection), KEY).entries["north"] == 61


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"number": 3}, id="moved back, its seal no more its own"),
        pytest.param({"hash": "f" * 64}, id="another hash"),
        pytest.param({"seal": "0" * 64}, id="another seal"),
        pytest.param({"number": "x"}, id="no number"),
        pytest.param(None, id="gone"),
    ],
)
def test_an_end_that_somebody_changed_is_not_believed(changed: dict[str, Any] | None) -> None:
    collection = MemoryCollection()
    for number in range(8):
        Ledger(collection, KEY).append("north", {"time": number})
    if changed is None:
        collection.delete({"_key": "north:end"})
    else:
        collection.batch_save([{**(collection.get("north:end") or {}), **changed}])
    Ledger(collection, KEY).append("north", {"time": 9})
    verdict = verify(rows_of(collection), KEY)
    assert [verdict.broken, verdict.entries["north"]] == [None, 9]


def test_an_end_that_a_slower_writer_sealed_late_loses_no_entry() -> None:
    collection = MemoryCollection()
    for number in range(3):
        Ledger(collection, KEY).append("north", {"time": number})
    late = collection.get("north:end") or {}
    for number in range(3, 6):
        Ledger(collection, KEY).append("north", {"time": number})
    collection.batch_save([late])
    Ledger(collection, KEY).append("north", {"time": 6})
    verdict = verify(rows_of(collection), KEY)
    assert [verdict.broken, verdict.entries["north"]] == [None, 7]


class Crowded(MemoryCollection):
    """Stands for a store in which somebody else is always faster."""

    def insert(self, document: Document) -> bool:
        return False


def test_a_ledger_that_finds_no_place_says_so() -> None:
    with pytest.raises(AuditError):
        Ledger(Crowded(), KEY, wait=lambda seconds: None).append("0platform", {})


def test_tokens_depend_on_key_and_kind() -> None:
    tokens = {token(key, kind, "nora") for key in (KEY, b"other") for kind in ("user", "case")}
    assert len(tokens) == 4
    assert token(KEY, "user", "") == ""
    assert all("nora" not in each and len(each) == 24 for each in tokens)
