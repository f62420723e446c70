"""Write datasets to files of records."""

from __future__ import annotations

from typing import Any

from minigraph.data import structure
from minigraph.data.dataset import Dataset
from minigraph.data.readers import optional
from minigraph.graph import dtypes
from minigraph.graph.apply import apply_op
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation
from minigraph.ops.data.records import DatasetToTFRecord

__all__ = ["TFRecordWriter"]

_TEXT = structure.TensorSpec([], dtypes.string)


class TFRecordWriter:
    """Write the elements of a dataset to a file.

    Args:
        filename: the name of the file, a scalar string.
        compression_type: "", "ZLIB" or "GZIP".

    Example:
        >>> import os, tempfile
        >>> path = os.path.join(tempfile.mkdtemp(), "words.tfrecord")
        >>> write = tf.data.experimental.TFRecordWriter(path).write(
        ...     tf.data.Dataset.from_tensor_slices(["one", "two"]))
        >>> sess.run(write)
        >>> list(tf.python_io.tf_record_iterator(path))
        [b'one', b'two']
    """

    def __init__(self, filename: Any, compression_type: str | None = None):
        with get_default_graph().atomic():
            self._filename = convert_to_tensor(filename, dtypes.string, name="filename")
            self._compression_type = optional("compression_type", compression_type, "", dtypes.string)

    def write(self, dataset: Dataset) -> Operation:
        """Return an operation that writes all elements, scalars of type string, each as a record.

        Raises:
            TypeError: if the argument is no dataset of such scalars.
        """
        if not isinstance(dataset, Dataset):
            raise TypeError("`dataset` must be a `tf.data.Dataset` object.")
        spec = dataset.element_spec
        if not (isinstance(spec, structure.TensorSpec) and spec.is_compatible_with(_TEXT)):
            raise TypeError(
                "`dataset` must produce scalar `DT_STRING` tensors whereas it produces shape "
                f"{dataset.output_shapes} and types {dataset.output_types}"
            )
        with get_default_graph().atomic():
            return apply_op(DatasetToTFRecord(), dataset._variant_tensor, self._filename, self._compression_type)
