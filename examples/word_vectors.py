"""Word vectors: skip-gram with negative sampling, and the sparse gradients that make a big table cheap.

Every word has a row in a table. A step looks at a few rows only, and so its gradient is an `IndexedSlices`:
the rows' numbers and their slopes, never the whole table. The text is small, and made so that some words
appear in the same company; after training those are neighbours.

    python examples/word_vectors.py
"""

import numpy as np

import minigraph as tf

TEXT = """
the old king rules the castle . the old queen rules the castle .
the king wears a crown . the queen wears a crown . the king sits on the throne .
the queen sits on the throne . a young king rides home . a young queen rides home .
the dog runs in the garden . the cat runs in the garden . the dog sleeps by the fire .
the cat sleeps by the fire . a hungry dog barks at night . a hungry cat cries at night .
the dog chases a ball . the cat chases a mouse . we eat bread with butter .
we eat cheese with butter . fresh bread smells good . fresh cheese smells good .
she cuts the bread with a knife . she cuts the cheese with a knife .
he buys bread at noon . he buys cheese at noon . the river flows to the sea .
the stream flows to the sea . fish swim in the river . fish swim in the stream .
a boat drifts down the river . a boat drifts down the stream .
the river is cold . the stream is cold .
"""
COMMON = {"the", "a", "in", "on", "at", "by", "to", "is", "with"}  # in everyone's company: no news
SIZE, WINDOW, BATCH, NEGATIVES, STEPS = 8, 2, 32, 5, 5000


def read_text():
    """Return the list of distinct words, and all (word, neighbour) pairs as an int array [n, 2]."""
    sentences = [[w for w in s.split() if w not in COMMON] for s in TEXT.split(".")]
    words = sorted({w for s in sentences for w in s})
    number = {w: i for i, w in enumerate(words)}
    pairs = [
        (number[w], number[s[j]])
        for s in sentences
        for i, w in enumerate(s)
        for j in range(max(0, i - WINDOW), min(len(s), i + WINDOW + 1))
        if j != i
    ]
    return words, np.array(pairs, np.int32)


def build(vocabulary):
    """Return the graph's ends: two placeholders, the table, its gradient, the loss, and the train op."""
    pairs = tf.placeholder(tf.int32, [None, 2], name="pairs")
    strangers = tf.placeholder(tf.int32, [None, NEGATIVES], name="strangers")
    small = tf.random_uniform_initializer(-0.5, 0.5)
    table = tf.get_variable("table", [vocabulary, SIZE], initializer=small)
    context = tf.get_variable("context", [vocabulary, SIZE], initializer=small)

    word = tf.expand_dims(tf.nn.embedding_lookup(table, pairs[:, 0]), 1)  # [batch, 1, SIZE]
    company = tf.concat([pairs[:, 1:], strangers], axis=1)  # [batch, 1 + NEGATIVES]
    scores = tf.reduce_sum(word * tf.nn.embedding_lookup(context, company), axis=2)
    # The first column is a neighbour from the text, the others are drawn at random: tell them apart.
    truth = tf.concat([tf.ones_like(scores[:, :1]), tf.zeros_like(scores[:, 1:])], axis=1)
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=truth, logits=scores))
    (gradient,) = tf.gradients(loss, [table])
    train = tf.train.AdagradOptimizer(0.2).minimize(loss)
    return pairs, strangers, table, gradient, loss, train


def main():
    words, data = read_text()
    print(f"{len(words)} words, {len(data)} pairs")
    random = np.random.RandomState(1)

    def draw(count):
        rows = random.randint(len(data), size=count)
        return data[rows], random.randint(len(words), size=(count, NEGATIVES))

    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(1)
        pairs, strangers, table, gradient, loss, train = build(len(words))
        session.run(tf.global_variables_initializer())

        few, drawn = draw(4)
        before, slopes = session.run([table, gradient], {pairs: few, strangers: drawn})
        session.run(train, {pairs: few, strangers: drawn})
        changed = np.flatnonzero((session.run(table) != before).any(axis=1))
        print(
            f"the gradient of the table {table.shape} is an {type(gradient).__name__}: "
            f"rows {slopes.indices.tolist()}, values {slopes.values.shape}"
        )
        print(f"so the step changed rows {changed.tolist()} and no others")

        for step in range(STEPS + 1):
            few, drawn = draw(BATCH)
            value, _ = session.run([loss, train], {pairs: few, strangers: drawn})
            if step % 1000 == 0:
                print(f"step {step:4d}   loss {value:.3f}")
        vectors = session.run(tf.nn.l2_normalize(table, 1))

    for word in ("king", "dog", "bread", "river"):
        likeness = vectors @ vectors[words.index(word)]
        nearest = [words[i] for i in np.argsort(-likeness)[1:4]]
        print(f"nearest to {word:6s} {', '.join(nearest)}")


if __name__ == "__main__":
    main()
