"""Cases: datasets and iterators. None of them has a gradient; random orders and numbers are those of TensorFlow 1.15.5."""

import os
import tempfile

import numpy as np
from opcases import Case

import minigraph as tf

FOLDER = tempfile.mkdtemp()
LINES, BYTES, RECORDS, TABLE = (os.path.join(FOLDER, name) for name in ("lines", "bytes", "records", "table"))
with open(LINES, "w") as file:
    file.write("one\ntwo\n")
with open(BYTES, "wb") as file:
    file.write(b"HEAD" + b"abcdef")
with tf.python_io.TFRecordWriter(RECORDS) as writer:
    writer.write(b"record")
with open(TABLE, "w") as file:
    file.write('a,b\n1,"x,y"\n,z\n')

NUMBERS = np.array([3, 1, 2, 5], np.int64)
ROWS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]], np.float32)
ex = tf.data.experimental


def all_of(dataset):
    """Build the elements of a dataset, stacked."""
    return ex.get_single_element(dataset.batch(100))


def rows(change):
    """Build the elements of what a function makes of the dataset of the rows of an array."""
    return lambda array: all_of(change(tf.data.Dataset.from_tensor_slices(array)))


def case(op, change, expected, array=NUMBERS, **options):
    return Case(op, rows(change), (array,), expected, grad_order=0, **options)


def repeat(x):
    return tf.data.Dataset.from_tensors(x).repeat(2)


def after(op, build):
    """Build what runs after an operation."""
    with tf.control_dependencies([op]):
        return build()


def initialized(array):
    iterator = tf.data.Dataset.from_tensor_slices(array).make_initializable_iterator()
    return after(iterator.initializer, iterator.get_next)


def one_shot():
    return tf.data.Dataset.range(3, 9).make_one_shot_iterator().get_next()


def by_handle():
    iterator = tf.data.Dataset.from_tensors([1.0, 2.0]).repeat().make_one_shot_iterator()
    return tf.data.Iterator.from_string_handle(iterator.string_handle(), tf.float32, [2]).get_next()


def generated():
    return all_of(tf.data.Dataset.from_generator(lambda: iter(range(3)), tf.int32, []))


def written(array):
    texts = tf.data.Dataset.from_tensor_slices(array)
    path = os.path.join(FOLDER, "written")
    write = ex.TFRecordWriter(path).write(texts)
    return after(write, lambda: all_of(tf.data.TFRecordDataset(path)))


def optimized(array):
    """Build an element of a dataset with TF1's default optimizations."""
    iterator = tf.data.Dataset.from_tensor_slices(array).repeat(1).batch(3).make_initializable_iterator()
    return after(iterator.initializer, iterator.get_next)


def key_of(x):
    return x % 2


SUM = ex.Reducer(lambda key: np.int64(0), lambda state, x: state + x, lambda state: state)
TEXTS = np.array([b"one", b"two"], object)

