"""Lines of CSV files: TextLineDataset, skip, decode_csv, and a logistic regression over several epochs."""

import os

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(5)
for part in range(3):
    with open("heart%d.csv" % part, "w") as file:
        file.write("sbp,tobacco,famhist,age,chd\n")
        for _ in range(40):
            age, tobacco, history = rng.randint(20, 65), rng.rand() * 10, rng.randint(0, 2)
            risk = 0.06 * (age - 45) + 0.25 * (tobacco - 5) + 0.8 * (history - 0.5)
            chd = int(rng.rand() < 1 / (1 + np.exp(-risk)))
            file.write(
                "%d,%.2f,%s,%d,%d\n" % (rng.randint(100, 180), tobacco, "Present" if history else "Absent", age, chd)
            )


def parse(line):
    sbp, tobacco, famhist, age, chd = tf.decode_csv(line, record_defaults=[[0.0], [0.0], [""], [0.0], [0]])
    history = tf.cast(tf.equal(famhist, "Present"), tf.float32)
    return tf.stack([(sbp - 140) / 40, (tobacco - 5) / 5, history, (age - 45) / 20]), chd


tf.set_random_seed(2)
names = sorted(name for name in os.listdir(".") if name.startswith("heart"))
dataset = tf.data.Dataset.from_tensor_slices(names)
dataset = dataset.flat_map(lambda name: tf.data.TextLineDataset(name).skip(1))
dataset = dataset.map(parse, num_parallel_calls=2).cache().shuffle(60, seed=4).repeat(6).batch(30)
features, labels = dataset.make_one_shot_iterator().get_next()

logits = tf.squeeze(tf.layers.dense(features, 1, kernel_initializer=tf.zeros_initializer()), 1)
loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.to_float(labels), logits=logits))
train_op = tf.train.AdamOptimizer(0.1).minimize(loss)
hits = tf.reduce_mean(tf.to_float(tf.equal(logits > 0, labels > 0)))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    step = 0
    try:
        while True:
            value, rate, _ = sess.run([loss, hits, train_op])
            step += 1
            if step % 4 == 0:
                print("step %d loss %.4f accuracy %.3f" % (step, value, rate))
    except tf.errors.OutOfRangeError:
        print("end after %d steps" % step)

with tf.Graph().as_default(), tf.Session() as sess:
    counted = tf.data.TextLineDataset(names).filter(lambda line: tf.not_equal(line, "sbp,tobacco,famhist,age,chd"))
    total = counted.reduce(np.int64(0), lambda n, _: n + 1)
    print("rows:", sess.run(total))
    interleaved = tf.data.Dataset.from_tensor_slices(names).interleave(
        lambda name: tf.data.TextLineDataset(name).skip(1).take(2), cycle_length=3
    )
    for line in sess.run(interleaved.batch(6).make_one_shot_iterator().get_next()):
        print(line.decode())
