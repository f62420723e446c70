"""`einsum`: sums of products, by letters for the axes."""

from __future__ import annotations

import functools
import operator
import re
import string
from typing import Any

import numpy as np

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shapes import TensorShape
from minigraph.ops.arrays import expand_dims, reshape, shape_ops, transpose
from minigraph.ops.linalg.diag import trace
from minigraph.ops.linalg.matmul import matmul
from minigraph.ops.math import arithmetic, reductions

__all__ = ["einsum"]


def einsum(equation: str, *inputs: Any, **kwargs: Any) -> Tensor:
    """Multiply tensors and sum over axes, as an equation says.

    Args:
        equation: a letter for each axis of each tensor, as in "ij,jk->ik": the axes with one letter go together, and
            what does not stand after the arrow is summed over. Without an arrow, letters that stand once are kept, in
            alphabetical order. "..." stands for any leading axes.
        *inputs: the tensors, of one type and of known rank.
        name: the name scope.

    Returns:
        A tensor with the axes after the arrow.

    Raises:
        ValueError: if the equation cannot be read or does not fit the tensors, or a letter stands twice in one tensor.
        TypeError: for other keyword arguments.

    Example:
        >>> a, b = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[1.0, 0.0], [1.0, 1.0]])
        >>> print(tf.einsum("ij,jk->ik", a, b).eval().tolist(), tf.einsum("ij->j", a).eval())
        [[3.0, 2.0], [7.0, 4.0]] [4. 6.]
    """
    name = kwargs.pop("name", None)
    if kwargs:
        raise TypeError(f"invalid keyword arguments for this function: {', '.join(sorted(kwargs))}")
    with atomic_scope(name, "einsum", [x for x in inputs if isinstance(x, Tensor)]):
        tensors = [convert_to_tensor(x) for x in inputs]
        operands, result = _read(equation, [x.shape for x in tensors])
        if len(operands) == 1 and len(operands[0]) == 2 and len(set(operands[0])) == 1 and "->" not in equation:
            return trace(tensors[0])
        return _contracted(equation, tensors, operands, result)


def _check_letters(operands: list[str]) -> None:
    """Raise ValueError if a letter stands twice in one tensor."""
    for letters in operands:
        if len(set(letters)) < len(letters):
            raise ValueError(f"Subscript not supported: an axis appears more than once: {letters}")


def _contracted(equation: str, tensors: list[Tensor], operands: list[str], result: str) -> Tensor:
    """Return the product of the tensors, summed over the letters that the result does not have."""
    _check_letters(operands)
    summed = set("".join(operands)) - set(result)
    if any(sum(letter in operand for operand in operands) > 2 for letter in summed):
        return _at_once(tensors, operands, result)
    total, left = tensors[0], operands[0]
    for other, axes in zip(tensors[1:], operands[1:]):
        total, left = _product(total, left, other, axes, set(left) & set(axes) - set(result))
    if set(left) - set(result):
        total = reductions.reduce_sum(total, axis=[i for i, letter in enumerate(left) if letter not in result])
        left = "".join(letter for letter in left if letter in result)
    if sorted(left) != sorted(result):
        raise ValueError(f"Invalid equation: {equation}")
    return _transposed(total, [left.index(letter) for letter in result])


def _read(equation: str, shapes: list[TensorShape]) -> tuple[list[str], str]:
    """Return the letters of each tensor and of the result, those in the place of an ellipsis included."""
    equation = equation.replace(" ", "")
    match = re.match("^([a-zA-Z,.]+)(->[a-zA-Z.]*)?$", equation)
    if not match:
        raise ValueError(f"Indices have incorrect format: {equation}")
    operands, result = match[1].split(","), match[2] and match[2][2:]
    if len(shapes) != len(operands):
        raise ValueError(f'Got {len(shapes)} arguments for equation "{equation}", expecting {len(operands)}')
    unused = "".join(letter for letter in string.ascii_letters if letter not in match[1])
    dots = ""
    if "..." in equation:
        found = [_without_dots(operand, shape, unused) for operand, shape in zip(operands, shapes)]
        operands = [operand for operand, _ in found]
        dots = max([letters for _, letters in found], key=len)
        result = None if result is None else result.replace("...", dots)
    if result is None:
        once = [letter for letter in "".join(operands) if letter not in dots]
        result = dots + "".join(sorted(letter for letter in set(once) if once.count(letter) == 1))
    return operands, result


