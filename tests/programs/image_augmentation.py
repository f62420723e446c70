"""Data augmentation, as in the CIFAR-10 tutorial: each epoch sees other pictures."""
import numpy as np
import tensorflow as tf

IMAGE_SIZE = 24
NUM_CLASSES = 4
BATCH = 16

np.random.seed(0)
tf.set_random_seed(1234)


def make_images(n):
    labels = np.random.randint(0, NUM_CLASSES, n)
    y, x = np.mgrid[:32, :32] / 32.0
    images = []
    for label in labels:
        stripes = np.sin((x if label % 2 else y) * (6 + 6 * (label // 2)) * np.pi)
        image = np.stack([stripes, stripes * 0.5, -stripes], -1) * 80 + 128
        images.append(np.clip(image + np.random.normal(0, 12, image.shape), 0, 255))
    return np.array(images, dtype=np.uint8), labels.astype(np.int32)


def distorted(image):
    image = tf.cast(image, tf.float32)
    image = tf.random_crop(image, [IMAGE_SIZE, IMAGE_SIZE, 3], seed=1)
    image = tf.image.random_flip_left_right(image, seed=2)
    image = tf.image.random_brightness(image, max_delta=63, seed=3)
    image = tf.image.random_contrast(image, lower=0.2, upper=1.8, seed=4)
    return tf.image.per_image_standardization(image)


def evaluated(image):
    image = tf.image.resize_image_with_crop_or_pad(tf.cast(image, tf.float32), IMAGE_SIZE, IMAGE_SIZE)
    return tf.image.per_image_standardization(image)


images, labels = make_images(64)
test_images, test_labels = make_images(32)

one = tf.placeholder(tf.uint8, [32, 32, 3])
train_image, test_image = distorted(one), evaluated(one)

x = tf.placeholder(tf.float32, [None, IMAGE_SIZE, IMAGE_SIZE, 3])
y = tf.placeholder(tf.int32, [None])
conv = tf.layers.conv2d(x, 8, 5, strides=2, activation=tf.nn.relu, kernel_initializer=tf.glorot_uniform_initializer(seed=5))
pool = tf.layers.max_pooling2d(conv, 2, 2)
flat = tf.layers.flatten(pool)
logits = tf.layers.dense(flat, NUM_CLASSES, kernel_initializer=tf.glorot_uniform_initializer(seed=6))
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
train_op = tf.train.MomentumOptimizer(0.01, 0.9).minimize(loss)
accuracy = tf.reduce_mean(tf.cast(tf.nn.in_top_k(logits, y, 1), tf.float32))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(3):
        losses = []
        for start in range(0, 64, BATCH):
            batch = [sess.run(train_image, {one: image}) for image in images[start:start + BATCH]]
            value, _ = sess.run([loss, train_op], {x: batch, y: labels[start:start + BATCH]})
            losses.append(value)
        print("epoch %d, loss %.5f" % (epoch + 1, np.mean(losses)))
    batch = [sess.run(test_image, {one: image}) for image in test_images]
    print("mean %.4f, std %.4f" % (np.mean(batch), np.std(batch)))
    print("test accuracy: %.4f" % sess.run(accuracy, {x: batch, y: test_labels}))
