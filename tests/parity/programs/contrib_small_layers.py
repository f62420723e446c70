"""The small layers of tf.contrib.layers, summaries, arg_scope, and variables of tf.contrib.framework."""

import numpy as np

import minigraph as tf

results = {}
C, F = tf.contrib.layers, tf.contrib.framework
tf.set_random_seed(8)
x = tf.placeholder(tf.float32, [None, 4, 6], name="x")
rows = tf.reshape(tf.sin(tf.range(24, dtype=tf.float32)), [4, 6], name="rows")
made = [
    C.bias_add(rows, initializer=tf.constant_initializer(0.5)),
    C.bias_add(x, activation_fn=tf.nn.tanh, regularizer=C.l1_regularizer(0.1), scope="bias",
               initializer=tf.ones_initializer(), variables_collections=["v"]),
    C.layer_norm(rows),
    C.layer_norm(x, begin_norm_axis=-1, activation_fn=tf.nn.relu, scope="ln"),
    C.layer_norm(rows, center=False, scale=False),
    C.layer_norm(rows, begin_params_axis=1, trainable=False),
    C.unit_norm(rows, 1),
    C.unit_norm(x, 0, epsilon=0.1),
    C.unit_norm(x, 1, scope="un"),
    C.maxout(rows, 3),
    C.maxout(x, 2, axis=1),
    C.softmax(x),
    C.embed_sequence([[1, 2], [0, 4]], 5, 3),
    C.embed_sequence([[1, 1], [0, 4]], 5, 3, unique=True, scope="unique", trainable=False),
]
with tf.variable_scope("e"):
    made.append(C.embed_sequence([[1], [2]], 5, 3, scope="t", initializer=tf.ones_initializer()))
    made.append(C.embed_sequence([[1], [2]], 5, 3, scope="t", reuse=True))
with F.arg_scope([C.conv2d, C.fully_connected], activation_fn=tf.nn.sigmoid,
                 weights_initializer=tf.constant_initializer(0.1)) as kept:
    with F.arg_scope([C.conv2d], padding="VALID", stride=2):
        images = C.conv2d(tf.reshape(x, [-1, 4, 6, 1]), 2, 3, scope="scoped")
        made.append(images)
    made.append(C.fully_connected(rows, 3, activation_fn=None, scope="plain"))
with F.arg_scope(kept):
    made.append(C.fully_connected(rows, 2, scope="again"))
with F.arg_scope([F.model_variable, F.variable], device="/cpu:0"):
    v = F.model_variable("mv", [2, 3], initializer=tf.ones_initializer(), regularizer=C.l2_regularizer(0.5))
w = F.variable("fv", [3], initializer=tf.zeros_initializer(), trainable=False, collections=["variables", "mine"])
local = F.local_variable(1.0, name="lv")
glob = F.global_variable(2.0, name="gv")
results["device"] = [str(v.device), str(w.device)]
activation = C.relu(rows, 3, scope="act")
C.summarize_activation(activation)
C.summarize_activation(tf.nn.relu6(rows, name="six"))
C.summarize_tensors([tf.constant(1.0, name="scalar"), rows, tf.constant(True)])
C.summarize_collection("mine")
tf.add_to_collection(tf.GraphKeys.ACTIVATIONS, activation)
C.summarize_activations("act")
results["names"] = [str(t) for t in made]
results["collections"] = [
    [each.name for each in tf.get_collection(k)]
    for k in ("variables", "trainable_variables", "model_variables", "regularization_losses", "local_variables",
              "mine", "v", "summaries")
]
results["found"] = [
    [each.name for each in found]
    for found in (
        F.get_variables(), F.get_variables("scoped"), F.get_variables(suffix="biases"), F.get_model_variables("e"),
        F.get_local_variables(), F.get_trainable_variables("ln"), F.get_variables_by_name("weights"),
        F.get_variables_by_suffix("weights", "again"), F.get_variables_to_restore(["ln", "e/"], ["ln/gamma"]),
        F.filter_variables(F.get_variables(), ["LayerNorm"], ["gamma"]),
    )
]
results["unique"] = F.get_unique_variable("ln/beta").name
assign, feeds = F.assign_from_values({"fv": np.array([1.0, 2.0, 3.0]), "ln/beta": np.zeros(6)})
feed = {x: np.cos(np.arange(48.0)).reshape(2, 4, 6)}
with tf.Session() as s:
    s.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    results["values"] = [s.run(t, feed) for t in made]
    s.run(assign, feeds)
    F.assign_from_values_fn({"gv": np.array(7.0)})(s)
    results["assigned"] = s.run([w, glob, local])
    results["losses"] = s.run(tf.losses.get_regularization_losses())
