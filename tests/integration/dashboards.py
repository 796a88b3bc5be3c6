"""The searches of the app's own dashboards, with their tokens filled, as the page would send them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_TOKEN = re.compile(r"\$([A-Za-z_.:]+)(\|s)?\$")


def searches(view: Path, tokens: Mapping[str, str]) -> dict[str, str]:
    """Returns data source -> SPL of those that search; a chain works on the rows of one of these alone."""
    text = ElementTree.parse(view).findtext("definition") or ""
    sources: dict[str, Any] = json.loads(text)["dataSources"]
    return {
        name: _TOKEN.sub(lambda match: _filled(match, tokens), source["options"]["query"])
        for name, source in sources.items()
        if source["type"] == "ds.search"
    }


def _filled(match: re.Match[str], tokens: Mapping[str, str]) -> str:
    value = tokens[match[1]]
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if match[2] else value
