"""Numbers as texts, texts as hashes, and texts in other codings."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Tensor
from minigraph.graph.shape_rules import demand
from minigraph.graph.type_lists import types
from minigraph.ops.arrays.shape_ops import either
from minigraph.ops.strings.hashes import fingerprint, hash64, siphash
from minigraph.ops.strings.texts import Texts, as_texts, mapped

__all__ = [
    "as_string",
    "decode_base64",
    "encode_base64",
    "string_to_hash_bucket",
    "string_to_hash_bucket_fast",
    "string_to_hash_bucket_strong",
    "unicode_transcode",
]


class AsString(OpDef):
    """Numbers as texts, as C prints them."""

    precision: int = -1
    scientific: bool = False
    shortest: bool = False
    width: int = -1
    fill: str = ""

    inputs = ("input: T",)
    outputs = ("string",)
    allowed = {"T": types("int8 int16 int32 int64 complex64 complex128 float32 float64 bool")}

    def kernel(self, xp, input):
        kind = np.asarray(input).dtype.kind
        pattern = self._format(kind)
        found = [self._text(pattern, kind, value) for value in np.ravel(input).tolist()]
        return as_texts(found, np.shape(input))

    def _format(self, kind: str) -> str:
        demand(len(self.fill) <= 1, f"Fill argument can be at most 1 character: {self.fill}")
        demand(self.fill in ("", " ", "+", "-", "0", "#"), f"Fill argument not supported: {self.fill}")
        demand(not (self.scientific and self.shortest), "Cannot select both scientific and shortest notation")
        plain = kind not in "fc"
        demand(not (plain and self.scientific), f"scientific and shortest format not supported for datatype {kind}")
        demand(not (plain and self.precision >= 0), f"precision not supported for datatype {kind}")
        width = str(self.width) if self.width > -1 else ""
        precision = f".{self.precision}" if self.precision > -1 else ""
        letter = "d" if plain else "e" if self.scientific else "g" if self.shortest else "f"
        return f"%{self.fill}{width}{precision}{letter}"

    @staticmethod
    def _text(pattern: str, kind: str, value: Any) -> bytes:
        if kind == "b":
            return b"true" if value else b"false"
        if kind == "c":
            return f"({pattern % value.real},{pattern % value.imag})".encode()
        return (pattern % value).encode()

    def gradient(self, tf, dy, y, input):
        return (None,)


class _Bucket(Texts):
    """Base: a hash of each text, below a number of buckets."""

    num_buckets: int

    outputs = ("int64",)
    minimum = {"num_buckets": 1}

    def kernel(self, xp, input):
        return mapped(lambda text: self._hash(text) % self.num_buckets, input, np.int64)

    def _hash(self, text: bytes) -> int:
        raise NotImplementedError


class StringToHashBucket(_Bucket):
    """A hash by MurmurHash."""

    inputs = ("string_tensor: string",)

    def _hash(self, text):
        return hash64(text)


class StringToHashBucketFast(_Bucket):
    """A hash by FarmHash."""

    def _hash(self, text):
        return fingerprint(text)


class StringToHashBucketStrong(_Bucket):
    """A hash by SipHash with a key."""

    key: tuple

    def kernel(self, xp, input):
        demand(len(self.key) == 2, "Key must have 2 elements")
        return super().kernel(xp, input)

    def _hash(self, text):
        first, second = (int(part) % (1 << 64) for part in self.key)
        return siphash(text, (first, second))


class EncodeBase64(Texts):
    """The texts in base64, with - and _ for + and /."""

    pad: bool = False

    def kernel(self, xp, input):
        return mapped(lambda text: base64.urlsafe_b64encode(text).rstrip(b"" if self.pad else b"="), input)


class DecodeBase64(Texts):
    """The texts that base64 stands for."""

    def kernel(self, xp, input):
        return mapped(self._decoded, input)

    @staticmethod
    def _decoded(text: bytes) -> bytes:
        bare = text.rstrip(b"=")
        demand(len(bare) % 4 != 1 or bare != text, "Base64 string length cannot be 1 modulo 4.")
        try:
            return base64.b64decode(bare + b"=" * (-len(bare) % 4), b"-_", validate=True)
        except ValueError:
            raise errors.InvalidArgumentError(None, None, "Invalid character found in base64.") from None


class UnicodeTranscode(Texts):
    """The texts in another coding of Unicode."""

    input_encoding: str
    output_encoding: str
    errors: str = "replace"
    replacement_char: int = 65533
    replace_control_characters: bool = False

    choices = {"output_encoding": ("UTF-8", "UTF-16-BE", "UTF-32-BE"), "errors": ("strict", "replace", "ignore")}

    def kernel(self, xp, input):
        return mapped(self._transcoded, input)

    def _transcoded(self, text: bytes) -> bytes:
        try:
            found = text.decode(self.input_encoding.replace("-BE", "BE"), self.errors)
        except UnicodeDecodeError:
            raise errors.InvalidArgumentError(None, None, "Invalid formatting on input string") from None
        found = found.replace("\ufffd", chr(self.replacement_char)) if self.errors == "replace" else found
        if self.replace_control_characters:
            found = "".join([chr(self.replacement_char) if ord(c) <= 0x1F else c for c in found])
        return found.encode(self.output_encoding.replace("-BE", "BE"))


def as_string(
    input: Any,
    precision: int = -1,
    scientific: bool = False,
    shortest: bool = False,
    width: int = -1,
    fill: str = "",
    name: str | None = None,
) -> Tensor:
    """Convert numbers to texts.

    Args:
        input: numbers or bools.
        precision: the number of digits after the point.
        scientific: write floats with an exponent.
        shortest: write floats with or without an exponent, whichever is shorter.
        width: the least number of characters.
        fill: what fills the width: "0", " ", "+" or "-"; spaces by default.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if the options contradict each other.

    Example:
        >>> print(tf.as_string([1.5, -2.0], precision=2).eval())
        [b'1.50' b'-2.00']
    """
    return apply(AsString(precision, scientific, shortest, width, fill), input, name=name)


def string_to_hash_bucket(
    string_tensor: Any = None, num_buckets: int | None = None, name: str | None = None, input: Any = None
) -> Tensor:
    """Return a hash of each text, an int64 below `num_buckets`, which is TensorFlow's.

    Args:
        string_tensor: texts.
        num_buckets: the number of different hashes.
        name: the name of the node.
        input: another name of `string_tensor`.

    Raises:
        ValueError: if `num_buckets` is not positive.
    """
    texts = either("input", input, "string_tensor", string_tensor)
    return apply(StringToHashBucket(num_buckets), texts, name=name)  # type: ignore[arg-type]


def string_to_hash_bucket_fast(input: Any, num_buckets: int, name: str | None = None) -> Tensor:
    """Return a hash of each text, an int64 below `num_buckets`; the hash is fast and always the same.

    Args:
        input: texts.
        num_buckets: the number of different hashes.
        name: the name of the node.

    Raises:
        ValueError: if `num_buckets` is not positive.

    Example:
        >>> print(tf.strings.to_hash_bucket_fast(["Hello", "TensorFlow", "2.x"], 3).eval())
        [0 2 2]
    """
    return apply(StringToHashBucketFast(num_buckets), input, name=name)


def string_to_hash_bucket_strong(input: Any, num_buckets: int, key: Sequence[int], name: str | None = None) -> Tensor:
    """Return a hash of each text with a key, so that nobody can choose texts of one hash.

    Args:
        input: texts.
        num_buckets: the number of different hashes.
        key: two integers.
        name: the name of the node.

    Raises:
        ValueError: if `num_buckets` is not positive.
        InvalidArgumentError: in a run, if the key has not two elements.

    Example:
        >>> print(tf.strings.to_hash_bucket_strong(["Hello", "TF"], 3, [1, 2]).eval())
        [2 0]
    """
    return apply(StringToHashBucketStrong(num_buckets, tuple(key)), input, name=name)


def encode_base64(input: Any, pad: bool = False, name: str | None = None) -> Tensor:
    """Encode texts in base64, with - and _ for + and /; padded by = if `pad` is True.

    Example:
        >>> print(tf.encode_base64("hi?").eval())
        b'aGk_'
    """
    return apply(EncodeBase64(pad), input, name=name)


def decode_base64(input: Any, name: str | None = None) -> Tensor:
    """Decode texts in base64, padded or not.

    Raises:
        InvalidArgumentError: in a run, if a text is not base64.
    """
    return apply(DecodeBase64(), input, name=name)


def unicode_transcode(
    input: Any,
    input_encoding: str,
    output_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    replace_control_characters: bool = False,
    name: str | None = None,
) -> Tensor:
    """Convert texts from one coding of Unicode to another.

    Args:
        input: texts.
        input_encoding: a coding that Python knows.
        output_encoding: "UTF-8", "UTF-16-BE" or "UTF-32-BE".
        errors: what becomes of bytes that are not of the coding: "replace", "ignore" or "strict", an error.
        replacement_char: what replaces them.
        replace_control_characters: replace the characters below 32 too.
        name: the name of the node.

    Raises:
        InvalidArgumentError: in a run, if a text is not of the coding and `errors` is "strict".

    Example:
        >>> print(tf.strings.unicode_transcode(["hi"], "UTF-8", "UTF-16-BE").eval())
        [b'\\x00h\\x00i']
    """
    options = errors, replacement_char, replace_control_characters
    return apply(UnicodeTranscode(input_encoding, output_encoding, *options), input, name=name)
