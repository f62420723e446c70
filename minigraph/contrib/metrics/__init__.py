"""`tf.contrib.metrics`: `tf.metrics` under their older names and with the older order of arguments."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.metrics.groups": "accuracy aggregate_metric_map aggregate_metrics".split(),
        "minigraph.contrib.metrics.streaming": """
            streaming_accuracy streaming_auc streaming_false_negatives streaming_false_positives streaming_mean
            streaming_mean_absolute_error streaming_mean_cosine_distance streaming_mean_iou
            streaming_mean_relative_error streaming_mean_squared_error streaming_mean_tensor
            streaming_percentage_less streaming_precision streaming_precision_at_thresholds streaming_recall
            streaming_recall_at_k streaming_recall_at_thresholds streaming_root_mean_squared_error
            streaming_sensitivity_at_specificity streaming_specificity_at_sensitivity streaming_true_negatives
            streaming_true_positives
        """.split(),
        "minigraph.metrics.confusion_matrix": ["confusion_matrix"],
    },
    absent(__name__),
)
