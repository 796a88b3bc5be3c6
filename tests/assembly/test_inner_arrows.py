"""The arrows inside the rooms: which package may import which, as docs/architecture.md says, and no circles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from assembly.paths import ROOT
from tests.assembly.imports import (
    InnerImport,
    circles,
    inner_imports,
    module_arrows,
    package_arrows,
    package_of,
)

# room -> package -> packages of the room that it may import. A module that lies directly in the room is a package too.
MAY: dict[str, dict[str, set[str]]] = {
    "minerva": {
        "addresses": {"places"},
        "administration": {"cases", "deconfliction", "documents", "policy", "sharing", "tenancy", "vault"},
        "audit": {"documents", "policy"},
        "bands": set(),
        "cases": {"documents", "exports", "identifiers", "places", "policy", "records", "sharing", "tenancy"},
        "components": set(),
        "deconfliction": {"documents", "exports", "policy", "sharing", "tenancy"},
        "documents": set(),
        "exports": {"identifiers", "records"},
        "identifiers": {"addresses"},
        "image_banks": {"deconfliction", "documents", "images", "policy", "sharing", "tenancy"},
        "images": {"components", "json_lines", "limited_process", "native_package", "search_words"},
        "intake": {"images", "lexicons", "limited_process", "places", "records", "zips"},
        "json_lines": set(),
        "lexicons": {"identifiers"},
        "limited_process": set(),
        "linking": {"addresses", "components", "identifiers", "images", "json_lines", "names", "records", "text"},
        "names": {"addresses", "json_lines", "search_words"},
        "native_package": set(),
        "partner": {
            "audit", "deconfliction", "documents", "exports", "intake", "linking", "names", "policy", "records",
            "risk", "risk_scores", "sharing", "tenancy", "text", "vault",
        },
        "places": set(),
        "policy": set(),
        "records": {"addresses", "identifiers", "text"},
        "imports": {
            "cases", "documents", "exports", "identifiers", "intake", "places", "policy", "records", "sharing",
            "tenancy", "vault", "zips",
        },
        "school_harvest": {"images", "intake", "json_lines", "schools"},
        "school_queries": {"documents", "image_banks", "images", "policy", "schools", "tenancy"},
        "schools": {"images", "json_lines", "native_package"},
        "routes": {"addresses", "bands", "json_lines", "places", "search_words"},
        "screening": {"documents", "json_lines", "policy", "tenancy"},
        "search_words": set(),
        "risk": {"addresses", "bands", "components", "lexicons", "names", "places", "records"},
        "risk_scores": {"documents", "exports", "policy", "risk", "tenancy"},
        "services": {
            "administration", "cases", "deconfliction", "image_banks", "imports", "risk_scores",
            "school_queries", "screening", "sharing", "tenancy", "vault",
        },
        "sharing": {"audit", "documents", "exports", "identifiers", "policy", "records", "tenancy"},
        "tenancy": {"addresses", "audit", "documents", "identifiers", "linking", "places", "policy", "records"},
        "text": {"components", "json_lines", "search_words"},
        "vault": {
            "cases", "documents", "image_banks", "linking", "policy", "records", "risk_scores", "school_queries",
            "screening", "sharing", "tenancy",
        },
        "zips": set(),
    },
    "understudy": {
        "__main__": set(),
        "access": {"conf", "sqlite_file"},
        "conf": set(),
        "jobs": {"access", "conf", "protocol", "spl", "storage"},
        "multivalue": {"spl"},
        "protocol": {"access", "conf", "multivalue", "spl", "storage"},
        "rest": {"access", "conf", "jobs", "protocol", "schedule", "spl", "sqlite_file", "storage"},
        "schedule": {"access", "conf", "jobs", "protocol", "spl", "sqlite_file", "storage"},
        "serve": {"rest", "stage", "web"},
        "spl": set(),
        "sqlite_file": set(),
        "stage": {"access", "conf", "jobs", "protocol", "rest", "schedule", "spl", "storage"},
        "storage": {"access", "conf", "multivalue", "spl"},
        "web": {"conf", "rest"},
    },
}  # fmt: skip
# Circles between modules of one package of minerva that are there, with the reason; no further one may begin.
KNOWN_CIRCLES = {
    ("minerva.identifiers.phone_batch_numpy", "minerva.identifiers.phone_texts"):
        "many texts go to the driver with numpy, which gives those that it cannot read back to the plain one",
    (
        "minerva.linking.people.candidates",
        "minerva.linking.people.candidates_numpy",
        "minerva.linking.people.people_names",
    ):
        "the driver with numpy reads limits and shapes of the two modules that choose it",
    ("minerva.names.index", "minerva.names.index_numpy"):
        "the driver with numpy reads the bounds of likeness of the module that chooses it",
    ("minerva.partner.openapi", "minerva.partner.registry", "minerva.partner.service"):
        "the contract lists every operation, and one of them answers the contract",
    ("minerva.text.grouping", "minerva.text.grouping_numpy"):
        "the driver with numpy compares doubtful pairs as the plain one, which chooses it",
}  # fmt: skip


def inner(room: Path) -> list[InnerImport]:
    """Returns `inner_imports`; the rooms of the tree are read once."""
    return _read_once(room) if room.parent == ROOT else inner_imports(room)


_read_once = cache(inner_imports)


def packages(room: Path) -> set[str]:
    return {
        path.stem
        for path in room.iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or any(path.glob("**/*.py"))
    }


def faults(room: Path, may: Mapping[str, set[str]]) -> list[str]:
    """Returns the packages that only the room or only the table has, and every import along no arrow."""
    alone = sorted(packages(room) ^ may.keys())
    return [f"{name}: in the table of arrows or in the room, not in both" for name in alone] + [
        f"{each.place}: {source or room.name} may not import {target or room.name}"
        for each in inner(room)
        for source, target in [(package_of(each.importer), package_of(each.imported))]
        if source != target and target not in may.get(source, ())
    ]


def shown(room: str) -> dict[str, set[str]]:
    """Returns the arrows of the page's block `Inside room/`: lines `a, b ──> c, d`, a remark behind two blanks.

    A line that ends with a comma goes on in the next.
    """
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    block = page.partition(f"Inside `{room}/`")[2].partition("```text\n")[2].partition("```")[0]
    arrows: dict[str, set[str]] = {}
    for line in re.sub(r",\n +", ", ", block).splitlines():
        sources, _, targets = line.partition(" ──> ")
        for source in sources.split(", "):
            arrows[source] = set(re.split(r" {2,}", targets)[0].split(", ")) - {"nothing"}
    return arrows


@pytest.mark.parametrize("room", MAY)
def test_a_package_imports_only_where_its_arrows_point(room: str) -> None:
    assert faults(ROOT / room, MAY[room]) == []


@pytest.mark.parametrize("room", MAY)
def test_every_arrow_of_the_table_is_taken_by_an_import(room: str) -> None:
    taken = package_arrows(inner(ROOT / room))
    assert {source: targets for source, targets in MAY[room].items() if targets} == taken


@pytest.mark.parametrize("room", MAY)
def test_the_page_on_architecture_shows_the_arrows_of_the_table(room: str) -> None:
    assert shown(room) == MAY[room]


@pytest.mark.parametrize("room", MAY)
def test_no_packages_import_each_other_in_a_circle(room: str) -> None:
    assert circles(package_arrows(inner(ROOT / room))) == []


def test_no_modules_of_assembly_import_each_other_in_a_circle() -> None:
    assert circles(module_arrows(inner(ROOT / "assembly"))) == []


def test_modules_of_minerva_import_each_other_in_known_circles_alone() -> None:
    assert circles(module_arrows(inner(ROOT / "minerva"))) == sorted(KNOWN_CIRCLES)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A room of two packages, of which `upper` imports `lower`."""
    room = tmp_path / "house"
    plant(room, "__init__", "")
    plant(room, "lower.__init__", "")
    plant(room, "lower.cellar", "import json\n")
    plant(room, "upper.__init__", "")
    plant(room, "upper.attic", "from house.lower import cellar\nfrom house.lower.cellar import json\n")
    return room


