"""The search command minervarisk: its options, and a run over the handler's answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Callable, Union

from minerva.risk.learned import Model
from minerva.risk.registry import RegistryError, chosen, shipped
from minerva.risk.run import Run
from minerva.risk.sectors import Sector
from minerva.risk.values import day_of_epoch
from minerva.risk_scores.models import learned_of, model_of, words_of
from minerva.risk_scores.rows import compared_rows, document_of, learned_row, rows_of
from minerva.risk_scores.saving import MOST_DAYS, MOST_SAVED
from minerva.tenancy.event_trust import whole

Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
PAGE = 1000
POINTS, LEARNED = MODELS = ("points", "learned")
SCORES = "scores"
OUTPUTS = (SCORES, "regions", "years", "clusters")
UNTRUSTED = "Minerva signed no record of the institution with that text (its _raw)"
_TENANT = re.compile(r"[a-z0-9][a-z0-9_\-]{0,63}")
_YES = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Chosen:
    """sectors: those that are scored; establishment: of which alone rows are wanted, "" for all; learned: whether rows
    are those of the learned model; named: whether the sectors were named; output: one of OUTPUTS; rose: rows are those
    alone whose stored state rose in so many days, 0 for all."""

    sectors: Sequence[Sector]
    tenant: str
    store: bool
    establishment: str
    limit: int
    learned: bool = False
    named: bool = False
    output: str = SCORES
    rose: int = 0


def read_options(given: Mapping[str, Union[str, None]]) -> Chosen:
    """Returns what the options' texts say (None = absent). Raises OptionError."""
    names = [name.strip() for name in (given.get("sector") or "").split(",") if name.strip()]
    try:
        sectors = chosen(names)
    except RegistryError as error:
        raise OptionError(f"sector: {error}") from None
    store = _YES.get((given.get("store") or "false").casefold())
    if store is None:
        raise OptionError("store: expected true or false")
    tenant = given.get("tenant") or ""
    if (tenant or store) and not _TENANT.fullmatch(tenant):
        raise OptionError("tenant: expected the id of an institution, as in tenant=northfield")
    establishment = given.get("establishment") or ""
    if establishment and not re.fullmatch(r"b_[0-9a-f]{16}", establishment):
        raise OptionError("establishment: expected an id such as b_0123456789abcdef")
    limit = given.get("limit") or "1000"
    if not re.fullmatch(r"[0-9]{1,6}", limit) or not 1 <= int(limit) <= 100_000:
        raise OptionError("limit: expected a whole number from 1 to 100000")
    model = (given.get("model") or POINTS).casefold()
    if model not in MODELS:
        raise OptionError(f"model: expected one of {', '.join(MODELS)}")
    if store and model != POINTS:
        raise OptionError("store: the scores that are stored are those of model=points")
    rose = given.get("rose") or "0"
    if not re.fullmatch(r"[0-9]{1,2}", rose) or int(rose) > MOST_DAYS:
        raise OptionError(f"rose: expected a whole number of days, {MOST_DAYS} at most")
    if int(rose) and not tenant:
        raise OptionError("rose: the states of one institution are stored: name it, as in tenant=northfield")
    if int(rose) and store:
        raise OptionError("rose: reads what was stored; with store=true the rows are those that rose by this run")
    output = (given.get("output") or SCORES).casefold()
    if output not in OUTPUTS:
        raise OptionError(f"output: expected one of {', '.join(OUTPUTS)}")
    if output != SCORES and (store or establishment or model == LEARNED or int(rose)):
        raise OptionError(f"output: {output} are of all businesses by their points, and are not stored")
    if int(rose) and model == LEARNED:
        raise OptionError("rose: the states that are stored are those of model=points")
    learned = model == LEARNED
    return Chosen(sectors, tenant, store, establishment, int(limit), learned, bool(names), output, int(rose))


