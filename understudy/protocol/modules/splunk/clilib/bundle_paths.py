"""`splunk.clilib.bundle_paths`: places under the home folder."""

from __future__ import annotations

import os
from collections.abc import Sequence


def make_splunkhome_path(parts: Sequence[str]) -> str:
    """Returns the path under SPLUNK_HOME. Raises ValueError when it would leave it."""
    home = os.path.normpath(os.environ["SPLUNK_HOME"])
    path = os.path.normpath(os.path.join(home, *parts))
    if path != home and not path.startswith(home + os.sep):
        raise ValueError(f"path leaves the home folder: {parts!r}")
    return path


def get_base_path() -> str:
    return make_splunkhome_path(["etc", "apps"])


def get_slaveapps_base_path() -> str:
    return make_splunkhome_path(["etc", "peer-apps"])
