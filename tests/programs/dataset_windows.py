"""A time series in windows: window, flat_map, batch, zip and skip, and a network that predicts the next value."""

import numpy as np
import tensorflow as tf

time = np.arange(300)
series = (np.sin(time / 8.0) + 0.3 * np.cos(time / 3.0) + 0.02 * np.random.RandomState(13).randn(300)).astype(
    np.float32
)
size = 12


def windowed(values, batch_size, shuffle):
    dataset = tf.data.Dataset.from_tensor_slices(values)
    dataset = dataset.window(size + 1, shift=1, drop_remainder=True)
    dataset = dataset.flat_map(lambda window: window.batch(size + 1))
    dataset = dataset.map(lambda window: (tf.reshape(window[:-1], [size]), window[-1:]))
    if shuffle:
        dataset = dataset.shuffle(100, seed=14)
    return dataset.batch(batch_size, drop_remainder=shuffle).prefetch(1)


tf.set_random_seed(15)
train, test = windowed(series[:240], 32, True), windowed(series[240:], 48, False)
iterator = tf.data.Iterator.from_structure(train.output_types, tf.compat.v1.data.get_output_shapes(test))
x, y = iterator.get_next()
hidden = tf.layers.dense(x, 16, tf.nn.tanh)
prediction = tf.layers.dense(hidden, 1)
loss = tf.reduce_mean(tf.abs(prediction - y))
train_op = tf.train.AdamOptimizer(0.02).minimize(loss)
start, start_test = iterator.make_initializer(train), iterator.make_initializer(test)
print(train.output_shapes, test.output_shapes)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(6):
        sess.run(start)
        steps = 0
        try:
            while True:
                value, _ = sess.run([loss, train_op])
                steps += 1
        except tf.errors.OutOfRangeError:
            sess.run(start_test)
            print("epoch %d, %d steps, loss %.4f, test %.4f" % (epoch, steps, value, sess.run(loss)))

with tf.Graph().as_default(), tf.Session() as sess:
    numbers = tf.data.Dataset.range(6)
    pairs = tf.data.Dataset.zip((numbers, numbers.skip(1), numbers.enumerate(start=10)))
    element = pairs.make_one_shot_iterator().get_next()
    try:
        while True:
            print(*sess.run(element))
    except tf.errors.OutOfRangeError as error:
        print("end:", error.message.split("\n")[0])
