"""`tf.metrics`: figures that gather over many batches, in local variables."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.metrics.area": ["auc"],
        "minigraph.metrics.classes": "mean_iou mean_per_class_accuracy".split(),
        "minigraph.metrics.counts": """
            false_negatives false_positives precision recall true_negatives true_positives
        """.split(),
        "minigraph.metrics.means": """
            accuracy mean mean_absolute_error mean_cosine_distance mean_relative_error mean_squared_error mean_tensor
            percentage_below root_mean_squared_error
        """.split(),
        "minigraph.metrics.thresholds": """
            false_negatives_at_thresholds false_positives_at_thresholds precision_at_thresholds recall_at_thresholds
            sensitivity_at_specificity specificity_at_sensitivity true_negatives_at_thresholds
            true_positives_at_thresholds
        """.split(),
    },
    absent(__name__),
)
