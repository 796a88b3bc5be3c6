"""The search command minervaocr: identifiers in text that an input read in pictures (minerva/identifiers/in_pictures).

Syntax:  minervaocr [field=image_text] [region=US] [region_field=country]
Example: index=mnv_t_* | minervaocr field=attributes.image_text region=US
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.identifiers import annotate, in_pictures
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, Option, StreamingCommand, dispatch

_OPTIONS = ("field", "region", "region_field")


@Configuration(distributed=False)
class MinervaOcr(Messages, StreamingCommand):  # type: ignore[misc]  # the SDK has no types
    field, region, region_field = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.chosen = in_pictures.read_options({name: getattr(self, name) for name in _OPTIONS})
        except annotate.OptionError as error:
            self.fail(str(error))

    def stream(self, records: Any) -> Iterator[dict[str, Any]]:
        return in_pictures.annotate(records, self.chosen)


dispatch(MinervaOcr, sys.argv, sys.stdin, sys.stdout, __name__)
