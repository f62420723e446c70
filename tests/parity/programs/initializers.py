"""Every initializer, through get_variable, under a graph seed."""
import minigraph as tf

tf.set_random_seed(21)
made = {"zeros": tf.zeros_initializer(), "ones": tf.ones_initializer(),
        "constant": tf.constant_initializer(0.5),
        "listed": tf.constant_initializer([[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]),
        "normal": tf.random_normal_initializer(0.0, 0.1), "uniform": tf.random_uniform_initializer(-0.5, 0.5),
        "truncated": tf.truncated_normal_initializer(stddev=0.1),
        "glorot_uniform": tf.glorot_uniform_initializer(), "glorot_normal": tf.glorot_normal_initializer(),
        "he_normal": tf.initializers.he_normal(), "he_uniform": tf.initializers.he_uniform(),
        "lecun_normal": tf.initializers.lecun_normal(), "lecun_uniform": tf.initializers.lecun_uniform(),
        "scaling": tf.variance_scaling_initializer(2.0, "fan_avg"),
        "unit": tf.uniform_unit_scaling_initializer(), "orthogonal": tf.orthogonal_initializer(gain=2.0),
        "xavier": tf.contrib.layers.xavier_initializer(), "seeded": tf.glorot_uniform_initializer(seed=4)}
variables = [tf.get_variable(name, [4, 3], initializer=init) for name, init in made.items()]
variables.append(tf.get_variable("default", [2, 2]))
variables.append(tf.get_variable("kernel", [3, 3, 2, 4]))
variables.append(tf.get_variable("identity", [3, 3], initializer=tf.initializers.identity(gain=0.5)))
variables.append(tf.get_variable("whole", [2], tf.int32))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {v.name: sess.run(v) for v in variables}

for name, value in results.items():
    print(name, value)
