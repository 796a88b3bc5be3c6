"""The tables of eval functions, one module per category of Splunk's reference; `functions()` is the only list."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from understudy.spl.eval.shapes import Function


@lru_cache(maxsize=1)
def functions() -> dict[str, Function]:
    """Returns every eval function by name."""
    found: dict[str, Function] = {}
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        for function in getattr(module, "FUNCTIONS", ()):
            found[function.name] = function
    return found
