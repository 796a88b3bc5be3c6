"""Documented shapes of confidence high: each is a source's folder, or the decision says why it is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.source_samples import all_sources
from tests.read_yaml import read_yaml

ROOT = Path(__file__).resolve().parents[3]
WENT: dict[str, Any] = read_yaml(Path(__file__).with_name("shapes.yml"))
SHAPES = ROOT.parent / "shared" / "data" / "source_shapes.jsonl"


def test_each_is_a_source_or_is_left_with_a_reason() -> None:
    decision = (ROOT / "docs" / "decisions" / "shapes-without-a-source.md").read_text(encoding="utf-8")
    left = {name: where["left"] for name, where in WENT.items() if isinstance(where, dict)}
    assert [words for words in left.values() if words not in decision] == []
    assert {where for name, where in WENT.items() if name not in left} <= set(all_sources())


@pytest.mark.skipif(not SHAPES.is_file(), reason="the documented shapes do not lie beside the project")
def test_none_was_forgotten() -> None:
    shapes = map(json.loads, SHAPES.read_text(encoding="utf-8").splitlines())
    assert {shape["id"] for shape in shapes if shape["confidence"].startswith("high")} == set(WENT)
