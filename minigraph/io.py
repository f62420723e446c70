"""`tf.io`: files, records, and what becomes of texts and bytes."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.images.decoding": "decode_image is_jpeg".split(),
        "minigraph.interop.write_graph": ["write_graph"],
        "minigraph.ops.io.features": "FixedLenFeature FixedLenSequenceFeature SparseFeature VarLenFeature".split(),
        "minigraph.ops.namespace": """
            decode_and_crop_jpeg decode_base64 decode_bmp decode_csv decode_gif decode_jpeg decode_png decode_raw
            encode_base64 encode_jpeg extract_jpeg_shape matching_files parse_example parse_single_example
            parse_single_sequence_example read_file write_file
        """.split(),
        "minigraph.queues.kinds_of_queue": "PaddingFIFOQueue PriorityQueue RandomShuffleQueue".split(),
        "minigraph.queues.producers": ["match_filenames_once"],
        "minigraph.queues.queue_base": ["QueueBase"],
        "minigraph.records.tfrecord": """
            TFRecordCompressionType TFRecordOptions TFRecordWriter tf_record_iterator
        """.split(),
    },
    absent(__name__),
)
