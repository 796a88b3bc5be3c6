"""Users, sessions and tokens in SQLite. Passwords are kept as scrypt hashes, session keys and tokens as SHA-256."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from understudy.access.context import SYSTEM_USER
from understudy.sqlite_file import SqliteFile

WORK = 2**14
"""What scrypt takes to try one password: 16 MB and a twentieth of a second. Tests of other things lower it."""

SESSION_SECONDS = 3600.0
"""Idle time after which a session ends (server.conf sessionTimeout)."""
_USER = "name, roles, realname, email, tz, default_app"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, salt BLOB, hash BLOB, roles TEXT, realname TEXT, email TEXT,
  tz TEXT, default_app TEXT);
CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, user TEXT, used REAL, lasting INTEGER);
CREATE TABLE IF NOT EXISTS tokens (id TEXT PRIMARY KEY, hash TEXT UNIQUE, user TEXT, audience TEXT, created REAL,
  expires REAL, enabled INTEGER, starts REAL DEFAULT 0, used REAL DEFAULT 0, client TEXT DEFAULT '');
"""


class AccountError(Exception):
    """A user cannot be made, changed or found. The text is fit for a user."""


@dataclass(frozen=True)
class User:
    name: str
    roles: tuple[str, ...]
    realname: str = ""
    email: str = ""
    tz: str = ""
    default_app: str = ""


@dataclass(frozen=True)
class Token:
    """Times in epoch seconds; expires 0 = never, starts 0 = at once. The text is told once, when it is made."""

    id: str
    user: str
    audience: str
    created: float
    expires: float
    enabled: bool
    starts: float = 0.0
    used: float = 0.0
    client: str = ""


