"""Word vectors by noise-contrastive estimation, and the words that are near."""
import collections
import numpy as np
import tensorflow as tf

sentence = ('the quick brown fox jumps over the lazy dog while the brown dog sleeps and the quick fox eats '
            'the lazy cat sleeps over the brown mat and the quick cat eats').split()
count = collections.Counter(sentence).most_common()
dictionary = {word: i for i, (word, _) in enumerate(sorted(count, key=lambda c: (-c[1], c[0])))}
reverse = {i: word for word, i in dictionary.items()}
data = [dictionary[word] for word in sentence]
pairs = np.array([(data[i], data[j]) for i in range(len(data)) for j in (i - 1, i + 1) if 0 <= j < len(data)])
vocabulary_size, embedding_size = len(dictionary), 6
print(vocabulary_size, len(pairs), count[:2])

graph = tf.Graph()
with graph.as_default():
    tf.set_random_seed(21)
    train_inputs = tf.placeholder(tf.int32, shape=[None])
    train_labels = tf.placeholder(tf.int32, shape=[None, 1])
    valid_dataset = tf.constant([dictionary[w] for w in ('quick', 'dog', 'cat')], dtype=tf.int32)
    with tf.device('/cpu:0'):
        embeddings = tf.Variable(tf.random_uniform([vocabulary_size, embedding_size], -1.0, 1.0))
        embed = tf.nn.embedding_lookup(embeddings, train_inputs)
        nce_weights = tf.Variable(tf.truncated_normal([vocabulary_size, embedding_size], stddev=0.4))
        nce_biases = tf.Variable(tf.zeros([vocabulary_size]))
    loss = tf.reduce_mean(tf.nn.nce_loss(weights=nce_weights, biases=nce_biases, labels=train_labels, inputs=embed,
                                         num_sampled=4, num_classes=vocabulary_size))
    optimizer = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
    norm = tf.sqrt(tf.reduce_sum(tf.square(embeddings), 1, keepdims=True))
    normalized = embeddings / norm
    similarity = tf.matmul(tf.nn.embedding_lookup(normalized, valid_dataset), normalized, transpose_b=True)
    init = tf.global_variables_initializer()

with tf.Session(graph=graph) as session:
    init.run()
    for step in range(61):
        batch = pairs[(step * 8) % 48:][:8]
        _, loss_val = session.run([optimizer, loss], {train_inputs: batch[:, 0], train_labels: batch[:, 1:]})
        if step % 15 == 0:
            print('Average loss at step', step, ':', loss_val)
    sim = similarity.eval()
    for i, word in enumerate(('quick', 'dog', 'cat')):
        nearest = (-sim[i]).argsort()[1:4]
        print('Nearest to %s: %s' % (word, ', '.join('%s (%.4f)' % (reverse[k], sim[i, k]) for k in nearest)))
