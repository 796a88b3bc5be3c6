"""The capability that a command with effects beyond its rows asks for."""

from __future__ import annotations

from understudy.spl.errors import RuntimeSplError
from understudy.spl.model import Context


def require(capability: str, command: str, context: Context) -> None:
    """Raises RuntimeSplError when the user's roles lack the capability (authorize.conf)."""
    if context.capabilities is not None and capability not in context.capabilities:
        raise RuntimeSplError(f"You may not run '{command}': it needs the capability {capability}.")
