"""Skip-grams from a generator of batches, and noise-contrastive estimation, as in Stanford's CS 20."""

import numpy as np
import tensorflow as tf

words = (
    "the quick brown fox jumps over the lazy dog and the slow red fox sleeps under the old tree near the dog".split()
)
dictionary = {word: i for i, word in enumerate(sorted(set(words)))}
indices = [dictionary[word] for word in words] * 6
BATCH_SIZE, EMBED_SIZE, WINDOW, NUM_SAMPLED = 16, 8, 2, 5


def generate_sample(numbers, window):
    rng = np.random.RandomState(16)
    for i, center in enumerate(numbers):
        context = rng.randint(1, window + 1)
        for target in numbers[max(0, i - context) : i] + numbers[i + 1 : i + context + 1]:
            yield center, target


def batch_gen():
    single = generate_sample(indices, WINDOW)
    while True:
        centers, targets = np.zeros(BATCH_SIZE, np.int32), np.zeros((BATCH_SIZE, 1), np.int32)
        for i in range(BATCH_SIZE):
            try:
                centers[i], targets[i] = next(single)
            except StopIteration:
                return
        yield centers, targets


tf.set_random_seed(17)
dataset = tf.data.Dataset.from_generator(
    batch_gen, (tf.int32, tf.int32), (tf.TensorShape([BATCH_SIZE]), tf.TensorShape([BATCH_SIZE, 1]))
)
with tf.name_scope("data"):
    iterator = dataset.make_initializable_iterator()
    center_words, target_words = iterator.get_next()
with tf.name_scope("embed"):
    embed_matrix = tf.get_variable(
        "embed_matrix", [len(dictionary), EMBED_SIZE], initializer=tf.random_uniform_initializer(-1, 1)
    )
    embed = tf.nn.embedding_lookup(embed_matrix, center_words, name="embedding")
with tf.name_scope("loss"):
    nce_weight = tf.get_variable(
        "nce_weight",
        [len(dictionary), EMBED_SIZE],
        initializer=tf.truncated_normal_initializer(stddev=1.0 / (EMBED_SIZE**0.5)),
    )
    nce_bias = tf.get_variable("nce_bias", initializer=tf.zeros([len(dictionary)]))
    loss = tf.reduce_mean(
        tf.nn.nce_loss(nce_weight, nce_bias, target_words, embed, NUM_SAMPLED, len(dictionary)), name="loss"
    )
optimizer = tf.train.GradientDescentOptimizer(0.5).minimize(loss)

print(center_words, target_words)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(5):
        sess.run(iterator.initializer)
        losses = []
        try:
            while True:
                value, _ = sess.run([loss, optimizer])
                losses.append(value)
        except tf.errors.OutOfRangeError:
            print("epoch %d: %d batches, loss %.4f" % (epoch, len(losses), np.mean(losses)))
    matrix = sess.run(embed_matrix)
    print("norms", " ".join("%.3f" % norm for norm in np.linalg.norm(matrix, axis=1)[:6]))
