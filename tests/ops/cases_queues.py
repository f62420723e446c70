"""Cases: queues, readers, files, and what becomes of texts and bytes. None of it has a gradient."""

import os
import tempfile

import numpy as np
from opcases import Case

import minigraph as tf

FOLDER = tempfile.mkdtemp()
LINES = os.path.join(FOLDER, "lines.txt")
BYTES = os.path.join(FOLDER, "bytes.bin")
RECORDS = os.path.join(FOLDER, "records.tfr")
with open(LINES, "w") as file:
    file.write("one\ntwo\nthree\n")
with open(BYTES, "wb") as file:
    file.write(b"abcdefgh")
with tf.python_io.TFRecordWriter(RECORDS) as writer:
    writer.write(b"record")
EXAMPLE = tf.train.Example()
EXAMPLE.features.feature["i"].int64_list.value.extend([1, 2])
TEXT = EXAMPLE.SerializeToString()
SEQUENCE = tf.train.SequenceExample()
for number in (1, 2):
    SEQUENCE.feature_lists.feature_list["i"].add().int64_list.value.append(number)

ROWS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], np.float32)
NUMBERS = np.array([3, 1, 2], np.int64)


def after(op, build):
    """Build what runs after an operation."""
    with tf.control_dependencies([op]):
        return build()


def many(kind, take):
    """Build a queue, what puts rows, and what then takes some."""

    def build(rows):
        queue = kind()
        return after(queue.enqueue_many([rows]), lambda: take(queue))

    return build


def fifo():
    return tf.FIFOQueue(9, tf.float32, shapes=[[2]])


def closed(rows):
    """Take up to four elements of a closed queue that has three."""
    queue = tf.FIFOQueue(9, tf.float32, shapes=[[2]])
    return after(after(queue.enqueue_many([rows]), queue.close), lambda: [queue.dequeue_up_to(4), queue.is_closed()])


def by_priority(numbers):
    queue = tf.PriorityQueue(9, tf.int64, shapes=[[]])
    return after(queue.enqueue_many([numbers, numbers]), lambda: queue.dequeue_many(3)[1])


def shuffled(numbers):
    queue = tf.RandomShuffleQueue(9, 0, tf.int64, shapes=[[]], seed=1)
    return after(queue.enqueue_many([numbers]), lambda: tf.reduce_sum(queue.dequeue_many(3)))


def padded(row):
    queue = tf.PaddingFIFOQueue(9, tf.float32, shapes=[[None]])
    return after(queue.enqueue([row]), lambda: queue.dequeue_many(1))


def read(reader, *names, up_to=None):
    """Build what a reader returns for files, and the counts after it."""
    queue = tf.FIFOQueue(9, tf.string, shapes=[[]])
    with tf.control_dependencies([queue.enqueue_many([list(names)])]):
        found = reader.read(queue) if up_to is None else reader.read_up_to(queue, up_to)
    with tf.control_dependencies([found[0]]):
        counts = [reader.num_records_produced(), reader.num_work_units_completed()]
    with tf.control_dependencies(counts):
        reset = reader.reset()
    with tf.control_dependencies([reset]):
        return [tf.identity(found[1]), *map(tf.identity, counts)]


def written():
    name = os.path.join(FOLDER, "written.txt")
    return after(tf.write_file(name, "text"), lambda: tf.read_file(name))


def averaged(rows):
    """Add rows twice to an accumulator whose step is 0 again in each run; return how many there are, and the mean."""
    held = tf.ConditionalAccumulator(tf.float32, shape=[3, 2])
    added = after(held.set_global_step(0), lambda: held.apply_grad(rows))
    both = after(added, lambda: held.apply_grad(rows * 3.0))
    count = after(both, held.num_accumulated)
    return [count, after(count, lambda: held.take_grad(2))]


def rows_averaged(rows):
    """Add rows to an accumulator that keeps those that it is given; return how many gradients there are, and the mean."""
    held = tf.SparseConditionalAccumulator(tf.float32, shape=[9, 2])
    added = after(held.set_global_step(0), lambda: held.apply_grad([1, 4, 6], rows))
    both = after(added, lambda: held.apply_grad([4], rows[:1]))
    count = after(both, held.num_accumulated)
    return [count, *after(count, lambda: held.take_grad(2))]


USES = ("QueueEnqueueManyV2",)
COUNTS = ("ReaderReadV2", "ReaderNumRecordsProducedV2", "ReaderNumWorkUnitsCompletedV2", "ReaderResetV2")
ACCUMULATOR_USES = ("ApplyGradient", "NumAccumulated", "SetGlobalStep", "TakeGradient")
ROWS_MEAN = np.array([[1.0, 2.0], [2.0, 3.0], [5.0, 6.0]], np.float32)  # of the row that is there twice
SAME = dict(grad_order=0)
ONCE = dict(grad_order=0, deterministic=False)
LINES_FOUND = np.array([b"one", b"two"], object)

