"""Texts with what was found of each: its group, the group's template and the text's own slots."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

from minerva.text.grouping import group_texts
from minerva.text.normal import normal_text
from minerva.text.options import DEFAULT, Options
from minerva.text.template import Slot, describe_group


@dataclass(frozen=True)
class Family:
    """group: an id that depends on the words of the group's first text only, or None for a text without content.

    size: texts in the group; template and slots: see `template`, both empty for a text that stands alone.
    """

    group: Union[str, None]
    size: int
    template: Union[str, None] = None
    slots: tuple[Slot, ...] = ()


def families(texts: Sequence[str], options: Options = DEFAULT) -> list[Family]:
    """Returns the family of each text, in order."""
    labels = group_texts(texts, options)
    members: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        members.setdefault(label, []).append(place)
    found: list[Family] = [Family(None, 1)] * len(texts)
    for label, places in members.items():
        if not texts[label].strip():
            continue
        group = _group_id(texts[label])
        if len(places) == 1:
            found[label] = Family(group, 1)
            continue
        described = describe_group([texts[place] for place in places])
        for place, slots in zip(places, described.slots):
            found[place] = Family(group, len(places), described.template.text, tuple(slots))
    return found


def _group_id(text: str) -> str:
    words = b" ".join(normal_text(text).split()) or text.strip().encode("utf-8", "backslashreplace")
    return "t_" + hashlib.sha256(words).hexdigest()[:16]
