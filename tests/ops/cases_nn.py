"""Cases: activations, softmax, biases, convolution, pooling, batch normalization, top-k."""

import math

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.graph.apply import apply
from minigraph.ops.arrays import space_to_batch
from minigraph.ops.nn import bias_add, pool, softmax_cross_entropy

X = np.array([[-2.5, -0.7, 0.4], [0.9, 3.5, 7.5]], np.float32)
LOGITS = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.2]], np.float32)
LABELS = np.array([[0.2, 0.5, 0.3], [0.0, 0.9, 0.1]], np.float32)
IMAGES = (np.arange(2 * 5 * 4 * 3) * 7 % 23 / 8 - 1).astype(np.float32).reshape(2, 5, 4, 3)
FOUR = (np.arange(2 * 5 * 4 * 4) * 11 % 29 / 8 - 1).astype(np.float32).reshape(2, 5, 4, 4)
PAIRS = (np.arange(3 * 3 * 2 * 6) * 5 % 17 / 6 - 1).astype(np.float32).reshape(3, 3, 2, 6)
FILTERS = (np.arange(3 * 2 * 3 * 2) * 5 % 13 / 6 - 1).astype(np.float32).reshape(3, 2, 3, 2)
DISTINCT = (np.arange(2 * 5 * 4 * 3) * 37 % 120 / 16 - 3).astype(np.float32).reshape(2, 5, 4, 3)
ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805


def grad_of(function):
    """Build the gradient of the sum of `function` at x."""
    return lambda x: tf.gradients(function(x), x)[0]


def log_softmax_of(x):
    """By numpy, in double precision."""
    x = x.astype(np.float64)
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


