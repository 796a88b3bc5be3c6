"""Index-time edits of an event's text that props.conf asks for: SEDCMD- scripts and CHARSET."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from understudy.spl.commands.rex import sed_function
from understudy.spl.errors import SplError
from understudy.storage.events import StorageError
from understudy.storage.props import Settings, classes

Edit = Callable[[str], str]
UTF8 = frozenset({"", "utf-8", "utf8", "utf_8", "ascii", "us-ascii"})


def edits(settings: Settings, complain: Callable[[str], None]) -> tuple[Edit, ...]:
    """Returns what the SEDCMD- classes do to _raw, in ASCII order of the class; unusable ones are complained about."""
    found: list[Edit] = []
    for name, script in classes(settings, "SEDCMD-"):
        try:
            found.append(sed_function(script, 0))
        except SplError as error:
            complain(f"SEDCMD-{name} cannot be used: {error.message}")
    return tuple(found)


def decoded(data: bytes, charset: str) -> str:
    """Returns bytes as text. Bytes that the encoding does not know become `\\xF3`; without CHARSET it is UTF-8.

    Raises StorageError for an encoding that is not known, and for AUTO, which would be a guess: what comes in under
    it is discarded, as documented.
    """
    name = charset.strip()
    if name.lower() in UTF8:
        return data.decode("utf-8", "replace" if not name else "hexadecimal")
    try:
        return data.decode(codecs.lookup(name).name, "hexadecimal")
    except LookupError:
        raise StorageError(f"CHARSET = {name} is not a known encoding: the data is discarded") from None


def is_known(charset: str) -> bool:
    """Tells whether `decoded` can read a CHARSET."""
    try:
        return charset.strip().lower() in UTF8 or bool(codecs.lookup(charset.strip()).name)
    except LookupError:
        return False


def _hexadecimal(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(f"\\x{byte:02X}" for byte in error.object[error.start : error.end]), error.end


codecs.register_error("hexadecimal", _hexadecimal)
