"""Command line of texts: JSON lines `{id, text}` in, one line per record out, in order.

    python -m minerva.text < texts.jsonl

Answers `{id, group, size, template, slots}`: `group` is equal for near-duplicates only, `size` counts its texts;
`template` shows what a group of two or more shares with {1}, {2}, ... where it changes (else null), and `slots` what
this text has there: [{slot, value, start, end}], places in code points of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Union

from minerva.json_lines import command, is_empty, loaded, standard_input, write_answers
from minerva.text.families import families


def answer(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yields one answer per input line; a line that is no record gets `group: null` and `error`."""
    read = [_read(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    for (record_id, _, error), family in zip(read, families([text for _, text, _ in read])):
        found: dict[str, Any] = {"id": record_id, "group": None if error else family.group, "size": family.size}
        found["template"] = family.template
        found["slots"] = [
            {"slot": slot.number, "value": slot.value, "start": slot.start, "end": slot.end} for slot in family.slots
        ]
        if error:
            found.update(size=0, error=error)
        yield found


def _read(line: str, number: int) -> tuple[Union[str, None], str, str]:
    """Returns (id, text, error)."""
    try:
        given = loaded(line)
    except ValueError:
        return None, "", f"line {number}: not JSON; expected one object with id and text a line"
    if not isinstance(given, dict) or is_empty(given.get("id")):
        return None, "", f"line {number}: expected an object with id and text"
    text = given.get("text")
    if is_empty(text):
        return str(given["id"]), "", ""
    if not isinstance(text, str):
        return str(given["id"]), "", f"line {number}: text must be a string, not {type(text).__name__}"
    return str(given["id"]), text, ""


def main() -> None:
    """Reads standard input, writes standard output."""
    command("minerva.text", __doc__).parse_args()
    write_answers(answer(standard_input()))


if __name__ == "__main__":
    main()
