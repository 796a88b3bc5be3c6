"""Each condition of the code that releases, reads, matches and copies is needed: changed, model, tests or races fail.

A mutant (mutation.py) changes one condition of a function's body, in most modules also one statement, returned value,
truth value or choice; it is put in place of the function's code, so that whoever has imported the function runs it.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

from minerva.deconfliction import budget, inquiries
from minerva.sharing import content, copies, effects, grants, reading, recipients, release, tokens
from proofs import mutation, sharing_model, sharing_races
from proofs.model import ROOT, Outcome, Proof
from proofs.mutation import Change
from tests.sharing import (
    test_deconfliction,
    test_edges,
    test_one_record,
    test_recall,
    test_release,
    test_signed_copies,
    test_vault,
)
from tests.sharing.desk import Desk

THOROUGH: tuple[ModuleType, ...] = (content, recipients, grants, reading, tokens, release, effects)
"""Modules of which every kind of place is changed; of the others the conditions alone."""
MODULES = {module.__name__: module for module in (*THOROUGH, copies, inquiries, budget)}
STEPS = 300
MEETINGS = ("a recall beside a mark", "a recall beside the release", "an erasure beside a release")
"""Races that what is left alive has to get through."""
# Changes that nothing can tell from the original, each with the reason.
_SAME = "readers of one common index read the same by today's rules; the line is for rules to come"
_COMMON = "minerva.sharing.recipients._common: if len({(seen[name].classes, seen[name].obligations) for nam...= 1:"
EQUIVALENT: dict[str, str] = {
    "minerva.sharing.copies._noted: taken_back >= row['time'] -> taken_back > row['time']": (
        "each event of a copy is later than the one before"
    ),
    "minerva.sharing.effects.settle: if (released.end, released.obj) == (before.end, before.obj):\n    break -> "
    "if False:\n    break": "what is settled is settled again with the same effect",
    f"{_COMMON}\n    return None -> if False:\n    return None": _SAME,
    "minerva.sharing.reading._names: tenant or EVERYONE -> tenant": (
        "who has no institution reads what is for everyone, and its audience is named beside"
    ),
    "minerva.sharing.recipients._common: min(readers) -> max(readers)": "all of them read the same",
    "minerva.sharing.grants.read: marking or {} -> marking": "what is released has a marking",
    "minerva.sharing.recipients._common: not index or not readers or grant.level < Level.GROUP or (no...eaders <= "
    "set(seen)) -> not index or grant.level < Level.GROUP or (not context.legal...eaders <= set(seen))": (
        "without readers the set of what they read is empty, so that the next line says the same"
    ),
}

Case = tuple[Callable[..., None], dict[str, Any], Callable[[], Desk]]
"""(test, its parameters, what makes its desk)"""


@cache
def tree_of(module: str) -> ast.Module:
    """The syntax tree of a module, without docstrings and annotations."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) and len(node.body) > 1:
            del node.body[0]
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name("object", ast.Load())
    return ast.fix_missing_locations(tree)


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """(name, function) of a module's functions and of its classes'."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{each.name}", each) for each in node.body if isinstance(each, ast.FunctionDef))


def _counted(function: ast.FunctionDef, thorough: bool) -> Iterator[tuple[int, ast.AST]]:
    """(number, node) of a function's conditions; `thorough`: also of statements, returns, truth values and choices."""
    kinds = (*mutation.CONDITIONS, *mutation.STATEMENTS, ast.Expr, ast.Return, ast.Call)
    for at, node in enumerate(ast.walk(function)):
        truth = isinstance(node, ast.Constant) and isinstance(node.value, bool)
        if isinstance(node, kinds if thorough else mutation.CONDITIONS) or (thorough and truth):
            yield at, node


@lru_cache(maxsize=1)
def changes() -> list[Change]:
    """Every mutant, in a fixed order, the equivalent ones left out."""
    found: list[Change] = []
    for module in MODULES:
        for name, function in functions(tree_of(module)):
            thorough = MODULES[module] in THOROUGH
            for at, node in _counted(function, thorough):
                for variant, made in mutation.variants(node):
                    if not thorough and isinstance(node, ast.BoolOp) and variant:
                        continue  # one side left out is for the thorough ones
                    text = f"{module}.{name}: {_shown(node)} -> {_shown(made)}"
                    if text not in EQUIVALENT:
                        found.append(Change(module, name, at, variant, text))
    return found


