"""Parts of images: patches for a transformer, a recurrent model that takes glimpses, morphology of shapes."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(8)
images = rng.uniform(0, 1, [4, 28, 28, 1]).astype(np.float32) * 0.2
for i in range(4):
    images[i, 4 + 4 * i: 12 + 4 * i, 6:14] += 0.7
labels = np.array([0, 1, 2, 3], np.int32)

x = tf.constant(images)
patches = tf.extract_image_patches(x, ksizes=[1, 7, 7, 1], strides=[1, 7, 7, 1], rates=[1, 1, 1, 1], padding="VALID")
tokens = tf.reshape(patches, [4, 16, 49])
queries = tf.layers.dense(tokens, 8, kernel_initializer=tf.glorot_uniform_initializer(seed=1), name="q")
keys = tf.layers.dense(tokens, 8, kernel_initializer=tf.glorot_uniform_initializer(seed=2), name="k")
attention = tf.nn.softmax(tf.matmul(queries, keys, transpose_b=True) / np.sqrt(8.0))
mixed = tf.reduce_mean(tf.matmul(attention, tokens), 1)
logits = tf.layers.dense(mixed, 4, kernel_initializer=tf.glorot_uniform_initializer(seed=3), name="out")
loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
train_op = tf.train.AdamOptimizer(0.05).minimize(loss)

glimpse = tf.image.extract_glimpse(x, [8, 8], tf.constant([[0.0, 0.0]] * 4))
cell = tf.nn.rnn_cell.GRUCell(6, kernel_initializer=tf.glorot_uniform_initializer(seed=4))
state = cell.zero_state(4, tf.float32)
where = tf.zeros([4, 2])
looked = []
for step in range(3):
    part = tf.image.extract_glimpse(x, [8, 8], where, centered=True, normalized=True, name="look%d" % step)
    output, state = cell(tf.layers.flatten(part), state)
    where = tf.tanh(output[:, :2]) * 0.5
    looked.append(tf.reduce_mean(part, [1, 2, 3]))

kernel = tf.zeros([3, 3, 1])
dilated = tf.nn.dilation2d(x, kernel, [1, 1, 1, 1], [1, 1, 1, 1], "SAME")
eroded = tf.nn.erosion2d(x, kernel, [1, 1, 1, 1], [1, 1, 1, 1], "SAME")
outline = dilated - eroded

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print("patches:", patches.shape, np.round(sess.run(tf.reduce_mean(tokens, 2))[0, :6], 4))
    for step in range(21):
        if step % 10 == 0:
            print("step %d loss %.5f" % (step, sess.run(loss)))
        sess.run(train_op)
    print("glimpses:", np.round(sess.run(tf.reduce_mean(glimpse, [1, 2, 3])), 5))
    print("looked at:", np.round(sess.run(looked), 4).tolist())
    print("outline:", np.round(sess.run(tf.reduce_sum(outline, [1, 2, 3])), 3))
    g = tf.gradients(tf.reduce_sum(tf.square(patches)), x)[0]
    print("gradient: %.5f" % sess.run(tf.reduce_mean(g)))
