"""Records to entities: shared identifiers, agreeing names and addresses, hubs kept out, a reason for every join."""

from __future__ import annotations

from minerva.linking.judgements import Judgement
from minerva.linking.model import DEFAULT, Assignment, Entity, Hub, Join, Options, Resolution
from minerva.linking.resolve import resolve

__all__ = ["DEFAULT", "Assignment", "Entity", "Hub", "Join", "Judgement", "Options", "Resolution", "resolve"]
