"""The search command minervalink: records to entities over the whole set (logic: minerva/linking).

Syntax:  minervalink tenant=<id> [store=true|false] [hub_degree=N]
Example: | tstats values(identifier) as identifier where index=mnv_t_1a2b3c4d by record_id
         | minervalink tenant=northfield
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.linking import Judgement, resolve
from minerva.linking.judgements import read_judgement
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
        documents: list[dict[str, Any]] = []

        def linked(stored: entity_changes.Stored) -> tuple[list[dict[str, Any]], Mapping[str, str]]:
            judged = self._judgements() if self.chosen.store else []
            found = resolve(self.rows, stored.records, self.chosen.tenant, self.chosen.linking, judged)
            documents.extend(entity.to_document() for entity in found.entities)
            return documents, found.redirects

        if self.chosen.store:
            try:
                entity_changes.store_linked(self.chosen.tenant, self.metadata.searchinfo.sid, self._ask, linked)
            except minerva_app_splunkd.NotFound:
                self.fail(f"tenant '{self.chosen.tenant}' is unknown, or you may not store its entities")
        else:
            linked(entity_changes.Stored({}, {}, {}))
        yield from link_options.result_rows(documents)

    def _ask(self, operation: str, body: dict[str, Any]) -> dict[str, Any]:
        info = self.metadata.searchinfo
        return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)

    def _judgements(self) -> list[Judgement]:
        body = {"tenant_id": self.chosen.tenant, "op": "list"}
        return [read_judgement(row) for row in self._ask("judgements", body)["judgements"]]


dispatch(MinervaLink, sys.argv, sys.stdin, sys.stdout, __name__)
