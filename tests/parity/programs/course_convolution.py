"""A convolutional network built twice, for training and for evaluation, with clipped gradients by hand."""
import numpy as np

import minigraph as tf

tf.set_random_seed(7)


def net(x, reuse, is_training):
    with tf.variable_scope('ConvNet', reuse=reuse):
        x = tf.reshape(x, shape=[-1, 8, 8, 1])
        c1 = tf.layers.conv2d(x, 4, 3, activation=tf.nn.relu)
        c1 = tf.layers.max_pooling2d(c1, 2, 2)
        c2 = tf.layers.conv2d(c1, 8, 2, activation=tf.nn.relu, padding='same')
        f = tf.contrib.layers.flatten(c2)
        f = tf.layers.dense(f, 16)
        f = tf.layers.dropout(f, rate=0.25, training=is_training)
        return tf.layers.dense(f, 10)


x = tf.placeholder(tf.float32, [None, 64])
y = tf.placeholder(tf.int32, [None])
tr = net(x, False, True)
te = net(x, True, False)
pred = tf.argmax(te, axis=1)
prob = tf.nn.softmax(te)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=tr, labels=tf.cast(y, dtype=tf.int32)))
step = tf.train.get_or_create_global_step()
lr = tf.train.exponential_decay(0.01, step, 10, 0.96, staircase=True)
opt = tf.train.RMSPropOptimizer(lr, momentum=0.9)
gv = opt.compute_gradients(loss)
grads, vs = zip(*gv)
grads, norm = tf.clip_by_global_norm(grads, 1.0)
train = opt.apply_gradients(zip(grads, vs), global_step=step)
for v in tf.trainable_variables():
    tf.summary.histogram(v.op.name, v)
tf.summary.scalar('loss', loss)
merged = tf.summary.merge_all()
results = {}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    fd = {x: np.linspace(0, 1, 128).reshape(2, 64), y: [3, 4]}
    for i in range(2):
        results['l%d' % i] = sess.run([train, loss, norm], fd)[1:]
    results['prob'] = sess.run(prob, fd)
