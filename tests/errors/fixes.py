"""What is to be changed in each program of the gallery so that it works: lines, and what stands in their place."""

FIXES = {
    "uninitialized_variable": {
        "    print(sess.run(y))": "    sess.run(tf.global_variables_initializer())\n    print(sess.run(y))"
    },
    "initialized_in_another_session": {
        "with tf.Session() as first:\n    first.run(tf.global_variables_initializer())\nwith tf.Session() as second:\n"
        "    second.run(counter.assign_add(1))": "with tf.Session() as sess:\n    sess.run(tf.global_variables_initializer())\n"
        "    sess.run(counter.assign_add(1))"
    },
    "slots_not_initialized": {
        "init = tf.global_variables_initializer()\ntrain_op = tf.train.AdamOptimizer(0.1).minimize(loss)": "train_op = tf.train.AdamOptimizer(0.1).minimize(loss)\ninit = tf.global_variables_initializer()"
    },
    "local_variables_not_initialized": {
        "    sess.run(tf.global_variables_initializer())": "    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])"
    },
    "initial_value_of_another_variable": {"tf.Variable(scale + 1.0, ": "tf.Variable(scale.initialized_value() + 1.0, "},
    "unfed_placeholder": {"feed_dict={x: [[1.0, 2.0, 3.0]]}": "feed_dict={x: [[1.0, 2.0, 3.0]], labels: [[1.0]]}"},
    "unfed_summary": {"    return sess.run(merged)": "    return sess.run([loss, merged], {x: [1.0, 2.0]})"},
    "placeholder_made_again": {'x = tf.placeholder(tf.float32, [None], name="x")\n\nwith': "\nwith"},
    "feed_shape": {"np.zeros(3)": "np.zeros(3)[None]"},
    "feed_key": {'{"x": 1.0}': "{x: 1.0}"},
    "tensor_as_feed": {"{x: images}": "{x: sess.run(images)}"},
    "fetch_none": {
        "    sess.run(fetches)": '    fetches["grads"] = [g for g in fetches["grads"] if g is not None]\n    sess.run(fetches)'
    },
    "fetch_by_operation_name": {'    print(sess.run("total"))\n': ""},
    "value_fetched": {
        "        loss = sess.run(loss)\n        print(step, loss)": "        loss_value = sess.run(loss)\n        print(step, loss_value)"
    },
    "name_not_in_graph": {"model/predictions:0": "model/prediction:0"},
    "eval_without_session": {"x.eval()": "with tf.Session():\n    x.eval()"},
    "closed_session": {"    pass\nsess.run(x)": "    sess.run(x)"},
    "other_graph": {
        'a = tf.constant(1.0, name="a")\ngraph = tf.Graph()\nwith graph.as_default():\n': 'graph = tf.Graph()\nwith graph.as_default():\n    a = tf.constant(1.0, name="a")\n',
        "c = a + b": "    c = a + b",
    },
    "session_of_another_graph": {"tf.Session()": "tf.Session(graph=graph)"},
    "empty_graph": {"sess = tf.Session()\n": "", "    print(": "    sess = tf.Session()\n    print("},
    "finalized_graph": {
        "        self.init = ": "        self.double = self.w * 2.0\n        self.init = ",
        "sess.run(self.w * 2.0)": "sess.run(self.double)",
    },
    "growing_graph": {
        "    before = graph.version\n": "    add = x.assign(x + 1.0)\n    before = graph.version\n",
        "sess.run(x.assign(x + 1.0))": "sess.run(add)",
    },
    "variable_exists": {'tf.variable_scope("layer")': 'tf.variable_scope("layer", reuse=tf.AUTO_REUSE)'},
    "cell_run_twice": {'cell = """\n': 'cell = """\ntf.reset_default_graph()\n'},
    "variable_missing": {'get_variable("weight",': 'get_variable("weights",'},
    "slots_in_a_reusing_scope": {"    train_op = ": "train_op = "},
    "unshared_variable": {'tf.Variable(tf.zeros([2, 2]), name="w")': 'tf.get_variable("w", [2, 2])'},
    "name_scope_and_variables": {"tf.name_scope(": "tf.variable_scope("},
    "no_gradients": {
        'classes = tf.cast(tf.argmax(scores, 1, name="classes"), tf.float32)\n'
        'loss = tf.reduce_mean(classes, name="loss")': 'loss = tf.reduce_mean(tf.reduce_max(scores, 1), name="loss")'
    },
    "minimize_a_value": {"    loss = sess.run(loss)": "    loss_value = sess.run(loss)"},
    "clip_pairs": {
        "clipped, norm = tf.clip_by_global_norm(grads_and_vars, 1.0)": "grads, variables = zip(*grads_and_vars)\nclipped, norm = tf.clip_by_global_norm(grads, 1.0)\n"
        "train_op = optimizer.apply_gradients(zip(clipped, variables))"
    },
    "clip_none": {
        "    clipped.append((tf.clip_by_norm(gradient, 1.0), variable))": "    if gradient is not None:\n        clipped.append((tf.clip_by_norm(gradient, 1.0), variable))"
    },
    "clip_one_tensor": {"clip_by_global_norm(grad, 1.0)": "clip_by_global_norm([grad], 1.0)"},
    "global_step_exists": {"tf.train.create_global_step()": "tf.train.get_or_create_global_step()"},
    "global_step_not_counted": {"minimize(w * w)": "minimize(w * w, global_step=step)"},
    "update_ops": {
        "train_op = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(normal))": "with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):\n"
        "    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(normal))"
    },
    "update_on_identity": {
        "with tf.control_dependencies([steps.assign_add(1.0)]):\n    loss = tf.identity(loss)\n": "",
        "minimize(loss, var_list=[w])": "minimize(loss, var_list=[w])\nwith tf.control_dependencies([train_op]):\n"
        "    train_op = steps.assign_add(1.0)",
    },
    "outside_the_block": {"    out = doubled": "    out = v.read_value() * 2.0"},
    "unordered_operations": {
        "double = v * 2.0\nadd = v.assign_add(1.0)": "add = v.assign_add(1.0)\nwith tf.control_dependencies([add]):\n    double = v * 2.0"
    },
    "cond_outside": {"add = v.assign_add(1.0)\n": "", "tf.identity(add)": "tf.identity(v.assign_add(1.0))"},
    "print_unused": {'tf.Print(y, [y], "y is ")': 'y = tf.Print(y, [y], "y is ")'},
    "tensor_as_condition": {
        "    if x > 0:\n        return x\n    return 0.0": "    return tf.cond(x > 0, lambda: x, lambda: 0.0)"
    },
    "tensor_in_a_loop": {"total = 0.0\nfor row in rows:\n    total += row": "total = tf.reduce_sum(rows, axis=0)"},
    "tensor_as_array": {"np.sqrt(x)": "tf.sqrt(x)"},
    "dtype_mismatch": {"total / count": "total / tf.cast(count, tf.float32)"},
    "shapes_do_not_fit": {"tf.zeros([4, 2])": "tf.zeros([3, 2])"},
    "kernel_failure": {"np.zeros((2, 3))": "np.zeros((2, 4))"},
    "broadcast_failure": {"b: [1.0, 2.0]": "b: [1.0, 2.0, 3.0]"},
    "index_out_of_range": {"[0, 5]": "[0, 3]"},
    "python_in_the_graph": {'        raise ValueError("cannot normalize zeros")': "        return array"},
    "decay_as_number": {
        "learning_rate_decay_fn=0.5": "learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 100, 0.5)"
    },
    "decay_of_one_argument": {
        "lambda rate: rate * 0.5": "lambda rate, step: tf.train.inverse_time_decay(rate, step, 100, 1.0)"
    },
    "summaries_as_string": {'summaries="loss"': 'summaries=["loss"]'},
    "variables_by_name": {'variables=["w"]': 'variables=tf.trainable_variables("w")'},
    "update_ops_as_number": {", update_ops=3": ""},
    "clip_range": {"clip_gradients=(-1.0, 1.0)": "clip_gradients=1.0"},
    "one_hot_labels": {"tf.losses.sparse_softmax_cross_entropy(": "tf.losses.softmax_cross_entropy("},
    "labels_and_logits_swapped": {"(logits, labels)": "(labels=labels, logits=logits)"},
    "keep_prob_zero": {"tf.nn.dropout(x, 0.0)": "tf.nn.dropout(x, rate=0.0)"},
    "variable_of_another_dtype": {'"w", [2], tf.float64)': '"w", [2])'},
    "float_of_tensor": {"print(float(total))": "with tf.Session() as sess:\n    print(float(sess.run(total)))"},
    "numpy_of_tensor": {"print(total.numpy())": "with tf.Session() as sess:\n    print(sess.run(total))"},
    "gradient_tape": {
        "with tf.GradientTape() as tape:\n    loss = w * w\ngradient = tape.gradient(loss, w)": "loss = w * w\n(gradient,) = tf.gradients(loss, [w])"
    },
    "keras_model": {"tf.keras.layers.Dense(3)(x)": "tf.layers.Dense(3)(x)"},
    "loop_variable_grows": {
        "[0, rows]\n": "[0, rows],\n    shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, 3])]\n"
    },
}
