# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.contrib.data.older import (
    batch_and_drop_remainder,
    padded_batch_and_drop_remainder,
    reduce_dataset,
    sliding_window_batch,
    sloppy_interleave,
)
from minigraph.data.experimental.csv import CsvDataset, make_csv_dataset
from minigraph.data.experimental.grouping import Reducer, bucket_by_sequence_length, group_by_reducer, group_by_window
from minigraph.data.experimental.interleaving import choose_from_datasets, parallel_interleave, sample_from_datasets
from minigraph.data.experimental.numbers import Counter, RandomDataset
from minigraph.data.experimental.records import TFRecordWriter
from minigraph.data.experimental.transformations import (
    enumerate_dataset,
    get_single_element,
    ignore_errors,
    map_and_batch,
    prefetch_to_device,
    scan,
    shuffle_and_repeat,
    unbatch,
    unique,
)
from minigraph.data.reordered import AUTOTUNE

__all__ = [
    "AUTOTUNE",
    "Counter",
    "CsvDataset",
    "RandomDataset",
    "Reducer",
    "TFRecordWriter",
    "batch_and_drop_remainder",
    "bucket_by_sequence_length",
    "choose_from_datasets",
    "enumerate_dataset",
    "get_single_element",
    "group_by_reducer",
    "group_by_window",
    "ignore_errors",
    "make_csv_dataset",
    "map_and_batch",
    "padded_batch_and_drop_remainder",
    "parallel_interleave",
    "prefetch_to_device",
    "reduce_dataset",
    "sample_from_datasets",
    "scan",
    "shuffle_and_repeat",
    "sliding_window_batch",
    "sloppy_interleave",
    "unbatch",
    "unique",
]
