"""Whatever stands in a body of the workbench, the answer is one of an operation: an answer, or 400 with words."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.workbench.operations import OPERATIONS, run
from tests.connectors.workbench.test_workbench import document, keyed
from tests.connectors.workbench.workbench_desk import Desk, sent

WRONG: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1.5,
    "",
    "x",
    "\0",
    "9" * 400,
    [],
    [1],
    ["x"],
    [[]],
    [{}],
    {},
    {"x": 1},
)
FEW: tuple[Any, ...] = (True, 10**30, "\0", [[]], {"x": 1})
"""For operations that read the sample in a child process each time."""
READS_A_SAMPLE = ("sample", "fetch", "preview")
SMALL = "id,name,city\n1,Rosewood,Peoria\n2,Juniper,Peoria\n"
HTTP = {"base_url": "https://10.0.0.1", "path": "/x", "method": "GET", "format": "json"}


def bodies(desk: Desk) -> dict[str, dict[str, Any]]:
    choices = keyed(desk)
    facts = document(http={**HTTP, "params": {"a": "b"}})
    kept = {**facts, "id": "kept_permits"}
    desk.ask("save", document=kept, choices=choices, new=True)
    sample = {"content": sent(SMALL), "record_type": "license", "country": "US", "reading": {"format": "csv"}}
    return {
        "start": {},
        "sample": {
            **sample, "reading": None, "read_as": {**HTTP, "format": "csv"},
            "mapping": {"fields": {"name": {"column": "name"}}},
        },
        "fetch": {**sample, "http": HTTP, "account": "acc", "robots": "not_applicable"},
        "targets": {"record_type": "license"},
        "preview": {**sample, "document": facts, "choices": choices},
        "save": {"document": kept, "choices": choices, "new": False, "note": "n", "version": 1},
        "open": {"id": "kept_permits"},
        "restore": {"id": "kept_permits", "number": 1, "note": "n"},
        "remove": {"id": "kept_permits"},
        "export": {"id": "kept_permits"},
        "schedule": {
            "id": "kept_permits", "transport": "file", "name": "kept", "tenant_id": "northfield", "index": "mnv_t_1",
            "interval": "300", "path": "/data/kept", "mode": "each", "vault": "all",
        },
        "progress": {"kind": "minerva_file", "name": "kept", "id": "kept_permits"},
    }  # fmt: skip


def spoiled(value: Any, wrong: tuple[Any, ...]) -> Iterator[Any]:
    """The value with each of its parts, at any depth, replaced by each wrong thing; of a list, the first part."""
    if isinstance(value, dict):
        for key, part in value.items():
            for other in spoiled(part, wrong):
                yield {**value, key: other}
    elif isinstance(value, list) and value:
        for other in spoiled(value[0], wrong):
            yield [other, *value[1:]]
    yield from wrong


@pytest.mark.full
@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name != "start"])
def test_a_wrong_value_anywhere_is_answered_in_words(tmp_path: Path, operation: str) -> None:
    (tmp_path / "default").mkdir()
    (tmp_path / "default" / "sources.json").write_text("{}", encoding="utf-8")
    desk = Desk(tmp_path)
    body = bodies(desk)[operation]
    before = copy.deepcopy(desk.stanzas)
    failures: list[str] = []
    for wrong in spoiled(body, FEW if operation in READS_A_SAMPLE else WRONG):
        if not isinstance(wrong, dict):
            continue
        desk.stanzas.clear()
        desk.stanzas.update(copy.deepcopy(before))
        try:
            status, answer = run(desk, operation, wrong)
        except Exception as error:
            failures.append(f"{type(error).__name__}: {error} for {changed(body, wrong)}")
            continue
        assert status in (200, 400)
        assert status == 200 or answer["error"]
    assert failures == []


def changed(body: Any, wrong: Any, path: str = "") -> str:
    """Where two bodies differ, and by what."""
    if isinstance(body, dict) and isinstance(wrong, dict) and wrong.keys() == body.keys():
        differing = (key for key in body if body[key] is not wrong[key])
        return next((changed(body[key], wrong[key], f"{path}.{key}") for key in differing), path)
    if isinstance(body, list) and isinstance(wrong, list) and len(wrong) == len(body):
        pairs = enumerate(zip(body, wrong, strict=True))
        return next((changed(a, b, f"{path}[{place}]") for place, (a, b) in pairs if a is not b), path)
    return f"{path} = {wrong!r:.60}"
