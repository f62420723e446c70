"""Images in runs that are fed, recorded and wrong. Nodes and values are held by the parity programs `images_…`."""

from __future__ import annotations

import builtins

import numpy as np
import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")

PIXELS = np.random.default_rng(3).uniform(0, 1, (2, 6, 5, 3)).astype(np.float32)
BOXES = [[[0.1, 0.2, 0.7, 0.9]], [[0.3, 0.0, 0.6, 0.5]]]


def everything(x):
    """Build what a recorded run could get wrong: views, gathered pixels, kernels that look at numbers."""
    small = tf.image.resize_images(x, [4, 4])
    return [
        tf.image.flip_left_right(x),
        tf.image.resize_bicubic(x, [9, 7]),
        tf.image.resize_nearest_neighbor(x, [3, 3]),
        tf.image.resize_area(x, [3, 2]),
        tf.image.crop_and_resize(x, [[0.1, 0.1, 0.9, 0.8]], [1], [3, 3]),
        tf.image.adjust_hue(x, 0.2),
        tf.image.rgb_to_hsv(x),
        tf.image.draw_bounding_boxes(x, BOXES),
        tf.extract_image_patches(x, [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "SAME"),
        tf.image.rgb_to_grayscale(small),
        tf.image.total_variation(x),
        *tf.gradients(tf.reduce_sum(tf.square(small)), x),
    ]


def test_a_recorded_run_gives_what_an_interpreted_one_gives():
    x = tf.placeholder(tf.float32, [2, None, None, 3])
    ys = everything(x)
    with tf.Session() as sess:
        for turn in range(4):
            pixels = PIXELS * (turn + 1) / 4
            with tf.Session() as fresh:
                expected = fresh.run(ys, {x: pixels})
            for found, wanted in zip(sess.run(ys, {x: pixels}), expected):
                np.testing.assert_array_equal(found, wanted)


def test_images_of_a_variable_are_values_of_their_own():
    v = tf.Variable(PIXELS)
    drawn = tf.image.draw_bounding_boxes(v, BOXES)
    same = tf.image.resize_image_with_crop_or_pad(v, 6, 5)
    with tf.Session() as sess:
        sess.run(v.initializer)
        first = sess.run([drawn, same])
        sess.run(v.assign(tf.zeros_like(v)))
        assert first[1].max() > 0 and np.array_equal(first[1], PIXELS)
        assert sess.run(drawn).max() == 1 and not sess.run(same).any()


def test_pixels_train():
    image = tf.Variable(tf.zeros([1, 8, 8, 3]))
    wanted = tf.constant(PIXELS[:1, :4, :4])
    loss = tf.reduce_mean(tf.square(tf.image.resize_bilinear(image, [4, 4]) - wanted))
    loss += 1e-4 * tf.reduce_mean(tf.image.total_variation(image))
    train_op = tf.train.GradientDescentOptimizer(5.0).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        before = sess.run(loss)
        for _ in range(30):
            sess.run(train_op)
        assert sess.run(loss) < before / 10


def test_boxes_train():
    boxes = tf.Variable([[0.2, 0.2, 0.8, 0.8]])
    slope = tf.tile(tf.reshape(tf.range(8.0), [1, 8, 1, 1]), [1, 1, 8, 1])
    crop = tf.image.crop_and_resize(slope, boxes, [0], [3, 3])
    train_op = tf.train.GradientDescentOptimizer(0.002).minimize(tf.reduce_mean(tf.square(crop - 3.0)))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(200):
            sess.run(train_op)
        top, left, bottom, right = sess.run(boxes)[0]
        assert 7 * (top + bottom) / 2 == pytest.approx(3.0, abs=0.05)  # the middle is the row whose pixels are 3
        assert (left, right) == pytest.approx((0.2, 0.8))  # across nothing changes


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: tf.image.random_contrast(x[0, 0, 0], 0.1, 0.2),
        lambda x: tf.image.rgb_to_yiq(tf.constant(["text"])),
        lambda x: tf.image.resize_images(x, [2, 2], method=9),
        lambda x: tf.image.crop_to_bounding_box(x, 9, 9, 9, 9),
        lambda x: tf.image.resize_image_with_crop_or_pad(x, -1, 3),
        lambda x: tf.image.rot90(x, [1, 2]),
        lambda x: tf.image.ssim(x, x[:, 1:], 1.0),
        lambda x: tf.image.sobel_edges(x[0]),
        lambda x: tf.image.psnr(x, x[:, 1:], 1.0),
    ],
)
def test_a_call_that_fails_leaves_nothing(graph, wrong):
    x = tf.constant(PIXELS)
    before = len(graph.get_operations())
    with pytest.raises((ValueError, TypeError)):
        wrong(x)
    left = graph.get_operations()[before:]
    assert {op.type for op in left} <= {"StridedSlice", "Const"}


def test_a_random_flip_takes_half_of_a_batch():
    x = tf.constant(np.tile(np.float32([[[[0], [1]]]]), (200, 1, 1, 1)))
    with tf.Session() as sess:
        flipped = sess.run(tf.image.random_flip_left_right(x, seed=3))[:, 0, 0, 0]
    assert set(flipped) == {0.0, 1.0} and 70 < flipped.sum() < 130


def test_without_pillow_an_error_says_what_to_install(monkeypatch):
    found = builtins.__import__

    def without(name, *args, **options):
        if name == "PIL":
            raise ImportError(name)
        return found(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    png = tf.image.encode_png(tf.zeros([2, 2, 3], tf.uint8))
    with tf.Session() as sess:
        assert sess.run(png).startswith(b"\x89PNG")  # needs no Pillow
        with pytest.raises(ImportError, match=r"pip install 'minigraph\[images\]'"):
            sess.run(tf.image.decode_png(png))


def test_files_of_16_bits_and_colours_are_read_as_8_bits():
    colours = np.arange(2 * 3 * 3, dtype=np.uint16).reshape(2, 3, 3) * 3000
    png = tf.image.encode_png(tf.constant(colours))
    with tf.Session() as sess:
        np.testing.assert_array_equal(sess.run(tf.image.decode_png(png)), colours >> 8)
        with pytest.raises(tf.errors.UnimplementedError, match="decode it as tf.uint8"):
            sess.run(tf.image.decode_png(png, dtype=tf.uint16))


def test_a_picture_survives_its_files():
    y, x = np.mgrid[:33, :47]
    picture = np.stack([x * 5, y * 7, (x + y) * 3], -1).astype(np.uint8)
    with tf.Session() as sess:
        for colours in (True, False):
            jpeg = tf.image.encode_jpeg(picture, quality=100, chroma_downsampling=colours)
            found = sess.run(tf.image.decode_image(jpeg)).astype(int)
            assert np.abs(found - picture).mean() < (4 if colours else 1.5)
        animated = sess.run(tf.image.decode_gif(tf.image.encode_png(picture)))
        np.testing.assert_array_equal(animated, picture[None])
