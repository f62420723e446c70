"""Shapes and what only changes shapes: identity, shape, size, rank, reshape, transpose and their like."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.context import name_scope
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import ShapeError, TensorShape, as_shape, brackets, unknown_shape
from minigraph.graph.static import constant_value_as_shape
from minigraph.ops import constants

__all__ = ["identity", "identity_n", "shape", "shape_n", "rank", "size", "reshape", "expand_dims", "squeeze",
           "transpose", "matrix_transpose", "stop_gradient", "ensure_shape"]


class Identity(OpDef):
    """The input itself; of a variable's cell, the value at this moment."""
    inputs = ("input",)

    def as_shape(self, input):
        return input.as_shape

    def kernel(self, xp, input):
        return input

    def gradient(self, dy, y, input):
        return dy


class IdentityN(OpDef):
    """Several inputs as they are, all of them before any goes on."""
    inputs = ("*input: *T",)

    def dtype(self, *types):
        return tuple(types)

    def shape(self, *shapes):
        return tuple(shapes)

    def kernel(self, xp, *arrays):
        return arrays if len(arrays) > 1 else arrays[0]

    def gradient(self, dy, y, *inputs):
        return dy


class StopGradient(OpDef):
    """The input itself, through which no gradient goes."""
    inputs = ("input",)

    def kernel(self, xp, input):
        return input

    def gradient(self, dy, y, input):
        return None


@dataclass(frozen=True, eq=False)
class PreventGradient(OpDef):
    """The input itself; asking for a gradient through it is an error."""
    message: str = ""
    inputs = ("input",)

    def kernel(self, xp, input):
        return input

    def gradient(self, dy, y, input):
        raise LookupError(f"Gradient explicitly disabled. Reason: {self.message}")


@dataclass(frozen=True, eq=False)
class EnsureShape(OpDef):
    """The input itself, whose shape must fit."""
    shape_: TensorShape
    inputs = ("input",)

    def shape(self, input):
        return input.merge_with(self.shape_)

    def kernel(self, xp, input):
        if not self.shape_.is_compatible_with(input.shape):
            raise ValueError(f"Shape of tensor {list(input.shape)} is not compatible with expected shape {self.shape_}.")
        return input

    def gradient(self, dy, y, input):
        return dy


@dataclass(frozen=True, eq=False)
class Shape(OpDef):
    """The shape, as a vector of integers."""
    out_type: DType = dtypes.int32
    inputs = ("input",)
    outputs = ("out_type",)

    def shape(self, input):
        return TensorShape.of((input.ndims,))

    def as_shape(self, input):
        return input.shape

    def static_value(self, input):
        if input.shape.is_fully_defined():
            return np.array(input.shape.as_list(), self.out_type.as_numpy_dtype)
        return None if input.value is None else np.array(input.value.shape, self.out_type.as_numpy_dtype)

    def kernel(self, xp, input):
        return np.array(np.shape(input), self.out_type.as_numpy_dtype)

    def gradient(self, dy, y, input):
        return None


@dataclass(frozen=True, eq=False)
class ShapeN(OpDef):
    """The shapes of several inputs."""
    out_type: DType = dtypes.int32
    inputs = ("*input: T",)

    def dtype(self, *types):
        return (self.out_type,) * len(types)

    def shape(self, *shapes):
        return tuple(TensorShape.of((s.ndims,)) for s in shapes)

    def as_shape(self, *inputs):
        return [i.shape for i in inputs]

    def kernel(self, xp, *arrays):
        found = tuple(np.array(np.shape(a), self.out_type.as_numpy_dtype) for a in arrays)
        return found if len(found) > 1 else found[0]

    def gradient(self, dy, y, *inputs):
        return [None] * len(inputs)


class Rank(OpDef):
    """The number of axes."""
    inputs = ("input",)
    outputs = ("int32",)

    def shape(self, input):
        return TensorShape.of(())

    def static_value(self, input):
        return None if input.shape.ndims is None else np.int32(input.shape.ndims)

    def kernel(self, xp, input):
        return np.array(np.ndim(input), np.int32)

    def gradient(self, dy, y, input):
        return None


