"""Digits by tf.data: one iterator that is switched between training and test data, as in Stanford's CS 20."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
patterns = rng.rand(10, 64) > 0.6


def digits(count):
    labels = rng.randint(0, 10, count)
    images = patterns[labels].astype(np.float32) + 0.35 * rng.randn(count, 64).astype(np.float32)
    return images, np.eye(10, dtype=np.float32)[labels]


learning_rate, batch_size, n_epochs = 0.01, 32, 5
train, test = digits(512), digits(160)

tf.set_random_seed(1)
train_data = tf.data.Dataset.from_tensor_slices(train)
train_data = train_data.shuffle(512)
train_data = train_data.batch(batch_size)
test_data = tf.data.Dataset.from_tensor_slices(test).batch(batch_size)

iterator = tf.data.Iterator.from_structure(train_data.output_types, train_data.output_shapes)
img, label = iterator.get_next()
train_init = iterator.make_initializer(train_data)
test_init = iterator.make_initializer(test_data)

w = tf.get_variable("weights", shape=(64, 10), initializer=tf.random_normal_initializer(0, 0.01))
b = tf.get_variable("bias", shape=(1, 10), initializer=tf.zeros_initializer())
logits = tf.matmul(img, w) + b
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(logits=logits, labels=label))
optimizer = tf.train.AdamOptimizer(learning_rate).minimize(loss)
correct = tf.equal(tf.argmax(tf.nn.softmax(logits), 1), tf.argmax(label, 1))
accuracy = tf.reduce_sum(tf.cast(correct, tf.float32))

print("images:", train_data.output_shapes[0], "types:", train_data.output_types)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(n_epochs):
        sess.run(train_init)
        total_loss = n_batches = 0
        try:
            while True:
                _, value = sess.run([optimizer, loss])
                total_loss += value
                n_batches += 1
        except tf.errors.OutOfRangeError:
            pass
        print("Average loss epoch {0}: {1:.4f} ({2} batches)".format(epoch, total_loss / n_batches, n_batches))
    sess.run(test_init)
    total_correct = 0.0
    try:
        while True:
            total_correct += sess.run(accuracy)
    except tf.errors.OutOfRangeError:
        pass
    print("Accuracy {0:.4f}".format(total_correct / len(test[0])))
