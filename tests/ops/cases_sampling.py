"""Cases: candidate samplers, and what sampled losses need beside them."""

import numpy as np
from opcases import Case

import minigraph as tf

CLASSES = np.array([[0, 3], [2, 1]], np.int64)
LARGEST = np.finfo(np.float32).max
WEIGHTS = [1.0, 3.0, 0.0, 4.0]


def sorted_ids(sampler, *args, **kwargs):
    """Build the ids of a sampler, in order: with `unique`, and as many as there are, they are known."""
    return lambda classes: -tf.nn.top_k(-tf.cast(sampler(classes, 2, *args, **kwargs)[0], tf.int32), args[0])[0]


def true_count(sampler, *args, **kwargs):
    """Build the expected counts of the true classes, which with repetitions are the same in every run."""
    return lambda classes: sampler(classes, 2, *args, **kwargs)[1]


def zipf(classes, count, size):
    """Return the expected counts of classes among `size` draws, by the formula."""
    return size * np.log((classes + 2) / (classes + 1)) / np.log(count + 1)


CASES = [
    Case(
        "UniformCandidateSampler",
        sorted_ids(tf.nn.uniform_candidate_sampler, 6, True, 6),
        (CLASSES,),
        np.arange(6, dtype=np.int32),
    ),
    Case(
        "UniformCandidateSampler",
        true_count(tf.nn.uniform_candidate_sampler, 3, False, 6),
        (CLASSES,),
        np.full((2, 2), 0.5, np.float32),
        name="expected counts",
    ),
    Case(
        "LogUniformCandidateSampler",
        sorted_ids(tf.nn.log_uniform_candidate_sampler, 7, True, 7),
        (CLASSES,),
        np.arange(7, dtype=np.int32),
    ),
    Case(
        "LogUniformCandidateSampler",
        true_count(tf.nn.log_uniform_candidate_sampler, 5, False, 40),
        (CLASSES,),
        lambda classes: zipf(classes, 40, 5).astype(np.float32),
        name="expected counts",
    ),
    Case(
        "LearnedUnigramCandidateSampler",
        sorted_ids(tf.nn.learned_unigram_candidate_sampler, 5, True, 5),
        (CLASSES,),
        np.arange(5, dtype=np.int32),
    ),
    Case(
        "FixedUnigramCandidateSampler",
        sorted_ids(tf.nn.fixed_unigram_candidate_sampler, 3, True, 4, unigrams=WEIGHTS),
        (CLASSES,),
        np.array([0, 1, 3], np.int32),
    ),
    Case(
        "FixedUnigramCandidateSampler",
        true_count(tf.nn.fixed_unigram_candidate_sampler, 2, False, 4, unigrams=WEIGHTS),
        (CLASSES,),
        np.array([[0.25, 1.0], [0.0, 0.75]], np.float32),
        name="expected counts",
    ),
    Case(
        "AllCandidateSampler",
        lambda classes: list(tf.nn.all_candidate_sampler(classes, 2, 3, True)),
        (CLASSES,),
        [np.arange(3), np.ones((2, 2), np.float32), np.ones(3, np.float32)],
    ),
    Case(
        "ComputeAccidentalHits",
        lambda classes, drawn: list(tf.nn.compute_accidental_hits(classes, drawn, 2)),
        (CLASSES, np.array([9, 1, 3], np.int64)),
        [np.array([0, 1], np.int32), np.array([2, 1]), np.full(2, -LARGEST)],
    ),
    Case(
        "SparseToDense",
        lambda indices, values, default: tf.sparse_to_dense(indices, [2, 3], values, default),
        (np.array([[0, 1], [1, 0], [1, 2]]), np.array([0.5, -1.0, 2.0], np.float32), np.float32(0.25)),
        np.array([[0.25, 0.5, 0.25], [-1.0, 0.25, 2.0]], np.float32),
    ),
    Case(
        "SparseToDense",
        lambda values: tf.sparse_to_dense([3, 1], [5], values, validate_indices=False),
        (np.array([7, 8], np.int32),),
        np.array([0, 8, 0, 7, 0], np.int32),
        name="a vector",
    ),
]