@dataclass(frozen=True, eq=False)
class Size(OpDef):
    """The number of elements."""
    out_type: DType = dtypes.int32
    inputs = ("input",)
    outputs = ("out_type",)

    def shape(self, input):
        return TensorShape.of(())

    def static_value(self, input):
        found = input.shape.num_elements()
        if found is None:
            found = None if input.value is None else input.value.size
        return None if found is None else self.out_type.as_numpy_dtype(found)

    def kernel(self, xp, input):
        return np.array(np.size(input), self.out_type.as_numpy_dtype)

    def gradient(self, dy, y, input):
        return None


class Reshape(OpDef):
    """The same elements in another shape; one size may be -1."""
    inputs = ("tensor: T", "shape: Tshape")
    allowed = {"Tshape": dtypes.INDICES}
    type_defaults = {"Tshape": dtypes.int32}
    static_inputs = shape_inputs = (1,)

    def shape(self, tensor, shape):
        if shape.shape.ndims not in (None, 1):
            raise ShapeError(f"Shape must be rank 1 but is rank {shape.shape.ndims}")
        if shape.value is None:
            return shape.as_shape
        sizes = [int(d) for d in shape.value]
        if sizes.count(-1) > 1:
            raise ShapeError("Only one unknown size (-1) is allowed in a shape")
        count = tensor.num_elements()
        known = int(np.prod([d for d in sizes if d != -1], dtype=np.int64))
        if -1 not in sizes:
            if count is not None and count != known:
                raise ShapeError(f"Cannot reshape a tensor with {count} elements to shape {brackets(sizes)} ({known} "
                                 "elements)")
            return TensorShape.of(tuple(sizes))
        if count is not None and known:
            if count % known:
                raise ShapeError(f"Dimension size must be evenly divisible by {known} but is {count}")
            sizes[sizes.index(-1)] = count // known
        return TensorShape.of(tuple(None if d == -1 else d for d in sizes))

    def kernel(self, xp, tensor, shape):
        return xp.reshape(tensor, tuple(np.asarray(shape).tolist()))

    def gradient(self, dy, y, tensor, shape):
        return like_input(tensor, dy), None


class ExpandDims(OpDef):
    """An axis of size 1 put in at a place."""
    inputs = ("input: T", "dim: Tdim")
    allowed = {"Tdim": dtypes.INDICES}
    type_defaults = {"Tdim": dtypes.int32}
    static_inputs = (1,)

    def shape(self, input, dim):
        if input.ndims is None:
            return unknown_shape()
        if dim.value is None:
            return unknown_shape(input.ndims + 1)
        at = _axis(int(dim.value), input.ndims + 1)
        return TensorShape.of((*input.tuple[:at], 1, *input.tuple[at:]))

    def kernel(self, xp, input, dim):
        at = int(dim)
        return xp.expand_dims(input, at)

    def gradient(self, dy, y, input, dim):
        return like_input(input, dy), None


def _axis(axis: int, ndims: int) -> int:
    if not -ndims <= axis < ndims:
        raise ShapeError(f"dim {axis} not in the interval [{-ndims}, {ndims - 1}].")
    return axis % ndims


@dataclass(frozen=True, eq=False)
class Squeeze(OpDef):
    """The axes of size 1 (or those named) taken out."""
    squeeze_dims: tuple = ()
    inputs = ("input",)

    def shape(self, input):
        if input.ndims is None:
            return unknown_shape()
        axes = {_axis(d, input.ndims) for d in self.squeeze_dims}
        for axis in axes:
            if input.tuple[axis] not in (None, 1):
                raise ShapeError(f"Can not squeeze dim[{axis}], expected a dimension of 1, got {input.tuple[axis]}")
        if not axes and None in input.tuple:
            return unknown_shape()
        return TensorShape.of(tuple(d for i, d in enumerate(input.tuple)
                                    if (i not in axes if axes else d != 1)))

    def kernel(self, xp, input):
        if self.squeeze_dims:
            for axis in self.squeeze_dims:
                if input.shape[axis] != 1:
                    raise ValueError(f"Can not squeeze dim[{axis}], expected a dimension of 1, got {input.shape[axis]}")
            return xp.squeeze(input, axis=tuple(self.squeeze_dims))
        return xp.squeeze(input)

    def gradient(self, dy, y, input):
        return like_input(input, dy)


