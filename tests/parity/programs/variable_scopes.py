"""Variable scopes, name scopes, and the names that come out of their nesting."""
import minigraph as tf

made = []
with tf.variable_scope("a") as outer:
    made.append(tf.get_variable("v", [1]))
    with tf.name_scope("inner"):
        made.append(tf.get_variable("w", [2], initializer=tf.zeros_initializer()))
        made.append(tf.Variable(1.0, name="x"))
        made.append(tf.constant(1, name="c") + 1)
    with tf.variable_scope("b", initializer=tf.ones_initializer(), dtype=tf.float64):
        made.append(tf.get_variable("v", [1]))
with tf.variable_scope("a"):
    made.append(tf.constant(0.0, name="again"))
with tf.variable_scope(outer, reuse=True):
    made.append(tf.get_variable("v", [1]) * 2.0)
with tf.variable_scope(None, "default") as one:
    made.append(tf.get_variable("v", [1], initializer=tf.zeros_initializer()))
with tf.variable_scope(None, "default", [made[0]]) as two:
    made.append(tf.get_variable("v", [1], initializer=tf.zeros_initializer()))
with tf.variable_scope("default"):
    made.append(tf.constant(2.0))
with tf.name_scope("n"), tf.name_scope("m") as scope:
    made.append(tf.identity(made[0], name=scope))
    made.append(tf.constant(1.0))
with tf.name_scope("n"):
    made.append(tf.constant(1.0))
with tf.name_scope(None):
    made.append(tf.Variable([1, 2]))
with tf.name_scope("a/inner/"):
    made.append(tf.constant(3.0))
with tf.variable_scope(outer, auxiliary_name_scope=False):
    made.append(tf.constant(4.0))
made.append(tf.Variable(1.0, trainable=False, collections=["mine", tf.GraphKeys.LOCAL_VARIABLES]))
made.append(tf.get_local_variable("local", [1], initializer=tf.zeros_initializer()))
scopes = [outer.name, one.name, two.name, scope, outer.original_name_scope, two.original_name_scope]
results = {"names": [item.name for item in made], "scopes": scopes,
           "prints": [repr(made[0]), str(made[0])], "shapes": [item.shape.as_list() for item in made]}

for name, value in results.items():
    print(name, value)
