# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.ops.io.decoding import string_to_number as to_number
from minigraph.ops.strings.formats import (
    as_string,
    string_to_hash_bucket as to_hash_bucket,
    string_to_hash_bucket_fast as to_hash_bucket_fast,
    string_to_hash_bucket_strong as to_hash_bucket_strong,
    unicode_transcode,
)
from minigraph.ops.strings.join import string_join as join
from minigraph.ops.strings.parts import (
    string_length as length,
    string_lower as lower,
    string_strip as strip,
    string_upper as upper,
    substr,
)
from minigraph.ops.strings.reduce_join import reduce_join
from minigraph.ops.strings.regex import regex_full_match, regex_replace
from minigraph.ops.strings.splitting import split_texts as split

__all__ = [
    "as_string",
    "join",
    "length",
    "lower",
    "reduce_join",
    "regex_full_match",
    "regex_replace",
    "split",
    "strip",
    "substr",
    "to_hash_bucket",
    "to_hash_bucket_fast",
    "to_hash_bucket_strong",
    "to_number",
    "unicode_transcode",
    "upper",
]
