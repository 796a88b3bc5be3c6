"""XML as fields, the way spath names them: `a.b` for elements, `a.b{@name}` for attributes, `{2}` the second."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from understudy.spl.values import collapse

STEP = re.compile(r"([^.{}]+)(?:\{(\d*)\})?(?:\{@([^}]+)\})?")
MAX_DEPTH = 100


def _parse(text: str) -> ElementTree.Element | None:
    # entity definitions are refused: they can grow a small text without bound
    if "<!ENTITY" in text or not text.lstrip().startswith("<"):
        return None
    try:
        return ElementTree.fromstring(text.encode("utf-8", "replace"))  # a lone surrogate has no form in XML
    except ElementTree.ParseError:
        return None


def flatten_xml(text: str) -> dict[str, Any]:
    """Returns the fields of an XML text; {} when it is none. Repeated names make multivalues."""
    root = _parse(text)
    found: dict[str, list[str]] = {}
    if root is not None:
        _collect(root, _name(root), found, 0)
    return {name: collapse(values) for name, values in found.items()}


def _name(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _collect(element: ElementTree.Element, path: str, found: dict[str, list[str]], depth: int) -> None:
    if depth > MAX_DEPTH:
        return
    for name, value in element.attrib.items():
        found.setdefault(f"{path}{{@{name.rsplit('}', 1)[-1]}}}", []).append(value)
    content = (element.text or "").strip()
    if content:
        found.setdefault(path, []).append(content)
    for child in element:
        _collect(child, f"{path}.{_name(child)}", found, depth + 1)


def extract_xml(text: str, path: str) -> Any:
    """Returns what spath finds at a path of XML text: a value, a multivalue, or None. Indexes count from 1."""
    root = _parse(text)
    if root is None:
        return None
    steps = STEP.findall(path)
    if not steps or steps[0][0] != _name(root):
        return None
    reached = [root]
    for number, (name, index, attribute) in enumerate(steps):
        if number:
            reached = [child for element in reached for child in element if _name(child) == name]
        if index:
            position = int(index)
            reached = reached[position - 1 : position] if position else []
        if attribute:
            return collapse(element.attrib.get(attribute) for element in reached)
    return collapse(_content(element) for element in reached)


def _content(element: ElementTree.Element) -> str | None:
    if len(element):
        return ElementTree.tostring(element, encoding="unicode").strip()
    return (element.text or "").strip() or None
