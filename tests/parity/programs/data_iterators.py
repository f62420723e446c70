"""The four kinds of iterators: one shot, initializable, reinitializable and feedable."""

import minigraph as tf

limit = tf.placeholder(tf.int64, [], name="limit")
variable = tf.get_variable("step", initializer=tf.constant(2, tf.int64))

one_shot = tf.data.Dataset.range(3).make_one_shot_iterator()
initializable = tf.data.Dataset.range(limit).map(lambda x: x * 2).make_initializable_iterator(shared_name="mine")
training = tf.data.Dataset.range(6).batch(2)
testing = tf.data.Dataset.range(100, 103).batch(2)
either = tf.data.Iterator.from_structure(training.output_types, training.output_shapes)
to_training = either.make_initializer(training)
to_testing = either.make_initializer(testing, name="to_testing")
handle = tf.placeholder(tf.string, [], name="handle")
fed = tf.data.Iterator.from_string_handle(handle, training.output_types, training.output_shapes)
first = training.repeat().make_one_shot_iterator()
second = testing.make_initializable_iterator()
images = tf.placeholder(tf.float32, [None, 2], name="images")
pairs = tf.data.Dataset.from_tensor_slices(
    {"x": images, "y": tf.range(tf.shape(images)[0])}
).make_initializable_iterator()

a, b, c, d = one_shot.get_next(), initializable.get_next("next"), either.get_next(), fed.get_next()
pair = pairs.get_next()
again = one_shot.get_next()
doubled = tf.cast(a, tf.float32) * 2.0


def failure(function, *args):
    """Return the type and the first line of the error of a call."""
    try:
        return str(function(*args))
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0]


results = {}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["one_shot"] = [sess.run(a), sess.run(again), sess.run(doubled)]
    results["ended"] = failure(sess.run, a)
    results["uninitialized"] = [failure(sess.run, each) for each in (b, c)]
    sess.run(initializable.initializer, {limit: 3})
    results["initializable"] = [sess.run(b), sess.run(b)]
    sess.run(initializable.initializer, {limit: 2})
    results["anew"] = [sess.run(b), sess.run(b), failure(sess.run, b)]
    results["unfed"] = failure(sess.run, initializable.initializer)
    sess.run(to_training)
    results["either"] = [sess.run(c), sess.run(c)]
    sess.run(to_testing)
    results["or"] = [sess.run(c), sess.run(c), failure(sess.run, c)]
    sess.run(second.initializer)
    handles = sess.run([first.string_handle(), second.string_handle("second_handle")])
    results["fed"] = [sess.run(d, {handle: each}) for each in (handles[0], handles[0], handles[1], handles[0])]
    results["wrong"] = failure(sess.run, d, {handle: b"none"}).split(":")[0]
    sess.run(pairs.initializer, {images: [[1.0, 2.0], [3.0, 4.0]]})
    values = [sess.run(pair) for _ in range(2)]
    results["pairs"] = [value[key] for value in values for key in ("x", "y")]
with tf.Session() as sess:
    results["another_session"] = sess.run(a)
results["static"] = [
    str(x) for each in (one_shot, initializable, either, fed, pairs) for x in (each.output_types, each.output_shapes)
]
results["names"] = [each.name for each in (a, b, c, d, initializable.initializer, to_training, to_testing)]
results["refused"] = [
    failure(lambda: either.initializer),
    failure(either.make_initializer, tf.data.Dataset.range(3).map(tf.to_float)),
    failure(either.make_initializer, tf.data.Dataset.from_tensors([[1]])),
    failure(lambda: tf.data.Dataset.range(limit).make_one_shot_iterator()).split("(")[0],
    failure(lambda: tf.data.Dataset.from_tensors(tf.random_uniform([])).make_one_shot_iterator()).split("(")[0],
    failure(lambda: [x for x in training]),
]
results["collection"] = [each.name for each in tf.get_collection("iterators")]
print(results)
