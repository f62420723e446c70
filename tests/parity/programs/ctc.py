"""CTC: losses with their gradients, decoders; training of logits; errors."""
import numpy as np

import minigraph as tf

random = np.random.RandomState(7)
array = random.randn(6, 3, 5).astype(np.float32) * 2
logits = tf.Variable(array, name="logits")
double = tf.constant(array.astype(np.float64))
fed = tf.placeholder(tf.float32, [None, None, 5])
lengths = tf.constant([6, 4, 5])
fed_lengths = tf.placeholder(tf.int32, [None])
labels = tf.SparseTensor(
    [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [2, 0]], tf.constant([0, 0, 3, 2, 1, 1], tf.int32), [3, 3]
)
fed_labels = tf.sparse_placeholder(tf.int32)
losses = [
    tf.nn.ctc_loss(labels, logits, lengths),
    tf.nn.ctc_loss(labels, logits, lengths, preprocess_collapse_repeated=True),
    tf.nn.ctc_loss(labels, logits, lengths, ctc_merge_repeated=False),
    tf.nn.ctc_loss(labels, tf.transpose(logits, [1, 0, 2]), lengths, time_major=False),
    tf.nn.ctc_loss(labels=labels, logits=double, sequence_length=lengths),
    tf.nn.ctc_loss(fed_labels, fed, fed_lengths, ignore_longer_outputs_than_inputs=True),
]
gradients = [tf.gradients(loss * tf.cast([1.0, 2.0, 3.0], loss.dtype), logits)[0] for loss in losses[:4]]
of_fed = tf.gradients(losses[5], fed)[0]
train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_mean(losses[0]))
greedy = [tf.nn.ctc_greedy_decoder(logits, lengths), tf.nn.ctc_greedy_decoder(fed, fed_lengths, merge_repeated=False)]
beams = [
    tf.nn.ctc_beam_search_decoder(logits, lengths),
    tf.nn.ctc_beam_search_decoder(logits, lengths, beam_width=4, top_paths=3, merge_repeated=False),
    tf.nn.ctc_beam_search_decoder_v2(fed, fed_lengths, beam_width=3, top_paths=2),
    tf.nn.ctc_beam_search_decoder(fed, fed_lengths, beam_width=20, top_paths=4),
]
distance = tf.reduce_mean(tf.edit_distance(tf.cast(greedy[0][0][0], tf.int32), labels))
feed = {
    fed: random.randn(8, 2, 5) * 2,
    fed_lengths: [8, 3],
    fed_labels: tf.SparseTensorValue([[0, 0], [0, 1], [1, 0], [1, 1]], [1, 2, 3, 3], [2, 2]),
}


def failure(function, *args, **kwargs):
    """Return the type of the error of a call, and its first line."""
    try:
        return "no error: %s" % np.isfinite(function(*args, **kwargs)).tolist()
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0]


def fed_with(values, indices, steps):
    return {fed: feed[fed], fed_lengths: steps, fed_labels: tf.SparseTensorValue(indices, values, [2, 9])}


strict = tf.nn.ctc_loss(fed_labels, fed, fed_lengths)
many = tf.nn.ctc_beam_search_decoder(fed, fed_lengths, beam_width=2, top_paths=3)[1]
decoded = [each for found in greedy + beams for each in found[0]]
scores = [found[1] for found in greedy + beams]
results = {"shapes": [str(each.shape) for each in losses + gradients + scores + decoded]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i, value in enumerate(sess.run(losses, feed)):
        results["loss %d" % i] = value
    results["gradients"] = sess.run(gradients + [of_fed], feed)
    for i, value in enumerate(sess.run(decoded, feed)):
        results["decoded %d" % i] = list(value)
    results["scores"] = sess.run(scores, feed)
    results["distance"] = sess.run(distance)
    results["trained"] = [sess.run([train, losses[0]])[1] for _ in range(4)]
    results["in a run"] = [
        failure(sess.run, strict, feed),
        failure(sess.run, strict, fed_with([1, 1, 1], [[0, 0], [0, 1], [0, 2]], [4, 1])),
        failure(sess.run, strict, fed_with([1, 1, 1, 2], [[0, 0], [0, 1], [0, 2], [1, 0]], [4, 1])),
        failure(sess.run, strict, fed_with([-1, 1], [[0, 0], [1, 0]], [4, 1])),
        failure(sess.run, strict, fed_with([1, 1], [[0, 0], [3, 0]], [4, 1])),
        failure(sess.run, strict, fed_with([4], [[0, 0]], [4, 1])),
        failure(sess.run, strict, fed_with([1, 4, 2, 1], [[0, 0], [0, 1], [0, 2], [1, 0]], [4, 1])),
        failure(sess.run, strict, fed_with([1, 2, 1, 2], [[0, 0], [0, 1], [0, 2], [1, 0]], [2, 1])),
        failure(sess.run, strict, fed_with([1], [[0, 0]], [9, 1])),
        failure(sess.run, many, feed),
        failure(sess.run, greedy[1][1], fed_with([1], [[0, 0]], [9, 1])),
    ]
results["building"] = [
    failure(tf.nn.ctc_loss, tf.constant([[1]]), logits, lengths),
    failure(tf.gradients, gradients[0], logits),
]

for name, value in results.items():
    print(name, value)
