"""What a modular input says of itself: the scheme its script prints for `--scheme`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from understudy.protocol.children import ChildError


@dataclass(frozen=True)
class SchemeArgument:
    name: str
    title: str = ""
    description: str = ""
    data_type: str = "string"
    required_on_create: bool = True
    required_on_edit: bool = False


@dataclass(frozen=True)
class Scheme:
    """streaming_mode: xml or simple. single_instance: one process for all stanzas."""

    name: str
    app: str
    title: str = ""
    description: str = ""
    external_validation: bool = True
    single_instance: bool = False
    streaming_mode: str = "simple"
    arguments: Sequence[SchemeArgument] = field(default_factory=tuple)


def safe_parser() -> expat.XMLParserType:
    """Returns an XML parser that refuses document types and entities, the doors of XML attacks."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ChildError("the XML of a script holds a document type or an entity, which is refused")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    return parser


def parse_scheme(name: str, app: str, text: bytes) -> Scheme:
    """Reads `<scheme>`. Raises ChildError when it is none."""
    values: dict[str, str] = {}
    arguments: list[dict[str, str]] = []
    path: list[str] = []
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        path.append(tag)
        words.clear()
        if tag == "arg" and "args" in path:
            arguments.append({"name": attributes.get("name", "")})

    def end(tag: str) -> None:
        content = "".join(words).strip()
        words.clear()
        path.pop()
        if "arg" in path and arguments:
            arguments[-1][tag] = content
        elif path == ["scheme"]:
            values[tag] = content

    parser = safe_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words.append
    try:
        parser.Parse(text.strip(), True)
    except expat.ExpatError as error:
        raise ChildError(f"the scheme of input '{name}' is not valid XML: {error}") from error
    if not values and not arguments:
        raise ChildError(f"input '{name}' printed no scheme")
    return Scheme(
        name=name,
        app=app,
        title=values.get("title", name),
        description=values.get("description", ""),
        external_validation=_true(values.get("use_external_validation", "true")),
        single_instance=_true(values.get("use_single_instance", "false")),
        streaming_mode=values.get("streaming_mode", "simple").lower() or "simple",
        arguments=tuple(
            SchemeArgument(
                item["name"],
                item.get("title", ""),
                item.get("description", ""),
                item.get("data_type", "string") or "string",
                _true(item.get("required_on_create", "true")),
                _true(item.get("required_on_edit", "false")),
            )
            for item in arguments
            if item["name"]
        ),
    )


def _true(text: str) -> bool:
    return text.strip().lower() in {"1", "t", "true", "y", "yes"}