def plant(room: Path, module: str, text: str) -> None:
    path = room.joinpath(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


HOUSE = {"lower": set[str](), "upper": {"lower"}}
PLANTED = [
    pytest.param("import house.upper.attic\n", 1, id="module"),
    pytest.param("from house.upper import attic\n", 1, id="module from its package"),
    pytest.param("from house.upper.attic import json\n", 1, id="name of a module"),
    pytest.param("from house import upper\n", 1, id="package"),
    pytest.param("from ..upper import attic\n", 1, id="relative"),
    pytest.param("def late() -> None:\n    from house.upper import attic\n", 2, id="inside a function"),
    pytest.param("if TYPE_CHECKING:\n    from house.upper import attic\n", 2, id="for types alone"),
]


def test_the_room_of_the_planted_faults_has_none_by_itself(house: Path) -> None:
    assert faults(house, HOUSE) == []
    assert circles(package_arrows(inner(house))) == []
    assert circles(module_arrows(inner(house))) == []


@pytest.mark.parametrize(("text", "line"), PLANTED)
def test_a_planted_arrow_and_its_circle_are_found(house: Path, text: str, line: int) -> None:
    plant(house, "lower.well", text)
    assert faults(house, HOUSE) == [f"house/lower/well.py:{line}: lower may not import upper"]
    assert circles(package_arrows(inner(house))) == [("lower", "upper")]


def test_a_package_that_is_in_no_table_is_found(house: Path) -> None:
    plant(house, "shed", "")
    plant(house, "barn.loft", "")
    assert faults(house, HOUSE) == [
        f"{name}: in the table of arrows or in the room, not in both" for name in ("barn", "shed")
    ]


def test_a_planted_circle_of_modules_is_found(house: Path) -> None:
    plant(house, "lower.well", "def late() -> None:\n    from house.lower import pump\n")
    plant(house, "lower.pump", "from house.lower import pipe\n")
    plant(house, "lower.pipe", "if TYPE_CHECKING:\n    from house.lower.well import Well\n")
    assert circles(package_arrows(inner(house))) == []
    circle = ("house.lower.pipe", "house.lower.pump", "house.lower.well")
    assert circles(module_arrows(inner(house))) == [circle]


def test_a_name_of_a_package_is_an_import_of_the_package_itself(house: Path) -> None:
    plant(house, "lower.well", "from house.lower import DEPTH, cellar\n")
    assert [each for each in inner(house) if each.importer == "house.lower.well"] == [
        InnerImport("house/lower/well.py:1", "house.lower.well", "house.lower"),
        InnerImport("house/lower/well.py:1", "house.lower.well", "house.lower.cellar"),
    ]
