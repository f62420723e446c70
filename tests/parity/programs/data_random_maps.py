"""Random numbers inside the functions of tf.data: TensorFlow's, by the seeds that it derives there."""

import minigraph as tf

tf.set_random_seed(42)
images = tf.data.Dataset.from_tensor_slices(tf.reshape(tf.range(48.0), [4, 3, 4]))
numbers = tf.data.Dataset.range(4)


def augmented(image):
    image = tf.random_crop(image, [2, 2])
    return image + tf.random_normal([2, 2], stddev=0.1), tf.random_uniform([], seed=3)


def noisy(x):
    with tf.name_scope("noisy"):
        return tf.cast(x, tf.float32) + tf.random_uniform([2], -1.0, 1.0)


datasets = [
    images.map(augmented),
    images.map(augmented).batch(4).repeat(2),
    numbers.map(noisy),
    numbers.map(lambda x: tf.random_uniform([], maxval=100, dtype=tf.int32)).repeat(2).batch(8),
    numbers.flat_map(lambda x: tf.data.Dataset.from_tensors(x).map(noisy)).batch(4),
    numbers.filter(lambda x: tf.random_uniform([], seed=8) < 0.6).repeat(4).batch(100),
    numbers.map(lambda x: tf.random_shuffle(tf.range(5), seed=2)),
]
elements = [each.make_one_shot_iterator().get_next() for each in datasets]
iterator = numbers.map(noisy).batch(4).make_initializable_iterator()
element = iterator.get_next()
outside = tf.random_uniform([3])

results = {}
with tf.Session() as sess:
    for i, each in enumerate(elements):
        found = results["values%d" % i] = []
        try:
            while True:
                value = sess.run(each)
                found += list(value) if isinstance(value, tuple) else [value]
        except tf.errors.OutOfRangeError:
            pass
    for i in range(2):
        sess.run(iterator.initializer)
        results["epoch%d" % i] = sess.run(element)
    results["outside"] = sess.run(outside)
print(results)
