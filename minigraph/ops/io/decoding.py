"""Texts and bytes as numbers: `decode_csv`, `decode_raw`, `string_to_number`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.c_names import c_name
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.invalid import invalid
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape

__all__ = ["decode_csv", "decode_raw", "string_to_number"]

_FIELDS = (dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64, dtypes.string)
_INTEGER = re.compile(rb"\s*[-+]?\d+\s*")
_RAW = (
    dtypes.float16,
    dtypes.float32,
    dtypes.float64,
    dtypes.int32,
    dtypes.uint16,
    dtypes.uint8,
    dtypes.int16,
    dtypes.int8,
    dtypes.int64,
    dtypes.complex64,
    dtypes.complex128,
    dtypes.bool_,
)


def _number(text: bytes, dtype: DType) -> Any:
    """Return a text as a number of a type; None if it is none."""
    kind = dtype.as_numpy_dtype
    if b"_" in text:
        return None
    try:
        if dtype.is_floating:
            return kind(float(text))
        value = int(text) if _INTEGER.fullmatch(text) else None
    except ValueError:
        return None
    return kind(value) if value is not None and dtype.min <= value <= dtype.max else None


class DecodeCSV(OpDef):
    """The fields of lines of comma-separated values, each a tensor."""

    field_delim: str = ","
    use_quote_delim: bool = True
    na_value: str = ""
    select_cols: tuple = ()

    inputs = ("records: string", "*record_defaults: *OUT_TYPE")
    outputs = ("*output: *OUT_TYPE",)

    def dtype(self, records, *defaults):
        for each in defaults:
            if each not in _FIELDS:
                raise TypeError(
                    f"Value passed to parameter 'record_defaults' has DataType {each.name} not in list of allowed "
                    f"values: {', '.join(t.name for t in _FIELDS)}"
                )
        return tuple(defaults)

    def shape(self, records, *defaults):
        for each in defaults:
            if each.ndims is not None and each.ndims > 1:
                raise ValueError(f"Shape must be at most rank 1 but is rank {each.ndims}")
            if each.ndims == 1 and (each.tuple[0] or 0) > 1:
                raise ValueError("Shape of a default must be a length-0 or length-1 vector, or a scalar.")
        return (records,) * len(defaults)

    def kernel(self, xp, records, *defaults):
        texts = np.asarray(records, object)
        types = [dtypes.as_dtype(np.asarray(each).dtype) for each in defaults]
        rows = [self._row(text, i, types, defaults) for i, text in enumerate(texts.ravel().tolist())]
        columns = zip(*rows) if rows else [()] * len(defaults)
        found = tuple([_column(column, t).reshape(texts.shape) for column, t in zip(columns, types)])
        return found if len(found) != 1 else found[0]

    def _row(self, text: bytes, number: int, types: list, defaults: tuple) -> list:
        fields = self._fields(text)
        if len(fields) != len(types):
            raise invalid(f"Expect {len(types)} fields but have {len(fields)} in record {number}")
        missing = b"", self.na_value.encode()
        return [
            self._default(default, i, number) if field in missing else self._value(field, dtype, i, number)
            for i, (field, dtype, default) in enumerate(zip(fields, types, defaults))
        ]

    @staticmethod
    def _default(default: Any, i: int, number: int) -> Any:
        if np.size(default) != 1:
            raise invalid(f"Field {i} is required but missing in record {number}!")
        return np.asarray(default).item()

    @staticmethod
    def _value(field: bytes, dtype: DType, i: int, number: int) -> Any:
        found = field if dtype is dtypes.string else _number(field, dtype)
        if found is None:
            kind = c_name(dtype)
            raise invalid(f"Field {i} in record {number} is not a valid {kind}: {field.decode(errors='replace')}")
        return found

    @staticmethod
    def parsed(field: bytes, dtype: DType) -> Any:
        """Return a field as a number of a type; None if it is none."""
        return _number(field, dtype)

    def _fields(self, text: bytes) -> list[bytes]:
        delimiter = self.field_delim.encode()
        if self.use_quote_delim and b'"' in text:
            found = _quoted_fields(text, delimiter)
        else:
            text = text.lstrip(b"\r\n")
            if b"\n" in text or b"\r" in text:
                found = _quoted_fields(text, delimiter) if self.use_quote_delim else _plain_fields(text, delimiter)
            else:
                found = text.split(delimiter) if text else []
        return [found[i] for i in self.select_cols if i < len(found)] if self.select_cols else found


def _plain_fields(text: bytes, delimiter: bytes) -> list[bytes]:
    """Split a line with line ends in it: they may only stand before a field."""
    found = [field.lstrip(b"\r\n") for field in text.split(delimiter)]
    if any(b"\n" in field or b"\r" in field for field in found):
        raise invalid("Unquoted fields cannot have quotes/CRLFs inside")
    return found


def _quoted_fields(text: bytes, delimiter: bytes) -> list[bytes]:
    """Split a line in which fields may be quoted."""
    found, at = [], 0
    while at < len(text):
        if text[at] in b"\r\n":
            at += 1
            continue
        if text[at : at + 1] == b'"':
            field, at = _quoted_field(text, at + 1, delimiter)
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            field, at = text[at:end], end + 1
            if any(c in b'"\r\n' for c in field):
                raise invalid("Unquoted fields cannot have quotes/CRLFs inside")
        found.append(field)
    return found + [b""] * text.endswith(delimiter)


def _quoted_field(text: bytes, at: int, delimiter: bytes) -> tuple[bytes, int]:
    """Return the field after an opening quotation mark, and the position behind the delimiter after it."""
    parts = []
    while True:
        end = text.find(b'"', at)
        if end < 0:
            raise invalid("Quoted field has to end with quote followed by delim or end")
        parts.append(text[at:end])
        after = text[end + 1 : end + 2]
        if after in (b"", delimiter):
            return b"".join(parts), end + 2
        if after != b'"':
            raise invalid("Quote inside a string has to be escaped by another quote")
        parts.append(b'"')
        at = end + 2


def _column(values: Sequence, dtype: DType) -> np.ndarray:
    if dtype is dtypes.string:
        return np.array([*values, None], object)[:-1]
    return np.array(values, dtype.as_numpy_dtype)


class DecodeRaw(OpDef):
    """Bytes as numbers."""

    out_type: DType
    little_endian: bool = True

    inputs = ("bytes: string",)
    outputs = ("out_type",)
    allowed = {"out_type": _RAW}

    def shape(self, bytes):
        return bytes.concatenate(TensorShape.of((None,)))

    def kernel(self, xp, bytes):
        texts = np.asarray(bytes, object)
        dtype = np.dtype(self.out_type.as_numpy_dtype)
        flat = texts.ravel().tolist()
        size = len(flat[0]) if flat else 0
        for i, text in enumerate(flat):
            if len(text) != size:
                raise invalid(
                    "DecodeRaw requires input strings to all be the same size, but "
                    f"element {i} has size {size} != {len(text)}"
                )
        if size % dtype.itemsize:
            name = c_name(self.out_type)
            raise invalid(
                f"Input to DecodeRaw has length {size} that is not a multiple of {dtype.itemsize}, the size of {name}"
            )
        found = np.frombuffer(b"".join(flat), dtype.newbyteorder("<" if self.little_endian else ">"))
        return found.astype(dtype).reshape(*texts.shape, size // dtype.itemsize)

    def gradient(self, tf, dy, y, bytes):
        return None


class StringToNumber(OpDef):
    """Texts as numbers."""

    out_type: DType = dtypes.float32

    inputs = ("string_tensor: string",)
    outputs = ("out_type",)
    allowed = {"out_type": (dtypes.float32, dtypes.float64, dtypes.int32, dtypes.int64)}

    def kernel(self, xp, string_tensor):
        texts = np.asarray(string_tensor, object)
        values = [_number(text, self.out_type) for text in texts.ravel().tolist()]
        for text, value in zip(texts.ravel(), values):
            if value is None:
                raise invalid(f"StringToNumberOp could not correctly convert string: {text.decode(errors='replace')}")
        return np.array(values, self.out_type.as_numpy_dtype).reshape(texts.shape)

    def gradient(self, tf, dy, y, string_tensor):
        return None


def decode_csv(
    records: Any,
    record_defaults: Sequence,
    field_delim: str = ",",
    use_quote_delim: bool = True,
    name: str | None = None,
    na_value: str = "",
    select_cols: Sequence[int] | None = None,
) -> list[Tensor]:
    """Split lines of comma-separated values into tensors, one for each column.

    Args:
        records: the lines, strings of any shape.
        record_defaults: for each column a list of the value of empty fields, which also decides its dtype (float32,
            float64, int32, int64 or string); an empty list, as a tensor of that dtype, if the field must be there.
        field_delim: what stands between fields.
        use_quote_delim: fields may be in quotation marks.
        name: the name of the node.
        na_value: another text that means that a field is empty.
        select_cols: the indices of the columns that are wanted, ascending; None for all.

    Returns:
        A list of tensors of the shape of `records`.

    Raises:
        TypeError: if a default has another dtype.
        ValueError: if `select_cols` does not ascend or has another length than `record_defaults`.
        InvalidArgumentError: in a run, if a line has another number of fields, or a field is not a number.

    Example:
        >>> number, word = tf.decode_csv(["1,one", ",two"], record_defaults=[[0], [""]])
        >>> sess.run(number).tolist(), sess.run(word).tolist()
        ([1, 0], [b'one', b'two'])
    """
    columns = tuple(select_cols or ())
    if any(a >= b for a, b in zip(columns, columns[1:])):
        raise ValueError("select_cols is not strictly increasing.")
    if columns and columns[0] < 0:
        raise ValueError("select_cols contains negative values.")
    if columns and len(columns) != len(record_defaults):
        raise ValueError("Length of select_cols and record_defaults do not match.")
    definition = DecodeCSV(field_delim, use_quote_delim, na_value, columns)
    return list(apply_op(definition, records, *record_defaults, name=name).outputs)


def decode_raw(
    input_bytes: Any = None,
    out_type: Any = None,
    little_endian: bool = True,
    name: str | None = None,
    bytes: Any = None,
) -> Tensor:
    """Read bytes as numbers, as they lie in memory.

    Args:
        input_bytes: strings of one length, of any shape.
        out_type: the dtype of the numbers.
        little_endian: the least byte of a number comes first.
        name: the name of the node.
        bytes: the former name of `input_bytes`.

    Returns:
        A tensor with one more axis, of unknown size.

    Raises:
        InvalidArgumentError: in a run, if the lengths differ or do not fit the dtype.

    Example:
        >>> print(sess.run(tf.decode_raw("AB", tf.uint8)))
        [65 66]
    """
    given = input_bytes if bytes is None else bytes
    return apply(DecodeRaw(as_dtype(out_type), little_endian), given, name=name)


def string_to_number(
    string_tensor: Any = None, out_type: Any = dtypes.float32, name: str | None = None, input: Any = None
) -> Tensor:
    """Convert texts to numbers.

    Args:
        string_tensor: strings of any shape.
        out_type: float32, float64, int32 or int64.
        name: the name of the node.
        input: another name of `string_tensor`.

    Raises:
        InvalidArgumentError: in a run, if a text is not a number.

    Example:
        >>> print(sess.run(tf.string_to_number(["1", "2.5"])))
        [1.  2.5]
    """
    given = string_tensor if input is None else input
    return apply(StringToNumber(as_dtype(out_type)), given, name=name)
