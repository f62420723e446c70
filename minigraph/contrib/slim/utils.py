"""`slim.utils`: collections of tensors by the names of layers, and arguments given in several forms."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.layers.utils": """
            append_tensor_alias channel_dimension collect_named_outputs constant_value convert_collection_to_dict
            gather_tensors_aliases get_tensor_aliases get_variable_collections last_dimension n_positive_integers
            smart_cond static_cond two_element_tuple
        """.split()
    },
    absent(__name__),
)
