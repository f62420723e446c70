"""Summaries of sounds and of whole tensors: their bytes, tags, and errors."""

import numpy as np

import minigraph as tf

results = {}
sound = np.linspace(-1.2, 1.2, 24).astype(np.float32).reshape(2, 6, 2)
exact = np.float32([[0.5, 1.5, 2.5, -0.5, -1.5, 32767.0, 32767.5, -32768.0]]) / 32768
made = {
    "stereo": lambda: tf.summary.audio("a b", sound, 16000),
    "one": lambda: tf.summary.audio("one", sound, 16000, max_outputs=1),
    "mono": lambda: tf.summary.audio("mono", sound[:, :, 0], 44100.7, family="f"),
    "rounded": lambda: tf.summary.audio("rounded", exact, 8000.5),
    "slow": lambda: tf.summary.audio("slow", exact, 0.4),
    "more": lambda: tf.summary.audio("more", np.zeros([5, 3]), 8001.5, max_outputs=4),
    "nothing": lambda: tf.summary.audio("nothing", np.zeros([0, 3]), 8000),
    "not a number": lambda: tf.summary.audio("nan", [[np.nan, 1.0]], 8000),
    "no frames": lambda: tf.summary.audio("empty", np.zeros([2, 0]), 8000),
    "vector": lambda: tf.summary.audio("vector", [1.0], 8000),
    "rate": lambda: tf.summary.audio("rate", sound, 0.0),
    "high rate": lambda: tf.summary.audio("high", sound, 1e12),
    "matrix": lambda: tf.summary.tensor_summary("m", [[1, 2], [3, 4]]),
    "described": lambda: tf.summary.tensor_summary("d", 1.5, summary_description="what", display_name="title"),
    "texts": lambda: tf.summary.tensor_summary("t", ["a", ""], family="f"),
    "booleans": lambda: tf.summary.tensor_summary("b", [True, False]),
    "halves": lambda: tf.summary.tensor_summary("h", np.float16([1, -2])),
    "empty": lambda: tf.summary.tensor_summary("e", np.zeros([0, 2])),
    "plugin": lambda: tf.summary.tensor_summary(
        "p",
        tf.range(3),
        summary_metadata=tf.SummaryMetadata(
            display_name="title", plugin_data=tf.SummaryMetadata.PluginData(plugin_name="x", content=b"\0\1")
        ),
    ),
    "text": lambda: tf.summary.text("note", tf.constant(["one", "two"])),
}
with tf.Session() as sess:
    for name, make in made.items():
        try:
            results[name] = sess.run(make()).hex()
        except (TypeError, ValueError, tf.errors.OpError) as error:
            text = error.message if isinstance(error, tf.errors.OpError) else str(error)
            results[name] = "%s: %s" % (type(error).__name__, text.split("\n")[0].partition(", got")[0])
results["collected"] = [t.name for t in tf.get_collection(tf.GraphKeys.SUMMARIES)]
