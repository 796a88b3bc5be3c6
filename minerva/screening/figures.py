"""An analysis as JSON values: what a page shows and what is kept. No key of a person is in it."""

from __future__ import annotations

from typing import Any

from minerva.screening.analysis import Analysis, Place
from minerva.screening.model import Chain
from minerva.screening.report import FEW, actions


def figures(chain: Chain, found: Analysis) -> dict[str, Any]:
    """Returns the analysis as JSON values: no key of a person is in it."""
    return {
        "chain": chain.name,
        "as_of": chain.as_of.isoformat(),
        "actions": [{"step": step, "remedy": remedy, "outcomes": count} for step, remedy, count in actions(found)],
        "steps": [{"step": each.step.name, "in_policy": each.step.in_policy, "could_have_caught": dict(each.counts),
                   "no_other_step": each.alone} for each in found.steps],
        "outcomes": [{"outcome": each.outcome.outcome_id, "day": each.outcome.day.isoformat(), "step": each.step,
                      "failure": each.failure, "fact": each.fact, "days_on_record": each.days}
                     for each in found.catches],
        "uncatchable": [each.outcome_id for each in found.uncatchable],
        "locations": [_place(each) for each in found.places if each.staff >= FEW],
        "few": [each.location.label for each in found.places if each.staff < FEW],
        "left_out": list(chain.problems),
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    done = None if place.done is None else round(place.done, 3)
    return {"location": place.location.location_id, "label": place.location.label, "staff": place.staff, "done": done,
            "gaps": [gap._asdict() for gap in place.gaps], "signals": dict(place.location.signals)}  # fmt: skip
