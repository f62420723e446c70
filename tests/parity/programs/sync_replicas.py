"""SyncReplicasOptimizer in one process: accumulators, tokens, the chief's runner, moving averages, rows."""

import uuid

import numpy as np

import minigraph as tf

results = {}
uuid.uuid4 = lambda: uuid.UUID(int=7)  # the folder of a checkpoint's parts has a random name
with tf.device(tf.train.replica_device_setter(ps_tasks=0)):
    step = tf.train.get_or_create_global_step()
    x = tf.constant(np.linspace(-1.0, 1.0, 8).reshape(4, 2).astype("f"))
    w = tf.get_variable("w", [2, 1], initializer=tf.ones_initializer(), use_resource=True)
    table = tf.get_variable("table", [5, 1], initializer=tf.ones_initializer())
    unused = tf.get_variable("unused", [], initializer=tf.zeros_initializer())
    loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + tf.gather(table, [0, 2, 2, 4]) - 3.0))
average = tf.train.ExponentialMovingAverage(0.5)
opt = tf.train.SyncReplicasOptimizer(
    tf.train.MomentumOptimizer(0.1, 0.9), 1, variable_averages=average, variables_to_average=[w]
)
grads = opt.compute_gradients(loss, [w, table, unused])
train_op = opt.apply_gradients(grads, global_step=step)
hook = opt.make_session_run_hook(True, num_tokens=0)
results["names"] = [train_op.name, opt.chief_init_op.name, opt.local_step_init_op.name, opt.get_name()]
results["runner"] = opt.get_chief_queue_runner().name
results["slots"] = [opt.get_slot_names(), opt.get_slot(w, "momentum").name, [v.name for v in opt.variables()]]
results["local"] = [v.name for v in tf.local_variables()]
with tf.train.MonitoredTrainingSession(hooks=[hook], stop_grace_period_secs=0.1) as session:
    results["steps"] = [session.run(train_op) for _ in range(5)]
    results["w"], results["table"], results["step"] = session.run([w, table, step])

errors = {
    "nothing": lambda: opt.apply_gradients([]),
    "no step": lambda: opt.apply_gradients(grads),
    "too early": lambda: tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.1), 2).get_init_tokens_op(),
    "no runner": lambda: tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.1), 2).get_chief_queue_runner(),
}
with tf.Graph().as_default():
    v, step = tf.Variable(1.0), tf.train.get_or_create_global_step()
    more = tf.train.SyncReplicasOptimizer(tf.train.AdamOptimizer(0.1), replicas_to_aggregate=3, total_num_replicas=1)
    pair = more.minimize(tf.square(v), step)
    errors["few tokens"] = lambda: more.get_init_tokens_op(1)
    results["tokens"] = [more.get_init_tokens_op(2).name, more.get_init_tokens_op().name]
    for name, attempt in errors.items():
        try:
            attempt()
        except Exception as error:
            results[name] = type(error).__name__ + ": " + str(error).splitlines()[0]
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(tf.local_variables_initializer())
        sess.run(more.chief_init_op)
        results["added"] = []
        sess.run(more.get_init_tokens_op(2))
        results["added"] += [sess.run(pair), sess.run(pair)]
