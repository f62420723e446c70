"""`tf.contrib.opt`: weight decay, Nadam, LazyAdam; dense gradients and rows, variables with refs and resources."""
import numpy as np

import minigraph as tf

results, opt = {}, tf.contrib.opt
MAKE = {
    "adam_w": lambda: opt.AdamWOptimizer(0.01, 0.1), "momentum_w": lambda: opt.MomentumWOptimizer(0.01, 0.1, 0.9, use_nesterov=True),
    "nadam": lambda: opt.NadamOptimizer(0.1), "lazy": lambda: opt.LazyAdamOptimizer(0.1, name="Lazy"),
    "extended": lambda: opt.extend_with_decoupled_weight_decay(tf.train.AdagradOptimizer)(weight_decay=0.02, learning_rate=0.1),
}
for name in sorted(MAKE):
    for resource in (False, True):
        with tf.Graph().as_default():
            with tf.variable_scope("model", use_resource=resource):
                w = tf.get_variable("w", [3, 2], initializer=tf.constant_initializer(0.5))
                table = tf.get_variable("table", [4, 2], initializer=tf.ones_initializer())
            rows = tf.gather(table, [1, 3, 1])
            loss = tf.reduce_sum(tf.square(tf.matmul(rows, w, transpose_b=True)) - tf.reduce_sum(w))
            optimizer, options = MAKE[name](), {}
            if name.endswith("_w"):
                options["decay_var_list"] = [w]
            pairs = optimizer.compute_gradients(loss)
            found = [g.values if isinstance(g, tf.IndexedSlices) else g for g, _ in pairs]
            with tf.control_dependencies(found):  # or the weights may decay before they are read
                train = optimizer.apply_gradients(pairs, **options)
            results["%s %s names" % (name, resource)] = [v.name for v in tf.global_variables()] + [optimizer.get_name()]
            with tf.Session() as sess:
                sess.run(tf.global_variables_initializer())
                for _ in range(3):
                    sess.run(train)
                results["%s %s" % (name, resource)] = sess.run([tf.global_variables(), loss])
