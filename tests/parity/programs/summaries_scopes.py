"""Summaries by hand, their collection and tags in name scopes."""
import minigraph as tf

v = tf.Variable([1.0, 2.0], name="v")
w = tf.Variable(3.0, name="w")
with tf.name_scope("report"):
    made = [tf.summary.scalar("w", w), tf.summary.histogram("v hist", v), tf.summary.scalar("w", w * 2.0),
            tf.summary.text("note", tf.constant("hello")),
            tf.summary.image("picture", tf.zeros([1, 2, 2, 1]))]
private = tf.summary.scalar("private", w, collections=["mine"], family="kin")
merged = tf.summary.merge_all()
some = tf.summary.merge(made[:2], name="some")
none = tf.summary.merge_all("no such collection")
results = {"names": [t.name for t in made] + [private.name, merged.name, some.name], "none": str(none)}

for name, value in results.items():
    print(name, value)
