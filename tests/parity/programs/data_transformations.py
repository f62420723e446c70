"""Transformations of tf.data: maps, filters, batches, windows, interleavings, reductions."""

import minigraph as tf

numbers = tf.data.Dataset.range(10)
rows = tf.data.Dataset.from_tensor_slices([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
scale = tf.constant(3, tf.int64, name="scale")
ragged = numbers.map(lambda n: tf.fill([tf.cast(n, tf.int32) % 4], n))


def several(x):
    return tf.data.Dataset.from_tensors(x).repeat(3)


datasets = {
    "squares": numbers.map(lambda x: x * x),
    "captured": numbers.map(lambda x: (x * scale, {"half": tf.cast(x, tf.float32) / 2.0})),
    "parallel": numbers.map(lambda x: x + 1, num_parallel_calls=3),
    "even": numbers.filter(lambda x: tf.equal(x % 2, 0)),
    "flat": rows.flat_map(tf.data.Dataset.from_tensor_slices),
    "turns": numbers.interleave(several, cycle_length=3, block_length=2),
    "turns_parallel": numbers.interleave(several, cycle_length=2, block_length=1, num_parallel_calls=2),
    "batches": numbers.batch(4),
    "whole_batches": numbers.batch(4, drop_remainder=True),
    "pairs": numbers.map(lambda x: (x, tf.stack([x, -x]))).batch(3),
    "padded": ragged.padded_batch(3, [None]),
    "padded_to": ragged.padded_batch(4, [5], padding_values=tf.constant(-1, tf.int64), drop_remainder=True),
    "padded_many": tf.data.Dataset.zip(
        (ragged, {"n": numbers, "text": tf.data.Dataset.from_tensor_slices(list("abcdefghij"))})
    ).padded_batch(5, ([-1], {"n": [], "text": []})),
    "unbatched": rows.batch(2).apply(tf.data.experimental.unbatch()).apply(tf.data.experimental.unbatch()),
    "taken": numbers.skip(3).take(4),
    "all": numbers.take(-1).skip(0),
    "none": numbers.skip(-1),
    "shard": numbers.shard(3, 1),
    "repeated": numbers.take(2).repeat(3).concatenate(numbers.skip(8)),
    "forever": numbers.take(3).repeat().take(8),
    "windows": numbers.window(4, shift=2, stride=2).flat_map(lambda window: window.batch(4)),
    "windows_whole": numbers.window(3, shift=1, drop_remainder=True).flat_map(lambda window: window.batch(3)),
    "windows_zipped": tf.data.Dataset.zip((numbers, numbers.skip(1)))
    .window(2)
    .flat_map(lambda a, b: tf.data.Dataset.zip((a.batch(2), b.batch(2)))),
    "cached": numbers.map(lambda x: x * 10).cache().repeat(2),
    "ahead": numbers.prefetch(2),
    "ahead_auto": numbers.batch(3).prefetch(buffer_size=tf.data.experimental.AUTOTUNE),
    "applied": numbers.apply(lambda each: each.take(1)),
    "enumerated": rows.enumerate(),
    "strings": tf.data.Dataset.from_tensor_slices(["1,2", "3,4"]).map(lambda line: tf.decode_csv(line, [[0], [0.0]])),
    "conditional": numbers.map(lambda x: tf.where(x > 4, x, -x)),
}
total = numbers.reduce(tf.constant(0, tf.int64), lambda state, x: state + x)
count, product = tf.data.Dataset.range(1, 6).reduce(
    (0, tf.constant(1, tf.int64)), lambda state, x: (state[0] + 1, state[1] * x)
)
elements = {name: datasets[name].make_one_shot_iterator().get_next() for name in sorted(datasets)}


def leaves(element):
    """Return the values of an element, in the order of its structure."""
    if isinstance(element, dict):
        return [leaf for key in sorted(element) for leaf in leaves(element[key])]
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
    results["reduced"] = sess.run([total, count, product])
for name in sorted(datasets):
    results[name + "_static"] = [str(datasets[name].output_types), str(datasets[name].output_shapes)]
print(results)
