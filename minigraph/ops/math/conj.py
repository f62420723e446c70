"""The complex conjugate."""

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.math.elementwise import Elementwise

__all__ = ["conj"]


class Conj(Elementwise):
    """The conjugate."""

    inputs = ("input",)
    allowed = {"T": (dtypes.complex64, dtypes.complex128, dtypes.variant)}
    function = "conj"

    def gradient(self, tf, dy, y, input):
        return tf.conj(dy)


def conj(x: Any, name: str | None = None) -> Tensor:
    """Return the complex conjugate; a real tensor is returned as it is, without a node. TypeError if it is not numeric.

    Example:
        >>> print(tf.conj([1 + 2j]).eval())
        [1.-2.j]
    """
    if isinstance(x, Tensor) and (x.dtype.is_floating or x.dtype.is_integer):
        return x
    with atomic_scope(name, "Conj", [x]) as scope:
        x = convert_to_tensor(x, name="x")
        if x.dtype.is_complex:
            return apply(Conj(), x, name=scope)
        if x.dtype.is_floating or x.dtype.is_integer:
            return x
        raise TypeError(f"Expected numeric or variant tensor, got dtype {x.dtype!r}")
