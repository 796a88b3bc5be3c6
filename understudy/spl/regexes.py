"""Regular expressions as Splunk writes them (PCRE), run by the `regex` package with a time limit on every call.

A pattern that backtracks without end stops the search with a message instead of hanging it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.pcre import translate

TIMEOUT_S = 2.0
REFERENCE = regex.compile(r"\\(\d{1,2}|.)", regex.DOTALL)
MAX_PATTERN = 20_000
MOST_REPEATS = 65_535
"""A quantifier's largest number, as in PCRE; the `regex` package takes gigabytes for larger ones."""
MOST_STEPS = 1_000_000
"""Parts of a pattern, each repeated one counted as often as it may stand. PCRE has such a limit in its own units."""
PART = regex.compile(
    r"(?<escape>\\.)|(?<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?<open>\()|(?<close>\))|\{(?<least>\d+)(?:,(?<most>\d*))?\}|.",
    regex.ASCII | regex.DOTALL,
)


@dataclass(frozen=True)
class Regex:
    """A compiled pattern. Its calls raise RuntimeSplError when they take longer than the limit."""

    pattern: str
    compiled: Any  # regex.Pattern; the package has no types
    position: int | None

    def search(self, text: str, start: int = 0) -> Any:
        """Returns the first match object, or None."""
        try:
            return self.compiled.search(text, start, timeout=TIMEOUT_S)
        except TimeoutError as error:
            raise self._too_slow() from error

    def finditer(self, text: str) -> Iterator[Any]:
        """Yields match objects that do not overlap."""
        try:
            yield from self.compiled.finditer(text, timeout=TIMEOUT_S)
        except TimeoutError as error:
            raise self._too_slow() from error

    def sub(self, replacement: str | Callable[[Any], str], text: str, count: int = 0) -> str:
        r"""Returns the text with matches replaced; in a replacement text `\1` is a group and `\0` the whole match."""
        write = replacement_of(replacement) if isinstance(replacement, str) else replacement
        try:
            return str(self.compiled.sub(write, text, count=count, timeout=TIMEOUT_S))
        except TimeoutError as error:
            raise self._too_slow() from error

    @property
    def groups(self) -> dict[str, int]:
        """Named groups: name -> number, in the order of the pattern."""
        return dict(self.compiled.groupindex)

    def _too_slow(self) -> RuntimeSplError:
        return RuntimeSplError(
            f"The regular expression '{self.pattern[:60]}' took over {TIMEOUT_S:g} s on one value.", self.position
        )


@lru_cache(maxsize=512)
def _compile(pattern: str, flags: int) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return regex.compile(translate(pattern), flags | regex.VERSION0)


def compile_regex(pattern: str, position: int | None = None, *, ignore_case: bool = False) -> Regex:
    """Returns the Regex of a PCRE pattern; raises SplSyntaxError when it is malformed."""
    if len(pattern) > MAX_PATTERN:
        raise SplSyntaxError(f"The regular expression is longer than {MAX_PATTERN} characters.", position)
    if "{" in pattern:
        _check_repeats(pattern, position)
    try:
        return Regex(pattern, _compile(pattern, regex.IGNORECASE if ignore_case else 0), position)
    except (regex.error, OverflowError, RecursionError, ValueError, IndexError, KeyError, MemoryError) as error:
        raise SplSyntaxError(f"The regular expression '{pattern[:60]}' is malformed: {error}.", position) from error


def _check_repeats(pattern: str, position: int | None) -> None:
    """Raises SplSyntaxError for a quantifier, or quantifiers within each other, that memory could not hold."""
    sizes, last = [0], 0
    for part in PART.finditer(pattern):
        counts = [part["least"] or "", part["most"] or ""]
        if part["open"]:
            sizes.append(0)
            continue
        if part["least"] is not None:
            if any(len(count) > 5 or int(count) > MOST_REPEATS for count in counts if count):
                raise SplSyntaxError(
                    f"The regular expression '{pattern[:60]}' repeats a part more than {MOST_REPEATS:,} times.",
                    position,
                )
            more = last * (max(int(count) for count in counts if count) - 1)
            last += more
            sizes[-1] += more
        else:
            last = sizes.pop() if part["close"] and len(sizes) > 1 else 1
            sizes[-1] += last
        if sizes[-1] > MOST_STEPS:
            raise SplSyntaxError(
                f"The regular expression '{pattern[:60]}' has more than {MOST_STEPS:,} parts when written out.",
                position,
            )


@lru_cache(maxsize=512)
def replacement_of(text: str) -> Callable[[Any], str]:
    r"""Returns a function from match to replacement: `\1` a group (empty if unused), `\n` a line."""
    if "\\" not in text:
        return lambda found: text

    def write(found: Any) -> str:
        def reference(escape: Any) -> str:
            name = str(escape.group(1))
            if name.isdigit():
                number = int(name)
                if number > found.re.groups and len(name) == 2:
                    return _group(found, int(name[0])) + name[1]
                return _group(found, number)
            return {"n": "\n", "t": "\t"}.get(name, name)

        return str(REFERENCE.sub(reference, text))

    return write


def _group(found: Any, number: int) -> str:
    return (found.group(number) or "") if number <= found.re.groups else ""
