"""The operations by which a `Saver` of 2016 writes and reads, which graphs of that time have.

What they write is a checkpoint of version 2, as every `Saver` here writes; what they read may be of either.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.graph.shapes import unknown_shape
from minigraph.ops.io.checkpoints import RestoreV2, SaveV2

__all__: list[str] = []


class SaveSlices(SaveV2):
    """Write a checkpoint."""

    inputs = ("filename: string", "tensor_names: string", "shapes_and_slices: string", "*data: *T")


class Save(SaveV2):
    """Write a checkpoint of whole tensors."""

    inputs = ("filename: string", "tensor_names: string", "*data: *T")

    def kernel(self, xp, *inputs):
        filename, tensor_names, *data = inputs
        super().kernel(xp, filename, tensor_names, np.full(np.shape(tensor_names), b"", object), *data)


class RestoreSlice(OpDef):
    """A value of a checkpoint, or a part of one."""

    dt: DType
    preferred_shard: int = -1

    inputs: ClassVar[tuple[str, ...]] = ("file_pattern: string", "tensor_name: string", "shape_and_slice: string")
    outputs = ("tensor: dt",)
    side_effect = True
    gradient = no_gradient

    def shape(self, *inputs):
        return unknown_shape()

    def kernel(self, xp, *inputs):
        file_pattern, tensor_name, shape_and_slice = inputs
        names, specs = (np.reshape(np.asarray(each, object), [1]) for each in (tensor_name, shape_and_slice))
        return RestoreV2((self.dt,)).kernel(xp, file_pattern, names, specs, state=None)


class Restore(RestoreSlice):
    """A value of a checkpoint."""

    inputs = ("file_pattern: string", "tensor_name: string")

    def kernel(self, xp, *inputs):
        return super().kernel(xp, *inputs, b"")
