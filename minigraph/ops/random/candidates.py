"""Candidate samplers: class ids drawn as negative examples for a batch, and how often each class was to be expected."""

from collections import namedtuple
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from minigraph.graph import errors
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from minigraph.graph.shape_rules import demand, with_rank
from minigraph.graph.shapes import TensorShape
from minigraph.ops.random import range_samplers
from minigraph.ops.random.drawing import Random, seeds_of

__all__ = [
    "all_candidate_sampler",
    "compute_accidental_hits",
    "fixed_unigram_candidate_sampler",
    "learned_unigram_candidate_sampler",
    "log_uniform_candidate_sampler",
    "uniform_candidate_sampler",
]


class _CandidateSampler(Random, base=True):
    """Base: draw ids; the state is the sampler with its stream."""

    num_true: int = 1
    num_sampled: int = 1
    unique: bool = True

    inputs = ("true_classes: int64",)
    outputs = ("sampled_candidates: int64", "true_expected_count: float32", "sampled_expected_count: float32")
    minimum = {"num_true": 1, "num_sampled": 1, "range_max": 1}

    def shape(self, true_classes):
        rows, _ = with_rank(true_classes, 2).tuple
        return (
            TensorShape.of((self.num_sampled,)),
            TensorShape.of((rows, self.num_true)),
            TensorShape.of((self.num_sampled,)),
        )

    def initial_state(self, name):
        return self.sampler(super().initial_state(name))

    def sampler(self, stream: Any) -> range_samplers.RangeSampler:
        """Return the sampler with which a session begins."""
        raise NotImplementedError

    def kernel(self, xp, true_classes, state):
        demand(true_classes.ndim == 2, "true_classes must be a matrix")
        demand(
            true_classes.shape[1] == self.num_true,
            f"true_classes must have num_true columns, expected: {true_classes.shape[1]} was: {self.num_true}",
        )
        demand(not self.unique or self.num_sampled <= state.count, "Sampler's range is too small.")
        ids, drawn = state.sample(self.num_sampled, self.unique)
        expected = [state.expected(classes, self.num_sampled, drawn) for classes in (true_classes, ids)]
        state.learn(true_classes)
        return ids, *expected

    def gradient(self, tf, dys, ys, true_classes):
        return None


class _InRange(_CandidateSampler, base=True):
    range_max: int = 1
    kind: ClassVar[Callable]

    def sampler(self, stream):
        return self.kind(stream, self.range_max)


class UniformCandidateSampler(_InRange):
    """Ids that are all equally likely."""

    kind = range_samplers.Uniform


class LogUniformCandidateSampler(_InRange):
    """Ids distributed as words sorted by frequency are."""

    kind = range_samplers.LogUniform


class LearnedUnigramCandidateSampler(_InRange):
    """Ids as likely as they have been true classes in this session."""

    kind = range_samplers.LearnedUnigram

    def kernel(self, xp, true_classes, state):
        demand(
            ((true_classes >= 0) & (true_classes < self.range_max)).all(),
            f"`true_candidate` out of range [0, {self.range_max})",
        )
        return super().kernel(xp, true_classes, state)


class FixedUnigramCandidateSampler(_InRange):
    """Ids drawn by given weights."""

    vocab_file: str = ""
    distortion: float = 1.0
    num_reserved_ids: int = 0
    num_shards: int = 1
    shard: int = 0
    unigrams: tuple = ()

    minimum = {**_CandidateSampler.minimum, "num_shards": 1, "shard": 0}

    def sampler(self, stream):
        if bool(self.vocab_file) == bool(self.unigrams):
            words = "only provide one of vocab_file and" if self.unigrams else "provide either vocab_file or"
            raise errors.InvalidArgumentError(None, None, f"Must {words} unigrams.")
        given = _weights_in(self.vocab_file) if self.vocab_file else np.array(self.unigrams, np.float32)
        weights = np.concatenate([np.zeros(self.num_reserved_ids, np.float32), given ** np.float32(self.distortion)])
        weights = weights[self.shard :: self.num_shards]
        if len(weights) != self.range_max:
            raise errors.InvalidArgumentError(
                None, None, f"range is {self.range_max} must be equal to weights size  {len(weights)}"
            )
        return range_samplers.FixedUnigram(stream, weights)