def windows(x, size, strides, padding, fill):
    """Return the windows of images as (batch, rows, columns, height, width, channels), by a plain loop."""
    (h, w), (sh, sw) = size, strides
    if padding == "SAME":
        rows, cols = math.ceil(x.shape[1] / sh), math.ceil(x.shape[2] / sw)
        extra = [max((n - 1) * s + k - m, 0) for n, s, k, m in zip((rows, cols), strides, size, x.shape[1:3])]
        x = np.pad(x, [(0, 0), *((e // 2, e - e // 2) for e in extra), (0, 0)], constant_values=fill)
    rows, cols = (x.shape[1] - h) // sh + 1, (x.shape[2] - w) // sw + 1
    return np.stack(
        [np.stack([x[:, i * sh : i * sh + h, j * sw : j * sw + w] for j in range(cols)], 1) for i in range(rows)], 1
    )


def conv(x, filters, strides=(1, 1), padding="VALID"):
    """Convolution by its definition."""
    return np.einsum("brchwi,hwio->brco", windows(x, filters.shape[:2], strides, padding, 0), filters)


def average(x, size, strides, padding):
    """Return the mean of each window, of what lies inside the image."""
    count = windows(np.ones_like(x), size, strides, padding, 0).sum((3, 4))
    return windows(x, size, strides, padding, 0).sum((3, 4)) / count


ACTIVATIONS = [
    Case("Relu", tf.nn.relu, (X,), lambda x: np.maximum(x, 0), also=("ReluGrad",)),
    Case("Relu", tf.nn.relu, (np.array([-2, 3], np.int32),), np.array([0, 3], np.int32), name="integers"),
    Case("Relu6", tf.nn.relu6, (X,), lambda x: np.clip(x, 0, 6), also=("Relu6Grad",)),
    Case("Elu", tf.nn.elu, (X,), lambda x: np.where(x > 0, x, np.expm1(x)), also=("EluGrad",)),
    Case("Selu", tf.nn.selu, (X,), lambda x: SCALE * np.where(x > 0, x, ALPHA * np.expm1(x)), also=("SeluGrad",)),
    Case("LeakyRelu", tf.nn.leaky_relu, (X,), lambda x: np.where(x > 0, x, 0.2 * x), also=("LeakyReluGrad",)),
    Case(
        "LeakyRelu",
        lambda x: tf.nn.leaky_relu(x, alpha=0.05),
        (X,),
        lambda x: np.where(x > 0, x, 0.05 * x),
        name="alpha",
    ),
    Case("LeakyRelu", tf.nn.leaky_relu, (np.array([-4, 5], np.int64),), np.float32([-0.8, 5.0]), name="integers"),
    *[
        Case(name, function, (np.zeros([0, 3], np.float32),), np.zeros([0, 3], np.float32), name="empty")
        for name, function in [
            ("Relu", tf.nn.relu),
            ("Elu", tf.nn.elu),
            ("Softplus", tf.nn.softplus),
            ("Softmax", tf.nn.softmax),
            ("LogSoftmax", tf.nn.log_softmax),
        ]
    ],
    *[
        Case(name, function, (np.float64(-0.75),), expected, name="double scalar")
        for name, function, expected in [
            ("Relu6", tf.nn.relu6, 0.0),
            ("Elu", tf.nn.elu, np.expm1(-0.75)),
            ("Softsign", tf.nn.softsign, -0.75 / 1.75),
            ("Selu", tf.nn.selu, SCALE * ALPHA * np.expm1(-0.75)),
            ("Softplus", tf.nn.softplus, np.log1p(np.exp(-0.75))),
        ]
    ],
    Case("Softplus", tf.nn.softplus, (X,), lambda x: np.log1p(np.exp(x))),
    Case(
        "Softplus",
        tf.nn.softplus,
        (np.array([-150.0, 150.0], np.float32),),
        np.array([0.0, 150.0]),
        name="far out",
        grad_order=1,
    ),
    Case("Softsign", tf.nn.softsign, (X,), lambda x: x / (1 + np.abs(x)), also=("SoftsignGrad",)),
    Case(
        "ConcatV2",
        tf.nn.crelu,
        (X,),
        lambda x: np.maximum(np.concatenate([x, -x], -1), 0),
        name="crelu",
        also=("Relu",),
    ),
    Case("IdentityN", tf.nn.swish, (X,), lambda x: x / (1 + np.exp(-x)), name="swish"),
    Case("ReluGrad", grad_of(tf.nn.relu), (X,), lambda x: (x > 0) * 1.0, grad_order=1),
    Case("Relu6Grad", grad_of(tf.nn.relu6), (X,), lambda x: ((x > 0) & (x < 6)) * 1.0, grad_order=1),
    Case("EluGrad", grad_of(tf.nn.elu), (X,), lambda x: np.where(x > 0, 1, np.exp(x)), grad_order=1),
    Case("SeluGrad", grad_of(tf.nn.selu), (X,), lambda x: SCALE * np.where(x > 0, 1, ALPHA * np.exp(x)), grad_order=1),
    Case("LeakyReluGrad", grad_of(tf.nn.leaky_relu), (X,), lambda x: np.where(x > 0, 1, 0.2), grad_order=1),
    Case("SoftsignGrad", grad_of(tf.nn.softsign), (X,), lambda x: 1 / (1 + np.abs(x)) ** 2, grad_order=0),
]

SOFTMAX = [
    Case("Softmax", tf.nn.softmax, (LOGITS,), lambda x: np.exp(log_softmax_of(x))),
    Case(
        "Softmax",
        tf.nn.softmax,
        (np.stack([LOGITS, LOGITS * 30]),),
        lambda x: np.exp(log_softmax_of(x)),
        name="three axes",
    ),
    Case(
        "Softmax",
        lambda x: tf.nn.softmax(x, axis=0),
        (LOGITS,),
        lambda x: np.exp(log_softmax_of(x.T)).T,
        name="first axis",
        hide=False,
    ),
    Case("LogSoftmax", tf.nn.log_softmax, (LOGITS,), log_softmax_of),
    Case(
        "LogSoftmax",
        tf.nn.log_softmax,
        (np.array([[1000.0, 0.0]], np.float32),),
        np.array([[0.0, -1000.0]]),
        name="no overflow",
        grad_order=1,
    ),
    Case(
        "SoftmaxCrossEntropyWithLogits",
        lambda x, y: tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=x),
        (LOGITS, LABELS),
        lambda x, y: -(y * log_softmax_of(x)).sum(-1),
        hide=False,
        grad_order=1,
    ),
    # TF1's second derivative leaves out how the first depends on the labels.
    Case(
        "SoftmaxCrossEntropyWithLogits",
        lambda x, y: tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(y), logits=x),
        (LOGITS, LABELS),
        lambda x, y: -(y * log_softmax_of(x)).sum(-1),
        hide=False,
        name="second order",
        wrt=(0,),
    ),
    Case(
        "SoftmaxCrossEntropyWithLogits",
        lambda x, y: apply(softmax_cross_entropy.SoftmaxCrossEntropyWithLogits(), x, y),
        (LOGITS, LABELS),
        lambda x, y: [-(y * log_softmax_of(x)).sum(-1), np.exp(log_softmax_of(x)) - y],
        name="both outputs",
        grad_order=0,
    ),
    Case(
        "SparseSoftmaxCrossEntropyWithLogits",
        lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=[2, 0], logits=x),
        (LOGITS,),
        lambda x: -log_softmax_of(x)[[0, 1], [2, 0]],
        hide=False,
        grad_order=1,
        also=("PreventGradient",),
    ),
    Case(
        "SparseSoftmaxCrossEntropyWithLogits",
        lambda x, n: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=n, logits=x),
        (np.stack([LOGITS, LOGITS + 1]), np.array([[0, 2], [1, 1]])),
        lambda x, n: -np.take_along_axis(log_softmax_of(x), n[..., None], -1)[..., 0],
        name="more axes",
        hide=False,
        grad_order=1,
    ),
]

