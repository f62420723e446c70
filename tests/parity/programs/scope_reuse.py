"""Reuse: True, reuse_variables, AUTO_REUSE, templates, layers called twice."""
import minigraph as tf

x = tf.ones([1, 2])
names = []
ones = tf.ones_initializer()
with tf.variable_scope("s") as scope:
    v = tf.get_variable("v", [2], initializer=ones)
    scope.reuse_variables()
    names.append(tf.get_variable("v", [2]) is v)
for _ in range(2):
    with tf.variable_scope("auto", reuse=tf.AUTO_REUSE):
        y = tf.layers.dense(x, 2, name="layer", kernel_initializer=ones) + tf.get_variable("b", [2],
                                                                                           initializer=ones)
        names.append(y.name)
layer = tf.layers.Dense(3, kernel_initializer=ones)
outputs = [layer(x), layer(x)]
with tf.variable_scope("outer"):
    unnamed = [tf.layers.dense(x, 1, kernel_initializer=ones) for _ in range(2)]
made = tf.make_template("shared", lambda value: value * tf.get_variable("scale", [], initializer=ones))
outputs += [made(x), made(x), y]
errors = []
for name, options in (("v", {}), ("missing", {"reuse": True})):
    try:
        with tf.variable_scope("s", **options):
            tf.get_variable(name, [2])
    except ValueError as error:
        errors.append(str(error).split(",")[0])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"names": names + [t.name for t in outputs + unnamed], "values": sess.run(outputs + unnamed),
               "errors": errors, "variables": [v.name for v in tf.global_variables()]}

for name, value in results.items():
    print(name, value)
