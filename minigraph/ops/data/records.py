"""Write the elements of a dataset to a file of records."""

from __future__ import annotations

import numpy as np

from minigraph.graph.limits import check, limits
from minigraph.graph.opdef import OpDef, no_gradient
from minigraph.ops.data.pipeline import Scope
from minigraph.ops.io.disk import on_disk, text_of
from minigraph.records.tfrecord import TFRecordOptions, TFRecordWriter

__all__: list[str] = []


class DatasetToTFRecord(OpDef):
    """Write texts to a file, each as a record."""

    inputs = ("input_dataset: variant", "filename: string", "compression_type: string")
    outputs = ()
    side_effect = True
    waits = True
    gradient = no_gradient

    def shape(self, *inputs):
        return ()

    def kernel(self, xp, input_dataset, filename, compression_type):
        options, scope = TFRecordOptions(text_of(compression_type)), Scope()
        try:
            with on_disk(TFRecordWriter, text_of(filename), options) as writer:
                for (text,) in input_dataset.elements(scope):
                    if limits:
                        check()
                    on_disk(writer.write, np.asarray(text).item())
        finally:
            scope.close()
