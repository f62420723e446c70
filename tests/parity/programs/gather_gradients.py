"""gather, embedding_lookup (one table and two), gather_nd, sparse gradients added and densified."""
import minigraph as tf

table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]], name="table")
other = tf.Variable([[1.0, 1.0], [2.0, 2.0]], name="other")
ids = tf.placeholder(tf.int32, [None], name="ids")
gathered = tf.gather(table, ids)
looked = tf.nn.embedding_lookup(table, ids)
shards = tf.nn.embedding_lookup([table, other], ids)
columns = tf.gather(table, [1, 0, 1], axis=1)
points = tf.gather_nd(table, [[0, 1], [2, 0]])
squared = tf.gather(tf.square(table), ids)
hot = tf.one_hot(ids, 4, on_value=2.0, off_value=-1.0)
sparse = tf.gradients(gathered * 2.0, table)[0]
two = tf.gradients([gathered, looked * 3.0], table)[0]
mixed = tf.gradients([gathered, table * 3.0], table)[0]
others = [tf.gradients(tensor, table)[0] for tensor in (columns, points, squared)]
split = tf.gradients(shards, [table, other])
dense = tf.convert_to_tensor(sparse)
feed = {ids: [1, 2, 1]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results = {"forward": sess.run([gathered, looked, shards, columns, points, squared, hot], feed),
               "sparse": sess.run([sparse.values, sparse.indices, sparse.dense_shape], feed),
               "types": [type(grad).__name__ for grad in [sparse, two, mixed] + others + split],
               "two": sess.run([two.values, two.indices], feed), "dense": sess.run(dense, feed),
               "others": [sess.run(tf.convert_to_tensor(grad), feed) for grad in others],
               "mixed": sess.run(tf.convert_to_tensor(mixed), feed)}

for name, value in results.items():
    print(name, value)