IMAGE_OPS = [
    Case(
        "BiasAdd",
        tf.nn.bias_add,
        (X, np.array([1.0, -2.0, 0.5], np.float32)),
        np.add,
        also=("BiasAddGrad",),
        hide=False,
    ),
    Case(
        "BiasAdd",
        lambda x, b: tf.nn.bias_add(x, b, data_format="NCHW"),
        (IMAGES.transpose(0, 3, 1, 2).copy(), np.array([1.0, -2.0, 0.5], np.float32)),
        lambda x, b: x + b[:, None, None],
        name="channels first",
        hide=False,
    ),
    Case("BiasAddGrad", lambda x: apply(bias_add.BiasAddGrad(), x), (IMAGES,), lambda x: x.sum((0, 1, 2)), hide=False),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv2d(x, f, [1, 1, 1, 1], "VALID"),
        (IMAGES, FILTERS),
        conv,
        also=("Conv2DBackpropInput", "Conv2DBackpropFilter"),
    ),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv2d(x, f, 1, "SAME"),
        (FOUR, PAIRS),
        name="two groups",
        hide=False,
        rtol=1e-4,
        expected=lambda x, f: np.concatenate(
            [conv(x[..., :2], f[..., :3], padding="SAME"), conv(x[..., 2:], f[..., 3:], padding="SAME")], axis=3
        ),
    ),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv2d(x, f, 1, "SAME"),
        (np.ones((0, 3, 3, 2), np.float32), PAIRS),
        np.zeros((0, 3, 3, 6)),
        name="no images",
        grad_order=1,
    ),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv2d(x, f, 1, "SAME"),
        (IMAGES, np.ones((2, 2, 3, 0), np.float32)),
        np.zeros((2, 5, 4, 0)),
        name="no channels",
        grad_order=1,
    ),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv2d(x, f, [1, 2, 1, 1], "SAME"),
        (IMAGES, FILTERS),
        lambda x, f: conv(x, f, (2, 1), "SAME"),
        name="same, strides",
    ),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv2d(x, f, 1, "VALID", dilations=[1, 2, 1, 1]),
        (IMAGES, FILTERS[:2].copy()),
        lambda x, f: conv(x, np.stack([f[0], 0 * f[0], f[1]])),
        name="dilated",
        grad_order=1,
    ),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv2d(x, f, 1, "SAME", data_format="NCHW"),
        (IMAGES.transpose(0, 3, 1, 2).copy(), FILTERS),
        lambda x, f: conv(x.transpose(0, 2, 3, 1), f, padding="SAME").transpose(0, 3, 1, 2),
        name="channels first",
    ),
    Case(
        "Conv2DBackpropInput",
        lambda f, dy: tf.nn.conv2d_backprop_input([2, 5, 4, 3], f, dy, [1, 1, 1, 1], "VALID"),
        (FILTERS, IMAGES[:, :3, :3, :2].copy()),
        lambda f, dy: conv(np.pad(dy, ((0, 0), (2, 2), (1, 1), (0, 0))), f[::-1, ::-1].transpose(0, 1, 3, 2)),
    ),
    Case(
        "Conv2DBackpropFilter",
        lambda x, dy: tf.nn.conv2d_backprop_filter(x, [3, 2, 3, 2], dy, [1, 1, 1, 1], "VALID"),
        (IMAGES, IMAGES[:, :3, :3, :2].copy()),
        lambda x, dy: np.einsum("brchwi,brco->hwio", windows(x, (3, 2), (1, 1), "VALID", 0), dy),
    ),
    Case(
        "Conv2DBackpropInput",
        lambda x, f: tf.nn.conv2d_transpose(x, f, [2, 7, 5, 3], 1, "VALID"),
        (IMAGES[..., :2].copy(), FILTERS),
        lambda x, f: conv(np.pad(x, ((0, 0), (2, 2), (1, 1), (0, 0))), f[::-1, ::-1].transpose(0, 1, 3, 2)),
        name="transposed",
    ),
    Case(
        "Conv2D",
        lambda x, f: tf.nn.conv1d(x, f, 1, "VALID"),
        (IMAGES[:, :, 0].copy(), FILTERS[:, 0].copy()),
        lambda x, f: conv(x[:, :, None], f[:, None])[:, :, 0],
        name="conv1d",
    ),
    Case(
        "MaxPool",
        lambda x: tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "VALID"),
        (DISTINCT,),
        lambda x: windows(x, (2, 2), (2, 2), "VALID", -np.inf).max((3, 4)),
        also=("MaxPoolGrad", "MaxPoolGradGrad"),
    ),
    Case(
        "MaxPool",
        lambda x: tf.nn.max_pool(x, 3, [1, 1, 2, 1], "SAME"),
        (DISTINCT,),
        lambda x: windows(x, (3, 3), (1, 2), "SAME", -np.inf).max((3, 4)),
        name="overlapping",
    ),
    Case(
        "AvgPool",
        lambda x: tf.nn.avg_pool(x, [1, 2, 3, 1], [1, 1, 1, 1], "VALID"),
        (IMAGES,),
        lambda x: average(x, (2, 3), (1, 1), "VALID"),
        also=("AvgPoolGrad",),
    ),
    Case(
        "AvgPool",
        lambda x: tf.nn.avg_pool(x, 2, 2, "SAME"),
        (IMAGES,),
        lambda x: average(x, (2, 2), (2, 2), "SAME"),
        name="same",
    ),
    Case(
        "MaxPool",
        lambda x: tf.nn.max_pool(x, [1, 1, 2, 2], 2, "VALID", data_format="NCHW"),
        (DISTINCT.transpose(0, 3, 1, 2).copy(),),
        lambda x: windows(x.transpose(0, 2, 3, 1), (2, 2), (2, 2), "VALID", 0).max((3, 4)).transpose(0, 3, 1, 2),
        name="channels first",
    ),
    Case(
        "MaxPool",
        lambda x: tf.nn.max_pool(x, [1, 1, 1, 3], [1, 1, 1, 3], "VALID"),
        (DISTINCT,),
        lambda x: x.max(3, keepdims=True),
        name="over channels",
        grad_order=0,
    ),
    Case(
        "MaxPool",
        lambda x: tf.nn.max_pool(x, 3, 2, "SAME"),
        (np.arange(-50, -10, dtype=np.int32).reshape(1, 5, 4, 2),),
        lambda x: windows(x, (3, 3), (2, 2), "SAME", -99).max((3, 4)),
        name="integers",
    ),
    Case(
        "AvgPool",
        lambda x: tf.nn.avg_pool(x, 2, 1, "SAME", data_format="NCHW"),
        (IMAGES.transpose(0, 3, 1, 2).copy(),),
        lambda x: average(x.transpose(0, 2, 3, 1), (2, 2), (1, 1), "SAME").transpose(0, 3, 1, 2),
        name="channels first",
    ),
    Case(
        "MaxPoolGrad",
        grad_of(lambda x: tf.nn.max_pool(x, 2, 2, "VALID")),
        (DISTINCT,),
        lambda x: np.pad(
            1.0 * (x[:, :4] == windows(x, (2, 2), (2, 2), "VALID", 0).max((3, 4)).repeat(2, 1).repeat(2, 2)),
            ((0, 0), (0, 1), (0, 0), (0, 0)),
        ),
        grad_order=1,
    ),
    Case(
        "AvgPoolGrad",
        grad_of(lambda x: tf.nn.avg_pool(x, 2, 2, "VALID")),
        (IMAGES,),
        lambda x: np.pad(np.full((2, 4, 4, 3), 0.25), ((0, 0), (0, 1), (0, 0), (0, 0))),
        grad_order=1,
    ),
    Case(
        "MaxPoolGradGrad",
        lambda x, g: apply(
            pool.MaxPoolGradGrad([1, 2, 2, 1], [1, 2, 2, 1], "VALID"), x, tf.nn.max_pool(x, 2, 2, "VALID"), g
        ),
        (DISTINCT, IMAGES),
        lambda x, g: np.take_along_axis(
            windows(g, (2, 2), (2, 2), "VALID", 0).reshape(2, 2, 2, 4, 3),
            windows(x, (2, 2), (2, 2), "VALID", 0).reshape(2, 2, 2, 4, 3).argmax(3)[:, :, :, None],
            3,
        )[:, :, :, 0],
        grad_order=0,
    ),
    Case("L2Loss", tf.nn.l2_loss, (X,), lambda x: (x * x).sum() / 2),
    Case(
        "TopKV2",
        lambda x: list(tf.nn.top_k(x, 2)),
        (LOGITS,),
        [np.array([[2.0, 0.5], [1.5, 0.3]], np.float32), np.array([[2, 0], [0, 1]], np.int32)],
    ),
    Case(
        "TopKV2",
        lambda x: tf.nn.top_k(x, 2).values,
        (np.stack([X, -X]),),
        lambda x: np.sort(x)[..., :0:-1],
        name="three axes",
    ),
    Case(
        "TopKV2",
        lambda n: list(tf.nn.top_k(n, 2)),
        (np.array([[3, 255, 0]], np.uint8),),
        [np.array([[255, 3]], np.uint8), np.array([[1, 0]], np.int32)],
        name="unsigned",
    ),
    Case(
        "TopKV2",
        lambda n: list(tf.nn.top_k(n)),
        (np.array([3, 5, 5, 1], np.int32),),
        [np.array([5], np.int32), np.array([1], np.int32)],
        name="ties",
    ),
    Case("InTopKV2", lambda x: tf.nn.in_top_k(x, [0, 2], 2), (LOGITS,), np.array([True, False]), grad_order=0),
]


