"""`tf.train.Example` and its parts: messages of named lists, serialized as protocol buffers without that package."""

from __future__ import annotations

import numbers
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import numpy as np

from minigraph.checkpoints.wire import fields, message, read_varint, varint

__all__ = ["BytesList", "Example", "Feature", "Features", "FloatList", "Int64List"]


class Message:
    """What all messages have in common; two are equal if their contents are."""

    names: ClassVar[tuple[str, ...]] = ()  # of the fields

    def __init__(self, **given: Any):
        for name, value in given.items():
            if name not in self.names:
                raise ValueError(f'Protocol message {type(self).__name__} has no "{name}" field.')
            if value is not None:
                self._set(name, value)

    def _set(self, name: str, value: Any) -> None:
        raise NotImplementedError

    def _merge(self, number: int, value: Any) -> None:
        raise NotImplementedError

    def _lines(self) -> Iterator[str]:
        raise NotImplementedError

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        raise NotImplementedError

    def MergeFromString(self, serialized: bytes) -> int:
        """Add what is in a serialized message; return the number of its bytes.

        Raises:
            DataLossError: if the bytes are not such a message.
        """
        for number, value in fields(serialized):
            self._merge(number, value)
        return len(serialized)

    def ParseFromString(self, serialized: bytes) -> int:
        """Become the message that was serialized; return the number of its bytes."""
        self.Clear()
        return self.MergeFromString(serialized)

    @classmethod
    def FromString(cls, serialized: bytes) -> Any:
        """Return the message that was serialized; errors are those of `MergeFromString`."""
        result = cls()
        result.MergeFromString(serialized)
        return result

    def Clear(self) -> None:
        """Remove all contents."""
        type(self).__init__(self)

    def CopyFrom(self, other: Any) -> None:
        """Become a copy of another message of the same type."""
        self.ParseFromString(other.SerializeToString())

    def ByteSize(self) -> int:
        """Return the number of bytes of the serialized message."""
        return len(self.SerializeToString())

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.SerializeToString() == other.SerializeToString()

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self._lines())

    __repr__ = __str__


class _Values(list):
    """The values of a list, each checked and converted when it comes in."""

    def __init__(self, convert: Any, values: Iterable = ()):
        self._convert = convert
        super().__init__([convert(value) for value in values])

    def append(self, value: Any) -> None:
        super().append(self._convert(value))

    def extend(self, values: Iterable) -> None:
        super().extend([self._convert(value) for value in values])

    def __setitem__(self, at: Any, value: Any) -> None:
        super().__setitem__(at, [self._convert(v) for v in value] if isinstance(at, slice) else self._convert(value))


class _ListOf(Message):
    names = ("value",)

    def __init__(self, **given: Any):
        self.value = _Values(self._converted)
        super().__init__(**given)

    def _set(self, name: str, value: Any) -> None:
        if not isinstance(value, Iterable):
            raise TypeError("Value must be iterable")
        self.value.extend(value)

    @staticmethod
    def _converted(value: Any) -> Any:
        raise NotImplementedError

    @staticmethod
    def _written(value: Any) -> str:
        return repr(value)

    def _lines(self) -> Iterator[str]:
        return (f"value: {self._written(value)}" for value in self.value)


def _refused(value: Any, expected: str) -> TypeError:
    return TypeError(f"{value!r} has type {type(value).__name__}, but expected one of: {expected}")


