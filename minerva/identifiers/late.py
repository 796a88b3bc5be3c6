"""Regular expressions that are compiled when they are first used.

Most searches read no text that needs the rarer ones, and to compile them all takes longer than many searches do.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


class Late(Generic[AnyStr]):
    """A pattern that is not compiled yet. Methods asked for stay at hand, so that only the first use passes here."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = (pattern, flags)
        self._compiled: re.Pattern[AnyStr] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = re.compile(*self._given)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile`, done when the pattern is first used; what is wrong with it is only told then. Not for functions of
    `re`, which want a compiled one."""
    return cast("re.Pattern[AnyStr]", Late(pattern, flags))
