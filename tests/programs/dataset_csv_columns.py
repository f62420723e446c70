"""make_csv_dataset: batches of named columns, their types guessed from the rows, for a regression on two of them."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(18)
with open("houses.csv", "w") as file:
    file.write("rooms,area,street,price\n")
    for _ in range(80):
        rooms, area = rng.randint(1, 7), 20 + 100 * rng.rand()
        price = 30 * rooms + 2.5 * area + 10 * rng.randn()
        file.write(
            '%d,%.1f,"%s, %d",%.2f\n' % (rooms, area, rng.choice(["Elm", "Oak", "Ash"]), rng.randint(1, 99), price)
        )

tf.set_random_seed(19)
dataset = tf.data.experimental.make_csv_dataset(
    "houses.csv", batch_size=20, label_name="price", num_epochs=8, shuffle_buffer_size=40, shuffle_seed=20
)
for name in sorted(dataset.output_types[0]):
    print(name, dataset.output_types[0][name].name, dataset.output_shapes[0][name])
features, price = dataset.make_one_shot_iterator().get_next()
columns = tf.stack([tf.cast(features["rooms"], tf.float32) / 7.0, features["area"] / 120.0], axis=1)
prediction = tf.layers.dense(columns, 1, kernel_initializer=tf.ones_initializer())
loss = tf.losses.mean_squared_error(tf.expand_dims(price, 1) / 100.0, prediction)
train_op = tf.train.AdamOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(100):
        try:
            value, street, _ = sess.run([loss, features["street"], train_op])
        except tf.errors.OutOfRangeError:
            print("end at step", step)
            break
        if step % 4 == 0:
            print("step %2d loss %.4f first street %s" % (step, value, street[0].decode()))

with tf.Graph().as_default(), tf.Session() as sess:
    rows = tf.data.experimental.CsvDataset("houses.csv", [tf.int32, tf.float64], header=True, select_cols=[0, 3])
    total = rows.reduce(np.float64(0), lambda state, row: state + row[1])
    most = rows.map(lambda rooms, price: rooms).apply(tf.data.experimental.unique())
    print("total %.2f" % sess.run(total))
    print("rooms", sorted(sess.run(most.batch(10).make_one_shot_iterator().get_next()).tolist()))
