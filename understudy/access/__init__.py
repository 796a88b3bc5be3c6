"""Who a user is and what he may do: accounts, and roles that become one AccessContext, which everything asks."""

from understudy.access.context import AccessContext, build, system, system_user

__all__ = ["AccessContext", "build", "system", "system_user"]
