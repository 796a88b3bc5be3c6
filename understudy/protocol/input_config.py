"""The XML that a modular input's script reads: its run configuration, and the items it is asked to validate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

LISTS = ("param_list",)


@dataclass(frozen=True)
class InputStanza:
    """name: `scheme://x`; settings as merged from inputs.conf."""

    name: str
    app: str
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Server:
    host: str
    uri: str
    session_key: str
    checkpoint_dir: str

    def xml(self) -> str:
        pairs = (
            ("server_host", self.host),
            ("server_uri", self.uri),
            ("session_key", self.session_key),
            ("checkpoint_dir", self.checkpoint_dir),
        )
        return "".join(f"<{tag}>{escape(value)}</{tag}>" for tag, value in pairs)


def _parameters(settings: Mapping[str, str]) -> str:
    return "".join(f"<param name={quoteattr(name)}>{escape(value)}</param>" for name, value in settings.items())


def run_document(server: Server, stanzas: Sequence[InputStanza]) -> bytes:
    """Returns the `<input>` document that goes to the script's stdin."""
    inner = "".join(
        f"<stanza name={quoteattr(item.name)} app={quoteattr(item.app)}>{_parameters(item.settings)}</stanza>"
        for item in stanzas
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<input>{server.xml()}<configuration>{inner}</configuration></input>\n'
    )
    return text.encode("utf-8", "replace")


def validation_document(server: Server, name: str, settings: Mapping[str, str]) -> bytes:
    """Returns the `<items>` document for --validate-arguments; name is without the scheme."""
    item = f"<item name={quoteattr(name)}>{_parameters(settings)}</item>"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<items>{server.xml()}{item}</items>\n'
    return text.encode("utf-8", "replace")
