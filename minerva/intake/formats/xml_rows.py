"""XML rows: each element at a path as a row, read as a stream. Runs in the limited child.

Names are local ones, without namespace. No entity is expanded and nothing outside of the file is read (defusedxml).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, Callable

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.archives import ReadOnce
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.rows import Row

MAX_DEPTH = 128
MAX_ROW_ELEMENTS = 100_000
_SAMPLE_ELEMENTS = 20_000


def xml_rows(open_: Callable[[], BinaryIO], facts: ReadFacts, name: str) -> Iterator[Row]:
    """The elements whose path ends with the facts' `items` (`feed/entry`, or `/feed/entry` from the root).

    Without `items`: the children that repeat nearest to the root, else the root. Attributes are columns `@name`, text
    beside children `#text`, repeated children lists. Raises FileError after the rows before a fault.
    """
    path = facts.items if facts.items not in ("", "*") else _repeated(open_, name)
    wanted = [part.rpartition(":")[2] for part in path.strip("/").split("/")]
    number = 0
    for element, row_elements in _elements(open_(), wanted, path.startswith("/"), name):
        number += 1
        if number <= facts.skip_rows:
            continue
        place = f"{name}#{number}"
        if row_elements > MAX_ROW_ELEMENTS:
            yield Row(place, None, "row_too_long")
            continue
        item = _value(element)
        yield cleaned_row(place, item if isinstance(item, dict) else {local(element.tag): item}, facts)


def local(tag: Any) -> str:
    """A name without its namespace."""
    return str(tag).rpartition("}")[2]


def events_of(handle: BinaryIO, name: str, code: str = "xml") -> Iterator[tuple[str, Any]]:
    """Start and end of elements. Raises FileError for what is no XML or declares entities."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        yield from iterparse(ReadOnce(handle), events=("start", "end"))
    except DefusedXmlException:
        raise FileError(f"{code}_entities", f"{name}: declares entities, which are never expanded") from None
    except ParseError as error:
        if "memory" in str(error):
            raise MemoryError from None
        line, column = error.position
        raise FileError(code, f"{name}: not XML (line {line}, column {column})") from None
    except (ValueError, LookupError):
        raise FileError(code, f"{name}: not XML, or in an encoding that is not read") from None


def _elements(handle: BinaryIO, wanted: list[str], whole: bool, name: str) -> Iterator[tuple[Any, int]]:
    """The elements at the path, each with the number of elements in it; what has been given is let go of."""
    stack: list[Any] = []
    names: list[str] = []
    inside, count = 0, 0
    for event, element in events_of(handle, name):
        if event == "start":
            stack.append(element)
            names.append(local(element.tag))
            if len(stack) > MAX_DEPTH:
                raise FileError("xml_depth", f"{name}: elements nested deeper than {MAX_DEPTH}")
            if inside:
                count += 1
                if count > MAX_ROW_ELEMENTS:
                    # The row is refused; its parts are let go of as they come.
                    continue
            elif names[-len(wanted) :] == wanted and (not whole or len(names) == len(wanted)):
                inside, count = len(stack), 1
            continue
        stack.pop()
        names.pop()
        if inside and len(stack) >= inside:
            if count > MAX_ROW_ELEMENTS:
                element.clear()
                del stack[-1][:]
            continue
        if inside:
            inside = 0
            yield element, count
        element.clear()
        if stack:
            stack[-1].remove(element)


def _value(element: Any) -> Any:
    """An element as text, or as an object of attributes, children and text."""
    texts = [(element.text or "").strip()]
    columns: dict[str, Any] = {f"@{local(name)}": value for name, value in element.attrib.items()}
    for child in element:
        if not isinstance(child.tag, str):
            continue  # a comment or an instruction
        name, value = local(child.tag), _value(child)
        if name not in columns:
            columns[name] = value
        elif isinstance(columns[name], list):
            columns[name].append(value)
        else:
            columns[name] = [columns[name], value]
        texts.append((child.tail or "").strip())
    text = " ".join(filter(None, texts))
    if not columns:
        return text
    if text:
        columns["#text"] = text
    return columns


def _repeated(open_: Callable[[], BinaryIO], name: str) -> str:
    """The path of the elements that repeat nearest to the root, judged by the file's first elements."""
    counts: Counter[tuple[str, ...]] = Counter()
    names: list[str] = []
    try:
        for event, element in events_of(open_(), name):
            if event == "end":
                names.pop()
                element.clear()
                continue
            names.append(local(element.tag))
            if len(names) <= 8:
                counts[tuple(names)] += 1
            if sum(counts.values()) > _SAMPLE_ELEMENTS or len(names) > MAX_DEPTH:
                break
    except FileError:
        pass  # told again when the rows are read
    best = [(len(at), -count, at) for at, count in counts.items() if count > 1 and counts[at[:-1]] == 1]
    return "/" + "/".join(min(best)[2] if best else next(iter(counts), ("",)))
