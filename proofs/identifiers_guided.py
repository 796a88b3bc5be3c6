"""No text breaks the extractors: inputs that hypothesis describes, grown by atheris towards code not reached yet.

atheris (Apache-2.0, libFuzzer) has wheels for Linux on x86-64 alone; elsewhere there is no such proof, and a skipped
test says so. A batch is a process of its own, since libFuzzer ends the one it runs in; it begins with no corpus, so
that its seed decides what it tries.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from proofs.model import ROOT, Outcome, Proof

# Bytes that a text is drawn from; at 100, one in seven is too short for what hypothesis draws, at 300 one in nine.
LONGEST_BYTES, MOST_PARTS = 300, 40
Complaint = Callable[[str, "str | None", "Sequence[str] | None"], "str | None"]


def run(seed: int, batch: int, size: int) -> Outcome:
    """Tries `size` inputs; a process that ends before it has tried as many is a failure itself."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "outcome.json"
        # A seed tries the same again: sets of strings are gone through in the order of their hashes, which is fixed;
        # libFuzzer's default schedule (entropic) is left out, as it chose other inputs in each process.
        command = [sys.executable, "-m", "proofs.identifiers_guided", str(size), str(told),
                   f"-seed={_seed(seed, batch)}", f"-max_len={LONGEST_BYTES}", "-len_control=0",
                   "-entropic=0"]  # fmt: skip
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        if told.exists():
            return Outcome(**json.loads(told.read_text(encoding="utf-8")))
        end = done.stderr[-600:].decode(errors="replace")
        return Outcome(0, [f"the process ended with {done.returncode} before its inputs were tried: {end!r}"])


def _seed(seed: int, batch: int) -> int:
    """A seed that libFuzzer takes: 32 bits, not 0."""
    return (seed * 1_000_003 + batch) % (2**32 - 1) + 1


def described(complaint: Complaint, tell: Callable[[str | None], None]) -> Callable[[bytes], object]:
    """Returns a function that makes an input of bytes, as hypothesis describes inputs, and tells what is wrong with it.

    `tell` is called once for each input; bytes that end before an input is complete make none.
    """
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from minerva.identifiers.annotate import SEARCHABLE
    from proofs.identifiers_fuzz import PIECES, REGIONS

    piece = st.sampled_from(PIECES)
    number = st.integers(0, 10**13).map(str)
    part = st.one_of(piece, piece, piece, number, st.text(st.characters(exclude_categories=()), max_size=4))
    text = st.lists(part, max_size=MOST_PARTS).map("".join)
    kinds = st.one_of(st.none(), st.just(tuple(SEARCHABLE)), st.sampled_from(SEARCHABLE).map(lambda kind: (kind,)))

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(text, st.sampled_from(REGIONS), kinds)
    def once(text: str, region: str | None, kinds: Sequence[str] | None) -> None:
        wrong = complaint(text, region, kinds)
        tell(None if wrong is None else f"{text!a} in {region} for {kinds}: {wrong!a}")

    made: Callable[[bytes], object] = once.hypothesis.fuzz_one_input  # type: ignore[attr-defined]
    return made


def main(size: str, told: str, *options: str) -> None:
    """Runs libFuzzer until `size` inputs were tried, writes the outcome to the file `told` and ends this process."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["minerva"]):
        from proofs.identifiers_fuzz import complaint
    count, failures, run = 0, [], os.getppid()

    def tell(wrong: str | None) -> None:
        nonlocal count
        count += 1
        if os.getppid() != run:
            os._exit(1)  # the run was killed, and its worker with it
        if wrong is not None:
            failures.append(wrong)
        if count == int(size):
            Path(told).write_text(json.dumps({"count": count, "failures": failures}), encoding="utf-8")
            os._exit(0)  # libFuzzer knows the number of its runs alone, of which some make no input

    atheris.Setup(["identifiers_guided", *options], described(complaint, tell))
    atheris.Fuzz()


PROOF = Proof(
    name="identifiers_guided",
    claim="no input that coverage guides towards makes an extractor fail: spans lie in the original, values are "
    "normal forms, normalize(format(value)) gives the value back",
    unit="inputs",
    target=50_000,
    batch=25_000,
    slice=600,
    run=run,
    needs=("atheris",),
)

if __name__ == "__main__":
    main(*sys.argv[1:])
