"""Changes of institutions in a tenants file: the file is edited in place and checked.

Comments and order of the file stay; only the lines of the institution that changes are touched.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, SequenceNode

from assembly.facts import FactError
from assembly.tenant_facts import State, read_tenant_facts


def create(file: Path, name: str, label: str, kind: str, groups: list[str], profile: str | None = None) -> None:
    """Adds an institution at the end of the list. Raises FactError, ValueError; the file is then as it was."""
    lines, items = _blocks(file)
    if name in items:
        raise ValueError(f"{file}: {name} is there already; resume it, or choose another id")
    entry = {"id": name, "label": label, "kind": kind}
    indent = " " * items["first"][2] if "first" in items else "  "
    written = [f"{key}: {yaml.safe_dump(value).splitlines()[0]}\n" for key, value in entry.items()]
    made = [f"{indent}{'  ' if at else '- '}{line}" for at, line in enumerate(written)]
    if groups:
        made.append(f"{indent}  groups: [{', '.join(groups)}]\n")
    if profile:
        made.append(f"{indent}  profile: {profile}\n")
    end = items["last"][1] if "last" in items else len(lines)
    if lines[end - 1 : end] and not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    _replace(file, [*lines[:end], *made, *lines[end:]])


def change_state(file: Path, name: str, state: State) -> None:
    """Sets an institution's state; a retired one stays retired. Raises FactError, ValueError."""
    lines, items = _blocks(file)
    if name not in items or name in ("first", "last"):
        known = ", ".join(tenant.id for tenant in read_tenant_facts(file).tenants)
        raise ValueError(f"{file}: no institution {name}; there are: {known}")
    before = next(tenant.state for tenant in read_tenant_facts(file).tenants if tenant.id == name)
    if before == "retired" and state != "retired":
        raise ValueError(f"{file}: {name} is retired, and its data may be gone: create an institution with another id")
    start, end, indent = items[name]
    kept = [line for line in lines[start:end] if not line.strip().startswith("state:")]
    line = f"{' ' * indent}  state: {state}\n"
    _replace(file, [*lines[:start], kept[0], line, *kept[1:], *lines[end:]])


def _blocks(file: Path) -> tuple[list[str], dict[str, tuple[int, int, int]]]:
    """Lines, and id -> (first line, line after the last, indent) of each institution; also under first and last."""
    read_tenant_facts(file)
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, MappingNode)
    sequence = next(value for key, value in root.value if key.value == "tenants")
    assert isinstance(sequence, SequenceNode)
    found: dict[str, tuple[int, int, int]] = {}
    for node in sequence.value:
        if sequence.flow_style or node.flow_style:
            raise ValueError(
                f"{file}:{node.start_mark.line + 1}: write institutions one key a line to change them here"
            )
        start = node.start_mark.line
        end = max(value.end_mark.line + (value.end_mark.column > 0) for _, value in node.value)
        name = next(value.value for key, value in node.value if key.value == "id")
        if not lines[start].lstrip().startswith("- id:"):
            raise ValueError(f"{file}:{start + 1}: begin the institution with its id to change it here")
        place = (start, max(end, start + 1), len(lines[start]) - len(lines[start].lstrip()))
        found[name] = place
        found.setdefault("first", place)
        found["last"] = place
    return lines, found


def _replace(file: Path, lines: list[str]) -> None:
    """Writes the file as a whole if what it says then can be read."""
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        part = Path(folder) / file.name
        part.write_text("".join(lines), encoding="utf-8")
        try:
            read_tenant_facts(part)
        except FactError as error:
            raise ValueError(str(error).replace(str(part), str(file))) from None
        part.replace(file)
