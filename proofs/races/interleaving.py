"""Two operations at once, in every order that changes hands twice: each stops before a call that leaves the process.

Both run in threads of which one goes at a time, so that the same order of calls can be had again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

FOREVER = 10**9


@dataclass(frozen=True)
class Order:
    """`begins` (0 or 1) makes `first` calls, then the other makes `second` calls, then `begins` goes to its end."""

    begins: int
    first: int
    second: int


@dataclass
class Met:
    """What came of two operations: the result of each, and who began and ended when."""

    results: tuple[Any, Any]
    steps: list[tuple[str, int]]

    def after(self, later: int, earlier: int) -> bool:
        """Whether one began when the other had ended."""
        return self.steps.index(("begin", later)) > self.steps.index(("end", earlier))


class Turns:
    """Whose turn it is, and how many calls each has made."""

    def __init__(self, order: Order) -> None:
        self._left = {order.begins: order.first, 1 - order.begins: order.second}
        self._turn = order.begins
        self._ended: set[int] = set()
        self._moved = threading.Condition()
        self.calls = [0, 0]
        self.steps: list[tuple[str, int]] = []

    def begin(self, who: int) -> None:
        """Waits for the first turn."""
        with self._moved:
            self._hand_over(who)
            self._moved.wait_for(lambda: self._turn == who)
            self.steps.append(("begin", who))

    def call(self, who: int) -> None:
        """Comes before each call: hands over once `who` has made its calls, and waits for its turn."""
        with self._moved:
            self._hand_over(who)
            self._moved.wait_for(lambda: self._turn == who)
            self._left[who] -= 1
            self.calls[who] += 1

    def end(self, who: int) -> None:
        """The other goes on."""
        with self._moved:
            self.steps.append(("end", who))
            self._ended.add(who)
            self._turn = 1 - who
            self._moved.notify_all()

    def _hand_over(self, who: int) -> None:
        if self._turn == who and self._left[who] == 0 and 1 - who not in self._ended:
            self._left[who] = FOREVER
            self._turn = 1 - who
            self._moved.notify_all()


class Watched:
    """An object whose methods are called in turn."""

    def __init__(self, inner: Any, before: Callable[[], None]) -> None:
        self._inner, self._before = inner, before

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return called(found, self._before) if callable(found) else found


def called(function: Callable[..., Any], before: Callable[[], None]) -> Callable[..., Any]:
    """The function, called in turn."""

    def in_turn(*given: Any, **named: Any) -> Any:
        before()
        return function(*given, **named)

    return in_turn


def meet(operations: tuple[Callable[[Callable[[], None]], Any], ...], order: Order) -> tuple[Met, list[int]]:
    """Runs two operations in an order; each is given what it calls before it leaves the process. Raises its error."""
    turns, results, errors = Turns(order), [None, None], []

    def run(who: int) -> None:
        try:
            turns.begin(who)
            results[who] = operations[who](lambda: turns.call(who))
        except BaseException as error:
            errors.append(error)
        finally:
            turns.end(who)

    threads = [threading.Thread(target=run, args=(who,), daemon=True) for who in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return Met((results[0], results[1]), turns.steps), turns.calls


def orders(calls: list[int]) -> Iterator[Order]:
    """Every order that changes hands twice, for operations that make so many calls when nobody is beside them."""
    for begins in (0, 1):
        for first in range(calls[begins] + 1):
            for second in (*range(1, calls[1 - begins] + 1), FOREVER):
                yield Order(begins, first, second)
