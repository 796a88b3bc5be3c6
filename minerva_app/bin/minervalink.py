"""The search command minervalink: records to entities over the whole set (logic: minerva/linking).

Syntax:  minervalink tenant=<id> [store=true|false] [hub_degree=N]
Example: | tstats values(identifier) as identifier where index=mnv_t_1a2b3c4d by record_id
         | minervalink tenant=northfield
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.linking import resolve
from minerva.tenancy import entity_changes, link_options
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch


@Configuration()
class MinervaLink(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    tenant, store, hub_degree = (Option(name=name) for name in ("tenant", "store", "hub_degree"))

    def prepare(self) -> None:
        self.rows: list[dict[str, Any]] = []
        try:
            self.chosen = link_options.read_options(self.tenant, self.store, self.hub_degree)
        except link_options.OptionError as error:
            self.fail(str(error))

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; linking needs the whole set, so rows wait for the last chunk.
        self.rows.extend(records)
        if not self._finished:
            return
        try:
            yield from self._link()
        except (ValueError, minerva_app_splunkd.SplunkdError) as error:
            self.fail(str(error))

    def _link(self) -> Iterator[dict[str, Any]]:
        tenant = self.chosen.tenant
        stored = self._stored() if self.chosen.store else entity_changes.Stored({}, {}, {})
        found = resolve(self.rows, stored.records, tenant, self.chosen.linking)
        documents = [entity.to_document() for entity in found.entities]
        if self.chosen.store:
            for body in entity_changes.save_requests(tenant, documents, found.redirects, stored):
                self._ask("save", body)
        yield from link_options.result_rows(documents)

    def _ask(self, operation: str, body: dict[str, Any]) -> dict[str, Any]:
        info = self.metadata.searchinfo
        return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)

    def _stored(self) -> entity_changes.Stored:
        read = entity_changes.read_stored
        try:
            return read(self.chosen.tenant, lambda body: self._ask("members", body))
        except minerva_app_splunkd.NotFound:
            self.fail(f"tenant '{self.chosen.tenant}' is unknown, or you may not store its entities")


dispatch(MinervaLink, sys.argv, sys.stdin, sys.stdout, __name__)
