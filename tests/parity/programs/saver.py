"""What tf.train.Saver adds to the graph: each kind of variable, names, reshape, several devices; saving and restoring."""
import os
import tempfile

import minigraph as tf

folder = tempfile.mkdtemp()
tf.set_random_seed(5)
a = tf.Variable([1.0, 2.0], name="a")
b = tf.get_variable("b", [2, 2], initializer=tf.truncated_normal_initializer(stddev=0.1))
with tf.device("/gpu:0"):
    count = tf.Variable(1, name="count", trainable=False)
resource = tf.get_variable("resource", [3], initializer=tf.ones_initializer(), use_resource=True)
of_any_shape = tf.Variable(tf.placeholder_with_default([1.0, 2.0], [None]), validate_shape=False, name="of_any_shape")
step = tf.train.get_or_create_global_step()

saver = tf.train.Saver()
renamed = tf.train.Saver({"z/w": a, "k": resource}, name="renamed", restore_sequentially=True)
reshaped = tf.train.Saver([a, resource, of_any_shape], reshape=True, max_to_keep=2)
named = tf.train.Saver([b], filename="somewhere", pad_step_number=True)
grow = tf.assign_add(a, [1.0, 1.0])

with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as sess:
    sess.run(tf.global_variables_initializer())
    before = sess.run([a, b, count, resource, of_any_shape])
    path = saver.save(sess, folder + "/model", global_step=step)
    sess.run(grow)
    later = named.save(sess, folder + "/named", global_step=12, write_state=False)
    sess.run([b.assign(b * 0.0), resource.assign([0.0, 0.0, 0.0]), count.assign(7)])
    saver.restore(sess, path)
    after = sess.run([a, b, count, resource, of_any_shape])
    renamed.save(sess, folder + "/renamed", write_state=False)
    latest = tf.train.latest_checkpoint(folder)
    results = {
        "names": [os.path.basename(each) for each in [path, later, latest] + saver.last_checkpoints],
        "lists": [str(tf.train.list_variables(each)) for each in (path, later, folder + "/renamed")],
        "loaded": tf.train.load_variable(folder + "/renamed", "z/w"),
        "exist": [tf.train.checkpoint_exists(folder + end) for end in ("/renamed", "/model", "/model-0")],
        "saver_def": str(reshaped.saver_def),
    }
    for i, variable in enumerate([a, b, count, resource, of_any_shape]):
        results[variable.name] = [before[i], after[i]]

for name, value in results.items():
    print(name, value)
