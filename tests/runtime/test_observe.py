"""Observers: told of graphs and runs, also of those of callables, and able to change a run."""

import pytest

import minigraph as tf
from minigraph.graph.observe import observers, observing


@pytest.fixture
def doubled():
    x = tf.placeholder(tf.float32, [], name="x")
    return x, x * 2.0


def test_graphs_are_told():
    made = []
    with observing(made.append):
        graph = tf.Graph()
    tf.Graph()
    assert made == [graph] and not observers


def test_runs_are_told_and_changed(doubled):
    x, y = doubled
    told = []

    def on_run(run, proceed):
        told.append((run.session, run.fetches, run.feed_dict))
        return proceed(run._replace(feed_dict={x: 10.0})) + 1

    with tf.Session() as sess:
        for _ in range(3):  # the third goes the fastest way
            assert sess.run(y, {x: 1.0}) == 2.0
        call = sess.make_callable(y, [x])
        with observing(on_run=on_run):
            assert sess.run(y, {x: 1.0}) == 21.0 == call(1.0)
            with pytest.raises(TypeError, match="takes 1 values"):
                call(1.0, 2.0)
        assert sess.run(y, {x: 1.0}) == 2.0 == call(1.0)
    assert told == [(sess, y, {x: 1.0})] * 2


def test_the_last_observer_stands_outermost(doubled):
    x, y = doubled

    def stop(run, proceed):
        raise KeyError("stopped")

    inner, prepared = [], []
    with tf.Session() as sess, observing(on_run=lambda run, proceed: inner.append(run)), observing(on_run=stop):
        with pytest.raises(KeyError, match="stopped"):
            sess.run(y, {x: 1.0})
        with observing(on_setup=lambda *told: prepared.append(told)):
            sess.make_callable(y, [x])
            sess.partial_run_setup([y], [x])
    assert not inner and prepared == [(sess, y, [x]), (sess, [y], [x])]
