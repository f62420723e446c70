"""A straight line through noisy points: the smallest program with all the parts of a TF1-style one.

Placeholders take the data, variables hold what is learned, a loss says how wrong they are, an optimizer adds
the ops that make it smaller, and a session runs them. The closed-form solution is printed as the judge.

    python examples/linear_regression.py
"""

import numpy as np

import minigraph as tf


def main():
    random = np.random.RandomState(0)
    xs = random.uniform(-1, 1, 200).astype(np.float32)
    ys = 3 * xs + 2 + 0.3 * random.randn(200).astype(np.float32)

    graph = tf.Graph()
    with graph.as_default():
        x = tf.placeholder(tf.float32, [None], name="x")
        y = tf.placeholder(tf.float32, [None], name="y")
        slope = tf.get_variable("slope", [], initializer=tf.zeros_initializer())
        offset = tf.get_variable("offset", [], initializer=tf.zeros_initializer())
        prediction = slope * x + offset
        loss = tf.reduce_mean(tf.square(prediction - y), name="loss")
        before = len(graph.get_operations())
        train = tf.train.GradientDescentOptimizer(learning_rate=0.3).minimize(loss)
        init = tf.global_variables_initializer()

    # Nothing has been computed so far. `prediction` is a place in the graph, not a number:
    print("prediction is", prediction)
    added = len(graph.get_operations()) - before
    print(f"the model has {before} ops; minimize and the initializer added {added}")

    with tf.Session(graph=graph) as session:
        session.run(init)
        data = {x: xs, y: ys}
        for step in range(101):
            if step % 20 == 0:
                values = session.run([loss, slope, offset], data)
                print("step {:3d}   loss {:.4f}   slope {:.4f}   offset {:.4f}".format(step, *values))
            session.run(train, data)
        print("{:27s}slope {:.4f}   offset {:.4f}".format("by least squares", *np.polyfit(xs, ys, 1)))

        # Any tensor can be asked for, and any can be fed: here the slope is another one, for this run only.
        print("at x = 1, 2:", session.run(prediction, {x: [1, 2]}))
        print("with the slope fed as 0:", session.run(prediction, {x: [1, 2], slope: 0.0}))


if __name__ == "__main__":
    main()
