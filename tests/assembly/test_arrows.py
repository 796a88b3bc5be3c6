"""The rooms' arrows, read from every import statement of the tree, and the names that no file may have."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembly.paths import ADDON, APP, ROOT
from tests.assembly.imports import SKIPPED, imports, python_files

ROOMS = ("collector", "minerva", "understudy", "assembly", "demo", "benchmarks", "proofs", "leaks", APP, ADDON)
SPLUNK = {"splunklib", "splunk", "splunktaucclib", "solnlib"}
# room -> top-level names it must not import. The apps' doors are top-level modules named below.
FORBIDDEN = {
    "collector": SPLUNK | {"minerva", "understudy", "assembly", "demo", "benchmarks", "proofs", "leaks", "tests"},
    "minerva": SPLUNK | {"understudy", "assembly", "demo", "benchmarks", "proofs", "leaks", "tests"},
    "understudy": {"minerva", "assembly", "demo", "benchmarks", "proofs", "leaks", "tests"} | SPLUNK - {"splunk"},
    "assembly": {"demo", "benchmarks", "proofs", "leaks", "tests"} | SPLUNK,
    "demo": {"benchmarks", "proofs", "tests", "leaks"},
    "benchmarks": {"proofs", "tests"},
    "proofs": set(),
    "leaks": {"demo", "benchmarks", "proofs", "tests"} | SPLUNK,
    APP: {"understudy", "assembly", "demo", "benchmarks", "proofs", "tests", "solnlib", "splunktaucclib"},
    ADDON: {"understudy", "assembly", "demo", "benchmarks", "proofs", "tests"},
}
ASSEMBLY_MAY = (
    "understudy.conf", "understudy.spl", "minerva.intake.facts.authoring", "minerva.intake.facts.evidence",
    "minerva.intake.facts.standing", "minerva.intake.errors",
    "minerva.native_package", "minerva.partner.openapi", "minerva.risk.registry",
)  # fmt: skip
BAD_NAMES = {"utils", "helpers", "common", "misc"}


def forbidden_imports(room: str) -> list[str]:
    doors = {APP: door_names(ADDON), ADDON: door_names(APP)}
    names = FORBIDDEN[room] | doors.get(room, door_names(APP) | door_names(ADDON))
    return [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in python_files(ROOT / room)
        for line, name in imports(path)
        if name.split(".")[0] in names and not is_stand_in(path, name)
    ]


def door_names(app: str) -> set[str]:
    return {path.stem for path in (ROOT / app / "bin").glob("*.py")}


def is_stand_in(path: Path, name: str) -> bool:
    """The stand-in brings Splunk's own `splunk.*` for child processes; nothing else there may speak of it."""
    return name.split(".")[0] == "splunk" and "understudy/protocol/modules" in path.as_posix()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_where_its_arrows_point(room: str) -> None:
    assert python_files(ROOT / room) or room in (APP, ADDON), f"{room} has no Python: is the path right?"
    assert forbidden_imports(room) == []


def test_assembly_sees_only_conf_and_spl_of_the_stand_in_and_only_the_authors_side_of_minerva() -> None:
    strangers = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in python_files(ROOT / "assembly")
        for line, name in imports(path)
        if name.split(".")[0] in ("understudy", "minerva")
        and not (name + ".").startswith(tuple(f"{n}." for n in ASSEMBLY_MAY))
        if name not in ("understudy", "minerva")
    ]
    assert strangers == []


def test_the_world_generator_knows_nothing_of_the_extractors() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in python_files(ROOT / "demo/world")
        for line, name in imports(path)
        if name.split(".")[0] == "minerva"
    ]
    assert python_files(ROOT / "demo/world")
    assert found == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    rooms = (*ROOMS, "tests", "frontend")
    found = [
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.stem.lower() in BAD_NAMES and SKIPPED.isdisjoint(path.relative_to(ROOT).parts)
    ]
    assert found == []