def _weights_in(path: str) -> np.ndarray:
    """Return the last field of each line of a file of words, a number."""
    found = []
    try:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                found.append(np.float32(line.rstrip("\n").rpartition(",")[2]))
    except FileNotFoundError:
        raise errors.NotFoundError(None, None, f"{path}; No such file or directory") from None
    except ValueError:
        raise errors.InvalidArgumentError(None, None, f"Wrong vocabulary format at line: {line.rstrip()}") from None
    return np.array(found, np.float32)


class AllCandidateSampler(_CandidateSampler):
    """All ids."""

    def sampler(self, stream):
        return range_samplers.All(stream, self.num_sampled)


class ComputeAccidentalHits(OpDef):
    """The positions at which a true class of an example was drawn as a candidate."""

    num_true: int = 1
    seed: int = 0
    seed2: int = 0

    inputs = ("true_classes: int64", "sampled_candidates: int64")
    outputs = ("indices: int32", "ids: int64", "weights: float32")

    def shape(self, true_classes, sampled_candidates):
        with_rank(true_classes, 2)
        with_rank(sampled_candidates, 1)
        return (TensorShape.of((None,)),) * 3

    def kernel(self, xp, true_classes, sampled_candidates):
        demand(
            true_classes.ndim == 2 and true_classes.shape[1] == self.num_true,
            "true_candidates must be a batch_size * num_true matrix",
        )
        demand(
            sampled_candidates.ndim == 1,
            "sampled_candidates must be a vector, which is typically an output from CandidateSampler",
        )
        places = {candidate: i for i, candidate in enumerate(sampled_candidates.tolist())}
        hits = [(row, places[t]) for row, each in enumerate(true_classes.tolist()) for t in each if t in places]
        rows, ids = np.array(hits, np.int64).reshape(-1, 2).T
        return rows.astype(np.int32), ids.copy(), np.full(len(hits), -np.finfo(np.float32).max, np.float32)

    def gradient(self, tf, dys, ys, *inputs):
        return None, None


def _results(kind: str) -> Any:
    """Return the type of a sampler's results, named as TF1 prints it."""
    return namedtuple(kind, ["sampled_candidates", "true_expected_count", "sampled_expected_count"])


_Uniform, _LogUniform = _results("UniformCandidateSampler"), _results("LogUniformCandidateSampler")
_Learned, _Fixed = _results("LearnedUnigramCandidateSampler"), _results("FixedUnigramCandidateSampler")
_All = _results("AllCandidateSampler")
_Hits = namedtuple("ComputeAccidentalHits", ["indices", "ids", "weights"])  # type: ignore[name-match]


def uniform_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: int | None = None,
    name: str | None = None,
) -> Any:
    """Draw class ids that are all equally likely.

    Args:
        true_classes: int64 of shape (batch, num_true): the classes of the examples, for their expected counts.
        num_true: the number of classes of an example.
        num_sampled: the number of ids to draw.
        unique: draw without repetitions.
        range_max: the number of classes.
        seed: the operation's seed; see `tf.set_random_seed`.
        name: the name of the node.

    Returns:
        (sampled_candidates, true_expected_count, sampled_expected_count): int64 of shape (num_sampled,), and how often
        each true class and each drawn one is expected among the drawn ones, float32 of shapes (batch, num_true) and
        (num_sampled,).

    Raises:
        ValueError: if `true_classes` is not such a matrix.
        tf.errors.InvalidArgumentError: in a run, if more unique ids are asked for than there are.

    Example:
        >>> sampled, true_count, _ = tf.nn.uniform_candidate_sampler([[2]], 1, 4, True, 4)
        >>> print(sorted(sampled.eval().tolist()), true_count.shape)
        [0, 1, 2, 3] (1, 1)
    """
    op_def = UniformCandidateSampler(
        **seeds_of(seed), num_true=num_true, num_sampled=num_sampled, unique=unique, range_max=range_max
    )
    return _Uniform(*apply(op_def, true_classes, name=name))


def log_uniform_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: int | None = None,
    name: str | None = None,
) -> Any:
    """Draw class ids by Zipf's law, for classes sorted by decreasing frequency.

    The probability of a class is log((class + 2) / (class + 1)) / log(range_max + 1). The arguments and results are
    those of `uniform_candidate_sampler`.

    Example:
        >>> sampled, _, count = tf.nn.log_uniform_candidate_sampler([[2]], 1, 5, True, 1000, seed=1)
        >>> print(len(set(sampled.eval().tolist())), count.shape)
        5 (5,)
    """
    op_def = LogUniformCandidateSampler(
        **seeds_of(seed), num_true=num_true, num_sampled=num_sampled, unique=unique, range_max=range_max
    )
    return _LogUniform(*apply(op_def, true_classes, name=name))


