"""Settings of the add-on as splunkd keeps them: stanzas of its confs, and keys of accounts from storage/passwords.

Keys are read at run time and never leave this process but in the header of a request.
"""

from __future__ import annotations

from typing import Any

from solnlib import conf_manager
from solnlib.credentials import CredentialNotExistException

APP = "TA-gen-connectors"
PREFIX = "ta_gen_connectors"


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


def account_key(session_key: str, account: str) -> str:
    """The key of an account, "" if no account is named or it holds none."""
    if not account:
        return ""
    return str(stanza(session_key, f"{PREFIX}_account", account).get("api_key") or "").strip()
