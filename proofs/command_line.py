"""`build.py prove`: what is proved, what is not, and the runs that change it.

`NAME` runs one proof to its end, `--oldest` renews what is due; `--slice`, `--list` and `--stale` are for one or all.
"""

from __future__ import annotations

import argparse
import importlib
import math
import pkgutil
import random
import time
from collections.abc import Mapping
from dataclasses import replace

import proofs
from assembly.machine import leaves_nothing_out
from proofs.model import Proof
from proofs.provenance import misattributed
from proofs.results import renewal_order, shortfalls
from proofs.runner import Wish, is_refused, run_to_the_end
from proofs.slices import Slice, run_slices, seeds_of_code

KEEP = (
    "A failure comes again with its seed: `python3 build.py prove NAME --slice --seed SEED`. Before you mend the code, "
    "make the input a committed case, a test that fails with it: other code gets other inputs."
)


def all_proofs() -> dict[str, Proof]:
    """Returns every proof of the package by name. Raises ValueError on two of one name."""
    found: dict[str, Proof] = {}
    for module in pkgutil.iter_modules(proofs.__path__):
        proof = getattr(importlib.import_module(f"proofs.{module.name}"), "PROOF", None)
        if isinstance(proof, Proof):
            if proof.name in found:
                raise ValueError(f"proofs/{module.name}.py: the name {proof.name} is taken; give it its own")
            found[proof.name] = proof
    return found


def main(arguments: list[str]) -> int:
    """Returns 0 when what was asked for holds, 1 when it does not, 2 on wrong use."""
    known = all_proofs()
    parser = _parser(known)
    options = parser.parse_args(arguments)
    if options.name is not None and options.name not in known:
        parser.error(f"no proof is named {options.name}; there are: {', '.join(known)}")
    chosen = {options.name: known[options.name]} if options.name else known
    if options.list:
        return _list(chosen)
    if options.stale:
        return _stale(chosen, options.strict)
    if options.slice:
        if unknown := [name for name in options.without if name not in known]:
            parser.error(f"no proof is named {unknown[0]}; there are: {', '.join(known)}")
        return _slices({name: proof for name, proof in chosen.items() if name not in options.without}, options)
    wish = Wish(options.seed, options.processes, options.restart, _seconds(options.minutes), options.dry)
    if options.oldest:
        if options.minutes is None:
            parser.error("--oldest needs --minutes: how long it may take")
        return renew(chosen, wish)
    if options.name is None:
        parser.error("name a proof, or use --oldest, --slice, --stale or --list")
    return run_to_the_end(known[options.name], wish)


def _parser(known: Mapping[str, Proof]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py prove", description="Runs a proof to its end and writes its result."
    )
    add = parser.add_argument
    add("name", nargs="?", help="one of: " + ", ".join(known))
    add("--seed", type=int, help="the seed; without it a new one, or that of the run to go on with")
    add("--processes", type=int, default=1)
    add("--minutes", type=float, help="stop then; a later run goes on")
    add("--restart", action="store_true", help="forget the progress of an earlier run")
    add("--dry", action="store_true", help="write no result; a work tree with changes allows nothing else")
    add("--oldest", action="store_true", help="renew results for --minutes: what does not hold, then the oldest")
    add("--slice", action="store_true", help="the slices that tests run, with seeds that follow from the code")
    add("--without", action="append", default=[], metavar="NAME", help="with --slice: leave out this proof's")
    add("--new-seeds", type=int, metavar="N", help="with --slice: N fresh seeds for each proof")
    add("--list", action="store_true", help="every proof and whether its result holds")
    add("--stale", action="store_true", help="only the results that do not hold for the code as it is")
    add("--strict", action="store_true", help="with --stale: 1 if there are any")
    return parser


def _seconds(minutes: float | None) -> float:
    return math.inf if minutes is None else minutes * 60


def _list(chosen: Mapping[str, Proof]) -> int:
    short = shortfalls(chosen)
    for name, proof in chosen.items():
        print(short.get(name) or f"{name}: {proof.target:,} {proof.unit}: {proof.claim}")
    return 0


def _stale(chosen: Mapping[str, Proof], strict: bool) -> int:
    found = shortfalls(chosen)
    rest = [proof for name, proof in chosen.items() if name not in found]
    short = [*found.values(), *(misattributed(rest) if strict else ())]
    for line in short:
        print(line)
    if not short:
        print(f"all {len(chosen)} results hold for the code as it is")
        return 0
    word = "error" if strict else "warning"
    print(f"{word}: {len(short)} of {len(chosen)} results do not hold for the code as it is; "
          "`python3 build.py prove --oldest --minutes 30 --processes 2` renews them")  # fmt: skip
    return 1 if strict else 0


def _slices(chosen: Mapping[str, Proof], options: argparse.Namespace) -> int:
    if options.new_seeds:
        seeds = {name: [random.SystemRandom().randrange(2**32) for _ in range(options.new_seeds)] for name in chosen}
    elif options.seed is not None:
        seeds = {name: [options.seed] for name in chosen}
    else:
        seeds = seeds_of_code(chosen)
    started = time.monotonic()
    done: list[Slice] = []
    able = {name: proof for name, proof in chosen.items() if not proof.missing}
    left_out = [f"{name}: no slice was run, {chosen[name].missing} is not installed" for name in chosen - able.keys()]
    for line in left_out:
        print(f"  {line}")
    for each in run_slices(able, seeds, options.processes):
        done.append(each)
        tried = f"{each.count:,} {each.proof.unit}"
        print(f"  {each.proof.name}: {tried}, seed {each.seed}, {each.seconds:.0f} s", flush=True)
    failures = [line for each in done for line in each.failures]
    failures += left_out if leaves_nothing_out() else []
    for line in [*failures, *([KEEP] if failures else [])]:
        print(line)
    print(f"{len(done)} slices, {len(failures)} failures, {time.monotonic() - started:.0f} s")
    return 1 if failures else 0


def renew(chosen: Mapping[str, Proof], wish: Wish) -> int:
    """Runs proofs within the time: what does not hold, the shortest first, then the oldest. Returns the worst code.

    A proof that is not done in time keeps its progress.
    """
    if is_refused(wish):
        return 2
    end = time.monotonic() + wish.most_s
    codes = [0]
    due = list(renewal_order(chosen))
    while due and time.monotonic() < end:
        codes.append(run_to_the_end(chosen[due.pop(0)], replace(wish, renew=True, most_s=end - time.monotonic())))
    print(f"the time is over; not begun: {', '.join(due)}" if due else "all were run")
    return max(codes)
