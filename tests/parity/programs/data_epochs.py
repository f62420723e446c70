"""Which seeds each epoch of nested repetitions, concatenations and shuffles uses."""

import minigraph as tf

tf.set_random_seed(1)
shuffled = tf.data.Dataset.range(5).shuffle(5, seed=2)
mapped = shuffled.map(lambda x: x + 10)
other = tf.data.Dataset.range(20, 24).shuffle(4)
datasets = [
    mapped.repeat(2).repeat(2),
    mapped.repeat(2).concatenate(mapped).repeat(2),
    mapped.take(3).repeat(4),
    mapped.shuffle(2, seed=3).take(2).repeat(4),
    mapped.shuffle(20, seed=3).take(2).repeat(4),
    mapped.repeat().take(12).repeat(2),
    tf.data.Dataset.zip((mapped.repeat(2), shuffled)).map(lambda a, b: a * 100 + b).repeat(2),
    tf.data.Dataset.zip((mapped, shuffled, mapped.prefetch(1))).map(lambda a, b, c: a * 1000 + b * 100 + c).repeat(2),
    tf.data.Dataset.range(3).flat_map(lambda x: shuffled.take(2)).repeat(2),
    tf.data.Dataset.range(3).interleave(lambda x: mapped.concatenate(other), cycle_length=2, block_length=2),
    shuffled.concatenate(other).shuffle(3).repeat(3),
    mapped.cache().shuffle(3, seed=5).repeat(3),
    mapped.cache().repeat(2).concatenate(mapped),
    mapped.batch(2).shuffle(2).apply(tf.data.experimental.unbatch()).repeat(2),
    mapped.repeat(0).concatenate(mapped.repeat(1)).repeat(2),
    mapped.window(2).flat_map(lambda w: w.shuffle(2, seed=1).batch(2)).map(lambda w: tf.reduce_sum(w)).repeat(2),
    mapped.filter(lambda x: x > 11).skip(1).repeat(3),
    shuffled.repeat(1),
    shuffled.take(-1).repeat(2),
    shuffled.skip(0).repeat(3),
    shuffled.prefetch(0).repeat(2).map(lambda x: x + 1),
    mapped.take(2).repeat(1).repeat(3),
]
elements = [each.batch(100).make_one_shot_iterator().get_next() for each in datasets[:13] + datasets[14:]]
initializable = mapped.repeat(2).shuffle(3).batch(10).make_initializable_iterator()
element = initializable.get_next()
results = {}
with tf.Session() as sess:
    for i, each in enumerate(elements):
        results["order%d" % i] = sess.run(each)
    for i in range(3):
        sess.run(initializable.initializer)
        results["begun%d" % i] = sess.run(element)
print(results)
