"""What a user may do: roles become one AccessContext, and every scan, lookup and object asks it."""

from understudy.access.context import AccessContext, build, system

__all__ = ["AccessContext", "build", "system"]
