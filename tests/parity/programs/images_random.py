"""tf.image's random changes, by the seeds of the graph and of the operation."""

import numpy as np

import minigraph as tf

I = tf.image
tf.set_random_seed(11)
pixels = np.random.RandomState(3).uniform(0, 1, [4, 3, 5, 3]).astype(np.float32)
x = tf.constant(pixels, name="x")
one = tf.constant(pixels[0], name="one")
whole = tf.constant((pixels * 255).astype(np.uint8), name="whole")
boxes = tf.constant([[[0.1, 0.2, 0.7, 0.9], [0.3, 0.3, 0.6, 0.5]]], name="boxes")
begin, extent, box = I.sample_distorted_bounding_box([40, 60, 3], boxes, seed=5, min_object_covered=0.3)
first, kept, whole_box = I.sample_distorted_bounding_box(
    tf.constant([33, 21, 3]),
    tf.zeros([1, 0, 4]),
    seed=5,
    seed2=9,
    area_range=(0.3, 0.8),
    aspect_ratio_range=[0.5, 2.0],
    max_attempts=20,
    use_image_if_no_bounding_boxes=True,
    name="sample",
)
made = {
    "left right": I.random_flip_left_right(one),
    "left right batch": I.random_flip_left_right(x, seed=4),
    "up down": I.random_flip_up_down(one, seed=2),
    "up down batch": I.random_flip_up_down(whole),
    "brightness": I.random_brightness(one, 0.3),
    "brightness bytes": I.random_brightness(whole, max_delta=32.0 / 255.0, seed=3),
    "contrast": I.random_contrast(one, 0.2, 1.8),
    "contrast seed": I.random_contrast(x, lower=0.5, upper=1.5, seed=8),
    "hue": I.random_hue(x, 0.2),
    "hue seed": I.random_hue(whole, 0.5, seed=1),
    "saturation": I.random_saturation(x, 0.5, 1.5),
    "saturation seed": I.random_saturation(whole, lower=0.1, upper=3.0, seed=1),
    "begin": begin,
    "extent": extent,
    "box": box,
    "first": first,
    "kept": kept,
    "whole box": whole_box,
}
results = {}
with tf.Session() as sess:
    for turn in range(3):
        for name, value in sess.run(made).items():
            results["%s %d" % (name, turn)] = value
