"""sequence_loss of `tf.contrib.seq2seq`, in all its reductions."""
import numpy as np

import minigraph as tf

results = {}
random = np.random.RandomState(3)
fed = random.randn(3, 4, 5), random.randint(0, 5, [3, 4]), np.array([[1, 1, 0, 0], [2, 1, 1, 0], [0, 0, 0, 0]])
logits = tf.placeholder(tf.float32, [3, None, 5])
targets = tf.placeholder(tf.int32, [3, None])
weights = tf.placeholder(tf.float32, [3, None])
loss_of = tf.contrib.seq2seq.sequence_loss
CASES = {
    "mean": {},
    "steps": {"average_across_batch": False},
    "batch": {"average_across_timesteps": False},
    "none": {"average_across_timesteps": False, "average_across_batch": False, "name": "mine"},
    "sum": {"average_across_timesteps": False, "average_across_batch": False,
            "sum_over_timesteps": True, "sum_over_batch": True},
    "sum_steps": {"average_across_timesteps": False, "average_across_batch": False, "sum_over_timesteps": True},
    "sum_batch": {"average_across_timesteps": False, "average_across_batch": False, "sum_over_batch": True},
    "mixed": {"average_across_timesteps": False, "sum_over_timesteps": True},
    "function": {"softmax_loss_function": lambda labels, logits: tf.reduce_sum(logits, 1) + tf.to_float(labels)},
}
losses, gradients = {}, {}
for name, options in sorted(CASES.items()):
    losses[name] = loss_of(logits, targets, weights, **options)
    gradients[name] = tf.gradients(losses[name], logits)[0]
    results[name + " shape"] = [losses[name].name, str(losses[name].shape)]
with tf.Session() as sess:
    given = dict(zip((logits, targets, weights), fed))
    results["losses"] = sess.run(losses, given)
    results["gradients"] = sess.run(gradients, given)
    results["zeros"] = sess.run(losses, {**given, weights: np.zeros([3, 4])})
for name, arguments in {
    "logits": (targets, targets, weights),
    "targets": (logits, logits, weights),
    "weights": (logits, targets, logits),
    "steps both": (logits, targets, weights, True, False, True),
    "batch both": (logits, targets, weights, False, True, False, True),
}.items():
    try:
        loss_of(*arguments)
    except ValueError as error:
        results["error " + name] = str(error).split("\n")[0]
