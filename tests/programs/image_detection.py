"""The parts of a detector: anchors, overlaps, decoding of boxes, non-maximum suppression, crops, drawn boxes."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(7)
IMAGE = 64


def anchors(stride=16, scales=(16.0, 32.0), ratios=(0.5, 1.0, 2.0)):
    boxes = []
    for y in range(stride // 2, IMAGE, stride):
        for x in range(stride // 2, IMAGE, stride):
            for s in scales:
                for r in ratios:
                    h, w = s * np.sqrt(r), s / np.sqrt(r)
                    boxes.append([y - h / 2, x - w / 2, y + h / 2, x + w / 2])
    return np.array(boxes, np.float32) / IMAGE


def iou(a, b):
    """The overlap of each box of a with each of b."""
    a, b = tf.expand_dims(a, 1), tf.expand_dims(b, 0)
    top = tf.maximum(a[..., :2], b[..., :2])
    bottom = tf.minimum(a[..., 2:], b[..., 2:])
    common = tf.reduce_prod(tf.maximum(bottom - top, 0.0), -1)
    area = lambda box: tf.reduce_prod(box[..., 2:] - box[..., :2], -1)
    return common / (area(a) + area(b) - common)


def decode(deltas, boxes):
    size = boxes[:, 2:] - boxes[:, :2]
    center = boxes[:, :2] + 0.5 * size + deltas[:, :2] * size
    size *= tf.exp(deltas[:, 2:])
    return tf.concat([center - 0.5 * size, center + 0.5 * size], 1)


truth = np.array([[0.1, 0.15, 0.45, 0.5], [0.55, 0.4, 0.95, 0.9]], np.float32)
image = rng.uniform(0, 0.3, [1, IMAGE, IMAGE, 3]).astype(np.float32)
for (y1, x1, y2, x2), colour in zip((truth * IMAGE).astype(int), ([1, 0.2, 0.2], [0.2, 0.2, 1])):
    image[0, y1:y2, x1:x2] = colour

with tf.Session() as sess:
    default = tf.constant(anchors())
    overlaps = iou(default, tf.constant(truth))
    best = tf.reduce_max(overlaps, 1)
    values, which = tf.nn.top_k(best, 5)
    print("anchors:", default.shape, "best overlaps:", np.round(sess.run(values), 4), sess.run(which))

    deltas = tf.constant(rng.normal(0, 0.1, default.shape.as_list()).astype(np.float32))
    scores = best + tf.constant(rng.uniform(0, 0.2, default.shape.as_list()[:1]).astype(np.float32))
    boxes = tf.clip_by_value(decode(deltas, default), 0.0, 1.0)
    kept = tf.image.non_max_suppression(boxes, scores, max_output_size=6, iou_threshold=0.4)
    kept_boxes, kept_scores = tf.gather(boxes, kept), tf.gather(scores, kept)
    indices, found, points = sess.run([kept, kept_boxes, kept_scores])
    print("kept:", indices)
    print(np.round(found, 4))
    print("scores:", np.round(points, 4))

    crops = tf.image.crop_and_resize(image, kept_boxes, tf.zeros_like(kept), [7, 7])
    print("crops:", sess.run(tf.shape(crops)), np.round(sess.run(tf.reduce_mean(crops, [1, 2])), 4).tolist())
    drawn = tf.image.draw_bounding_boxes(image, tf.expand_dims(kept_boxes, 0))
    changed = tf.reduce_sum(tf.cast(tf.reduce_any(tf.not_equal(drawn, image), -1), tf.int32))
    print("changed pixels:", sess.run(changed))

    mask = tf.greater(kept_scores, 0.5)
    print("above 0.5:", sess.run(tf.boolean_mask(kept, mask)))
    pooled = tf.nn.max_pool(crops, [1, 7, 7, 1], [1, 7, 7, 1], "VALID")
    head = tf.layers.dense(tf.layers.flatten(pooled), 3, kernel_initializer=tf.constant_initializer(0.1))
    sess.run(tf.global_variables_initializer())
    print("head:", np.round(sess.run(tf.nn.softmax(head))[0], 4))
