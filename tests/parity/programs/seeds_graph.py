"""Random numbers from a graph seed alone: each op's seed is the number of nodes before it."""
import minigraph as tf

tf.set_random_seed(1234)

made = {"normal": tf.random_normal([5]),
        "normal_odd": tf.random_normal([2, 3], mean=1.0, stddev=2.0),
        "uniform": tf.random_uniform([7], -1.0, 1.0),
        "integers": tf.random_uniform([6], 0, 100, dtype=tf.int32),
        "longs": tf.random_uniform([3], 5, 10**10, dtype=tf.int64),
        "doubles": tf.random_uniform([3], dtype=tf.float64),
        "normal_doubles": tf.random_normal([3], dtype=tf.float64),
        "truncated": tf.truncated_normal([300]),
        "shuffle": tf.random_shuffle(tf.range(10)),
        "multinomial": tf.multinomial([[0.0, 1.0, 2.0], [5.0, 0.0, 0.0]], 6),
        "many": tf.random_normal([1000]),
        "dropout": tf.nn.dropout(tf.ones([10]), keep_prob=0.5)}
with tf.Session() as sess:
    results = {name + "_1": sess.run(tensor) for name, tensor in made.items()}
    results.update({name + "_2": sess.run(tensor) for name, tensor in made.items()})
with tf.Session() as sess:
    results["again"] = sess.run(made["normal"])

for name, value in results.items():
    print(name, value)
