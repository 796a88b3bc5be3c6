"""The views a user may read, asked from splunkd's REST in the user's name, so that one place decides on access."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

import httpx
from starlette.types import ASGIApp


@dataclass(frozen=True)
class View:
    """kind: studio (a version 2 dashboard) or other (Simple XML, html), which the stand-in does not draw."""

    app: str
    name: str
    label: str
    kind: str


def describe(app: str, name: str, text: str) -> View:
    """Returns what a view's XML says of itself; a broken file is a view of kind `other` with its name as label."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return View(app, name, name, "other")
    label = (root.findtext("label") or "").strip() or name
    studio = root.tag == "dashboard" and root.get("version") == "2"
    return View(app, name, label, "studio" if studio else "other")


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
