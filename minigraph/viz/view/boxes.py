"""The boxes of a picture: an operation, a closed scope, a group of like things, a whole stage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from minigraph.graph.text import amount, listed
from minigraph.graph.traces import format_where
from minigraph.runtime.access import written_by
from minigraph.viz.text import attr_text, clipped, tensor_text, value_text, within

__all__ = ["Box", "input_names", "box_of_op", "box_of_scope", "box_of_section"]

_LONGEST_TITLE = 34
_MOST_LINES = 3
_MOST_ATTRS = 12


@dataclass(eq=False)
class Box:
    """One visible thing.

    Attributes:
        title: what stands in it, large.
        lines: what stands below, small.
        notes: what overlays add to the lines.
        mark: the name of the style that an overlay gives it, see `MARKS`; or "".
        kind: "op", "scope", "group" or "section".
        role: see `Anatomy.role`; for a scope "scope" or "variable_scope".
        section: the part of the story.
        ops: the operations drawn as this box.
        nodes: how many nodes of the graph it stands for, constants and initializers included.
        path: the full name.
        id: its name in DOT.
    """

    title: str
    kind: str
    role: str
    section: Any
    ops: list[Any]
    path: str
    lines: list[str] = field(default_factory=list)
    nodes: int = 0
    id: str = ""
    notes: list[str] = field(default_factory=list)
    mark: str = ""

    def tooltip(self) -> str:
        """Return what is shown when the mouse rests on the box: all of a node, or what a scope holds."""
        return _op_tooltip(self.ops[0]) if self.kind == "op" else _scope_tooltip(self)


def box_of_op(view: Any, op: Any, section: Any, around: str) -> Box:
    """Return a box for one operation; `around` is the scope whose frame it is in."""
    role = view.anatomy.role[op]
    name = within(op.name, around)
    box = Box(clipped(name, _LONGEST_TITLE), "op", role, section, [op], op.name)
    last = name.rpartition("/")[2].rstrip("0123456789").rstrip("_")
    if role == "variable":
        box.lines = [tensor_text(op.outputs[0])]
    elif role == "placeholder":
        box.lines = [_where_from(op), tensor_text(op.outputs[0])]
    elif role == "constant":
        box.lines = [value_text(_value(op))]
    else:
        box.lines = ([] if last.lower() == op.type.lower() else [op.type]) + _inlined(view, op)
    if role in ("loss", "train_op"):
        box.lines.insert(0, "the loss" if role == "loss" else "train op")
    elif op in view.anatomy.differentiated:
        box.lines.insert(0, "differentiated")
    box.lines = [clipped(line, _LONGEST_TITLE) for line in box.lines]
    return box


def _where_from(op: Any) -> str:
    """Return where a placeholder's value comes from; the call of a function sets the arguments of its body."""
    if op.type == "_Arg":
        return "argument of the body"
    return "fed" if op.op_def.must_feed else "fed, or a default"


def _inlined(view: Any, op: Any) -> list[str]:
    """Return the inputs that are constants and not drawn, by the names that the definition gives the inputs."""
    lines, names = [], input_names(op)
    for name, tensor in zip(names, op.inputs):
        source = tensor.op
        if view.anatomy.role.get(source) == "constant" and view.home.get(source) is not source:
            lines.append(f"{name} = {value_text(_value(source))}")
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], f"… {len(lines)} constants in all"]


def input_names(op: Any) -> list[str]:
    """Return what the definition calls each input."""
    names: list[str] = []
    specs = op.op_def.specs
    for spec in specs:
        count = len(op.inputs) - len(specs) + 1 if spec.is_list else 1
        names += [spec.name] if count == 1 else [f"{spec.name}[{i}]" for i in range(count)]
    return names if len(names) == len(op.inputs) else [str(i) for i in range(len(op.inputs))]


def _value(op: Any) -> Any:
    return op.get_attr("value")


def box_of_scope(view: Any, scope: Any, section: Any, around: str) -> Box:
    """Return a box for a closed scope or a group."""
    ops = scope.ops()
    role = view.anatomy.role
    if scope.is_group:
        kinds = {role[op] for op in ops}
        box = Box(
            clipped(scope.label, _LONGEST_TITLE),
            "group",
            kinds.pop() if len(kinds) == 1 else "scope",
            section,
            ops,
            scope.path,
        )
    else:
        kind = "variable_scope" if scope.path in view.variable_scopes else "scope"
        box = Box(clipped(within(scope.path, around), _LONGEST_TITLE), "scope", kind, section, ops, scope.path)
    box.lines = _summary(view, ops, box)
    return box


def box_of_section(view: Any, section: Any) -> Box:
    """Return a box for a stage that is folded as a whole."""
    box = Box(section.title or "everything", "section", "scope", section, section.ops, section.root.path)
    box.lines = _summary(view, section.ops, box)
    return box


def _summary(view: Any, ops: list[Any], box: Box) -> list[str]:
    role = view.anatomy.role
    roles = [role[op] for op in ops]
    variables = roles.count("variable")
    lines = []
    if variables and box.role != "variable":
        lines.append(amount(variables, "variable"))
    lines += [f"contains the {kind.replace('_', ' ')}" for kind in ("loss", "train_op") if kind in roles]
    if box.role == "update" and len({op.type for op in ops}) == 1:
        lines.append(f"writes {amount(len(_written(ops)), 'variable')}")
    return lines


def _written(ops: list[Any]) -> set:
    return {cell for op in ops for cell in written_by(op)}


def _op_tooltip(op: Any) -> str:
    lines = [f"{op.name} ({op.type})"]
    attrs = getattr(op, "attrs", {})
    for name, value in list(attrs.items())[:_MOST_ATTRS]:
        lines.append(f"{name} = {clipped(attr_text(value), 60)}")
    lines += [f"output {i}: {tensor_text(t)}" for i, t in enumerate(op.outputs)]
    if getattr(op, "stage", None):
        lines.append(f"stage: {op.stage}")
    if getattr(op, "where", ()):
        lines.append(f"made at {format_where(op.where)}")
    return "\n".join(lines)


def _scope_tooltip(box: Box) -> str:
    counts = Counter(op.type for op in box.ops)
    lines = [f"{box.path or box.title}: {amount(box.nodes, 'node')}"]
    lines += [f"{count} × {kind}" for kind, count in counts.most_common(10)]
    if len(counts) > 10:
        lines.append(f"and {len(counts) - 10} other types")
    wheres = list(dict.fromkeys(format_where(op.where) for op in box.ops if getattr(op, "where", ())))
    if wheres:
        lines.append("made at " + listed(wheres, 4))
    return "\n".join(lines)
