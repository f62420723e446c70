"""pad: add elements before and after along each axis."""

import builtins
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.constant_value import constant_value
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand, with_rank, with_size
from minigraph.graph.shapes import ShapeError, TensorShape, brackets, unknown_shape

__all__ = ["pad"]


def _padded_shape(input: TensorShape, paddings: Any) -> TensorShape:
    rows, sides = with_rank(paddings.shape, 2).tuple
    with_size(sides, 2)
    if rows is not None:
        with_rank(input, rows)
    if paddings.value is not None and (paddings.value < 0).any():
        raise ShapeError("Paddings must be non-negative")
    if paddings.value is None or input.ndims is None:
        return unknown_shape(input.ndims if input.ndims is not None else rows)
    return TensorShape.of(tuple(None if n is None else n + int(sum(p)) for n, p in zip(input.tuple, paddings.value)))


class Pad(OpDef):
    """Pad a tensor with zeros."""

    inputs = ("input: T", "paddings: Tpaddings")
    allowed = {"Tpaddings": dtypes.INDICES}
    type_defaults = {"Tpaddings": dtypes.int32}
    static_inputs = (1,)
    forwards = True

    def shape(self, input, paddings, *rest):
        return _padded_shape(input, paddings)

    def kernel(self, xp, input, paddings, value=None):
        _check_paddings(np.shape(input), np.asarray(paddings), "")
        if np.ndim(value):
            raise ValueError(f"constant_values must be a scalar. Found: {brackets(np.shape(value))}")
        if value is None:
            value = np.array(b"", object) if input.dtype == object else 0
        return xp.pad(input, np.asarray(paddings).tolist(), constant_values=value) if np.any(paddings) else input

    def gradient(self, tf, dy, y, input, paddings, *rest):
        before = tf.slice(paddings, [0, 0], tf.stack([tf.rank(input), 1]))
        begin = tf.reshape(before, [-1])
        return (tf.slice(dy, begin, tf.shape(input)), None, *[None for _ in rest])


def _check_paddings(shape: tuple, paddings: np.ndarray, comma: str) -> None:
    demand(
        paddings.ndim == 2 and paddings.shape[1] == 2,
        f"paddings must be a matrix with 2 columns{comma or ':'} {brackets(paddings.shape)}",
    )
    if paddings.shape != (len(shape), 2):
        raise ValueError(
            f"The first dimension of paddings must be the rank of inputs{brackets(paddings.shape)}{comma} "
            f"{brackets(shape)}"
        )
    for before, after in paddings.tolist():
        if before < 0 or after < 0:
            raise ValueError(f"{'p' if comma else 'P'}addings must be non-negative: {before}{comma} {after}")


class PadV2(Pad):
    """Pad a tensor with a value."""

    inputs = (*Pad.inputs, "constant_values: T")  # type: ignore[assignment]


class MirrorPad(OpDef):
    """Pad a tensor with its own elements, mirrored; REFLECT omits the edge, SYMMETRIC repeats it."""

    mode: str
    inputs = ("input: T", "paddings: Tpaddings")
    allowed = {"Tpaddings": dtypes.INDICES}
    type_defaults = {"Tpaddings": dtypes.int32}
    static_inputs = (1,)
    forwards = True

    def shape(self, input, paddings):
        return _padded_shape(input, paddings)

    def kernel(self, xp, input, paddings):
        _check_paddings(np.shape(input), np.asarray(paddings), ",")
        words = ("less", "not less") if self.mode == "REFLECT" else ("no greater", "greater")
        for n, p in zip(input.shape, np.asarray(paddings)):
            if max(p) > n - (self.mode == "REFLECT"):
                raise ValueError(
                    f"paddings must be {words[0]} than the dimension size: {p[0]}, {p[1]} {words[1]} than {n}"
                )
        return xp.pad(input, np.asarray(paddings).tolist(), mode=self.mode.lower()) if np.any(paddings) else input

    def gradient(self, tf, dy, y, input, paddings):
        return apply(MirrorPadGrad(self.mode), dy, paddings), None


class MirrorPadGrad(OpDef):
    """Sum the mirrored elements back into the elements that they copy."""

    mode: str
    inputs = ("input: T", "paddings: Tpaddings")
    allowed = {"Tpaddings": dtypes.INDICES}
    static_inputs = (1,)

    def shape(self, input, paddings):
        if paddings.value is None or input.ndims is None:
            return unknown_shape(input.ndims)
        return TensorShape.of(
            tuple(None if n is None else n - int(sum(p)) for n, p in zip(input.tuple, paddings.value))
        )

    def kernel(self, xp, input, paddings):
        extra = int(self.mode == "REFLECT")
        result = np.array(input)
        for axis, (before, after) in enumerate(np.asarray(paddings).tolist()):
            rows = np.moveaxis(result, axis, 0)
            inner = np.array(rows[before : len(rows) - after])
            inner[extra : before + extra] += rows[:before][::-1]
            if after:
                inner[len(inner) - after - extra : len(inner) - extra] += rows[len(rows) - after :][::-1]
            result = np.moveaxis(inner, 0, axis)
        return np.ascontiguousarray(result)

    def gradient(self, tf, dy, y, input, paddings):
        return apply(MirrorPad(self.mode), dy, paddings), None


def pad(
    tensor: Any, paddings: Any, mode: str = "CONSTANT", name: str | None = None, constant_values: Any = 0
) -> Tensor:
    """Pad a tensor on all sides.

    Args:
        tensor: a tensor with n axes.
        paddings: an n × 2 matrix: the number of elements before and after, for each axis.
        mode: "CONSTANT", "REFLECT" (mirrored at the edge elements) or "SYMMETRIC" (mirrored behind them).
        name: the name of the node.
        constant_values: the padding value in mode "CONSTANT".

    Raises:
        ValueError: for another mode, or paddings that do not fit.

    Example:
        >>> print(sess.run(tf.pad([1, 2, 3], [[1, 1]])), sess.run(tf.pad([1, 2, 3], [[1, 1]], "REFLECT")))
        [0 1 2 3 0] [2 1 2 3 2]
    """
    mode = mode.upper()
    if mode not in ("CONSTANT", "REFLECT", "SYMMETRIC"):
        raise ValueError(f"Unknown padding mode: {mode}")
    if mode != "CONSTANT":
        result = apply(MirrorPad(mode), tensor, paddings, name=name)
    elif not isinstance(constant_values, Tensor) and builtins.all(np.atleast_1d(constant_values) == 0):
        result = apply(Pad(), tensor, paddings, name=name)
    else:
        result = apply(PadV2(), tensor, paddings, constant_values, name=name)
    before, rows = result.op.inputs[0].shape.tuple, _known_paddings(paddings)
    if before is not None and not result.shape.is_fully_defined() and isinstance(rows, (list, tuple, np.ndarray)):
        result.set_shape([_grown(n, sides) for n, sides in zip(before, rows)])
    return result


def _known_paddings(paddings: Any) -> Any:
    """Return the statically known paddings: a number, None, or a list of such."""
    if isinstance(paddings, Tensor):
        return constant_value(paddings, partial=True)
    return [_known_paddings(each) for each in paddings] if isinstance(paddings, (list, tuple)) else paddings


def _grown(size: int | None, sides: Any) -> int | None:
    if size is None or sides is None or any(n is None for n in sides):
        return None
    return size + int(sum(sides))
