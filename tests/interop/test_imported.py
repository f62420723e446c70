"""Graphs that TensorFlow 1.15 wrote give its numbers: `tf_graphs.py` made them, `record.py` recorded them."""

import pathlib

import numpy as np
import pytest
from google.protobuf import message  # noqa: F401  (the extra that these tests need)

import minigraph as tf

RECORDED = sorted((pathlib.Path(__file__).resolve().parent / "recorded").glob("*.npz"))
ids = [path.stem for path in RECORDED]


def runs_of(found) -> list:
    """Return (fetches, feeds, results) for each recorded run."""
    runs = []
    while f"{len(runs)} fetches" in found:
        i = len(runs)
        fetches = found[f"{i} fetches"].tolist()
        mark = f"{i} feed "
        feeds = {key.removeprefix(mark): found[key] for key in found if key.startswith(mark)}
        results = [found.get(f"{i} result {k}") for k in range(len(fetches))]
        runs.append((fetches, feeds, results))
    return runs


def graph_def_of(found):
    return tf.GraphDef.FromString(found["graph"].tobytes())


def check_runs(session, runs, prefix="") -> None:
    """Run what was recorded, and compare."""
    for i, (fetches, feeds, results) in enumerate(runs):
        given = {prefix + name: value for name, value in feeds.items()}
        values = session.run([prefix + name for name in fetches], given)
        for name, value, wanted in zip(fetches, values, results):
            assert (value is None) == (wanted is None), name
            if wanted is not None:
                assert np.asarray(value).dtype == wanted.dtype, name
                np.testing.assert_allclose(value, wanted, 2e-5, 1e-6, err_msg=f"run {i}: {name}")


@pytest.mark.parametrize("path", RECORDED, ids=ids)
def test_an_imported_graph_gives_the_numbers(path):
    found = dict(np.load(path))
    graph_def = graph_def_of(found)
    tf.import_graph_def(graph_def, name="")
    assert tf.get_default_graph()._last_id == len(graph_def.node)
    with tf.Session() as session:
        check_runs(session, runs_of(found))


@pytest.mark.parametrize("path", RECORDED[:3], ids=ids[:3])
def test_the_names_get_a_prefix(path):
    found = dict(np.load(path))
    tf.constant(1.0)
    tf.import_graph_def(graph_def_of(found))
    with tf.Session() as session:
        check_runs(session, runs_of(found), "import/")
