"""Convolution, pooling and batch normalization of images: values, nodes, gradients, errors."""

import numpy as np
from expressions import ask_each
from facts import fact

IMAGES = (np.arange(2 * 5 * 4 * 3) * 7 % 23 / 8 - 1).reshape(2, 5, 4, 3)
FILTERS = (np.arange(3 * 2 * 3 * 2) * 5 % 13 / 6 - 1).reshape(3, 2, 3, 2)
DISTINCT = (np.arange(2 * 5 * 4 * 3) * 37 % 120 / 16 - 3).reshape(2, 5, 4, 3)
SINGLE = IMAGES.astype(np.float32)


@fact
def convolution(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.conv2d(x0, x1, [1, 1, 1, 1], "VALID")
        tf.nn.conv2d(x0, x1, [1, 2, 1, 1], "SAME", name="c")
    """,
        [IMAGES, FILTERS],
        order=2,
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.conv2d(x0, x1, 2, "VALID")
        tf.nn.conv2d(x0, filters=x1, strides=[2, 1], padding="SAME", name="c")
        tf.nn.conv2d(x0, x1, 1, [[0, 0], [1, 2], [0, 1], [0, 0]])
    """,
        [IMAGES, FILTERS],
        order=1,
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.conv2d(x0, x1[:2], 1, "VALID", dilations=2)
        tf.nn.conv2d(x0, x1[:2], 1, "VALID", dilations=[1, 2, 1, 1])
    """,
        [IMAGES, FILTERS],
    )
    ask_each(
        tf,
        note,
        "tf.nn.conv2d(x0, x1, 2, 'SAME', name='n')",
        [IMAGES, FILTERS],
        [[None, 5, None, 3], [3, 2, 3, 2]],
        order=1,
    )
    ask_each(tf, note, "tf.nn.conv2d(x0, x1, 1, 'VALID', name='any')", [IMAGES, FILTERS], [None, None])


@fact
def convolutions_of_other_kinds(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.conv2d_backprop_input([1, 3, 3, 1], tf.ones([2, 2, 1, 1]), tf.ones([1, 2, 2, 1]), [1, 1, 1, 1], "VALID")
        tf.nn.conv2d_backprop_filter(tf.ones([1, 3, 3, 1]), [2, 2, 1, 1], tf.ones([1, 2, 2, 1]), [1, 1, 1, 1], "VALID")
        tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 3]), tf.ones([3, 3, 5, 3]), [1, 4, 4, 5], [1, 2, 2, 1])
        tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 3]), tf.ones([3, 3, 5, 3]), tf.stack([1, 4, 4, 5]), 2, name="t")
        tf.nn.conv1d(tf.ones([1, 4, 1]), tf.ones([2, 1, 1]), 1, "VALID")
        tf.nn.conv1d(tf.ones([1, 4, 1]), tf.ones([2, 1, 1]), [2], "SAME", name="n")
        tf.nn.conv1d(tf.ones([1, 4, 1]), tf.ones([2, 1, 1]), [1, 2, 1], "SAME", data_format="NWC")
        tf.nn.conv1d(tf.ones([1, 6, 1]), tf.ones([2, 1, 1]), 1, "VALID", dilations=2)
        tf.nn.conv1d(input=tf.ones([1, 4, 1]), filters=tf.ones([2, 1, 1]), stride=1, padding="VALID")
    """,
    )
    ask_each(tf, note, "tf.nn.conv1d(x0, x1, 1, 'SAME')", [IMAGES[:, 0], FILTERS[:, 0]], order=1)
    ask_each(
        tf,
        note,
        "tf.nn.conv2d_transpose(x0, x1, [2, 10, 8, 2], 2, name='t')",
        [IMAGES, FILTERS.swapaxes(2, 3)],
        order=2,
    )


