"""The candidate samplers by seed: draws with and without repetitions, expected counts, further runs, accidental hits."""

import minigraph as tf

results = {}
classes = tf.constant([[0, 5], [7, 3], [19, 0]], tf.int64, name="classes")
unigrams = [1.0, 3.0, 0.5, 8.0, 2.0, 2.5, 0.0, 4.0, 1.5, 7.0]
few = tf.constant([[0], [9], [3]], tf.int64, name="few")
made = {}
for seed in (1, 87654321):
    for unique in (True, False):
        key = "%d%s" % (seed, unique)
        made["log" + key] = tf.nn.log_uniform_candidate_sampler(classes, 2, 12, unique, 20, seed=seed)
        made["uniform" + key] = tf.random.uniform_candidate_sampler(classes, 2, 15, unique, 20, seed=seed)
        made["power" + key] = tf.nn.uniform_candidate_sampler(classes, 2, 9, unique, 32, seed=seed)
        made["learned" + key] = tf.nn.learned_unigram_candidate_sampler(classes, 2, 10, unique, 20, seed=seed)
        made["fixed" + key] = tf.nn.fixed_unigram_candidate_sampler(
            few, 1, 7, unique, 10, unigrams=unigrams, distortion=0.75, seed=seed
        )
made["large"] = tf.nn.log_uniform_candidate_sampler(classes, 2, 64, True, 10000, seed=5, name="large")
made["reserved"] = tf.nn.fixed_unigram_candidate_sampler(
    few, 1, 3, True, 12, unigrams=unigrams, num_reserved_ids=2, seed=9
)
made["shard"] = tf.nn.fixed_unigram_candidate_sampler(
    few, 1, 3, False, 5, unigrams=unigrams, num_shards=2, shard=1, seed=9
)
made["all"] = tf.nn.all_candidate_sampler(few, 1, 10, True, seed=3)
tf.set_random_seed(77)
made["graph seed"] = tf.nn.log_uniform_candidate_sampler(classes, 2, 5, True, 20)
hits = tf.nn.compute_accidental_hits(classes, tf.constant([3, 8, 0, 7], tf.int64), 2)

with tf.Session() as sess:
    for run in ("first", "second", "third"):
        results[run] = {key: list(sess.run(values)) for key, values in sorted(made.items())}
    results["hits"] = list(sess.run(hits))
results["shapes"] = [str(t) for t in made["large"]] + [str(t) for t in hits]
