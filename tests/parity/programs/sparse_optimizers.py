"""Each optimizer on the sparse gradient of an embedding, with duplicate rows."""
import minigraph as tf

results = {}
step_of = tf.train.create_global_step
for name, make in [
        ("sgd", lambda: tf.train.GradientDescentOptimizer(0.1)),
        ("momentum", lambda: tf.train.MomentumOptimizer(0.1, 0.9)),
        ("nesterov", lambda: tf.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True)),
        ("adagrad", lambda: tf.train.AdagradOptimizer(0.1)),
        ("adagrad_da", lambda: tf.train.AdagradDAOptimizer(0.1, step_of())),
        ("adadelta", lambda: tf.train.AdadeltaOptimizer(1.0)),
        ("adam", lambda: tf.train.AdamOptimizer(0.1)),
        ("rmsprop", lambda: tf.train.RMSPropOptimizer(0.1, momentum=0.5)),
        ("centered", lambda: tf.train.RMSPropOptimizer(0.1, centered=True)),
        ("ftrl", lambda: tf.train.FtrlOptimizer(0.1)),
        ("proximal_sgd", lambda: tf.train.ProximalGradientDescentOptimizer(0.1, 0.01)),
        ("proximal_adagrad", lambda: tf.train.ProximalAdagradOptimizer(0.1))]:
    with tf.Graph().as_default(), tf.Session() as sess:
        table = tf.get_variable("table", initializer=[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
        loss = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, [1, 3, 1])))
        train = make().minimize(loss)
        sess.run(tf.global_variables_initializer())
        for _ in range(2):
            sess.run(train)
        results[name] = sess.run(table)

for name, value in results.items():
    print(name, value)
