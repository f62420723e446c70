"""Word vectors by skip-grams with noise contrastive estimation, shown in TensorBoard's projector."""
import os

import numpy as np
import tensorflow as tf
from tensorflow.contrib.tensorboard.plugins import projector

LOG_DIR = "logs"
VOCABULARY, SIZE, BATCH = 12, 4, 16
words = ["word%d" % i for i in range(VOCABULARY)]

rng = np.random.RandomState(0)
text = [0]
for _ in range(400):  # each word is mostly followed by its neighbour
    text.append((text[-1] + rng.choice([1, 1, 1, 2, 5])) % VOCABULARY)
pairs = np.array([(a, b) for a, b in zip(text, text[1:])])

tf.set_random_seed(4)
with tf.name_scope("data"):
    centre_words = tf.placeholder(tf.int32, shape=[BATCH], name="centre_words")
    target_words = tf.placeholder(tf.int32, shape=[BATCH, 1], name="target_words")
with tf.name_scope("embed"):
    embed_matrix = tf.Variable(tf.random_uniform([VOCABULARY, SIZE], -1.0, 1.0), name="embed_matrix")
    embed = tf.nn.embedding_lookup(embed_matrix, centre_words, name="embed")
with tf.name_scope("loss"):
    nce_weight = tf.Variable(tf.truncated_normal([VOCABULARY, SIZE], stddev=0.5), name="nce_weight")
    nce_bias = tf.Variable(tf.zeros([VOCABULARY]), name="nce_bias")
    loss = tf.reduce_mean(
        tf.nn.softmax_cross_entropy_with_logits(
            labels=tf.one_hot(target_words[:, 0], VOCABULARY),
            logits=tf.matmul(embed, nce_weight, transpose_b=True) + nce_bias,
        ),
        name="loss",
    )
optimizer = tf.train.AdagradOptimizer(0.5).minimize(loss)
tf.summary.scalar("loss", loss)
summary_op = tf.summary.merge_all()
saver = tf.train.Saver([embed_matrix])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter(LOG_DIR, sess.graph)
    total = 0.0
    for step in range(120):
        batch = pairs[rng.randint(len(pairs), size=BATCH)]
        feed = {centre_words: batch[:, 0], target_words: batch[:, 1:]}
        value, _, summary = sess.run([loss, optimizer, summary_op], feed)
        writer.add_summary(summary, step)
        total += value
        if (step + 1) % 40 == 0:
            print("Average loss at step {}: {:5.4f}".format(step + 1, total / 40))
            total = 0.0
    vectors = sess.run(tf.nn.l2_normalize(embed_matrix, 1))
    print(np.round(vectors[:3], 4))

    with open(os.path.join(LOG_DIR, "vocab.tsv"), "w") as labels:
        labels.write("\n".join(words) + "\n")
    config = projector.ProjectorConfig()
    embedding = config.embeddings.add()
    embedding.tensor_name = embed_matrix.name
    embedding.metadata_path = "vocab.tsv"
    embedding.sprite.image_path = "sprite.png"
    embedding.sprite.single_image_dim.extend([28, 28])
    projector.visualize_embeddings(writer, config)
    path = saver.save(sess, os.path.join(LOG_DIR, "skip-gram.ckpt"), 120)
    print(path, os.path.exists(os.path.join(LOG_DIR, "projector_config.pbtxt")))
    print(config)

reader = tf.train.NewCheckpointReader(path)
print(reader.get_variable_to_shape_map())
print(np.allclose(reader.get_tensor("embed/embed_matrix")[0] / vectors[0], np.linalg.norm(reader.get_tensor("embed/embed_matrix")[0])))
