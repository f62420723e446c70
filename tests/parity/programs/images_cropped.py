"""tf.image's crops, paddings, flips and turns, of sizes that are known and of some that are not."""

import numpy as np

import minigraph as tf

I = tf.image
pixels = np.random.RandomState(3).uniform(0, 1, [2, 6, 5, 3]).astype(np.float32)
x = tf.constant(pixels, name="x")
one = tf.constant(pixels[0], name="one")
free = tf.placeholder_with_default(x, [None, None, None, 3], name="free")
unknown = tf.placeholder_with_default(one, None, name="unknown")
n = tf.placeholder_with_default(4, [], name="n")
made = {
    "central": (I.central_crop(x, 0.5), [x]),
    "central one": (I.central_crop(one, 0.3), [one]),
    "central all": (I.central_crop(one, 1.0), []),
    "central free": (I.central_crop(free, 0.6), [x]),
    "crop": (I.crop_to_bounding_box(x, 1, 2, 3, 2), [x]),
    "crop one": (I.crop_to_bounding_box(one, 0, 0, 6, 5), [one]),
    "crop free": (I.crop_to_bounding_box(free, 1, 0, n, 3), [x]),
    "crop unknown": (I.crop_to_bounding_box(unknown, 1, 0, 2, 3), [one]),
    "pad": (I.pad_to_bounding_box(x, 1, 2, 8, 9), [x]),
    "pad one": (I.pad_to_bounding_box(one, 0, 0, 6, 7), [one]),
    "pad free": (I.pad_to_bounding_box(free, n, 0, 12, 5), [x]),
    "pad unknown": (I.pad_to_bounding_box(unknown, 1, 2, 8, 9), [one]),
    "crop or pad": (I.resize_image_with_crop_or_pad(x, 4, 8), [x]),
    "crop or pad one": (I.resize_with_crop_or_pad(one, 9, 3), [one]),
    "crop or pad free": (I.resize_image_with_crop_or_pad(free, n, n), [x]),
    "crop or pad unknown": (I.resize_image_with_crop_or_pad(unknown, 7, 3), [one]),
    "left right": (I.flip_left_right(x), [x]),
    "left right one": (I.flip_left_right(one), [one]),
    "left right unknown": (I.flip_left_right(unknown), [one]),
    "up down": (I.flip_up_down(free), [x]),
    "up down one": (I.flip_up_down(one), [one]),
    "transposed": (I.transpose_image(x), [x]),
    "transposed one": (I.transpose(one, name="swap"), [one]),
    "turned": (I.rot90(x), []),
    "turned one": (I.rot90(one, 3), []),
    "turned free": (I.rot90(free, n - 2, name="half"), []),
}
results = {}
with tf.Session() as sess:
    for name, (y, inputs) in made.items():
        results[name] = sess.run(y)
        results[name + " shape"] = str(y.shape)
        for i, dy in enumerate(tf.gradients(tf.square(y), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dy)
