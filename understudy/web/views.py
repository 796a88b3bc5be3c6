"""The views a user may read, asked from splunkd's REST in the user's name, so that one place decides on access."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import httpx
from starlette.types import ASGIApp


@dataclass(frozen=True)
class View:
    """kind: studio (a version 2 dashboard), page (a Simple XML dashboard that is nothing but a place for its script) or
    other (any other Simple XML, html), which the stand-in does not draw.

    script: of a page, the file under the app's appserver/static; place: the id of the element that it fills.
    """

    app: str
    name: str
    label: str
    kind: str
    script: str = ""
    place: str = ""


def describe(app: str, name: str, text: str) -> View:
    """Returns what a view's XML says of itself; a broken file is a view of kind `other` with its name as label."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return View(app, name, name, "other")
    label = (root.findtext("label") or "").strip() or name
    if root.tag != "dashboard":
        return View(app, name, label, "other")
    if root.get("version") == "2":
        return View(app, name, label, "studio")
    script, place = root.get("script", ""), _place(root)
    if not place or not SCRIPT.fullmatch(script):
        return View(app, name, label, "other")
    return View(app, name, label, "page", script, place)


SCRIPT = re.compile(r"(?:[A-Za-z0-9_\-]+/)*[A-Za-z0-9_\-]+\.js")
"""One script of the app itself: no list, no other app's, no way out of the folder."""


def _place(root: ElementTree.Element) -> str:
    """Returns the id of the one empty element that a dashboard consists of, an empty string if there is more in it."""
    rows = [child for child in root if child.tag not in ("label", "description")]
    inner = [element for row in rows for element in row.iter() if element.tag not in ("row", "panel", "html")]
    if any(row.tag != "row" for row in rows) or len(inner) != 1:
        return ""
    only = inner[0]
    empty = only.tag == "div" and len(only) == 0 and not (only.text or "").strip()
    return only.get("id", "") if empty and set(only.attrib) == {"id"} else ""


async def readable(rest_app: ASGIApp, key: str, app: str = "-") -> list[View]:
    """Returns the views of an app (or of all) that the session's user may read, in splunkd's order.

    Raises PermissionError when the session has ended.
    """
    transport = httpx.ASGITransport(app=rest_app)
    async with httpx.AsyncClient(transport=transport, base_url="http://splunkd") as client:
        answer = await client.get(
            f"/servicesNS/-/{app}/data/ui/views",
            params={"output_mode": "json", "count": "0"},
            headers={"Authorization": f"Splunk {key}"},
        )
    if answer.status_code == 401:
        raise PermissionError("the session has ended")
    if answer.status_code != 200:
        return []
    return [
        describe(entry["acl"]["app"], entry["name"], entry["content"].get("eai:data", ""))
        for entry in answer.json()["entry"]
    ]