def normalized(x, scale, offset, mean=None, variance=None):
    """Batch normalization by its definition."""
    mean = x.mean((0, 1, 2)) if mean is None else mean
    variance = x.var((0, 1, 2)) if variance is None else variance
    return (x - mean) / np.sqrt(variance + 0.001) * scale + offset


VECTORS = [np.array(v, np.float32) for v in ([1.5, 0.5, -1.0], [0.0, 1.0, 2.0], [0.1, -0.2, 0.3], [1.0, 0.5, 2.0])]
BATCH_NORM = [
    Case(
        "FusedBatchNormV3",
        lambda x, s, o: tf.nn.fused_batch_norm(x, s, o)[0],
        (IMAGES, *VECTORS[:2]),
        normalized,
        also=("FusedBatchNormGradV3",),
        hide=False,
        rtol=1e-4,
        atol=1e-5,
        single=True,
    ),
    Case(
        "FusedBatchNormV3",
        lambda x, s, o: list(tf.nn.fused_batch_norm(x, s, o)[1:]),
        (IMAGES, *VECTORS[:2]),
        lambda x, s, o: [x.mean((0, 1, 2)), x.var((0, 1, 2)) * 40 / 39],
        name="statistics",
        grad_order=0,
        hide=False,
        rtol=1e-4,
        atol=1e-5,
    ),
    Case(
        "FusedBatchNormV3",
        lambda x, s, o: tf.nn.fused_batch_norm(x, s, o, mean=VECTORS[2], variance=VECTORS[3], is_training=False)[0],
        (IMAGES, *VECTORS[:2]),
        lambda x, s, o: normalized(x, s, o, *VECTORS[2:]),
        name="inference",
        hide=False,
        rtol=1e-4,
        atol=1e-5,
        single=True,
        grad_order=1,
    ),
    Case(
        "FusedBatchNormV3",
        lambda x, s, o: tf.nn.fused_batch_norm(x, s, o, data_format="NCHW")[0],
        (IMAGES.transpose(0, 3, 1, 2).copy(), *VECTORS[:2]),
        lambda x, s, o: normalized(x.transpose(0, 2, 3, 1), s, o).transpose(0, 3, 1, 2),
        name="channels first",
        hide=False,
        rtol=1e-4,
        atol=1e-5,
        single=True,
        grad_order=1,
    ),
    Case(
        "FusedBatchNormV3",
        lambda x: tf.nn.fused_batch_norm(x, VECTORS[0], VECTORS[1])[0],
        (IMAGES.astype(np.float16),),
        lambda x: normalized(x.astype(np.float32), *VECTORS[:2]).astype(np.float16),
        name="halves",
        hide=False,
        grad_order=0,
        rtol=2e-3,
        atol=1e-3,
    ),
    Case(
        "FusedBatchNormGradV3",
        grad_of(lambda x: tf.nn.fused_batch_norm(x, VECTORS[0], VECTORS[1])[0] * IMAGES[::-1].copy()),
        (IMAGES,),
        grad_order=1,
        hide=False,
        single=True,
    ),
]


