"""`tf.image`: resizing, crops, flips, colours, boxes, measures, files."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.ops.namespace": """
            crop_and_resize draw_bounding_boxes extract_glimpse extract_image_patches hsv_to_rgb non_max_suppression
            non_max_suppression_overlaps=non_max_suppression_with_overlaps non_max_suppression_padded
            non_max_suppression_with_scores resize_area resize_bicubic resize_bilinear resize_nearest_neighbor
            rgb_to_hsv sample_distorted_bounding_box
        """.split(),
    },
    absent(__name__),
)