CASES = [
    case("TensorSliceDataset", lambda d: d, NUMBERS, also=("BatchDatasetV2", "DatasetToSingleElement")),
    Case("TensorDataset", lambda x: all_of(tf.data.Dataset.from_tensors(x)), (ROWS,), ROWS[None], grad_order=0),
    Case(
        "RangeDataset",
        lambda n: all_of(tf.data.Dataset.range(n, 20, 5)),
        (np.array(4, np.int64),),
        np.array([4, 9, 14, 19]),
        grad_order=0,
    ),
    Case(
        "GeneratorDataset",
        generated,
        (),
        np.arange(3, dtype=np.int32),
        grad_order=0,
        also=("FlatMapDataset", "PyFunc", "TensorDataset"),
    ),
    case("MapDataset", lambda d: d.map(lambda x: x * x), NUMBERS**2),
    case("ParallelMapDataset", lambda d: d.map(lambda x: -x, num_parallel_calls=2), -NUMBERS),
    case("MapAndBatchDataset", lambda d: d.apply(ex.map_and_batch(lambda x: x + 1, 4)), NUMBERS[None] + 1),
    case("FilterDataset", lambda d: d.filter(lambda x: x > 1), np.array([3, 2, 5])),
    case("FlatMapDataset", lambda d: d.flat_map(repeat), np.repeat(NUMBERS, 2)),
    case(
        "InterleaveDataset",
        lambda d: d.interleave(repeat, cycle_length=2),
        np.array([3, 1, 3, 1, 2, 5, 2, 5], np.int64),
    ),
    case(
        "ParallelInterleaveDatasetV2",
        lambda d: d.interleave(repeat, cycle_length=2, num_parallel_calls=2),
        np.array([3, 1, 3, 1, 2, 5, 2, 5], np.int64),
    ),
    case(
        "ParallelInterleaveDataset",
        lambda d: d.apply(ex.parallel_interleave(repeat, cycle_length=2)),
        np.array([3, 1, 3, 1, 2, 5, 2, 5], np.int64),
    ),
    case(
        "ScanDataset",
        lambda d: d.apply(ex.scan(tf.constant(0, tf.int64), lambda s, x: (s + x, s + x))),
        np.cumsum(NUMBERS),
    ),
    case("TakeWhileDataset", lambda d: d.apply(ex.take_while(lambda x: x < 5)), NUMBERS[:3]),
    Case(
        "ReduceDataset",
        lambda array: tf.data.Dataset.from_tensor_slices(array).reduce(np.int64(1), lambda s, x: s * x),
        (NUMBERS,),
        np.prod(NUMBERS),
        grad_order=0,
    ),
    case("TakeDataset", lambda d: d.take(2), NUMBERS[:2]),
    case("SkipDataset", lambda d: d.skip(1), NUMBERS[1:]),
    case("ShardDataset", lambda d: d.shard(2, 1), NUMBERS[1::2]),
    case("RepeatDataset", lambda d: d.repeat(3), np.tile(NUMBERS, 3)),
    case("ConcatenateDataset", lambda d: d.concatenate(d.take(1)), np.append(NUMBERS, NUMBERS[:1])),
    Case(
        "ZipDataset",
        lambda array: all_of(
            tf.data.Dataset.zip((tf.data.Dataset.from_tensor_slices(array), tf.data.Dataset.range(2)))
        ),
        (ROWS,),
        [ROWS[:2], np.arange(2)],
        grad_order=0,
    ),
    case("CacheDataset", lambda d: d.cache().repeat(2), np.tile(NUMBERS, 2)),
    case("PrefetchDataset", lambda d: d.prefetch(2), NUMBERS),
    case(
        "IgnoreErrorsDataset",
        lambda d: d.map(lambda x: 6 // (x - 1)).apply(ex.ignore_errors()),
        np.array([3, 6, 1], np.int64),
    ),
    case("ShuffleDataset", lambda d: d.shuffle(3, seed=1), np.array([1, 5, 3, 2], np.int64)),
    case(
        "ShuffleAndRepeatDataset",
        lambda d: d.apply(ex.shuffle_and_repeat(3, count=2, seed=1)),
        np.array([3, 5, 1, 2, 1, 5, 2, 3], np.int64),
    ),
    Case(
        "RandomDataset",
        lambda: all_of(ex.RandomDataset(seed=3).take(2)),
        (),
        np.array([3534849767, 279844183]),
        grad_order=0,
    ),
    case("PaddedBatchDatasetV2", lambda d: d.map(lambda x: tf.fill([x], x)).padded_batch(2, [5]).take(1), None),
    case("UnbatchDataset", lambda d: d.unbatch(), ROWS.ravel(), ROWS),
    case("WindowDataset", lambda d: d.window(2).flat_map(lambda w: w.batch(2)), NUMBERS.reshape(2, 2)),
    case(
        "SlidingWindowDataset",
        lambda d: d.apply(tf.contrib.data.sliding_window_batch(2)),
        np.array([[3, 1], [1, 2], [2, 5]], np.int64),
    ),
    case(
        "GroupByWindowDataset",
        lambda d: d.apply(ex.group_by_window(key_of, lambda key, group: group.batch(2), 2)).apply(ex.unbatch()),
        np.array([3, 1, 2, 5], np.int64),
    ),
    case(
        "ExperimentalGroupByReducerDataset",
        lambda d: d.apply(ex.group_by_reducer(key_of, SUM)),
        np.array([2, 9], np.int64),
    ),
    case("UniqueDataset", lambda d: d.repeat(2).apply(ex.unique()), NUMBERS),
    case(
        "DirectedInterleaveDataset",
        lambda d: ex.choose_from_datasets([d, d.map(lambda x: -x)], tf.data.Dataset.range(2).repeat(2)),
        np.array([3, -3, 1, -1], np.int64),
    ),
    Case("TextLineDataset", lambda: all_of(tf.data.TextLineDataset(LINES)), (), TEXTS, grad_order=0),
    Case(
        "TFRecordDataset",
        lambda: all_of(tf.data.TFRecordDataset(RECORDS)),
        (),
        np.array([b"record"], object),
        grad_order=0,
    ),
    Case(
        "FixedLengthRecordDatasetV2",
        lambda: all_of(tf.data.FixedLengthRecordDataset(BYTES, 3, header_bytes=4)),
        (),
        np.array([b"abc", b"def"], object),
        grad_order=0,
    ),
    Case(
        "CSVDataset",
        lambda default: all_of(ex.CsvDataset(TABLE, [default, tf.string], header=True)),
        (np.array([7], np.int64),),
        [np.array([1, 7]), np.array([b"x,y", b"z"], object)],
        grad_order=0,
        hide=False,
    ),
    Case("DatasetToTFRecord", written, (TEXTS,), TEXTS, grad_order=0),
    Case(
        "DatasetCardinality",
        lambda array: ex.cardinality(tf.data.Dataset.from_tensor_slices(array).batch(3)),
        (ROWS,),
        np.int64(2),
        grad_order=0,
    ),
    Case("IteratorV2", initialized, (ROWS,), ROWS[0], grad_order=0, also=("MakeIterator", "IteratorGetNext")),
    Case("OptimizeDataset", optimized, (ROWS,), ROWS[:3], grad_order=0, also=("ModelDataset",)),
    Case("OneShotIterator", one_shot, (), np.int64(3), grad_order=0, deterministic=False),
    Case(
        "IteratorToStringHandle",
        by_handle,
        (),
        np.array([1.0, 2.0], np.float32),
        grad_order=0,
        also=("IteratorFromStringHandleV2",),
    ),
    Case(
        "ReduceJoin",
        lambda texts: [tf.reduce_join(texts, 1, separator="-"), tf.reduce_join(texts, [0, 1]), tf.reduce_join(texts)],
        (np.array([[b"a", b"b"], [b"c", b"d"]], object),),
        [np.array([b"a-b", b"c-d"], object), np.array(b"acbd", object), np.array(b"abcd", object)],
        grad_order=0,
    ),
    Case(
        "StatelessMultinomial",
        lambda: all_of(ex.sample_from_datasets([tf.data.Dataset.range(n, n + 2) for n in (0, 5)], seed=2)),
        (),
        np.array([5, 0, 6, 1], np.int64),
        grad_order=0,
        also=("DirectedInterleaveDataset", "RandomDataset"),
    ),
]
