"""Style transfer: the pixels are the variable; losses of content, of style (Gram matrices) and of total variation."""
import numpy as np
import tensorflow as tf

np.random.seed(42)
HEIGHT, WIDTH = 24, 32

yy, xx = np.mgrid[:HEIGHT, :WIDTH]
content = np.stack([xx / WIDTH, yy / HEIGHT, (xx + yy) / (HEIGHT + WIDTH)], -1).astype(np.float32)[None]
style = (0.5 + 0.5 * np.sin(np.stack([xx * 1.5, yy * 1.5, (xx - yy) * 1.0], -1))).astype(np.float32)[None]
weights = [np.random.normal(0, 0.3, shape).astype(np.float32) for shape in ([3, 3, 3, 8], [3, 3, 8, 12])]


def network(image):
    layers = {}
    net = image
    for i, w in enumerate(weights):
        with tf.name_scope("conv%d" % (i + 1)):
            net = tf.nn.relu(tf.nn.conv2d(net, tf.constant(w), [1, 1, 1, 1], "SAME"))
            layers["conv%d" % (i + 1)] = net
            net = tf.nn.avg_pool(net, [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
    return layers


def gram_matrix(features):
    _, h, w, c = features.get_shape().as_list()
    flat = tf.reshape(features, [h * w, c])
    return tf.matmul(flat, flat, transpose_a=True) / (h * w * c)


noise = np.random.uniform(-0.1, 0.1, content.shape).astype(np.float32)
image = tf.Variable(0.7 * content + 0.3 * (0.5 + noise), name="image")
of_image, of_content, of_style = network(image), network(tf.constant(content)), network(tf.constant(style))

content_loss = tf.reduce_mean(tf.square(of_image["conv2"] - of_content["conv2"]))
style_loss = tf.add_n([
    tf.nn.l2_loss(gram_matrix(of_image[name]) - gram_matrix(of_style[name])) for name in ("conv1", "conv2")
])
tv_loss = tf.reduce_sum(tf.image.total_variation(image)) / (HEIGHT * WIDTH)
loss = 1.0 * content_loss + 50.0 * style_loss + 0.05 * tv_loss
train_op = tf.train.AdamOptimizer(0.02).minimize(loss, var_list=[image])
clip = image.assign(tf.clip_by_value(image, 0.0, 1.0))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(31):
        if step % 10 == 0:
            values = sess.run([loss, content_loss, style_loss, tv_loss])
            print("step %2d: total %.5f content %.5f style %.6f variation %.4f" % (step, *values))
        sess.run(train_op)
        sess.run(clip)
    result = sess.run(image)[0]
    print("mean colours:", np.round(result.mean((0, 1)), 4))
    bytes_of = sess.run(tf.image.convert_image_dtype(result, tf.uint8, saturate=True))
    print("bytes:", bytes_of.shape, bytes_of.dtype, int(bytes_of.max()) > 0)
    print("psnr with content: %.3f" % sess.run(tf.image.psnr(tf.constant(result), tf.constant(content[0]), 1.0)))
