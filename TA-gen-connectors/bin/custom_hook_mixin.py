"""What UCC's handlers call before they store a setting (they look for this module by its name): the account for the
vault is tried, and a trust store is read, before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.intake.errors import FetchError, VaultError
from minerva.intake.web.trust_store import trusting
from solnlib.splunkenv import get_splunkd_uri
from splunktaucclib.rest_handler.base_hook_mixin import BaseHookMixin
from splunktaucclib.rest_handler.error import RestError


class CustomHookMixin(BaseHookMixin):  # type: ignore[misc]  # UCC's class has no types
    """Refuses a vault that does not answer to the account, and a trust store that cannot be read."""

    def edit_hook(self, session_key: str, config_name: str, stanza_id: str, payload: Mapping[str, Any]) -> None:
        """Raises RestError, whose text the page shows."""
        if config_name == "network" and (given := str(payload.get("ca_file") or "").strip()):
            try:
                trusting(given)
            except FetchError as error:
                raise RestError(400, f"Network: {error}") from None
        if config_name != "vault":
            return
        from minerva_vault import configured_vault

        try:
            configured_vault(get_splunkd_uri(), session_key, payload).check()
        except VaultError as error:
            raise RestError(400, f"Vault: {error}") from None
