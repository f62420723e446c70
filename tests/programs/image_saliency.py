"""Gradients by pixels: a saliency map, a map of activations resized over the image, and deep dream by octaves."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(11)
weights = {
    "conv1": rng.normal(0, 0.3, [5, 5, 3, 6]).astype(np.float32),
    "conv2": rng.normal(0, 0.3, [3, 3, 6, 8]).astype(np.float32),
    "fc": rng.normal(0, 0.3, [8, 4]).astype(np.float32),
}

x = tf.placeholder(tf.float32, [None, None, None, 3], name="input")
conv1 = tf.nn.relu(tf.nn.conv2d(x - 0.5, weights["conv1"], [1, 2, 2, 1], "SAME"), name="conv1")
conv2 = tf.nn.relu(tf.nn.conv2d(conv1, weights["conv2"], [1, 1, 1, 1], "SAME"), name="conv2")
logits = tf.matmul(tf.reduce_mean(conv2, [1, 2]), weights["fc"])

image = rng.uniform(0, 1, [1, 32, 40, 3]).astype(np.float32)
image[0, 8:20, 10:30] = [0.9, 0.3, 0.1]

class_score = tf.reduce_max(logits, 1)
saliency = tf.reduce_max(tf.abs(tf.gradients(class_score, x)[0]), -1, keepdims=True)
smooth = tf.image.resize_bilinear(tf.image.resize_area(saliency, [8, 10]), [32, 40])

# class activation mapping
index = tf.cast(tf.argmax(logits, 1)[0], tf.int32)
cam = tf.reduce_sum(conv2 * tf.gather(tf.transpose(weights["fc"]), index), -1, keepdims=True)
cam = tf.image.resize_images(cam, [32, 40], method=tf.image.ResizeMethod.BICUBIC)
cam = (cam - tf.reduce_min(cam)) / (tf.reduce_max(cam) - tf.reduce_min(cam))
heat = tf.image.hsv_to_rgb(tf.concat([(1.0 - cam) * 0.66, tf.ones_like(cam), tf.ones_like(cam)], -1))

# deep dream
target = tf.reduce_mean(conv2[..., 3])
dream_gradient = tf.gradients(target, x)[0]
size = tf.placeholder(tf.int32, [2])
resized = tf.image.resize_bilinear(x, size)

with tf.Session() as sess:
    feed = {x: image}
    print("logits:", np.round(sess.run(logits, feed)[0], 5), "class:", sess.run(index, feed))
    s, t = sess.run([saliency, smooth], feed)
    print("saliency: max %.5f mean %.6f, smooth: max %.5f" % (s.max(), s.mean(), t.max()))
    c, h = sess.run([cam, heat], feed)
    print("activation map: mean %.5f, at the middle %.5f, colours" % (c.mean(), c[0, 14, 20, 0]), np.round(h[0, 14, 20], 4))
    dream = image
    for octave, shape in enumerate([(16, 20), (24, 30), (32, 40)]):
        dream = sess.run(resized, {x: dream, size: shape})
        for _ in range(5):
            g = sess.run(dream_gradient, {x: dream})
            dream = dream + g / (np.abs(g).mean() + 1e-7) * 0.01
        print("octave %d: %s, target %.6f" % (octave, dream.shape, sess.run(target, {x: dream})))
    yiq = sess.run(tf.image.rgb_to_yiq(tf.constant(np.clip(dream, 0, 1))))
    print("yiq:", np.round(yiq.mean((0, 1, 2)), 5))
