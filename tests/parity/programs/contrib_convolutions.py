"""tf.contrib.layers' convolutions and poolings, repeat, dropout, collections and regularizers; a net of them trained."""

import numpy as np

import minigraph as tf

results = {}
C = tf.contrib.layers
tf.set_random_seed(5)
x = tf.placeholder(tf.float32, [None, 12, 12, 3], name="x")
labels = tf.placeholder(tf.int64, [None], name="labels")
h = C.conv2d(x, 8, [3, 3])
h = C.max_pool2d(h, [2, 2], scope="pool1")
h = C.repeat(h, 2, C.conv2d, 4, 3, scope="conv2", weights_regularizer=C.l2_regularizer(0.01))
named = C.convolution2d(h, 5, 3, stride=2, padding="VALID", activation_fn=tf.nn.elu, scope="named",
                        variables_collections={"weights": ["w"], "biases": ["b"]}, outputs_collections=["ends"])
dilated = C.conv2d(h, 2, 3, rate=2, activation_fn=None, biases_initializer=None)
free = C.convolution(h, 2, [1, 2], padding="same", trainable=False, outputs_collections="ends")
up = C.conv2d_transpose(named, 3, 3, stride=2, scope="up", outputs_collections="ends")
up2 = C.convolution2d_transpose(named, 3, [2, 3], padding="VALID", activation_fn=None)
mean = C.avg_pool2d(h, 3, stride=1, padding="SAME", outputs_collections="ends")
with tf.variable_scope("outer"):
    inner = C.avg_pool2d(C.conv2d(h, 3, 1), 2, scope="mean")
    again = C.max_pool2d(inner, 2)
sequence = C.conv1d(tf.reshape(h, [-1, 6, 24]), 7, 3)
with tf.variable_scope("shared", reuse=tf.AUTO_REUSE):
    one = C.conv2d(x, 2, 3, scope="c")
    two = C.conv2d(x, 2, 3, scope="c")
dropped = C.dropout(C.flatten(named), 0.8, is_training=True, seed=4, outputs_collections="ends")
kept = C.dropout(dropped, is_training=False)
logits = C.fully_connected(dropped, 3, activation_fn=None, scope="logits")
loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
total = tf.losses.get_total_loss()
train = tf.train.MomentumOptimizer(0.05, 0.9).minimize(total)
results["names"] = [str(t) for t in (h, named, dilated, free, up, up2, mean, inner, again, sequence, one, two,
                                     dropped, kept, logits)]
results["collections"] = [
    [v.name for v in tf.get_collection(k)]
    for k in ("variables", "trainable_variables", "model_variables", "regularization_losses", "w", "b", "ends")
]
feed = {x: np.sin(np.arange(4 * 12 * 12 * 3.0)).reshape(4, 12, 12, 3), labels: [0, 2, 1, 1]}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["values"] = s.run([named, dilated, up, up2, mean, again, sequence, one], feed)
    results["losses"] = [s.run([total, train], feed)[0] for _ in range(4)]
