"""What runs, and what does not: fetches, control dependencies and the UPDATE_OPS collection.

`session.run` runs the ops that a fetch needs, and no others. Most surprises of TF1-style programs come from
this one rule; here they are, one at a time, each with the counter that tells whether an op has run.

    python examples/update_ops.py
"""

import minigraph as tf


def title(text):
    print("\n" + text)


def fetch(what, fetches, counter, init):
    """Run the fetches in a new session, and print their value beside that of the counter."""
    with tf.Session() as session:
        session.run(init)
        value = session.run(fetches)
        value = "-" if value is None else value  # an op has no value, only a tensor has
        print(f"  {what:58s} gives {value:4}   counter = {session.run(counter)}")


def control_dependencies():
    counter = tf.get_variable("counter", [], initializer=tf.zeros_initializer())
    bump = tf.assign_add(counter, 1.0, name="bump")
    outside = tf.add(10.0, 5.0, name="outside")

    with tf.control_dependencies([bump]):
        no_new_op = outside  # a Python name for an op made outside: the block sees no op made
        new_op = tf.identity(outside)  # an op made in the block: it waits for bump
        new_read = counter.read_value()  # likewise: it reads after bump has written
        product = counter * 10.0  # a variable's value is its memory: what is there when the product runs

    init = tf.global_variables_initializer()
    title("1. Only what a fetch needs is run")
    fetch("an op that needs nothing of the counter", outside, counter, init)
    fetch("the op that counts", bump, counter, init)
    title("2. A control dependency holds for the ops made inside its block")
    fetch("an op made outside, named inside", no_new_op, counter, init)
    fetch("tf.identity made inside", new_op, counter, init)
    fetch("counter.read_value() made inside", new_read, counter, init)
    fetch("counter * 10.0 made inside", product, counter, init)


def update_ops():
    # As a batch normalization layer does: an op that keeps an average up to date is registered, and nothing
    # needs its value.
    weight = tf.get_variable("weight", [], initializer=tf.ones_initializer())
    counter = tf.get_variable("counter", [], initializer=tf.zeros_initializer(), trainable=False)
    update = tf.assign_add(counter, 1.0, name="update")
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, update)
    loss = tf.square(weight - 3.0)

    optimizer = tf.train.GradientDescentOptimizer(0.1)
    forgotten = optimizer.minimize(loss, name="forgotten")
    with tf.control_dependencies([update]):
        # The block must hold the ops that apply the gradients: these are what a training step fetches.
        by_hand = optimizer.minimize(loss, name="by_hand")
        too_early = tf.identity(loss)
    # A gradient follows data, and `loss` does not depend on its copy: this one runs no update either.
    of_a_copy = optimizer.minimize(loss, name="of_a_copy")
    by_itself = tf.contrib.layers.optimize_loss(loss, tf.train.get_or_create_global_step(), 0.1, "SGD")

    init = tf.global_variables_initializer()
    title("3. UPDATE_OPS is a list of ops, and nothing runs a list by itself")
    fetch("minimize(loss)", forgotten, counter, init)
    fetch("minimize(loss), after a copy of loss made in the block", of_a_copy, counter, init)
    fetch("minimize(loss) made in control_dependencies([update])", by_hand, counter, init)
    fetch("the copy of loss made in control_dependencies([update])", too_early, counter, init)
    title("4. optimize_loss runs them")
    fetch("optimize_loss(loss)", tf.group(by_itself), counter, init)


def main():
    for part in (control_dependencies, update_ops):
        with tf.Graph().as_default():
            part()


if __name__ == "__main__":
    main()
