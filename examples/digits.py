"""Handwritten digits: a network, a train op, and the picture of the graph that learned.

The program has the two halves of every TF1-style program. `build` computes nothing: it draws a graph with
dense layers, batch normalization and dropout, and lets `optimize_loss` add everything that training needs.
`train` has a session run that graph on 1,437 images. The other 360 are kept for the test.

    python examples/digits.py
    python examples/digits.py --steps 3000 --out bigger.svg --seed 1
"""

import argparse
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from tqdm import tqdm

import minigraph as tf

try:
    from minigraph import viz
except ImportError:  # the program also runs on TensorFlow 1.x, which has no such renderer
    viz = None

DATA = Path(__file__).resolve().parent / "data" / "digits.csv.gz"
BATCH = 64


def load_digits(seed):
    """Return (images, labels) to train on and (images, labels) to test on; a pixel is a number from 0 to 1."""
    table = np.loadtxt(DATA, delimiter=",", dtype=np.float32)
    np.random.RandomState(seed).shuffle(table)
    images, labels = table[:, :64] / 16.0, table[:, 64].astype(np.int64)
    return (images[360:], labels[360:]), (images[:360], labels[:360])


def hidden_layer(x, units, training, name):
    """Dense -> batch normalization -> relu -> dropout."""
    with tf.variable_scope(name):
        # No bias: batch normalization subtracts the mean, and with it any constant.
        x = tf.layers.dense(x, units, use_bias=False, name="dense")
        # This adds two ops to the UPDATE_OPS collection, which move the averages that the test will use.
        x = tf.layers.batch_normalization(x, momentum=0.9, training=training, name="norm")
        return tf.layers.dropout(tf.nn.relu(x), rate=0.5, training=training, name="dropout")


def build():
    """Draws the whole graph, and gives the tensors that the session will be asked for."""
    images = tf.placeholder(tf.float32, [None, 64], name="images")
    labels = tf.placeholder(tf.int64, [None], name="labels")
    # One graph for both uses: what is different while training is decided by a tensor, fed from step to step.
    training = tf.placeholder_with_default(False, [], name="training")

    x = hidden_layer(images, 256, training, "hidden1")
    x = hidden_layer(x, 128, training, "hidden2")
    logits = tf.layers.dense(x, 10, name="logits")

    with tf.name_scope("accuracy"):
        correct = tf.equal(tf.argmax(logits, axis=1), labels)
        accuracy = tf.reduce_mean(tf.cast(correct, tf.float32))
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)

    # One call: UPDATE_OPS, gradients, clipping, Adam, a falling learning rate, the step counter, summaries.
    train_op = tf.contrib.layers.optimize_loss(
        loss,
        global_step=tf.train.get_or_create_global_step(),
        learning_rate=0.01,
        optimizer="Adam",
        clip_gradients=5.0,
        learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 100, 0.75),
        summaries=["loss", "learning_rate", "global_gradient_norm"],
    )
    return SimpleNamespace(
        images=images,
        labels=labels,
        training=training,
        accuracy=accuracy,
        train_op=train_op,
        summaries=tf.summary.merge_all(),
        init=tf.global_variables_initializer(),
    )


def train(net, session, data, steps, seed, writer=None):
    """Run the train op on `steps` random batches, with the loss beside the progress bar."""
    images, labels = data
    random = np.random.RandomState(seed)
    fetches = [net.train_op] + ([net.summaries] if writer else [])
    session.run(net.init)
    bar = tqdm(range(steps), desc="training", unit="step", mininterval=0.5)
    for step in bar:
        rows = random.randint(len(images), size=BATCH)
        batch = {net.images: images[rows], net.labels: labels[rows], net.training: True}
        loss, *summaries = session.run(fetches, batch)
        if step % 50 == 0:
            bar.set_postfix(loss=f"{loss:.3f}")
        for summary in summaries:
            writer.add_summary(summary, step)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=1000, help="batches to train on (default: 1000)")
    parser.add_argument(
        "--out",
        default="train_graph.svg",
        help="where to write the picture of the graph; the page goes beside it, as .html",
    )
    parser.add_argument("--seed", type=int, default=42, help="of the split, the batches and the network")
    parser.add_argument("--logdir", help="write the summaries there, for TensorBoard")
    args = parser.parse_args()

    graph = tf.Graph()
    with graph.as_default():
        tf.set_random_seed(args.seed)
        net = build()
    learn, test = load_digits(args.seed)

    recorded = tf.RunMetadata()
    with tf.Session(graph=graph) as session:
        writer = tf.summary.FileWriter(args.logdir, graph) if args.logdir else None
        train(net, session, learn, args.steps, args.seed, writer)
        accuracy = session.run(net.accuracy, {net.images: test[0], net.labels: test[1]})
        if viz:  # one step more, taken down for the page
            batch = {net.images: learn[0][:BATCH], net.labels: learn[1][:BATCH], net.training: True}
            session.run(
                net.train_op,
                batch,
                run_metadata=recorded,
                options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE, trace_values=True),
            )
        if writer:
            writer.close()
    print(f"test accuracy: {100 * accuracy:.1f} % of {len(test[0])} digits that the network had never seen")

    if viz:
        try:
            viz.render(graph, args.out)
            print(f"the graph that did it: {args.out}")
        except viz.GraphvizError as error:  # no Graphviz on this machine; the page needs none
            print(error)
        page = viz.page(graph, runs=recorded, path=Path(args.out).with_suffix(".html"), title="digits.py")
        print(f"the same graph, interactive, with a recorded step: {page.path}")


if __name__ == "__main__":
    main()
