"""The optional native package: its folders come on the path where it stands beside the app and fits the interpreter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from minerva.native_package import NAME, folder_of, package_folder, use_native_package


@pytest.fixture
def apps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", ["/apps/minerva_app/lib", "/usr/lib/python3"])
    (tmp_path / "minerva_app" / "lib").mkdir(parents=True)
    return tmp_path


def fitted(apps: Path, *folders: str) -> Path:
    for name in folders:
        (apps / NAME / "lib" / name).mkdir(parents=True)
    return apps / "minerva_app" / "lib"


def test_it_comes_behind_the_apps_own_and_before_the_platforms_library(apps: Path) -> None:
    own = folder_of(sys.version_info[:2])
    library = fitted(apps, own, "common")
    assert use_native_package(library)
    native = apps / NAME / "lib"
    assert sys.path == ["/apps/minerva_app/lib", str(native / own), str(native / "common"), "/usr/lib/python3"]
    assert use_native_package(library)
    assert len(sys.path) == 4


def test_without_it_or_for_another_python_nothing_changes(apps: Path) -> None:
    assert not use_native_package(apps / "minerva_app" / "lib")
    assert not use_native_package(fitted(apps, "py27", "common"))
    assert len(sys.path) == 2


def test_a_checkout_has_none_beside_it() -> None:
    assert package_folder() is None
