"""`splunk.clilib.cli_common`: conf values read from the files, local over default, as app code asks for them."""

from __future__ import annotations

import configparser
import os
from typing import Any

from splunk.clilib.bundle_paths import make_splunkhome_path  # type: ignore[import-not-found,unused-ignore]


def getMgmtUri() -> str:
    return os.environ["UNDERSTUDY_SPLUNKD_URI"]


def getConfStanza(conf: str, stanza: str) -> dict[str, str]:
    """Returns the merged keys of a system conf stanza; an absent stanza is empty."""
    return getConfStanzas(conf).get(stanza, {})


def getConfStanzas(conf: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for layer in ("default", "local"):
        _read(make_splunkhome_path(["etc", "system", layer, conf + ".conf"]), found)
    return found


def getAppConf(confName: str, app: str, use_btool: bool = True, app_path: Any = None) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for layer in ("default", "local"):
        _read(make_splunkhome_path(["etc", "apps", app, layer, confName + ".conf"]), found)
    return found


def getConfKeyValue(conf: str, stanza: str, key: str) -> str:
    return getConfStanza(conf, stanza).get(key, os.environ.get("SPLUNK_SERVER_NAME", "") if key == "serverName" else "")


def _read(path: str, found: dict[str, dict[str, str]]) -> None:
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",), allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    if parser.read(path, encoding="utf-8"):
        for stanza in parser.sections():
            found.setdefault(stanza, {}).update({key: value or "" for key, value in parser.items(stanza)})
