"""An image classifier as courses write it: weight decay in a collection, averages of losses, summaries."""
import numpy as np

import minigraph as tf

tf.set_random_seed(12)
x = tf.placeholder(tf.float32, [None, 8, 8, 3])
y = tf.placeholder(tf.int64, [None])
with tf.variable_scope('conv1') as scope:
    kernel = tf.get_variable('weights', [3, 3, 3, 4],
                             initializer=tf.truncated_normal_initializer(stddev=5e-2, dtype=tf.float32))
    wd = tf.multiply(tf.nn.l2_loss(kernel), 0.004, name='weight_loss')
    tf.add_to_collection('losses', wd)
    conv = tf.nn.conv2d(x, kernel, [1, 1, 1, 1], padding='SAME')
    biases = tf.get_variable('biases', [4], initializer=tf.constant_initializer(0.0))
    c1 = tf.nn.relu(tf.nn.bias_add(conv, biases), name=scope.name)
    tf.summary.scalar(c1.op.name + '/sparsity', tf.nn.zero_fraction(c1))
p1 = tf.nn.max_pool(c1, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding='SAME', name='pool1')
a1 = tf.nn.avg_pool(p1, [1, 2, 2, 1], [1, 1, 1, 1], 'VALID')
flat = tf.reshape(a1, [tf.shape(x)[0], 36])
dense = tf.layers.dense(flat, 5, kernel_initializer=tf.glorot_normal_initializer(),
                        activity_regularizer=tf.contrib.layers.l2_regularizer(.1))
ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=dense, name='xent')
cem = tf.reduce_mean(ce, name='cross_entropy')
tf.add_to_collection('losses', cem)
total = tf.add_n(tf.get_collection('losses'), name='total_loss')
gs = tf.train.get_or_create_global_step()
lr = tf.train.inverse_time_decay(.1, gs, 3, .5)
averages = tf.train.ExponentialMovingAverage(0.9, name='avg')
avg_op = averages.apply([cem, total])
with tf.control_dependencies([avg_op]):
    opt = tf.train.GradientDescentOptimizer(lr)
    grads = opt.compute_gradients(total)
apply_op = opt.apply_gradients(grads, global_step=gs)
for g, v in grads:
    if g is not None:
        tf.summary.histogram(v.op.name + '/gradients', g)
topk = tf.nn.in_top_k(dense, y, 2)
pred = tf.reduce_sum(tf.cast(topk, tf.int32))
img = tf.summary.image('imgs', x, max_outputs=1)
results = {}
fd = {x: np.arange(2 * 192).reshape(2, 8, 8, 3) / 384., y: [1, 4]}
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    for i in range(2):
        results[str(i)] = s.run([apply_op, total, pred], fd)[1:]
    results['avg'] = s.run([averages.average(cem), averages.average(total)])
