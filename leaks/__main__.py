"""Command line of the leak check: `build.py leaks` ends here.

Without options: on the stand-in. With --url and --credentials: on an operator's own Splunk. Exit code 0 nothing was
seen and enough was asked, 1 otherwise, 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leaks.checking import LEAST_SURFACES, Report, lines, run
from leaks.credentials import CredentialsError, read_site
from leaks.model import Site, Surface
from leaks.planting import SPLUNK, Patience, plant, take_away
from leaks.standin import HOME, standing_in
from leaks.surfaces import SURFACES


def main(arguments: list[str]) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="build.py leaks", description="Plants canaries and looks for them.")
    parser.add_argument("--url", help="management port of your Splunk, https://HOST:8089")
    parser.add_argument("--credentials", type=Path, help="JSON file with tenants and people (docs/leaks.md)")
    parser.add_argument("--surface", action="append", choices=[each.name for each in SURFACES], help="only this one")
    parser.add_argument("--home", type=Path, default=HOME, help="folder of the stand-in, emptied at the start")
    given = parser.parse_args(arguments)
    if (given.url is None) != (given.credentials is None):
        parser.error("--url and --credentials belong together")
    surfaces = [each for each in SURFACES if given.surface is None or each.name in given.surface]
    if given.url is None:
        with standing_in(given.home) as stood:
            report = check(stood.site, surfaces, stood.patience)
    else:
        try:
            report = check(read_site(given.credentials, given.url), surfaces, SPLUNK)
        except CredentialsError as error:
            parser.error(str(error))
    print("\n".join(lines(report)), flush=True)
    return 0 if report.good(1 if given.surface else LEAST_SURFACES) else 1


def check(site: Site, surfaces: list[Surface], patience: Patience) -> Report:
    """Plants a canary in each institution, asks, and takes away what can be taken away."""
    begun = [plant(site, place, patience) for place in site.institutions]
    targets = [planted() for planted in begun]
    try:
        return run(site, targets, surfaces)
    finally:
        for target in targets:
            take_away(site, target)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
