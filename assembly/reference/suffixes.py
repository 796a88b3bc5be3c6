"""Writes minerva/identifiers/data/suffixes.txt: the Public Suffix List in short, from the snapshot in tldextract.

    .venv/bin/python -m assembly.reference.suffixes [--check] [--list PATH]

`--list` names a public_suffix_list.dat instead of the snapshot (https://publicsuffix.org/list/, MPL-2.0). One line per
top-level domain: the domain, then what its rules put before it, `*` for any label and `!` for an exception.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

from assembly.paths import ROOT
from assembly.reference.data_file import write_or_check

TARGET = ROOT / "minerva" / "identifiers" / "data" / "suffixes.txt"
HEAD = """\
# Emitted by assembly.reference.suffixes from the Public Suffix List ({version}): do not edit.
# This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not
# distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.
"""
SECTIONS = {"ICANN": "# registries", "PRIVATE": "# companies that give names to others"}


class ListError(Exception):
    """No Public Suffix List to read, or a file that is none."""


def snapshot() -> Path:
    """Returns the list inside the installed tldextract. Raises ListError."""
    found = importlib.util.find_spec("tldextract")
    if found is None or found.origin is None:
        raise ListError("tldextract is not installed: install it or name a list with --list")
    return Path(found.origin).parent / ".tld_set_snapshot"


def _ascii(rule: str) -> str:
    """The rule with its labels as they stand in the DNS (RFC 3492)."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in rule.split(".")
    )


def _lines(rules: list[str]) -> Iterator[str]:
    by_top: dict[str, list[str]] = {}
    for rule in rules:
        sign, plain = ("!", rule[1:]) if rule.startswith("!") else ("", rule)
        before, _, top = _ascii(plain).rpartition(".")
        by_top.setdefault(top, []).extend([sign + before] if before else [])
    for top in sorted(by_top):
        yield " ".join([top, *sorted(by_top[top])])


def suffixes(text: str) -> str:
    """Returns the text of the data file. Raises ListError."""
    rules: dict[str, list[str]] = {name: [] for name in SECTIONS}
    section, version = "", ""
    for line in text.splitlines():
        if line.startswith("// VERSION:"):
            version = line.partition(":")[2].strip()
        elif line.startswith("// ===BEGIN "):
            section = line.split()[1].replace("===BEGIN", "").strip() or line.split()[2]
        elif line.strip() and not line.startswith("//") and section in rules:
            rules[section].append(line.split()[0])
    if not all(rules.values()):
        raise ListError("no Public Suffix List: a section is missing")
    parts = [HEAD.format(version=version)]
    for name, title in SECTIONS.items():
        parts += [title, "\n", *(line + "\n" for line in _lines(rules[name]))]
    return "".join(parts)


def main(arguments: list[str]) -> int:
    """Writes the data file, or with `--check` compares it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--list", type=Path, help="a public_suffix_list.dat")
    options = parser.parse_args(arguments)
    try:
        text = suffixes((options.list or snapshot()).read_text(encoding="utf-8"))
    except ListError as error:
        print(error, file=sys.stderr)
        return 1
    return write_or_check(TARGET, text, options.check)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
