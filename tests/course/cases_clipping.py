"""Lesson 7."""

from minigraph.course import clipping
from tests.course.case import Case

MODEL = """
k = tf.placeholder_with_default(1.0, [], name="k")
a = tf.get_variable("a", [], initializer=tf.zeros_initializer())
b = tf.get_variable("b", [], initializer=tf.zeros_initializer())
loss = tf.multiply(k, 3.0 * a + 4.0 * b, name="loss")
train = tf.contrib.layers.optimize_loss(
    loss, None, 1.0, "SGD", gradient_multipliers={"a:0": 10.0}, clip_gradients=5.0, summaries=[])
"""

CASES = [
    Case(
        clipping.is_clipped_by_global_norm,
        ["clipped"],
        "import numpy as np",
        wrong=[
            "clipped = [0.6, 0.8]",
            "clipped = lambda gradients, norm: None",
            "clipped = lambda gradients, norm: gradients[0] / norm, 1",
            "clipped = lambda gradients, norm: [sum(gradients)]",
            "clipped = lambda gradients, norm: [g * norm / abs(g) for g in gradients]",
            "clipped = lambda gradients, norm: [g * norm / sum(gradients) for g in gradients]",
            "clipped = lambda gradients, norm: [g / norm for g in gradients]",
            "clipped = lambda gradients, norm: [g * norm / np.sqrt(sum(g**2 for g in gradients)) for g in gradients]",
            """
            def clipped(gradients, norm):
                factor = min(1.0, norm / np.sqrt(sum(np.sum(g**2) for g in gradients)))
                return [g * factor for g in gradients]
            """,
            """
            def clipped(gradients, norm):
                gradients = [np.zeros(()) if g is None else g for g in gradients]
                factor = min(1.0, norm / np.sqrt(sum(np.sum(g**2) for g in gradients)))
                return [g * factor for g in gradients]
            """,
            """
            def clipped(gradients, norm):
                factor = min(1.0, norm / np.sqrt(sum(np.mean(g**2) for g in gradients if g is not None)))
                return [None if g is None else g * factor for g in gradients]
            """,
        ],
        right=[
            """
            def clipped(gradients, max_norm):
                norm = np.sqrt(sum(np.sum(g**2) for g in gradients if g is not None))
                factor = min(1.0, max_norm / norm)
                return [None if g is None else g * factor for g in gradients]
            """,
            """
            def clipped(gradients, max_norm):
                flat = np.concatenate([g.ravel() for g in gradients if g is not None])
                norm = np.linalg.norm(flat)
                return tuple(g if g is None or norm <= max_norm else max_norm / norm * g for g in gradients)
            """,
            """
            def clipped(gradients, max_norm):
                with tf.Graph().as_default(), tf.Session() as sess:
                    found, _ = tf.clip_by_global_norm(gradients, max_norm)
                    return [None if g is None else sess.run(g) for g in found]
            """,
        ],
    ),
    Case(
        clipping.is_clipped_by_own_norm,
        ["clip"],
        "",
        wrong=[
            "clip = 1.0",
            "clip = lambda pairs: None",
            "clip = lambda gradient, variable: (tf.clip_by_norm(gradient, 1.0), variable)",
            "clip = lambda pairs: [tf.clip_by_norm(g, 1.0) for g, v in pairs]",
            "clip = lambda pairs: [(v, tf.clip_by_norm(g, 1.0)) for g, v in pairs]",
            "clip = lambda pairs: [(g, v) for g, v in pairs]",
            "clip = lambda pairs: [(g / tf.norm(g), v) for g, v in pairs]",
            "clip = lambda pairs: [(tf.clip_by_value(g, -1.0, 1.0), v) for g, v in pairs]",
            "clip = lambda pairs: [(tf.clip_by_norm(g, 1.0), v) for g, v in pairs]",
            "clip = lambda pairs: [(tf.zeros([]) if g is None else tf.clip_by_norm(g, 1.0), v) for g, v in pairs]",
        ],
        right=[
            """
            def clip(pairs):
                return [(g if g is None else tf.clip_by_norm(g, 1.0), v) for g, v in pairs]
            """,
            """
            def clip(pairs):
                for g, v in pairs:
                    yield (g if g is None else g / tf.maximum(1.0, tf.norm(g))), v
            """,
        ],
    ),
    Case(
        clipping.is_multiplied_then_clipped,
        ["moved", "train"],
        MODEL,
        wrong=[
            "moved = -4.96",
            "moved = [4.96, 0.66]",
            "moved = [-3, -4]",
            "moved = [-30.0, -4.0]",
            "moved = [-5.0, -4.0]",
            "moved = [-6.0, -0.8]",
            "moved = [-4.0, -3.0]",
        ],
        right=[
            """
            import numpy as np
            gradient = np.array([3.0 * 10.0, 4.0])
            moved = -gradient * 5.0 / np.sqrt(30.0**2 + 4.0**2)
            """,
            "moved = [-4.96, -0.66]",
        ],
    ),
]
