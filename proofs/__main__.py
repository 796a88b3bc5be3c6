"""The command line of the proofs; `build.py prove` comes here."""

from __future__ import annotations

import sys

from proofs.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
