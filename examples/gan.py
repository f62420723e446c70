"""Two networks, two train ops, one step counter: a generator learns a distribution that it never sees.

The critic learns to tell real numbers from made ones, the generator to make numbers that the critic takes for
real. Each has an `optimize_loss` of its own: `variables` says whose weights it may move, and
`increment_global_step=False` leaves the counting of rounds to the other.

    python examples/gan.py
"""

import numpy as np

import minigraph as tf

MEAN, DEVIATION = 4.0, 0.7
BATCH, NOISE, ROUNDS = 128, 4, 2000


def generator(noise):
    with tf.variable_scope("generator"):
        x = tf.layers.dense(noise, 16, activation=tf.nn.tanh, name="hidden")
        return tf.layers.dense(x, 1, name="made")


def critic(numbers):
    """Return a score for each number: high for real. The same weights serve real and generated ones."""
    with tf.variable_scope("critic", reuse=tf.AUTO_REUSE):
        x = tf.layers.dense(numbers, 16, activation=tf.nn.tanh, name="hidden1")
        x = tf.layers.dense(x, 16, activation=tf.nn.tanh, name="hidden2")
        return tf.layers.dense(x, 1, name="score")


def train_op(loss, scope, counts):
    """One train op for the variables of one scope. An optimizer may be given as a function of the rate."""
    return tf.contrib.layers.optimize_loss(
        loss,
        tf.train.get_or_create_global_step(),
        learning_rate=0.003,
        optimizer=lambda rate: tf.train.AdamOptimizer(rate, beta1=0.5),
        learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 500, 0.5),
        variables=tf.trainable_variables(scope),
        increment_global_step=counts,
        name="train_" + scope,
        summaries=[],
    )


def build():
    real = tf.placeholder(tf.float32, [None, 1], name="real")
    noise = tf.placeholder(tf.float32, [None, NOISE], name="noise")
    made = generator(noise)
    score_real, score_made = critic(real), critic(made)

    def cross_entropy(scores, answer):
        answers = tf.fill(tf.shape(scores), answer)
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=answers, logits=scores))

    # 0.9 and not 1 for the real ones: a critic that is never quite sure leaves the other a slope to follow.
    critic_loss = cross_entropy(score_real, 0.9) + cross_entropy(score_made, 0.0)
    generator_loss = cross_entropy(score_made, 1.0)
    train_critic = train_op(critic_loss, "critic", counts=False)
    train_generator = train_op(generator_loss, "generator", counts=True)
    return real, noise, made, train_critic, train_generator


def histogram(numbers, low=1.0, high=7.0, columns=24):
    """Draws the numbers' distribution as one line of text."""
    counts, _ = np.histogram(numbers, bins=columns, range=(low, high))
    return "".join(" .:-=+*#%@"[min(9, int(np.ceil(9 * c / max(1, counts.max()))))] for c in counts)


def main():
    random = np.random.RandomState(3)
    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(3)
        real, noise, made, train_critic, train_generator = build()
        for scope in ("critic", "generator"):
            print(f"train_{scope} moves {len(tf.trainable_variables(scope))} variables")
        session.run(tf.global_variables_initializer())

        test = random.randn(5000, NOISE)
        for turn in range(ROUNDS + 1):
            if turn % 500 == 0:
                numbers = session.run(made, {noise: test})
                print(
                    f"round {turn:4d}  mean {numbers.mean():5.2f}  deviation {numbers.std():4.2f}  "
                    f"|{histogram(numbers)}|"
                )
            batch = {real: MEAN + DEVIATION * random.randn(BATCH, 1), noise: random.randn(BATCH, NOISE)}
            session.run(train_critic, batch)
            session.run(train_generator, batch)
        print(
            f"the target    mean {MEAN:5.2f}  deviation {DEVIATION:4.2f}  "
            f"|{histogram(MEAN + DEVIATION * random.randn(5000))}|"
        )
        steps = tf.train.global_step(session, tf.train.get_global_step())
        print(f"global step: {steps}, once a round, although two train ops ran in each")


if __name__ == "__main__":
    main()