class Scoring:
    """One search: events are taken chunk by chunk, scores come at its end."""

    def __init__(self, options: Chosen, now: float, ask: Ask) -> None:
        self._options, self._ask, self._now = options, ask, now
        self._models = self._active() if options.learned else {}
        self._untrusted = 0
        self._analyst = False
        self._run = Run(options.sectors, options.tenant, day_of_epoch(now), self._holding)

    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        for at in range(0, len(rows), PAGE):
            texts = [str(row.get("_raw", "")) for row in rows[at : at + PAGE]]
            read = [each for each in whole(texts, self._ask) if each is not None]
            mine = [each.event for each in read if self._options.tenant in ("", each.tenant_id)]
            self._untrusted += len(texts) - len(mine)
            self._run.take(mine)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The scores as rows, stored first if that is asked for: then only those whose state rose by it."""
        outcome, options = self._run.outcome(), self._options
        today = day_of_epoch(self._now)
        documents = [document_of(one, options.tenant, today, outcome.market) for one in outcome.scores]
        if options.learned:
            yield from self._learned(documents)
            return
        if options.output != SCORES:
            yield from islice(compared_rows(documents, options.output), options.limit)
            return
        if options.store:
            rose = self._save(documents)
            documents = [each for each in documents if each["establishment_id"] in rose]
        elif options.rose:
            told = self._ask("risk_rose", {"tenant_id": options.tenant, "days": options.rose})["rose"]
            documents = [each for each in documents if each["establishment_id"] in told]
        if options.establishment:
            documents = [each for each in documents if each["establishment_id"] == options.establishment]
        yield from rows_of(documents[: options.limit], options.sectors, self._analyst)

    def warnings(self) -> list[str]:
        """What a person should know of what was left out."""
        told = [f"an indicator of this installation is not used as it stands: {fault}"
                for fault in shipped().faults.values()]  # fmt: skip
        if self._run.unread:
            told.append(f"{self._run.unread} rows were left out: {self._run.why}")
        if self._untrusted:
            told.append(f"{self._untrusted} rows are untrusted and were not scored: {UNTRUSTED}")
        if self._run.unlinked:
            told.append(f"{self._run.unlinked} records belong to no entity of yours (yet) and were not scored")
        return told

    def _active(self) -> dict[str, Model]:
        """Sector -> the model in use. Raises OptionError where one that is asked for has none."""
        tenant = {"tenant_id": self._options.tenant} if self._options.tenant else {}
        found: dict[str, Model] = {}
        for row in self._ask("risk_models", tenant)["models"]:
            if str(row["sector"]) in found:
                raise OptionError("tenant: several of your institutions have a learned model: name one")
            model = model_of(row)
            if model is not None:
                found[str(row["sector"])] = model
        asked = [sector.id for sector in self._options.sectors if sector.id not in found]
        if asked and (self._options.named or not found):
            raise OptionError(
                f"model: no learned model is active for {', '.join(asked)}: an administrator of the institution "
                "activates one that was trained on its own labels (docs/risk.md)"
            )
        return found

    def _learned(self, documents: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Rows of the learned model, the highest first."""
        words = {sector.id: words_of(sector, self._analyst) for sector in self._options.sectors}
        told = []
        for each in documents:
            model = self._models.get(each["sector"])
            if model is not None and self._options.establishment in ("", each["establishment_id"]):
                told.append((learned_of(model, each["values"], words[each["sector"]]), each))
        told.sort(key=lambda pair: (-pair[0]["log_odds"], pair[1]["establishment_id"]))
        for learned, each in told[: self._options.limit]:
            yield learned_row(each, learned)

    def _holding(self, ids: Sequence[str]) -> Mapping[str, str]:
        tenant = {"tenant_id": self._options.tenant} if self._options.tenant else {}
        answer = self._ask("risk_holding", {**tenant, "ids": list(ids)})
        self._analyst = answer.get("analyst") is True
        held: Mapping[str, str] = answer["held"]
        return held

    def _save(self, documents: Sequence[Mapping[str, Any]]) -> set[str]:
        rose: set[str] = set()
        pages = [documents[at : at + MOST_SAVED] for at in range(0, len(documents), MOST_SAVED)] or [[]]
        for number, page in enumerate(pages, 1):
            body = {
                "tenant_id": self._options.tenant, "run": int(self._now), "scores": list(page),
                "sectors": [sector.id for sector in self._options.sectors], "last": number == len(pages),
            }  # fmt: skip
            rose.update(self._ask("risk_save", body)["rose"])
        return rose
