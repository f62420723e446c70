"""An encoder and a decoder with attention that learn to turn rows of numbers round."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib import seq2seq
from tensorflow.python.layers.core import Dense

GO, END, VOCAB, UNITS = 8, 9, 10, 16
rng = np.random.RandomState(6)
source = rng.randint(0, 8, [12, 4])
decoder_in = np.concatenate([np.full([12, 1], GO), source[:, ::-1]], 1)
decoder_out = np.concatenate([source[:, ::-1], np.full([12, 1], END)], 1)

tf.set_random_seed(9)
x = tf.placeholder(tf.int32, [None, None])
y_in = tf.placeholder(tf.int32, [None, None])
y_out = tf.placeholder(tf.int32, [None, None])
batch = tf.shape(x)[0]
embedding = tf.get_variable('embedding', [VOCAB, 8])

with tf.variable_scope('encoder'):
    cell = tf.contrib.rnn.GRUCell(UNITS)
    memory, state = tf.nn.dynamic_rnn(cell, tf.nn.embedding_lookup(embedding, x), dtype=tf.float32)

projection = Dense(VOCAB, name='projection')


def decode(helper, reuse=None):
    with tf.variable_scope('decoder', reuse=reuse):
        attention = seq2seq.LuongAttention(UNITS, memory)
        cell = seq2seq.AttentionWrapper(tf.contrib.rnn.GRUCell(UNITS), attention, attention_layer_size=UNITS)
        start = cell.zero_state(batch, tf.float32).clone(cell_state=state)
        decoder = seq2seq.BasicDecoder(cell, helper, start, projection)
        return seq2seq.dynamic_decode(decoder, maximum_iterations=6)


lengths = tf.fill([batch], tf.shape(y_in)[1])
train_outputs, _, _ = decode(seq2seq.TrainingHelper(tf.nn.embedding_lookup(embedding, y_in), lengths))
greedy, _, made = decode(seq2seq.GreedyEmbeddingHelper(embedding, tf.fill([batch], GO), END), reuse=True)

loss = seq2seq.sequence_loss(train_outputs.rnn_output, y_out, tf.ones(tf.shape(y_out)))
train_op = tf.train.AdamOptimizer(0.03).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {x: source, y_in: decoder_in, y_out: decoder_out}
    for step in range(41):
        l, _ = sess.run([loss, train_op], feed)
        if step % 8 == 0:
            print('step %d, loss %.5f' % (step, l))
    ids, n = sess.run([greedy.sample_id, made], {x: source[:3]})
    print(source[:3].tolist(), ids.shape[0], n.shape)
    print(sorted(v.name for v in tf.trainable_variables()))
