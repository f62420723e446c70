"""Cases: depthwise and 3-D convolutions, poolings of volumes, local response normalization."""

import itertools

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.graph.apply import apply
from minigraph.ops.nn import pool3d

IMAGES = (np.arange(2 * 5 * 4 * 3) * 7 % 23 / 8 - 1).astype(np.float32).reshape(2, 5, 4, 3)
EACH = (np.arange(3 * 2 * 3 * 2) * 5 % 13 / 6 - 1).astype(np.float32).reshape(3, 2, 3, 2)
VOLUMES = (np.arange(1 * 4 * 3 * 4 * 2) * 7 % 23 / 8 - 1).astype(np.float32).reshape(1, 4, 3, 4, 2)
FILTER = (np.arange(2 * 2 * 3 * 2 * 3) * 5 % 13 / 6 - 1).astype(np.float32).reshape(2, 2, 3, 2, 3)
DISTINCT = (np.arange(1 * 4 * 3 * 4 * 2) * 37 % 96 / 16 - 3).astype(np.float32).reshape(1, 4, 3, 4, 2)


def padded(x, window, fill=0.0):
    """Return images or volumes padded so that windows at a distance of 1 keep the size."""
    edges = [((k - 1) // 2, k // 2) for k in window]
    return np.pad(x, [(0, 0), *edges, (0, 0)], constant_values=fill)


def places(x, window):
    """Return, for each position in the window, the elements of all windows there; with a plain loop."""
    counts = [n - k + 1 for n, k in zip(x.shape[1:], window)]
    for at in itertools.product(*map(range, window)):
        yield at, x[(slice(None), *[slice(i, i + n) for i, n in zip(at, counts)])]


def depthwise(x, f):
    """Depthwise convolution by its definition."""
    total = sum(part[..., None] * f[at] for at, part in places(x, f.shape[:2]))
    return total.reshape(*total.shape[:3], -1)


def conv3d(x, f):
    """Convolution of volumes by its definition."""
    return sum(part @ f[at] for at, part in places(x, f.shape[:3]))


def normalized(x, radius, bias, alpha, beta):
    """Local response normalization by its definition."""
    channels = range(x.shape[-1])
    sums = [(x[..., max(i - radius, 0) : i + radius + 1] ** 2).sum(-1) for i in channels]
    return x / (bias + alpha * np.stack(sums, -1)) ** beta


def grad_of(function):
    """Build the gradient of the sum of `function` at x."""
    return lambda x: tf.gradients(function(x), x)[0]


ONES = [1, 1, 1, 1]
DEPTHWISE = [
    Case(
        "DepthwiseConv2dNative",
        lambda x, f: tf.nn.depthwise_conv2d(x, f, ONES, "VALID"),
        (IMAGES, EACH),
        depthwise,
        also=("DepthwiseConv2dNativeBackpropInput", "DepthwiseConv2dNativeBackpropFilter"),
    ),
    Case(
        "DepthwiseConv2dNative",
        lambda x, f: tf.nn.depthwise_conv2d(x, f, [1, 2, 2, 1], "SAME"),
        (IMAGES[:, :, 1:].copy(), EACH[:, :1].copy()),
        lambda x, f: depthwise(padded(x, (3, 1)), f)[:, ::2, ::2],
        name="same, strides",
    ),
    Case(
        "DepthwiseConv2dNative",
        lambda x, f: tf.nn.depthwise_conv2d(x, f, ONES, "SAME", data_format="NCHW"),
        (IMAGES.transpose(0, 3, 1, 2).copy(), EACH),
        lambda x, f: depthwise(padded(x.transpose(0, 2, 3, 1), (3, 2)), f).transpose(0, 3, 1, 2),
        name="channels first",
    ),
    Case(
        "DepthwiseConv2dNative",
        lambda x, f: tf.nn.depthwise_conv2d_native(x, f, ONES, "VALID", dilations=[1, 1, 2, 1]),
        (IMAGES, EACH),
        lambda x, f: depthwise(x, np.stack([f[:, 0], 0 * f[:, 0], f[:, 1]], 1)),
        name="dilated",
    ),
    Case(
        "DepthwiseConv2dNativeBackpropInput",
        lambda f, dy: tf.nn.depthwise_conv2d_native_backprop_input([2, 5, 4, 3], f, dy, ONES, "VALID"),
        (EACH[..., :1].copy(), IMAGES[:, :3, :3].copy()),
        lambda f, dy: depthwise(np.pad(dy, [(0, 0), (2, 2), (1, 1), (0, 0)]), f[::-1, ::-1]),
    ),
    Case(
        "DepthwiseConv2dNativeBackpropFilter",
        lambda x, dy: tf.nn.depthwise_conv2d_native_backprop_filter(x, [3, 2, 3, 1], dy, ONES, "VALID"),
        (IMAGES, IMAGES[:, 2:, 1:].copy()),
        lambda x, dy: np.array([(part * dy).sum((0, 1, 2)) for _, part in places(x, (3, 2))]).reshape(3, 2, 3, 1),
        rtol=1e-4,
        atol=1e-5,
    ),
    Case(
        "Conv2D",
        lambda x, f, p: tf.nn.separable_conv2d(x, f, p, ONES, "VALID"),
        (IMAGES, EACH, FILTER.ravel()[:12].reshape(1, 1, 6, 2).copy()),
        lambda x, f, p: depthwise(x, f) @ p[0, 0],
        name="separable",
        also=("DepthwiseConv2dNative",),
        rtol=1e-4,
        atol=1e-5,
    ),
]

FIVE = [1, 1, 1, 1, 1]
VOLUMETRIC = [
    Case(
        "Conv3D",
        lambda x, f: tf.nn.conv3d(x, f, FIVE, "VALID"),
        (VOLUMES, FILTER),
        conv3d,
        also=("Conv3DBackpropInputV2", "Conv3DBackpropFilterV2"),
        rtol=1e-4,
        atol=1e-5,
    ),
    Case(
        "Conv3D",
        lambda x, f: tf.nn.conv3d(x, f, [1, 2, 1, 2, 1], "SAME"),
        (VOLUMES[:, :3, :, :3].copy(), FILTER[:1, :, :1].copy()),
        lambda x, f: conv3d(padded(x, (1, 2, 1)), f)[:, ::2, :, ::2],
        name="same, strides",
        rtol=1e-4,
        atol=1e-5,
    ),
    Case(
        "Conv3D",
        lambda x, f: tf.nn.conv3d(x, f, FIVE, "VALID", data_format="NCDHW"),
        (np.moveaxis(VOLUMES, -1, 1).copy(), FILTER),
        lambda x, f: np.moveaxis(conv3d(np.moveaxis(x, 1, -1), f), -1, 1),
        name="channels first",
        rtol=1e-4,
        atol=1e-5,
    ),
    Case(
        "Conv3DBackpropInputV2",
        lambda x, f: tf.nn.conv3d_transpose(x, f, [1, 5, 4, 6, 3], 1, "VALID"),
        (VOLUMES, np.swapaxes(FILTER, 3, 4).copy()),
        lambda x, f: conv3d(
            np.pad(x, [(0, 0), (1, 1), (1, 1), (2, 2), (0, 0)]), np.swapaxes(f[::-1, ::-1, ::-1], 3, 4)
        ),
        rtol=1e-4,
        atol=1e-5,
    ),
    Case(
        "Conv3DBackpropFilterV2",
        lambda x, f: tf.gradients(tf.nn.conv3d(x, f, FIVE, "VALID"), f)[0],
        (VOLUMES, FILTER),
        lambda x, f: (
            np.array([[part.sum((0, 1, 2, 3))] * 3 for _, part in places(x, (2, 2, 3))]).swapaxes(1, 2).reshape(f.shape)
        ),
        wrt=(0,),
        rtol=1e-4,
        atol=1e-5,
        hide=False,
    ),
    Case(
        "MaxPool3D",
        lambda x: tf.nn.max_pool3d(x, 2, [1, 1, 1, 1, 1], "VALID"),
        (DISTINCT,),
        lambda x: np.max([part for _, part in places(x, (2, 2, 2))], 0),
        also=("MaxPool3DGrad", "MaxPool3DGradGrad"),
        single=True,
    ),
    Case(
        "MaxPool3D",
        lambda x: tf.nn.max_pool3d(x, [1, 1, 2, 2, 2], [1, 1, 2, 1, 2], "VALID", data_format="NCDHW"),
        (np.moveaxis(DISTINCT, -1, 1).copy(),),
        lambda x: np.moveaxis(
            np.max([part for _, part in places(np.moveaxis(x, 1, -1), (2, 2, 2))], 0)[:, ::2, :, ::2], -1, 1
        ),
        name="channels first",
        single=True,
    ),
    Case(
        "MaxPool3DGrad",
        grad_of(lambda x: tf.nn.max_pool3d(x, [1, 4, 3, 4, 1], 1, "VALID")),
        (DISTINCT,),
        lambda x: (x == x.max((1, 2, 3), keepdims=True)) * 1.0,
        grad_order=0,
    ),
    Case(
        "MaxPool3DGradGrad",
        lambda x, g: apply(
            pool3d.MaxPool3DGradGrad((1, 4, 3, 4, 1), (1, 1, 1, 1, 1), "VALID"),
            x,
            tf.nn.max_pool3d(x, [1, 4, 3, 4, 1], 1, "VALID"),
            g,
        ),
        (DISTINCT, VOLUMES),
        lambda x, g: np.where(x == x.max((1, 2, 3), keepdims=True), g, 0).sum((1, 2, 3), keepdims=True),
        grad_order=0,
        hide=False,
    ),
    Case(
        "AvgPool3D",
        lambda x: tf.nn.avg_pool3d(x, [1, 2, 1, 3, 1], 1, "VALID"),
        (VOLUMES,),
        lambda x: np.mean([part for _, part in places(x, (2, 1, 3))], 0),
        also=("AvgPool3DGrad",),
    ),
    Case(
        "AvgPool3D",
        lambda x: tf.nn.avg_pool3d(x, 3, 1, "SAME"),
        (VOLUMES,),
        lambda x: (
            np.sum([part for _, part in places(padded(x, (3, 3, 3)), (3, 3, 3))], 0)
            / np.sum([part for _, part in places(padded(np.ones_like(x), (3, 3, 3)), (3, 3, 3))], 0)
        ),
        name="same",
    ),
    Case(
        "AvgPool3DGrad",
        grad_of(lambda x: tf.nn.avg_pool3d(x, [1, 2, 1, 2, 1], [1, 2, 1, 2, 1], "VALID")),
        (VOLUMES,),
        np.full(VOLUMES.shape, 0.25),
        grad_order=1,
    ),
]

NORMALIZATION = [
    Case(
        "LRN",
        tf.nn.lrn,
        (np.concatenate([IMAGES] * 4, -1),),
        lambda x: normalized(x, 5, 1.0, 1.0, 0.5),
        also=("LRNGrad",),
        grad_order=1,
        single=True,
    ),
    Case(
        "LRN",
        lambda x: tf.nn.local_response_normalization(x, 1, bias=2.0, alpha=0.5, beta=0.75),
        (IMAGES,),
        lambda x: normalized(x, 1, 2.0, 0.5, 0.75),
        grad_order=1,
        single=True,
        name="constants",
    ),
    Case(
        "LRNGrad",
        grad_of(lambda x: tf.nn.lrn(x, 0)),
        (IMAGES,),
        lambda x: (1 + x * x) ** -0.5 - x * x * (1 + x * x) ** -1.5,
        grad_order=0,
    ),
]

CASES = DEPTHWISE + VOLUMETRIC + NORMALIZATION
