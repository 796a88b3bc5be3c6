"""Presets: what all sets of one portal software have in common, so that a source on it says where and what alone.

A preset gives defaults; tables (`params`, `paging`, ...) are merged key by key, and what the yml says wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minerva.intake.facts.shape import Scalar, Shape

PRESETS = ("socrata", "ckan", "arcgis")
PRESET_KEYS: dict[str, Shape] = {
    "preset": Scalar(choices=PRESETS),
    "dataset": Scalar(pattern=r"[A-Za-z0-9][\w.-]*"),
    "resource": Scalar(pattern=r"[^\s/?#]+( [^\s/?#]+)*"),
    "datastore": Scalar(pattern=r"[A-Za-z0-9][\w-]*"),
}
_MERGED = ("params", "paging", "auth", "error_in", "incremental", "find_link", "rate")


def expand(http: Mapping[str, Any]) -> dict[str, Any]:
    """An `http` table with its preset written out; the same table where it has none."""
    preset = http.get("preset")
    if preset not in _BY_NAME:
        return dict(http)
    made = _BY_NAME[preset](http)
    for key, value in http.items():
        if key in _MERGED and isinstance(value, dict) and isinstance(made.get(key), dict):
            made[key] = {**made[key], **value}
        else:
            made[key] = value
    if preset == "arcgis" and not made.get("path", "").endswith("/query"):
        made["path"] = f"{made.get('path', '').rstrip('/')}/query"
    return made


def _socrata(http: Mapping[str, Any]) -> dict[str, Any]:
    """SODA 2: pages by $limit and $offset need an order to be whole; the key is an app token that nobody must have."""
    made: dict[str, Any] = {
        "path": f"/resource/{http.get('dataset', '')}.json",
        "params": {"$order": ":id"},
        "paging": {"kind": "offset", "param": "$offset", "size_param": "$limit", "size": 1000},
        "auth": {"kind": "header", "name": "X-App-Token", "optional": True},
        "error_in": {"path": "error", "values": [True]},
    }
    column = http.get("incremental", {}).get("column")
    if column:
        made["incremental"] = {
            "param": "$where",
            "value": f"{column} >= '{{since}}'",
            "format": "%Y-%m-%dT%H:%M:%S",
        }
    return made


def _ckan(http: Mapping[str, Any]) -> dict[str, Any]:
    """CKAN: the rows of a data store, or the file that a package lists as its resource."""
    if "datastore" in http:
        return {
            "path": "/api/3/action/datastore_search",
            "items": "result.records",
            "params": {"resource_id": http["datastore"]},
            "paging": {
                "kind": "offset",
                "param": "offset",
                "size_param": "limit",
                "size": 1000,
                "total_field": "result.total",
            },
            "error_in": {"path": "success", "values": [False]},
        }
    where = {"format": http.get("format", "*"), "name": http.get("resource", "*")}
    return {
        "find_link": {
            "page": f"/api/3/action/package_show?id={http.get('dataset', '')}",
            "list": "result.resources",
            "url": "url",
            "where": {name: glob for name, glob in where.items() if glob != "*"},
        },
        "error_in": {"path": "success", "values": [False]},
    }


def _arcgis(_: Mapping[str, Any]) -> dict[str, Any]:
    """ArcGIS REST: `path` is the layer's; an answer that is cut short says so, and an error comes with status 200."""
    return {
        "items": "features",
        "params": {"where": "1=1", "outFields": "*", "outSR": "4326", "f": "json"},
        "paging": {
            "kind": "offset",
            "param": "resultOffset",
            "size_param": "resultRecordCount",
            "size": 1000,
            "more_field": "exceededTransferLimit",
        },
        "error_in": {"path": "error"},
    }


_BY_NAME: dict[Any, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "socrata": _socrata,
    "ckan": _ckan,
    "arcgis": _arcgis,
}
