"""Apps from a package: a tar archive on the server's own disk, as apps/local takes it with filename=true."""

from __future__ import annotations

import re
import tarfile
import tempfile
from pathlib import Path

from understudy.rest.call import Call, RestError

LARGEST = 500 * 1024 * 1024
"""Bytes of all files of a package."""
MEMBERS = 20_000
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,79}")


def install(call: Call) -> str:
    """Installs the archive that `name` names, and returns the app's name. Raises RestError.

    With update=true it takes the place of an app of that name, whose local settings stay. The archive holds one folder;
    explicit_appname gives the app another name than the folder's.
    """
    path = Path(call.required("name"))
    if "\0" in str(path) or not path.is_absolute() or not path.is_file():
        raise RestError(400, "With filename=true, name is the absolute path of a package on the server.")
    with tempfile.TemporaryDirectory(dir=call.stage.home / "var" / "run", prefix="package-") as place:
        folder = _unpacked(path, Path(place))
        name = call.text("explicit_appname") or folder.name
        if not is_valid_name(name):
            raise RestError(400, f"'{name}' is not a valid name of an app.")
        if name != folder.name:
            folder = folder.rename(folder.with_name(name))
        if (call.stage.home / "etc" / "apps" / name).exists() and not call.boolean("update"):
            raise RestError(409, f"App '{name}' already exists. Use the update flag to overwrite it.")
        call.stage.install(folder)
    return name


def is_valid_name(name: str) -> bool:
    """Tells whether an app may have the name: it becomes a folder."""
    return _NAME.fullmatch(name) is not None and name not in ("system", "users")


def _unpacked(path: Path, place: Path) -> Path:
    """Returns the one folder of the archive, below `place`."""
    try:
        with tarfile.open(path) as archive:
            members = archive.getmembers()
            if any(member.name.startswith("/") for member in members):
                raise RestError(400, "The package holds absolute paths.")
            if len(members) > MEMBERS or sum(member.size for member in members) > LARGEST:
                raise RestError(400, f"The package holds more than {MEMBERS} files or {LARGEST} bytes.")
            archive.extractall(place, filter="data")
    except (tarfile.TarError, OSError, EOFError, ValueError) as failure:
        raise RestError(400, f"The package cannot be unpacked: {type(failure).__name__}.") from failure
    found = [item for item in place.iterdir() if not item.name.startswith(".")]
    if len(found) != 1 or not found[0].is_dir():
        raise RestError(400, "The package must hold one folder, the app's, and nothing beside it.")
    return found[0]
