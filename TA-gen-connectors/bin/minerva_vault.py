"""The vault as inputs ask it: the app's handler, with the token of the account that the add-on's settings name.

An input's own session is splunkd's system user, whose role holds no capability of the app: without an account nothing
is asked, and so nothing is stored.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from minerva.intake.errors import FetchError, VaultError
from minerva.intake.web.trust_store import trusting
from minerva_settings import PREFIX, account_key, stanza, trust_store
from splunklib import binding

SETTINGS = "vault"
"""The stanza, and the tab of the configuration page."""
_TIMEOUT_S = 60
_INTAKE = re.compile(r"minerva_(.+)_intake")


@dataclass(frozen=True)
class Vault:
    """Where the vault is asked, and with whose token. `address` is empty for the splunkd at `server_uri`; `ca_file`
    holds the authorities that count for another machine's certificate."""

    server_uri: str
    address: str = ""
    token: str = field(default="", repr=False)
    ca_file: str | None = None

    def require(self, tenant_id: str) -> None:
        """Raises VaultError if there is nobody in whose name the institution's vault could be asked."""
        if not self.token:
            raise VaultError(f"name an account under Configuration, Vault, whose user holds {_role(tenant_id)}")

    def ask(self, operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The handler's answer to an operation. Raises VaultError."""
        tenant_id = str(body.get("tenant_id", ""))
        self.require(tenant_id)
        text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return self._answer(
            lambda splunkd: splunkd.post(
                f"/services/minerva/app/v1/entities/{operation}",
                headers=[("Content-Type", "application/json")],
                body=text,
            ),
            _role(tenant_id),
        )

    def check(self) -> list[str]:
        """The institutions for which the account may ask, after asking for each. Raises VaultError if there is none."""
        if not self.token:
            raise VaultError("name an account that holds a token: inputs ask the vault in the name of its user")
        role = _role("<tenant>")
        told = self._answer(
            lambda splunkd: splunkd.get("/services/authentication/current-context", output_mode="json"), role
        )
        try:
            roles = told["entry"][0]["content"]["roles"]
        except (KeyError, IndexError, TypeError):
            raise VaultError("what answers there is no splunkd") from None
        tenants = sorted(found[1] for found in map(_INTAKE.fullmatch, roles) if found)
        if not tenants:
            raise VaultError(f"the account's user holds no role {role}: give that of each institution to collect for")
        for tenant_id in tenants:
            self.ask("intake_check", {"tenant_id": tenant_id, "records": []})
        return tenants

    def _answer(self, send: Callable[[binding.Context], Any], role: str) -> Mapping[str, Any]:
        try:
            found = json.loads(send(self._splunkd()).body.read())
        except binding.HTTPError as error:
            raise VaultError(_refused(error.status, role, error.body)) from None
        except binding.AuthenticationError:
            raise VaultError(_refused(401, role)) from None
        except ssl.SSLCertVerificationError:
            why = "its certificate is not one of an authority in the trust store (Configuration, Network)"
            raise VaultError(f"the vault's handler is not trusted: {why}") from None
        except FetchError as error:
            raise VaultError(str(error)) from None
        except (OSError, ValueError) as error:
            raise VaultError(f"the vault's handler cannot be reached ({type(error).__name__})") from None
        if not isinstance(found, dict):
            raise VaultError("the vault's answer is no object")
        return found

    def _splunkd(self) -> binding.Context:
        """The connection; to another machine only over TLS that is checked. Raises VaultError."""
        parts = urlsplit(self.address or self.server_uri)
        if self.address and (parts.scheme != "https" or not parts.hostname):
            raise VaultError("the address of the vault must be https://host:port")
        return binding.Context(
            handler=binding.handler(
                timeout=_TIMEOUT_S,
                verify=bool(self.address),
                context=trusting(self.ca_file) if self.address else None,
            ),
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or 8089,
            splunkToken=self.token,
        )


def configured_vault(server_uri: str, session_key: str, changes: Mapping[str, str] | None = None) -> Vault:
    """The vault of the add-on's settings, or as it would be with `changes`."""
    settings = {**stanza(session_key, f"{PREFIX}_settings", SETTINGS), **(changes or {})}
    account, address = (str(settings.get(key) or "").strip() for key in ("account", "address"))
    authorities = trust_store(stanza(session_key, f"{PREFIX}_settings", "network")) if address else None
    return Vault(server_uri, address, account_key(session_key, account), authorities)


def _role(tenant_id: str) -> str:
    return f"minerva_{tenant_id}_intake"


def _refused(status: int, role: str, body: bytes = b"") -> str:
    why = {
        400: _message(body),
        401: "the account holds no valid token",
        403: f"the account's user has to hold {role}",
        404: f"the account's user does not hold {role}, or the app or the tenant is not there",
        503: "its audit cannot be written",
    }
    return f"the vault's handler refused, {status}: {why.get(status) or 'its log says why'}"


def _message(body: bytes) -> str:
    try:
        return str(json.loads(body)["error"])[:200]
    except (ValueError, KeyError, TypeError):
        return ""
