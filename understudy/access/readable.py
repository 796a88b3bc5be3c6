"""Which settings count in one user's search: those of objects that the user may read, as the layers have them.

A setting of props.conf is an object of its own (`props/<stanza>/<setting>`); elsewhere the stanza is.
"""

from __future__ import annotations

from understudy.access.context import ALL_OBJECTS, AccessContext
from understudy.conf import Conf, Merged

PARTED = frozenset({"props"})
"""Files whose settings are objects, not their stanzas."""


def readable_stanzas(conf: Conf, name: str, access: AccessContext, app: str, user: str) -> Merged:
    """Returns the stanzas of a conf file as `Conf.bare_stanzas` does, without what the user may not read."""
    if access.may(ALL_OBJECTS):
        return conf.bare_stanzas(name, app, user)
    merged: dict[str, dict[str, str]] = {}
    whole: dict[str, bool] = {}
    for layer, stanza, settings in conf.layered(name, app, user):
        if layer.app not in whole and not conf.metadata(layer.app).names_objects(name):
            whole[layer.app] = access.may_read(layer.app, name)
        if layer.user is not None or whole.get(layer.app):
            found = settings
        elif layer.app in whole:
            continue
        elif name in PARTED:
            found = {key: text for key, text in settings.items() if access.may_read(layer.app, name, f"{stanza}/{key}")}
        else:
            found = settings if access.may_read(layer.app, name, stanza) else {}
        if found:
            merged.setdefault(stanza, {}).update(found)
    return merged
