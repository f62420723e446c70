"""Raw lines of a log cleaned with string functions, counted with a mutable table, and features out of them."""
from __future__ import print_function

import tensorflow as tf

lines = [
    "2017-03-01 10:02:11  ERROR  disk full (code=28) ",
    "2017-03-01 10:05:40  info   user=Ann logged in",
    "2017-03-02 00:00:01  Error  timeout after 12.5s (code=110)",
    "bad line",
    "2017-03-02 08:30:00  WARN   memory 91.5%",
]
raw = tf.placeholder(tf.string, [None])
stripped = tf.strings.strip(raw)
is_entry = tf.strings.regex_full_match(stripped, r"\d{4}-\d\d-\d\d .*")
entries = tf.boolean_mask(stripped, is_entry)
clean = tf.regex_replace(entries, r"\s+", " ")
date = tf.substr(clean, 0, 10)
hour = tf.string_to_number(tf.strings.substr(clean, 11, 2), tf.int32)
rest = tf.strings.substr(clean, 20, 100)
fields = tf.string_split(rest, " ")
level = tf.strings.upper(tf.sparse_tensor_to_dense(fields, default_value="")[:, 0])
lengths = tf.strings.length(rest)
has_code = tf.strings.regex_full_match(rest, r".*code=\d+.*")
code = tf.string_to_number(
    tf.where(has_code, tf.regex_replace(rest, r".*code=(\d+).*", r"\1"), tf.fill(tf.shape(rest), "0"))
)
bucket = tf.strings.to_hash_bucket_fast(level, 8)
summary = tf.string_join([date, level, tf.as_string(hour)], separator="|")
report = tf.reduce_join(summary, 0, separator="; ")

counts = tf.contrib.lookup.MutableHashTable(tf.string, tf.int64, 0)
unique, _, seen = tf.unique_with_counts(level)
count = counts.insert(unique, counts.lookup(unique) + tf.cast(seen, tf.int64))
total = counts.lookup(tf.constant(["ERROR", "INFO", "WARN", "DEBUG"]))

with tf.Session() as sess:
    feed = {raw: lines}
    print(sess.run(is_entry, feed))
    print(sess.run(report, feed).decode())
    print("hours", sess.run(hour, feed), "lengths", sess.run(lengths, feed))
    print("codes", sess.run(code, feed), "buckets", sess.run(bucket, feed))
    for _ in range(3):
        sess.run(count, feed)
    print("counts", sess.run(total), "kinds", sess.run(counts.size()))
    print("as text", sess.run(tf.as_string([1.5, 2.25], precision=1)))
    print("base64", sess.run(tf.encode_base64(tf.constant("tensor flow"))).decode())