class Transpose(OpDef):
    """The axes in another order."""
    inputs = ("x: T", "perm: Tperm")
    allowed = {"Tperm": dtypes.INDICES}
    type_defaults = {"Tperm": dtypes.int32}
    static_inputs = (1,)
    conjugate = False

    def shape(self, x, perm):
        ndims = x.ndims
        if ndims is None and perm.shape.ndims == 1:
            ndims = perm.shape.tuple[0]
        if ndims is not None and perm.shape.ndims == 1:
            count = perm.shape.tuple[0]
            if count is not None and count != ndims:
                raise ShapeError(f"Dimensions must be equal, but are {ndims} and {count}")
        if perm.value is None or x.ndims is None:
            return unknown_shape(ndims)
        for axis in perm.value.tolist():
            if not -ndims <= axis < ndims:
                raise ShapeError(f"perm dim {axis} is out of range of input rank {ndims}")
        return TensorShape.of(tuple(x.tuple[i] for i in perm.value.tolist()))

    def kernel(self, xp, x, perm):
        y = xp.transpose(x, tuple(np.asarray(perm).tolist()))
        return xp.conj(y) if self.conjugate else y

    def gradient(self, dy, y, x, perm):
        return transpose(dy, invert_permutation(perm), conjugate=self.conjugate), None


class ConjugateTranspose(Transpose):
    """The axes in another order, and each element's complex conjugate."""
    conjugate = True


class InvertPermutation(OpDef):
    """The permutation that undoes another."""
    inputs = ("x",)
    allowed = {"T": dtypes.INDICES}
    type_defaults = {"T": dtypes.int32}

    def shape(self, x):
        return x.with_rank(1)

    def kernel(self, xp, x):
        if sorted(x.tolist()) != list(range(len(x))):
            raise ValueError(f"{x.tolist()} is not a permutation of 0..{len(x) - 1}")
        return np.argsort(x).astype(x.dtype)

    def gradient(self, dy, y, x):
        return None


def like_input(x: Tensor, gradient: Any) -> Tensor:
    """Gives a gradient the shape of the input `x`, of which it has the elements."""
    return reshape(gradient, shape(x))


def identity(input: Any, name: str | None = None) -> Tensor:
    """Gives a tensor of the same shape, type and content.

    Args:
        input: a tensor; of a variable's ref tensor, the node reads its value when it runs.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     print(tf.identity(tf.constant([1, 2]), name="copy"))
        Tensor("copy:0", shape=(2,), dtype=int32)
    """
    return apply(Identity(), input, name=name)


def identity_n(input: Any, name: str | None = None) -> list[Tensor]:
    """Gives a list of tensors with the same shapes, types and contents.

    Args:
        input: a list of tensors, of any types.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     tf.identity_n([1, 2.0])
        [<tf.Tensor 'IdentityN:0' shape=() dtype=int32>, <tf.Tensor 'IdentityN:1' shape=() dtype=float32>]
    """
    found = apply(IdentityN(), *input, name=name)
    return found if isinstance(found, list) else [found]


def stop_gradient(input: Any, name: str | None = None) -> Tensor:
    """Gives the input, which gradients take for a constant.

    Args:
        input: a tensor.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     x = tf.constant(3.0)
        ...     print(tf.gradients(tf.stop_gradient(x * x), x))
        [None]
    """
    return apply(StopGradient(), input, name=name)


def prevent_gradient(input: Any, message: str = "", name: str | None = None) -> Tensor:
    """Gives the input; a gradient through it is a LookupError that says `message`."""
    return apply(PreventGradient(message), input, name=name)


