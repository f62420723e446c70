"""tf.image's ways of resizing, by method and by function, with their gradients."""

import numpy as np

import minigraph as tf

I = tf.image
pixels = np.random.RandomState(3).uniform(0, 1, [2, 6, 5, 3]).astype(np.float32)
x = tf.constant(pixels, name="x")
one = tf.constant(pixels[0], name="one")
whole = tf.constant((pixels * 255).astype(np.uint8), name="whole")
free = tf.placeholder_with_default(x, [None, None, None, 3], name="free")
size = tf.placeholder_with_default([4, 7], [2], name="size")
target = tf.placeholder_with_default(9, [], name="target")
made = {
    "images": (I.resize_images(x, [9, 4]), [x]),
    "one": (I.resize_images(one, (3, 3), name="small"), [one]),
    "nearest": (I.resize_images(x, [9, 4], I.ResizeMethod.NEAREST_NEIGHBOR, align_corners=True), [x]),
    "bicubic": (I.resize(x, [9, 4], "bicubic"), [x]),
    "area": (I.resize_images(x, [2, 3], method=I.ResizeMethod.AREA), []),
    "bytes": (I.resize_images(whole, [12, 12]), []),
    "bytes nearest": (I.resize_images(whole, [12, 12], 1), []),
    "same": (I.resize_images(x, [6, 5]), [x]),
    "same one": (I.resize_images(one, [6, 5]), [one]),
    "free": (I.resize_images(free, size), [x]),
    "ratio": (I.resize_images(x, [12, 20], preserve_aspect_ratio=True), [x]),
    "ratio free": (I.resize_images(free, [12, 20], preserve_aspect_ratio=True, name="fit"), [x]),
    "bilinear": (I.resize_bilinear(x, [9, 11], align_corners=True), [x]),
    "bilinear centers": (I.resize_bilinear(x, [9, 11], half_pixel_centers=True, name="bil"), [x]),
    "nearest centers": (I.resize_nearest_neighbor(x, size, half_pixel_centers=True), [x]),
    "nearest free": (I.resize_nearest_neighbor(free, size), [x]),
    "bicubic corners": (I.resize_bicubic(x, size, align_corners=True), [x]),
    "bicubic centers": (I.resize_bicubic(free, [3, 8], half_pixel_centers=True), [x]),
    "area corners": (I.resize_area(x, [4, 4], align_corners=True, name="area"), []),
    "pad": (I.resize_image_with_pad(x, 8, 12), [x]),
    "pad one": (I.resize_image_with_pad(one, 12, 6, I.ResizeMethod.NEAREST_NEIGHBOR), [one]),
    "pad free": (I.resize_image_with_pad(free, target, 8), [x]),
    "pad bicubic": (I.resize_image_with_pad(x, 4, 4, I.ResizeMethod.BICUBIC, align_corners=True), [x]),
}
results = {}
with tf.Session() as sess:
    for name, (y, inputs) in made.items():
        results[name] = sess.run(y)
        results[name + " shape"] = str(y.shape)
        for i, dy in enumerate(tf.gradients(tf.square(y), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dy)
