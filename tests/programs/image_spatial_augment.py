"""Inception's preprocessing: distorted boxes, colours in different orders, flips, turns; by seeds."""
import numpy as np
import tensorflow as tf

tf.set_random_seed(99)
rng = np.random.RandomState(2)
yy, xx = np.mgrid[:60, :80]
photo = np.stack([xx * 3, yy * 4, (xx + yy) * 1.8], -1) + rng.normal(0, 5, [60, 80, 3])
photo = np.clip(photo, 0, 255).astype(np.uint8)


def distort_color(image, ordering):
    steps = [
        lambda i: tf.image.random_brightness(i, max_delta=32. / 255.),
        lambda i: tf.image.random_saturation(i, lower=0.5, upper=1.5),
        lambda i: tf.image.random_hue(i, max_delta=0.2),
        lambda i: tf.image.random_contrast(i, lower=0.5, upper=1.5),
    ]
    for k in range(4):
        image = steps[(k + ordering) % 4](image)
    return tf.clip_by_value(image, 0.0, 1.0)


def preprocess_for_train(image, height, width, bbox, ordering):
    image = tf.image.convert_image_dtype(image, dtype=tf.float32)
    begin, size, box = tf.image.sample_distorted_bounding_box(
        tf.shape(image), bounding_boxes=bbox, min_object_covered=0.1, aspect_ratio_range=(0.75, 1.33),
        area_range=(0.05, 1.0), max_attempts=100, use_image_if_no_bounding_boxes=True, seed=10 + ordering)
    cut = tf.slice(image, begin, size)
    cut.set_shape([None, None, 3])
    result = tf.image.resize_images(cut, [height, width], method=ordering)
    result.set_shape([height, width, 3])
    result = tf.image.random_flip_left_right(result)
    result = distort_color(result, ordering)
    return (result - 0.5) * 2.0, box


def preprocess_for_eval(image, height, width, central_fraction=0.875):
    image = tf.image.convert_image_dtype(image, dtype=tf.float32)
    image = tf.image.central_crop(image, central_fraction=central_fraction)
    image = tf.image.resize_bilinear(tf.expand_dims(image, 0), [height, width], align_corners=False)
    return (tf.squeeze(image, [0]) - 0.5) * 2.0


inputs = tf.constant(photo)
bbox = tf.constant([[[0.2, 0.2, 0.9, 0.7]]])
made = [preprocess_for_train(inputs, 28, 28, bbox, k) for k in range(4)]
evaluated = preprocess_for_eval(inputs, 28, 28)
turned = tf.image.rot90(inputs, k=3)
padded = tf.image.resize_image_with_pad(inputs, 40, 40)
swapped = tf.image.transpose_image(inputs)

with tf.Session() as sess:
    for turn in range(2):
        for k, (image, box) in enumerate(made):
            value, found = sess.run([image, box])
            print("order %d: mean %.4f std %.4f box %s" % (k, value.mean(), value.std(), np.round(found[0, 0], 4)))
    value = sess.run(evaluated)
    print("evaluation: mean %.5f std %.5f corner %s" % (value.mean(), value.std(), np.round(value[0, 0], 4)))
    for name, image in (("turned", turned), ("padded", padded), ("swapped", swapped)):
        value = sess.run(image)
        print(name, value.shape, "%.4f" % value.mean(), np.round(value[20, 5], 3))
