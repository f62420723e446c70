"""`tf.compat`: texts and bytes; `tf.compat.v1` is the package itself."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: ["v1"],
        "minigraph.compat.texts": """
            as_bytes as_str as_str_any as_text bytes_or_text_types complex_types integral_types path_to_str real_types
        """.split(),
    },
    absent(__name__),
)
