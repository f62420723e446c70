"""tf.image's boxes, crops of boxes, suppression, patches and glimpses."""

import numpy as np

import minigraph as tf

I = tf.image
generator = np.random.RandomState(3)
pixels = generator.uniform(0, 1, [2, 7, 9, 3]).astype(np.float32)
x = tf.constant(pixels, name="x")
whole = tf.constant((pixels * 255).astype(np.uint8), name="whole")
free = tf.placeholder_with_default(x, [None, None, None, 3], name="free")
boxes = tf.constant([[0.0, 0.0, 1.0, 1.0], [0.1, 0.2, 0.7, 0.9], [0.8, 0.9, 0.1, 0.2], [-0.2, 0.1, 1.3, 0.6]], name="b")
which = tf.constant([0, 1, 1, 0], name="which")
corners = np.sort(generator.uniform(0, 1, [30, 2, 2]).astype(np.float32), 1).reshape(30, 4)
scores = tf.constant(generator.uniform(0, 1, 30).astype(np.float32), name="scores")
many = tf.constant(corners, name="many")
overlaps = np.eye(30, dtype=np.float32) + np.roll(np.eye(30, dtype=np.float32), 1, 0) * 0.7
count = tf.placeholder_with_default(5, [], name="count")
drawn = tf.constant(corners[:6].reshape(2, 3, 4), name="drawn")
ones = [1, 1, 1, 1]
padded, number = I.non_max_suppression_padded(many, scores, 20, pad_to_max_output_size=True)
short, of_short = I.non_max_suppression_padded(many, scores, count, 0.3)
soft, soft_scores = I.non_max_suppression_with_scores(many, scores, 12, 0.6, soft_nms_sigma=0.5)
hard, hard_scores = I.non_max_suppression_with_scores(many, scores, count, score_threshold=0.4, name="hard")
classes = tf.constant(generator.uniform(0, 1, [2, 15, 3]).astype(np.float32), name="classes")
each = tf.reshape(many, [2, 15, 1, 4])
combined = I.combined_non_max_suppression(each, classes, 4, 9, 0.4, 0.2)
padded_classes = I.combined_non_max_suppression(each, classes, 2, 20, pad_per_class=True, clip_boxes=False, name="all")
made = {
    "crop": (I.crop_and_resize(x, boxes, which, [4, 5]), [x, boxes]),
    "crop nearest": (I.crop_and_resize(x, boxes, box_indices=which, crop_size=[3, 3], method="nearest"), [x, boxes]),
    "crop outside": (I.crop_and_resize(whole, boxes, which, [2, 2], extrapolation_value=7.5, name="cut"), []),
    "crop free": (I.crop_and_resize(free, boxes, which, [1, 1]), [x, boxes]),
    "draw": (I.draw_bounding_boxes(x, drawn), []),
    "draw grey": (I.draw_bounding_boxes(x[..., :1], drawn, name="white"), []),
    "draw colors": (I.draw_bounding_boxes(x, drawn, colors=[[1.0, 0.5, 0.0], [0.0, 0.2, 1.0]]), []),
    "suppressed": (I.non_max_suppression(many, scores, 10), []),
    "suppressed more": (I.non_max_suppression(many, scores, count, 0.2, 0.3, name="nms"), []),
    "padded": (padded, []),
    "number": (number, []),
    "short": (short, []),
    "of short": (of_short, []),
    "soft": (soft, []),
    "soft scores": (soft_scores, []),
    "hard": (hard, []),
    "hard scores": (hard_scores, []),
    "overlaps": (I.non_max_suppression_overlaps(overlaps, scores, 25, 0.6), []),
    "patches": (I.extract_image_patches(x, [1, 3, 2, 1], [1, 2, 2, 1], ones, "VALID"), [x]),
    "patches rates": (tf.extract_image_patches(x, [1, 2, 2, 1], [1, 1, 3, 1], [1, 2, 1, 1], "SAME"), [x]),
    "patches sizes": (I.extract_patches(x, [1, 3, 3, 1], ones, ones, "SAME", name="patches"), [x]),
    "patches free": (I.extract_image_patches(free, [1, 2, 2, 1], [1, 2, 2, 1], ones, "VALID"), [x]),
    "glimpse": (I.extract_glimpse(x, [4, 3], [[0.0, 0.1], [-0.2, 0.0]]), []),
    "glimpse pixels": (
        I.extract_glimpse(x, [3, 3], [[3.0, 4.0], [2.0, 5.0]], centered=False, normalized=False, name="look"),
        [],
    ),
}
for i in range(4):
    made["combined %d" % i] = (combined[i], [])
    made["padded classes %d" % i] = (padded_classes[i], [])
results = {}
with tf.Session() as sess:
    for name, (y, inputs) in made.items():
        results[name] = sess.run(y)
        results[name + " shape"] = str(y.shape)
        for i, dy in enumerate(tf.gradients(tf.square(y), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dy)
