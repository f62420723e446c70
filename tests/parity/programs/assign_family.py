"""assign, assign_add, assign_sub, scatter_*, variable methods, initial values, uninitialized names."""
import minigraph as tf

v = tf.Variable([1.0, 2.0, 3.0], name="v")
w = tf.Variable(v.initial_value * 2.0, name="w")
n = tf.Variable(3, name="n", trainable=False)
loose = tf.Variable([[1.0]], name="loose", validate_shape=False)
made = [tf.assign(v, [4.0, 5.0, 6.0]), tf.assign_add(v, [1.0, 1.0, 1.0]), tf.assign_sub(v, [0.5, 0.5, 0.5]),
        v.assign(v * 2.0), v.assign_add([1.0, 0.0, 0.0]), n.assign_sub(1),
        tf.scatter_update(v, [0, 2], [9.0, 8.0]), tf.scatter_add(v, [1, 1], [1.0, 2.0]),
        tf.scatter_sub(v, [0], [1.0]), tf.scatter_mul(v, [2], [2.0]),
        tf.assign(loose, [[1.0, 2.0]], validate_shape=False), n.count_up_to(100)]
uninitialized = tf.report_uninitialized_variables()
flags = tf.is_variable_initialized(v)
with tf.Session() as sess:
    results = {"before": sess.run(uninitialized), "flag": sess.run(flags)}
    sess.run(tf.variables_initializer([n]))
    results["between"] = sess.run(uninitialized)
    sess.run(tf.global_variables_initializer())
    results["steps"] = [sess.run(step) for step in made]
    results.update({"v": sess.run(v), "w": sess.run(w), "n": sess.run(n), "loose": sess.run(loose)})
    results["names"] = [v.op.name, v.initializer.name, v.initial_value.name, v.value().name, made[0].name]
    results["dtypes"] = [str(v.dtype), repr(v.dtype), str(v.value().dtype), repr(made[0].dtype)]

for name, value in results.items():
    print(name, value)
