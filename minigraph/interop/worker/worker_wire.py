"""Messages between a program and the process of TensorFlow; both sides import this.

A message is the length of its head, the head, and arrays. The head is a pickled tuple of plain values; arrays follow as
their bytes, so that they are copied by no one. It must be valid for Python 3.7, in which TensorFlow 1.15 runs.
"""

import pickle
import struct

import numpy

_LENGTH = struct.Struct("!I")


def send(connection, head, arrays=()):
    """Send a tuple of plain values and arrays, which may be None; numpy's arrays of strings go with the head."""
    kinds = []  # type: list
    buffers = []  # type: list
    for array in arrays:
        if array is None:
            kinds.append(None)
        elif array.dtype.kind in "OSU":
            kinds.append(("string", array.shape, [as_bytes(v) for v in array.ravel().tolist()]))
        else:
            array = array if array.flags.c_contiguous else array.copy()  # `ascontiguousarray` adds an axis to scalars
            kinds.append((array.dtype.name, array.shape, array.nbytes))
            buffers.append(memoryview(array.reshape(-1).view("u1")) if array.nbytes else b"")
    data = pickle.dumps((head, kinds), 4)
    connection.sendall(_LENGTH.pack(len(data)) + data)
    for buffer in buffers:
        if len(buffer):
            connection.sendall(buffer)


def receive(connection, dtype_named=numpy.dtype):
    """Return the head and the arrays of the next message.

    Args:
        connection: a socket.
        dtype_named: a function that returns numpy's dtype for a name.
    """
    (size,) = _LENGTH.unpack(exactly(connection, bytearray(_LENGTH.size)))
    head, kinds = pickle.loads(exactly(connection, bytearray(size)))
    return head, [_array(connection, kind, dtype_named) for kind in kinds]


def _array(connection, kind, dtype_named):
    if kind is None:
        return None
    name, shape, rest = kind
    if name == "string":
        array = numpy.empty(len(rest), object)
        array[:] = rest
        return array.reshape(shape)
    array = numpy.empty(shape, dtype_named(name))
    if rest:
        exactly(connection, array.reshape(-1).view("u1"))
    return array


def exactly(connection, buffer):
    """Fill a buffer from a connection."""
    view, at = memoryview(buffer), 0
    while at < len(view):
        count = connection.recv_into(view[at:])
        if not count:
            raise EOFError("the connection has ended")
        at += count
    return buffer


def as_bytes(text):
    """Return bytes as they are and text as UTF-8."""
    return text if isinstance(text, bytes) else str(text).encode("utf-8")


def as_text(data):
    """Return text for UTF-8."""
    return data.decode("utf-8")
