"""Texts split into words: `string_split`, `tf.strings.split`."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.opdef import OpDef
from minigraph.graph.scopes import atomic_scope
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.graph.sparse_tensor import SparseTensor
from minigraph.ops.arrays.shape_ops import either
from minigraph.ops.rows.sparse_parts import sparse_parts
from minigraph.ops.strings.texts import texts_of

__all__ = ["split_texts", "string_split"]


class _Split(OpDef):
    """Base: the words of each text, as the parts of a sparse matrix."""

    outputs = ("int64", "string", "int64")

    def shape(self, input, delimiter):
        with_rank(input, 1)
        return TensorShape.of((None, 2)), TensorShape.of((None,)), TensorShape.of((2,))

    def kernel(self, xp, input, delimiter):
        demand(np.ndim(input) == 1, f"input must be a vector, got shape: {brackets(np.shape(input))}")
        demand(np.ndim(delimiter) == 0, f"delimiter must be a scalar, got shape: {brackets(np.shape(delimiter))}")
        separator = np.asarray(delimiter, object).item()
        return sparse_parts([self._words(text, separator) for text in texts_of(input)], object)

    def _words(self, text: bytes, separator: bytes) -> list[bytes]:
        raise NotImplementedError

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class StringSplit(_Split):
    """The words of each text, between any of the bytes of a delimiter."""

    outputs = ("indices: int64", "values: string", "shape: int64")

    skip_empty: bool = True

    inputs = ("input: string", "delimiter: string")

    def _words(self, text, separator):
        if not text:
            return []
        if not separator:
            return [text[i : i + 1] for i in range(len(text))]
        for byte in separator[1:]:
            text = text.replace(bytes([byte]), separator[:1])
        return [word for word in text.split(separator[:1]) if word or not self.skip_empty]


class StringSplitV2(_Split):
    """The words of each text, between separators as Python splits."""

    outputs = ("indices: int64", "values: string", "shape: int64")

    maxsplit: int = -1

    inputs = ("input: string", "sep: string")

    def shape(self, input, sep):
        with_rank(sep, 0)
        return super().shape(input, sep)

    def _words(self, text, separator):
        return text.split(separator, self.maxsplit) if separator else self._unspaced(text)

    def _unspaced(self, text: bytes) -> list[bytes]:
        """Split at white space; after the last split stands what is left, even nothing, unlike in Python."""
        if not self.maxsplit:
            return [text]
        words: list[bytes] = []
        rest = text.lstrip()
        while rest and len(words) != self.maxsplit:
            word, *after = rest.split(None, 1)
            words.append(word)
            rest = after[0] if after else b""
        return [*words, rest] if len(words) == self.maxsplit else words


def string_split(
    source: Any,
    sep: Any = None,
    skip_empty: bool = True,
    delimiter: Any = None,
    result_type: str = "SparseTensor",
    name: str | None = None,
) -> SparseTensor:
    """Split each text at any of some bytes.

    Args:
        source: a vector of texts.
        sep: the bytes at any of which is split; " " by default, "" to split into single bytes.
        skip_empty: leave empty words out.
        delimiter: the former name of `sep`.
        result_type: "SparseTensor".
        name: the name scope.

    Returns:
        A sparse matrix, with the words of a text in its row.

    Raises:
        ValueError: if another type of result is asked for.

    Example:
        >>> words = sess.run(tf.string_split(["a b", "c"]))
        >>> print(words.values, words.indices.tolist())
        [b'a' b'b' b'c'] [[0, 0], [0, 1], [1, 0]]
    """
    separator = either("sep", sep, "delimiter", delimiter)
    with atomic_scope(name, "StringSplit", [source]):
        separator = convert_to_tensor(" " if separator is None else separator, dtypes.string)
        texts = convert_to_tensor(source, dtypes.string)
        _check_result_type(result_type)
        return SparseTensor(*apply(StringSplit(skip_empty), texts, separator))


def split_texts(
    input: Any = None,
    sep: Any = None,
    maxsplit: int = -1,
    result_type: str = "SparseTensor",
    source: Any = None,
    name: str | None = None,
) -> SparseTensor:
    """Split each text at a separator, as `str.split` of Python does.

    Args:
        input: a vector of texts.
        sep: the separator; None for runs of white space.
        maxsplit: the maximum number of splits of a text; no limit if negative.
        result_type: "SparseTensor".
        source: another name of `input`.
        name: the name scope.

    Returns:
        A sparse matrix, with the words of a text in its row.

    Raises:
        ValueError: if another type of result is asked for, or `input` is not a vector.

    Example:
        >>> print(sess.run(tf.strings.split(["a<>b", "<>"], "<>")).values)
        [b'a' b'b' b'' b'']
    """
    texts = either("input", input, "source", source)
    with atomic_scope(name, "StringSplit", [texts]):
        texts = convert_to_tensor(texts, dtypes.string, name="input")
        _check_result_type(result_type)
        demand(
            texts.shape.ndims == 1,
            f"Shape must be rank 1 but is rank {texts.shape.ndims}\n"
            "Only vectors of texts are split here, since MiniGraph has no ragged tensors: tf.reshape(texts, [-1]) "
            "makes one.",
        )
        separator = convert_to_tensor("" if sep is None else sep, dtypes.string)
        texts = convert_to_tensor(texts, dtypes.string)
        return SparseTensor(*apply(StringSplitV2(maxsplit), texts, separator))


def _check_result_type(result_type: str) -> None:
    if result_type != "SparseTensor":
        raise ValueError(
            "result_type must be 'RaggedTensor' or 'SparseTensor'."
            + ("\nMiniGraph has no ragged tensors." if result_type == "RaggedTensor" else "")
        )
