"""`tf.contrib.losses`: the losses of before `tf.losses`, with predictions first."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.losses.loss_ops": """
            absolute_difference add_loss compute_weighted_loss cosine_distance hinge_loss log_loss
            mean_pairwise_squared_error mean_squared_error sigmoid_cross_entropy softmax_cross_entropy
            sparse_softmax_cross_entropy
        """.split(),
        "minigraph.losses.collection": "get_losses get_regularization_losses get_total_loss".split(),
    },
    absent(__name__),
)
