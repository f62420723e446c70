"""`tf.strings`: texts, element by element."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.ops.namespace": """
            as_string join=string_join length=string_length lower=string_lower reduce_join regex_full_match
            regex_replace split=split_texts strip=string_strip substr to_hash_bucket=string_to_hash_bucket
            to_hash_bucket_fast=string_to_hash_bucket_fast to_hash_bucket_strong=string_to_hash_bucket_strong
            to_number=string_to_number unicode_transcode upper=string_upper
        """.split()
    },
    absent(__name__),
)
