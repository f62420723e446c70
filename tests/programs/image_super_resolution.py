"""Super-resolution (ESPCN): a network with a pixel shuffle against bicubic interpolation, by PSNR and SSIM."""
import numpy as np
import tensorflow as tf

SCALE, SIZE = 2, 24
np.random.seed(5)
tf.set_random_seed(5)


def patterns(n):
    y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32)
    made = []
    for _ in range(n):
        fx, fy, p = np.random.uniform(0.2, 1.2, 3)
        made.append(0.5 + 0.25 * np.sin(x * fx + p) + 0.25 * np.cos(y * fy - p))
    return np.array(made, np.float32)[..., None]


high = tf.placeholder(tf.float32, [None, SIZE, SIZE, 1])
low = tf.image.resize_area(high, [SIZE // SCALE, SIZE // SCALE])
bicubic = tf.clip_by_value(tf.image.resize_bicubic(low, [SIZE, SIZE]), 0.0, 1.0)
bilinear = tf.image.resize_images(low, [SIZE, SIZE], method=tf.image.ResizeMethod.BILINEAR, align_corners=True)


def conv(x, filters, size, activation, seed):
    return tf.layers.conv2d(x, filters, size, padding="same", activation=activation,
                            kernel_initializer=tf.truncated_normal_initializer(stddev=0.1, seed=seed))


def pixel_shuffle(x):
    h = w = SIZE // SCALE
    x = tf.reshape(x, [-1, h, w, SCALE, SCALE])
    x = tf.transpose(x, [0, 1, 3, 2, 4])
    return tf.reshape(x, [-1, SIZE, SIZE, 1])


net = conv(low, 16, 5, tf.nn.tanh, 1)
net = conv(net, 8, 3, tf.nn.tanh, 2)
residual = pixel_shuffle(conv(net, SCALE ** 2, 3, None, 3))
output = bicubic + residual
loss = tf.reduce_mean(tf.square(output - high))
train_op = tf.train.AdamOptimizer(0.003).minimize(loss)

train, test = patterns(32), patterns(4)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(5):
        for start in range(0, 32, 8):
            _, value = sess.run([train_op, loss], {high: train[start:start + 8]})
        print("epoch %d, loss %.6f" % (epoch + 1, value))
    for name, image in (("bilinear", bilinear), ("bicubic", bicubic), ("network", tf.clip_by_value(output, 0.0, 1.0))):
        psnr = tf.reduce_mean(tf.image.psnr(image, high, max_val=1.0))
        ssim = tf.reduce_mean(tf.image.ssim(image, high, max_val=1.0))
        print("%-9s psnr %.4f ssim %.5f" % ((name,) + tuple(sess.run([psnr, ssim], {high: test}))))
    edges = tf.image.sobel_edges(tf.constant(test))
    dy, dx = tf.image.image_gradients(tf.constant(test))
    print("edges %.4f, dy %.5f, dx %.5f" % tuple(sess.run([tf.reduce_mean(tf.abs(e)) for e in (edges, dy, dx)])))
