"""What tf.image refuses: the exception and the first sentence of its message."""

import numpy as np

import minigraph as tf

I = tf.image
mistakes = {
    "resize rank": lambda: I.resize_images(row, [2, 2]),
    "resize five": lambda: I.resize_images(five, [2, 2]),
    "resize unknown": lambda: I.resize_images(free, [2, 2]),
    "resize size": lambda: I.resize_images(x, [2, 2, 2]),
    "resize float": lambda: I.resize_images(x, [2.5, 2.5]),
    "resize method": lambda: I.resize_images(x, [2, 2], method=7),
    "resize zero": lambda: sess.run(I.resize_images(x, size)),
    "resize empty": lambda: sess.run(I.resize_bilinear(hidden, [2, 2])),
    "bilinear rank": lambda: I.resize_bilinear(row, [2, 2]),
    "crop rank": lambda: I.crop_to_bounding_box(row, 0, 0, 1, 1),
    "crop large": lambda: I.crop_to_bounding_box(x, 0, 0, 5, 1),
    "crop negative": lambda: I.crop_to_bounding_box(x, -1, 0, 1, 1),
    "crop width": lambda: I.crop_to_bounding_box(x, 0, 0, 1, 0),
    "pad small": lambda: I.pad_to_bounding_box(x, 0, 0, 3, 9),
    "pad negative": lambda: I.pad_to_bounding_box(x, 0, -1, 9, 9),
    "crop or pad zero": lambda: I.resize_image_with_crop_or_pad(x, 0, 3),
    "central fraction": lambda: I.central_crop(x, 1.5),
    "central rank": lambda: I.central_crop(five, 0.5),
    "central row": lambda: I.central_crop(row, 0.5),
    "flip row": lambda: I.flip_left_right(row),
    "flip five": lambda: I.flip_up_down(five),
    "flip empty": lambda: I.flip_up_down(tf.zeros([0, 2, 3])),
    "random flip five": lambda: I.random_flip_up_down(five),
    "rot90 k": lambda: I.rot90(x, [1]),
    "rot90 row": lambda: I.rot90(row),
    "transpose five": lambda: I.transpose(five),
    "convert": lambda: I.convert_image_dtype(x, tf.bool),
    "gamma": lambda: I.adjust_gamma(x, -1.0),
    "contrast rank": lambda: I.adjust_contrast(row, 1.0),
    "hue rank": lambda: I.adjust_hue(row, 0.1),
    "hue channels": lambda: sess.run(I.adjust_hue(x[..., :2], 0.1)),
    "saturation channels": lambda: sess.run(I.adjust_saturation(x[..., :1], 0.1)),
    "random brightness": lambda: I.random_brightness(x, -0.1),
    "random contrast": lambda: I.random_contrast(x, 0.5, 0.5),
    "random contrast negative": lambda: I.random_contrast(x, -0.5, 0.5),
    "random saturation": lambda: I.random_saturation(x, 2.0, 1.0),
    "random hue": lambda: I.random_hue(x, 0.6),
    "random hue negative": lambda: I.random_hue(x, -0.6),
    "hsv": lambda: I.rgb_to_hsv(x[..., :2]),
    "grey": lambda: I.grayscale_to_rgb(x),
    "grey rank": lambda: I.grayscale_to_rgb(row),
    "variation": lambda: I.total_variation(row),
    "variation five": lambda: I.total_variation(five),
    "psnr": lambda: I.psnr(x, x[:, 1:], 1.0),
    "psnr batch": lambda: I.psnr(x, tf.zeros([3, 4, 5, 3]), 1.0),
    "psnr row": lambda: I.psnr(row, row, 1.0),
    "ssim small": lambda: sess.run(I.ssim(x, x, 1.0)),
    "box indices": lambda: sess.run(I.crop_and_resize(x, [[0.0, 0.0, 1.0, 1.0]], [5], [2, 2])),
    "box columns": lambda: I.crop_and_resize(x, [[0.0, 0.0, 1.0]], [0], [2, 2]),
    "box method": lambda: I.crop_and_resize(x, [[0.0, 0.0, 1.0, 1.0]], [0], [2, 2], method="cubic"),
    "box both": lambda: I.crop_and_resize(x, [[0.0, 0.0, 1.0, 1.0]], [0], [2, 2], box_indices=[0]),
    "draw channels": lambda: I.draw_bounding_boxes(x[..., :2], np.zeros([2, 1, 4], np.float32)),
    "draw columns": lambda: I.draw_bounding_boxes(x, np.zeros([2, 1, 3], np.float32)),
    "draw batch": lambda: sess.run(I.draw_bounding_boxes(x, np.zeros([3, 1, 4], np.float32))),
    "nms threshold": lambda: sess.run(I.non_max_suppression(np.zeros([1, 4], np.float32), [1.0], 1, 1.5)),
    "nms boxes": lambda: I.non_max_suppression(np.zeros([1, 3], np.float32), [1.0], 1),
    "nms scores": lambda: I.non_max_suppression(np.zeros([1, 4], np.float32), [1.0, 2.0], 1),
    "sample boxes": lambda: sess.run(I.sample_distorted_bounding_box([9, 9, 3], np.zeros([1, 0, 4], np.float32))),
    "sample outside": lambda: sess.run(I.sample_distorted_bounding_box([9, 9, 3], [[[0.0, 0.0, 1.0, 1.5]]])),
    "sample size": lambda: I.sample_distorted_bounding_box([9, 9], [[[0.0, 0.0, 1.0, 1.0]]]),
    "patches": lambda: I.extract_image_patches(x, [1, 2, 2], [1, 1, 1, 1], [1, 1, 1, 1], "SAME"),
    "patches list": lambda: I.extract_image_patches(x, 2, [1, 1, 1, 1], [1, 1, 1, 1], "SAME"),
    "patches depth": lambda: sess.run(I.extract_image_patches(x, [1, 2, 2, 2], [1, 1, 1, 1], [1, 1, 1, 1], "SAME")),
    "patches padding": lambda: I.extract_image_patches(x, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "FULL"),
    "glimpse": lambda: I.extract_glimpse(x, [2, 2], [[0.0, 0.0, 0.0]]),
    "standard": lambda: I.per_image_standardization(row),
}
results = {}
for name, mistake in mistakes.items():
    with tf.Graph().as_default():
        x = tf.zeros([2, 4, 5, 3])
        row = tf.zeros([4])
        five = tf.zeros([1, 1, 2, 2, 3])
        free = tf.placeholder(tf.float32)
        hidden = tf.placeholder_with_default(tf.zeros([2, 0, 5, 3]), [None, None, None, 3])
        size = tf.placeholder_with_default([0, 3], [2])
        sess = tf.Session()
        try:
            mistake()
            results[name] = "nothing raised"
        except Exception as error:
            text = str(error).split("\n")[0]
            results[name] = [type(error).__name__, text.split(" for '")[0].split(" (op:")[0].split("{{")[0]]