def ensure_shape(x: Any, shape: Any, name: str | None = None) -> Tensor:
    """Gives `x` with a static shape that is checked when it runs.

    Args:
        x: a tensor.
        shape: its shape, as far as you know it.
        name: the name of the node.

    Raises:
        ValueError: if the static shapes contradict each other.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     print(tf.ensure_shape(tf.placeholder(tf.float32), [None, 3]).shape)
        (?, 3)
    """
    return apply(EnsureShape(as_shape(shape)), x, name=name)


def shape(input: Any, name: str | None = None, out_type: Any = dtypes.int32) -> Tensor:
    """Gives the shape at run time; a constant where it is known already.

    Args:
        input: a tensor.
        name: the name of the node.
        out_type: int32 or int64.

    Returns:
        A vector of that type.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.shape([[1, 2, 3]])))
        [1 3]
    """
    return shape_internal(input, name, True, out_type)


def shape_internal(input: Any, name: str | None = None, optimize: bool = True, out_type: Any = dtypes.int32) -> Tensor:
    """As `shape`; not `optimize` makes a Shape node always."""
    with name_scope(name, "Shape", [input]) as scope:
        known = convert_to_tensor(input).shape
        if optimize and known.is_fully_defined():
            return constants.constant(known.as_list(), out_type, name=scope)
        return apply(Shape(as_dtype(out_type)), input, name=scope)


def shape_n(input: Any, out_type: Any = dtypes.int32, name: str | None = None) -> list[Tensor]:
    """Gives the shapes of several tensors of one type.

    Args:
        input: a list of tensors.
        out_type: int32 or int64.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.shape_n([[1, 2], [3]])))
        [array([2], dtype=int32), array([1], dtype=int32)]
    """
    found = apply(ShapeN(as_dtype(out_type)), *input, name=name)
    return found if isinstance(found, list) else [found]


def size(input: Any, name: str | None = None, out_type: Any = dtypes.int32) -> Tensor:
    """Gives the number of elements at run time; a constant where it is known already.

    Args:
        input: a tensor.
        name: the name of the node.
        out_type: int32 or int64.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.size([[1, 2, 3]])))
        3
    """
    return size_internal(input, name, True, out_type)


def size_internal(input: Any, name: str | None = None, optimize: bool = True, out_type: Any = dtypes.int32) -> Tensor:
    """As `size`; not `optimize` makes a Size node always."""
    with name_scope(name, "Size", [input]) as scope:
        tensor = convert_to_tensor(input)
        if optimize:
            count = 0 if 0 in (tensor.shape.tuple or ()) else tensor.shape.num_elements()
            if count is not None:
                return constants.constant(count, out_type, name=scope)
        return apply(Size(as_dtype(out_type)), tensor, name=scope)


def rank(input: Any, name: str | None = None) -> Tensor:
    """Gives the number of axes (not the rank of a matrix); a constant where it is known already.

    Args:
        input: a tensor.
        name: the name of the node.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.rank([[1, 2], [3, 4]])))
        2
    """
    return rank_internal(input, name, True)


def rank_internal(input: Any, name: str | None = None, optimize: bool = True) -> Tensor:
    """As `rank`; not `optimize` makes a Rank node always."""
    with name_scope(name, "Rank", [input]) as scope:
        tensor = convert_to_tensor(input)
        if optimize and tensor.shape.ndims is not None:
            return constants.constant(tensor.shape.ndims, dtypes.int32, name=scope)
        return apply(Rank(), tensor, name=scope)


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Tensor:
    """Gives the same elements, in row-major order, in another shape.

    Args:
        tensor: a tensor.
        shape: a vector of integers; one may be -1, and is worked out.
        name: the name of the node.

    Raises:
        ValueError: if the numbers of elements differ (at once where they are known, else when it runs).

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     print(tf.reshape(tf.placeholder(tf.float32, [None, 2, 3]), [-1, 6]).shape)
        (?, 6)
    """
    result = apply(Reshape(), tensor, shape, name=name)
    if not result.shape.is_fully_defined():
        result.set_shape(constant_value_as_shape(result.op.inputs[1]))
    return result