@fact
def convolution_errors(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), [1, 1, 1, 1], "valid")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), [1, 1, 1, 1], "EXPLICIT")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), [1, 1, 1, 1], None)
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, [[0, 0], [1, 2], [0, 1]])
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, [[0, 0], [1], [0, 1], [0, 0]])
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, [[1, 0], [1, 2], [0, 1], [0, 0]])
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), [1, 1, 1], "SAME")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), [1, 0, 1, 1], "SAME")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), [2, 1, 1, 1], "SAME")
        tf.nn.conv2d(tf.ones([1, 5, 5, 1]), tf.ones([2, 2, 1, 1]), 1, "VALID", dilations=[2, 2, 2, 1])
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([4, 2, 1, 1]), 1, "VALID")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 3, 1]), 1, "VALID")
        tf.nn.conv2d(tf.ones([1, 3, 3]), tf.ones([2, 2, 3, 1]), 1, "VALID")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1]), 1, "VALID")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1], tf.int32), tf.ones([2, 2, 1, 1], tf.int32), 1, "VALID")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1], tf.float64), 1, "VALID")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, "VALID", data_format="NHCW")
        tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 1, "VALID", filters=tf.ones([2, 2, 1, 1]))
        tf.nn.conv2d_backprop_input([1, 3, 3, 1], tf.ones([2, 2, 1, 1]), tf.ones([1, 3, 2, 1]), [1, 1, 1, 1], "VALID")
        tf.nn.conv2d_backprop_filter(tf.ones([1, 3, 3, 1]), [2, 2, 1, 1], tf.ones([1, 1, 2, 1]), [1, 1, 1, 1], "VALID")
        tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 3]), tf.ones([3, 3, 5, 3]), [1, 4, 4, 5], 2, "foo")
        tf.nn.conv2d_transpose(tf.ones([1, 2, 2, 3]), tf.ones([3, 3, 5, 3]), [1, 4, 4, 5], 2, data_format="NHCW")
        tf.nn.conv1d(tf.ones([1, 4, 1]), tf.ones([2, 1, 1]), 1, "SAME", data_format="bad")
        tf.nn.conv1d(tf.ones([6, 1]), tf.ones([2, 1, 1]), 1, "VALID")
        tf.nn.conv1d(tf.ones([1, 4, 1]), tf.ones([2, 1, 1]), 1, "VALID", input=tf.ones([1, 4, 1]))
    """,
    )
    for images, filters in (([1, 3, 3, 1], [2, 2, 2, 1]), ([1, 3, 3], [2, 2, 2, 1])):
        ask_each(
            tf,
            note,
            "tf.nn.conv2d(x0, x1, 1, 'VALID', name='n%d')" % len(images),
            [np.ones(images, np.float32), np.ones(filters, np.float32)],
            [None, None],
            nodes=False,
        )


@fact
def pooling(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.max_pool(x0, [1, 2, 2, 1], [1, 2, 2, 1], "VALID")
        tf.nn.max_pool(x0, 3, 1, "SAME", name="p")
        tf.nn.avg_pool(x0, [1, 2, 2, 1], [1, 2, 2, 1], "VALID")
        tf.nn.avg_pool(x0, 3, 2, "SAME", name="p")
    """,
        [DISTINCT.astype(np.float32)],
        order=2,
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.max_pool(x0, [2, 2], [2, 1], "SAME")
        tf.nn.max_pool(input=x0, ksize=2, strides=2, padding="VALID")
        tf.nn.max_pool(x0, [1, 1, 1, 3], [1, 1, 1, 3], "SAME")
        tf.nn.max_pool2d(x0, 2, 2, "VALID")
        tf.nn.avg_pool2d(x0, 2, 2, "VALID")
        tf.nn.max_pool(tf.cast(x0, tf.int32), 2, 2, "VALID")
    """,
        [DISTINCT.astype(np.float32)],
    )
    ask_each(
        tf, note, "tf.nn.max_pool(x0, 2, 2, 'VALID')\ntf.nn.avg_pool(x0, 3, 2, 'SAME')", [SINGLE], [[None, None, 4, 3]]
    )
    ask_each(tf, note, "tf.nn.max_pool(x0, 2, 2, 'VALID', name='any')", [SINGLE], [None])


@fact
def pooling_errors(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.nn.max_pool(tf.ones([1, 4, 4, 1]), [2, 2, 2], [2, 2], "SAME")
        tf.nn.max_pool(tf.ones([1, 4, 4, 1]), 0, 1, "SAME")
        tf.nn.max_pool(tf.ones([1, 4, 4, 1]), 2, 0, "SAME")
        tf.nn.max_pool(tf.ones([1, 4, 4, 1]), 2, 2, "FOO")
        tf.nn.max_pool(tf.ones([4, 4, 1]), 2, 2, "SAME")
        tf.nn.max_pool(tf.ones([1, 4, 4, 1]), 5, 1, "VALID")
        tf.nn.max_pool(tf.ones([2, 4, 4, 2]), [2, 1, 1, 1], [2, 1, 1, 1], "SAME")
        tf.nn.max_pool(tf.ones([1, 4, 4, 1]), 2, 2, "VALID", input=tf.ones([1, 4, 4, 1]))
        tf.nn.avg_pool(tf.ones([1, 4, 4, 1], tf.int32), 3, 2, "SAME")
        tf.nn.avg_pool(tf.ones([4, 4, 1]), 1, 2, "SAME")
        tf.nn.avg_pool(tf.ones([1, 4, 4, 1]), 5, 2, "VALID")
        tf.nn.avg_pool(tf.ones([1, 4, 4, 1]), 2, 2, "VALID", data_format="NHCW")
    """,
    )


