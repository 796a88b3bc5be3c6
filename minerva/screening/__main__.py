"""Command line of screening: a chain's JSON in, the report and the figures behind it out.

    python -m minerva.screening CHAIN.json --report report.html [--figures gaps.json]

The shape of CHAIN.json: docs/screening.md. Staff keys may be plain or hashed; no output holds one.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Union

from minerva.json_lines import command, loaded
from minerva.screening.analysis import Analysis, Place, analyze
from minerva.screening.model import Chain, ChainError
from minerva.screening.reading import read_chain
from minerva.screening.report import FEW, actions, report


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
        "left_out": list(chain.problems),
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    done = None if place.done is None else round(place.done, 3)
    return {"location": place.location.location_id, "staff": place.staff, "done": done,
            "gaps": [gap._asdict() for gap in place.gaps], "signals": dict(place.location.signals)}  # fmt: skip


def main(arguments: Union[Sequence[str], None] = None) -> int:
    """Returns 0 when done, 1 when the chain cannot be read."""
    parser = command("minerva.screening", __doc__)
    parser.add_argument("chain", type=Path)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--figures", type=Path)
    options = parser.parse_args(arguments)
    try:
        chain = read_chain(loaded(options.chain.read_text(encoding="utf-8-sig")), secrets.token_bytes(32))
    except (ChainError, ValueError, OSError) as error:
        print(f"{options.chain.name}: {error if isinstance(error, ChainError) else 'not a JSON file'}", file=sys.stderr)
        return 1
    found = analyze(chain)
    options.report.write_text(report(chain, found), encoding="utf-8")
    if options.figures:
        options.figures.write_text(json.dumps(figures(chain, found), indent=1) + "\n", encoding="utf-8")
    print(f"{len(found.catches)} steps could have caught {len(chain.outcomes) - len(found.uncatchable)} of "
          f"{len(chain.outcomes)} known outcomes; {len(chain.problems)} rows left out")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
