"""The search command minervaimagematch: hashes of pictures among themselves, against a list or a bank (minerva/images).

Syntax:  minervaimagematch [field=image_pdq] [quality_field=image_quality] [radius=31] [lookup=<lookup>] [bank=<bank>]
Example: index=mnv_t_* | minervaimagematch field=attributes.image_pdq quality_field=attributes.image_quality
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.images import match_rows
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch

_OPTIONS = ("field", "quality_field", "radius", "lookup", "lookup_field", "bank", "mirrored", "crops_field")


@Configuration()
class MinervaImageMatch(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    field, quality_field, radius, lookup, lookup_field, bank, mirrored, crops_field = (
        Option(name=name) for name in _OPTIONS
    )

    def prepare(self) -> None:
        self.rows: list[dict[str, Any]] = []
        try:
            self.chosen = match_rows.read_options({name: getattr(self, name) for name in _OPTIONS})
        except match_rows.OptionError as error:
            self.fail(str(error))

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; groups need the whole set, so rows wait for the last chunk.
        self.rows.extend(records)
        if self._finished:
            if self.chosen.bank:
                yield from match_rows.annotate_from_bank(self.rows, self.chosen, self._ask)
            else:
                yield from match_rows.annotate(self.rows, self.chosen, self._known())

    def _ask(self, hashes: Sequence[str], radius: int) -> list[dict[str, Any]]:
        info, body = self.metadata.searchinfo, {"bank": self.chosen.bank, "hashes": list(hashes), "radius": radius}
        try:
            found: list[dict[str, Any]] = minerva_app_splunkd.ask(
                info.splunkd_uri, info.session_key, "image_match", body
            )["found"]
        except minerva_app_splunkd.NotFound:
            self.fail(f"bank: there is none named '{self.chosen.bank}' that you may read")
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))
        return found

    def _known(self) -> list[str] | None:
        if not self.chosen.lookup:
            return None
        try:
            return minerva_app_splunkd.lookup_values(
                self.metadata.searchinfo, self.chosen.lookup, self.chosen.lookup_field
            )
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))


dispatch(MinervaImageMatch, sys.argv, sys.stdin, sys.stdout, __name__)
