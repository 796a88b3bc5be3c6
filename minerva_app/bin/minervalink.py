"""The search command minervalink: records to entities over the whole set (logic: minerva/linking).

Syntax:  minervalink tenant=<id> [store=true|false] [changes=true|false] [force=true|false] [hub_degree=N]
Example: | tstats values(minerva_identifier) as identifier where index=mnv_t_1a2b3c4d by minerva_record_id
         | rename minerva_record_id as record_id | minervalink tenant=northfield
"""

from __future__ import annotations

import gc
import itertools
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.linking import evidence, resolve, same_id
from minerva.linking.model import LinkRecord, read_row
from minerva.linking.texts.sketches import sketched
from minerva.tenancy.rebuild import link_options, link_run, link_state, link_trust
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch

_OPTIONS = ("tenant", "store", "hub_degree", "changes", "force")


@Configuration()
class MinervaLink(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    tenant, store, hub_degree, changes, force = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        self.records: list[LinkRecord] = []
        self.refused: list[str] = []
        self.given: dict[str, LinkRecord] = {}
        self.otherwise: dict[str, list[str]] = {}
        self.indexed = 0
        gc.disable()  # millions of records and no cycles: the collector would walk them again and again
        try:
            self.chosen = link_options.read_options(*(getattr(self, name) for name in _OPTIONS))
            self.trust = link_trust.Trust(self.chosen.tenant, self._ask, self._events_of)
        except link_options.OptionError as error:
            self.fail(str(error))

    def transform(self, records: Any) -> list[dict[str, Any]]:
        # The SDK calls this once a chunk; linking needs the whole set, so records wait for the last chunk.
        try:
            given = []
            for row in self._trusted(records):
                try:
                    given.append(read_row(row))
                except ValueError as error:
                    self.refused.append(str(error))
            self.records += sketched(given)  # texts of all chunks at once would not fit
            if not self._finished:
                return []
            if self.refused and not self.records:
                self.fail(self.refused[0])
            if self.refused:
                self.write_warning(f"{len(self.refused)} rows were left out: {self.refused[0]}")
            if self.trust.untrusted:
                self.write_warning(self.trust.warning())
            documents = self._linked()
            self._name_differing(documents)
            rows = link_options.result_rows(documents)
            self.write_rows(rows if self.chosen.store else evidence.linked(rows, documents))
        except minerva_app_splunkd.NotFound:
            self.fail(f"tenant '{self.chosen.tenant}' is unknown, or you may not store its entities")
        except minerva_app_splunkd.Conflict as error:
            self.write_warning(f"nothing was stored: {error}; the next run takes in what this one found")
        except (ValueError, minerva_app_splunkd.SplunkdError) as error:
            self.fail(str(error))
        return []  # all rows are written

    def _trusted(self, records: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
        """The rows that may be linked: signed ones, if they are to be stored or the search tells signatures."""
        rows = list(records)
        self.indexed = max([self.indexed, *map(link_options.indexed_time, rows)])
        if not self.chosen.store and not any(link_trust.COLUMN in row for row in rows[:1]):
            return rows
        return self.trust.trusted(rows)

    def _events_of(self, ids: Sequence[str]) -> list[str]:
        return minerva_app_splunkd.events_of(self.metadata.searchinfo, ids)

    def _linked(self) -> list[dict[str, Any]]:
        chosen, records = self.chosen, same_id.as_one(self.records)
        if not chosen.store:
            return [entity.to_document() for entity in resolve(records, {}, chosen.tenant, chosen.linking).entities]
        self.given = {record.record_id: record for record in records} if chosen.changes else {}
        given = (chosen.tenant, self.metadata.searchinfo.sid, self._ask, records, chosen.linking, self.indexed)
        if chosen.changes:
            return link_run.link_new(*given, untrusted=self.trust.untrusted)
        untrusted = self.trust.untrusted
        return link_run.link_all(*given, chosen.force, self.write_warning, tell=self.write_info, untrusted=untrusted)

    def _ask(self, operation: str, body: dict[str, Any]) -> dict[str, Any]:
        info = self.metadata.searchinfo
        answer = minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)
        if self.given and operation == "linked" and body.get("what") in ("records", "rows"):
            rows = ((record_id, row) for record_id, (_, row, _) in answer["entries"].items() if row is not None)
            self.otherwise.update(same_id.against(self.given, itertools.starmap(link_state.unpacked, rows)))
        return answer

    def _name_differing(self, documents: Iterable[Mapping[str, Any]]) -> None:
        found = {each: fields for document in documents for each, fields in document.get("differing", {}).items()}
        if found:
            told = {same_id.loggable(each): [fields] for each, fields in found.items()}
            self.write_warning(f"{same_id.sentence(told)}; {same_id.RULE}")
        if self.otherwise:
            told = {same_id.loggable(each): fields for each, fields in self.otherwise.items()}
            text = same_id.sentence(told, "other content than is stored")
            self.write_warning(f"{text}; the smaller content counts until everything is linked anew")


dispatch(MinervaLink, sys.argv, sys.stdin, sys.stdout, __name__)
