"""Who a user is and what he may do: accounts, and roles that become one AccessContext, which everything asks."""

from understudy.access.context import AccessContext, build, system, system_user
from understudy.access.readable import readable_stanzas

__all__ = ["AccessContext", "build", "readable_stanzas", "system", "system_user"]
