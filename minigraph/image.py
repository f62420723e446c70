"""`tf.image`: resizing, crops, flips, colours, boxes, measures, files."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.images.adjustments": """
            adjust_brightness adjust_contrast adjust_gamma adjust_hue adjust_saturation random_brightness
            random_contrast random_hue random_saturation
        """.split(),
        "minigraph.images.color_spaces": """
            grayscale_to_rgb rgb_to_grayscale rgb_to_yiq rgb_to_yuv yiq_to_rgb yuv_to_rgb
        """.split(),
        "minigraph.images.conversion": "convert_image_dtype per_image_standardization".split(),
        "minigraph.images.crops": """
            central_crop crop_to_bounding_box pad_to_bounding_box resize_image_with_crop_or_pad
            resize_with_crop_or_pad=resize_image_with_crop_or_pad
        """.split(),
        "minigraph.images.decoding": "adjust_jpeg_quality decode_image is_jpeg random_jpeg_quality".split(),
        "minigraph.images.flips": """
            flip_left_right flip_up_down random_flip_left_right random_flip_up_down rot90 transpose
            transpose_image=transpose
        """.split(),
        "minigraph.images.measures": "image_gradients psnr sobel_edges total_variation".split(),
        "minigraph.images.resizing": "ResizeMethod resize=resize_images resize_image_with_pad resize_images".split(),
        "minigraph.images.similarity": "ssim ssim_multiscale".split(),
        "minigraph.ops.namespace": """
            combined_non_max_suppression crop_and_resize decode_and_crop_jpeg decode_bmp decode_gif decode_jpeg
            decode_png draw_bounding_boxes encode_jpeg encode_png extract_glimpse extract_image_patches
            extract_jpeg_shape extract_patches hsv_to_rgb non_max_suppression
            non_max_suppression_overlaps=non_max_suppression_with_overlaps non_max_suppression_padded
            non_max_suppression_with_scores resize_area resize_bicubic resize_bilinear resize_nearest_neighbor
            rgb_to_hsv sample_distorted_bounding_box
        """.split(),
    },
    absent(__name__),
)