def expand_dims(input: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """Puts an axis of size 1 in.

    Args:
        input: a tensor with n axes.
        axis: where, from -n-1 to n.
        name: the name of the node.
        dim: the older name of `axis`.

    Raises:
        ValueError: if neither or both are given, or the place does not exist.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     print(tf.expand_dims([[1, 2, 3]], -1).shape)
        (1, 3, 1)
    """
    axis = either("axis", axis, "dim", dim)
    if axis is None:
        raise ValueError("Must specify an axis argument to tf.expand_dims()")
    return apply(ExpandDims(), input, axis, name=name)


def either(new_name: str, new: Any, old_name: str, old: Any) -> Any:
    """Gives the one of two spellings of an argument that is not None."""
    if old is None:
        return new
    if new is not None:
        raise ValueError(f"Cannot specify both '{old_name}' and '{new_name}'")
    return old


def squeeze(input: Any, axis: Any = None, name: str | None = None, squeeze_dims: Any = None) -> Tensor:
    """Takes axes of size 1 out.

    Args:
        input: a tensor.
        axis: which, a number or a list; by default all of size 1.
        name: the name of the node.
        squeeze_dims: the older name of `axis`.

    Raises:
        ValueError: if an axis named has another size, or both spellings are given.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     print(tf.squeeze([[[1], [2]]]).shape, tf.squeeze([[[1], [2]]], 0).shape)
        (2,) (2, 1)
    """
    axis = either("axis", axis, "squeeze_dims", squeeze_dims)
    axes = () if axis is None else (axis,) if np.isscalar(axis) else tuple(axis)
    return apply(Squeeze(tuple(int(a) for a in axes)), input, name=name)


def invert_permutation(x: Any, name: str | None = None) -> Tensor:
    """Gives the permutation that undoes `x`."""
    return apply(InvertPermutation(), x, name=name)


def transpose(a: Any, perm: Any = None, name: str | None = "transpose", conjugate: bool = False) -> Tensor:
    """Puts the axes in another order.

    Args:
        a: a tensor with n axes.
        perm: a permutation of 0..n-1: axis i of the result is axis perm[i] of `a`. By default the reverse.
        name: the name of the node.
        conjugate: also take the complex conjugate.

    Raises:
        ValueError: if `perm` does not have n elements.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default(), tf.Session() as sess:
        ...     print(sess.run(tf.transpose([[1, 2, 3]])).tolist())
        [[1], [2], [3]]
    """
    from minigraph.ops import sequences
    with name_scope(name, "transpose", [a]) as scope:
        a = convert_to_tensor(a, name="a")
        definition = ConjugateTranspose() if conjugate and a.dtype.is_complex else Transpose()
        if perm is not None:
            return apply(definition, a, perm, name=scope)
        if a.shape.ndims:
            return apply(definition, a, np.arange(a.shape.ndims, dtype=np.int32)[::-1], name=scope)
        count = apply(Rank(), a)
        result = apply(definition, a, count - 1 - apply(sequences.Range(), 0, count, 1), name=scope)
        if a.shape.ndims is not None:
            result.set_shape(a.shape)
        return result


def matrix_transpose(a: Any, name: str | None = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """Exchanges the last two axes.

    Args:
        a: a tensor with two or more axes.
        name: the name scope.
        conjugate: also take the complex conjugate.

    Raises:
        ValueError: if it has fewer axes.

    Example:
        >>> import minigraph as tf
        >>> with tf.Graph().as_default():
        ...     print(tf.matrix_transpose(tf.zeros([5, 2, 3])).shape)
        (5, 3, 2)
    """
    from minigraph.ops import join, sequences
    with name_scope(name, values=[a]):
        a = convert_to_tensor(a, name="a")
        ndims = a.shape.ndims
        if ndims is None:
            count = rank(a)
            perm: Any = join.concat((apply(sequences.Range(), 0, count - 2, 1), [count - 1, count - 2]), 0)
        elif ndims < 2:
            raise ValueError(f"Argument 'a' should be a (batch) matrix, with rank >= 2.  Found: {a.shape}")
        else:
            perm = [*range(ndims - 2), ndims - 1, ndims - 2]
        return transpose(a, perm=perm, conjugate=conjugate)
