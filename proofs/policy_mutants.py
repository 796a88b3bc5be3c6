"""Every small fault planted in the policy's code or tables turns the matrix, the reasons or the model red.

What a mutant is, is in mutation.py; here every kind of place is changed.
"""

from __future__ import annotations

import ast
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from types import ModuleType
from typing import Any

import minerva.policy.decision
import minerva.policy.vocabulary
from minerva.policy import Action, Context, Group, Object, Subject, Tenant
from minerva.policy.vocabulary import INFRASTRUCTURE
from proofs import mutation, policy_model
from proofs.model import ROOT, Outcome, Proof
from proofs.mutation import Change
from tests.policy.cast import TENANTS, question
from tests.policy.oracle import CELLS, CONDITIONS, GRANTED_LEVEL, LETTERS, PLAIN, Cell, cell, permitted
from tests.policy.reasons import ROWS

FILES = {"decision": minerva.policy.decision, "vocabulary": minerva.policy.vocabulary}
KEPT = {"POLICY_VERSION", "QUERY_CAPABILITY"}  # names that no decision reads
BLUNT = 5_000
# Changes that no question can tell from the original, each with the reason.
_ENTRY = "a class without a ceiling is private, as this one is; the entry is there to be read"
_CEILINGS = (
    "vocabulary: {VICTIM: Level.BLIND_MATCH, SUSPICIOUS: Level.PRIVATE, WITNESS: Level....ITY, "
    "STATISTICS: Level.PUBLIC}"
)
EQUIVALENT: dict[str, str] = {
    "decision: return '' -> return None": "what lacks is asked for its truth alone, and neither is true",
    "decision: reader.match if reader is not None else 'none' -> reader.match if True else 'none'": (
        "who belongs to no institution may match at no level, so the line is not reached without a reader"
    ),
    "decision: 'none' -> 'none_mutant'": "the same line",
    f"{_CEILINGS} -> {{VICTIM: Level.BLIND_MATCH, WITNESS: Level.PRIVATE, PERPETRATOR: Level...ITY, STATISTICS: "
    "Level.PUBLIC}": _ENTRY,
    f"{_CEILINGS} -> {{VICTIM: Level.BLIND_MATCH, SUSPICIOUS: Level.PRIVATE, PERPETRATOR: Le...ITY, STATISTICS: "
    "Level.PUBLIC}": _ENTRY,
}


