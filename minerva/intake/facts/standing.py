"""Where a source stands: what it needs on the day, and how far evidence bears its columns out. Words for pages too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minerva.intake.facts.presets import expand

EVIDENCE_KINDS = ("code", "fixture", "documentation", "reply")
"""What was read before the facts were written: a working reader of the source, a reply stored by somebody else, the
publisher's or a catalogue's description, a reply of the source or the file itself."""
CONFIRMED, UNCONFIRMED, OWN = "confirmed", "unconfirmed", "own"
EVIDENCE_STATES: Mapping[str, str] = {
    CONFIRMED: "two independent pieces of evidence know its columns",
    UNCONFIRMED: "no two independent pieces of recent evidence know its columns: look at the first run",
    OWN: "made from a reply of the source that was read here",
}
NEEDS: Mapping[str, str] = {
    "consent": "somebody reads its terms and agrees",
    "key": "an account with its key",
    "saved_file": "a file that somebody saves into a folder",
    "unattended": "nothing, it works unattended",
}
"""What a source needs on the day, in words."""


def needs_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What a checked source needs on the day, in the order of NEEDS: follows from terms, account and transports."""
    auth = expand(document["http"]).get("auth", {}) if "http" in document else {}
    found = {
        "consent": not document["legal"]["terms_allow"],
        "key": "imap" in document or (auth.get("kind", "none") != "none" and not auth.get("optional", False)),
        "saved_file": not {"http", "imap"} & set(document),
    }
    return tuple(name for name in NEEDS if found.get(name)) or ("unattended",)
