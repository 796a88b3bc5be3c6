"""What one Python file says of other modules: which it imports, starts, names in a text or loads by a made-up name.

Read from its syntax tree; nothing is run. Rather too much is found than too little. Standard library only.
"""

from __future__ import annotations

import ast
import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assembly.closures.syntax_digest import is_text_only, syntax_digest

LOADERS = frozenset(
    {"import_module", "__import__", "iter_modules", "walk_packages", "run_path", "run_module",
     "spec_from_file_location"}
)  # fmt: skip
DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
SCRIPT = re.compile(r"[\w./-]+\.py")
STARTED = re.compile(r"-m\s+([\w.]+)")
HERE = "."
"""Among packages: the folder that the file itself lies in."""


@dataclass(frozen=True)
class PythonFacts:
    """Of one file. All names are absolute and dotted; many name no module of the project."""

    names: tuple[str, ...] = ()
    """What may be imported or started: modules, or names in them."""
    packages: tuple[str, ...] = ()
    """Packages of which any module may be imported; HERE is the file's own."""
    scripts: tuple[str, ...] = ()
    """Texts that may be paths of Python files."""
    has_code: bool = False
    """Whether the file does more than state what it is."""
    digest: str = ""
    """See `syntax_digest`."""


def python_facts(source: bytes, module: str, is_package: bool) -> PythonFacts:
    """Returns the facts of a source. Of one that is no Python of this version: nothing but the hash of its bytes."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return PythonFacts(digest=hashlib.sha256(source).hexdigest())
    reader = _Reader(module, module if is_package else module.rpartition(".")[0])
    reader.read(tree)
    return PythonFacts(
        tuple(sorted(reader.names | reader.told)),
        tuple(sorted(reader.loaded())),
        tuple(sorted(reader.scripts)),
        any(not is_text_only(node) and not _is_future(node) for node in tree.body),
        syntax_digest(tree),
    )


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


class _Reader:
    def __init__(self, module: str, package: str) -> None:
        self.module, self.package = module, package
        self.names: set[str] = set()
        self.bound: dict[str, str] = {}
        """Name in the file -> what it stands for, if that is a module."""
        self.told: set[str] = set()
        """Dotted names in texts."""
        self.asked: set[str] = set()
        """Expressions whose `__name__` or `__path__` a loader is given."""
        self.packages: set[str] = set()
        self.scripts: set[str] = set()
        self.unclear = False
        """Whether a module is loaded whose name cannot be read from the text."""

    def read(self, tree: ast.AST) -> None:
        called: set[int] = set()
        for node in _walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.names.add(alias.name)
                    top = alias.name.partition(".")[0]
                    self.bound[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom):
                self._import_from(node)
            elif isinstance(node, ast.Call):
                self._call(node)
                self._started(node.args)
                called.add(id(node.func))
            elif isinstance(node, (ast.Name, ast.Attribute)):
                # A loader that is passed on or kept under another name: its calls would not be seen.
                self.unclear |= _name_of(node) in LOADERS and id(node) not in called
            elif isinstance(node, (ast.List, ast.Tuple)):
                self._started(node.elts)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._text(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                name = str(node.values[0].value).rpartition(".")[0]
                self.packages |= {name} if DOTTED.fullmatch(name) else set()

    def loaded(self) -> set[str]:
        """Packages of which modules are loaded by made-up names; where no name can be read, of any package at hand."""
        found = set(self.packages)
        unclear = self.unclear
        for name in self.asked:
            first, dot, rest = name.partition(".")
            unclear |= first not in self.bound
            found.add(self.bound.get(first, "") + dot + rest)
        return found | {HERE, *self.bound.values(), *self.told} if unclear else found

    def _import_from(self, node: ast.ImportFrom) -> None:
        source = node.module or ""
        if node.level:
            parts = self.package.split(".")
            source = ".".join([*parts[: len(parts) - node.level + 1], *([source] if source else [])])
        self.names.add(source)
        for alias in node.names:
            if alias.name == "*":
                self.packages.add(source)
            else:
                self.names.add(f"{source}.{alias.name}")
                self.bound[alias.asname or alias.name] = f"{source}.{alias.name}"
            # Under another name a loader's calls would not be seen.
            self.unclear |= alias.name in LOADERS and alias.asname is not None

    def _call(self, node: ast.Call) -> None:
        if _name_of(node.func) not in LOADERS:
            return
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and not first.value.startswith("."):
            self.names.add(first.value)
        elif first is not None and ast.unparse(first) == "__path__":
            self.packages.add(self.module)
        elif isinstance(first, ast.Attribute) and first.attr == "__path__":
            self.asked.add(ast.unparse(first.value))
        elif not (isinstance(first, ast.JoinedStr) and self._made_up(first)):
            self.unclear = True

    def _made_up(self, node: ast.JoinedStr) -> bool:
        """Reads an f-string that a loader is given: one that begins with a package's name and a dot, or does not."""
        first, rest = node.values[0], node.values[1:]
        if isinstance(first, ast.Constant):
            name, dot, _ = str(first.value).rpartition(".")
            self.packages.add(name)
            return bool(dot)
        then = rest[0].value if rest and isinstance(rest[0], ast.Constant) else ""
        if not isinstance(first, ast.FormattedValue) or not str(then).startswith("."):
            return False
        if isinstance(first.value, ast.Attribute) and first.value.attr == "__name__":
            self.asked.add(ast.unparse(first.value.value))
            return True
        self.packages.add(self.module)
        return ast.unparse(first.value) == "__name__"

    def _started(self, arguments: list[ast.expr]) -> None:
        """Reads `"-m", "module"` of a command line."""
        for option, name in itertools.pairwise(arguments):
            if isinstance(option, ast.Constant) and option.value == "-m":
                if isinstance(name, ast.Constant):
                    self.names |= {str(name.value), str(name.value) + ".__main__"}
                elif isinstance(name, ast.JoinedStr):
                    self._made_up(name)

    def _text(self, text: str) -> None:
        for name in STARTED.findall(text):
            self.names |= {name, f"{name}.__main__"}
        self.told |= set(DOTTED.findall(text))
        if DOTTED.fullmatch(text):
            self.names.add(f"{text}.__main__")
        if SCRIPT.fullmatch(text):
            self.scripts.add(text)
        if "import " in text:  # perhaps a program that is handed to another interpreter
            try:
                self.read(ast.parse(text))
            except (SyntaxError, ValueError):
                return


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """Yields the nodes below `tree` but for docstrings and what only type checkers import."""
    todo = [tree]
    while todo:
        node = todo.pop()
        if is_text_only(node):
            continue
        yield node
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            todo += node.orelse
        else:
            todo += ast.iter_child_nodes(node)
