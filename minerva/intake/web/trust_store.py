"""The authorities whose certificates count: one PEM file for web sources, mailboxes and the vault. Not which
addresses may be asked (guard.py)."""

from __future__ import annotations

import ssl

import certifi

from minerva.intake.errors import FetchError


def trusting(ca_file: str | None) -> ssl.SSLContext:
    """A context for TLS from 1.2 on that checks certificates against the authorities in a PEM file; without one,
    against the public ones that the package carries. Raises FetchError "trust_store" if the file holds none."""
    try:
        context = ssl.create_default_context(cafile=ca_file or certifi.where())
    except (OSError, ValueError):
        raise FetchError("trust_store", "the trust store of Configuration, Network cannot be read as PEM") from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