class Accounts(SqliteFile):
    """One file, used by many threads. clock returns epoch seconds."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        super().__init__(path, _SCHEMA)
        self._clock = clock
        held = {row[1] for row in self._db.execute("PRAGMA table_info(tokens)")}
        for column in ("starts REAL DEFAULT 0", "used REAL DEFAULT 0", "client TEXT DEFAULT ''"):
            if column.split()[0] not in held:
                self._db.execute(f"ALTER TABLE tokens ADD COLUMN {column}")
        self._db.execute("DELETE FROM sessions WHERE lasting = 1")

    # Users

    def users(self) -> list[User]:
        with self._lock:
            return [_user(row) for row in self._db.execute(f"SELECT {_USER} FROM users ORDER BY name")]

    def user(self, name: str) -> User | None:
        """Returns a user; the system user is none of the table, and its rights follow from its role."""
        with self._lock:
            row = self._db.execute(f"SELECT {_USER} FROM users WHERE name=?", (name,)).fetchone()
        return _user(row) if row is not None else None

    def create(self, name: str, password: str, roles: Sequence[str], **more: str) -> User:
        """Makes a user. Raises AccountError for a bad or taken name, an empty password or no role."""
        if (
            not name
            or name != name.strip()
            or any(mark in name for mark in " :/\\\t\n")
            or name in (SYSTEM_USER, "nobody", "-")
        ):
            raise AccountError(f"'{name}' is not a valid user name")
        if self.user(name) is not None:
            raise AccountError(f"User '{name}' already exists")
        if not roles:
            raise AccountError("a user needs at least one role")
        salt, digest = _hashed(password)
        user = User(name, tuple(roles), **more)
        with self._lock:
            self._db.execute(
                "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (name, salt, digest, json.dumps(list(roles)), user.realname, user.email, user.tz, user.default_app),
            )
        return user

    def change(
        self, name: str, *, password: str | None = None, roles: Sequence[str] | None = None, **more: str
    ) -> User:
        """Changes what is given and leaves the rest. A new password ends the user's sessions."""
        user = self.user(name)
        if user is None:
            raise AccountError(f"User '{name}' not found")
        user = replace(user, roles=tuple(roles) if roles is not None else user.roles, **more)
        with self._lock:
            self._db.execute(
                "UPDATE users SET roles=?, realname=?, email=?, tz=?, default_app=? WHERE name=?",
                (json.dumps(list(user.roles)), user.realname, user.email, user.tz, user.default_app, name),
            )
            if password is not None:
                salt, digest = _hashed(password)
                self._db.execute("UPDATE users SET salt=?, hash=? WHERE name=?", (salt, digest, name))
                self._db.execute("DELETE FROM sessions WHERE user=? AND lasting=0", (name,))
        return user

    def remove(self, name: str) -> None:
        with self._lock:
            if self._db.execute("DELETE FROM users WHERE name=?", (name,)).rowcount == 0:
                raise AccountError(f"User '{name}' not found")
            self._db.execute("DELETE FROM sessions WHERE user=?", (name,))
            self._db.execute("DELETE FROM tokens WHERE user=?", (name,))

    def check_password(self, name: str, password: str) -> bool:
        """Tells whether the password is the user's. An unknown user costs the same time as a wrong password."""
        with self._lock:
            row = self._db.execute("SELECT salt, hash FROM users WHERE name=?", (name,)).fetchone()
        salt, digest = row or (b"\0" * 16, b"\0" * 32)
        return hmac.compare_digest(_scrypt(password, salt), digest) and row is not None

    # Sessions

    def open_session(self, user: str, *, lasting: bool = False) -> str:
        """Returns a new session key. A lasting one (for children and jobs of the stand-in) ends with the process."""
        key = secrets.token_urlsafe(48)
        with self._lock:
            self._db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(key), user, self._clock(), int(lasting))
            )
        return key

    def session_user(self, key: str) -> str | None:
        """Returns the user of a living session and keeps it alive."""
        now = self._clock()
        with self._lock:
            row = self._db.execute(
                "SELECT user, used, lasting, users.name FROM sessions LEFT JOIN users ON users.name = user WHERE key=?",
                (_digest(key),),
            ).fetchone()
            if row is None:
                return None
            if not row[2] and now - row[1] > SESSION_SECONDS:
                self._db.execute("DELETE FROM sessions WHERE key=?", (_digest(key),))
                return None
            if not row[2] and now - row[1] > 5:
                self._db.execute("UPDATE sessions SET used=? WHERE key=?", (now, _digest(key)))
        user = str(row[0])
        return user if user == SYSTEM_USER or row[3] is not None else None

    def sessions(self) -> list[tuple[str, str, float]]:
        """Returns (digest of the key, user, last use) of the sessions of people."""
        with self._lock:
            rows = self._db.execute("SELECT key, user, used FROM sessions WHERE lasting = 0 ORDER BY used").fetchall()
        return [(str(row[0]), str(row[1]), float(row[2])) for row in rows]

    def close_session_of(self, digest: str) -> bool:
        """Ends the session that `sessions` told of."""
        with self._lock:
            return self._db.execute("DELETE FROM sessions WHERE key=? AND lasting=0", (digest,)).rowcount > 0

    def close_sessions(self) -> None:
        """Ends every session of people."""
        with self._lock:
            self._db.execute("DELETE FROM sessions WHERE lasting=0")

    def close_session(self, key: str) -> None:
        with self._lock:
            self._db.execute("DELETE FROM sessions WHERE key=?", (_digest(key),))

    # Tokens

    def create_token(self, user: str, audience: str, expires: float = 0.0, starts: float = 0.0) -> tuple[Token, str]:
        """Returns the token's facts and its text, which is not kept.

        The text has the form of a JWT whose claims a client may read. Its last part is random and not a signature:
        what counts is that the hash of the whole is in the table.
        """
        if self.user(user) is None:
            raise AccountError(f"User '{user}' not found")
        token = Token(secrets.token_hex(32), user, audience, self._clock(), expires, True, starts)
        claims: dict[str, str | int] = {
            "iss": "understudy",
            "sub": user,
            "aud": audience,
            "idp": "Splunk",
            "jti": token.id,
        }
        claims |= {"iat": int(token.created), "exp": int(expires), "nbr": int(starts or token.created)}
        head = {"kid": "splunk.secret", "alg": "HS512", "ver": "v2", "ttyp": "static"}
        text = ".".join(
            [_encoded(json.dumps(head).encode()), _encoded(json.dumps(claims).encode()), secrets.token_urlsafe(64)]
        )
        with self._lock:
            self._db.execute(
                "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, 1, ?, 0, '')",
                (token.id, _digest(text), user, audience, token.created, expires, starts),
            )
        return token, text

    def tokens(self) -> list[Token]:
        with self._lock:
            columns = "id, user, audience, created, expires, enabled, starts, used, client"
            rows = self._db.execute(f"SELECT {columns} FROM tokens ORDER BY created")
            return [replace(Token(*row), enabled=bool(row[5])) for row in rows]

    def token_user(self, text: str, client: str = "") -> str | None:
        """Returns the user of a token that is valid now, and notes its use."""
        now, digest = self._clock(), _digest(text)
        with self._lock:
            row = self._db.execute(
                "SELECT user, expires, enabled, starts FROM tokens WHERE hash=?", (digest,)
            ).fetchone()
            if row is None or not row[2] or (row[1] and row[1] < now) or row[3] > now:
                return None
            self._db.execute("UPDATE tokens SET used=?, client=? WHERE hash=?", (now, client, digest))
        return str(row[0])

    def enable_token(self, identifier: str, enabled: bool) -> bool:
        with self._lock:
            return self._db.execute("UPDATE tokens SET enabled=? WHERE id=?", (int(enabled), identifier)).rowcount > 0

    def remove_token(self, identifier: str) -> bool:
        with self._lock:
            return self._db.execute("DELETE FROM tokens WHERE id=?", (identifier,)).rowcount > 0


def _user(row: Sequence[str]) -> User:
    return User(row[0], tuple(json.loads(row[1])), *row[2:])


def _hashed(password: str) -> tuple[bytes, bytes]:
    if not password:
        raise AccountError("the password must not be empty")
    salt = secrets.token_bytes(16)
    return salt, _scrypt(password, salt)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=WORK, r=8, p=1, dklen=32)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
