"""`tf.graph_util`: parts of a graph as messages, and graphs whose variables are constants."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.interop.freezing": ["convert_variables_to_constants"],
        "minigraph.interop.import_graph_def": ["import_graph_def"],
        "minigraph.interop.sub_graph": """
            extract_sub_graph must_run_on_cpu remove_training_nodes tensor_shape_from_node_def_name
        """.split(),
    },
    absent(__name__),
)
