# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.interop.write_graph import write_graph
from minigraph.ops.io.decoding import decode_csv, decode_raw
from minigraph.ops.io.examples import parse_example, parse_single_example
from minigraph.ops.io.features import FixedLenFeature, FixedLenSequenceFeature, SparseFeature, VarLenFeature
from minigraph.ops.io.files import matching_files, read_file, write_file
from minigraph.ops.io.sequence_examples import parse_single_sequence_example
from minigraph.ops.strings.formats import decode_base64, encode_base64
from minigraph.queues.kinds_of_queue import PaddingFIFOQueue, PriorityQueue, RandomShuffleQueue
from minigraph.queues.producers import match_filenames_once
from minigraph.queues.queue_base import QueueBase
from minigraph.records.tfrecord import TFRecordCompressionType, TFRecordOptions, TFRecordWriter, tf_record_iterator

__all__ = [
    "FixedLenFeature",
    "FixedLenSequenceFeature",
    "PaddingFIFOQueue",
    "PriorityQueue",
    "QueueBase",
    "RandomShuffleQueue",
    "SparseFeature",
    "TFRecordCompressionType",
    "TFRecordOptions",
    "TFRecordWriter",
    "VarLenFeature",
    "decode_base64",
    "decode_csv",
    "decode_raw",
    "encode_base64",
    "match_filenames_once",
    "matching_files",
    "parse_example",
    "parse_single_example",
    "parse_single_sequence_example",
    "read_file",
    "tf_record_iterator",
    "write_file",
    "write_graph",
]
