"""One user's rights, decided in one place.

Indexes: allowed = union of the roles' lists, an index that any role disallows is out, `*` never matches an index
whose name begins with `_`, no list = no index. Objects: the app, the category and the object must each let the
user in; the owner and holders of admin_all_objects always may. Everything else is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from understudy.access import roles as roles_module
from understudy.conf import NOBODY, SYSTEM, Acl, Conf, Entry
from understudy.conf.metadata import Access

ALL_OBJECTS = "admin_all_objects"
SYSTEM_USER, SYSTEM_ROLE = "splunk-system-user", "splunk-system-role"


def index_matches(pattern: str, index: str) -> bool:
    """Tells whether an index list's pattern covers an index; only one that begins with `_` reaches internal ones."""
    if index.startswith("_") != pattern.startswith("_"):
        return False
    if "*" not in pattern:
        return pattern == index
    return re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), index) is not None


@dataclass(frozen=True)
class AccessContext:
    """What one user may do. capabilities None = all; filters are search expressions as written in authorize.conf."""

    user: str
    roles: tuple[str, ...]
    """The roles held and everything they import."""
    capabilities: frozenset[str] | None
    allowed: tuple[str, ...]
    disallowed: tuple[str, ...]
    default: tuple[str, ...]
    selecting: tuple[str, ...] = ()
    eliminating: tuple[str, ...] = ()
    time_window: int = -1
    earliest_window: int = -1
    quotas: Mapping[str, int] = field(default_factory=dict)
    conf: Conf | None = field(default=None, repr=False, compare=False)
    held: tuple[str, ...] = ()
    """The roles held directly."""
    max_time: int = 0
    """seconds after which the user's searches are finalized, 0 = no limit"""
    cumulative: Mapping[str, int] = field(default_factory=dict)
    """role held -> how many searches of all its holders may run at once, 0 = no limit"""
    kv_denied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """operation (create, update, delete) -> KV collections where no permission lets the user do it"""

    def may(self, capability: str) -> bool:
        """Tells whether the user holds a capability."""
        return self.capabilities is None or capability in self.capabilities

    def may_change_collection(self, operation: str, collection: str) -> bool:
        """Tells whether the roles' deny-lists leave an operation on a collection; its permissions are asked apart."""
        return collection not in self.kv_denied.get(operation, ())

    def may_search_index(self, index: str) -> bool:
        """Tells whether the user's searches reach an index."""
        if any(index_matches(pattern, index) for pattern in self.disallowed):
            return False
        return any(index_matches(pattern, index) for pattern in self.allowed)

    def searchable(self, indexes: Iterable[str]) -> list[str]:
        """Returns those of the indexes that the user may search."""
        return [index for index in indexes if self.may_search_index(index)]

    def searched_by_default(self, indexes: Iterable[str]) -> list[str]:
        """Returns those of the indexes that are searched when a search names none."""
        return [
            index
            for index in self.searchable(indexes)
            if any(index_matches(pattern, index) for pattern in self.default)
        ]

    @property
    def search_filter(self) -> str:
        """Returns the roles' filters as one search expression; empty = no filter."""
        parts = []
        if self.selecting and "*" not in self.selecting:
            parts.append("(" + " OR ".join(f"({item})" for item in self.selecting) + ")")
        parts += [f"({item})" for item in self.eliminating]
        return " ".join(parts)

    # Objects

    def may_read(self, app: str, category: str, name: str | None = None, owner: str | None = None) -> bool:
        """Tells whether the user may use an object (owner set = a private one of that user)."""
        return self._may(app, category, name, owner, "read")

    def may_write(self, app: str, category: str, name: str | None = None, owner: str | None = None) -> bool:
        """Tells whether the user may change an object, or make one in the category when name is None."""
        return self._may(app, category, name, owner, "write")

    def may_read_acl(self, acl: Acl, category: str, name: str) -> bool:
        """Tells whether the user may use the object that an entry's permissions speak of."""
        return self.may_read(acl.app, category, name, acl.owner if acl.sharing == "user" else None)

    def shown(self, entry: Entry, category: str) -> Entry | None:
        """Returns an object as the user may know it, None for one that may not be read.

        Settings that it takes over from a stanza of its name which the user may not read are left out.
        """
        if not self.may_read_acl(entry.acl, category, entry.name):
            return None
        if self.conf is None or self.may(ALL_OBJECTS):
            return entry
        return self.conf.without_hidden(category, entry, lambda app, name: self.may_read(app, category, name))

    def may_write_acl(self, acl: Acl, category: str, name: str) -> bool:
        return self.may_write(acl.app, category, name, acl.owner if acl.sharing == "user" else None)

    def _may(self, app: str, category: str, name: str | None, owner: str | None, side: str) -> bool:
        if self.may(ALL_OBJECTS):
            return True
        if owner not in (None, NOBODY):
            return owner == self.user and self._may_see(app)
        if self.conf is None:
            return False
        if name is not None and self.conf.metadata(app).setting(category, name, "owner") == self.user:
            return self._may_see(app)
        if not self._may_see(app, category, name):
            return False
        # For writing the narrowest level that speaks decides: an app closed for writing may open one object.
        return side == "read" or self._granted(self.conf.acl(app, category, name).write)

    def _may_see(self, app: str, category: str = "", name: str | None = None) -> bool:
        if self.conf is None:
            return False
        return all(self._granted(names) for names in read_lists(self.conf.metadata(app).access_levels(category, name)))

    def _granted(self, names: Sequence[str]) -> bool:
        return "*" in names or any(role in names for role in self.roles)