def learned_unigram_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    seed: int | None = None,
    name: str | None = None,
) -> Any:
    """Draw class ids as likely as they have been true classes in earlier runs of the session.

    The arguments and results are those of `uniform_candidate_sampler`.

    Example:
        >>> sampled = tf.nn.learned_unigram_candidate_sampler([[2]], 1, 3, True, 3).sampled_candidates
        >>> print(sorted(sampled.eval().tolist()))
        [0, 1, 2]
    """
    op_def = LearnedUnigramCandidateSampler(
        **seeds_of(seed), num_true=num_true, num_sampled=num_sampled, unique=unique, range_max=range_max
    )
    return _Learned(*apply(op_def, true_classes, name=name))


def fixed_unigram_candidate_sampler(
    true_classes: Any,
    num_true: int,
    num_sampled: int,
    unique: bool,
    range_max: int,
    vocab_file: str = "",
    distortion: float = 1.0,
    num_reserved_ids: int = 0,
    num_shards: int = 1,
    shard: int = 0,
    unigrams: Any = (),
    seed: int | None = None,
    name: str | None = None,
) -> Any:
    """Draw class ids by given weights.

    Args:
        true_classes, num_true, num_sampled, unique, range_max: as for `uniform_candidate_sampler`.
        vocab_file: a file with a line for each class, whose last field (after a comma) is the weight.
        distortion: the power to which weights are raised: 0 makes all equal.
        num_reserved_ids: the number of classes of weight 0 before the others.
        num_shards, shard: draw only ids that leave the remainder `shard`; `range_max` is their number.
        unigrams: the weights, instead of a file.
        seed: the operation's seed.
        name: the name of the node.

    Example:
        >>> sampled, _, _ = tf.nn.fixed_unigram_candidate_sampler([[1]], 1, 2, True, 3, unigrams=[1.0, 0.0, 3.0])
        >>> print(sorted(sampled.eval().tolist()))
        [0, 2]
    """
    op_def = FixedUnigramCandidateSampler(
        **seeds_of(seed),
        num_true=num_true,
        num_sampled=num_sampled,
        unique=unique,
        range_max=range_max,
        vocab_file=vocab_file,
        distortion=distortion,
        num_reserved_ids=num_reserved_ids,
        num_shards=num_shards,
        shard=shard,
        unigrams=tuple(np.asarray(unigrams, np.float32).tolist()),
    )
    return _Fixed(*apply(op_def, true_classes, name=name))


def all_candidate_sampler(
    true_classes: Any, num_true: int, num_sampled: int, unique: bool, seed: int | None = None, name: str | None = None
) -> Any:
    """Return all class ids as candidates; the arguments are those of `uniform_candidate_sampler`.

    Example:
        >>> print(tf.nn.all_candidate_sampler([[2]], 1, 4, True).sampled_candidates.eval())
        [0 1 2 3]
    """
    op_def = AllCandidateSampler(**seeds_of(seed), num_true=num_true, num_sampled=num_sampled, unique=unique)
    return _All(*apply(op_def, true_classes, name=name))


def compute_accidental_hits(
    true_classes: Any, sampled_candidates: Any, num_true: int, seed: int | None = None, name: str | None = None
) -> Any:
    """Return the positions at which a true class of an example was drawn as a candidate.

    Args:
        true_classes: int64 of shape (batch, num_true).
        sampled_candidates: int64, a vector of unique ids.
        num_true: the number of classes of an example.
        seed: accepted, as in TF1.
        name: the name of the node.

    Returns:
        (indices, ids, weights), an element for each hit: the row of `true_classes`, the position in
        `sampled_candidates`, and the smallest float, which removes the candidate when it is added to its logit.

    Example:
        >>> indices, ids, _ = tf.nn.compute_accidental_hits([[7], [3], [8]], [3, 7], 1)
        >>> print(sess.run([indices, ids]))
        [array([0, 1], dtype=int32), array([1, 0])]
    """
    return _Hits(
        *apply(ComputeAccidentalHits(num_true=num_true, **seeds_of(seed)), true_classes, sampled_candidates, name=name)
    )