@fact
def batch_normalization(tf, note):
    scale, offset = np.float32([1.5, 0.5, -1]), np.float32([0, 1, 2])
    ask_each(
        tf,
        note,
        """
        tf.nn.fused_batch_norm(x0, x1, x2)
        tf.nn.fused_batch_norm(x0, x1, x2, epsilon=0.1, name="b")
    """,
        [SINGLE, scale, offset],
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.fused_batch_norm(x0, x1, x2, name="g")[0] * x0[:, ::-1]
        tf.nn.fused_batch_norm(x0, x1, x2, x1 * x1, x1 * x1 + 1.0, is_training=False)[0]
        tf.nn.batch_normalization(x0, x1, x1 * x1, x2, x1, 0.001)
        tf.nn.batch_normalization(x0, x1, x1 * x1, None, None, 0.001, name="b")
        tf.nn.batch_norm_with_global_normalization(x0, x1, x1 * x1, x2, x1, 0.001, True)
        tf.nn.batch_norm_with_global_normalization(input=x0, mean=x1, variance=x1 * x1, beta=x2, gamma=x1, \
variance_epsilon=0.1, scale_after_normalization=False, name="b")
    """,
        [SINGLE, scale, offset],
        order=1,
    )
    ask_each(
        tf,
        note,
        """
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 2], tf.float16), [1.0, 1.0], [0.0, 0.5])
        tf.nn.fused_batch_norm(tf.ones([0, 2, 4, 2]), [1.0, 2.0], [0.0, 1.0])
        tf.nn.batch_normalization(tf.ones([2, 2], tf.float16), C([1.0, 2.0]), C([1.0, 2.0]), C([0.5, 0.5]), None, 0.001)
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 1]), [1.0, 1.0], [0.0])
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 2]), [1.0, 1.0], [0.0])
        tf.nn.fused_batch_norm(tf.ones([4, 4, 2]), [1.0, 1.0], [0.0, 0.0])
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 2], tf.float64), [1.0, 1.0], [0.0, 0.0])
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 1]), [1.0], [0.0], [1.0], [1.0])
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 1]), [1.0], [0.0], [1.0, 2.0], [1.0], is_training=False)
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 1]), [1.0], [0.0], is_training=False)
        tf.nn.fused_batch_norm(tf.ones([1, 4, 4, 1]), [1.0], [0.0], data_format="NCWH")
    """,
    )
    ask_each(
        tf, note, "tf.nn.fused_batch_norm(x0, [1.0], [0.0])", [np.ones([1, 2, 3], np.float32)], [None], nodes=False
    )
