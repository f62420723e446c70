"""Sentences of different lengths from a generator: padded batches, buckets, and a recurrent net with their lengths."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(11)
vocabulary = 12
sentences = [rng.randint(1, vocabulary, rng.randint(2, 12)) for _ in range(60)]
labels = [int((sentence > 6).mean() > 0.5) for sentence in sentences]


def generator():
    for sentence, label in zip(sentences, labels):
        yield sentence, len(sentence), label


tf.set_random_seed(12)
types, shapes = (tf.int32, tf.int32, tf.int32), (tf.TensorShape([None]), tf.TensorShape([]), tf.TensorShape([]))
dataset = tf.data.Dataset.from_generator(generator, types, shapes)
padded = dataset.shuffle(30, seed=1).padded_batch(10, padded_shapes=([None], [], []))
buckets = dataset.apply(
    tf.data.experimental.bucket_by_sequence_length(lambda words, length, label: length, [4, 8], [5, 10, 10])
)

iterator = tf.data.Iterator.from_structure(padded.output_types, padded.output_shapes)
words, lengths, label = iterator.get_next()
embedding = tf.get_variable("embedding", [vocabulary, 6], initializer=tf.random_uniform_initializer(-0.5, 0.5, seed=2))
inputs = tf.nn.embedding_lookup(embedding, words)
cell = tf.nn.rnn_cell.GRUCell(8, kernel_initializer=tf.random_uniform_initializer(-0.4, 0.4, seed=3))
_, state = tf.nn.dynamic_rnn(cell, inputs, sequence_length=lengths, dtype=tf.float32)
logits = tf.layers.dense(state, 2, kernel_initializer=tf.random_uniform_initializer(-0.4, 0.4, seed=4))
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=label, logits=logits))
train_op = tf.train.GradientDescentOptimizer(0.3).minimize(loss)

print("padded", padded.output_shapes)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for name, data in (("padded", padded), ("buckets", buckets)):
        start = iterator.make_initializer(data)
        for epoch in range(3):
            sess.run(start)
            losses, shapes = [], []
            while True:
                try:
                    value, shape, _ = sess.run([loss, words, train_op])
                except tf.errors.OutOfRangeError:
                    break
                losses.append(value)
                shapes.append("%dx%d" % shape.shape)
            print("%s epoch %d loss %.4f batches %s" % (name, epoch, np.mean(losses), " ".join(shapes)))
