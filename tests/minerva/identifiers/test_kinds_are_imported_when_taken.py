"""Who reads, stores or exports records imports no extractor: all of them together take most of a second, which each
search that opens an entity would wait for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from minerva.identifiers import KIND_BY_NAME, KINDS, UnknownKind

READERS = ("minerva.records", "minerva.exports", "minerva.tenancy.expansion", "minerva.tenancy.asking",
           "minerva.identifiers.__main__")  # fmt: skip
LOADED = "import sys, {module}; print(*sorted(name for name in sys.modules if name.startswith('minerva.identifiers.')))"


def loaded_with(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", READERS)
def test_no_extractor_is_imported_by_who_searches_nothing(module: str) -> None:
    extractors = {f"minerva.identifiers.{name}" for name in ("phone", "email", "username", "url", "postal_address")}
    assert extractors.isdisjoint(loaded_with(module))


def test_table_has_every_kind_in_order_under_its_name() -> None:
    assert [(kind.NAME, kind) for kind in KINDS] == list(KIND_BY_NAME.items())
    assert len(KIND_BY_NAME) == len(KINDS)
    assert "phone" in KIND_BY_NAME


def test_unknown_kind_is_none_and_is_told_with_those_there_are() -> None:
    assert KIND_BY_NAME.get("fax") is None
    assert "fax" not in KIND_BY_NAME
    with pytest.raises(KeyError):
        KIND_BY_NAME["fax"]
    with pytest.raises(UnknownKind, match="phone"):
        KIND_BY_NAME.require("fax")
