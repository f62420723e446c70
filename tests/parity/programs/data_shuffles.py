"""Random orders of tf.data: those of TensorFlow, by its seeds, epoch after epoch."""

import minigraph as tf


def orders(seed, graph_seed, **options):
    """Return the orders of 12 numbers in three epochs, and of three epochs that are batched."""
    with tf.Graph().as_default():
        if graph_seed is not None:
            tf.set_random_seed(graph_seed)
        tf.constant(0.0)
        numbers = tf.data.Dataset.range(12)
        shuffled = numbers.shuffle(5, seed=seed, **options)
        built = [
            shuffled.repeat(3).batch(12),
            numbers.repeat(3).shuffle(7, seed=seed, **options).batch(12),
            shuffled.map(lambda x: x * x).batch(5).repeat(2),
            shuffled.batch(4).repeat(3).prefetch(1),
            shuffled.shuffle(100, seed=seed).take(6).repeat(2).batch(6),
            shuffled.cache().repeat(2).batch(12),
        ]
        iterator = shuffled.batch(12).make_initializable_iterator()
        element = iterator.get_next()
        elements = [each.make_one_shot_iterator().get_next() for each in built]
        found = []
        with tf.Session() as sess:
            for each in elements:
                try:
                    while True:
                        found.append(sess.run(each))
                except tf.errors.OutOfRangeError:
                    pass
            for _ in range(3):
                sess.run(iterator.initializer)
                found.append(sess.run(element))
    return found


results = {
    "op_seed": orders(5, None),
    "graph_seed": orders(None, 7),
    "both": orders(3, 7),
    "zeros": orders(0, 0),
    "large": orders(2**40 + 3, 11),
    "fixed": orders(5, None, reshuffle_each_iteration=False),
    "fixed_both": orders(9, 1, reshuffle_each_iteration=False),
}

tf.set_random_seed(21)
numbers = tf.data.Dataset.range(8)
fused = numbers.apply(tf.data.experimental.shuffle_and_repeat(5, count=3, seed=4)).batch(24)
random = tf.data.experimental.RandomDataset(seed=3).take(5).batch(5)
options = tf.data.Options()
options.experimental_optimization.apply_default_optimizations = False
plain = numbers.shuffle(5, seed=2).repeat(3).batch(24).with_options(options)
fed = tf.placeholder_with_default(tf.constant(5, tf.int64), [])
seeded = numbers.shuffle(10, seed=fed).batch(8).make_initializable_iterator()
interleaved = numbers.interleave(lambda x: numbers.shuffle(8, seed=1).take(2), cycle_length=2).batch(16)
in_turn = tf.data.Dataset.range(3).flat_map(lambda x: numbers.shuffle(8)).batch(24)
elements = [each.make_one_shot_iterator().get_next() for each in (fused, random, plain, interleaved, in_turn)]
element = seeded.get_next()
with tf.Session() as sess:
    results["more"] = [sess.run(each) for each in elements]
    for seed in (5, 6):
        sess.run(seeded.initializer, {fed: seed})
        results["seed%d" % seed] = sess.run(element)
print(results)
