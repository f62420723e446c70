# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.images.adjustments import (
    adjust_brightness,
    adjust_contrast,
    adjust_gamma,
    adjust_hue,
    adjust_saturation,
    random_brightness,
    random_contrast,
    random_hue,
    random_saturation,
)
from minigraph.images.color_spaces import (
    grayscale_to_rgb,
    rgb_to_grayscale,
    rgb_to_yiq,
    rgb_to_yuv,
    yiq_to_rgb,
    yuv_to_rgb,
)
from minigraph.images.conversion import convert_image_dtype, per_image_standardization
from minigraph.images.crops import (
    central_crop,
    crop_to_bounding_box,
    pad_to_bounding_box,
    resize_image_with_crop_or_pad,
    resize_image_with_crop_or_pad as resize_with_crop_or_pad,
)
from minigraph.images.decoding import adjust_jpeg_quality, decode_image, is_jpeg, random_jpeg_quality
from minigraph.images.flips import (
    flip_left_right,
    flip_up_down,
    random_flip_left_right,
    random_flip_up_down,
    rot90,
    transpose,
    transpose as transpose_image,
)
from minigraph.images.measures import image_gradients, psnr, sobel_edges, total_variation
from minigraph.images.resizing import ResizeMethod, resize_image_with_pad, resize_images, resize_images as resize
from minigraph.images.similarity import ssim, ssim_multiscale
from minigraph.ops.images.area import resize_area
from minigraph.ops.images.bicubic import resize_bicubic
from minigraph.ops.images.bilinear import resize_bilinear
from minigraph.ops.images.boxes import draw_bounding_boxes, sample_distorted_bounding_box
from minigraph.ops.images.colors import hsv_to_rgb, rgb_to_hsv
from minigraph.ops.images.combined_suppression import combined_non_max_suppression
from minigraph.ops.images.crop_and_resize import crop_and_resize
from minigraph.ops.images.decoding import (
    decode_and_crop_jpeg,
    decode_bmp,
    decode_gif,
    decode_jpeg,
    decode_png,
    extract_jpeg_shape,
)
from minigraph.ops.images.encoding import encode_jpeg, encode_png
from minigraph.ops.images.nearest import resize_nearest_neighbor
from minigraph.ops.images.patches import extract_glimpse, extract_image_patches, extract_patches
from minigraph.ops.images.suppression import (
    non_max_suppression,
    non_max_suppression_padded,
    non_max_suppression_with_overlaps as non_max_suppression_overlaps,
    non_max_suppression_with_scores,
)

__all__ = [
    "ResizeMethod",
    "adjust_brightness",
    "adjust_contrast",
    "adjust_gamma",
    "adjust_hue",
    "adjust_jpeg_quality",
    "adjust_saturation",
    "central_crop",
    "combined_non_max_suppression",
    "convert_image_dtype",
    "crop_and_resize",
    "crop_to_bounding_box",
    "decode_and_crop_jpeg",
    "decode_bmp",
    "decode_gif",
    "decode_image",
    "decode_jpeg",
    "decode_png",
    "draw_bounding_boxes",
    "encode_jpeg",
    "encode_png",
    "extract_glimpse",
    "extract_image_patches",
    "extract_jpeg_shape",
    "extract_patches",
    "flip_left_right",
    "flip_up_down",
    "grayscale_to_rgb",
    "hsv_to_rgb",
    "image_gradients",
    "is_jpeg",
    "non_max_suppression",
    "non_max_suppression_overlaps",
    "non_max_suppression_padded",
    "non_max_suppression_with_scores",
    "pad_to_bounding_box",
    "per_image_standardization",
    "psnr",
    "random_brightness",
    "random_contrast",
    "random_flip_left_right",
    "random_flip_up_down",
    "random_hue",
    "random_jpeg_quality",
    "random_saturation",
    "resize",
    "resize_area",
    "resize_bicubic",
    "resize_bilinear",
    "resize_image_with_crop_or_pad",
    "resize_image_with_pad",
    "resize_images",
    "resize_nearest_neighbor",
    "resize_with_crop_or_pad",
    "rgb_to_grayscale",
    "rgb_to_hsv",
    "rgb_to_yiq",
    "rgb_to_yuv",
    "rot90",
    "sample_distorted_bounding_box",
    "sobel_edges",
    "ssim",
    "ssim_multiscale",
    "total_variation",
    "transpose",
    "transpose_image",
    "yiq_to_rgb",
    "yuv_to_rgb",
]
