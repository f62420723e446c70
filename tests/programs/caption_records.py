"""Captions of images in a file of sequence examples, read by a queue, with a small language model on them."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(6)
vocab = ["<S>", "</S>", "a", "dog", "cat", "runs", "sleeps", "red", "car"]
captions = ["a dog runs", "a red car", "a cat sleeps", "a red dog sleeps", "a cat runs", "a red cat runs"]


def int64_feature(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))


def bytes_feature(value):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


with tf.python_io.TFRecordWriter("captions.tfrecords") as writer:
    for i, caption in enumerate(captions):
        words = ["<S>"] + caption.split() + ["</S>"]
        context = tf.train.Features(
            feature={
                "image/image_id": int64_feature(i),
                "image/data": bytes_feature(rng.rand(4).astype(np.float32).tobytes()),
            }
        )
        feature_lists = tf.train.FeatureLists(
            feature_list={
                "image/caption": tf.train.FeatureList(feature=[bytes_feature(w.encode()) for w in words]),
                "image/caption_ids": tf.train.FeatureList(feature=[int64_feature(vocab.index(w)) for w in words]),
            }
        )
        writer.write(tf.train.SequenceExample(context=context, feature_lists=feature_lists).SerializeToString())

filename_queue = tf.train.string_input_producer(["captions.tfrecords"], shuffle=False)
_, serialized = tf.TFRecordReader().read(filename_queue)
context, sequence = tf.parse_single_sequence_example(
    serialized,
    context_features={
        "image/data": tf.FixedLenFeature([], dtype=tf.string),
        "image/image_id": tf.FixedLenFeature([], dtype=tf.int64),
    },
    sequence_features={
        "image/caption": tf.FixedLenSequenceFeature([], dtype=tf.string),
        "image/caption_ids": tf.FixedLenSequenceFeature([], dtype=tf.int64),
    },
)
image = tf.reshape(tf.decode_raw(context["image/data"], tf.float32), [4])
caption = sequence["image/caption_ids"]
caption_length = tf.shape(caption)[0]
input_length = tf.expand_dims(tf.subtract(caption_length, 1), 0)
input_seq = tf.slice(caption, [0], input_length)
target_seq = tf.slice(caption, [1], input_length)
indicator = tf.ones(input_length, dtype=tf.int32)
images, input_seqs, target_seqs, mask, ids = tf.train.batch(
    [image, input_seq, target_seq, indicator, context["image/image_id"]], batch_size=3, dynamic_pad=True
)
table = tf.contrib.lookup.index_to_string_table_from_tensor(vocab, default_value="?")
text = tf.reduce_join(table.lookup(target_seqs), 1, separator=" ")

tf.set_random_seed(2)
embedding = tf.get_variable("map", [len(vocab), 5], initializer=tf.random_uniform_initializer(-0.3, 0.3, seed=1))
cell = tf.nn.rnn_cell.BasicLSTMCell(6)
state = cell.zero_state(3, tf.float32)
with tf.variable_scope("lstm", initializer=tf.random_uniform_initializer(-0.3, 0.3, seed=4)) as scope:
    _, state = cell(tf.layers.dense(images, 5, kernel_initializer=tf.ones_initializer()), state)
    scope.reuse_variables()
    outputs, _ = tf.nn.dynamic_rnn(
        cell, tf.nn.embedding_lookup(embedding, input_seqs), tf.reduce_sum(mask, 1), state, scope=scope
    )
logits = tf.layers.dense(outputs, len(vocab), kernel_initializer=tf.random_uniform_initializer(-0.3, 0.3, seed=5))
losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=target_seqs, logits=logits)
weights = tf.to_float(mask)
loss = tf.div(tf.reduce_sum(losses * weights), tf.reduce_sum(weights))
train = tf.contrib.layers.optimize_loss(
    loss, tf.train.get_or_create_global_step(), 0.5, "SGD", clip_gradients=5.0, summaries=[]
)

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess, coord)
    for _ in range(2):
        for number, line in zip(*sess.run([ids, text])):
            print(number, line.decode())
    for step in range(81):
        value = sess.run(train)
        if step % 20 == 0:
            print("step %d: %.4f" % (step, value))
    coord.request_stop()
    coord.join(threads)
