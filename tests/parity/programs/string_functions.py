"""Texts: cases, parts, words, numbers, hashes, expressions, joined ones, distances; nodes, values, errors."""
import minigraph as tf


def failure(function, *args, **kwargs):
    """Return the type of the error of a call, and its first line."""
    try:
        found = function(*args, **kwargs)
        return "no error: %s" % type(found).__name__
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0]


words = tf.constant(["Hello World", " a  b ", "", "x,y;z", "na\u00efve \u00c9"])
fed = tf.placeholder(tf.string, [None])
unknown = tf.placeholder(tf.string)
grid = tf.constant([["a", "b"], ["c", "d"]])
long = ["", "a", "abcd", "hello", "12345678", "0123456789abcdef", "x" * 17, "y" * 32, "z" * 33, "w" * 64, "v" * 65]
long += ["the quick brown fox jumps over the lazy dog " * n for n in (2, 3, 7)]
sparse = [
    tf.string_split(words),
    tf.string_split(words, ",;"),
    tf.string_split(words, "", name="letters"),
    tf.string_split(fed, delimiter=",", skip_empty=False),
    tf.strings.split(words),
    tf.strings.split(words, " "),
    tf.strings.split(fed, "l", maxsplit=1),
    tf.strings.split(fed, maxsplit=1),
]
texts = [
    tf.strings.lower(words),
    tf.strings.upper(words),
    tf.strings.upper(words, encoding="utf-8"),
    tf.strings.strip(words),
    tf.string_strip(unknown),
    tf.strings.length(words),
    tf.strings.length(words, unit="UTF8_CHAR", name="characters"),
    tf.substr(["hello", "world"], 1, 3),
    tf.strings.substr(["hello", "world"], [0, -2], [2, 9]),
    tf.substr("na\u00efve", 2, 2, unit="UTF8_CHAR"),
    tf.substr(tf.constant("hello"), tf.constant([1, 2], tf.int64), tf.constant([1, 2], tf.int64)),
    tf.regex_replace(words, "[aeiou]", "<\\0>"),
    tf.regex_replace(words, "(\\w+) (\\w+)", "\\2 \\1", replace_global=False),
    tf.strings.regex_replace(words, tf.constant("o|b*"), tf.constant("-")),
    tf.strings.regex_replace(words, "^\\s+|\\s+$", ""),
    tf.strings.regex_full_match(words, "[[:alpha:]]+ .*"),
    tf.strings.regex_full_match(fed, tf.placeholder_with_default("H.*", [])),
    tf.strings.to_number(["1", "-2.5", " 3e2"]),
    tf.string_to_number("12", tf.int64),
    tf.as_string([1, -20]),
    tf.as_string([1.5, -2.25, 1e10, 1e-7]),
    tf.as_string([1.5, -2.25], precision=1, width=8, fill="0"),
    tf.as_string([1.5, 12345678.0], scientific=True),
    tf.as_string([1.5, 12345678.0, 1e-9], shortest=True),
    tf.as_string([True, False]),
    tf.as_string(tf.constant([1 + 2j], tf.complex64)),
    tf.as_string(tf.constant([7], tf.int8), width=4),
    tf.string_to_hash_bucket(long, 1000003),
    tf.string_to_hash_bucket_fast(long, 1000003),
    tf.strings.to_hash_bucket_strong(long, 1000003, [1, 2**40]),
    tf.strings.to_hash_bucket(words, 10),
    tf.string_join([words, "!"], separator="-"),
    tf.reduce_join(grid, 0),
    tf.reduce_join(grid, [0, 1], separator="."),
    tf.strings.reduce_join(grid, 1, keep_dims=True),
    tf.reduce_join(unknown),
    tf.reduce_join(grid),
    tf.encode_base64(words),
    tf.encode_base64(words, pad=True),
    tf.decode_base64(tf.encode_base64(words)),
    tf.strings.unicode_transcode(words, "UTF-8", "UTF-16-BE"),
    tf.strings.unicode_transcode([b"a\xffb", b"a\nb"], "UTF-8", "UTF-8", replace_control_characters=True),
    tf.strings.unicode_transcode([b"a\xffb"], "UTF-8", "UTF-8", errors="ignore", name="ignored"),
]
a = tf.SparseTensor([[0, 0, 0], [0, 1, 0], [0, 1, 1], [1, 0, 0]], ["a", "b", "c", "d"], [2, 2, 2])
b = tf.SparseTensor([[0, 0, 0], [0, 1, 0], [1, 1, 0]], ["a", "c", "x"], [2, 2, 1])
holder = tf.sparse_placeholder(tf.int32)
texts += [
    tf.edit_distance(a, b),
    tf.edit_distance(a, b, normalize=False, name="whole"),
    tf.edit_distance(holder, tf.SparseTensor([[0, 0], [0, 1]], [3, 4], [1, 2])),
]
feed = {
    fed: ["Hello, all", ",", "b l l"],
    unknown: [[" a", "b "], ["c", " d "]],
    holder: tf.SparseTensorValue([[0, 0], [0, 1], [0, 2]], [4, 3, 4], [1, 3]),
}
results = {"shapes": [str(t.shape) for t in sparse + texts], "types": [t.dtype.name for t in texts]}
with tf.Session() as sess:
    for i, value in enumerate(sess.run(sparse, feed)):
        results["sparse %d" % i] = list(value)
    for i, value in enumerate(sess.run(texts, feed)):
        results["text %d" % i] = value
    run = sess.run
    results["in a run"] = [
        failure(run, tf.substr(["hello", "abc"], 4, 1)),
        failure(run, tf.substr("abc", -4, 1)),
        failure(run, tf.strings.to_number(["x"])),
        failure(run, tf.as_string([1.0], scientific=True, shortest=True)),
        failure(run, tf.strings.to_hash_bucket_strong(["x"], 3, [1])),
        failure(run, tf.decode_base64("?")),
        failure(run, tf.strings.unicode_transcode([b"\xff"], "UTF-8", "UTF-8", errors="strict")),
        failure(run, tf.reduce_join(unknown, 2), feed),
    ]
results["building"] = [
    failure(tf.string_split, "a b"),
    failure(tf.string_split, [1, 2]),
    failure(tf.string_split, ["a"], sep=" ", delimiter=" "),
    failure(tf.string_to_hash_bucket_fast, ["a"], 0),
    failure(tf.strings.length, ["a"], unit="WORD"),
    failure(tf.strings.lower, [1]),
    failure(tf.edit_distance, grid, a),
    failure(tf.edit_distance, a, grid),
    failure(tf.string_join, [["a"], ["b", "c"]]),
    failure(tf.strings.unicode_transcode, ["a"], "UTF-8", "latin-1"),
]

for name, value in results.items():
    print(name, value)
