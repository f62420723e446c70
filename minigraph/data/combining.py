"""Datasets made of several others, and of the names of files.

The functions return what a dataset is made of: its tensor, the structure of its elements, and its inputs.
"""

from __future__ import annotations

from typing import Any

from minigraph.data import structure
from minigraph.data.base import DatasetBase
from minigraph.graph import dtypes
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import control_dependencies
from minigraph.ops import namespace
from minigraph.ops.data import choosing
from minigraph.ops.io.files import matching_files
from minigraph.ops.strings.reduce_join import reduce_join

__all__ = ["common_spec", "concatenated", "list_of_files", "number_of", "zipped"]

tf: Any = namespace


def zipped(datasets: Any) -> tuple[Tensor, Any, list]:
    """Return the parts of a dataset of the elements of several ones side by side."""
    inputs = structure.flatten(datasets)
    for each in inputs:
        if not isinstance(each, DatasetBase):
            text = "The argument to `Dataset.zip()` must be a nested structure of `Dataset` objects."
            if isinstance(each, list):
                text += " Nested structures do not support Python lists; please use a tuple instead."
            raise TypeError(text)
    spec = structure.pack(datasets, [each.element_spec for each in inputs])
    kind = choosing.ZipDataset(**structure.flat(spec))
    return apply(kind, *[each._variant_tensor for each in inputs]), spec, inputs


def concatenated(first: DatasetBase, second: DatasetBase) -> tuple[Tensor, Any, list]:
    """Return the parts of a dataset of the elements of one and then of another."""
    for words, a, b in (
        ("types", first.output_types, second.output_types),
        ("classes", first.output_classes, second.output_classes),
    ):
        if a != b:
            shown = [structure.map_structure(str, each) if words == "types" else each for each in (a, b)]
            raise TypeError(f"Two datasets to concatenate have different {words} {shown[0]} and {shown[1]}")
    spec = common_spec([first, second])
    kind = choosing.ConcatenateDataset(**structure.flat(spec))
    return apply(kind, first._variant_tensor, second._variant_tensor), spec, [first, second]


def common_spec(datasets: list) -> Any:
    """Return the structure of elements of any of several datasets, whose types are equal."""
    specs = structure.flatten(datasets[0].element_spec)
    for other in datasets[1:]:
        others = structure.flatten(other.element_spec)
        specs = [
            a.with_shape(a.shape.most_specific_compatible_shape(b.shape)) if hasattr(a, "with_shape") else a
            for a, b in zip(specs, others)
        ]
    return structure.pack(datasets[0].element_spec, specs)


def list_of_files(file_pattern: Any) -> Tensor:
    """Return the names of the files that match a pattern, a vector; a run fails if there is none."""
    pattern = convert_to_tensor(file_pattern, dtypes.string, name="file_pattern")
    files = matching_files(pattern)
    found = tf.greater(tf.shape(files)[0], 0, name="match_not_empty")
    joined = reduce_join(pattern, separator=", ")
    text = tf.add("No files matched pattern: ", joined, name="message")
    with control_dependencies([tf.Assert(found, [text], summarize=1, name="assert_not_empty")]):
        return tf.identity(files)


def number_of(rows: Tensor) -> Tensor:
    """Return the number of rows of a vector, at least 1, of type int64."""
    return tf.maximum(tf.shape(rows, out_type=dtypes.int64)[0], 1)
