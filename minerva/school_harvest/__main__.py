"""Pictures of crests and garments from schools' own websites, for `python -m minerva.schools build`.

    python -m minerva.school_harvest --register rows.jsonl --pictures DIR [--contact TEXT] [--allowed HOST:PORT]

rows.jsonl holds a row of the register a line (school_id, name, website...). Writes DIR/<school id>/{crest,tie,
garment}.png and facts.json, and a JSON line for each school: what was found and what was dropped, by code. A school
whose folder is there is not asked again. Exit code 2 if nothing can be done at all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Union
from urllib.parse import urlsplit

from minerva.images.errors import MissingLibraryError
from minerva.images.picture_child import why_not
from minerva.intake.errors import GuardError
from minerva.intake.pace import Bucket, Timing
from minerva.intake.web.fetch import USER_AGENT, Fetcher
from minerva.intake.web.guard import Guard, parse_allowed
from minerva.json_lines import command
from minerva.school_harvest.harvest import PER_SECOND, Harvest, harvest, told
from minerva.school_harvest.judge import Judge
from minerva.schools.register import RowError, checked


def main(arguments: Union[Sequence[str], None] = None) -> int:
    """Runs the command line; returns its exit code."""
    parser = command("minerva.school_harvest", __doc__)
    parser.add_argument("--register", required=True, type=Path, metavar="FILE")
    parser.add_argument("--pictures", required=True, type=Path, metavar="DIR")
    parser.add_argument("--contact", default="", help="whom a school's webmaster may ask, for the user agent")
    parser.add_argument("--allowed", default="", help="HOST:PORT that may be asked though it is not public; for a test")
    options = parser.parse_args(arguments)
    if why_not():
        print(why_not(), file=sys.stderr)
        return 2
    try:
        with Judge() as judge:
            for row in _rows(options.register):
                _school(row, options, judge)
    except (OSError, RowError, MissingLibraryError) as error:
        print(f"{error}", file=sys.stderr)
        return 2
    return 0


def _rows(register: Path) -> Iterator[dict[str, Any]]:
    with register.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield checked(json.loads(line))
            except (ValueError, AttributeError):
                raise RowError(f"{register.name}:{number}: expected a row of the register as one JSON object") from None


def _school(row: dict[str, Any], options: argparse.Namespace, judge: Judge) -> None:
    folder = options.pictures / str(row["school_id"])
    website = str(row.get("website") or "")
    if folder.exists() or not website:
        return
    allowed = parse_allowed(options.allowed)
    website = _secure(website, allowed)
    found = Harvest()
    try:
        fetcher = _fetcher(website, allowed, options.contact)
        try:
            found = harvest(website, fetcher, judge)
        finally:
            fetcher.close()
    except GuardError:
        found.counts["guard"] += 1
    folder.mkdir(parents=True)
    for part, png in found.pictures.items():
        (folder / f"{part}.png").write_bytes(png)
    facts = json.dumps(row, ensure_ascii=False, indent=1)
    (folder / "facts.json").write_text(facts + "\n", encoding="utf-8")
    print(json.dumps(told(row, found), ensure_ascii=False), flush=True)


def _secure(website: str, allowed: frozenset[tuple[str, int]]) -> str:
    """The address with TLS, whatever the register says, but for what is allowed by name."""
    parts = urlsplit(website if "//" in website else f"https://{website}")
    if (parts.hostname or "", parts.port or 80) in allowed:
        return parts.geturl()
    return parts._replace(scheme="https").geturl()


def _fetcher(website: str, allowed: frozenset[tuple[str, int]], contact: str) -> Fetcher:
    timing = Timing()
    guard = Guard(allowed=allowed)
    agent = f"Minerva-connectors/0.1 (+{contact})" if contact else USER_AGENT
    return Fetcher(
        guard, base_url=website, bucket=Bucket(PER_SECOND, 1, timing), timing=timing, timeout_s=30.0, user_agent=agent
    )


if __name__ == "__main__":
    raise SystemExit(main())