def _without_dots(operand: str, shape: TensorShape, unused: str) -> tuple[str, str]:
    """Return the letters of a tensor with others in the place of its ellipsis, and these others."""
    if "..." not in operand:
        return operand, ""
    parts = operand.split("...")
    if len(parts) != 2:
        raise ValueError("Unable to resolve ellipsis. Excess number found.")
    if shape.ndims is None:
        raise ValueError("Unable to statically infer ellipsis axes.")
    count = shape.ndims - len("".join(parts))
    if count < 0:
        raise ValueError("Ellipses lengths do not match.")
    if len(unused) < count:
        raise ValueError("Unable to resolve ellipsis, too many distinct labels.")
    letters = unused[len(unused) - count :]
    return operand.replace("...", letters), letters


def _check_ranks(*named: tuple[str, Tensor, str]) -> None:
    """Raise ValueError if a tensor has not as many axes as letters."""
    for name, tensor, letters in named:
        if tensor.shape.ndims != len(letters):
            raise ValueError(
                f"Tensor {name} of rank {tensor.shape.ndims} does not match einsum reduction of length {len(letters)}"
            )


def _product(a: Tensor, of_a: str, b: Tensor, of_b: str, summed: set) -> tuple[Tensor, str]:
    """Return the product of two tensors, summed over some of the axes that they share, and its letters."""
    _check_ranks(("t0", a, of_a), ("t1", b, of_b))
    kept = set(of_a) & set(of_b) - summed
    order_a = sorted(of_a, key=lambda x: (-1 if x in kept else 1 if x in summed else 0, x))
    order_b = sorted(of_b, key=lambda x: (-1 if x in kept else 0 if x in summed else 1, x))
    a = _transposed(a, [of_a.find(letter) for letter in order_a])
    b = _transposed(b, [of_b.find(letter) for letter in order_b])
    batch, free_a, free_b = len(kept), len(of_a) - len(kept) - len(summed), len(of_b) - len(kept) - len(summed)
    letters = "".join(order_a[: batch + free_a] + order_b[len(order_b) - free_b :])
    if summed:
        return _summed_product(a, b, batch, len(summed)), letters
    for _ in range(free_b):
        a = expand_dims.expand_dims(a, -1)
    for _ in range(free_a):
        b = expand_dims.expand_dims(b, batch)
    return arithmetic.multiply(a, b), letters


def _summed_product(a: Tensor, b: Tensor, batch: int, summed: int) -> Tensor:
    """Multiply as matrices: a has the axes batch, free, summed; b has batch, summed, free."""
    sizes_a = _sizes(a)
    free, inner = _size(sizes_a[batch:-summed]), _size(sizes_a[-summed:])
    a = _reshaped(a, [*sizes_a[:batch], free, inner])
    sizes_b = _sizes(b)
    b = _reshaped(b, [*sizes_b[:batch], inner, _size(sizes_b[batch + summed :])])
    return _reshaped(matmul(a, b), sizes_a[:-summed] + sizes_b[batch + summed :])


def _transposed(x: Tensor, order: list[int]) -> Tensor:
    return x if order == list(range(len(order))) else transpose.transpose(x, perm=order)


def _reshaped(x: Tensor, sizes: list) -> Tensor:
    found = x.shape.as_list()
    same = len(sizes) == len(found) and not any(isinstance(size, Tensor) for size in sizes)
    return x if same and sizes == found else reshape.reshape(x, tuple(sizes))


def _sizes(x: Tensor) -> list:
    """Return the sizes of a tensor: ints where they are known, else scalars."""
    sizes = x.shape.as_list()
    if None in sizes:
        in_a_run: Any = shape_ops.shape(x)
        sizes = [in_a_run[i] if size is None else size for i, size in enumerate(sizes)]
    return sizes


def _size(sizes: list) -> Any:
    return functools.reduce(operator.mul, sizes, 1)


def _at_once(tensors: list[Tensor], operands: list[str], result: str) -> Tensor:
    """Return the sum of the product of all tensors, each with all axes: for a letter that more than two share."""
    letters = "".join(sorted(set("".join(operands)) - set(result))) + result
    total: Any = 1
    expanded = []
    for x, of_x in zip(tensors, operands):
        if x.shape.ndims != len(of_x):
            raise ValueError(f"Input with axes {of_x} has {x.shape.ndims} dimensions, expected {len(of_x)}")
        order = sorted(of_x, key=letters.index)
        if list(of_x) != order:
            x = transpose.transpose(x, [of_x.find(letter) for letter in order])
        sizes = dict(zip(order, x.shape.as_list()))
        expanded.append((x, [sizes[letter] or -1 if letter in sizes else 1 for letter in letters]))
    for i, letter in enumerate(letters):
        if len({sizes[i] for _, sizes in expanded} - {-1, 1}) > 1:
            raise ValueError(f"Dimension mismatch on axis: {letter}")
    for x in [reshape.reshape(x, sizes) for x, sizes in expanded]:
        total = total * x
    return reductions.reduce_sum(total, list(np.arange(len(letters) - len(result))))
