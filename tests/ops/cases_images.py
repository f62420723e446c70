"""Cases: resizing, crops, colours, patches, boxes, and files of images."""

import colorsys

import numpy as np
from opcases import Case

import minigraph as tf

IMAGES = (np.arange(2 * 4 * 6 * 3) * 37 % 97 / 97).astype(np.float32).reshape(2, 4, 6, 3)
BYTES = (IMAGES * 255).astype(np.uint8)
PIXELS = (np.arange(7 * 3) * 23 % 64 / 64).astype(np.float32).reshape(7, 3)  # no two channels are equal
BOXES = np.array([[0.1, 0.1, 0.8, 0.7], [0.22, 0.06, 0.63, 0.93]], np.float32)
WHICH = np.array([1, 0], np.int32)
CORNERS = np.array([[0, 0, 2, 2], [0, 0, 2, 1.9], [5, 5, 6, 6], [0, 0, 4, 1]], np.float32)
SCORES = np.array([0.8, 0.9, 0.3, 0.5], np.float32)
OVERLAPS = np.array([[1, 0.9, 0, 0.3], [0.9, 1, 0, 0.2], [0, 0, 1, 0], [0.3, 0.2, 0, 1]], np.float32)
ONES = [1, 1, 1, 1]


def doubled(x):
    """Return twice as many rows and columns, between the pixels their means, at the ends the last pixel."""
    for axis in (1, 2):
        after = np.concatenate([np.take(x, range(1, x.shape[axis]), axis), np.take(x, [-1], axis)], axis)
        x = np.stack([x, (x + after) / 2], axis + 1).reshape(*x.shape[:axis], -1, *x.shape[axis + 1 :])
    return x


def hsv(x, convert):
    return np.array([convert(*map(float, pixel)) for pixel in x.reshape(-1, 3)]).reshape(x.shape)


def turned(x, delta):
    """Turn the hue of each pixel."""
    found = []
    for pixel in x.reshape(-1, 3):
        h, s, v = colorsys.rgb_to_hsv(*map(float, pixel))
        found.append(colorsys.hsv_to_rgb((h + delta) % 1, s, v))
    return np.array(found).reshape(x.shape)


def saturated(x, factor):
    """Multiply the saturation of each pixel."""
    found = []
    for pixel in x.reshape(-1, 3):
        h, s, v = colorsys.rgb_to_hsv(*map(float, pixel))
        found.append(colorsys.hsv_to_rgb(h, min(s * factor, 1), v))
    return np.array(found).reshape(x.shape)


def patches(x):
    """Return windows of 2 x 3 pixels, two rows apart, by plain loops."""
    rows = [x[:, i : i + 2, j : j + 3].reshape(len(x), -1) for i in (0, 2) for j in range(4)]
    return np.stack(rows, 1).reshape(len(x), 2, 4, -1)


def framed(x):
    """Return images with a white frame around the whole of them."""
    found = np.ones_like(x)
    found[:, 1:-1, 1:-1] = x[:, 1:-1, 1:-1]
    return found


