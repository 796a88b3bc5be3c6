"""The one way from permitted items to the files of a partner: format chosen, limits held, manifest last."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from minerva.exports import csv_files, ftm, hashes, htcds, misp, report, stix, workbook
from minerva.exports import manifest as manifests
from minerva.exports.items import Intake, Item
from minerva.exports.request import ExportRequest
from minerva.exports.target import Package, Target

Writer = Callable[[ExportRequest, Iterable[Item], Package, "Counter[str]"], None]

WRITERS: dict[str, Writer] = {
    "csv": csv_files.write,
    "xlsx": workbook.write,
    "ftm": ftm.write,
    "stix": stix.write,
    "misp": misp.write,
    "htcds": htcds.write,
    "report": report.write,
}


def export(
    request: ExportRequest, given: Iterable[Mapping[str, Any]], target: Target, *, key: bytes = b"",
    sign: Callable[[str], str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Writes the export and its `manifest.json` to `target`; returns the manifest, for the audit.

    `given` holds `{"record": event}` objects, then `{"entity": document}` objects, all permitted by the policy already;
    it is read once. `key` is for format `hashes` only; `sign` makes the signature of the manifest's digest. Equal input
    gives equal bytes. Raises ExportError (also ExportTooLarge, MarkingRefused) after `target.discard()`: nothing may be
    handed out then.
    """
    try:
        if request.format == "hashes":
            hashes.check_key(key)
        left_out: Counter[str] = Counter()
        intake = Intake(request)
        package = Package(target, request.max_bytes)
        if request.format == "hashes":
            hashes.write(request, intake.read(given), package, left_out, key)
        else:
            WRITERS[request.format](request, intake.read(given), package, left_out)
        left_out = manifests.merge(request.left_out, intake.left_out, left_out)
        content = manifests.manifest(request, package.files, intake.counts, left_out)
        if sign is not None:
            content[manifests.SIGNATURE] = sign(manifests.digest_of(json.loads(manifests.to_bytes(content))))
        with package.file(manifests.NAME) as sink:
            sink.write(manifests.to_bytes(content))
        target.finish()
    except BaseException:
        target.discard()
        raise
    return content
