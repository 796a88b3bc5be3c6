"""Secrets of an installation: 32 bytes under a name, made once by whoever claims the name first, and read by all.

Each search head has its own password store, which takes over the others' entries after a while: two that make a secret
at the same time would sign differently. So its making is claimed first, by an insert that the KV store grants once.
The claim holds a hash of the secret, and no other value counts.
"""

from __future__ import annotations

import hashlib
from typing import Callable, Protocol

from minerva.documents import Collection, Document
from minerva.tenancy.errors import Unanswered

PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds between readings of what this search head does not show yet."""
CLAIM_S = 120
"""A claim that did not end in a secret after so many seconds was made by a process that died."""
MADE, GIVEN_UP = "made", "given up"


class SecretError(Unanswered):
    """There is no secret, or not the right one, on this search head; the message is for administrators."""


class Passwords(Protocol):
    """The password store of one search head."""

    def read(self, name: str) -> str | None: ...

    def write(self, name: str, text: str) -> None:
        """Keeps a text under a name. One that is there already stays as it is."""


def installation_secret(
    name: str, passwords: Passwords, claims: Collection, draw: Callable[[], str], clock: Callable[[], float],
    wait: Callable[[float], None],
) -> str:  # fmt: skip
    """Returns the secret of the installation under a name, made of `draw` if there is none. Raises SecretError."""
    held = None
    for pause in (0.0, *PAUSES):
        if pause:
            wait(pause)
        held = passwords.read(name)
        number, claim = _newest(name, claims)
        if held is not None:
            # A secret of the time before claims is claimed as it is; else this member does not show the claim yet.
            if claim is None and claims.insert(_claim(name, 0, held, clock())):
                claim = {"digest": _digest(held)}
            if claim is not None and claim["digest"] == _digest(held) and _ends(name, number, claims, MADE):
                return held
            continue
        if claim is not None:
            if claim["since"] >= clock() - CLAIM_S or not _ends(name, number, claims, GIVEN_UP):
                continue
            number += 1
        made = draw()
        if claims.insert(_claim(name, number, made, clock())):
            passwords.write(name, made)
            if passwords.read(name) == made and _ends(name, number, claims, MADE):
                return made
    if held is None:
        raise SecretError(f"the secret '{name}' was made on another search head and is not here yet; try again")
    raise SecretError(
        f"the secret '{name}' of this search head is not the installation's: delete it here, so that it comes again"
    )


def _newest(name: str, claims: Collection) -> tuple[int, Document | None]:
    """Returns the last claim with its number. Claims are never deleted, so that a search head that is behind and would
    claim once more finds the number taken."""
    number, claim = 0, claims.get(f"secret:{name}:0")
    while claim is not None and (further := claims.get(f"secret:{name}:{number + 1}")) is not None:
        number, claim = number + 1, further
    return number, claim


def _ends(name: str, number: int, claims: Collection, how: str) -> bool:
    """Whether a claim ends so: whoever says it first, its maker or who gives it up, decides for all."""
    key = f"secret:{name}:{number}:end"
    end = claims.get(key)
    if end is None:
        return claims.insert({"_key": key, "kind": "secret", "how": how})
    return bool(end["how"] == how)


def _claim(name: str, number: int, text: str, now: float) -> Document:
    return {"_key": f"secret:{name}:{number}", "kind": "secret", "digest": _digest(text), "since": now}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
