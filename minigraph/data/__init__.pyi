# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.data import experimental
from minigraph.data.asked import (
    get_output_classes,
    get_output_shapes,
    get_output_types,
    make_initializable_iterator,
    make_one_shot_iterator,
)
from minigraph.data.base import DatasetSpec
from minigraph.data.dataset import Dataset
from minigraph.data.iterator import Iterator
from minigraph.data.options import Options
from minigraph.data.readers import FixedLengthRecordDataset, TFRecordDataset, TextLineDataset

__all__ = [
    "Dataset",
    "DatasetSpec",
    "FixedLengthRecordDataset",
    "Iterator",
    "Options",
    "TFRecordDataset",
    "TextLineDataset",
    "experimental",
    "get_output_classes",
    "get_output_shapes",
    "get_output_types",
    "make_initializable_iterator",
    "make_one_shot_iterator",
]
