"""Texts as arrays: a base for operations that compute something of each text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import numpy as np

from minigraph.graph.opdef import OpDef

__all__: list[str] = []


def texts_of(array: Any) -> list[bytes]:
    """Return the texts of an array in row-major order."""
    return np.asarray(array, object).ravel().tolist()


def as_texts(texts: Iterable[bytes], shape: Any = (-1,)) -> np.ndarray:
    """Return texts as an array of that shape."""
    return np.array([*texts, None], object)[:-1].reshape(shape)


def mapped(function: Callable, array: Any, kind: Any = object) -> np.ndarray:
    """Return what a function returns for each text, as an array of that shape."""
    found = [function(text) for text in texts_of(array)]
    return as_texts(found, np.shape(array)) if kind is object else np.array(found, kind).reshape(np.shape(array))


class Texts(OpDef, base=True):
    """Base: a text for each text, without a gradient."""

    inputs: ClassVar[tuple[str, ...]] = ("input: string",)
    outputs: ClassVar[tuple[str, ...]] = ("string",)

    def shape(self, input, *others):
        return input

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)