RESIZED = [
    Case(
        "ResizeBilinear",
        lambda x: tf.image.resize_bilinear(x, [8, 12]),
        (IMAGES,),
        doubled,
        grad_order=1,
        also=("ResizeBilinearGrad",),
        single=True,
    ),
    Case(
        "ResizeNearestNeighbor",
        lambda x: tf.image.resize_nearest_neighbor(x, [8, 18]),
        (IMAGES,),
        lambda x: x.repeat(2, 1).repeat(3, 2),
        grad_order=1,
        also=("ResizeNearestNeighborGrad",),
    ),
    Case(
        "ResizeNearestNeighbor",
        lambda x: tf.image.resize_nearest_neighbor(x, [2, 3]),
        (BYTES,),
        lambda x: x[:, ::2, ::2],
        grad_order=0,
        name="bytes",
    ),
    Case(
        "ResizeBicubic",
        lambda x: tf.image.resize_bicubic(x, [7, 11], align_corners=True)[:, ::2, ::2],
        (IMAGES,),
        lambda x: x,
        grad_order=1,
        also=("ResizeBicubicGrad",),
        single=True,
    ),
    Case(
        "ResizeArea",
        lambda x: tf.image.resize_area(x, [2, 6]),
        (IMAGES,),
        lambda x: (x[:, ::2] + x[:, 1::2]) / 2,
        grad_order=0,
    ),
]
CROPPED = [
    Case(
        "CropAndResize",
        lambda x, b, i: tf.image.crop_and_resize(x, b, i, [3, 4]),
        (IMAGES, BOXES, WHICH),
        grad_order=1,
        wrt=(0, 1),
        also=("CropAndResizeGradImage", "CropAndResizeGradBoxes"),
        single=True,
    ),
    Case(
        "CropAndResize",
        lambda x, i: tf.image.crop_and_resize(x, np.array([[0, 0, 1, 1], [1, 0, 0, 1]], np.float32), i, [4, 6]),
        (IMAGES, WHICH),
        lambda x, i: np.stack([x[i[0]], x[i[1], ::-1]]),
        grad_order=1,
        wrt=(0,),
        name="whole",
        single=True,
    ),
    Case(
        "ExtractImagePatches",
        lambda x: tf.extract_image_patches(x, [1, 2, 3, 1], [1, 2, 1, 1], ONES, "VALID"),
        (IMAGES,),
        patches,
    ),
    Case(
        "ExtractGlimpse",
        lambda x: tf.image.extract_glimpse(x, [2, 4], np.zeros([2, 2], np.float32)),
        (IMAGES,),
        lambda x: x[:, 1:3, 1:5],
        grad_order=0,
    ),
]
COLOURED = [
    Case(
        "RGBToHSV",
        tf.image.rgb_to_hsv,
        (PIXELS,),
        lambda x: hsv(x, colorsys.rgb_to_hsv),
        grad_order=1,
        grad_tol=1e-3,
        single=True,
    ),
    Case("HSVToRGB", tf.image.hsv_to_rgb, (PIXELS,), lambda x: hsv(x, colorsys.hsv_to_rgb), grad_order=0),
    Case("AdjustHue", lambda x: tf.image.adjust_hue(x, 0.3), (IMAGES,), lambda x: turned(x, 0.3), grad_order=0),
    Case(
        "AdjustSaturation",
        lambda x: tf.image.adjust_saturation(x, 1.5),
        (IMAGES,),
        lambda x: saturated(x, 1.5),
        grad_order=0,
    ),
    Case(
        "AdjustContrastv2",
        lambda x: tf.image.adjust_contrast(x, 2.0),
        (IMAGES,),
        lambda x: 2 * x - x.mean((1, 2), keepdims=True),
        grad_order=0,
    ),
]
BOXED = [
    Case(
        "DrawBoundingBoxes",
        lambda x: tf.image.draw_bounding_boxes(x, np.array([[[0, 0, 1, 1]]] * 2, np.float32)),
        (IMAGES[..., :1],),
        framed,
        grad_order=0,
    ),
    Case(
        "DrawBoundingBoxesV2",
        lambda x: tf.image.draw_bounding_boxes(x, np.array([[[0, 0, 1, 1]]] * 2, np.float32), colors=[[1.0] * 3]),
        (IMAGES,),
        framed,
        grad_order=0,
    ),
    Case(
        "SampleDistortedBoundingBoxV2",
        lambda b: tf.image.sample_distorted_bounding_box([40, 40, 3], b, seed=3, area_range=[1.0, 1.0])[2],
        (BOXES[None],),
        np.array([[[0, 0, 1, 1]]], np.float32),
        grad_order=0,
    ),
    Case(
        "NonMaxSuppressionV3",
        lambda b, s: tf.image.non_max_suppression(b, s, 3),
        (CORNERS, SCORES),
        np.array([1, 3, 2], np.int32),
        grad_order=0,
    ),
    Case(
        "NonMaxSuppressionV4",
        lambda b, s: tf.image.non_max_suppression_padded(b, s, 5, pad_to_max_output_size=True),
        (CORNERS, SCORES),
        [np.array([1, 3, 2, 0, 0], np.int32), np.array(3, np.int32)],
        grad_order=0,
    ),
    Case(
        "NonMaxSuppressionV5",
        lambda b, s: tf.image.non_max_suppression_with_scores(b, s, 3, 0.9, soft_nms_sigma=0.5),
        (CORNERS, SCORES),
        lambda b, s: [np.array([1, 3, 2], np.int32), np.array([0.9, 0.5 * np.exp(-((2 / 5.8) ** 2)), 0.3])],
        grad_order=0,
    ),
    Case(
        "CombinedNonMaxSuppression",
        lambda b, s: tf.image.combined_non_max_suppression(b, s, 2, 4, clip_boxes=False),
        (CORNERS.reshape(1, 4, 1, 4), np.stack([SCORES, SCORES[::-1] / 2], -1)[None]),
        lambda b, s: [
            b[0, [1, 3, 2, 3], 0][None],
            np.array([[0.9, 0.5, 0.45, 0.4]], np.float32),
            np.array([[0, 0, 1, 1]], np.float32),
            np.array([4], np.int32),
        ],
        grad_order=0,
    ),
    Case(
        "NonMaxSuppressionWithOverlaps",
        lambda o, s: tf.image.non_max_suppression_overlaps(o, s, 4, 0.25),
        (OVERLAPS, SCORES),
        np.array([1, 3, 2], np.int32),
        grad_order=0,
    ),
]
BITMAP = b"BM" + bytes(8) + b"\x36\0\0\0" + bytes(4) + b"\2\0\0\0\2\0\0\0\1\0\x18\0" + bytes(24) + bytes(range(16))
FILES = [
    Case(
        "DecodePng",
        lambda x: tf.image.decode_png(tf.image.encode_png(x)),
        (BYTES[0],),
        lambda x: x,
        grad_order=0,
        also=("EncodePng",),
        hide=False,
    ),
    Case(
        "DecodeJpeg",
        lambda x: tf.image.decode_jpeg(tf.image.encode_jpeg(x)),
        (np.full((9, 7, 1), 77, np.uint8),),
        lambda x: x,
        grad_order=0,
        also=("EncodeJpeg",),
        hide=False,
    ),
    Case(
        "DecodeAndCropJpeg",
        lambda x: tf.image.decode_and_crop_jpeg(tf.image.encode_jpeg(x), [1, 2, 3, 4]),
        (np.full((9, 7, 1), 77, np.uint8),),
        lambda x: x[1:4, 2:6],
        grad_order=0,
        hide=False,
    ),
    Case(
        "EncodeJpegVariableQuality",
        lambda x: tf.image.adjust_jpeg_quality(x, 90),
        (np.full((9, 7, 1), 77, np.uint8),),
        lambda x: x,
        grad_order=0,
        hide=False,
    ),
    Case(
        "ExtractJpegShape",
        lambda x: tf.image.extract_jpeg_shape(tf.image.encode_jpeg(x)),
        (BYTES[0],),
        np.array([4, 6, 3], np.int32),
        grad_order=0,
        hide=False,
    ),
    Case(
        "DecodeGif",
        lambda x: tf.image.decode_gif(tf.image.encode_png(x)),
        (BYTES[0],),
        lambda x: x[None],
        grad_order=0,
        hide=False,
    ),
    Case(
        "DecodeBmp",
        lambda x: tf.image.decode_bmp(x),
        (np.array(BITMAP, object),),
        np.array([[[10, 9, 8], [13, 12, 11]], [[2, 1, 0], [5, 4, 3]]], np.uint8),
        grad_order=0,
    ),
]
SHAPE = (np.arange(2 * 3 * 3) * 7 % 18 / 36).astype(np.float32).reshape(2, 3, 3)