def _shown(node: ast.AST) -> str:
    return mutation.shown(node, 90, 60, 20)


def _original(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = vars(found)[part]
    while not isinstance(found, FunctionType):
        found = found.fget
    return found


def _code(change: Change) -> CodeType:
    """The code of the function with one change."""
    tree = mutation.changed(
        tree_of(change.file), lambda made: dict(functions(made))[change.function], change.number, change.variant
    )
    fresh = ModuleType(change.file)
    fresh.__dict__["__name__"] = change.file
    exec(compile(tree, change.file, "exec"), vars(fresh))
    return _original(fresh, change.function).__code__


@contextlib.contextmanager
def planted(change: Change) -> Iterator[None]:
    """The installation with one change."""
    function = _original(MODULES[change.file], change.function)
    before = function.__code__
    function.__code__ = _code(change)
    try:
        yield
    finally:
        function.__code__ = before


def killed() -> bool:
    """Whether the model, a test or two people at once tell what runs now from what should."""
    try:
        if sharing_model.run(3, 0, STEPS).failures:
            return True
    except Exception:  # whatever a mutant raises, the original does not
        return True
    return any(_fails(case) for case in cases()) or any(map(sharing_races.failures, MEETINGS))


def _fails(case: Case) -> bool:
    test, arguments, prepare = case
    try:
        test(**({"desk": prepare()} if "desk" in inspect.signature(test).parameters else {}), **arguments)
    except BaseException as error:  # pytest's own failures are no Exception
        if isinstance(error, KeyboardInterrupt):
            raise
        return True
    return False


def _plain() -> Desk:
    return Desk()


def _marked() -> Desk:
    desk = Desk()
    desk.marked()
    return desk


def _matched() -> Desk:
    desk = _marked()
    desk.released(level="L1", fields=["infrastructure"])
    return desk


TESTS: dict[ModuleType, Callable[[], Desk]] = {
    test_release: _marked, test_recall: _marked, test_deconfliction: _matched, test_vault: _plain,
    test_edges: test_edges.marked_desk, test_one_record: test_one_record.two_records,
    test_signed_copies: test_signed_copies.taken_back,
}  # fmt: skip


@lru_cache(maxsize=1)
def cases() -> list[Case]:
    """The tests that need a desk and nothing else of pytest, with each of their parameters."""
    found: list[Case] = []
    for module, prepare in TESTS.items():
        for name, test in vars(module).items():
            if name.startswith("test_") and not hasattr(test, "hypothesis"):
                for arguments in _parameters(test):
                    if set(inspect.signature(test).parameters) <= {"desk", *arguments}:
                        found.append((test, arguments, prepare))
    return found


def _parameters(test: Callable[..., None]) -> list[dict[str, Any]]:
    """The arguments of each case of a parametrised test; of any other, none once."""
    for mark in getattr(test, "pytestmark", ()):
        if mark.name == "parametrize":
            names = (
                [name.strip() for name in mark.args[0].split(",")] if isinstance(mark.args[0], str) else mark.args[0]
            )
            return [dict(zip(names, row if len(names) > 1 else (row,), strict=True)) for row in mark.args[1]]
    return [{}]


def _dies(change: Change) -> bool:
    try:
        with planted(change):
            return killed()
    except Exception:  # a mutant that cannot even be loaded
        return True


def run(seed: int, batch: int, size: int) -> Outcome:
    """A full run goes through all mutants; the batch beyond draws some of them."""
    return mutation.run(changes(), _dies, killed, seed, batch, size, BATCH)


BATCH = 10
PROOF = Proof(
    name="sharing_mutants",
    claim="every condition of the code that releases, reads, matches and copies, and in sharing every step, is needed",
    unit="mutants",
    target=len(changes()),
    batch=BATCH,
    slice=3,
    run=run,
)  # fmt: skip
