"""SavedModels that TensorFlow 1.15 wrote, read here, and those that are written here."""

import pathlib

import numpy as np
import pytest
from google.protobuf import message  # noqa: F401  (the extra that these tests need)

import minigraph as tf

MODEL = pathlib.Path(__file__).resolve().parent / "recorded_models" / "words.npz"


@pytest.fixture()
def recorded(tmp_path):
    found = dict(np.load(MODEL))
    for key in found:
        if key.startswith("file "):
            path = tmp_path / key.removeprefix("file ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found[key].tobytes())
    return tmp_path, found


def named(scope, info):
    return scope + "/" + info.name if scope else info.name


@pytest.mark.parametrize("scope", [None, "loaded"])
@pytest.mark.parametrize("load", [tf.saved_model.load, tf.saved_model.loader.load])
def test_a_model_gives_the_numbers_of_tensorflow(recorded, load, scope):
    folder, found = recorded
    with tf.Session() as session:
        graph = load(session, [tf.saved_model.tag_constants.SERVING], str(folder), import_scope=scope)
        signature = graph.signature_def[tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY]
        feeds = {named(scope, info): found["feed " + key] for key, info in signature.inputs.items()}
        outputs = {key: named(scope, info) for key, info in signature.outputs.items()}
        values = session.run(outputs, feeds)
    np.testing.assert_allclose(values["y"], found["y"], 1e-6)
    assert values["words"] == b"one two"  # the asset was read by the operation that runs after loading


def test_the_graph_with_other_tags_is_another_one(recorded):
    folder, _ = recorded
    with tf.Session() as session:
        assert not tf.saved_model.load(session, ["gpu", "serve"], folder).signature_def
        assert not session.run(tf.report_uninitialized_variables(tf.global_variables())).size


def test_what_is_not_there_is_told(recorded):
    folder, _ = recorded
    with tf.Session() as session:
        with pytest.raises(RuntimeError, match="MetaGraphDef associated with tags 'train' could not be found"):
            tf.saved_model.load(session, ["train"], folder)
        with pytest.raises(OSError, match="SavedModel file does not exist at: .*/assets/{saved_model.pbtxt"):
            tf.saved_model.load(session, ["serve"], folder / "assets")
        (folder / "saved_model.pb").write_bytes(b"nonsense")
        with pytest.raises(OSError, match="Cannot parse file"):
            tf.saved_model.load(session, ["serve"], folder)
    assert tf.saved_model.contains_saved_model(folder)
    assert not tf.saved_model.loader.maybe_saved_model_directory(folder / "assets")


@pytest.mark.parametrize("as_text", [False, True])
def test_what_is_written_here_is_read_here(tmp_path, as_text):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    y = tf.layers.dense(tf.layers.batch_normalization(x), 3, name="y")
    data = np.arange(4.0, dtype=np.float32).reshape(2, 2)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        wanted = session.run(y, {x: data})
        builder = tf.saved_model.Builder(tmp_path / "model")
        builder.add_meta_graph_and_variables(session, ["serve"])
        builder.save(as_text)
    with tf.Graph().as_default(), tf.Session() as session:
        tf.saved_model.load(session, ["serve"], tmp_path / "model")
        np.testing.assert_array_equal(session.run(y.name, {"x:0": data}), wanted)
        assert len(tf.trainable_variables()) == 4 and len(tf.global_variables()) == 6
