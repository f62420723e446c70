"""Use a frozen network as a feature extractor: import a part of it on another input, and train a new layer on top."""
import numpy as np
import tensorflow as tf


def pretrained():
    """Return the GraphDef of a convolutional network, frozen, as one would download it."""
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.set_random_seed(7)
        image = tf.placeholder(tf.float32, [None, 8, 8, 1], name="image")
        net = tf.layers.conv2d(image, 4, 3, activation=tf.nn.relu, name="conv1")
        net = tf.layers.batch_normalization(net, training=False, name="bn")
        net = tf.layers.max_pooling2d(net, 2, 2)
        net = tf.layers.flatten(net)
        net = tf.identity(net, name="bottleneck")
        tf.layers.dense(net, 10, name="logits")
        sess.run(tf.global_variables_initializer())
        return tf.graph_util.convert_variables_to_constants(sess, sess.graph.as_graph_def(), ["logits/BiasAdd"])


graph_def = pretrained()
print(sorted({node.op for node in graph_def.node}))
rng = np.random.RandomState(1)
images = rng.rand(40, 8, 8).astype(np.float32)
images[20:, :, 4:] += 1.0
labels = np.repeat([0, 1], 20)

raw = tf.placeholder(tf.float32, [None, 8, 8], name="raw")
scaled = tf.expand_dims(raw * 2.0 - 1.0, -1)
bottleneck, logits = tf.import_graph_def(
    graph_def, input_map={"image:0": scaled}, return_elements=["bottleneck:0", "logits/BiasAdd:0"], name="pretrained")
print(bottleneck, logits)
features = tf.reshape(tf.stop_gradient(bottleneck), [-1, 36])
target = tf.placeholder(tf.int32, [None], name="target")
new_logits = tf.layers.dense(
    features, 2, kernel_initializer=tf.truncated_normal_initializer(stddev=0.1, seed=5), name="new")
loss = tf.losses.sparse_softmax_cross_entropy(target, new_logits)
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
print([v.name for v in tf.trainable_variables()])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print("features:", sess.run(bottleneck, {raw: images[:1]}).sum())
    for step in range(41):
        _, value = sess.run([train_op, loss], {raw: images, target: labels})
        if step % 10 == 0:
            print("step %2d loss %.5f" % (step, value))
    guess = sess.run(tf.argmax(new_logits, 1), {raw: images})
    print("accuracy:", (guess == labels).mean())
    print("old logits:", sess.run(logits, {raw: images[:1]})[0, :3])
