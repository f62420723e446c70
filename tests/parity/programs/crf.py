"""`tf.contrib.crf`: likelihoods, gradients and best sequences; of one step, of several, of an unknown number."""
import numpy as np

import minigraph as tf

crf, results = tf.contrib.crf, {}
random = np.random.RandomState(5)

for name, steps, known in (("one", 1, True), ("more", 4, True), ("unknown", 4, False), ("unknown_one", 1, False)):
    for kind in (tf.int32, tf.int64):
        with tf.Graph().as_default():
            tf.set_random_seed(3)
            numbers = random.randn(3, steps, 5).astype(np.float32)
            chosen = random.randint(0, 5, (3, steps))
            tags = tf.constant(chosen, kind) if known else tf.placeholder_with_default(
                chosen.astype(kind.as_numpy_dtype), [3, None])
            lengths = tf.constant(np.minimum([4, 2, 0], steps), kind)
            scores = tf.placeholder(tf.float32, [3, steps if known else None, 5])
            with tf.variable_scope("tagger"):
                likelihood, transitions = crf.crf_log_likelihood(scores, tags, lengths)
            allowed = tf.greater(scores, -0.5)
            many = crf.crf_multitag_sequence_score(scores, allowed, lengths, transitions)
            gradients = tf.gradients(-tf.reduce_mean(likelihood), [transitions, scores])
            best, best_score = crf.crf_decode(scores, transitions, lengths)
            gradients = [g for g in gradients if g is not None]
            label = "%s %s" % (name, kind.name)
            results[label + " shapes"] = [str(t.shape) for t in (likelihood, many, best, best_score)] + [
                transitions.name, best.dtype.name]
            with tf.Session() as sess:
                sess.run(tf.global_variables_initializer())
                results[label] = sess.run([likelihood, many, gradients, best, best_score], {scores: numbers})
                if steps > 1:
                    results[label + " parts"] = sess.run([
                        crf.crf_unary_score(tags, lengths, scores), crf.crf_binary_score(tags, lengths, transitions),
                        crf.crf_log_norm(scores, lengths, transitions),
                        crf.crf_sequence_score(scores, tags, lengths, transitions)], {scores: numbers})
                found = crf.viterbi_decode(numbers[0], sess.run(transitions))
                results[label + " viterbi"] = [[int(tag) for tag in found[0]], found[1]]
