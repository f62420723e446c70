"""What a monitored session adds to a graph: the operations of its scaffold, their names and collections."""

import uuid

import minigraph as tf

results = {}
real, uuid.uuid4 = uuid.uuid4, lambda: uuid.UUID(int=7)  # the folder of a checkpoint's parts has a random name
v = tf.Variable([1.0, 2.0], name="v")
local = tf.get_local_variable("local", [], initializer=tf.constant_initializer(7.0))
step = tf.train.get_or_create_global_step()
tf.summary.scalar("size", tf.reduce_sum(v))
up = tf.group(tf.assign_add(step, 1), v.assign(v * 2.0))
with tf.train.MonitoredSession() as session:
    results["finalized"] = tf.get_default_graph().finalized
    results["before"] = session.run([v, local, step])
    session.run(up)
    results["after"] = session.run([v, local, step])
    results["stop"] = session.should_stop()
results["open"] = [tf.get_default_graph().finalized, session.should_stop()]
with tf.train.SingularMonitoredSession() as session:  # the second one finds what the first one made
    results["anew"] = session.run([v, local, step])
scaffold = tf.train.Scaffold(init_op=tf.no_op(), init_fn=lambda s, sess: sess.run([v.initializer, step.initializer]))
with tf.train.MonitoredTrainingSession(scaffold=scaffold) as session:
    results["by_function"] = session.run([v, local, step])
for key in "init_op", "ready_op", "ready_for_local_init_op", "local_init_op", "summary_op":
    results[key] = [t.name for t in tf.get_collection(key)]
results["savers"] = len(tf.get_collection(tf.GraphKeys.SAVERS))
results["tables"] = tf.tables_initializer().name
uuid.uuid4 = real