def every_second(x):
    """Return the images of a block of two rows and one column, padded by a row, by numpy."""
    x = np.pad(x, [(0, 0), (1, 0), (0, 0), (0, 0)])
    return np.concatenate([x[:, ::2], x[:, 1::2]])


BLOCKS = [
    Case(
        "SpaceToBatchND",
        lambda x: space_to_batch.space_to_batch_nd(x, [2, 1], [[1, 0], [0, 0]]),
        (IMAGES,),
        every_second,
        also=("BatchToSpaceND",),
    ),
    Case(
        "BatchToSpaceND",
        lambda x: space_to_batch.batch_to_space_nd(x, [2, 1], [[1, 0], [0, 0]]),
        (every_second(IMAGES),),
        IMAGES,
        also=("SpaceToBatchND",),
    ),
    Case(
        "SpaceToBatchND",
        lambda x: tf.layers.conv2d(
            x, 2, [3, 1], dilation_rate=2, padding="same", kernel_initializer=tf.ones_initializer()
        ),
        (IMAGES,),
        lambda x: np.repeat(
            sum(np.pad(x, [(0, 0), (2, 2), (0, 0), (0, 0)])[:, i : i + 5] for i in (0, 2, 4)).sum(-1, keepdims=True),
            2,
            -1,
        ),
        name="a convolution with holes",
        hide=False,
        grad_order=0,
    ),
]

CASES = ACTIVATIONS + SOFTMAX + IMAGE_OPS + BATCH_NORM + BLOCKS
