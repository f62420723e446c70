"""The `.meta` files and checkpoints that TensorFlow 1.15 wrote: training goes on where it was stopped."""

import numpy as np
import pytest
from google.protobuf import message  # noqa: F401  (the extra that these tests need)

import minigraph as tf
from tests.interop.test_imported import RECORDED, check_runs, runs_of

STOPPED = [path for path in RECORDED if "file model.meta" in np.load(path).files]


def files_of(found, folder):
    """Write the files of a checkpoint; return its prefix."""
    for key in found:
        if key.startswith("file "):
            (folder / key.removeprefix("file ")).write_bytes(found[key].tobytes())
    return str(folder / "model")


def later_runs(found):
    """Return (fetches, feeds, results) of the runs after the checkpoint was written."""
    first = min(int(key.split()[0]) for key in found if " later " in key)
    for i, (fetches, feeds, _) in enumerate(runs_of(found)):
        if i >= first:
            yield fetches, feeds, [found.get(f"{i} later {k}") for k in range(len(fetches))]


@pytest.mark.parametrize("scope", [None, "left"])
@pytest.mark.parametrize("path", STOPPED, ids=[path.stem for path in STOPPED])
def test_training_goes_on(path, scope, tmp_path):
    found = dict(np.load(path))
    prefix = files_of(found, tmp_path)
    saver = tf.train.import_meta_graph(prefix + ".meta", import_scope=scope)
    assert [v.name for v in tf.global_variables()] and saver.saver_def.version == tf.train.SaverDef.V2
    with tf.Session() as session:
        saver.restore(session, prefix)
        check_runs(session, later_runs(found), scope + "/" if scope else "")


@pytest.mark.parametrize("path", STOPPED, ids=[path.stem for path in STOPPED])
def test_collections_are_those_of_the_file(path, tmp_path):
    found = dict(np.load(path))
    prefix = files_of(found, tmp_path)
    meta = tf.MetaGraphDef.FromString(found["file model.meta"].tobytes())
    tf.train.import_meta_graph(prefix + ".meta")
    graph = tf.get_default_graph()
    assert {key: len(graph.get_collection(key)) for key in graph.collections} == {
        key: len(getattr(content, content.WhichOneof("kind")).value) for key, content in meta.collection_def.items()
    }
    for key in ("variables", "trainable_variables", "cond_context", "while_context"):
        items, messages = graph.get_collection(key), meta.collection_def[key].bytes_list.value
        assert [item.to_proto().SerializeToString(deterministic=True) for item in items] == [
            type(items[0].to_proto()).FromString(each).SerializeToString(deterministic=True) for each in messages
        ]
    assert all(v in tf.global_variables() for v in tf.trainable_variables())
