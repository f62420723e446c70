"""A name scope does not rename variables of get_variable

Cause: `tf.get_variable` looks at variable scopes only, so that operations can be grouped without renaming weights.
Fix: `tf.variable_scope("a")` where the variable is to be called `a/w`. `minigraph.explain.name_of(w)` shows both
scopes of a name.
"""
import minigraph as tf

with tf.name_scope("a"):
    w = tf.get_variable("w", [1])
    v = tf.Variable(0.0, name="v")
    y = tf.add(w, v, name="y")
print(w.name, v.name, y.name)
with tf.variable_scope("b"):
    print(tf.get_variable("w", [1]).name)
