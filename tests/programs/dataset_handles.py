"""A feedable iterator: training batches without end, and a validation set that begins anew each time."""

import numpy as np
import tensorflow as tf

tf.set_random_seed(3)
rng = np.random.RandomState(3)
features = rng.uniform(-1, 1, (200, 3)).astype(np.float32)
targets = (features.dot([1.5, -2.0, 0.7]) + 0.3).astype(np.float32)[:, None]


def with_noise(x, y):
    return x + tf.random_normal(tf.shape(x), stddev=0.05), y


training = tf.data.Dataset.from_tensor_slices((features[:150], targets[:150]))
training = training.map(with_noise).shuffle(50, seed=11).repeat().batch(10).prefetch(1)
validation = tf.data.Dataset.from_tensor_slices((features[150:], targets[150:])).batch(20)

handle = tf.placeholder(tf.string, shape=[])
iterator = tf.data.Iterator.from_string_handle(handle, training.output_types, training.output_shapes)
x, y = iterator.get_next()
training_iterator = training.make_one_shot_iterator()
validation_iterator = validation.make_initializable_iterator()

prediction = tf.layers.dense(x, 1, kernel_initializer=tf.zeros_initializer())
loss = tf.losses.mean_squared_error(y, prediction)
train_op = tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    training_handle = sess.run(training_iterator.string_handle())
    validation_handle = sess.run(validation_iterator.string_handle())
    for epoch in range(4):
        for _ in range(25):
            value, _ = sess.run([loss, train_op], feed_dict={handle: training_handle})
        sess.run(validation_iterator.initializer)
        losses = []
        while True:
            try:
                losses.append(sess.run(loss, feed_dict={handle: validation_handle}))
            except tf.errors.OutOfRangeError:
                break
        print("epoch %d train %.5f validation %.5f over %d batches" % (epoch, value, np.mean(losses), len(losses)))
    kernel, bias = sess.run(tf.trainable_variables())
    print("kernel", " ".join("%.3f" % v for v in kernel.ravel()), "bias %.3f" % bias[0])
