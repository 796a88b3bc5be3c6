"""One run: events of an institution's records to scores, whatever door asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Callable, NamedTuple, Union

from minerva.risk.establishments import Records, found_in
from minerva.risk.market import Market
from minerva.risk.points import Score, score
from minerva.risk.reading import NotRead, read_event
from minerva.risk.sectors import Sector
from minerva.risk.seen import Seen

Holding = Callable[[Sequence[str]], Mapping[str, str]]
"""Record ids -> entity id of each that is linked."""


class Outcome(NamedTuple):
    """scores: the highest first; read, unread: rows that were records and rows that were none; market: what the scored
    businesses are as a whole."""

    scores: list[Score]
    read: int
    unread: int
    market: Market


class Run:
    """Takes events page by page and keeps what scores need of them."""

    def __init__(self, sectors: Sequence[Sector], tenant: str, today: int, holding: Holding) -> None:
        self.sectors = list(sectors)
        self.tenant = tenant
        self.today = today
        self.unread = 0
        self.unlinked = 0
        self.why = ""
        self._holding = holding
        self._records = Records()
        self._seen = Seen()

    def take(self, events: Iterable[Union[str, Mapping[str, Any]]]) -> None:
        """Reads a page of events, as JSON or as they were read of it; of a record id given twice the first counts."""
        facts = []
        for event in events:
            try:
                fact = read_event(event, "", self.today)
            except NotRead as error:
                self.unread += 1
                self.why = self.why or str(error)
                continue
            if self._seen.add(fact.record_id):
                facts.append(fact)
        held = self._holding([fact.record_id for fact in facts]) if facts else {}
        for fact in facts:
            entity_id = held.get(fact.record_id)
            if entity_id is None:  # erased, kept in the vault, of nobody whom the asker may see, or not linked yet
                self.unlinked += 1
            else:
                self._records.add(fact._replace(entity_id=entity_id))

    def outcome(self) -> Outcome:
        """The scores of everything that was taken."""
        made = found_in(self._records, self.sectors, self.tenant, self.today)
        market = Market(self._records, made, self.sectors)
        by_id = {sector.id: sector for sector in self.sectors}
        scores = [score(each, by_id[each.sector], market, self.today) for each in made]
        scores.sort(key=lambda one: (-one.score, one.missing, one.establishment.establishment_id))
        return Outcome(scores, self._records.read, self.unread, market)
