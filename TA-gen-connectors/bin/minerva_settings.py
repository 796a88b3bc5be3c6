"""Settings of the add-on as splunkd keeps them: stanzas of its confs, and keys of accounts from storage/passwords.

Keys are read at run time and never leave this process but in the header of a request.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.intake.web.account import Account
from solnlib import conf_manager
from solnlib.credentials import CredentialNotExistException

APP = "TA-gen-connectors"
PREFIX = "ta_gen_connectors"
SOURCES_CONF = "minerva_sources"


def stanza(session_key: str, conf: str, name: str) -> dict[str, Any]:
    """A stanza with what is encrypted in it in clear; empty if it is not there or cannot be read."""
    realm = f"__REST_CREDENTIAL__#{APP}#configs/conf-{conf}"
    manager = conf_manager.ConfManager(session_key, APP, realm=realm)
    try:
        return dict(manager.get_conf(conf).get(name))
    except (
        conf_manager.ConfManagerException,
        conf_manager.ConfStanzaNotExistException,
        CredentialNotExistException,
    ):
        return {}


def stanzas(session_key: str, conf: str) -> dict[str, dict[str, Any]]:
    """All stanzas of a conf; none if it is not there or cannot be read."""
    try:
        found = conf_manager.ConfManager(session_key, APP).get_conf(conf).get_all()
    except (conf_manager.ConfManagerException, conf_manager.ConfStanzaNotExistException):
        return {}
    return {name: dict(settings) for name, settings in found.items()}


def is_on(value: Any) -> bool:
    """Whether a checkbox is set."""
    return str(value or "0").strip().lower() in ("1", "true", "t", "yes")


def trust_store(network: Mapping[str, Any]) -> str | None:
    """The file that settings of the network name as the trust store, None where they name none."""
    return str(network.get("ca_file") or "").strip() or None


def account(session_key: str, name: str) -> Account:
    """What an account holds; nothing if none is named."""
    if not name:
        return Account()
    given = stanza(session_key, f"{PREFIX}_account", name)
    return Account(str(given.get("username") or "").strip(), str(given.get("api_key") or "").strip())


def account_key(session_key: str, name: str) -> str:
    """The key of an account, "" if no account is named or it holds none."""
    return account(session_key, name).key
