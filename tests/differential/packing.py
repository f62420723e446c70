"""Values that both sides send each other, in a form that any numpy can read."""

from __future__ import annotations

import numpy as np


def pack(value):
    """Return a value that any numpy can unpickle."""
    if value is None or isinstance(value, (str, int, float, bool)) and not isinstance(value, np.generic):
        return value
    if isinstance(value, bytes):
        return ("b", value)
    if isinstance(value, dict):
        return {k: pack(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)) and not hasattr(value, "dense_shape"):
        return [pack(v) for v in value]
    if hasattr(value, "dense_shape") and hasattr(value, "indices"):
        return {"values": pack(value.values), "indices": pack(value.indices)}
    array = np.asarray(value)
    if array.dtype == object or array.dtype.kind in "SU":
        return (
            "o",
            list(array.shape),
            [x if isinstance(x, bytes) else str(x).encode() for x in array.ravel().tolist()],
        )
    return ("a", str(array.dtype), list(array.shape), np.ascontiguousarray(array).tobytes())


def unpack(p):
    if isinstance(p, tuple) and p[0] == "a":
        return np.frombuffer(p[3], dtype=p[1]).reshape(p[2])
    if isinstance(p, tuple) and p[0] == "b":
        return p[1]
    if isinstance(p, tuple) and p[0] == "o":
        return np.array(p[2] + [None], dtype=object)[:-1].reshape(p[1])
    if isinstance(p, dict):
        return {k: unpack(v) for k, v in p.items()}
    if isinstance(p, list):
        return [unpack(v) for v in p]
    return p
