"""Arrays as `TensorProto` messages, and back, in the encodings that TensorFlow 1.x writes."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes, protos
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.shapes import TensorShape
from minigraph.graph.to_array import check_size, to_array

__all__ = ["array_of", "make_ndarray", "make_tensor_proto", "tensor_proto"]

# Types whose elements are written as the bytes in memory, if there are two or more.
_AS_BYTES = {
    *(dtypes.float32, dtypes.float64, dtypes.int32, dtypes.uint8, dtypes.int16, dtypes.int8, dtypes.int64),
    *(dtypes.qint8, dtypes.quint8, dtypes.qint16, dtypes.quint16, dtypes.qint32, dtypes.uint32, dtypes.uint64),
}
_FIELDS = {  # of single elements; of all other numbers `int_val`
    "bfloat16": "half_val",
    "bool": "bool_val",
    "complex128": "dcomplex_val",
    "complex64": "scomplex_val",
    "float16": "half_val",
    "float32": "float_val",
    "float64": "double_val",
    "int64": "int64_val",
    "string": "string_val",
    "uint32": "uint32_val",
    "uint64": "uint64_val",
}
_LARGEST = 1 << 31  # bytes of a message


def make_tensor_proto(
    values: Any, dtype: Any = None, shape: Any = None, verify_shape: bool = False, allow_broadcast: bool = False
) -> Any:
    """Return the `TensorProto` message of a value.

    Args:
        values: a number, a string, a (nested) list or a numpy array; a `TensorProto` is returned as it is.
        dtype: the element type; by default as for `tf.constant`.
        shape: the shape; by default the value's. If there are fewer elements, the last one stands for the rest.
        verify_shape: raise an error unless the value has exactly that shape.
        allow_broadcast: a single element has any shape, and no other value may be extended.

    Returns:
        The message. Two or more numbers of most types are stored as `tensor_content`, others in a field of their type.

    Raises:
        ImportError: if the package tensorboard is not installed.
        TypeError: if the value does not have the type, or the wanted shape.
        ValueError: if the value is None, has too many elements or 2 GiB of them.

    Example:
        >>> print(tf.make_tensor_proto([1.0, 1.5], shape=[3]))
        dtype: DT_FLOAT
        tensor_shape {
          dim {
            size: 3
          }
        }
        float_val: 1
        float_val: 1.5
        <BLANKLINE>
    """
    if allow_broadcast and verify_shape:
        raise ValueError("allow_broadcast and verify_shape are not both allowed.")
    if isinstance(values, protos.TensorProto):
        return values
    wanted = None if shape is None else tuple(int(size) for size in shape)
    array, found = _checked(values, None if dtype is None else as_dtype(dtype), wanted)
    if wanted is not None:
        _check_shape(array, wanted, verify_shape, allow_broadcast)
    return tensor_proto(array, found, wanted)


def _check_shape(array: np.ndarray, shape: tuple, verify: bool, allow_broadcast: bool) -> None:
    if not (allow_broadcast and array.shape in ((), (1,))):
        is_other = array.size != np.prod(shape, dtype=np.int64)
        check_size(array, shape, verify or allow_broadcast and is_other)


def _checked(values: Any, dtype: DType | None, shape: tuple | None) -> tuple[np.ndarray, DType]:
    """Return a value as an array, and its type; a list for a shape without elements is not looked at."""
    if shape is not None and 0 in shape and not hasattr(values, "__array__"):
        values = np.empty(shape, np.float32 if dtype is None else dtype.as_numpy_dtype)
    return to_array(values, dtype)


def tensor_proto(array: np.ndarray, dtype: DType, shape: Any = None) -> Any:
    """Return the `TensorProto` of an array.

    Args:
        array: its elements; strings are bytes in an array of objects.
        dtype: their type.
        shape: a shape with at least as many elements; the last one stands for the rest.

    Raises:
        ValueError: if there are 2 GiB or more.
    """
    dtype = dtype.base_dtype
    sizes = array.shape if shape is None else tuple(shape)
    size = int(np.prod(sizes, dtype=np.int64))
    found = protos.TensorProto(dtype=dtype.as_datatype_enum, tensor_shape=TensorShape(sizes).as_proto())
    if dtype in _AS_BYTES and size > 1 and size == array.size:
        if array.nbytes >= _LARGEST:
            raise ValueError("Cannot create a tensor proto whose content is larger than 2GB.")
        found.tensor_content = array.tobytes()
    else:
        field = _FIELDS.get(dtype.name, "int_val")
        getattr(found, field).extend(_elements(array.ravel(), dtype))
    return found


def _elements(flat: np.ndarray, dtype: DType) -> list:
    """Return the elements as a message holds them: halves as the numbers of their bits, complex ones in two parts."""
    if dtype.is_complex:
        return flat.view(dtype.real_dtype.as_numpy_dtype).tolist()
    if dtype.name in ("float16", "bfloat16"):
        return flat.view(np.uint16).tolist()
    if dtype.is_quantized:
        return flat.view(flat.dtype[0]).tolist()
    return flat.tolist()


def make_ndarray(tensor: Any) -> np.ndarray:
    """Return the array of a `TensorProto` message.

    Returns:
        An array of the message's shape and type; strings are bytes in an array of objects.

    Raises:
        TypeError: if arrays do not have the type.
        ValueError: if the elements do not fit the shape.

    Example:
        >>> tf.make_ndarray(tf.make_tensor_proto([1, 2], shape=[4]))
        array([1, 2, 2, 2], dtype=int32)
    """
    found = array_of(tensor)
    return found if found.flags.writeable else found.copy()


def array_of(tensor: Any) -> np.ndarray:
    """Return the array of a `TensorProto`; it may be read-only, and repeated elements take no memory.

    Raises:
        TypeError, ValueError: as for `make_ndarray`.
    """
    shape = tuple(dim.size for dim in tensor.tensor_shape.dim)
    try:
        dtype = as_dtype(tensor.dtype)
    except TypeError:
        raise TypeError(f"Unsupported tensor type: {tensor.dtype}") from None
    if not dtype.is_numpy_compatible or dtype is not dtype.base_dtype:
        raise TypeError(f"Unsupported tensor type: {tensor.dtype}")
    if tensor.tensor_content and dtype is not dtypes.string:
        return np.frombuffer(tensor.tensor_content, dtype.as_numpy_dtype).reshape(shape)
    return _padded(_stored(tensor, dtype), shape)


def _stored(tensor: Any, dtype: DType) -> np.ndarray:
    """Return the elements in the field of a type, as a vector."""
    values = getattr(tensor, _FIELDS.get(dtype.name, "int_val"))
    if dtype is dtypes.string:
        found = np.empty(len(values), object)
        found[:] = values
        return found
    if dtype.name in ("float16", "bfloat16"):
        return np.array(values, np.uint16).view(dtype.as_numpy_dtype)
    if dtype.is_complex:
        return np.array(values, dtype.real_dtype.as_numpy_dtype).view(dtype.as_numpy_dtype)
    if dtype.is_quantized:
        numbers = np.dtype(dtype.as_numpy_dtype)
        return np.array(values).astype(numbers[0]).view(numbers)
    return np.array(values).astype(dtype.as_numpy_dtype)


def _padded(flat: np.ndarray, shape: tuple) -> np.ndarray:
    """Return a vector in a shape, with its last element (or 0) in the place of missing ones."""
    if flat.size <= 1:
        last = flat[0] if flat.size else b"" if flat.dtype == object else np.zeros((), flat.dtype)
        return np.broadcast_to(np.array(last, flat.dtype), shape)
    missing = int(np.prod(shape, dtype=np.int64)) - flat.size
    if missing < 0:
        raise ValueError(f"cannot reshape array of size {flat.size} into shape {shape}")
    return np.concatenate([flat, np.repeat(flat[-1:], missing)]).reshape(shape)
