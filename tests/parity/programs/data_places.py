"""The seeds of shuffles in datasets that functions make, and of one dataset that several others contain."""

import minigraph as tf

tf.set_random_seed(1)
ex = tf.data.experimental
shuffled = tf.data.Dataset.range(5).shuffle(5, seed=2)
mapped = shuffled.map(lambda x: x + 10)
numbers = tf.data.Dataset.range
datasets = {
    "par": numbers(6).interleave(lambda x: mapped.take(2), cycle_length=2, num_parallel_calls=2),
    "par3": numbers(7).interleave(lambda x: mapped.take(2), cycle_length=3, block_length=2, num_parallel_calls=3),
    "pi": numbers(6).apply(ex.parallel_interleave(lambda x: mapped.take(2), cycle_length=2)),
    "pi3": numbers(7).apply(ex.parallel_interleave(lambda x: mapped.take(3), cycle_length=3, block_length=2)),
    "gw": numbers(8)
    .apply(ex.group_by_window(lambda x: x % 2, lambda k, d: d.shuffle(4, seed=1).batch(4), 4))
    .repeat(2)
    .apply(ex.unbatch()),
    "gw2": numbers(12).apply(ex.group_by_window(lambda x: x % 3, lambda k, d: d.shuffle(4, seed=1), 2)).repeat(2),
    "gwm": numbers(8).apply(ex.group_by_window(lambda x: x % 2, lambda k, d: mapped.take(2), 2)),
    "ch": ex.choose_from_datasets([mapped, mapped, shuffled], numbers(3).repeat(3)).repeat(2),
    "sa": ex.sample_from_datasets([mapped, shuffled], seed=1).repeat(2),
    "cf": numbers(3).flat_map(lambda x: mapped.take(2).cache().repeat(2)).repeat(2),
    "win": shuffled.window(2).flat_map(lambda w: w.shuffle(2, seed=3)).repeat(3),
    "scan": mapped.apply(ex.scan(tf.constant(0, tf.int64), lambda s, x: (s + x, s + x))).repeat(2),
    "tw": mapped.apply(ex.take_while(lambda x: x < 13)).repeat(3),
    "en": mapped.enumerate().map(lambda i, x: i * 100 + x).repeat(2),
    "un": mapped.apply(ex.unique()).repeat(2),
    "mb": shuffled.apply(ex.map_and_batch(lambda x: x, 2)).apply(ex.unbatch()).repeat(2),
    "pb": shuffled.padded_batch(2, []).apply(ex.unbatch()).repeat(2),
    "ie": mapped.apply(ex.ignore_errors()).repeat(2),
    "sl": shuffled.apply(tf.contrib.data.sliding_window_batch(2)).apply(ex.unbatch()).repeat(2),
    "shard": mapped.shard(2, 1).repeat(3),
    "gr": mapped.apply(
        ex.group_by_reducer(
            lambda x: x % 2, ex.Reducer(lambda k: tf.constant(0, tf.int64), lambda s, x: s * 10 + x, lambda s: s)
        )
    ).repeat(2),
    "pm": shuffled.map(lambda x: x + 1, num_parallel_calls=3).repeat(3),
    "sar": shuffled.apply(ex.shuffle_and_repeat(3, 2, seed=5)).repeat(2),
    "pf": shuffled.prefetch(2).repeat(3),
}
elements = {name: datasets[name].batch(100).make_one_shot_iterator().get_next() for name in sorted(datasets)}
total = shuffled.repeat(2).reduce(tf.constant(0, tf.int64), lambda s, x: s * 7 + x)
whole = ex.get_single_element(mapped.repeat(2).batch(10))
results = {}
with tf.Session() as sess:
    for name in sorted(elements):
        results[name] = sess.run(elements[name])
    results["again"] = [sess.run([total, whole]) for _ in range(2)]
print(results)
