# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.data.asked import get_structure
from minigraph.data.base import DatasetSpec as DatasetStructure
from minigraph.data.experimental.csv import CsvDataset, make_csv_dataset
from minigraph.data.experimental.grouping import Reducer, bucket_by_sequence_length, group_by_reducer, group_by_window
from minigraph.data.experimental.interleaving import choose_from_datasets, parallel_interleave, sample_from_datasets
from minigraph.data.experimental.numbers import Counter, RandomDataset
from minigraph.data.experimental.records import TFRecordWriter
from minigraph.data.experimental.transformations import (
    cardinality,
    enumerate_dataset,
    get_single_element,
    ignore_errors,
    map_and_batch,
    map_and_batch_with_legacy_function,
    prefetch_to_device,
    scan,
    shuffle_and_repeat,
    take_while,
    unbatch,
    unique,
)
from minigraph.data.options import (
    DistributeOptions,
    MapVectorizationOptions,
    OptimizationOptions,
    StatsOptions,
    ThreadingOptions,
)
from minigraph.data.reordered import AUTOTUNE
from minigraph.data.structure import TensorSpec as TensorStructure
from minigraph.ops.data.pipeline import INFINITE as INFINITE_CARDINALITY, UNKNOWN as UNKNOWN_CARDINALITY

__all__ = [
    "AUTOTUNE",
    "Counter",
    "CsvDataset",
    "DatasetStructure",
    "DistributeOptions",
    "INFINITE_CARDINALITY",
    "MapVectorizationOptions",
    "OptimizationOptions",
    "RandomDataset",
    "Reducer",
    "StatsOptions",
    "TFRecordWriter",
    "TensorStructure",
    "ThreadingOptions",
    "UNKNOWN_CARDINALITY",
    "bucket_by_sequence_length",
    "cardinality",
    "choose_from_datasets",
    "enumerate_dataset",
    "get_single_element",
    "get_structure",
    "group_by_reducer",
    "group_by_window",
    "ignore_errors",
    "make_csv_dataset",
    "map_and_batch",
    "map_and_batch_with_legacy_function",
    "parallel_interleave",
    "prefetch_to_device",
    "sample_from_datasets",
    "scan",
    "shuffle_and_repeat",
    "take_while",
    "unbatch",
    "unique",
]
