"""What the generator of general programs knows of a tensor."""

from __future__ import annotations

FLOATS = ("float32", "float64")
INTS = ("int32", "int64", "int8", "uint8", "int16", "uint16")


class T:
    """What the generator knows of a tensor."""

    def __init__(self, name, dtype, shape, static_shape, differentiable):
        self.name, self.dtype, self.shape = name, dtype, tuple(shape)
        self.static, self.diff = static_shape, differentiable
        self.value = None
