"""tf.contrib.image: images turned, moved and bent; gradients; errors."""

import numpy as np

import minigraph as tf

C = tf.contrib.image
generator = np.random.RandomState(3)
x = tf.constant(generator.uniform(-1, 1, [2, 7, 6, 3]).astype(np.float32), name="x")
whole = tf.constant(generator.randint(0, 255, [9, 8]).astype(np.uint8), name="whole")
free = tf.placeholder_with_default(x, [None, None, None, 3], name="free")
turn = C.angles_to_projective_transforms([0.4, -0.2], 7.0, 6.0)
move = C.translations_to_projective_transforms([[1.0, 2.0], [-1.5, 0.5]])
bent = [1.1, 0.2, -0.5, 0.1, 0.9, 0.3, 0.01, -0.02]
made = {
    "rotate": (C.rotate(x, 0.3), [x]),
    "rotate each": (C.rotate(x, [0.5, -1.2], interpolation="BILINEAR", name="turned"), [x]),
    "rotate one": (C.rotate(x[0], np.pi / 2), [x]),
    "rotate bytes": (C.rotate(whole, 1.0, "bilinear"), []),
    "rotate free": (C.rotate(free, 0.7), [x]),
    "translate": (C.translate(x, [1.0, -2.0]), [x]),
    "translate each": (C.translate(x, [[0.5, 0.25], [-1.0, 3.0]], "BILINEAR"), [x]),
    "transform": (C.transform(x, bent, "BILINEAR"), [x]),
    "transform size": (C.transform(x, [bent, bent], output_shape=[4, 9], name="bend"), []),
    "turn": (turn, []),
    "move": (move, []),
    "both": (C.compose_transforms(turn, move, turn), []),
    "matrices": (C.flat_transforms_to_matrices(bent), []),
    "flat": (C.matrices_to_flat_transforms(tf.constant(2.0 * np.eye(3, dtype=np.float32) + 0.1)), []),
}
mistakes = {
    "type": lambda: C.rotate(tf.constant(["a"]), 0.1),
    "rank": lambda: C.rotate(tf.zeros([3]), 0.1),
    "angles": lambda: C.rotate(x, [[0.1]]),
    "translations": lambda: C.translate(x, 1.0),
    "transforms": lambda: C.transform(x, 1.0),
    "size": lambda: C.transform(x, bent, output_shape=[1, 2, 3]),
    "flat rank": lambda: C.flat_transforms_to_matrices(1.0),
}
results = {}
with tf.Session() as sess:
    for name, (y, inputs) in made.items():
        results[name] = sess.run(y)
        results[name + " shape"] = str(y.shape)
        for i, dy in enumerate(tf.gradients(tf.square(y), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dy)
for name, mistake in mistakes.items():
    try:
        mistake()
        results[name] = "nothing raised"
    except Exception as error:
        results[name] = [type(error).__name__, str(error).split("\n")[0].split(", got")[0]]
