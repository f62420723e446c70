"""Images from files: JPEG and PNG written, read by a queue of file names, decoded, resized, put into batches."""
import os

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
folder = "pictures"
os.makedirs(folder)


def picture(kind, n):
    y, x = np.mgrid[:48, :40]
    wave = 127 + 100 * np.sin((x if kind else y) / (3.0 + n))
    return np.stack([wave, 255 - wave, np.full(wave.shape, 40 * n)], -1).astype(np.uint8)


with tf.Session() as sess:
    pixels = tf.placeholder(tf.uint8, [None, None, 3])
    as_jpeg = tf.image.encode_jpeg(pixels, quality=90, format="rgb")
    as_png = tf.image.encode_png(pixels)
    for kind in (0, 1):
        for n in range(4):
            encoded = as_jpeg if n % 2 else as_png
            contents = sess.run(encoded, {pixels: picture(kind, n)})
            with tf.gfile.GFile(os.path.join(folder, "%s_%d.%s" % ("hv"[kind], n, "jpg" if n % 2 else "png")), "wb") as f:
                f.write(contents)

paths = sorted(tf.gfile.Glob(os.path.join(folder, "*")))
print("files:", [os.path.basename(path) for path in paths])
labels = [int(os.path.basename(path).startswith("v")) for path in paths]

path_queue, label_queue = tf.train.slice_input_producer([paths, labels], shuffle=False)
raw = tf.read_file(path_queue)
image = tf.image.decode_image(raw, channels=3)
image.set_shape([None, None, 3])
image = tf.image.resize_images(tf.image.convert_image_dtype(image, tf.float32), [24, 20])
image = tf.image.rgb_to_grayscale(image)
batch, batch_labels = tf.train.batch([image, label_queue], batch_size=4, num_threads=1)

one = tf.image.decode_jpeg(tf.read_file(paths[1]), channels=3)
half = tf.image.decode_jpeg(tf.read_file(paths[1]), channels=1, ratio=2)

with tf.Session() as sess:
    print("shape:", sess.run(tf.image.extract_jpeg_shape(tf.read_file(paths[1]))), sess.run(one).shape, sess.run(half).shape)
    print("is jpeg:", [bool(sess.run(tf.image.is_jpeg(tf.read_file(path)))) for path in paths])
    print("a pixel: ", sess.run(one)[10, 10], "mean: %.5f" % sess.run(one).mean(), "grey: %.5f" % sess.run(half).mean())
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess=sess, coord=coord)
    for step in range(2):
        images, found = sess.run([batch, batch_labels])
        print("batch", step, images.shape, found, np.round(images.mean((1, 2, 3)), 5), np.round(images.std(), 5))
    coord.request_stop()
    coord.join(threads)
