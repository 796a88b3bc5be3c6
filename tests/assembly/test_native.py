"""The optional native package: its locks pin wheels by hash, models name their texts, and the built one works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assembly import paths
from assembly.environments import lock_of
from assembly.locks import NATIVE
from assembly.machine import SHIPPED_PYTHONS, find_python
from assembly.packages.native import FOLDERS, named_texts, take_school_models
from assembly.packages.native_inspection import form_problems, works_under
from assembly.version import version
from minerva.native_package import COMMON, MODELS, NAME, folder_of
from minerva.schools.models import models_folder

BUILT = paths.ROOT / "build" / "native" / NAME
ARCHIVE = paths.ROOT / "dist" / f"{NAME}-{version(paths.ROOT)}.tar.gz"


@pytest.mark.parametrize("lock", NATIVE)
def test_every_wheel_is_pinned_with_hashes(lock: str) -> None:
    text = lock_of(lock).read_text(encoding="utf-8")
    pins = re.findall(r"(?m)^[a-z][a-z0-9-]*==[0-9.]+ \\$", text)
    asked = (paths.ROOT / "assembly" / "requirements" / f"{lock}.in").read_text(encoding="utf-8")
    wanted = [line for line in asked.splitlines() if "==" in line]
    assert [pin.removesuffix(" \\") for pin in pins] == wanted
    assert text.count("--hash=sha256:") >= len(wanted)


def test_a_folder_for_each_shipped_python_and_one_for_all() -> None:
    own = {folder_of((int(major), int(minor))) for major, _, minor in (each.partition(".") for each in SHIPPED_PYTHONS)}
    assert set(FOLDERS.values()) == {*own, COMMON}


def test_named_texts_of_a_model_are_read_past_its_other_fields() -> None:
    pair = b"\x0a\x09character\x12\x03!\n?"
    other = b"\x08\x07" + b"\x12\x02ab" + b"\x19" + bytes(8) + b"\x25" + bytes(4)
    model = other + bytes([14 << 3 | 2, len(pair)]) + pair
    assert list(named_texts(model)) == [("character", "!\n?")]


def test_the_models_of_crests_lie_where_the_app_looks_for_them(tmp_path: Path) -> None:
    take_school_models(tmp_path)
    assert models_folder(tmp_path / MODELS / "schools") is not None
    assert "Apache" in (tmp_path / MODELS / "schools" / "README.md").read_text(encoding="utf-8")


@pytest.mark.full
@pytest.mark.skipif(not BUILT.is_dir(), reason="build.py package --native has not built it")
@pytest.mark.parametrize("version", SHIPPED_PYTHONS)
def test_a_picture_is_hashed_and_read_and_a_school_found_alike_with_the_built_package(version: str) -> None:
    python = find_python(version)
    if python is None:
        pytest.skip(f"no Python {version}")
    assert works_under(BUILT, python) == []


@pytest.mark.full
@pytest.mark.skipif(not ARCHIVE.is_file(), reason="build.py package --native has not built it")
def test_the_form_of_the_built_package_is_in_order() -> None:
    assert form_problems(ARCHIVE) == []
