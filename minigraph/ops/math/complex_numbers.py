"""Complex numbers: their parts, modulus, angle and conjugate."""

from typing import Any, ClassVar

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.ops.arrays.filled_like import zeros_like
from minigraph.ops.math.elementwise import Elementwise, Smooth

__all__ = ["real", "imag", "angle", "complex"]


class Complex(OpDef):
    """real + i * imag"""

    Tout: DType

    inputs = ("real", "imag")
    outputs = ("out: Tout",)
    allowed = {"T": (dtypes.float32, dtypes.float64)}

    def kernel(self, xp, real, imag):
        real, imag = np.broadcast_arrays(real, imag)
        result = np.empty(real.shape, self.Tout.as_numpy_dtype)
        result.real, result.imag = real, imag  # a sum with 1j * imag would turn infinity into nan
        return result

    def gradient(self, tf, dy, y, a, b):
        of_a, of_b = tf.full_axes(a, b)
        return tf.reduce_to(tf.real(dy), *of_a), tf.reduce_to(tf.imag(dy), *of_b)


class _Part(Elementwise):
    """Base: a real number for each complex one."""

    Tout: DType

    inputs: ClassVar[tuple[str, ...]] = ("input",)
    outputs = ("Tout",)
    allowed = {"T": (dtypes.complex64, dtypes.complex128)}


class Real(_Part):
    """The real part."""

    function = "real"

    def gradient(self, tf, dy, y, input):
        return tf.complex(dy, tf.constant(0, dtype=dy.dtype))


class Imag(_Part):
    """The imaginary part."""

    function = "imag"

    def gradient(self, tf, dy, y, input):
        return tf.complex(tf.constant(0, dtype=dy.dtype), dy)


class Angle(_Part, Smooth):
    """The angle in the complex plane."""

    function = "angle"

    def chain(self, tf, dy, y, x):
        re, im = tf.real(x), tf.imag(x)
        z = tf.reciprocal(tf.complex(im, re))
        return -tf.complex(dy, tf.constant(0, dtype=dy.dtype)) * z


class ComplexAbs(_Part):
    """The modulus."""

    inputs = ("x",)
    outputs = ("y: Tout",)
    function = "abs"

    def gradient(self, tf, dy, y, x):
        return tf.div_no_nan(tf.complex(dy, tf.zeros_like(dy)) * x, tf.complex(y, tf.zeros_like(y)))


def complex(real: Any, imag: Any, name: str | None = None) -> Tensor:
    """Combine real and imaginary parts into complex numbers.

    Args:
        real, imag: float32 tensors (for complex64) or float64 ones (for complex128), of shapes that broadcast.
        name: the name of the node.

    Raises:
        TypeError: for other types.

    Example:
        >>> print(tf.complex([1.0, 2.0], [3.0, -1.0]).eval())
        [1.+3.j 2.-1.j]
    """
    with get_default_graph().atomic():
        real, imag = convert_to_tensor(real, name="real"), convert_to_tensor(imag, name="imag")
        with atomic_scope(name, "Complex", [real, imag]) as scope:
            types = real.dtype.base_dtype, imag.dtype.base_dtype
            if types not in ((dtypes.float32, dtypes.float32), (dtypes.float64, dtypes.float64)):
                raise TypeError(f"real and imag have incorrect types: {real.dtype.name} {imag.dtype.name}")
            found = dtypes.complex64 if types[0] is dtypes.float32 else dtypes.complex128
            return apply(Complex(found), real, imag, name=scope)


def real(input: Any, name: str | None = None) -> Tensor:
    """Return the real part, a float tensor; a real tensor is returned unchanged.

    Example:
        >>> print(tf.real([1 + 2j]).eval())
        [1.]
    """
    with atomic_scope(name, "Real", [input]) as scope:
        input = convert_to_tensor(input, name="input")
        return apply(Real(input.dtype.real_dtype), input, name=scope) if input.dtype.is_complex else input


def imag(input: Any, name: str | None = None) -> Tensor:
    """Return the imaginary part, a float tensor; zeros for a real tensor.

    Example:
        >>> print(tf.imag([1 + 2j]).eval())
        [2.]
    """
    with atomic_scope(name, "Imag", [input]) as scope:
        input = convert_to_tensor(input, name="input")
        return apply(Imag(input.dtype.real_dtype), input, name=scope) if input.dtype.is_complex else zeros_like(input)


def angle(input: Any, name: str | None = None) -> Tensor:
    """Return the angle in the complex plane, in radians; zeros for a real tensor, as in TF1.

    Example:
        >>> print(tf.angle([1 + 1j]).eval().round(4))
        [0.7854]
    """
    with atomic_scope(name, "Angle", [input]) as scope:
        input = convert_to_tensor(input, name="input")
        return apply(Angle(input.dtype.real_dtype), input, name=scope) if input.dtype.is_complex else zeros_like(input)
