"""Trainings: one task, done by a session and by hand, with the same start, batches and losses."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.benchmarks import peers
from tests.benchmarks.timing import Contestant, Figure, figures_of, medians

__all__ = ["Task", "Training", "Deferred", "compare", "contestant", "normal"]

_CHECKED_STEPS = 5
_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Task:
    """What is trained.

    Attributes:
        letter, title: in the table.
        start: the initial values of the variables.
        batches: pairs of x and y.
        loss: builds the loss, of the module `tf`, x, y and the variables.
        optimizer, rate, clip, decay: for `optimize_loss`; `decay` is the steps and the factor of an exponential decay.
    """

    letter: str
    title: str
    start: tuple
    batches: list
    loss: Callable
    optimizer: str
    rate: float
    clip: float | None = None
    decay: tuple | None = None


class Training:
    """Somebody who trains: `restart` goes back to the start, `step` makes a step and gives its loss."""

    name = ""

    def restart(self) -> None:
        """Set all state to that of the start."""
        raise NotImplementedError

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Make one step; return the loss before it."""
        raise NotImplementedError


class Deferred(Training):
    """A graph and a session, of MiniGraph or of TensorFlow."""

    def __init__(self, tf: Any, task: Task, name: str = "ours"):
        self.name = name
        with tf.Graph().as_default():
            x, y = (tf.placeholder(tf.as_dtype(each.dtype), (None, *each.shape[1:])) for each in task.batches[0])
            variables = [tf.Variable(each) for each in task.start]
            train = optimize(tf, task, task.loss(tf, x, y, *variables))
            self._initializer = tf.global_variables_initializer()
            self._session = tf.Session()
        run = self._session.run
        self.step = lambda a, b: run(train, {x: a, y: b})  # type: ignore[method-assign]

    def restart(self) -> None:
        """Run the initializers."""
        self._session.run(self._initializer)


def optimize(tf: Any, task: Task, loss: Any) -> Any:
    """Return the train op, by `optimize_loss`, or by its parts where there is no tf.contrib."""
    step = tf.train.get_or_create_global_step()
    decay = task.decay and (lambda rate, step: tf.train.exponential_decay(rate, step, *task.decay))
    if hasattr(tf, "contrib"):
        return tf.contrib.layers.optimize_loss(
            loss, step, task.rate, task.optimizer, clip_gradients=task.clip, learning_rate_decay_fn=decay, summaries=[]
        )
    rate = decay(task.rate, step) if decay else task.rate
    made = {"SGD": tf.train.GradientDescentOptimizer, "Adam": tf.train.AdamOptimizer}[task.optimizer](rate)
    gradients, variables = zip(*made.compute_gradients(loss))
    if task.clip:
        gradients, _ = tf.clip_by_global_norm(gradients, task.clip)
    with tf.control_dependencies([made.apply_gradients(zip(gradients, variables), global_step=step)]):
        return tf.identity(loss)


def contestant(training: Training, batches: Sequence) -> Contestant:
    """Someone who takes the batches in turn, from the first after each restart."""
    place = itertools.cycle(batches)

    def restart() -> None:
        nonlocal place
        place = itertools.cycle(batches)
        training.restart()

    def play(steps: int) -> None:
        step = training.step
        for x, y in itertools.islice(place, steps):
            step(x, y)

    return Contestant(training.name, play, restart)


def compare(task: Task, by_hand: dict[Training, float | None], rounds: int) -> list[Figure]:
    """Time the task by hand, in a session and in what other frameworks there are.

    Args:
        task: what is trained.
        by_hand: who does it by hand, with the goal for the ratio of the session's time to theirs.
        rounds: how many rounds the medians are of.
    """
    import minigraph

    trainings = [*by_hand, Deferred(minigraph, task), *peers.trainings(task, Deferred)]
    check(trainings, task.batches)
    seconds = medians([contestant(each, task.batches) for each in trainings], rounds)
    return figures_of(task.letter, task.title, seconds, {each.name: goal for each, goal in by_hand.items()})


def check(trainings: Sequence[Training], batches: Sequence) -> None:
    """Make sure that all compute the same losses.

    Raises:
        ArithmeticError: if they don't.
    """
    wanted = None
    for training in trainings:
        training.restart()
        losses = [float(training.step(x, y)) for x, y in batches[:_CHECKED_STEPS]]
        wanted = wanted or losses
        if not np.allclose(losses, wanted, rtol=_TOLERANCE, atol=0):
            raise ArithmeticError(f"{training.name} computes the losses {losses}, not {wanted}")


def normal(seed: int, *shape: int, scale: float = 1.0) -> np.ndarray:
    """Return normally distributed numbers, float32."""
    return (scale * np.random.default_rng(seed).standard_normal(shape)).astype(np.float32)
