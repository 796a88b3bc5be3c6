"""Lets Python's collector of cyclic garbage rest while much is made that holds no cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Within it the collector is off; afterwards it is as it was, and what was made meanwhile counts as old.

    Linking makes millions of objects and no cycles: the collector would walk all of them again and again, and once more
    as soon as it is on, since all of them would be new to it. To freeze and unfreeze puts them among the old ones
    without a look at any: they are walked, and freed where they are garbage, when all old ones are. A host that keeps
    frozen objects of its own keeps them so.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
