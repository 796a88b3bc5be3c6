"""Secrets of apps (passwords.conf), encrypted at rest with a key in the home folder that its owner alone can read.

The conf file holds `password = $u1$<Fernet token>`; clear text exists in memory alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from understudy.conf import Acl, Conf

CONF = "passwords"
STANZA = "credential:"
_PREFIX = "$u1$"


class PasswordError(Exception):
    """A secret cannot be stored or read. The text never holds the secret."""


@dataclass(frozen=True)
class Secret:
    """name: `realm:username:` as clients address it, colons and backslashes in the parts escaped with a backslash."""

    name: str
    realm: str
    username: str
    password: str
    encrypted: str
    acl: Acl


def stanza_name(realm: str, username: str) -> str:
    return f"{STANZA}{entry_name(realm, username)}"


def entry_name(realm: str, username: str) -> str:
    return f"{_escaped(realm)}:{_escaped(username)}:"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")


class Passwords:
    """All secrets of one home."""

    def __init__(self, home: Path, conf: Conf) -> None:
        self._conf = conf
        self._cipher = Fernet(_key(home / "etc" / "auth" / "understudy.key"))
        self._seal()

    def _seal(self) -> None:
        """Encrypts what stands in clear text in the apps' local folders, as splunkd does when it starts."""
        for app in self._conf.apps(disabled=True):
            for stanza, settings in list(app.local.stanzas(CONF).items()):
                clear = settings.get("password", "")
                if stanza.startswith(STANZA) and clear and not clear.startswith(_PREFIX):
                    self._conf.write(CONF, stanza, {"password": self._closed(clear)}, app.name)

    def _closed(self, password: str) -> str:
        return _PREFIX + self._cipher.encrypt(password.encode()).decode()

    def all(self, app: str | None) -> Iterator[Secret]:
        """Yields the secrets of an app with those shared with it; app None = of every app."""
        for entry in self._conf.entries(CONF, app):
            if not entry.name.startswith(STANZA):
                continue
            realm, username = _split(entry.name[len(STANZA) :])
            encrypted = entry.settings.get("password", "")
            yield Secret(entry_name(realm, username), realm, username, self._open(encrypted), encrypted, entry.acl)

    def put(self, app: str, realm: str, username: str, password: str) -> None:
        """Stores a secret, in place of an older one."""
        if not username or not password:
            raise PasswordError("a stored password needs a name and a password")
        self._conf.write(CONF, stanza_name(realm, username), {"password": self._closed(password)}, app)

    def remove(self, app: str, realm: str, username: str) -> None:
        self._conf.delete(CONF, stanza_name(realm, username), app)

    def _open(self, text: str) -> str:
        if not text.startswith(_PREFIX):
            return text
        try:
            return self._cipher.decrypt(text[len(_PREFIX) :].encode()).decode()
        except InvalidToken as error:
            raise PasswordError("a stored password was encrypted with another key") from error


def _split(name: str) -> tuple[str, str]:
    parts, current, escaped = [], "", False
    for mark in name:
        if escaped:
            current += mark
            escaped = False
        elif mark == "\\":
            escaped = True
        elif mark == ":":
            parts.append(current)
            current = ""
        else:
            current += mark
    parts.append(current)
    return (parts[0], parts[1]) if len(parts) >= 2 else ("", parts[0])


def _key(path: Path) -> bytes:
    """Returns the key, made on first use. Key and folder are open to their owner alone, whatever they were before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    if not path.exists():
        part = path.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(Fernet.generate_key())
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    path.chmod(0o600)
    return path.read_bytes()
