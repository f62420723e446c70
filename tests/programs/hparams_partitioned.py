"""A wide embedding in parts, hyperparameters by HParams, a training op by contrib.training, a checkpoint."""
import os
import tempfile

import numpy as np
import tensorflow as tf

hparams = tf.contrib.training.HParams(rate=0.1, parts=3, sizes=[8, 4], norm=1.0, name="words")
hparams.parse("rate=0.05,sizes=[6,3]")
print(sorted(hparams.values().items()), hparams.to_json(sort_keys=True))
rng = np.random.RandomState(3)
ids = rng.randint(0, 20, (64, 4))
labels = (ids.sum(1) > 38).astype(np.int64)

tf.set_random_seed(5)
x, y = tf.placeholder(tf.int32, [None, 4]), tf.placeholder(tf.int64, [None])
with tf.variable_scope("embed", partitioner=tf.fixed_size_partitioner(hparams.parts)):
    table = tf.get_variable("table", [20, hparams.sizes[0]], initializer=tf.truncated_normal_initializer(stddev=0.3))
hidden = tf.reduce_mean(tf.nn.embedding_lookup(table, x, partition_strategy="div"), axis=1)
for i, size in enumerate(hparams.sizes[1:]):
    hidden = tf.contrib.layers.fully_connected(hidden, size, scope="layer_%d" % i)
logits = tf.contrib.layers.fully_connected(hidden, 2, activation_fn=None, scope="logits")
loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
train_op = tf.contrib.training.create_train_op(
    loss, tf.train.AdagradOptimizer(hparams.rate),
    transform_grads_fn=tf.contrib.training.clip_gradient_norms_fn(hparams.norm))
saver = tf.train.Saver()
print([v.name for v in tf.trainable_variables()])
print(table.name, table.shape, [p.shape.as_list() for p in table])
path = os.path.join(tempfile.mkdtemp(), "model")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(60):
        value = sess.run(train_op, {x: ids, y: labels})
        if step % 15 == 14:
            print("step %d loss %.5f" % (step + 1, value))
    saver.save(sess, path, write_meta_graph=False)
    total = sess.run(tf.reduce_sum(tf.square(tf.convert_to_tensor(table))))

print(sorted(name for name, _ in tf.train.list_variables(path)))
whole = tf.train.load_variable(path, "embed/table")
print(whole.shape, "%.5f %.5f" % (np.square(whole).sum(), total))
with tf.Graph().as_default(), tf.Session() as sess:
    with tf.variable_scope("embed"):
        table = tf.get_variable("table", [20, hparams.sizes[0]])
    tf.train.Saver().restore(sess, path)
    print(np.round(sess.run(table)[:2], 4))
