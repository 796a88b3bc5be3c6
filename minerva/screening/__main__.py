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
from typing import Union

from minerva.json_lines import command, loaded
from minerva.screening.analysis import analyze
from minerva.screening.figures import figures
from minerva.screening.model import ChainError
from minerva.screening.reading import read_chain
from minerva.screening.report import report


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