def _prepared(source: str) -> ast.Module:
    """The module without docstrings, annotations' texts, classes (they stay the original ones) and unread names."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if not isinstance(node, ast.ClassDef) and not _text_only(node)]
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            function.body = [node for node in function.body if not _text_only(node)]
            function.returns = None
            for argument in function.args.args:
                argument.annotation = None
        elif isinstance(function, ast.AnnAssign):
            function.annotation = ast.Name("object", ast.Load())
    return ast.fix_missing_locations(tree)


def _text_only(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in KEPT


@lru_cache(maxsize=2)
def tree_of(name: str) -> ast.Module:
    """The syntax tree that changes are made to."""
    return _prepared((ROOT / "minerva" / "policy" / f"{name}.py").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def changes() -> list[Change]:
    """Every mutant of the policy, in a fixed order, the equivalent ones left out."""
    found: list[Change] = []
    for name in FILES:
        for number, node in enumerate(ast.walk(tree_of(name))):
            for variant, made in mutation.variants(node):
                text = f"{name}: {_shown(node)} -> {_shown(made)}"
                if text not in EQUIVALENT:
                    found.append(Change(name, "", number, variant, text))
    return found


def _shown(node: ast.AST) -> str:
    return mutation.shown(node, 110, 70, 30)


def mutated(change: Change) -> ast.Module:
    """The tree with one change."""
    return mutation.changed(tree_of(change.file), lambda tree: tree, change.number, change.variant)


@contextmanager
def loaded(name: str, tree: ast.Module) -> Iterator[ModuleType]:
    """The module `decision` as it is when `name` holds `tree`; the classes are those of the original modules."""
    before = {f"minerva.policy.{each}": sys.modules[f"minerva.policy.{each}"] for each in FILES}
    try:
        for each in ("vocabulary", "decision"):
            full = f"minerva.policy.{each}"
            module = ModuleType(full)
            vars(module).update({key: value for key, value in vars(FILES[each]).items() if isinstance(value, type)})
            module.__dict__["POLICY_VERSION"] = module.__dict__["QUERY_CAPABILITY"] = ""
            sys.modules[full] = module
            body = tree if each == name else tree_of(each)
            exec(compile(body, full, "exec"), vars(module))
        yield module
    finally:
        sys.modules.update(before)


def _telling(each: Cell) -> bool:
    """Cells of one reader that differ in what a rule looks at, and the few that users of no institution may."""
    if each.subject == "outsider":
        return permitted(each)
    if each.subject == "shelter admin" and each.relation == "own":
        return each.level == 5 and each.field_class == "infrastructure"
    if each.subject != "shelter analyst" or each.relation not in ("own", "named", "community"):
        return False
    return each.relation != "own" or each.action == "share" or each.level == 5


@lru_cache(maxsize=1)
def questions() -> list[tuple[Any, bool]]:
    """(arguments of decide, what the oracle says): reasons first, then cells near a permit, then any cells."""
    chance = random.Random(7)
    cells: list[Cell] = [row[0] for row in ROWS]
    near = [each for each in map(cell, range(PLAIN)) if permitted(each) or each.subject == "outsider"]
    one = [each for each in near if _telling(each)]
    for condition in CONDITIONS:
        cells += [each._replace(condition=condition) for each in (*one, *chance.sample(near, 40))]
    cells += [each for each in near if each.subject in ("operator analyst", "university analyst")]
    strange = [each for each in map(cell, range(PLAIN)) if each[:2] == ("shelter analyst", "community")]
    cells += [each._replace(condition=name) for name in GRANTED_LEVEL for each in strange if each.action in LETTERS]
    cells += [cell(chance.randrange(CELLS)) for _ in range(BLUNT)]
    return [(question(each), permitted(each)) for each in cells]


def _dies(name: str, tree: ast.Module) -> bool:
    try:
        with loaded(name, tree) as decision:
            return killed(decision)
    except Exception:  # a mutant that cannot even be loaded
        return True


def killed(decision: ModuleType) -> bool:
    """Whether anything tells the mutant from the policy."""
    decide: Callable[..., Any] = decision.decide
    try:
        for asked, (_, reason, obligations) in zip(questions(), ROWS, strict=False):
            given = decide(*asked[0])
            if (given.reason_code, given.obligations, given.permits) != (reason, obligations, asked[1]):
                return True
        if any(decide(*asked).permits != wanted for asked, wanted in questions()):
            return True
        return _members(decision) or _by_hand(decide) or _taking_in(decide) or _model(decide)
    except Exception:  # whatever a mutant raises, the original does not
        return True


def _members(decision: ModuleType) -> bool:
    context = Context(TENANTS, {"g": Group("g", frozenset())})
    asker = Subject("x", frozenset(["shelter_admin", "police_analyst"]), frozenset())
    return bool(decision.tenants_of(asker, context) != ["police", "shelter"])


def _by_hand(decide: Callable[..., Any]) -> bool:
    """Questions that no cell of the matrix asks: authors, no legal basis where none is needed, operators elsewhere."""
    tenants = {
        name: Tenant(name, f"t_{name}", f"{name}_analyst", f"{name}_admin", kind=kind)
        for name, kind in (("p", "police"), ("o", "operator"))
    }
    one, both = (
        Subject("x", frozenset(f"{name}_analyst" for name in names), frozenset(["minerva_query"]))
        for names in ("p", "po")
    )
    stated = Context(tenants, purpose="investigation", case="1")
    asked: list[tuple[Subject, Action, Object, str, bool]] = [
        (one, Action.WATCH_REMOVE, Object("p", author="x"), "", True),
        (one, Action.WATCH_REMOVE, Object("p", author="y"), "", False),
        (one, Action.EXPORT, Object("p"), "", True),
        (both, Action.HEALTH, Object("p"), "p", False),
        (both, Action.HEALTH, Object("p"), "o", True),
    ]
    return any(
        decide(who, action, obj, INFRASTRUCTURE, replace(stated, acting_for=acting)).permits != wanted
        for who, action, obj, acting, wanted in asked
    )


def _taking_in(decide: Callable[..., Any]) -> bool:
    """The role of inputs' accounts, which no cell of the matrix holds: it allows one thing and nothing else."""
    named = (("p", "police"), ("o", "ngo"))
    tenants = {name: Tenant(name, f"t_{name}", "", "", kind=kind, intake_role=f"{name}_in") for name, kind in named}
    one, nobody = (Subject("x", frozenset([role]), frozenset(["minerva_query"])) for role in ("p_in", ""))
    asked = [
        (one, Action.STORE, Object("p", "intake"), True), (one, Action.STORE, Object("o", "intake"), False),
        (one, Action.STORE, Object("p"), False), (one, Action.READ, Object("p", "intake"), False),
        (nobody, Action.STORE, Object("p", "intake"), False),
    ]  # fmt: skip
    told = [(decide(who, action, obj, INFRASTRUCTURE, Context(tenants)), wanted) for who, action, obj, wanted in asked]
    return any(given.permits != wanted or (given.reason_code == "intake") != wanted for given, wanted in told)


def _model(decide: Callable[..., Any]) -> bool:
    return bool(policy_model.run(3, 0, 400, decide).failures)


def run(seed: int, batch: int, size: int) -> Outcome:
    """A full run goes through all mutants; the batch beyond draws some of them."""
    return mutation.run(
        changes(), lambda change: _dies(change.file, mutated(change)),
        lambda: _dies("decision", tree_of("decision")), seed, batch, size, BATCH,
    )  # fmt: skip


BATCH = 50
PROOF = Proof(
    name="policy_mutants",
    claim="every mutant of the policy's code and tables is told from the original by oracle, reasons or model",
    unit="mutants",
    target=len(changes()),
    batch=BATCH,
    slice=25,
    run=run,
)  # fmt: skip