CASES = [
    Case(
        "FIFOQueueV2",
        many(fifo, lambda q: q.dequeue_many(3)),
        (ROWS,),
        ROWS,
        also=(*USES, "QueueDequeueManyV2"),
        **SAME,
    ),
    Case("QueueDequeueV2", many(fifo, lambda q: [q.dequeue(), q.size()]), (ROWS,), also=("QueueSizeV2",), **ONCE),
    Case(
        "QueueDequeueUpToV2",
        closed,
        (ROWS,),
        hide=False,
        also=("QueueCloseV2", "QueueIsClosedV2"),
        expected=[ROWS, np.bool_(True)],
        **ONCE,
    ),
    Case(
        "ResourceConditionalAccumulator",
        averaged,
        (ROWS,),
        expected=[np.int32(2), ROWS * 2],
        also=tuple(f"ResourceAccumulator{use}" for use in ACCUMULATOR_USES),
        **SAME,
    ),
    Case(
        "SparseConditionalAccumulator",
        rows_averaged,
        (ROWS,),
        expected=[np.int32(2), np.array([1, 4, 6]), ROWS_MEAN, np.array([9, 2])],
        also=(
            *("AccumulatorSetGlobalStep", "AccumulatorNumAccumulated"),
            *("SparseAccumulatorApplyGradient", "SparseAccumulatorTakeGradient"),
        ),
        **SAME,
    ),
    Case("PriorityQueueV2", by_priority, (NUMBERS,), np.sort(NUMBERS), **SAME),
    Case("RandomShuffleQueueV2", shuffled, (NUMBERS,), np.int64(6), **SAME),
    Case("PaddingFIFOQueueV2", padded, (ROWS[0],), ROWS[:1], also=("QueueEnqueueV2",), **SAME),
    Case("TextLineReaderV2", lambda: read(tf.TextLineReader(1), LINES), also=COUNTS, expected=[b"two", 1, 0], **SAME),
    Case("WholeFileReaderV2", lambda: read(tf.WholeFileReader(), BYTES), expected=[b"abcdefgh", 1, 0], **SAME),
    Case("IdentityReaderV2", lambda: read(tf.IdentityReader(), "a"), expected=[b"a", 1, 0], **SAME),
    Case("TFRecordReaderV2", lambda: read(tf.TFRecordReader(), RECORDS), expected=[b"record", 1, 0], **SAME),
    Case(
        "FixedLengthRecordReaderV2",
        lambda: read(tf.FixedLengthRecordReader(3, header_bytes=1), BYTES),
        expected=[b"bcd", 1, 0],
        **SAME,
    ),
    Case("ReaderReadUpToV2", lambda: read(tf.TextLineReader(), LINES, up_to=2), expected=[LINES_FOUND, 2, 0], **SAME),
    Case("ReadFile", written, expected=b"text", also=("WriteFile",), **SAME),
    Case("MatchingFiles", lambda: tf.matching_files(FOLDER + "/by*"), (), np.array([BYTES.encode()], object), **SAME),
    Case(
        "DecodeCSV",
        lambda x: tf.decode_csv(["1,a", "2,"], [x, ["b"]]),
        (np.array([7], np.int32),),
        expected=[np.array([1, 2], np.int32), np.array([b"a", b"b"], object)],
        hide=False,
        **SAME,
    ),
    Case("DecodeRaw", lambda: tf.decode_raw(["AB"], tf.uint8), (), np.array([[65, 66]], np.uint8), **SAME),
    Case("StringToNumber", lambda: tf.string_to_number(["1.5"]), (), np.array([1.5], np.float32), **SAME),
    Case(
        "ParseSingleExample",
        lambda: tf.parse_single_example(TEXT, {"i": tf.FixedLenFeature([2], tf.int64)})["i"],
        (),
        np.array([1, 2]),
        **SAME,
    ),
    Case(
        "ParseExample",
        lambda: tf.parse_example([TEXT, TEXT], {"i": tf.FixedLenFeature([2], tf.int64)})["i"],
        (),
        np.array([[1, 2], [1, 2]]),
        **SAME,
    ),
    Case(
        "ParseSingleSequenceExample",
        lambda: tf.parse_single_sequence_example(
            SEQUENCE.SerializeToString(), None, {"i": tf.FixedLenSequenceFeature([], tf.int64)}
        )[1]["i"],
        (),
        np.array([1, 2]),
        **SAME,
    ),
]