class BytesList(_ListOf):
    """A list of bytes.

    Args:
        value: the values.

    Raises:
        TypeError: if one is not bytes.
    """

    @staticmethod
    def _converted(value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise _refused(value, "bytes")
        return bytes(value)

    @staticmethod
    def _written(value: bytes) -> str:
        known = {10: "\\n", 13: "\\r", 9: "\\t", 34: '\\"', 39: "\\'", 92: "\\\\"}
        return '"' + "".join(known.get(c) or (chr(c) if 32 <= c < 127 else f"\\{c:03o}") for c in value) + '"'

    def _merge(self, number: int, value: Any) -> None:
        if number == 1:
            self.value.append(value)

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        return message(*[(1, value) for value in self.value])


class FloatList(_ListOf):
    """A list of numbers in single precision.

    Args:
        value: the values.

    Raises:
        TypeError: if one is not a number.
    """

    @staticmethod
    def _converted(value: Any) -> float:
        if not isinstance(value, (numbers.Real, np.number, np.bool_)):
            raise _refused(value, "int, float")
        return float(np.float32(value))

    @staticmethod
    def _written(value: float) -> str:
        return str(np.float32(value))

    def _merge(self, number: int, value: Any) -> None:
        if number == 1:
            data = value if isinstance(value, bytes) else value.to_bytes(4, "little")
            list.extend(self.value, np.frombuffer(data, "<f4").tolist())

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        return message((1, np.array(self.value, "<f4").tobytes())) if self.value else b""


class Int64List(_ListOf):
    """A list of integers of 64 bits.

    Args:
        value: the values.

    Raises:
        TypeError: if one is not an integer.
        ValueError: if one needs more than 64 bits.
    """

    @staticmethod
    def _converted(value: Any) -> int:
        if not isinstance(value, (numbers.Integral, np.bool_)):
            raise _refused(value, "int")
        if not -(1 << 63) <= int(value) < 1 << 63:
            raise ValueError(f"Value out of range: {value}")
        return int(value)

    def _merge(self, number: int, value: Any) -> None:
        if number == 1:
            list.extend(self.value, [_signed(v) for v in (_packed(value) if isinstance(value, bytes) else [value])])

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        return message((1, b"".join(map(varint, self.value)))) if self.value else b""


def _packed(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = read_varint(data, at)
        yield value


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


class Feature(Message):
    """One list, of bytes, floats or integers.

    Args:
        bytes_list, float_list, int64_list: one of them.
    """

    names = ("bytes_list", "float_list", "int64_list")
    _kinds: ClassVar[Any] = dict(zip(names, (BytesList, FloatList, Int64List)))

    def __init__(self, **given: Any):
        self._lists: dict[str, Any] = {}
        self._kind: str | None = None  # while no list has values: the one that was given
        super().__init__(**given)

    def _set(self, name: str, value: Any) -> None:
        kind = self._kinds[name]
        if not isinstance(value, kind):
            raise TypeError(f"Parameter to initialize message field must be dict or instance of same class: {name}")
        self._lists, self._kind = {name: kind(value=value.value)}, name

    def WhichOneof(self, oneof_group: str = "kind") -> str | None:
        """Return the name of the list that there is, or None."""
        return next((name for name, found in self._lists.items() if found.value), self._kind)

    def HasField(self, field_name: str) -> bool:
        """Return True if there is a list of that name."""
        return self.WhichOneof() == field_name

    def _list(self, name: str) -> Any:
        return self._lists.setdefault(name, self._kinds[name]())

    @property
    def bytes_list(self) -> BytesList:
        """The list of bytes."""
        return self._list("bytes_list")

    @property
    def float_list(self) -> FloatList:
        """The list of floats."""
        return self._list("float_list")

    @property
    def int64_list(self) -> Int64List:
        """The list of integers."""
        return self._list("int64_list")

    def _merge(self, number: int, value: Any) -> None:
        if 1 <= number <= 3:
            self._kind = self.names[number - 1]
            self._lists = {name: each for name, each in self._lists.items() if name == self._kind}
            self._list(self._kind).MergeFromString(value)

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        name = self.WhichOneof()
        return message((self.names.index(name) + 1, self._list(name).SerializeToString())) if name else b""

    def _lines(self) -> Iterator[str]:
        name = self.WhichOneof()
        if name:
            yield from block(name, self._list(name))


class _Parts(dict):
    """Messages by name; one that is asked for and not there is added."""

    def __init__(self, kind: Any):
        self._kind = kind
        super().__init__()

    def __missing__(self, name: str) -> Any:
        if not isinstance(name, str):
            raise _refused(name, "str")
        return self.setdefault(name, self._kind())


class NamedMessages(Message):
    """Messages of one kind by name, in the only field."""

    kind: ClassVar[Any]

    def __init__(self, **given: Any):
        self._parts = _Parts(self.kind)
        setattr(self, self.names[0], self._parts)
        super().__init__(**given)

    def _set(self, name: str, value: Any) -> None:
        for key, each in value.items():
            self._parts[key].CopyFrom(each)

    def _merge(self, number: int, value: Any) -> None:
        if number == 1:
            entry = dict(fields(value))
            key: Any = entry.get(1, b"")
            self._parts[key.decode()].ParseFromString(entry.get(2, b""))

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        entries = sorted(self._parts.items()) if deterministic else self._parts.items()
        return message(*[(1, message((1, key.encode()), (2, each.SerializeToString()))) for key, each in entries])

    def _lines(self) -> Iterator[str]:
        for key, each in sorted(self._parts.items()):
            yield f"{self.names[0]} {{"
            yield f"  key: {BytesList._written(key.encode())}"
            yield from (f"  {line}" for line in block("value", each))
            yield "}"

    def __eq__(self, other: Any) -> bool:
        return type(other) is type(self) and dict.__eq__(self._parts, other._parts)


class Features(NamedMessages):
    """Features by name.

    Args:
        feature: a dict of them.
    """

    names = ("feature",)
    kind = Feature
    feature: dict[str, Feature]


class Example(Message):
    """Features by name, as one record of a file.

    Args:
        features: a `Features`.

    Example:
        >>> label = tf.train.Feature(int64_list=tf.train.Int64List(value=[7]))
        >>> example = tf.train.Example(features=tf.train.Features(feature={"label": label}))
        >>> found = tf.train.Example.FromString(example.SerializeToString())
        >>> found.features.feature["label"].int64_list.value
        [7]
    """

    names = ("features",)

    def __init__(self, **given: Any):
        self.features = Features()
        super().__init__(**given)

    def _set(self, name: str, value: Any) -> None:
        self.features.CopyFrom(value)

    def HasField(self, field_name: str) -> bool:
        """Return True if there are features."""
        return bool(self.features.feature)

    def _merge(self, number: int, value: Any) -> None:
        if number == 1:
            self.features.MergeFromString(value)

    def SerializeToString(self, deterministic: bool | None = None) -> bytes:
        """Return the message as bytes."""
        return message((1, self.features.SerializeToString(deterministic))) if self.features.feature else b""

    def _lines(self) -> Iterator[str]:
        return iter(block("features", self.features) if self.features.feature else ())

    def __eq__(self, other: Any) -> bool:
        return type(other) is Example and self.features == other.features


def block(name: str, inside: Message) -> list[str]:
    """Return the lines of a message in a field."""
    return [f"{name} {{", *[f"  {line}" for line in inside._lines()], "}"]