def dilated(x, shape):
    """Return dilated images by the definition."""
    height, width = x.shape[1] - 1, x.shape[2] - 2
    under = [x[:, i : i + height, j : j + width] + shape[i, j] for i in range(2) for j in range(3)]
    return np.max(under, 0)


SHAPED = [
    Case(
        "Dilation2D",
        lambda x, k: tf.nn.dilation2d(x, k, ONES, ONES, "VALID"),
        (IMAGES, SHAPE),
        dilated,
        grad_order=1,
        also=("Dilation2DBackpropInput", "Dilation2DBackpropFilter"),
    ),
    Case(
        "Dilation2D",
        lambda x, k: tf.nn.erosion2d(x, k, ONES, ONES, "VALID"),
        (IMAGES, SHAPE),
        lambda x, k: -dilated(-x, k[::-1, ::-1]),
        grad_order=1,
        name="erosion",
    ),
]
PROJECTED = [
    Case(
        "ImageProjectiveTransformV2",
        lambda x: tf.contrib.image.rotate(x, np.float32(np.pi)),
        (IMAGES,),
        lambda x: x[:, ::-1, ::-1],
        grad_order=1,
        hide=False,
    ),
    Case(
        "ImageProjectiveTransformV2",
        lambda x: tf.contrib.image.translate(x, [-0.5, 0.0], "BILINEAR")[:, :, :-1],
        (IMAGES,),
        lambda x: (x[:, :, :-1] + x[:, :, 1:]) / 2,
        grad_order=0,
        name="bilinear",
        hide=False,
    ),
]
CASES = PROJECTED + SHAPED + RESIZED + CROPPED + COLOURED + BOXED + FILES
