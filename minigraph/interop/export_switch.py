"""An `If` that takes the cell of a variable, written with Switch and Merge: a function of TensorFlow takes none.

The nodes of both branches become part of the graph. Those of the branch that is not taken get no values.
"""

from __future__ import annotations

from collections.abc import Iterable

from minigraph.graph import dtypes
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.interop.export_bodies import all_leaves, branch_results
from minigraph.interop.export_place import Place
from minigraph.interop.export_tape import forward_bodies, leaves

__all__ = ["InlinePlace", "write_switched_if"]

_OUTPUTS = ("output_false", "output_true")


class InlinePlace(Place):
    """A body whose nodes are written into the place around it.

    Args:
        around: that place.
        body: the body.
        prefix: what its nodes' names begin with.
        pivot: the node for which those without inputs wait.
    """

    graph: FuncGraph

    def __init__(self, around: Place, body: FuncGraph, prefix: str, pivot: str):
        super().__init__(around.nodes, around.library, body)
        self._around, self.prefix, self._pivot = around, prefix, pivot
        self.spell = around.spell  # type: ignore[method-assign]

    def unconditional(self) -> list[str]:
        return ["^" + self._pivot]

    def controls(self, op: Operation) -> list[str]:
        found = super().controls(op)
        return found if op.inputs else sorted([*found, *self.unconditional()])

    def groups(self, groups: Iterable[bytes]) -> list[bytes]:
        inside = {op.name: op for op in self.graph.get_operations()}
        found: list[bytes] = []
        for group in groups:
            op = inside.get(group.removeprefix(b"loc:@").decode())
            if op is None:
                found.append(group)
            elif op.type != "_Arg":
                found.append(f"loc:@{self.named(op)}".encode())
            else:
                outer = self.graph.outer_of(op.all_outputs[0])
                found += self._around.groups(outer.op.colocation_groups())
        return sorted(set(found))


def write_switched_if(place: Place, op: Operation) -> None:
    """Write a conditional with Switch and Merge."""
    name, branches = place.named(op), forward_bodies(op)
    pred, waits = place.ref(op.inputs[0]), place.controls(op)
    place.add("Switch", f"{name}/Switch", [pred, pred, *waits], T=dtypes.bool_)
    saved = [all_leaves(body.intermediates) for body in branches]
    switched = {t: _switch(place, f"{name}/Switch_{i + 1}", t, pred, waits) for i, t in enumerate(op.inputs[1:])}
    results = []
    for k, body in enumerate(branches):
        taken = 1 - k
        pivot = f"{name}/switch_{'ft'[taken]}"
        place.add("Identity", pivot, [place.spell(f"{name}/Switch", _OUTPUTS[taken], 0, taken)], T=dtypes.bool_)
        inner = InlinePlace(place, body, f"{name}/{body.name}/", pivot)
        for given, t in zip(body.inputs, op.inputs[1:]):
            inner.values[given] = [pair[taken] for pair in switched[t]]
        inner.write(ancestors([*body.outputs, *body.intermediates]))
        results.append(branch_results(inner, body, saved, k))
    _merge(place, op, results, len(saved[0]) + len(saved[1]))


def _switch(place: Place, name: str, tensor: Tensor, pred: str, waits: list[str]) -> list[tuple[str, str]]:
    """Write a Switch for each tensor that `tensor` stands for; return for each the names of both outputs."""
    found = []
    names = place.refs(tensor)
    for i, (ref, leaf) in enumerate(zip(names, leaves(tensor))):
        each = f"{name}_{i}" if len(names) > 1 else name
        place.add("RefSwitch" if tensor.dtype._is_ref_dtype else "Switch", each, [ref, pred, *waits], T=leaf.dtype)
        found.append((place.spell(each, _OUTPUTS[0], 0, 0), place.spell(each, _OUTPUTS[1], 0, 1)))
    return found


def _merge(place: Place, op: Operation, results: list[list[str]], saved: int) -> None:
    """Write a Merge for each result of the branches, and a node of the conditional's name that waits for all."""
    name, merges = place.named(op), []
    at = 0
    types = [leaf.dtype for body in forward_bodies(op) for leaf in all_leaves(body.intermediates)]
    types = [leaf.dtype for leaf in all_leaves(op.outputs)] + types
    for i, (dtype, true, false) in enumerate(zip(types, *results, strict=True)):
        merges.append(f"{name}/Merge_{i}" if i else f"{name}/Merge")
        place.add("Merge", merges[-1], [false, true], N=2, T=dtype)
    place.add("NoOp", name, sorted("^" + merge for merge in merges))
    for t, count in [*((t, len(leaves(t))) for t in op.outputs), (op.all_outputs[-1], saved)]:
        place.values[t] = [place.spell(merge, "output", 0, 0) for merge in merges[at : at + count]]
        at += count
