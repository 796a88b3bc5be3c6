"""Command line of names: JSON lines `{id, a, b, kind?}` in, `{id, score, match, reasons}` out, in order.

    python -m minerva.names pairs < pairs.jsonl        names of people and organizations; kind: Person, Organization,
                                                       Company or absent
    python -m minerva.names usernames < pairs.jsonl    user names

score is 0 to 1; match = score at or over the shipped threshold. A line that is no pair gets score 0 and its reason.
"""

from __future__ import annotations

from typing import Any, Callable

from minerva.json_lines import command, is_empty, loaded, standard_input, write_answers
from minerva.names.kinds import compare_by_kind
from minerva.names.romanize import LONGEST_READ
from minerva.names.usernames import USERNAME_THRESHOLD, compare_usernames

THRESHOLD = 0.6


def name_pair(a: str, b: str, kind: str) -> tuple[float, bool, list[str]]:
    """Returns (score, match, reasons) of two names."""
    score, reasons = compare_by_kind(a, b, kind)
    return score, score >= THRESHOLD, reasons


def username_pair(a: str, b: str, kind: str) -> tuple[float, bool, list[str]]:
    """Returns (score, match, reasons) of two user names; the kind of their holder says nothing about them."""
    compared = compare_usernames(a[-LONGEST_READ:], b[-LONGEST_READ:])
    return compared.score, compared.score >= USERNAME_THRESHOLD, [compared.why]


WAYS: dict[str, Callable[[str, str, str], tuple[float, bool, list[str]]]] = {
    "pairs": name_pair,
    "usernames": username_pair,
}


def answer(line: str, way: str = "pairs") -> dict[str, Any]:
    """Returns the answer to one line."""
    try:
        given = loaded(line)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        return {"id": None, "score": 0.0, "match": False, "reasons": ["not a JSON object with id, a and b"]}
    number = given.get("id")
    found: dict[str, Any] = {"id": None if is_empty(number) else str(number)}
    a, b = _text(given.get("a")), _text(given.get("b"))
    if not a or not b:
        missing = "a and b" if not a and not b else "b" if a else "a"
        return {**found, "score": 0.0, "match": False, "reasons": [f"nothing to compare: {missing} is empty"]}
    score, match, reasons = WAYS[way](a, b, _text(given.get("kind")))
    return {**found, "score": score, "match": match, "reasons": reasons}


def _text(value: Any) -> str:
    return "" if is_empty(value) else str(value).strip()


def main() -> None:
    """Reads standard input, writes standard output; exit code 2 without the name of a way to compare."""
    parser = command("minerva.names", __doc__)
    parser.add_argument("way", choices=WAYS, help="what the names are of")
    way = parser.parse_args().way
    write_answers(answer(line, way) for line in standard_input() if line.strip())


if __name__ == "__main__":
    main()
