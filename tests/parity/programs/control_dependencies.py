"""Control dependencies: nested, cleared, on variables, tuple, group, with_dependencies."""
import minigraph as tf

v = tf.Variable(1.0, name="v")
w = tf.Variable(10.0, name="w")
add = tf.assign_add(v, 1.0, name="add")
with tf.control_dependencies([add]):
    stale = v + 0.0
    fresh = v.read_value() + 0.0
    inside = tf.constant(1.0, name="inside")
    with tf.control_dependencies([w, inside]):
        nested = tf.identity(w, name="nested")
        with tf.control_dependencies(None):
            free = tf.identity(w, name="free")
double = tf.assign(w, w * 2.0)
with tf.control_dependencies([double.op]):
    done = tf.no_op(name="done")
both = tf.group(add, double, name="both")
empty = tf.group()
pair = tf.tuple([stale, nested], name="pair")
after = tf.tuple([v, None, w], control_inputs=[inside])
checked = tf.Print(w, [w], "w: ")
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"fresh": sess.run(fresh), "nested": sess.run(nested), "free": sess.run(free)}
    sess.run(done)
    sess.run(both)
    results.update({"v": sess.run(v), "w": sess.run(w),
                    "kinds": [type(both).__name__, type(after[1]).__name__]})

for name, value in results.items():
    print(name, value)
