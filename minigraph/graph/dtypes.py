"""Element types, with TensorFlow 1.x's names and numpy's conversions.

A `DType` is a small interned value. Each has a *ref* twin (`float32_ref`): the type of an edge that leaves a
variable and carries its cell instead of a value.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph.dtype_limits import Limits, ml_dtypes
from minigraph.graph.read_only import read_only

__all__ = ["DType", "as_dtype"]


_LOOKUP: dict[Any, DType] = {}  # by all that may stand for a type: its name, its number, numpy's types


def _of_kind(kinds: str, doc: str) -> Any:
    """Return a property that is True for the types of some of numpy's kinds."""
    return property(lambda dtype: dtype._kind in kinds, doc=doc)


class DType(Limits):
    """The type of the elements of a tensor, with its `name`, and its `base_dtype`: itself without the ref mark.

    Example:
        >>> float32
        tf.float32
        >>> print(float32)
        <dtype: 'float32'>
        >>> as_dtype("int64").as_numpy_dtype
        <class 'numpy.int64'>
        >>> float32.is_floating, float32.size
        (True, 4)
    """

    __slots__ = ("name", "base_dtype", "_enum", "_numpy", "_kind", "_twin", "_is_ref", "_hash")

    def __init__(self, name: str, enum: int, numpy_type: Any, twin: DType | None = None):
        self.name, self._enum, self._numpy = name, enum, numpy_type
        self._kind = "f" if numpy_type is None else np.dtype(numpy_type).kind
        self._is_ref = twin is not None
        self._twin = twin if twin is not None else DType(name + "_ref", enum + 100, numpy_type, self)
        self.base_dtype: DType = self if twin is None else twin
        self._hash = enum  # a set of types has the same order in all runs, TF1's
        _LOOKUP[name] = _LOOKUP[enum] = self
        if numpy_type is not None and twin is None:
            for key in (numpy_type, np.dtype(numpy_type)):
                _LOOKUP.setdefault(key, self)  # numpy's objects are strings, which come first

    @property
    def as_numpy_dtype(self) -> Any:
        """The numpy scalar type (`object` for strings); for bfloat16 that of the package ml_dtypes."""
        return self._numpy if self._numpy is not None else ml_dtypes().bfloat16

    @property
    def _is_ref_dtype(self) -> bool:
        return self._is_ref and self is not resource

    @property
    def _as_ref(self) -> DType:
        return self if self._is_ref else self._twin

    as_datatype_enum: int = read_only("_enum", "The number of this type in a GraphDef.")

    @property
    def real_dtype(self) -> DType:
        """The type of the real part of a complex type, else the type itself."""
        return {"complex64": float32, "complex128": float64}.get(self.base_dtype.name, self)

    is_floating: bool = _of_kind("f", "True for a (non-quantized) real floating-point type.")
    is_complex: bool = _of_kind("c", "True for a complex type.")
    is_integer: bool = _of_kind("iu", "True for a (non-quantized) integer type.")
    is_unsigned: bool = _of_kind("u", "True for an unsigned integer type.")
    is_bool: bool = _of_kind("b", "True for the boolean type.")

    @property
    def is_numpy_compatible(self) -> bool:
        """True if numpy supports this type."""
        return self.base_dtype not in (resource, variant)

    @property
    def is_quantized(self) -> bool:
        """True for a quantized type, which no operation takes."""
        return "qint" in self.name or "quint" in self.name

    def is_compatible_with(self, other: Any) -> bool:
        """Return True if a tensor of type `other` fits where this type is expected; a ref can stand for its base."""
        other = as_dtype(other)
        return self is other or self is other.base_dtype

    def __eq__(self, other: Any) -> bool:
        if self is other:
            return True
        if other is None or isinstance(other, DType):
            return False
        try:
            return self is as_dtype(other)
        except TypeError:
            return False

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return "tf." + self.name

    def __str__(self) -> str:
        return f"<dtype: '{self.name}'>"

    def __reduce__(self):
        return as_dtype, (self.name,)


half = float16 = DType("float16", 19, np.float16)
float32 = DType("float32", 1, np.float32)
double = float64 = DType("float64", 2, np.float64)
bfloat16 = DType("bfloat16", 14, None)
complex64 = DType("complex64", 8, np.complex64)
complex128 = DType("complex128", 18, np.complex128)
int8 = DType("int8", 6, np.int8)
int16 = DType("int16", 5, np.int16)
int32 = DType("int32", 3, np.int32)
int64 = DType("int64", 9, np.int64)
uint8 = DType("uint8", 4, np.uint8)
uint16 = DType("uint16", 17, np.uint16)
uint32 = DType("uint32", 22, np.uint32)
uint64 = DType("uint64", 23, np.uint64)
bool_ = DType("bool", 10, np.bool_)
string = DType("string", 7, object)
qint8 = DType("qint8", 11, np.dtype([("qint8", "i1")]))
quint8 = DType("quint8", 12, np.dtype([("quint8", "u1")]))
qint16 = DType("qint16", 15, np.dtype([("qint16", "i2")]))
quint16 = DType("quint16", 16, np.dtype([("quint16", "u2")]))
qint32 = DType("qint32", 13, np.dtype([("qint32", "i4")]))
resource = DType("resource", 20, object)
variant = DType("variant", 21, object)

# Lists of allowed types in the order in which TF1's messages print them.
FLOATS = (bfloat16, float16, float32, float64)
NN_FLOATS = (float16, bfloat16, float32, float64)
FLOATS_AND_COMPLEX = (*FLOATS, complex64, complex128)
REALS = (float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32, uint64)
NUMBERS = (*REALS[:6], complex64, *REALS[6:9], complex128, *REALS[9:])
INDICES = (int32, int64)

resource._is_ref = True  # such an edge carries a cell, as a ref does
_LOOKUP.update({float: float32, bool: bool_, object: string, "half": float16, "float": float32, "double": float64})


def named(name: str) -> DType | None:
    """Return the dtype of that name, or None."""
    return _LOOKUP.get(name)


def as_dtype(type_value: Any) -> DType:
    """Convert a DType, a numpy type, a name, a GraphDef number, `float` or `bool` to a `DType`.

    As in TF1, Python's `int` and `str` are not accepted: `int` would be int32 for a number and int64 for an array.

    Raises:
        TypeError: if it does not name an element type.

    Example:
        >>> as_dtype(np.float64), as_dtype("int32"), as_dtype(bool)
        (tf.float64, tf.int32, tf.bool)
    """
    if isinstance(type_value, DType):
        return type_value
    try:
        return _LOOKUP[type_value]
    except (KeyError, TypeError):
        pass
    if isinstance(type_value, np.dtype) or isinstance(type_value, type) and issubclass(type_value, np.generic):
        dtype = np.dtype(type_value).newbyteorder("=")
        if dtype.kind in "SUO":
            return string
        if dtype.name == "bfloat16":
            return bfloat16
        if dtype in _LOOKUP:
            return _LOOKUP[dtype]
    raise TypeError(f"Cannot convert value {type_value!r} to a TensorFlow DType.")
