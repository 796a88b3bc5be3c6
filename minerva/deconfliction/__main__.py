"""`python -m minerva.deconfliction offer|answer|finish|result`: what two lists share, by exchanging three files; and
`figures`: the published counts as CSV with manifest and method note.

A list holds one `kind:value` a line. Files marked private stay where they are made: they undo the masks.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from minerva.deconfliction import policy_figures, set_match
from minerva.deconfliction.curve import scalar_of
from minerva.sharing.strong import strong_form
from minerva.tenancy.asking import BadRequest

MOST = 10_000


def main(arguments: list[str], draw: Callable[[int], bytes] = secrets.token_bytes) -> int:
    """Returns 0 when done, 1 when a file does not fit."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options, draw))
    except (set_match.ExchangeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m minerva.deconfliction", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    texts: dict[str, tuple[str, Callable[[argparse.Namespace, Callable[[int], bytes]], int]]] = {
        "offer": ("first side: mask the own list; send OUT to the other side", _offer),
        "answer": ("other side: mask both lists; send OUT back", _answer),
        "finish": ("first side: print what both lists hold; send OUT to the other side", _finish),
        "result": ("other side: print what both lists hold", _result),
    }
    for name, (text, run) in texts.items():
        step = steps.add_parser(name, help=text, description=text)
        step.set_defaults(run=run)
        if name in ("offer", "answer"):
            step.add_argument("list", type=Path, help="one kind:value a line")
        if name != "offer":
            step.add_argument("received", type=Path, help="the file that the other side sent")
        step.add_argument("--private", type=Path, required=True, help="what this side keeps to itself")
        if name != "result":
            step.add_argument("--out", type=Path, required=True, help="the file to send")
        if name in ("answer", "finish"):
            step.add_argument("--most", type=int, default=MOST, help="longest list of the other side to accept")
    text = "published counts as figures.csv with manifest.json and method.md"
    step = steps.add_parser("figures", help=text, description=text)
    step.set_defaults(run=_figures)
    step.add_argument("answer", type=Path, help="what the operation counts answered")
    step.add_argument("out", type=Path, help="the folder to write")
    step.add_argument("--audience", default="community", help="whom the counts were published for")
    return parser


def _figures(options: argparse.Namespace, draw: Callable[[int], bytes]) -> int:
    answer = _json(options.answer)
    if not isinstance(answer.get("cubes"), dict):
        raise set_match.ExchangeError(f"{options.answer.name}: expected the answer of the operation counts, with cubes")
    options.out.mkdir(parents=True, exist_ok=True)
    for name, content in policy_figures.files_of(answer, options.audience).items():
        (options.out / name).write_bytes(content)
    print(f"{len(policy_figures.rows_of(answer))} figures in {options.out.name}/figures.csv")
    return 0


def _offer(options: argparse.Namespace, draw: Callable[[int], bytes]) -> int:
    sent, side = set_match.offer(_entries(options.list), scalar_of(draw(32)), draw(16).hex())
    return _save(options, sent, side)


def _answer(options: argparse.Namespace, draw: Callable[[int], bytes]) -> int:
    received = _json(options.received)
    sent, side = set_match.answer(_entries(options.list), scalar_of(draw(32)), received, options.most)
    return _save(options, sent, side)


def _finish(options: argparse.Namespace, draw: Callable[[int], bytes]) -> int:
    side = set_match.read_side(_json(options.private))
    common, sent = set_match.finish(side, _json(options.received), options.most)
    _write(options.out, sent)
    return _show(common, len(sent["doubled"]))


def _result(options: argparse.Namespace, draw: Callable[[int], bytes]) -> int:
    side = set_match.read_side(_json(options.private))
    return _show(set_match.result(side, _json(options.received)), len(side.doubled))


def _entries(path: Path) -> list[str]:
    """The list in normal forms; lines that cannot be matched are named by number and left out."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(strong_form(line.strip()))
        except BadRequest as error:
            print(f"{path.name}:{number}: left out: {error}", file=sys.stderr)
    return found


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise set_match.ExchangeError(f"{path.name}: expected a JSON object, as a step of this program writes it")
    return found


def _save(options: argparse.Namespace, sent: dict[str, Any], side: set_match.Side) -> int:
    _write(options.private, side.document(), private=True)
    _write(options.out, sent)
    print(f"{len(side.entries)} entries masked; send {options.out.name}, keep {options.private.name} to yourself")
    return 0


def _write(path: Path, document: dict[str, Any], private: bool = False) -> None:
    if private:
        # Made anew with its rights from the first byte on; an existing one is never opened with other rights.
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(document, file)
        return
    path.write_text(json.dumps(document), encoding="utf-8")


def _show(common: Sequence[str], theirs: int) -> int:
    for entry in common:
        print(entry)
    print(f"{len(common)} in common; the other list holds {theirs}. Delete the private file now.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
