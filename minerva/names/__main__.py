"""Command line of names: JSON lines `{id, a, b, kind?}` in, `{id, score, match, reasons}` out, in order.

    python -m minerva.names pairs < pairs.jsonl        names of people and organizations; kind: Person, Organization,
                                                       Company or absent
    python -m minerva.names usernames < pairs.jsonl    user names
    python -m minerva.names organizations --list list.jsonl < asked.jsonl
                                                       `{id, name}` in both; who of the list each is, in `match`

score is 0 to 1; match = score at or over the shipped threshold. A line that is no pair gets score 0 and its reason.
How common beginnings and ends of user names are is learned from all lines first (username_affixes.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Callable

from minerva.json_lines import command, is_empty, loaded, standard_input, write_answers
from minerva.names.against_list import ListedNames
from minerva.names.kinds import compare_by_kind
from minerva.names.romanize import LONGEST_READ
from minerva.names.username_affixes import NONE, Affixes, learned
from minerva.names.usernames import USERNAME_THRESHOLD, compare_usernames

THRESHOLD = 0.6


def name_pair(a: str, b: str, kind: str) -> tuple[float, bool, list[str]]:
    """Returns (score, match, reasons) of two names."""
    score, reasons = compare_by_kind(a, b, kind)
    return score, score >= THRESHOLD, reasons


def username_pair(a: str, b: str, kind: str, among: Affixes = NONE) -> tuple[float, bool, list[str]]:
    """Returns (score, match, reasons) of two user names; the kind of their holder says nothing about them."""
    compared = compare_usernames(a[-LONGEST_READ:], b[-LONGEST_READ:], among)
    return compared.score, compared.score >= USERNAME_THRESHOLD, [compared.why]


USERNAMES, ORGANIZATIONS = "usernames", "organizations"
WAYS: dict[str, Callable[[str, str, str], tuple[float, bool, list[str]]]] = {
    "pairs": name_pair,
    USERNAMES: username_pair,
}


def answer(line: str, way: str = "pairs", among: Affixes = NONE) -> dict[str, Any]:
    """Returns the answer to one line. among: what is known of the set of user names that the line is of."""
    given = _given(line)
    if not isinstance(given, dict):
        return {"id": None, "score": 0.0, "match": False, "reasons": ["not a JSON object with id, a and b"]}
    number = given.get("id")
    found: dict[str, Any] = {"id": None if is_empty(number) else str(number)}
    a, b = _text(given.get("a")), _text(given.get("b"))
    if not a or not b:
        missing = "a and b" if not a and not b else "b" if a else "a"
        return {**found, "score": 0.0, "match": False, "reasons": [f"nothing to compare: {missing} is empty"]}
    kind = _text(given.get("kind"))
    score, match, reasons = username_pair(a, b, kind, among) if way == USERNAMES else WAYS[way](a, b, kind)
    return {**found, "score": score, "match": match, "reasons": reasons}


def among_lines(lines: Iterable[str]) -> Affixes:
    """Returns what is learned from the user names of lines."""
    pairs = (given for line in lines if isinstance(given := _given(line), dict))
    return learned(_text(given.get(key))[-LONGEST_READ:] for given in pairs for key in ("a", "b"))


def _given(line: str) -> Any:
    try:
        return loaded(line)
    except ValueError:
        return None


def _text(value: Any) -> str:
    return "" if is_empty(value) else str(value).strip()


def main() -> None:
    """Reads standard input, writes standard output; exit code 2 without the name of a way to compare."""
    parser = command("minerva.names", __doc__)
    parser.add_argument("way", choices=(*WAYS, ORGANIZATIONS), help="what the names are of")
    parser.add_argument("--list", type=Path, help="the list that names of organizations are looked up in")
    options = parser.parse_args()
    way = options.way
    lines: Iterable[str] = (line for line in standard_input() if line.strip())
    if (way == ORGANIZATIONS) != (options.list is not None):
        parser.error("--list: expected a file of JSON lines with organizations, and with them alone")
    if way == ORGANIZATIONS:
        with options.list.open(encoding="utf-8-sig", errors="replace") as listed:
            write_answers(ListedNames(listed).answers(lines))
        return
    among = NONE
    if way == USERNAMES:
        lines = list(lines)
        among = among_lines(lines)
    write_answers(answer(line, way, among) for line in lines)


if __name__ == "__main__":
    main()
