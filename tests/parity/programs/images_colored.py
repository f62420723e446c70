"""tf.image's types, colours and adjustments."""

import numpy as np

import minigraph as tf

I = tf.image
pixels = np.random.RandomState(3).uniform(0, 1, [2, 4, 5, 3]).astype(np.float32)
x = tf.constant(pixels, name="x")
whole = tf.constant((pixels * 255).astype(np.uint8), name="whole")
wide = tf.constant((pixels * 60000).astype(np.int32), name="wide")
free = tf.placeholder_with_default(x, [None, None, None, 3], name="free")
grey = tf.constant(pixels[..., :1], name="grey")
free_grey = tf.placeholder_with_default(grey, [None, None, None, None], name="free_grey")
gamma = tf.placeholder_with_default(1.5, [], name="gamma")
made = {
    "same": (I.convert_image_dtype(x, tf.float32), [x]),
    "to bytes": (I.convert_image_dtype(x, tf.uint8), []),
    "to bytes saturated": (I.convert_image_dtype(x * 2.0 - 0.5, tf.uint8, saturate=True, name="limited"), []),
    "to floats": (I.convert_image_dtype(whole, tf.float32), []),
    "to doubles": (I.convert_image_dtype(x, tf.float64), [x]),
    "to more": (I.convert_image_dtype(whole, tf.int32), []),
    "to fewer": (I.convert_image_dtype(wide, tf.int16), []),
    "to fewer saturated": (I.convert_image_dtype(wide, tf.uint8, saturate=True), []),
    "standard": (I.per_image_standardization(x), [x]),
    "standard one": (I.per_image_standardization(x[0]), [x]),
    "standard free": (I.per_image_standardization(free), [x]),
    "standard bytes": (I.per_image_standardization(whole), []),
    "brightness": (I.adjust_brightness(x, 0.2), [x]),
    "brightness bytes": (I.adjust_brightness(whole, 0.2), []),
    "contrast": (I.adjust_contrast(x, 1.7), []),
    "contrast bytes": (I.adjust_contrast(whole, 0.4), []),
    "gamma": (I.adjust_gamma(x, 2.2, 0.9), [x]),
    "gamma bytes": (I.adjust_gamma(whole, gamma), []),
    "hue": (I.adjust_hue(x, -0.3), []),
    "hue bytes": (I.adjust_hue(whole, 0.4, name="turn"), []),
    "saturation": (I.adjust_saturation(x, 1.6), []),
    "saturation bytes": (I.adjust_saturation(whole, 0.3), []),
    "to grey": (I.rgb_to_grayscale(x), [x]),
    "to grey bytes": (I.rgb_to_grayscale(whole, name="gray"), []),
    "to grey free": (I.rgb_to_grayscale(free), [x]),
    "from grey": (I.grayscale_to_rgb(grey), [grey]),
    "from grey free": (I.grayscale_to_rgb(free_grey), [grey]),
    "to hsv": (I.rgb_to_hsv(x), [x]),
    "from hsv": (I.hsv_to_rgb(x), []),
    "to yiq": (I.rgb_to_yiq(x), [x]),
    "from yiq": (I.yiq_to_rgb(x), [x]),
    "to yuv": (I.rgb_to_yuv(x), [x]),
    "from yuv": (I.yuv_to_rgb(x), [x]),
}
results = {}
with tf.Session() as sess:
    for name, (y, inputs) in made.items():
        results[name] = sess.run(y)
        results[name + " shape"] = str(y.shape)
        for i, dy in enumerate(tf.gradients(tf.sin(y), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dy)
