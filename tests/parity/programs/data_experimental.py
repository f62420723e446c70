"""tf.data.experimental and tf.contrib.data: groups, buckets, scans, choices, batches of maps."""

import numpy as np

import minigraph as tf

ex = tf.data.experimental
tf.set_random_seed(5)
numbers = tf.data.Dataset.range(10)
ragged = tf.data.Dataset.from_tensor_slices([3, 1, 4, 1, 5, 2, 6]).map(lambda n: tf.fill([n], n))
limit = tf.constant(6, tf.int64)

datasets = {
    "unbatched": numbers.batch(4).apply(ex.unbatch()),
    "map_and_batch": numbers.apply(ex.map_and_batch(lambda x: (x, x * x), 4)),
    "map_and_batch_whole": numbers.apply(
        ex.map_and_batch(lambda x: x + limit, 3, num_parallel_calls=2, drop_remainder=True)
    ),
    "shuffle_and_repeat": numbers.apply(ex.shuffle_and_repeat(4, count=2, seed=3)).batch(20),
    "shuffle_and_repeat_graph": numbers.apply(ex.shuffle_and_repeat(20, 2)).batch(20),
    "ignored": numbers.map(lambda x: tf.check_numerics(1.0 / tf.cast(x % 3, tf.float32), "bad")).apply(
        ex.ignore_errors()
    ),
    "counted": tf.data.Dataset.from_tensor_slices(["a", "b"]).apply(ex.enumerate_dataset(7)),
    "counter": ex.Counter(3, 2).take(3),
    "counter_float": ex.Counter(1.5, dtype=tf.float32).take(2),
    "random": ex.RandomDataset().take(3),
    "scanned": numbers.apply(ex.scan(tf.constant(1, tf.int64), lambda state, x: (state + x, (state, x)))),
    "taken": numbers.apply(ex.take_while(lambda x: x < limit)),
    "unique": tf.data.Dataset.from_tensor_slices(["a", "b", "a", "c", "b"]).apply(ex.unique()),
    "windows": numbers.apply(ex.group_by_window(lambda x: x % 3, lambda key, group: group.batch(2), window_size=2)),
    "windows_sized": numbers.apply(
        ex.group_by_window(
            lambda x: x % 2,
            lambda key, group: group.map(lambda x: (key, x)).batch(8),
            window_size_func=lambda key: key + 2,
        )
    ),
    "reduced": numbers.apply(
        ex.group_by_reducer(
            lambda x: x % 3,
            ex.Reducer(
                lambda key: (key, np.int64(0)), lambda state, x: (state[0], state[1] + x), lambda key, s: (key, s)
            ),
        )
    ),
    "buckets": ragged.apply(ex.bucket_by_sequence_length(lambda row: tf.shape(row)[0], [3, 5], [2, 2, 2])),
    "buckets_full": ragged.apply(
        ex.bucket_by_sequence_length(lambda row: tf.size(row), [3, 8], [2, 3, 1], [None], padding_values=-1)
    ),
    "chosen": ex.choose_from_datasets([numbers, numbers.map(lambda x: -x)], tf.data.Dataset.range(2).repeat(4)),
    "sampled": ex.sample_from_datasets([numbers, numbers.map(lambda x: x + 100)], seed=2),
    "sampled_by_weight": ex.sample_from_datasets([numbers.repeat(), numbers.map(lambda x: x + 100)], [0.7, 0.3]).take(
        20
    ),
    "turns": numbers.apply(
        ex.parallel_interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(2), cycle_length=3, block_length=1)
    ),
    "whole": numbers.apply(tf.contrib.data.batch_and_drop_remainder(3)),
    "padded": ragged.apply(tf.contrib.data.padded_batch_and_drop_remainder(3, [7])),
    "slid": numbers.apply(tf.contrib.data.sliding_window_batch(3, window_shift=2)),
    "contrib": numbers.apply(tf.contrib.data.shuffle_and_repeat(3, 1, seed=1)),
}
single = ex.get_single_element(numbers.batch(10).map(lambda x: (x, tf.reduce_sum(x))))
counted = [
    numbers,
    numbers.batch(3),
    numbers.batch(3, True),
    numbers.repeat(),
    numbers.repeat(3),
    numbers.map(lambda x: x),
    numbers.filter(lambda x: x > 3),
    tf.data.Dataset.zip((numbers, numbers.take(4))),
    numbers.take(-1),
    numbers.take(99),
    numbers.skip(99),
    numbers.skip(-1),
    numbers.shuffle(2),
    numbers.window(3),
    numbers.concatenate(numbers),
    numbers.prefetch(1),
    numbers.shard(3, 1),
    numbers.repeat().take(5),
    numbers.flat_map(lambda x: numbers),
    numbers.window(3, shift=1, drop_remainder=True),
    ragged.padded_batch(2, [None]),
    datasets["counter"],
    datasets["map_and_batch"],
    datasets["windows"],
    datasets["shuffle_and_repeat"],
    numbers.repeat().skip(3),
    tf.data.TextLineDataset("none"),
    numbers.repeat().concatenate(numbers),
    numbers.cache(),
    datasets["ignored"],
]
cardinalities = [ex.cardinality(each) for each in counted]
elements = {name: datasets[name].make_one_shot_iterator().get_next() for name in sorted(datasets)}


def leaves(element):
    """Return the values of an element, in the order of its structure."""
    if isinstance(element, tuple):
        return [leaf for part in element for leaf in leaves(part)]
    return [element]


results = {}
with tf.Session() as sess:
    for name in sorted(elements):
        found = results[name] = []
        try:
            while True:
                found += leaves(sess.run(elements[name]))
        except tf.errors.OutOfRangeError:
            results[name + "_ended"] = True
    results["single"] = sess.run(single)
    results["cardinalities"] = sess.run(cardinalities)
for name in sorted(datasets):
    results[name + "_static"] = [str(datasets[name].output_types), str(datasets[name].output_shapes)]
print(results)
