"""The one door for people and CI: demo, test, check, prove, leaks, bench, package, deploy, tenants,
sources, emit, lock. See assembly/."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (an older interpreter does reach this line)
    sys.exit(f"build.py needs Python 3.11 or later; this is {sys.version.split()[0]}. Run it with a newer python3.")

sys.dont_write_bytecode = True

from assembly.door import main  # noqa: E402  (after the version check, which older Pythons must reach)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
