"""The hash of what a Python file does: its syntax tree without comments, docstrings and places.

Written out here, not by `ast.dump`, whose text differs between versions of Python: this hash is the same under 3.11,
3.12 and 3.13. Standard library only.
"""

from __future__ import annotations

import ast
import hashlib

IGNORED = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
"""Fields that follow from the others or that no run reads."""


def syntax_digest(tree: ast.Module) -> str:
    """Returns the SHA-256 of a syntax tree."""
    out: list[str] = []
    _write(tree, out)
    return hashlib.sha256("".join(out).encode("ascii")).hexdigest()


def is_text_only(node: ast.AST) -> bool:
    """Whether a statement is a docstring or another text that stands alone, which no run reads."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _write(value: object, out: list[str]) -> None:
    """Adds the parts of a value's text: of a node its type, then each field that is not empty, sorted by name.

    Empty fields are left out because newer versions of Python have more of them (`type_params`).
    """
    if isinstance(value, ast.Constant):
        out.append(f"{type(value.value).__name__}:{value.value!a};")
    elif isinstance(value, ast.AST):
        out.append(f"{type(value).__name__}(")
        for name in sorted(value._fields):
            held = getattr(value, name, None)
            if held is None or held == [] or name in IGNORED:
                continue
            out.append(f"{name}=")
            if isinstance(held, list):
                _write_list(_joined(held) if isinstance(value, ast.JoinedStr) else held, out)
            else:
                _write(held, out)
        out.append(")")
    else:  # a name, a number of dots, or None where a list has a gap, as the keys of {**other} have
        out.append(f"{value!a};")


def _write_list(items: list[ast.AST], out: list[str]) -> None:
    out.append("[")
    for item in items:
        if not is_text_only(item):
            _write(item, out)
    out.append("]")


def _joined(parts: list[ast.AST]) -> list[ast.AST]:
    """The parts of an f-string, texts side by side as one: versions of Python cut them in different places."""
    found: list[ast.AST] = []
    for part in parts:
        last = found[-1] if found else None
        if not isinstance(part, ast.Constant):
            found.append(part)
        elif isinstance(last, ast.Constant):
            found[-1] = ast.Constant(str(last.value) + str(part.value))
        elif part.value:
            found.append(part)
    return found
