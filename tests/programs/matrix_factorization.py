"""Ratings by factors of users and films: embeddings, gradients of rows, Adagrad and a bound on the norm."""
import numpy as np
import tensorflow as tf

USERS, FILMS, RANK = 12, 9, 3
rng = np.random.RandomState(24)
truth = rng.randn(USERS, RANK).dot(rng.randn(RANK, FILMS))
users, films = np.nonzero(rng.rand(USERS, FILMS) < 0.7)
ratings = truth[users, films].astype(np.float32)

tf.set_random_seed(25)
u = tf.placeholder(tf.int32, [None])
f = tf.placeholder(tf.int32, [None])
r = tf.placeholder(tf.float32, [None])
user_table = tf.get_variable('users', [USERS, RANK], initializer=tf.random_normal_initializer(stddev=0.3))
film_table = tf.get_variable('films', [FILMS, RANK], initializer=tf.random_normal_initializer(stddev=0.3))
bias = tf.get_variable('bias', [FILMS], initializer=tf.zeros_initializer())
guess = tf.reduce_sum(tf.nn.embedding_lookup(user_table, u) * tf.nn.embedding_lookup(film_table, f), 1) + tf.gather(bias, f)
loss = tf.losses.mean_squared_error(r, guess)
penalty = 1e-3 * (tf.nn.l2_loss(user_table) + tf.nn.l2_loss(film_table))
optimizer = tf.train.AdagradOptimizer(0.3)
pairs = optimizer.compute_gradients(loss + penalty)
train = optimizer.apply_gradients(pairs)
print([type(g).__name__ for g, _ in pairs])

with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for epoch in range(31):
        for start in range(0, len(ratings), 16):
            part = slice(start, start + 16)
            sess.run(train, {u: users[part], f: films[part], r: ratings[part]})
        if epoch % 10 == 0:
            print(epoch, 'rmse %.6f' % np.sqrt(sess.run(loss, {u: users, f: films, r: ratings})))
    print(np.round(sess.run(guess, {u: [0, 1, 2], f: [0, 1, 2]}), 4), np.round(truth[[0, 1, 2], [0, 1, 2]], 4))
    print(optimizer.get_slot(user_table, 'accumulator').name, optimizer.get_slot_names())
