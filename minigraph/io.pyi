# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.images.decoding import decode_image, is_jpeg
from minigraph.interop.write_graph import write_graph
from minigraph.ops.images.decoding import (
    decode_and_crop_jpeg,
    decode_bmp,
    decode_gif,
    decode_jpeg,
    decode_png,
    extract_jpeg_shape,
)
from minigraph.ops.images.encoding import encode_jpeg
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
    "decode_and_crop_jpeg",
    "decode_base64",
    "decode_bmp",
    "decode_csv",
    "decode_gif",
    "decode_image",
    "decode_jpeg",
    "decode_png",
    "decode_raw",
    "encode_base64",
    "encode_jpeg",
    "extract_jpeg_shape",
    "is_jpeg",
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
