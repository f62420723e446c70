"""`slim.model_analyzer`: the sizes of variables and of the outputs of operations."""

from __future__ import annotations

from typing import Any

__all__ = ["analyze_ops", "analyze_vars", "tensor_description"]


def tensor_description(var: Any) -> str:
    """Return the type and shape of a tensor or variable in brackets.

    Example:
        >>> print(tensor_description(tf.zeros([2, 3])))
        (float32 2x3)
    """
    sizes = ["?" if size is None else str(size) for size in var.shape.as_list()]
    return f"({var.dtype.name} {'x'.join(sizes)})"


def analyze_ops(graph: Any, print_info: bool = False) -> int:
    """Return the number of elements that the operations of a graph give, as far as their shapes are known.

    Args:
        graph: the graph.
        print_info: print a line for each operation.
    """
    lines, total = [], 0
    for op in graph.get_operations():
        size = sum(output.shape.num_elements() or 0 for output in op.outputs)
        shapes = ", ".join(tensor_description(output) for output in op.outputs if output.shape.ndims)
        lines.append(f"{op.name} \t-> {shapes} [{size}]")
        total += size
    if print_info:
        print("---------", "Operations: name -> (type shapes) [size]", "---------", *lines, sep="\n")
    return total


def analyze_vars(variables: Any, print_info: bool = False) -> tuple[int, int]:
    """Return the number of elements and of bytes of variables.

    Args:
        variables: a list of variables.
        print_info: print a line for each variable.

    Example:
        >>> v = tf.get_variable("v", [2, 3])
        >>> print(analyze_vars([v], print_info=True))
        ---------
        Variables: name (type shape) [size]
        ---------
        v:0 (float32_ref 2x3) [6, bytes: 24]
        Total size of variables: 6
        Total bytes of variables: 24
        (6, 24)
    """
    lines, total, total_bytes = [], 0, 0
    for variable in variables:
        size = variable.shape.num_elements() or 0
        count = size * variable.dtype.size
        lines.append(f"{variable.name} {tensor_description(variable)} [{size}, bytes: {count}]")
        total, total_bytes = total + size, total_bytes + count
    if print_info:
        print("---------", "Variables: name (type shape) [size]", "---------", *lines, sep="\n")
        print(f"Total size of variables: {total}", f"Total bytes of variables: {total_bytes}", sep="\n")
    return total, total_bytes