def read_lists(levels: list[Access]) -> list[tuple[str, ...]]:
    """Returns the read lists that must each let a user in; an app without any `read` is open to all."""
    return [access.read for access in levels if access.read is not None]


def build(conf: Conf, user: str, roles: Sequence[str]) -> AccessContext:
    """Returns a user's rights from the roles held; a role that authorize.conf does not know grants nothing."""
    loaded = [role for role in (roles_module.load(conf, name) for name in dict.fromkeys(roles)) if role is not None]
    return AccessContext(
        user=user,
        roles=tuple(dict.fromkeys(name for role in loaded for name in (role.name, *role.imported))),
        capabilities=frozenset().union(*(role.capabilities for role in loaded)),
        allowed=joined(role.allowed for role in loaded),
        disallowed=joined(role.disallowed for role in loaded),
        default=joined(role.default for role in loaded),
        selecting=joined(role.selecting for role in loaded),
        eliminating=joined(role.eliminating for role in loaded),
        time_window=roles_module.least_restrictive(role.time_window for role in loaded),
        earliest_window=roles_module.least_restrictive(role.earliest_window for role in loaded),
        quotas={key: roles_module.widest_quota(role.quotas[key] for role in loaded) for key in roles_module.QUOTAS},
        conf=conf,
        held=tuple(role.name for role in loaded),
        max_time=max((role.max_time for role in loaded), default=0),
        cumulative={role.name: role.cumulative_quota for role in loaded},
        kv_denied={
            operation: joined(role.kv_denied.get(operation, ()) for role in loaded)
            for operation in roles_module.KV_OPERATIONS
        },
    )


def joined(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def system_user(conf: Conf) -> AccessContext:
    """Returns the rights of splunkd's own user: those of its role, so no capability of an app that no conf gives it.

    Quotas do not hold back what splunkd does itself.
    """
    rights = build(conf, SYSTEM_USER, [SYSTEM_ROLE])
    return replace(rights, quotas=dict.fromkeys(roles_module.QUOTAS, 0), max_time=0, cumulative={})


def system(conf: Conf | None = None) -> AccessContext:
    """Returns rights that nothing limits, for work that no user asks for: every capability, every index."""
    return AccessContext(
        SYSTEM_USER,
        ("admin",),
        None,
        ("*", "_*"),
        (),
        ("main",),
        conf=conf,
        held=("admin",),
        quotas=dict.fromkeys(roles_module.QUOTAS, 0),
    )


__all__ = ["SYSTEM", "SYSTEM_ROLE", "SYSTEM_USER", "AccessContext", "build", "system", "system_user"]
