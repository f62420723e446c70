"""Short texts for nodes: shapes, values, numbers, names cut to a length."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from minigraph.graph.text import amount

__all__ = [
    "shape_text",
    "sizes_text",
    "tensor_text",
    "value_text",
    "attr_text",
    "clipped",
    "clean",
    "within",
    "name_of",
    "time_text",
    "size_text",
    "least_bytes",
    "bytes_text",
]

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def shape_text(shape: Any) -> str:
    """Return "? × 64" for a static shape, "scalar" for that of a scalar.

    Example:
        >>> [shape_text(tf.TensorShape(shape)) for shape in ([None, 64], [7], [], None)]
        ['? × 64', '[7]', 'scalar', 'unknown shape']
    """
    if shape.ndims is None:
        return "unknown shape"
    return sizes_text(shape.as_list())


def sizes_text(shape: Any) -> str:
    """Return the same for a list or tuple of sizes."""
    sizes = ["?" if d is None else str(d) for d in shape]
    return "scalar" if not sizes else f"[{sizes[0]}]" if len(sizes) == 1 else " × ".join(sizes)


def tensor_text(tensor: Any) -> str:
    """Return shape and dtype of a tensor; float32, which most are, goes without saying."""
    dtype = tensor.dtype.name.removesuffix("_ref")
    return shape_text(tensor.shape) + ("" if dtype == "float32" else f" {dtype}")


def value_text(value: Any, longest: int = 18) -> str:
    """Return a constant's value if it is short, else what kind of array it is.

    Example:
        >>> value_text(np.float32(0.5)), value_text(np.zeros([3, 4])), value_text(np.array([0, 1]))
        ('0.5', 'array 3 × 4', '[0, 1]')
    """
    array = np.asarray(value)
    if array.size <= 6:
        found = array.tolist()
        text = f"{found:.6g}" if isinstance(found, float) else str(found)
        if len(text) <= longest or not array.shape:
            return clipped(text, longest)
    return "array " + (" × ".join(map(str, array.shape)) if array.ndim != 1 else f"[{array.size}]")


def attr_text(value: Any) -> str:
    """Return the value of an attribute: a shape, the name of a type, how large a function is.

    Example:
        >>> attr_text(tf.float32), attr_text(tf.TensorShape([None, 3])), attr_text([1, 2])
        ('float32', '? × 3', '[1, 2]')
    """
    if hasattr(value, "ndims"):
        return shape_text(value)
    if hasattr(value, "as_numpy_dtype") or hasattr(value, "consumers"):
        return value.name
    if hasattr(value, "get_operations"):
        return f"a function of {amount(len(value.get_operations()), 'node')}"
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(attr_text, value)) + "]"
    return value_text(value, 120) if hasattr(value, "dtype") else str(value)


def clipped(text: str, longest: int = 40) -> str:
    """Cut the middle out of a long text.

    Example:
        >>> clipped("a_name_that_will_not_end", 11)
        'a_nam…t_end'
    """
    if len(text) <= longest:
        return text
    left = (longest - 1) // 2
    return f"{text[:left]}…{text[left + 1 - longest :]}"


def clean(text: str) -> str:
    """Return a text without the characters that no XML may hold.

    Example:
        >>> clean("bell \\x07") == "bell \\ufffd"
        True
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def within(path: str, around: str) -> str:
    """Return a name as it reads inside a frame; what has the name of the frame itself is called by its last part."""
    if around and path.startswith(around + "/"):
        return path[len(around) + 1 :]
    return path.rpartition("/")[2] if around == path else path


def name_of(element: Any) -> str:
    """Return the operation's name, of an operation, a tensor, a variable or a name.

    Example:
        >>> name_of("w/read:0")
        'w/read'
    """
    name = element if isinstance(element, str) else getattr(element, "op", element).name
    return name.removeprefix("^").partition(":")[0]


def time_text(microseconds: float) -> str:
    """Return "12 µs", "3.4 ms" or "5.6 s".

    Example:
        >>> time_text(3.21), time_text(3400), time_text(5.6e6)
        ('3.2 µs', '3.4 ms', '5.6 s')
    """
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:.3g} {unit}"
    return f"{microseconds:.2g} µs" if microseconds < 10 else f"{microseconds:.0f} µs"


def size_text(count: int) -> str:
    """Return "12 B", "3.4 kB", "5.6 MB" or "7.8 GB".

    Example:
        >>> size_text(12), size_text(3400), size_text(7_800_000_000)
        ('12 B', '3.4 kB', '7.8 GB')
    """
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count} B"


def least_bytes(tensor: Any) -> tuple[int, bool]:
    """Return how many bytes a tensor takes at least, and whether it is so many always.

    Example:
        >>> least_bytes(tf.zeros([10, 4])), least_bytes(tf.placeholder(tf.float32, [None, 784]))
        ((160, True), (3136, False))
    """
    sizes = [None] if tensor.shape.ndims is None else tensor.shape.as_list()
    width = 0 if tensor.dtype.base_dtype.name == "string" else tensor.dtype.size
    count = math.prod(1 if size is None else size for size in sizes)
    return width * count, bool(width) and None not in sizes


def bytes_text(tensors: Iterable[Any]) -> str:
    """Return how many bytes tensors take together: "160 B", or "≥ 3.14 kB" where a run decides on a size.

    Example:
        >>> bytes_text([tf.zeros([10, 4])]), bytes_text([tf.placeholder(tf.float32, [None, 784])])
        ('160 B', '≥ 3.14 kB')
    """
    counts = [least_bytes(tensor) for tensor in tensors]
    return ("" if all(exact for _, exact in counts) else "≥ ") + size_text(sum(count for count, _ in counts))
