"""data/inputs/oneshot: one file read once; and the kinds of inputs that the stand-in refuses by name."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

from starlette.responses import Response

from understudy.rest import listing, replies
from understudy.rest.call import Call, RestError, missing
from understudy.rest.replies import Entry
from understudy.rest.routes import Route
from understudy.storage.events import RawEvent

PATH = "data/inputs/oneshot"
LARGEST_FILE = 500 * 1024 * 1024
REFUSED = {
    "monitor": "files are not watched; data/inputs/oneshot reads one once",
    "tcp": "nothing listens for raw or cooked TCP; receivers/stream and the event collector take events",
    "udp": "nothing listens for UDP; receivers/stream and the event collector take events",
    "fifo": "named pipes are not read",
    "ad": "there is no Windows here",
    "registry": "there is no Windows here",
    "win-event-log-collections": "there is no Windows here",
    "win-perfmon": "there is no Windows here",
    "win-wmi-collections": "there is no Windows here",
}


def listed(call: Call) -> Response:
    """A file is read before the answer, so that no oneshot input is ever under way."""
    if call.method != "POST":
        return listing.page(call, PATH, [], links=("create",))
    call.need("edit_monitor")
    path = Path(call.required("name"))
    if "\0" in str(path) or not path.is_absolute():
        raise RestError(400, "The name of a oneshot input is the absolute path of a file on the server.")
    text = _text(path)
    index = call.text("index") or "main"
    index = "main" if index == "default" else index
    if index not in call.stage.store.index_names():
        raise RestError(400, f"The index '{index}' does not exist.")
    event = RawEvent(
        raw=text,
        index=index,
        host=_host(call, path),
        source=call.text("rename-source") or str(path),
        sourcetype=call.text("sourcetype") or f"{path.name.split('.')[0]}-too_small",
        unbroken=False,
    )
    result = call.stage.store.ingest([event])
    for note in result.messages:
        call.stage.log("WARN", "OneShotInput", note)
    size = len(text.encode("utf-8", "replace"))
    content = {"Bytes Indexed": size, "Offset": size, "Size": size, "Sources Indexed": 1, "Spool Time": ""}
    return replies.entry(call, PATH, Entry(str(path), content, path=PATH), 201)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise RestError(400, f"Unable to open the file '{path}'.")
        if path.stat().st_size > LARGEST_FILE:
            raise RestError(400, f"The file '{path}' is above {LARGEST_FILE} bytes.")
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                data = packed.read(LARGEST_FILE + 1)
        else:
            data = path.read_bytes()
    except (OSError, EOFError, zlib.error) as failure:
        raise RestError(400, f"Unable to read the file '{path}'.") from failure
    if len(data) > LARGEST_FILE:
        raise RestError(400, f"The file '{path}' is above {LARGEST_FILE} bytes when unpacked.")
    return data.decode("utf-8", "replace")


def _host(call: Call, path: Path) -> str:
    """Returns the host: of host_regex or host_segment over the path where one fits, else `host`."""
    if call.text("host_regex"):
        try:
            found = re.search(call.text("host_regex"), str(path))
        except re.error:
            raise RestError(400, "host_regex is not a regular expression.") from None
        if found is not None and found.re.groups:
            return found[1]
    segment = call.integer("host_segment", 0)
    parts = path.parts[1:]
    if 0 < segment <= len(parts):
        return parts[segment - 1]
    return call.text("host") or "understudy"


def one(call: Call) -> Response:
    raise missing(call.parts["name"])


def refuse(call: Call) -> Response:
    """Says that a kind of input of splunkd is not served, and what is there in its place."""
    kind = call.path.split("/")[2]
    raise RestError(404, f"The stand-in does not serve data/inputs/{kind}: {REFUSED[kind]}.")


ROUTES = [
    Route(("GET", "POST"), PATH, listed),
    Route(("GET",), PATH + "/{name*}", one),
    *(
        route
        for kind in REFUSED
        for route in (
            Route(("GET", "POST", "DELETE"), f"data/inputs/{kind}", refuse),
            Route(("GET", "POST", "DELETE"), f"data/inputs/{kind}/{{rest*}}", refuse),
        )
    ),
]
