"""Variables that start from other variables' initial values."""
import minigraph as tf

tf.set_random_seed(6)
v = tf.get_variable("v", [3], initializer=tf.random_uniform_initializer())
w = tf.Variable(v.initialized_value() * 2.0, name="w")
u = tf.Variable(lambda: w.initialized_value() + 1.0, name="u")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {variable.name: sess.run(variable) for variable in (v, w, u)}
    sess.run(v.assign([1.0, 2.0, 3.0]))
    sess.run(w.initializer)
    results["from_value"] = sess.run(w)

for name, value in results.items():
    print(name, value)
