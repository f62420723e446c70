"""`tf.losses`: losses with weights, collected in the graph."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.losses.collection": """
            add_loss get_losses get_regularization_loss get_regularization_losses get_total_loss
        """.split(),
        "minigraph.losses.losses": """
            absolute_difference cosine_distance hinge_loss huber_loss log_loss mean_pairwise_squared_error
            mean_squared_error sigmoid_cross_entropy softmax_cross_entropy sparse_softmax_cross_entropy
        """.split(),
        "minigraph.losses.weighted_loss": "Reduction compute_weighted_loss".split(),
    },
    absent(__name__),
)
