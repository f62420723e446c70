"""The operations that write and read checkpoints, as `tf.train.Saver` builds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from minigraph.checkpoints.bundle import Entry, merge_bundles, write_bundle
from minigraph.checkpoints.reader import CheckpointReader
from minigraph.checkpoints.records import parse_slice
from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.c_names import c_name
from minigraph.graph.dtypes import DType
from minigraph.graph.opdef import OpDef
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.shapes import TensorShape, brackets
from minigraph.ops.io.disk import on_disk, text_of

__all__ = ["merge_v2_checkpoints", "restore_v2", "save_v2", "sharded_filename"]


class SaveV2(OpDef):
    """Write a checkpoint of version 2."""

    inputs: ClassVar[tuple[str, ...]] = (
        "prefix: string",
        "tensor_names: string",
        "shape_and_slices: string",
        "*tensors: *dtypes",
    )
    outputs = ()
    side_effect = True

    def kernel(self, xp, prefix, tensor_names, shape_and_slices, *tensors):
        entries = []
        for name, spec, array in zip(_texts(tensor_names), _texts(shape_and_slices), tensors):
            array = np.asarray(array)
            whole, extents = parse_slice(spec) if spec else ((), None)
            if extents is not None and array.shape != _extent(whole, extents):
                raise errors.InvalidArgumentError(
                    None,
                    None,
                    f"Slice in shape_and_slice specification does not match the shape of the tensor to  save: {spec}, "
                    f"tensor: {brackets(array.shape)}",
                )
            entries.append(Entry(name, dtypes.as_dtype(array.dtype), array, whole, extents))
        _written(write_bundle, text_of(prefix), entries)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class RestoreV2(OpDef):
    """Values of a checkpoint."""

    dtypes: tuple

    inputs = ("prefix: string", "tensor_names: string", "shape_and_slices: string")
    outputs = ("*tensors: *dtypes",)
    static_inputs = (2,)
    stateful = True
    side_effect = True

    def initial_state(self, name):
        return None

    def dtype(self, *types):
        return tuple(self.dtypes)

    def shape(self, prefix, tensor_names, shape_and_slices):
        known = shape_and_slices.value
        specs = _texts(known) if known is not None else [""] * len(self.dtypes)
        return tuple([TensorShape.of(_extent(*parse_slice(spec)) if spec else None) for spec in specs])

    def kernel(self, xp, prefix, tensor_names, shape_and_slices, state):
        reader = CheckpointReader(text_of(prefix))
        types = reader.get_variable_to_dtype_map()
        names = _texts(tensor_names)
        values = []
        for name, spec, wanted in zip(names, _texts(shape_and_slices), self.dtypes):
            if name in types and types[name] is not wanted:
                expected, found = c_name(wanted), c_name(types[name])
                raise errors.InvalidArgumentError(
                    None, None, f"tensor_name = {name}; expected dtype {expected} does not equal original dtype {found}"
                )
            value = np.asarray(reader.get_tensor(name), object if wanted is dtypes.string else None)
            values.append(_sliced(name, value, spec) if spec else value)
        return tuple(values) if len(values) != 1 else values[0]

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class ShardedFilename(OpDef):
    """The name of one of several files."""

    inputs = ("basename: string", "shard: int32", "num_shards: int32")
    outputs = ("filename: string",)

    def shape(self, *inputs):
        return TensorShape.of(())

    def kernel(self, xp, basename, shard, num_shards):
        return np.array(b"%b-%05d-of-%05d" % (np.asarray(basename).item(), shard, num_shards), object)

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


class MergeV2Checkpoints(OpDef):
    """Make one checkpoint of several."""

    delete_old_dirs: bool = True

    inputs = ("checkpoint_prefixes: string", "destination_prefix: string")
    outputs = ()
    side_effect = True

    def kernel(self, xp, checkpoint_prefixes, destination_prefix):
        _written(merge_bundles, _texts(checkpoint_prefixes), text_of(destination_prefix))

    def gradient(self, tf, dy, y, *inputs):
        return [None] * len(inputs)


def _texts(values: Any) -> list[str]:
    return [text_of(value) for value in np.asarray(values, object).ravel()]


def _extent(whole: tuple, extents: tuple) -> tuple:
    return tuple([size if length is None else length for size, (_, length) in zip(whole, extents)])


def _sliced(name: str, value: np.ndarray, spec: str) -> np.ndarray:
    whole, extents = parse_slice(spec)
    if value.shape != whole:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"tensor_name = {name}; shape in shape_and_slice spec {brackets(whole)} does not match the shape stored in "
            f"checkpoint: {brackets(value.shape)}",
        )
    return value[tuple([slice(start, None if n is None else start + n) for start, n in extents])]


def _written(write: Any, *arguments: Any) -> None:
    try:
        on_disk(write, *arguments)
    except ValueError as error:
        raise errors.InvalidArgumentError(None, None, str(error)) from None


def save_v2(
    prefix: Any, tensor_names: Any, shape_and_slices: Any, tensors: Sequence, name: str | None = None
) -> Operation:
    """Write a checkpoint when it runs.

    Args:
        prefix: the name of its files without their ends, a string.
        tensor_names: the names of the values, of shape [n].
        shape_and_slices: for each an empty string, or of which slice of what shape it is, as "5 3 0,2:-".
        tensors: the values.
        name: the name of the node.
    """
    return apply_op(SaveV2(), prefix, tensor_names, shape_and_slices, *tensors, name=name)


def restore_v2(
    prefix: Any, tensor_names: Any, shape_and_slices: Any, dtypes: Sequence[DType], name: str | None = None
) -> list[Tensor]:
    """Read values from a checkpoint when it runs.

    Args:
        prefix, tensor_names, shape_and_slices: those of `save_v2`.
        dtypes: the types of the values.
        name: the name of the node.
    """
    return list(apply_op(RestoreV2(tuple(dtypes)), prefix, tensor_names, shape_and_slices, name=name).outputs)


def sharded_filename(basename: Any, shard: Any, num_shards: Any, name: str | None = None) -> Tensor:
    """Return the name of one of several files: "BASENAME-00000-of-00002"."""
    return apply(ShardedFilename(), basename, shard, num_shards, name=name)


def merge_v2_checkpoints(checkpoint_prefixes: Any, destination_prefix: Any, name: str | None = None) -> Operation:
    """Make one checkpoint of several when it runs."""
    return apply_op(MergeV2Checkpoints(), checkpoint_prefixes, destination_prefix, name=name)
