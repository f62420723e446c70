"""A race, seen, explained and settled.

The loss of a step reads a variable that an update op writes, as the moving averages of batch normalization are
written. Nothing orders the two, so TensorFlow 1.x may do either first. Here the order is shuffled on request,
and the same step gives two different losses from the same state.

    python examples/races.py
"""

from collections import Counter

import minigraph as tf
from minigraph import explain


def build(settled):
    """Return the loss and the train op; `settled` makes the loss wait for the update."""
    average = tf.get_variable("average", [], initializer=tf.ones_initializer(), trainable=False)
    weight = tf.get_variable("weight", [], initializer=tf.ones_initializer())
    update = tf.assign(average, 0.5 * average + 2.0, name="update")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, update)
    with tf.control_dependencies([update] if settled else []):
        loss = tf.square(weight - average.read_value(), name="loss")
    return tf.contrib.layers.optimize_loss(loss, tf.train.create_global_step(), 0.1, "SGD", summaries=[])


def losses_of_a_first_step(train, runs=100):
    """Run the first step again and again, each time in another legal order."""
    seen = Counter()
    for seed in range(runs):
        config = tf.ConfigProto(order="shuffle", order_seed=seed)
        with tf.Session(config=config) as session:
            session.run(tf.get_default_graph().get_operation_by_name("init"))
            seen[float(session.run(train))] += 1
    return dict(sorted(seen.items()))


def main():
    for settled in (False, True):
        print("\nThe loss waits for the update:" if settled else "Nothing orders the loss and the update:")
        with tf.Graph().as_default():
            train = build(settled)
            tf.global_variables_initializer()
            print(f"  loss of the first step, in 100 shuffled runs: {losses_of_a_first_step(train)}")
            races = [pair for pair in explain.races(train).pairs if pair.cell.name == "average"]
            for pair in races:
                print(f"  explain.races: '{pair.first.name}' and '{pair.second.name}' on '{pair.cell.name}'")
            print(explain.explore(train))


if __name__ == "__main__":
    main()
