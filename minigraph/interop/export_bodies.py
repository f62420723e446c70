"""`If` and `While` with their bodies as functions, and with what backward bodies read as further outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from minigraph.graph import dtypes, protos
from minigraph.graph.func_graph import FuncGraph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.graph.walks import ancestors
from minigraph.interop.export_items import sizes
from minigraph.interop.export_place import FunctionPlace, Library, Place, write_plain
from minigraph.interop.export_tape import Leaf, forward_bodies, is_tape, leaves
from minigraph.ops.control.while_op import While

__all__ = ["all_leaves", "branch_results", "write_argument", "write_calling", "write_if", "write_while"]

Results = Callable[[Place, list[str]], list[str]]


def all_leaves(tensors: Any) -> list[Leaf]:
    """Return the tensors for which some tensors stand."""
    return [leaf for t in tensors for leaf in leaves(t)]


def all_refs(place: Place, tensors: Any) -> list[str]:
    """Return the names of the outputs for which some tensors stand."""
    return [name for t in tensors for name in place.refs(t)]


def note_outputs(place: Place, op: Operation, name: str, saved: int) -> None:
    """Tell a place how the outputs of an If or While are spelled, its tape as the last ones."""
    at = 0
    for t, count in [*((t, len(leaves(t))) for t in op.outputs), (op.all_outputs[-1], saved)]:
        place.values[t] = [place.spell(name, "output", i, i) for i in range(at, at + count)]
        at += count


def write_argument(place: Place, op: Operation) -> None:
    """Write nothing: an input of a body is an argument of the function."""
    place.be_silent(op)


def write_function(
    library: Library, body: FuncGraph, wish: str, dtypes_out: list, results: Results, extra: Any = ()
) -> str:
    """Write a body as a function of the library; return its name.

    Args:
        library: the library.
        body: the body.
        wish: the name, if no other function has it.
        dtypes_out: the types of the results.
        results: writes what more is needed, and returns the names of the results; called with the place and the names
            of the further arguments.
        extra: the types of further arguments.
    """
    name = library.unique(wish)
    function = protos.FunctionDef()
    function.signature.name = name
    place = FunctionPlace(function.node_def, library, body)
    taken = {op.name for op in body.get_operations()} - {t.op.name for t in body.inputs}

    def argument(dtype: Any) -> str:
        i = len(function.signature.input_arg)
        wish = f"arg{i}"
        while wish in taken:
            wish = f"arg_{wish}"
        function.signature.input_arg.add(name=wish, type=dtype.base_dtype.as_datatype_enum)
        return wish

    for t in body.inputs:
        place.values[t] = [argument(leaf.dtype) for leaf in leaves(t)]
    further = [argument(dtype) for dtype in extra]
    place.write(ancestors([*body.outputs, *body.intermediates, *body.effects]))
    for i, (found, dtype) in enumerate(zip(results(place, further), dtypes_out, strict=True)):
        function.signature.output_arg.add(name=f"out{i}", type=dtype.as_datatype_enum)
        function.ret[f"out{i}"] = found
    for op in body.effects:
        function.signature.control_output.append(op.name)
        function.control_ret[op.name] = op.name
    place.prune([*function.ret.values(), *function.control_ret.values()])
    function.signature.is_stateful = body.has_state
    library.functions.append(function)
    return name


def write_calling(place: Place, op: Operation) -> None:
    """Write an operation as it is, with the functions that it calls."""
    names = {attr: _write_called(place.library, op.op_def.attr(attr)) for attr in op.op_def.functions}
    node = write_plain(place, op)
    for attr, name in names.items():
        node.attr[attr].func.name = name


def _write_called(library: Library, body: FuncGraph) -> str:
    types = [t.dtype.base_dtype for t in body.outputs]
    return write_function(library, body, body.name, types, lambda inner, _: all_refs(inner, body.outputs))


def write_if(place: Place, op: Operation) -> None:
    """Write a conditional; what its branches save for their backward bodies are its last outputs."""
    name, branches = place.named(op), forward_bodies(op)
    saved = [all_leaves(body.intermediates) for body in branches]
    outputs = all_leaves(op.outputs)
    everything = [*outputs, *saved[0], *saved[1]]
    types = [leaf.dtype for leaf in everything]
    names = []
    for k, (body, word) in enumerate(zip(branches, ("true", "false"))):

        def results(inner: Place, _: Any, k: int = k) -> list[str]:
            return branch_results(inner, branches[k], saved, k)

        names.append(write_function(place.library, body, f"{name}_{word}", types, results))
    shapes = [leaf.shape for leaf in (*all_known(op, outputs), *saved[0], *saved[1])]
    given = [leaf.dtype for leaf in all_leaves(op.inputs[1:])]
    node = write_plain(place, op, Tin=given, Tout=types, output_shapes=shapes, **place.known(shapes))
    node.attr["then_branch"].func.name, node.attr["else_branch"].func.name = names
    note_outputs(place, op, name, len(saved[0]) + len(saved[1]))


def branch_results(place: Place, body: FuncGraph, saved: list[list[Leaf]], k: int) -> list[str]:
    """Write what branch `k` (0 or 1) gives besides its outputs; return the names of all its results.

    Args:
        place: where the branch is written.
        body: the branch.
        saved: what each of the branches saves.
        k: its position.
    """
    own = all_refs(place, body.intermediates)
    missing = [nothing(place, f"nothing_{i}", leaf) for i, leaf in enumerate(saved[1 - k])]
    return [*all_refs(place, body.outputs), *(own + missing if k == 0 else missing + own)]


def all_known(op: Operation, outputs: list[Leaf]) -> list[Leaf]:
    """Return the outputs of an If with the shapes that it declares."""
    declared = op.op_def.attr("output_shapes")
    if len(declared) != len(outputs):
        return outputs
    return [Leaf(leaf.dtype, shape) for leaf, shape in zip(outputs, declared)]


def nothing(place: Place, name: str, leaf: Leaf) -> str:
    """Write the stand-in for a value that the branch not taken would have saved; return its name."""
    name = place.prefix + name
    place.add("FakeParam", name, place.unconditional(), dtype=leaf.dtype, shape=leaf.shape)
    return place.spell(name, "output", 0, 0)


def write_while(place: Place, op: Operation) -> None:
    """Write a loop; for each tensor that backward bodies read it has a list as a further variable."""
    name, op_def = place.named(op), cast(While, op.op_def)
    saved = all_leaves(op_def.body.intermediates)
    lists = [_empty_list(place, f"{name}/saved_{i}", leaf) for i, leaf in enumerate(saved)]
    types = [leaf.dtype for leaf in all_leaves(op.inputs)]
    variants = [dtypes.variant] * len(lists)

    def step(inner: Place, further: list[str]) -> list[str]:
        values = all_refs(inner, op_def.body.intermediates)
        pushed = [_push(inner, i, *each) for i, each in enumerate(zip(further, values, saved))]
        return all_refs(inner, op_def.body.outputs) + pushed

    def test(inner: Place, further: list[str]) -> list[str]:
        return all_refs(inner, op_def.cond.outputs)

    library = place.library
    names = (
        write_function(library, op_def.cond, f"{name}_cond", [dtypes.bool_], test, variants),
        write_function(library, op_def.body, f"{name}_body", types + variants, step, variants),
    )
    shapes = [s for t, shape in zip(op.inputs, op_def.output_shapes) for s in _shapes(t, shape)]
    shapes += [TensorShape([])] * len(lists)
    node = write_plain(place, op, T=types + variants, output_shapes=shapes, **place.known(shapes))
    at = len(types)
    rest = list(node.input)[at:]
    del node.input[at:]
    node.input.extend([*lists, *rest])
    node.attr["cond"].func.name, node.attr["body"].func.name = names
    note_outputs(place, op, name, len(lists))


def _shapes(t: Tensor, declared: TensorShape) -> list[TensorShape]:
    return [leaf.shape for leaf in leaves(t)] if is_tape(t) else [declared]


def _empty_list(place: Place, name: str, leaf: Leaf) -> str:
    """Write an empty TensorList for values like `leaf`; return the name of its handle."""
    shape = place.constant(f"{name}/element_shape", sizes(leaf.shape), dtypes.int32)
    limit = place.constant(f"{name}/max_num_elements", np.array(-1, np.int32), dtypes.int32)
    place.add("EmptyTensorList", name, [shape, limit], element_dtype=leaf.dtype, shape_type=dtypes.int32)
    return place.spell(name, "handle", 0, 0)


def _push(place: Place, i: int, handle: str, value: str, leaf: Leaf) -> str:
    """Write the push of a value onto a list in a step; return the name of the longer list."""
    name = f"{place.prefix}saved_{i}"
    place.add("TensorListPushBack", name, [handle, value], element_dtype=leaf.dtype)
    return place.spell(name, "output_handle", 0, 0)
